//! How English says when something happens. Read by the check `opposites`; source: English grammar.

/// What speaks of the future.
pub const WILL: &[&str] = &["will", "shall", "ll", "going", "gonna"];
/// What speaks of what has happened.
pub const DONE: &[&str] = &["was", "were", "has", "have", "had", "did", "been"];
/// What makes it open whether anything has happened, or names a time to come.
pub const NOT_YET: &[&str] = &[
    "would",
    "may",
    "might",
    "can",
    "could",
    "should",
    "must",
    "tomorrow",
    "next",
    "upcoming",
    "soon",
    "shortly",
    "scheduled",
    "planned",
    "if",
    "once",
    "when",
    "until",
    "till",
    "unless",
    "after",
    "before",
    "to",
    "expect",
    "expected",
    "later",
    "plan",
    "plans",
    "hope",
    "as",
    "while",
    "whether",
    "yet",
    "about",
];
/// Verbs of the past that do not end in `ed`.
pub const IRREGULAR: &[&str] = &[
    "went", "took", "came", "began", "fell", "broke", "made", "found", "saw", "got", "led", "lost", "ran", "kept",
    "told", "gave", "left", "sent", "rose", "knew", "meant", "built", "wrote", "brought", "grew", "became",
];
