//! URLs and e-mail addresses in prose, found in one pass. The punctuation of the sentence around them stays outside.

use std::ops::Range;

use super::{Verbatim, effort};

/// Longest scheme looked for before `://`.
const SCHEME: usize = 16;
/// RFC 5321 section 4.5.3.1: octets of a local part and of a domain.
const LOCAL: usize = 64;
const DOMAIN: usize = 255;

/// Every address in the text.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Verbatim)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(Range<usize>, Verbatim)> = Vec::new();
    let mut floor = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hit = match byte {
            b':' => url_behind_scheme(text, floor, at).map(|range| (range, Verbatim::Url)),
            b'w' | b'W' => url_without_scheme(text, floor, at).map(|range| (range, Verbatim::Url)),
            b'@' => email(text, floor, at).map(|range| (range, Verbatim::Email)),
            _ => None,
        };
        at += 1;
        if let Some((range, kind)) = hit {
            floor = range.end;
            at = at.max(range.end);
            found.push((range, kind));
        }
    }
    found
}

/// `at` is the colon.
fn url_behind_scheme(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if bytes.get(at + 1..at + 3) != Some(b"//") {
        return None;
    }
    let start = back(bytes, floor, at, SCHEME, |byte| byte.is_ascii_alphanumeric() || byte == b'+')?;
    if at - start < 2 || !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) || !starts_apart(text, start) {
        return None;
    }
    let end = url_end(text, at + 3);
    (end > at + 3).then_some(start..end)
}

/// `at` is the first `w` of `www.`.
fn url_without_scheme(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let head = bytes.get(at..at + 4)?;
    let host = bytes.get(at + 4)?;
    if at < floor || !head.eq_ignore_ascii_case(b"www.") || !host.is_ascii_alphanumeric() || !starts_apart(text, at) {
        return None;
    }
    Some(at..url_end(text, at + 4))
}

/// Where a URL ends that goes on at `from`: at the first character that RFC 3987 does not allow, less the punctuation
/// that belongs to the sentence.
fn url_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let stop = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || "<>\"`{}|\\^“”‘’«»…。，、）】".contains(character)
            || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
    };
    let mut url = rest.find(stop).and_then(|length| rest.get(..length)).unwrap_or(rest);
    effort::note(url.len());
    let count = |mark: char| url.matches(mark).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    while let Some(last) = url.chars().next_back() {
        let surplus = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => &mut 1,
            ')' => &mut round,
            ']' => &mut square,
            _ => break,
        };
        if *surplus == 0 {
            break;
        }
        *surplus -= 1;
        url = url.get(..url.len() - 1).unwrap_or_default();
    }
    from + url.len()
}

/// `at` is the at sign.
fn email(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let mut start = back(bytes, floor, at, LOCAL, local)?;
    while start < at && !bytes.get(start).is_some_and(u8::is_ascii_alphanumeric) {
        start += 1;
    }
    if start == at || !starts_apart(text, start) {
        return None;
    }
    let domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let length = bytes.get(at + 1..)?.iter().take(DOMAIN).take_while(|byte| domain(byte)).count();
    effort::note(length);
    let host = text.get(at + 1..at + 1 + length)?.trim_end_matches(['.', '-']);
    let (front, top) = host.rsplit_once('.')?;
    let sound = front.split('.').all(|label| !label.is_empty())
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    sound.then_some(start..at + 1 + host.len())
}

/// Where the run of fitting bytes before `at` begins; `None` where it is longer than `most`.
fn back(bytes: &[u8], floor: usize, at: usize, most: usize, fits: impl Fn(u8) -> bool) -> Option<usize> {
    let run = bytes.get(floor..at)?.iter().rev().take(most + 1).take_while(|&&byte| fits(byte)).count();
    effort::note(run);
    (run <= most).then_some(at - run)
}

/// Whether no letter or digit stands right before `start`.
fn starts_apart(text: &str, start: usize) -> bool {
    text.get(..start).and_then(|before| before.chars().next_back()).is_none_or(|before| !before.is_alphanumeric())
}
