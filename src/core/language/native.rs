//! The shape of a language's own words, by which English among them is told.

/// How words of a language are written that are its own. Read by the checks `echo` and `untranslated`; source: the
/// language's orthography. A language that has this also has none of the words that [`en`](super::en) calls stray.
#[derive(Debug)]
pub struct NativeShape {
    /// The consonants that it doubles; `None` where it doubles any.
    pub doubled: Option<&'static str>,
    /// The consonants that end its words behind a vowel.
    pub last: &'static str,
    /// Other endings of its words.
    pub endings: &'static [&'static str],
}

impl NativeShape {
    /// Whether a word in lower case may be one of the language, by the letters it has and how it ends. Nothing is said
    /// of short words and of such with accents.
    #[must_use]
    pub fn fits(&self, word: &str) -> bool {
        // Of English endings, what no Romance word ends in.
        const ENDINGS: [&str; 12] =
            ["dle", "ed", "eds", "ely", "ing", "ings", "ness", "ous", "sion", "tion", "tions", "tle"];
        if !word.is_ascii() || word.len() < 4 {
            return true;
        }
        let english = word.contains(['k', 'w'])
            || ["th", "ph", "ck"].iter().any(|pair| word.contains(pair))
            || word.starts_with("sh")
            || word.contains("oo") && !word.starts_with("coo")
            || ENDINGS.iter().any(|ending| word.ends_with(ending));
        !english && self.is_doubled_well(word) && self.ends_well(word)
    }

    /// Whether the language doubles the consonants that a word has doubled.
    fn is_doubled_well(&self, word: &str) -> bool {
        let Some(allowed) = self.doubled else { return true };
        let is_fault =
            |[one, other]: &[u8; 2]| one == other && !b"aeiou".contains(one) && !allowed.as_bytes().contains(one);
        !word.as_bytes().array_windows().any(is_fault)
    }

    /// Whether words of the language end so.
    fn ends_well(&self, word: &str) -> bool {
        let mut back = word.bytes().rev();
        let (Some(last), before) = (back.next(), back.next()) else { return true };
        let is_vowel = |letter: u8| b"aeiou".contains(&letter);
        is_vowel(last)
            || before.is_some_and(is_vowel) && self.last.as_bytes().contains(&last)
            || self.endings.iter().any(|ending| word.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;

    #[test]
    fn words_of_english_are_told_by_their_shape() {
        let english = "spiked merged rebooting watch pump clients tokens shards plugging queues";
        for language in ["es", "it", "pt"] {
            for word in english.split(' ').filter(|word| *word != "queues" || language == "it") {
                assert!(!Language::named(language).native.unwrap().fits(word), "{language}: {word}");
            }
        }
    }

    #[test]
    fn native_words_have_their_shape() {
        let words = [
            ("es", "coordinar deshabilitar reloj estoy ley velocidad calle innovar acción terror feliz"),
            ("it", "cooperare righe tutti nessun quel poter abbiamo anche oggi messaggio"),
            ("pt", "bens serviços passou correr fazer foram jovem itens cooperar essas nariz"),
        ];
        for (language, words) in words {
            for word in words.split(' ') {
                assert!(Language::named(language).native.unwrap().fits(word), "{language}: {word}");
            }
        }
    }
}
