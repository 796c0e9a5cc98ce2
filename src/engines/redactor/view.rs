//! A text as it is read: what stands for a character in percent-encoding, in JSON's or in HTML's escapes is that
//! character, in lower case, and where each stands in the text as written is known.

use std::ops::Range;

/// So often one encoding may be within another.
const LAYERS: usize = 3;

#[derive(Debug)]
pub(super) struct View<'text> {
    text: &'text str,
    characters: Vec<char>,
    ranges: Vec<Range<usize>>,
}

impl<'text> View<'text> {
    pub(super) fn of(text: &'text str) -> Self {
        let (ranges, characters) = text
            .char_indices()
            .map(|(at, character)| (at..at + character.len_utf8(), character))
            .unzip::<_, _, Vec<_>, Vec<_>>();
        let mut view = Self { text, characters, ranges };
        for _ in 0..LAYERS {
            if !view.characters.iter().any(|character| matches!(character, '%' | '\\' | '&')) || !view.decode() {
                break;
            }
        }
        for character in &mut view.characters {
            *character = lower(*character);
        }
        view
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    pub(super) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// What is written for a character.
    pub(super) fn written(&self, index: usize) -> &'text str {
        self.ranges.get(index).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    /// Takes one layer off; whether there was any.
    fn decode(&mut self) -> bool {
        let mut characters = Vec::with_capacity(self.characters.len());
        let mut ranges = Vec::with_capacity(self.ranges.len());
        let mut at = 0;
        let mut is_decoded = false;
        while let Some(rest) = self.characters.get(at..).filter(|rest| !rest.is_empty()) {
            let (character, length) = escaped(rest).unwrap_or((rest.first().copied().unwrap_or_default(), 1));
            is_decoded |= length > 1;
            let (Some(first), Some(last)) = (self.ranges.get(at), self.ranges.get(at + length - 1)) else { break };
            characters.push(character);
            ranges.push(first.start..last.end);
            at += length;
        }
        (self.characters, self.ranges) = (characters, ranges);
        is_decoded
    }
}

/// As all texts are compared.
pub(super) fn lower(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

/// The character that a text begins with an escape for, and how long that is.
fn escaped(rest: &[char]) -> Option<(char, usize)> {
    match rest.first()? {
        '%' => percent(rest),
        '\\' => backslash(rest),
        '&' => entity(rest),
        _ => None,
    }
}

fn hexadecimal(digits: &[char]) -> Option<u32> {
    let text: String = digits.iter().collect();
    (!text.is_empty() && text.bytes().all(|digit| digit.is_ascii_hexdigit())).then_some(())?;
    u32::from_str_radix(&text, 16).ok()
}

/// RFC 3986 section 2.1, over UTF-8.
fn percent(rest: &[char]) -> Option<(char, usize)> {
    let byte = |at: usize| {
        let digits = rest.get(at..at + 3).filter(|digits| digits.first() == Some(&'%'))?;
        u8::try_from(hexadecimal(digits.get(1..)?)?).ok()
    };
    let first = byte(0)?;
    let length = match first {
        0..0x80 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
        _ => return None,
    };
    let bytes = (0..length).map(|number| byte(number * 3)).collect::<Option<Vec<u8>>>()?;
    Some((std::str::from_utf8(&bytes).ok()?.chars().next()?, length * 3))
}

/// RFC 8259 section 7, and the `\xHH` of others.
fn backslash(rest: &[char]) -> Option<(char, usize)> {
    let next = *rest.get(1)?;
    match next {
        'u' => {
            let unit = |at: usize| u16::try_from(hexadecimal(rest.get(at..at + 4)?)?).ok();
            let first = unit(2)?;
            let second = (rest.get(6..8) == Some(&['\\', 'u'])).then(|| unit(8)).flatten();
            let pair = [Some(first), second.filter(|_| (0xD800..0xDC00).contains(&first))];
            let units: Vec<u16> = pair.into_iter().flatten().collect();
            let character = char::decode_utf16(units.iter().copied()).next()?.ok()?;
            Some((character, units.len() * 6))
        }
        'x' => Some((char::from_u32(hexadecimal(rest.get(2..4)?)?)?, 4)),
        '"' | '\\' | '/' | '\'' => Some((next, 2)),
        _ => None,
    }
}

/// Numbers, and the names that every writer of HTML uses.
fn entity(rest: &[char]) -> Option<(char, usize)> {
    let end = rest.iter().take(12).position(|character| *character == ';')?;
    let name: String = rest.get(1..end)?.iter().collect();
    let character = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => {
            let number = name.strip_prefix('#')?;
            match number.strip_prefix(['x', 'X']) {
                Some(digits) => char::from_u32(u32::from_str_radix(digits, 16).ok()?)?,
                None => char::from_u32(number.parse().ok()?)?,
            }
        }
    };
    Some((character, end + 1))
}
