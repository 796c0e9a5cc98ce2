//! Names that a report gives to its own things: its components. They are names in that report alone.

use std::sync::Arc;

use super::super::token::is_capitalised;
use super::{Case, Entry, Lexicon, Meaning};

impl Lexicon {
    /// The same words, and the names that a report gives to its own things. A name that may be an ordinary word is one
    /// where its capital says so, or what stands beside it.
    #[must_use]
    pub fn with_names<'name>(&self, names: impl IntoIterator<Item = &'name str>) -> Self {
        /// What a sentence goes on with behind its subject, and what a component is called.
        const BESIDE: [&str; 13] = [
            "is",
            "was",
            "has",
            "had",
            "remains",
            "remained",
            "will",
            "may",
            "component",
            "components",
            "service",
            "outage",
            "and",
        ];
        let beside: Arc<[String]> = BESIDE.map(str::to_owned).into();
        let entry = |name: &str| {
            let may_be_word = is_capitalised(name);
            let contexts = if may_be_word { Arc::clone(&beside) } else { Arc::default() };
            Entry { form: name.to_owned(), case: Case::Exact, contexts, meaning: Meaning::Name }
        };
        let entries: Vec<Entry> = names.into_iter().map(str::trim).filter(|name| is_name(name)).map(entry).collect();
        let names = (!entries.is_empty()).then(|| Arc::new(Self::new(entries)));
        Self { names, ..self.clone() }
    }
}

/// Whether what a report calls a component is written as a name: a capital or figure, few words, no sentence.
fn is_name(name: &str) -> bool {
    const WORDS: usize = 5;
    const NO_NAMES: [&str; 12] =
        ["All", "Any", "None", "No", "Other", "The", "We", "Our", "You", "Service", "Services", "System"];
    let words = name.split_whitespace().count();
    let marked =
        name.starts_with(char::is_uppercase) || name.chars().any(|letter| letter.is_uppercase() || letter.is_numeric());
    (1..=WORDS).contains(&words)
        && name.len() > 1
        && marked
        && !name.contains(['.', '!', '?', ';'])
        && !NO_NAMES.contains(&name)
}
