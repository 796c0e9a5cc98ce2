//! What is known of English: as a target like any other, and as the language that reports are written in.

pub mod incidents;
pub mod negation;
mod opposites;
pub mod scope;
pub mod tense;

use super::amounts::{FIRST, GLUED, pattern};
use super::{Language, Numerals, OppositeWords, Trait, WordSet};

pub static ENGLISH: Language = Language {
    traits: &[Trait::OrdersLikeEnglish, Trait::TightMarks, Trait::CapitalisesWords],
    opposites: Some(&OPPOSITES),
    numerals: Some(&NUMERALS),
    abbreviations: Some(&ABBREVIATIONS),
    amounts: &[pattern("en", FIRST, GLUED)],
    ..Language::new(&["en"])
};

/// As [`Language::opposites`] of English.
pub static OPPOSITES: OppositeWords = OppositeWords::of(opposites::WORDS, &NUMERALS);

/// As [`Language::numerals`] of English.
pub static NUMERALS: Numerals = Numerals {
    units: "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
     nineteen",
    tens: "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
    one: &["one"],
    and: &[],
    fused: &[],
    accented: &[],
    ambiguous: &[],
    times: &[("twice", 2), ("thrice", 3)],
    one_stems: &[],
    otherwise: &[],
};

static ABBREVIATIONS: WordSet = WordSet::of(
    "abs admin al approx apr art aug cf co corp dec dept dr ed esp etc excl feb fig hr hrs inc incl jan jr \
         jul jun ltd mar max min mr mrs ms no nov num oct pp prof ref resp sec sep sept st tel vol vs",
);
