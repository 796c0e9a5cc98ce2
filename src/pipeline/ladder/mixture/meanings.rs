//! Words that translators take for each other. A batch of short sentences without facts has nothing else that tells
//! whose answer is whose.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::bare;

/// A row for each meaning, a column for each language; a word that ends in `*` stands for all that begin so.
const FILE: &str = include_str!("../../../../locales/meanings.csv");

static TABLE: LazyLock<HashMap<&'static str, Words>> = LazyLock::new(|| tables(FILE));

/// The words of one language and the rows that they stand in.
#[derive(Debug, Default)]
pub(super) struct Words {
    whole: HashMap<String, Vec<usize>>,
    beginnings: HashMap<String, Vec<usize>>,
}

impl Words {
    /// The words of a language, `None` where the table has no column for it.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        TABLE.get(language)
    }

    /// The meanings that a word may have; it is in small letters, without accents.
    pub(super) fn meanings(&self, word: &str) -> impl Iterator<Item = usize> {
        let begun = word.char_indices().skip(1).map(|(end, _)| end).chain([word.len()]);
        let begun = begun.filter_map(|end| self.beginnings.get(word.get(..end)?));
        self.whole.get(word).into_iter().chain(begun).flatten().copied()
    }
}

/// The columns of a table, by language.
fn tables(file: &'static str) -> HashMap<&'static str, Words> {
    let mut rows = file.lines().filter(|row| !row.starts_with('#'));
    let languages: Vec<&str> = rows.next().unwrap_or_default().split(',').collect();
    let mut tables: HashMap<&str, Words> = HashMap::new();
    for (meaning, row) in rows.enumerate() {
        for (language, words) in languages.iter().zip(row.split(',')) {
            let table = tables.entry(*language).or_default();
            for word in words.split_whitespace() {
                let (entries, word) = match word.strip_suffix('*') {
                    Some(beginning) => (&mut table.beginnings, beginning),
                    None => (&mut table.whole, word),
                };
                entries.entry(bare(&word.to_lowercase())).or_default().push(meaning);
            }
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_has_words_in_every_language() {
        let rows: Vec<&str> = FILE.lines().filter(|row| !row.starts_with('#')).collect();
        let width = rows[0].split(',').count();
        for row in &rows {
            assert_eq!(row.split(',').filter(|words| !words.trim().is_empty()).count(), width, "{row}");
        }
    }

    #[test]
    fn words_are_found_whole_and_by_their_beginnings() {
        let meanings = |language: &str, word: &str| -> Vec<usize> {
            Words::of(language).expect("a language of the table").meanings(word).collect()
        };
        assert_eq!(meanings("en", "disks"), meanings("es", "discos"));
        assert!(meanings("en", "cuts").iter().any(|meaning| meanings("it", "tagliato").contains(meaning)));
        assert!(meanings("en", "").is_empty() && meanings("pt", "ñ").is_empty());
        assert!(Words::of("de").is_none());
    }
}
