//! What the program knows of each natural language beside its Fluent bundle: one file a language, static data alone.
//! Checks, notation and mending look things up here and do all judging and writing themselves, so that a new locale is
//! a bundle folder and at most one file. A language of which nobody has written a thing down has an empty pack, and
//! whatever needs that thing is not in force for it.
//!
//! What English is as the language of reports (the words of incidents, those that are borrowed, how it denies) is in
//! [`en`]: checks that compare words do so from English alone.

mod agreement;
mod amounts;
mod articles;
mod ca;
mod de;
mod denial;
pub mod en;
mod es;
mod fr;
mod it;
mod native;
mod numerals;
mod opposites;
mod order;
mod others;
mod pt;
mod scope;
mod spelling;
mod tense;
#[cfg(test)]
mod tests;
mod word_set;

pub use agreement::{Agreement, Inflection, NounPhrases};
pub use amounts::{AmountPattern, CURRENCY_BEFORE, CURRENCY_BEFORE_APART};
pub use articles::{Articles, Determiner};
pub use denial::{Denial, Turned};
pub use native::NativeShape;
pub use numerals::Numerals;
pub use opposites::{OppositeGroup, OppositeWords, Said, WordToken, opposite_groups, pole};
pub use order::OrderWords;
pub use scope::{QuantifierClass, Quantifiers};
pub use spelling::RegionalSpelling;
pub use tense::TenseForms;
pub use word_set::{WordSet, phrase};

use crate::locale::Locale;

/// One language's pack. Each field says who reads it and where it comes from; checks are named as in their findings.
#[derive(Debug)]
pub struct Language {
    /// Its subtags in BCP 47: one, or several that mean the same (`nb`, `no`).
    pub subtags: &'static [&'static str],
    /// What is true of it or not.
    pub traits: &'static [Trait],

    /// How it denies.
    pub denial: Option<&'static Denial>,
    /// The signs of which one stands in every denial, where there are no spaces between words. Read by `negation`;
    /// source: the language's grammar.
    pub denial_signs: Option<&'static str>,
    /// How it says how much is meant.
    pub quantifiers: Option<&'static Quantifiers>,
    /// Its words for opposites.
    pub opposites: Option<&'static OppositeWords>,
    /// Its numerals.
    pub numerals: Option<&'static Numerals>,
    /// Its forms of the future and the past.
    pub tense: Option<&'static TenseForms>,
    /// Its words round facts that may change places.
    pub order: Option<&'static OrderWords>,
    /// What the doer of a passive sentence stands behind (`por`). Read by `names`; source: the language's grammar.
    pub doers: &'static [&'static str],

    /// How its own words are written.
    pub native: Option<&'static NativeShape>,
    /// Small words of sister languages that are never its own. Read by `language`; source: the grammars of both.
    pub sister_words: Option<&'static WordSet>,
    /// The letters beyond ASCII that its words are written with, in lower case. Read by `script`; source: CLDR's
    /// exemplar characters, main set.
    pub letters: Option<&'static str>,

    /// Words that are written with a point and end no sentence. Read by `sentences`, those of all packs in every text;
    /// source: dictionaries of the language. Single letters need no entry.
    pub abbreviations: Option<&'static WordSet>,
    /// Words that may join two sentences of English. Read by `sentences`, those of all packs in every text; source: the
    /// language's grammar.
    pub joints: &'static [&'static str],
    /// What asks beside a question mark. Read by `ending`; source: the language's grammar.
    pub question_words: &'static [&'static str],
    /// A sign that is its question mark, and another mark elsewhere. Read by `ending`; source: the Unicode Standard.
    pub question_mark: Option<char>,
    /// The marks that open its questions and exclamations, with those that close them. Read by `inverted` and by the
    /// mending of answers; source: the language's orthography (RAE, Ortografía de la lengua española).
    pub opening_marks: &'static [(char, char)],
    /// How long it is beside English.
    pub length: LengthRatio,

    /// Words that it says twice as a matter of course: pronouns of two roles, adverbs that grow by it. Read by
    /// `doubling`; source: the language's grammar.
    pub doubled_words: &'static [&'static str],
    /// Its words of one letter, in upper case: another capital by itself is a label. Read where a translation goes on
    /// with a sentence, those of all packs in every text; source: dictionaries.
    pub one_letter_words: &'static [&'static str],
    /// The regions whose locales have no no-break space before `:`, `;`, `?` and `!`; `None` where no region has one.
    /// Read by `spacing`; source: style guides of the language.
    pub bound_marks_except: Option<&'static [&'static str]>,
    /// How amounts of money and percentages are set, for the language and those of its regions that do it otherwise.
    /// Read by the notation.
    pub amounts: &'static [AmountPattern],
    /// What a region of it spells in its own way.
    pub spelling: Option<&'static RegionalSpelling>,

    /// Its articles.
    pub articles: Option<&'static Articles>,
    /// Its words that agree.
    pub agreement: Option<&'static Agreement>,
    /// What tells how a noun phrase stands.
    pub noun_phrases: Option<&'static NounPhrases>,
    /// Prepositions with an article of the singular, and without it, which is how they stand before a figure. Read by
    /// the mending of answers; source: the language's grammar.
    pub figure_prepositions: &'static [(&'static str, &'static str)],
}

