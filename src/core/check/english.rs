//! How English words are told that are left over from the source: by lists of words and by their shapes. Whether one is
//! a fault is for the checks that ask.

use crate::language::NativeShape;
use crate::language::en::incidents::{FALSE_FRIENDS, INCIDENT, LOANS};

/// Whether a word in lower case is one of English that the target's language has not, be it with another meaning or
/// borrowed.
pub(super) fn is_left(word: &str, native: &NativeShape) -> bool {
    is_sure(word) || !is_loan(word) && !FALSE_FRIENDS.has(word) && !native.fits(word)
}

/// Whether a word is English beyond doubt, and no name in small letters, as `keycloak` is.
pub(super) fn is_sure(word: &str) -> bool {
    !is_loan(word) && !FALSE_FRIENDS.has(word) && (INCIDENT.has(word) || is_verb(word))
}

/// Whether a word is a verb of English by its shape.
pub(super) fn is_verb(word: &str) -> bool {
    is_past(word) || is_participle(word)
}

/// Whether other languages borrow a word.
pub(super) fn is_loan(word: &str) -> bool {
    let singular = |ending: &str| word.strip_suffix(ending).is_some_and(|stem| LOANS.has(stem));
    let of_y = || word.strip_suffix("ies").is_some_and(|stem| LOANS.has(&format!("{stem}y")));
    LOANS.has(word) || singular("s") || singular("es") || of_y()
}

/// Whether a word is a verb of English and can be nothing else: a form of the past that is no participle.
pub(super) fn is_past(word: &str) -> bool {
    const PAST: [&str; 11] =
        ["wrote", "broke", "took", "went", "froze", "drew", "threw", "gave", "came", "fell", "knew"];
    word.len() > 3 && PAST.iter().any(|ending| word.ends_with(ending))
}

/// Whether a word is a participle of English by its shape: `spiked`, `rerouted`. Nouns in `ing` are borrowed.
pub(super) fn is_participle(word: &str) -> bool {
    const NOUNS: [&str; 5] = ["embed", "feed", "seed", "shed", "speed"];
    word.len() > 4 && word.is_ascii() && word.ends_with("ed") && !NOUNS.iter().any(|noun| word.ends_with(noun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn what_is_borrowed_is_not_left_over() {
        let italian = Language::named("it").native.unwrap();
        for word in ["webhook", "webhooks", "proxies", "patches", "data"] {
            assert!(!is_left(word, italian), "{word}");
        }
        for word in ["outage", "spiked", "muted", "rose"] {
            assert!(is_left(word, italian), "{word}");
        }
    }
}
