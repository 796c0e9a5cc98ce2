//! Glossaries as the stand-ins store them: entries that are read as strictly as vendors read them, and that show in
//! what is translated with them.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use polypost_core::clock::{Clock as _, System};

/// One stored glossary, or a file of one.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: String,
    pub name: String,
    /// The vendor's code.
    pub target: String,
    pub entries: Vec<(String, String)>,
    pub created: Timestamp,
}

/// What a vendor stores.
#[derive(Default)]
pub struct StoredGlossaries {
    items: Mutex<Vec<Item>>,
    /// How many were made, overwritten ones among them.
    made: AtomicUsize,
    /// Whether none are made any more.
    pub refuses: AtomicBool,
    /// Lists that show nothing yet, as if they were answered before others made theirs.
    pub blind: AtomicUsize,
}

impl StoredGlossaries {
    pub fn made(&self) -> usize {
        self.made.load(Ordering::SeqCst)
    }

    pub fn items(&self) -> Vec<Item> {
        self.items.lock().expect("no panic").clone()
    }

    /// The names, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.items().into_iter().map(|item| item.name).collect();
        names.sort_unstable();
        names
    }

    /// What a list shows.
    pub fn listed(&self) -> Vec<Item> {
        let is_blind = self.blind.try_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if is_blind { Vec::new() } else { self.items() }
    }

    pub fn find(&self, id: &str) -> Option<Item> {
        self.items().into_iter().find(|item| item.id == id)
    }

    /// Stores one now; its id has the number in it.
    pub fn put(&self, id: impl FnOnce(usize) -> String, name: &str, target: &str, entries: &[(String, String)]) {
        let number = self.made.fetch_add(1, Ordering::SeqCst) + 1;
        let (id, created) = (id(number), System.now());
        let item = Item { id, name: name.to_owned(), target: target.to_owned(), entries: entries.to_vec(), created };
        self.items.lock().expect("no panic").push(item);
    }

    /// Whether there was one.
    pub fn remove(&self, id: &str) -> bool {
        let mut items = self.items.lock().expect("no panic");
        let before = items.len();
        items.retain(|item| item.id != id);
        items.len() < before
    }

    pub fn clear(&self) {
        self.items.lock().expect("no panic").clear();
    }

    /// Sets the creation of those whose name has this in it back by two hours.
    pub fn age(&self, part: &str) {
        for item in self.items.lock().expect("no panic").iter_mut().filter(|item| item.name.contains(part)) {
            item.created -= SignedDuration::from_hours(2);
        }
    }
}

/// The entries of a CSV file, or what a vendor has against it.
pub fn entries(csv: &str, longest: usize) -> Result<Vec<(String, String)>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    for (index, row) in reader.records().enumerate() {
        let row = row.map_err(|_| format!("row {index} is no CSV"))?;
        let [term, rendering] = row.iter().collect::<Vec<_>>()[..] else {
            return Err(format!("row {index} has not two fields"));
        };
        for text in [term, rendering] {
            let is_bad = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
            if text.is_empty() || text.trim() != text || text.len() > longest || text.chars().any(is_bad) {
                return Err(format!("row {index} has an invalid phrase"));
            }
        }
        if !seen.insert(term.to_owned()) {
            return Err(format!("Key with the index {index} duplicates another key"));
        }
        entries.push((term.to_owned(), rendering.to_owned()));
    }
    if entries.is_empty() { Err("no entries".to_owned()) } else { Ok(entries) }
}

/// Translates with the entries: their words are left out of what `rewrite` sees, and are rendered as they say.
pub fn applied(text: &str, entries: &[(String, String)], rewrite: impl FnOnce(&str) -> String) -> String {
    let mut hidden = text.to_owned();
    let mut longest_first: Vec<&(String, String)> = entries.iter().collect();
    longest_first.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
    let mut renderings = Vec::new();
    for (term, rendering) in longest_first {
        while let Some(at) = word(&hidden, term) {
            let placeholder = format!("[PH{}]", 9000 + renderings.len());
            hidden.replace_range(at..at + term.len(), &placeholder);
            renderings.push((placeholder, rendering));
        }
    }
    let mut translated = rewrite(&hidden);
    for (placeholder, rendering) in renderings {
        translated = translated.replace(&placeholder, rendering);
    }
    translated
}

/// Where a term stands as a word of its own.
fn word(text: &str, term: &str) -> Option<usize> {
    let is_free = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    text.match_indices(term)
        .map(|(at, _)| at)
        .find(|at| is_free(text[..*at].chars().next_back()) && is_free(text[at + term.len()..].chars().next()))
}
