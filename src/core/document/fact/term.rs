//! Terms of the glossary as they stand in a text: the words are English, the rendering is already the target's. How a
//! rendering is tied into its sentence is the notation's business, not this module's.

/// One use of a term: what is written for it, and how it stands in its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// As the glossary names it: `rollback`, also where the text has `Rollbacks`.
    pub name: String,
    /// In the target language, in the number of this use, without article.
    pub rendering: String,
    /// Known only where the program writes the language's articles.
    pub gender: Option<Gender>,
    pub number: GrammaticalNumber,
    /// The English article in front. Engines see `the` and `a`, which tell them that a noun follows, and what they make
    /// of them is put right; of `no` before a subject they make another sentence, so the fact covers it.
    pub article: Option<Article>,
    /// Whether it stands before the noun that it describes: `failover process`.
    pub attributive: bool,
    /// Whether the source writes it in capitals where the glossary does not.
    pub shout: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Masculine,
    Feminine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrammaticalNumber {
    Singular,
    Plural,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Article {
    /// `the`
    Definite,
    /// `a`, `an`
    Indefinite,
    /// `no`, before what is the subject of its sentence.
    Negative,
}
