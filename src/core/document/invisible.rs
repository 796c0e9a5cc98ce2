//! Text as it is read: without the characters that nobody sees, and with one kind of hyphen.
//!
//! A soft hyphen or a zero width space in `eu-west-1` makes it another name to programs and to engines, and a reader
//! who copies it gets what does not work. Text that is not translated keeps them.

use crate::characters::is_zero_width;

/// What a character counts as in text, where that is something else than itself: nothing, or what keyboards have.
/// `before` stands in front of it, `after` behind.
pub(super) fn fold(character: char, before: Option<char>, after: Option<char>) -> Option<&'static str> {
    Some(match character {
        character if is_zero_width(character) => "",
        // Joiners belong to emoji and to scripts that shape letters by them.
        '\u{200c}' | '\u{200d}' if is_latin(before) && is_latin(after) => "",
        // Hyphen, non-breaking hyphen.
        '\u{2010}' | '\u{2011}' => "-",
        // Ligatures of typesetting.
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => return None,
    })
}

/// Whether [`fold`] could change a text.
pub(super) fn may_fold(text: &str) -> bool {
    text.chars().any(|character| {
        is_zero_width(character)
            || matches!(character, '\u{200c}' | '\u{200d}' | '\u{2010}' | '\u{2011}' | '\u{fb00}'..='\u{fb04}')
    })
}

fn is_latin(character: Option<char>) -> bool {
    // Up to the end of Latin Extended-B.
    character.is_some_and(|character| character.is_alphabetic() && character < '\u{250}')
}

/// A whole text, folded.
pub(super) fn folded(text: &str) -> String {
    pieces(text).map(|(_, text)| text).collect()
}

/// A text in pieces: bytes of it, and what they count as. Contiguous.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let mut before = text.get(..at).and_then(|before| before.chars().next_back());
        for (index, character) in rest.char_indices() {
            let end = index + character.len_utf8();
            let after = rest.get(end..).and_then(|after| after.chars().next());
            match fold(character, before, after) {
                None => before = Some(character),
                Some(_) if index > 0 => {
                    at += index;
                    return Some((start..at, rest.get(..index).unwrap_or_default()));
                }
                Some(folded) => {
                    at += end;
                    return Some((start..at, folded));
                }
            }
        }
        at = text.len();
        Some((start..at, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_goes_and_hyphens_are_those_of_keyboards() {
        for (text, read) in [
            ("The cus\u{ad}tom\u{ad}ers", "The customers"),
            ("eu\u{2011}west\u{2010}1 eu-\u{200b}west-1", "eu-west-1 eu-west-1"),
            ("\u{feff}mail\u{2060}service\u{200e} \u{200f}down", "mailservice down"),
            ("off\u{200c}line ﬁle waﬄe", "offline file waffle"),
            ("a – b — c − d", "a – b — c − d"),
            ("", ""),
        ] {
            assert_eq!(folded(text), read);
        }
    }

    #[test]
    fn emoji_and_scripts_that_need_joiners_keep_them() {
        for text in ["👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥", "می\u{200c}خواهم", "क्\u{200d}ष", "a\u{200d}👩"]
        {
            assert_eq!(folded(text), text);
        }
    }
}
