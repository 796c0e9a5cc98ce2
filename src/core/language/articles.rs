//! The shape of a language's articles, alone and written as one word with a preposition.

use crate::document::fact::{Article, Gender, GrammaticalNumber};

/// A language's articles. Read by the notation, which writes them before terms of the glossary; source: the language's
/// grammar. A language without them leaves its articles, and the gender of terms, to the engine.
#[derive(Debug)]
pub struct Articles {
    /// The article before a word, with its space or apostrophe; `None` where there is none (an indefinite plural).
    pub write: fn(Article, Gender, GrammaticalNumber, &str) -> Option<&'static str>,
    /// Every article without its space, and what engines write for one.
    pub forms: &'static [(&'static str, Article)],
    /// Forms that are prepositions, too.
    pub ambiguous: &'static [&'static str],
    /// Prepositions that are written as one word with an article. Italian `con` and Portuguese `de um` may and need
    /// not.
    pub prepositions: &'static [&'static str],
    /// A preposition, an article without its space, and the word that they become.
    pub contractions: &'static [(&'static str, &'static str, &'static str)],
    /// The preposition between a noun and what belongs to it.
    pub belonging: &'static str,
    /// Prepositions that no indefinite article stands behind: `sin interrupción` is `without an outage`.
    pub without: &'static [&'static str],
}

/// A determiner that an engine has written, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Determiner {
    pub preposition: Option<&'static str>,
    pub article: Article,
}

