//! How English says how much is meant. Read by the check `scope`; source: English grammar and the pairs of the tests.

use super::super::{Quantifiers, WordSet};

/// `Full` and `complete` are also verbs and states of disks, which is why its counterparts below
/// are many.
pub static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("all each entire entirety every everybody everyone everything whole"),
    some: WordSet::of("several some subset"),
    full: WordSet::of("completely entirely full fully totally wholly"),
    partial: WordSet::of("partial* partly"),
    most: WordSet::of("majority most mostly"),
    only: WordSet::of("exclusively only solely"),
    each: WordSet::of(""),
    vague: WordSet::of(""),
    articles: WordSet::of(""),
};

/// Words of a source that leave open how much is meant, or say it in another way.
pub static OPEN: WordSet = WordSet::of(
    "always any anybody anyone anything anywhere both complete* daily everywhere hourly intermittent* monthly \
         multiple sometimes throughout total* various weekly whatever worldwide",
);

/// Phrases in which a word of scope says nothing about scope.
pub const UNCOUNTED: &[&[&str]] = &[
    &["above", "all"],
    &["after", "all"],
    &["all", "clear"],
    &["all", "over"],
    &["all", "right"],
    &["all", "set"],
    &["all", "the", "time"],
    &["all", "together"],
    &["at", "all"],
    &["at", "most"],
    &["each", "other"],
    &["first", "of", "all"],
    &["full", "stop"],
    &["if", "only"],
    &["in", "full"],
    &["most", "recent"],
    &["most", "recently"],
    &["not", "all"],
    &["not", "completely"],
    &["not", "entirely"],
    &["not", "every"],
    &["not", "everybody"],
    &["not", "everyone"],
    &["not", "everything"],
    &["not", "fully"],
    &["not", "only"],
    &["read", "only"],
    &["some", "time"],
    &["the", "most"],
];
