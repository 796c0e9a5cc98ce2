//! Sets of words, written as one text in the source and sorted at their first use. They are `const`, so that a language
//! pack is static data.

use std::sync::OnceLock;

/// A set of words in lower case; an entry that ends in `*` stands for every word that begins so. No such beginning
/// begins another entry, which is what makes one look at the neighbour in the order of code points enough.
#[derive(Debug)]
pub struct WordSet {
    /// Separated by white space.
    words: &'static str,
    sorted: OnceLock<Vec<Entry>>,
}

#[derive(Debug)]
struct Entry {
    stem: &'static str,
    /// Whether it stands for every word that begins so.
    is_beginning: bool,
}

impl WordSet {
    /// The words of a text, separated by spaces.
    #[must_use]
    pub const fn of(words: &'static str) -> Self {
        Self { words, sorted: OnceLock::new() }
    }

    fn entries(&self) -> &[Entry] {
        self.sorted.get_or_init(|| {
            let entry = |word: &'static str| match word.strip_suffix('*') {
                Some(stem) => Entry { stem, is_beginning: true },
                None => Entry { stem: word, is_beginning: false },
            };
            let mut entries: Vec<Entry> = self.words.split_whitespace().map(entry).collect();
            entries.sort_unstable_by_key(|entry| entry.stem);
            entries
        })
    }

    /// Whether a word in lower case is one of the set.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        let entries = self.entries();
        let after = entries.partition_point(|entry| entry.stem <= word);
        let Some(entry) = after.checked_sub(1).and_then(|before| entries.get(before)) else { return false };
        if entry.is_beginning { word.starts_with(entry.stem) } else { entry.stem == word }
    }

    /// How many of the words are of the set.
    #[must_use]
    pub fn count(&self, words: &[&str]) -> usize {
        words.iter().filter(|word| self.has(word)).count()
    }

    /// Whether one of the words is of the set.
    #[must_use]
    pub fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// The first entry that another covers already, which a table must not have.
    #[cfg(test)]
    pub(crate) fn superfluous(&self) -> Option<&'static str> {
        self.entries().array_windows().find_map(|[first, second]| {
            let covered = first.is_beginning && second.stem.starts_with(first.stem);
            (covered || first.stem == second.stem).then_some(second.stem)
        })
    }
}

/// How often a phrase (words in a row) stands among the words.
#[must_use]
pub fn phrase(words: &[&str], phrase: &[&str]) -> usize {
    words.windows(phrase.len().max(1)).filter(|window| *window == phrase).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_beginnings_are_found() {
        let table = WordSet::of("varias algun* cierto cada");
        for word in ["algun", "algunos", "cada", "cierto", "varias"] {
            assert!(table.has(word), "{word}");
        }
        for word in ["", "algu", "al", "cadaver", "ciertos", "zzz", "varia"] {
            assert!(!table.has(word), "{word}");
        }
        assert!(!WordSet::of("").has("cada"));
    }

    #[test]
    fn superfluous_entries_are_told() {
        assert_eq!(WordSet::of("b a").superfluous(), None);
        assert_eq!(WordSet::of("abc a*").superfluous(), Some("abc"));
        assert_eq!(WordSet::of("a a").superfluous(), Some("a"));
    }

    #[test]
    fn phrases_are_counted() {
        let words = ["not", "only", "not", "only", "not"];
        assert_eq!((phrase(&words, &["not", "only"]), phrase(&words, &["only", "only"])), (2, 0));
    }
}
