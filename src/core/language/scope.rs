//! The shape of a language's words that say how much is meant.

use super::WordSet;

/// A kind of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantifierClass {
    All,
    Some,
    Full,
    Partial,
    Most,
    Only,
}

impl QuantifierClass {
    /// All of them.
    pub const EVERY: [Self; 6] = [Self::All, Self::Some, Self::Full, Self::Partial, Self::Most, Self::Only];

    /// The scope that makes another fact of it; `only` has none that a word would show.
    #[must_use]
    pub fn opposite(self) -> Option<Self> {
        match self {
            Self::All => Some(Self::Some),
            Self::Some | Self::Most => Some(Self::All),
            Self::Full => Some(Self::Partial),
            Self::Partial => Some(Self::Full),
            Self::Only => None,
        }
    }
}

/// A language's words of each scope. Those of `all`, `some`, `full` and `partial` say it beyond doubt. Read by the
/// checks `scope` and `negation`; source: the language's grammar and the pairs of the tests.
#[derive(Debug)]
pub struct Quantifiers {
    pub all: WordSet,
    pub some: WordSet,
    pub full: WordSet,
    pub partial: WordSet,
    pub most: WordSet,
    pub only: WordSet,
    /// Whatever else may render a word of `all` (`cada`).
    pub each: WordSet,
    /// Whatever else may render a word of `some` or `partial` (`ciertos`, `en parte`).
    pub vague: WordSet,
    /// What may be all that renders `some`, and stands everywhere (`unos`, `dei`).
    pub articles: WordSet,
}

impl Quantifiers {
    /// The words that say a scope beyond doubt.
    #[must_use]
    pub fn of(&self, class: QuantifierClass) -> &WordSet {
        match class {
            QuantifierClass::All => &self.all,
            QuantifierClass::Some => &self.some,
            QuantifierClass::Full => &self.full,
            QuantifierClass::Partial => &self.partial,
            QuantifierClass::Most => &self.most,
            QuantifierClass::Only => &self.only,
        }
    }

    /// Whether a text has a word that may render one of the scope.
    #[must_use]
    pub fn renders(&self, class: QuantifierClass, words: &[&str]) -> bool {
        let also = match class {
            QuantifierClass::All => vec![&self.full, &self.each],
            QuantifierClass::Full => vec![&self.all, &self.each],
            QuantifierClass::Some | QuantifierClass::Partial => vec![&self.vague],
            QuantifierClass::Most | QuantifierClass::Only => Vec::new(),
        };
        self.of(class).any(words) || also.into_iter().any(|set| set.any(words))
    }

    /// Whether a text has an article that may stand for `some`.
    #[must_use]
    pub fn has_article(&self, words: &[&str]) -> bool {
        self.articles.any(words)
    }
}
