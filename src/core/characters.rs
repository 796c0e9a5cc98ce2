//! Characters that nobody sees, in the few meanings that the program has for them. The sets differ on purpose: each
//! says what it is asked for, and by whom. What is done about a character is the caller's business.

use icu::properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu::properties::{CodePointMapData, CodePointSetData};

/// Whether a character turns the order of what stands round it: embeddings, overrides and isolates (Unicode Standard
/// Annex 9, "Explicit Directional Embeddings", "Overrides" and "Isolates"). Lines of a report must have none.
#[must_use]
pub fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character takes no room and shapes no letter, so that a text reads the same without it: soft hyphen, zero
/// width space, marks of direction and [their controls](is_direction_control), word joiner and invisible operators,
/// byte order mark. Joiners are not among them: emoji and some scripts need them. Source text is read without these.
#[must_use]
pub fn is_zero_width(character: char) -> bool {
    is_direction_control(character)
        || matches!(character, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Whether a character is one that a translation must not add, since nobody would see that it is there: control
/// characters (line breaks among them), [what takes no room](is_zero_width), joiners, fillers, selectors of variants,
/// private use, tags, and what no character has been assigned to in the last planes. Spaces are not among them.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || is_zero_width(character)
        || matches!(character,
            '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200C}' | '\u{200D}' | '\u{2028}' | '\u{2029}' | '\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{10FFFF}')
}

/// Whether a line of nothing but such characters looks empty: default ignorable code points (Unicode Standard section
/// 5.21), other formatting and control characters, unassigned ones, and what is blank, spaces among them.
#[must_use]
pub fn is_blank(character: char) -> bool {
    // The empty pattern of Braille is a symbol to Unicode.
    const EMPTY_BRAILLE: char = '\u{2800}';
    let nothing_to_see = GeneralCategoryGroup::Separator.union(GeneralCategoryGroup::Other);
    character == EMPTY_BRAILLE
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
        || nothing_to_see.contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_set_holds_the_one_before() {
        for character in '\0'..=char::MAX {
            let code = u32::from(character);
            assert!(!is_direction_control(character) || is_zero_width(character), "U+{code:04X}");
            assert!(!is_zero_width(character) || is_invisible(character), "U+{code:04X}");
            assert!(!is_invisible(character) || is_blank(character), "U+{code:04X}");
        }
    }

    #[test]
    fn joiners_and_spaces_take_room() {
        assert!(['\u{200C}', '\u{200D}'].iter().all(|joiner| !is_zero_width(*joiner) && is_invisible(*joiner)));
        assert!([' ', '\u{A0}', '\u{2800}'].iter().all(|space| !is_invisible(*space) && is_blank(*space)));
        assert!(['a', '-', '5', '字', '👩'].iter().all(|seen| !is_blank(*seen)));
    }
}
