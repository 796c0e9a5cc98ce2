//! The shape of a language's words round facts that may change places.

/// Words by which facts keep their places in a sentence. Read by the check `order`, whatever the target's language: the
/// words of all packs are looked for. Source: the language's grammar.
#[derive(Debug)]
pub struct OrderWords {
    /// Prepositions, alone and with an article.
    pub prepositions: &'static [&'static str],
    pub articles: &'static [&'static str],
    /// What stands before the whole of a part: `de los 12 nodos, 3`.
    pub partitives: &'static [&'static str],
    /// Stems of verbs that a duration stands behind.
    pub takes: &'static [&'static str],
    /// What else a duration stands behind.
    pub during: &'static [&'static str],
}