/// What is true of a language or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// It puts the parts of a sentence in the order of English: no verb at the end, no time before manner as a rule of
    /// grammar. Read by `order`; source: WALS, chapters 81 and 84.
    OrdersLikeEnglish,
    /// It has as many sentences as English, and joins two with a word or a mark. Read by `sentences`; source: the pairs
    /// of the tests.
    SentencesLikeEnglish,
    /// It has words such as `on`, `at` and `up` as well, by which English is not told from it. Read by `echo`.
    SharesEnglishParticles,
    /// It shares so few words with English that three of four make a text English. Read by `echo`.
    SharesFewEnglishWords,
    /// Its words end in no apostrophe with an `s`. Read by `possessive`; source: the language's grammar.
    NoPossessiveS,
    /// It writes `l·l`. Read by `script`; source: the language's orthography.
    MiddleDot,
    /// Its sentences end with none of the marks that are known. Read by `sentences` and `ending`; source: the Unicode
    /// Standard.
    NoSentenceMarks,
    /// Its question mark stands within a word. Read by `ending`; source: the Unicode Standard.
    AsksWithinWords,
    /// It doubles words to make plurals and the like. Read by `doubling`; source: WALS, chapter 27.
    DoublesWords,
    /// Its spelling needs the zero-width joiner and non-joiner. Read by `control`; source: the Unicode Standard.
    NeedsJoiners,
    /// It is written from the right, and its texts may hold direction marks. Read by `control`; source: CLDR.
    RightToLeft,
    /// It breaks lines where a zero-width space stands. Read by `control`; source: the Unicode Standard.
    BreaksAtZeroWidthSpace,
    /// It writes spans with a full-width tilde. Read by `symbols`; source: style guides of the language.
    WideTilde,
    /// It writes `?`, `!`, `;` and `:` without a space before them, and each of its quotation marks only opens or only
    /// closes. Read by the mending of answers; source: style guides of the language.
    TightMarks,
    /// As [`TightMarks`](Self::TightMarks): a space before such a mark is a fault. Read by `spacing`.
    RefusesSpaceBeforeMarks,
    /// It writes more words with a capital than names. Read where a translation goes on with a sentence; source: the
    /// language's orthography.
    CapitalisesWords,
    /// Its nouns have one form for both numbers. Read by the glossary; source: WALS, chapter 33.
    NoPluralForms,
    /// It writes no article before a percentage. Read by the mending of answers; source: the language's grammar.
    BarePercentages,
}

/// How long a translation from English may be. Read by `length`, which has the figures; source: the pairs of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthRatio {
    /// Nothing is known.
    Usual,
    /// Always longer than English.
    Longer,
    /// A third to a half of the characters, as in Han or kana.
    Dense,
}

/// The pack of every language that has none.
static EMPTY: Language = Language::new(&[]);

impl Language {
    /// An empty pack, to be filled in part.
    const fn new(subtags: &'static [&'static str]) -> Self {
        Self {
            subtags,
            traits: &[],
            denial: None,
            denial_signs: None,
            quantifiers: None,
            opposites: None,
            numerals: None,
            tense: None,
            order: None,
            doers: &[],
            native: None,
            sister_words: None,
            letters: None,
            abbreviations: None,
            joints: &[],
            question_words: &[],
            question_mark: None,
            opening_marks: &[],
            length: LengthRatio::Usual,
            doubled_words: &[],
            one_letter_words: &[],
            bound_marks_except: None,
            amounts: &[],
            spelling: None,
            articles: None,
            agreement: None,
            noun_phrases: None,
            figure_prepositions: &[],
        }
    }

    /// The pack of a locale's language; an empty one where there is none.
    #[must_use]
    pub fn of(locale: &Locale) -> &'static Self {
        Self::named(locale.language())
    }

    /// As [`of`](Self::of), by the language's subtag (`pt`).
    #[must_use]
    pub fn named(subtag: &str) -> &'static Self {
        Self::all().iter().find(|language| language.subtags.contains(&subtag)).copied().unwrap_or(&EMPTY)
    }

    /// Every pack.
    #[must_use]
    pub fn all() -> &'static [&'static Self] {
        &others::PACKS
    }

    /// Whether something is true of any language that has a pack: for words that are looked for in every text, since
    /// names and quotations are of many languages.
    pub fn any(is_true: impl Fn(&Self) -> bool) -> bool {
        Self::all().iter().any(|language| is_true(language))
    }

    /// Its first subtag; nothing for an empty pack.
    #[must_use]
    pub fn subtag(&self) -> &'static str {
        self.subtags.first().copied().unwrap_or_default()
    }

    /// Whether that is true of it.
    #[must_use]
    pub fn is(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }

    /// What a pack may have, by name, and whether this one does. What is missing is not in force for the language: the
    /// checks that read it find nothing, the notation leaves the words to the engine.
    #[must_use]
    pub fn has(&self) -> [(&'static str, bool); 18] {
        [
            ("denial", self.denial.is_some() || self.denial_signs.is_some()),
            ("scope", self.quantifiers.is_some()),
            ("opposites", self.opposites.is_some()),
            ("numerals", self.numerals.is_some()),
            ("tense", self.tense.is_some()),
            ("order", self.order.is_some() || self.is(Trait::OrdersLikeEnglish)),
            ("doers", !self.doers.is_empty()),
            ("native_words", self.native.is_some()),
            ("sister_languages", self.sister_words.is_some()),
            ("letters", self.letters.is_some()),
            ("abbreviations", self.abbreviations.is_some()),
            ("length", self.length != LengthRatio::Usual),
            ("doubled_words", !self.doubled_words.is_empty() || self.is(Trait::DoublesWords)),
            ("amounts", !self.amounts.is_empty()),
            ("articles", self.articles.is_some()),
            ("agreement", self.agreement.is_some()),
            ("noun_phrases", self.noun_phrases.is_some()),
            ("bare_figures", !self.figure_prepositions.is_empty()),
        ]
    }
}