impl Articles {
    /// The preposition, in lower case, if it is one that may melt into an article.
    #[must_use]
    pub fn preposition(&self, word: &str) -> Option<&'static str> {
        self.prepositions.iter().copied().find(|preposition| *preposition == word)
    }

    /// Preposition and article, with the article's space or apostrophe: `del `, `dell'`, `pela `, `di una `.
    #[must_use]
    pub fn join(&self, preposition: &str, article: &str) -> String {
        let bare = article.trim_end();
        let space = article.get(bare.len()..).unwrap_or_default();
        match self.melted(preposition, bare) {
            Some(word) => format!("{word}{space}"),
            None => format!("{preposition} {article}"),
        }
    }

    /// The word that a preposition and an article (without its space) become, where they do.
    #[must_use]
    pub fn melted(&self, preposition: &str, article: &str) -> Option<&'static str> {
        let is_it = |(one, other, _): &&(&str, &str, &str)| *one == preposition && *other == article;
        self.contractions.iter().find(is_it).map(|(.., word)| *word)
    }

    /// What determiner a word, in lower case, is: an article, or one that a preposition has melted into.
    #[must_use]
    pub fn determiner(&self, word: &str) -> Option<Determiner> {
        let word = word.replace('’', "'");
        for (article, kind) in self.forms {
            if *article == word {
                return Some(Determiner { preposition: None, article: *kind });
            }
            for preposition in self.prepositions {
                if self.melted(preposition, article).is_some_and(|melted| melted == word) {
                    return Some(Determiner { preposition: Some(preposition), article: *kind });
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use Article::{Definite, Indefinite, Negative};
    use Gender::{Feminine, Masculine};
    use GrammaticalNumber::{Plural, Singular};

    use super::super::Language;
    use super::*;

    fn articles(language: &str) -> &'static Articles {
        Language::named(language).articles.unwrap()
    }

    #[test]
    fn prepositions_melt_into_articles() {
        for (language, preposition, article, expected) in [
            ("es", "de", "el ", "del "),
            ("es", "a", "el ", "al "),
            ("es", "de", "la ", "de la "),
            ("es", "de", "un ", "de un "),
            ("it", "di", "l'", "dell'"),
            ("it", "a", "lo ", "allo "),
            ("it", "da", "il ", "dal "),
            ("it", "in", "la ", "nella "),
            ("it", "su", "gli ", "sugli "),
            ("it", "di", "le ", "delle "),
            ("it", "in", "i ", "nei "),
            ("it", "di", "un'", "di un'"),
            ("pt", "de", "a ", "da "),
            ("pt", "em", "os ", "nos "),
            ("pt", "a", "a ", "à "),
            ("pt", "a", "os ", "aos "),
            ("pt", "por", "as ", "pelas "),
            ("pt", "em", "uma ", "numa "),
        ] {
            assert_eq!(articles(language).join(preposition, article), expected);
        }
    }

    #[test]
    fn every_melted_word_is_taken_apart_again() {
        for language in ["es", "it", "pt"] {
            let articles = articles(language);
            for (preposition, article, melted) in articles.contractions {
                // "a" and "da" of Italian are prepositions; no melted word is one.
                let (_, kind) = articles.forms.iter().find(|(form, _)| form == article).unwrap();
                let expected = Determiner { preposition: Some(preposition), article: *kind };
                assert_eq!(articles.determiner(melted), Some(expected), "{language} {melted}");
            }
        }
        assert_eq!(articles("it").determiner("l’"), Some(Determiner { preposition: None, article: Article::Definite }));
        assert_eq!(articles("es").determiner("con"), None);
        assert!(Language::named("de").articles.is_none());
    }

    #[track_caller]
    fn writes(language: &str, kind: Article, gender: Gender, number: GrammaticalNumber, word: &str, expected: &str) {
        let article = (articles(language).write)(kind, gender, number, word).unwrap_or_default();
        assert_eq!(format!("{article}{word}"), expected);
    }

    #[test]
    fn italian_articles_follow_the_sound_of_the_word() {
        for (word, expected) in [
            ("rollback", "il rollback"),
            ("shard", "lo shard"),
            ("spazio su disco", "lo spazio su disco"),
            ("servizio", "il servizio"),
            ("zaino", "lo zaino"),
            ("gnomo", "lo gnomo"),
            ("psicologo", "lo psicologo"),
            ("xilofono", "lo xilofono"),
            ("yogurt", "lo yogurt"),
            ("ioduro", "lo ioduro"),
            ("aggiornamento", "l'aggiornamento"),
            ("hotfix", "l'hotfix"),
            ("webhook", "il webhook"),
            ("SDK", "l'SDK"),
            ("DNS", "il DNS"),
            ("SAML", "il SAML"),
        ] {
            writes("it", Definite, Masculine, Singular, word, expected);
        }
        writes("it", Definite, Feminine, Singular, "interruzione", "l'interruzione");
        writes("it", Definite, Feminine, Singular, "cache", "la cache");
        writes("it", Definite, Feminine, Singular, "API", "l'API");
        writes("it", Definite, Feminine, Singular, "RAM", "la RAM");
        writes("it", Definite, Masculine, Plural, "SDKs", "gli SDKs");
        writes("it", Definite, Feminine, Singular, "scheda", "la scheda");
        writes("it", Definite, Feminine, Plural, "interruzioni", "le interruzioni");
        writes("it", Definite, Masculine, Plural, "shard", "gli shard");
        writes("it", Definite, Masculine, Plural, "aggiornamenti", "gli aggiornamenti");
        writes("it", Definite, Masculine, Plural, "rollback", "i rollback");
        writes("it", Indefinite, Masculine, Singular, "shard", "uno shard");
        writes("it", Indefinite, Masculine, Singular, "aggiornamento", "un aggiornamento");
        writes("it", Indefinite, Feminine, Singular, "interruzione", "un'interruzione");
        writes("it", Indefinite, Feminine, Singular, "regressione", "una regressione");
    }

    #[test]
    fn spanish_and_portuguese_articles_agree() {
        writes("es", Definite, Feminine, Singular, "interrupción", "la interrupción");
        writes("es", Definite, Feminine, Singular, "área", "el área");
        writes("es", Definite, Feminine, Plural, "áreas", "las áreas");
        writes("es", Definite, Feminine, Singular, "alerta", "la alerta");
        writes("es", Indefinite, Masculine, Singular, "panel", "un panel");
        writes("es", Definite, Masculine, Plural, "paneles", "los paneles");
        writes("pt", Definite, Feminine, Plural, "filas", "as filas");
        writes("pt", Indefinite, Feminine, Singular, "fila", "uma fila");
        writes("pt", Definite, Masculine, Singular, "painel", "o painel");
        writes("es", Negative, Feminine, Singular, "interrupción", "ninguna interrupción");
        writes("it", Negative, Feminine, Singular, "interruzione", "nessun'interruzione");
        writes("it", Negative, Masculine, Singular, "shard", "nessuno shard");
        writes("pt", Negative, Masculine, Singular, "tempo de inatividade", "nenhum tempo de inatividade");
    }

    #[test]
    fn where_there_is_no_article_none_is_written() {
        assert_eq!((articles("es").write)(Indefinite, Feminine, Plural, "colas"), None);
    }
}
