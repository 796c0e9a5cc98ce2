//! The shape of a language's words of denial.

use super::WordSet;

/// How a language denies. Read by the check `negation`; source: the language's grammar and the pairs of the tests.
#[derive(Debug)]
pub struct Denial {
    /// Every word that renders an English denial.
    pub words: WordSet,
    /// Those that make a statement its opposite wherever they stand.
    pub plain: WordSet,
    /// Phrases with one such word that deny nothing (`sin embargo`).
    pub hollow: &'static [&'static [&'static str]],
    /// Phrases with a plain word where English asks or affirms (`no dude en`: `please`).
    pub courtesies: &'static [&'static [&'static str]],
    /// Words whose meaning denies, as `fail` in English: `falló` renders `did not work`.
    pub lack: WordSet,
    /// What `unavailable` and its like say without their denying part: `disponible`.
    pub affirmed: WordSet,
    /// Words of trouble: with one of them, a denied trouble is said after all. `None` where nobody has written them
    /// down, and then `no longer fails` must be rendered with a denial.
    pub trouble: Option<WordSet>,
    /// What says without a denial what English says with one.
    pub turned: Turned,
}

/// Words that affirm what English denies the opposite of.
#[derive(Debug)]
pub struct Turned {
    /// That something goes on: `not done yet` is `still at it`.
    pub still: WordSet,
    /// That something came late: `not until`.
    pub at_last: WordSet,
    /// Phrases for the same (`por fin`).
    pub at_last_phrases: &'static [&'static [&'static str]],
    /// That the rest is as it was: `nothing else changed`.
    pub rest: WordSet,
    /// `only` and nothing else.
    pub only: WordSet,
    /// That something is possible: `cannot rule out`.
    pub possible: WordSet,
}
