//! Tables of words: a word in lower case comes in, whether the table has it goes out.

/// A set of words; one that ends in `*` stands for every word that begins so. No such beginning begins another entry,
/// which is what makes one look at the neighbour in the order of code points enough.
#[derive(Debug)]
pub(super) struct Lexicon(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    stem: &'static str,
    /// Whether it stands for every word that begins so.
    open: bool,
}

impl Lexicon {
    /// The words of a text, separated by spaces.
    pub(super) fn of(words: &'static str) -> Self {
        let entry = |word: &'static str| match word.strip_suffix('*') {
            Some(stem) => Entry { stem, open: true },
            None => Entry { stem: word, open: false },
        };
        let mut entries: Vec<Entry> = words.split_whitespace().map(entry).collect();
        entries.sort_unstable_by_key(|entry| entry.stem);
        Self(entries)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let after = self.0.partition_point(|entry| entry.stem <= word);
        let Some(entry) = after.checked_sub(1).and_then(|before| self.0.get(before)) else { return false };
        if entry.open { word.starts_with(entry.stem) } else { entry.stem == word }
    }

    pub(super) fn count(&self, words: &[&str]) -> usize {
        words.iter().filter(|word| self.has(word)).count()
    }

    pub(super) fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }
}

/// What is wrong with a table: the first entry that another covers already.
#[cfg(test)]
pub(super) fn superfluous(lexicon: &Lexicon) -> Option<&'static str> {
    lexicon.0.array_windows().find_map(|[first, second]| {
        let covered = first.open && second.stem.starts_with(first.stem);
        (covered || first.stem == second.stem).then_some(second.stem)
    })
}

/// How often a phrase (words in a row) stands among the words.
pub(super) fn phrase(words: &[&str], phrase: &[&str]) -> usize {
    words.windows(phrase.len().max(1)).filter(|window| *window == phrase).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_beginnings_are_found() {
        let table = Lexicon::of("varias algun* cierto cada");
        for word in ["algun", "algunos", "cada", "cierto", "varias"] {
            assert!(table.has(word), "{word}");
        }
        for word in ["", "algu", "al", "cadaver", "ciertos", "zzz", "varia"] {
            assert!(!table.has(word), "{word}");
        }
        assert!(!Lexicon::of("").has("cada"));
    }

    #[test]
    fn superfluous_entries_are_told() {
        assert_eq!(superfluous(&Lexicon::of("b a")), None);
        assert_eq!(superfluous(&Lexicon::of("abc a*")), Some("abc"));
        assert_eq!(superfluous(&Lexicon::of("a a")), Some("a"));
    }

    #[test]
    fn phrases_are_counted() {
        let words = ["not", "only", "not", "only", "not"];
        assert_eq!((phrase(&words, &["not", "only"]), phrase(&words, &["only", "only"])), (2, 0));
    }
}
