//! Which answers of a batch have the words of which of its texts.

use std::collections::{HashMap, HashSet};

use super::meanings::Words;
use super::{acronyms, words};

/// What a word that only one text has is worth; words that several have are worth their share of it.
const WORTH: usize = 60;

/// An answer that fits another text better than its own by so much is not its own.
const BETTER: usize = 2 * WORTH;

/// Something of a text that its translation has, too.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Feature {
    /// A row of the table of meanings.
    Meaning(usize),
    /// A beginning, or an acronym: names and words of Latin begin alike in most languages.
    Letters(String),
}

/// How well each answer fits each text.
pub(super) struct Fit {
    /// By answer: the texts that it has words of, and what they are worth.
    answers: Vec<HashMap<usize, usize>>,
}

impl Fit {
    /// `language` is that of the answers, as `pt`.
    pub(super) fn of(pairs: &[(&str, &str)], language: &str) -> Self {
        let mut owners: HashMap<Feature, Vec<usize>> = HashMap::new();
        for (position, (text, _)) in pairs.iter().enumerate() {
            for feature in of_text(text) {
                owners.entry(feature).or_default().push(position);
            }
        }
        let answers = pairs.iter().map(|(_, answer)| {
            let mut found: HashMap<usize, usize> = HashMap::new();
            for owners in of_answer(answer, language).iter().filter_map(|feature| owners.get(feature)) {
                // What most of them have says nothing of any.
                for owner in owners.iter().filter(|_| owners.len() * 2 <= pairs.len().max(2)) {
                    *found.entry(*owner).or_default() += WORTH / owners.len();
                }
            }
            found
        });
        Self { answers: answers.collect() }
    }

    fn worth(&self, text: usize, answer: usize) -> usize {
        self.answers.get(answer).and_then(|found| found.get(&text)).copied().unwrap_or_default()
    }

    /// Whether answers have the words of other texts and none, or hardly any, of their own.
    pub(super) fn is_exchanged(&self) -> bool {
        let mut strangers: HashMap<usize, usize> = HashMap::new();
        let mut fitting = 0;
        for (position, found) in self.answers.iter().enumerate() {
            let own = self.worth(position, position);
            match found.iter().max_by_key(|(text, worth)| (**worth, **text)) {
                Some((text, worth)) if own == 0 && *worth >= WORTH || *worth >= own + BETTER => {
                    strangers.insert(position, *text);
                }
                _ => fitting += usize::from(own > 0),
            }
        }
        let is_swap = strangers.iter().any(|(position, text)| strangers.get(text) == Some(position));
        is_swap || strangers.len() >= 2 && strangers.len() > fitting || self.fits_in_another_order()
    }

    /// Whether the answers fit far better turned round, or moved on by some places.
    fn fits_in_another_order(&self) -> bool {
        let count = self.answers.len();
        let total =
            |place: &dyn Fn(usize) -> usize| -> usize { (0..count).map(|text| self.worth(text, place(text))).sum() };
        let own = total(&|text| text);
        let is_better = |other: usize| other >= 2 * own + BETTER;
        is_better(total(&|text| count - 1 - text)) || (1..count).any(|by| is_better(total(&|text| (text + by) % count)))
    }
}

fn of_text(text: &str) -> HashSet<Feature> {
    let english = Words::of("en");
    let words = words(text);
    let meanings = words.iter().filter_map(|word| Some(english?.meanings(word))).flatten().map(Feature::Meaning);
    meanings
        .chain(words.iter().filter_map(|word| beginning(word)).chain(acronyms(text)).map(Feature::Letters))
        .collect()
}

fn of_answer(text: &str, language: &str) -> HashSet<Feature> {
    let table = Words::of(language);
    let words = words(text);
    let meanings = words.iter().filter_map(|word| Some(table?.meanings(word))).flatten().map(Feature::Meaning);
    let begun = words.iter().filter_map(|word| beginnings(word)).flatten();
    meanings.chain(begun.chain(acronyms(text)).map(Feature::Letters)).collect()
}

/// What a word and its translation may have in common.
fn beginning(word: &str) -> Option<String> {
    match word.chars().count() {
        0..=3 => None,
        4 => Some(word.chars().take(3).collect()),
        _ => Some(word.chars().take(4).collect()),
    }
}

/// What of a translated word may be the beginning of its source.
fn beginnings(word: &str) -> Option<[String; 2]> {
    let take = |count: usize| -> String { word.chars().take(count).collect() };
    (word.chars().count() > 3).then(|| [take(3), take(4)])
}
