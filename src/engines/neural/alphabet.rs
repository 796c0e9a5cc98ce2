//! Writes a text in the characters of a model's vocabulary, or names the character that it lacks. A model invents text
//! for characters that it has never seen, so none is let through.

use std::collections::HashSet;

use fxtranslate::spm::SpmVocab;

/// The tokenizer's sign for a space (U+2581).
const SPACE: char = '\u{2581}';

/// Typographic characters and what a model without them gets to see. Facts are placeholders by now: nothing of this
/// reaches a reader unless the model says it.
const SUBSTITUTES: [(&str, &str); 10] = [
    ("‘’‚‛′´`", "'"),
    ("“”„‟″«»", "\""),
    ("‐‑‒–−•·→", "-"),
    // Between words without spaces a hyphen would make one word of two.
    ("—―", " - "),
    ("…", "..."),
    ("\u{a0}\u{2007}\u{2009}\u{200a}\u{202f}\u{3000}\t\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}", " "),
    ("\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{200e}\u{200f}\u{fe0f}", ""),
    ("×", "x"),
    ("&", "and"),
    ("™®©", ""),
];

/// The characters that a model's source vocabulary has.
pub(super) struct Alphabet {
    characters: HashSet<char>,
    /// Pieces for single bytes: with them nothing is unknown to the model.
    has_bytes: bool,
}

/// A text in a model's characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelled {
    pub text: String,
    /// For each byte of it, and for its end, the byte of the original that the character began at.
    pub origins: Vec<usize>,
}

impl Spelled {
    fn push(&mut self, at: usize, letters: &str) {
        self.text.push_str(letters);
        self.origins.resize(self.text.len(), at);
    }
}

impl Alphabet {
    /// `None` where this is no vocabulary: garbage loads without complaint.
    pub(super) fn of(vocabulary: &SpmVocab) -> Option<Self> {
        let mut characters = HashSet::new();
        let (mut has_bytes, mut has_end) = (false, false);
        for id in 0..u32::try_from(vocabulary.len()).ok()? {
            let piece = vocabulary.piece(id);
            has_end |= piece == "</s>";
            has_bytes |= piece.starts_with("<0x") && piece.ends_with('>');
            let is_control = piece.len() > 2 && piece.starts_with('<') && piece.ends_with('>');
            if !is_control {
                characters.extend(piece.chars());
            }
        }
        (has_end && characters.len() > 30).then_some(Self { characters, has_bytes })
    }

    /// The text in characters that the model has.
    ///
    /// # Errors
    /// The first character that it lacks and that nothing stands for.
    pub(super) fn spell(&self, vocabulary: &SpmVocab, text: &str) -> Result<Spelled, char> {
        let mut spelled = Spelled::default();
        for (at, letter) in text.char_indices() {
            if letter == ' ' || (letter != SPACE && self.characters.contains(&letter)) {
                spelled.push(at, letter.encode_utf8(&mut [0; 4]));
            } else if let Some(substitute) = substitute(letter).filter(|other| self.has_all(other)) {
                spelled.push(at, substitute);
            } else if self.has_bytes || self.normalises(vocabulary, letter) {
                spelled.push(at, letter.encode_utf8(&mut [0; 4]));
            } else {
                return Err(letter);
            }
        }
        spelled.origins.push(text.len());
        Ok(spelled)
    }

    /// Whether the vocabulary's own normalisation (NFKC and the like) makes characters of it that the model has.
    fn normalises(&self, vocabulary: &SpmVocab, letter: char) -> bool {
        let normal = vocabulary.normalize(letter.encode_utf8(&mut [0; 4]));
        let normal = normal.trim_matches(|sign: char| sign == SPACE || sign.is_whitespace());
        !normal.is_empty() && self.has_all(normal)
    }

    fn has_all(&self, text: &str) -> bool {
        text.chars().all(|letter| letter == ' ' || self.characters.contains(&letter))
    }
}

fn substitute(letter: char) -> Option<&'static str> {
    SUBSTITUTES.iter().find_map(|(letters, substitute)| letters.contains(letter).then_some(*substitute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alphabet(characters: &str) -> Alphabet {
        Alphabet { characters: characters.chars().collect(), has_bytes: false }
    }

    fn nothing() -> SpmVocab {
        SpmVocab::from_bytes(&[])
    }

    #[test]
    fn garbage_is_no_vocabulary() {
        assert!(Alphabet::of(&nothing()).is_none());
        assert!(Alphabet::of(&SpmVocab::from_bytes(b"<html>not found</html>")).is_none());
    }

    #[test]
    fn typographic_signs_are_spelled_plainly_and_known_ones_stay() {
        let plain = alphabet("abcdefghijklmnopqrstuvwxyz'\"-.,");
        let spell = |alphabet: &Alphabet, text: &str| alphabet.spell(&nothing(), text).map(|spelled| spelled.text);
        assert_eq!(spell(&plain, "“it’s”\u{a0}– a… b—c"), Ok("\"it's\" - a... b - c".to_owned()));
        assert_eq!(spell(&alphabet("its’'"), "it’s"), Ok("it’s".to_owned()));
        let spelled = plain.spell(&nothing(), "“a…").unwrap();
        assert_eq!((spelled.text.as_str(), spelled.origins), ("\"a...", vec![0, 3, 4, 4, 4, 7]));
    }

    #[test]
    fn an_unknown_sign_is_named() {
        assert_eq!(alphabet("abc").spell(&nothing(), "a # b"), Err('#'));
        assert_eq!(alphabet("abc").spell(&nothing(), "a\u{2581}b"), Err('\u{2581}'));
        assert_eq!(alphabet("abc").spell(&nothing(), "a “b”"), Err('“'), "its substitute is lacking too");
    }
}
