//! The shape of a language's words that agree with a noun, and of those that tell where a noun phrase stands.

use super::WordSet;

/// Closed lists of words that agree, in lower case and in the masculine where they have genders. Read by the notation,
/// which puts an engine's words beside a term into the term's gender and number; source: the language's grammar.
#[derive(Debug)]
pub struct Agreement {
    pub inflection: Inflection,
    /// Determiners other than articles: masculine and feminine, singular and plural.
    pub determiners: &'static [[&'static str; 4]],
    /// Pronouns that an engine writes where it sees no noun, and the determiners that stand before one.
    pub pronouns: &'static [(&'static str, &'static str)],
    /// Words with which such a pronoun is complete: `por isso`.
    pub before_pronouns: &'static [&'static str],
    /// Adjectives that stand between article and noun.
    pub leading: WordSet,
    /// Full forms of such adjectives, which stand without a noun, and the short ones before a masculine: `primero`.
    pub short: &'static [(&'static str, &'static str)],
    /// What stands between a subject and a participle that agrees with it.
    pub copulas: WordSet,
    /// Participles of `be` among them that agree.
    pub been: &'static [&'static str],
    /// The participle of `be` that does not.
    pub been_unchanged: &'static str,
    /// Forms that make a perfect tense by themselves, whose participle agrees with nothing: `ha causado`.
    pub perfect: WordSet,
    /// Verbs in the third person, singular and plural.
    pub verbs: &'static [(&'static str, &'static str)],
    /// Prepositions, alone and with an article.
    pub prepositions: WordSet,
    /// Participles and adjectives that agree and whose endings do not tell.
    pub irregular: WordSet,
    /// The endings of participles.
    pub endings: &'static [&'static str],
    /// Nouns, adverbs and prepositions that look like participles.
    pub invariable: WordSet,
    /// Words behind which what looks like a participle is none: `visto que`.
    pub fixed_before: &'static [&'static str],
    /// Words that look like a participle or adjective and are a preposition before any word: `bajo control`.
    pub fixed: &'static [&'static str],
}

impl Agreement {
    /// Whether a word (lower case) is a determiner or an adjective known to stand before nouns, in any form.
    #[must_use]
    pub fn stands_before_noun(&self, word: &str) -> bool {
        // "últimas", "ultime", "grandi" of "último", "ultimo", "grande".
        let bare = word.strip_suffix('s').unwrap_or(word);
        let stem = bare.strip_suffix(['a', 'e', 'i', 'o']).unwrap_or(bare);
        let bare = bare.strip_suffix('e').unwrap_or(bare);
        let has_stem = || ['o', 'e'].iter().any(|ending| self.leading.has(&format!("{stem}{ending}")));
        self.determiners.iter().any(|forms| forms.contains(&word))
            || self.leading.has(word)
            || self.leading.has(bare)
            || stem.len() > 2 && has_stem()
            || self.short.iter().any(|(_, short)| word.strip_suffix('a') == Some(short))
    }
}

/// How a language makes plurals and feminines of its adjectives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inflection {
    /// With an `s`: `nuevo`, `nueva`, `nuevos`, `nuevas`; `breve`, `breves`.
    WithS,
    /// With another vowel: `nuovo`, `nuova`, `nuovi`, `nuove`; `breve`, `brevi`.
    WithVowel,
}

/// What tells how a noun phrase stands in its sentence. Read by the notation, which lets the words behind a term agree
/// only where it is their subject; source: the language's grammar.
#[derive(Debug)]
pub struct NounPhrases {
    /// Determiners and numerals that stand before a noun, and words before these (`las últimas dos`), without those
    /// that [`Agreement`] and the articles have.
    pub quantifiers: WordSet,
    /// Words before an article or demonstrative that belong to the same noun.
    pub before_articles: WordSet,
    /// Conjunctions and adverbs behind which a clause begins.
    pub clause_openers: WordSet,
    /// Words of comparison, and the conjunction that behind them stands before a noun without a verb: `más lento que la
    /// cola`.
    pub comparisons: WordSet,
    pub than: &'static str,
    /// What looks like a numeral and is a preposition: `Segundo a fila`.
    pub according: &'static [&'static str],
    /// Conjunctions that join the members of a list.
    pub and_or: &'static [&'static str],
}
