//! Prepositions and articles that are written as one word: both come in, the one goes out, and the other way round.

use std::borrow::Cow;

use crate::document::fact::Article;

/// A determiner that an engine has written, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Determiner {
    pub(super) preposition: Option<&'static str>,
    pub(super) article: Article,
}

/// Prepositions that melt into an article. Italian `con` and Portuguese `de um` may and need not: they stay.
fn prepositions(language: &str) -> &'static [&'static str] {
    match language {
        "es" => &["de", "a"],
        "it" => &["di", "a", "da", "in", "su"],
        "pt" => &["de", "em", "a", "por"],
        _ => &[],
    }
}

/// The preposition between a noun and what belongs to it.
pub(super) fn belonging(language: &str) -> Option<&'static str> {
    match language {
        "es" | "pt" => Some("de"),
        "it" => Some("di"),
        _ => None,
    }
}

/// Every article in the spelling of `article.rs`, without its space, and what stands for one.
fn articles(language: &str) -> &'static [(&'static str, Article)] {
    use Article::{Definite, Indefinite};
    match language {
        "es" => &[
            ("el", Definite),
            ("la", Definite),
            ("los", Definite),
            ("las", Definite),
            ("un", Indefinite),
            ("una", Indefinite),
            // What engines write before what they take for no noun.
            ("uno", Indefinite),
        ],
        "it" => &[
            ("il", Definite),
            ("lo", Definite),
            ("l'", Definite),
            ("la", Definite),
            ("i", Definite),
            ("gli", Definite),
            ("le", Definite),
            ("un", Indefinite),
            ("uno", Indefinite),
            ("un'", Indefinite),
            ("una", Indefinite),
        ],
        "pt" => &[
            ("o", Definite),
            ("a", Definite),
            ("os", Definite),
            ("as", Definite),
            ("um", Indefinite),
            ("uma", Indefinite),
        ],
        _ => &[],
    }
}

/// The preposition, in lower case, if it is one that may melt into an article.
pub(super) fn preposition(language: &str, word: &str) -> Option<&'static str> {
    prepositions(language).iter().copied().find(|preposition| *preposition == word)
}

/// Preposition and article, with the article's space or apostrophe: `del `, `dell'`, `pela `, `di una `.
pub(super) fn join(language: &str, preposition: &str, article: &str) -> String {
    let bare = article.trim_end();
    let space = &article[bare.len()..];
    match melted(language, preposition, bare) {
        Some(word) => format!("{word}{space}"),
        None => format!("{preposition} {article}"),
    }
}

fn melted(language: &str, preposition: &str, article: &str) -> Option<Cow<'static, str>> {
    Some(match (language, preposition, article) {
        ("es", "de", "el") => "del".into(),
        ("es", "a", "el") => "al".into(),
        ("it", "di" | "a" | "da" | "in" | "su", "il" | "lo" | "l'" | "la" | "i" | "gli" | "le") => {
            let stem = match preposition {
                "di" => "de",
                "in" => "ne",
                other => other,
            };
            let ending = match article {
                "il" => "l",
                "lo" => "llo",
                "l'" => "ll'",
                "la" => "lla",
                "le" => "lle",
                other => other,
            };
            format!("{stem}{ending}").into()
        }
        ("pt", "de", "o" | "a" | "os" | "as") => format!("d{article}").into(),
        ("pt", "em", "o" | "a" | "os" | "as") => format!("n{article}").into(),
        ("pt", "por", "o" | "a" | "os" | "as") => format!("pel{article}").into(),
        ("pt", "em", "um") => "num".into(),
        ("pt", "em", "uma") => "numa".into(),
        ("pt", "a", "o" | "os") => format!("a{article}").into(),
        ("pt", "a", "a") => "à".into(),
        ("pt", "a", "as") => "às".into(),
        _ => return None,
    })
}

/// What determiner a word, in lower case, is: an article, or one that a preposition has melted into.
pub(super) fn determiner(language: &str, word: &str) -> Option<Determiner> {
    let word = word.replace('’', "'");
    for (article, kind) in articles(language) {
        if *article == word {
            return Some(Determiner { preposition: None, article: *kind });
        }
        for preposition in prepositions(language) {
            if melted(language, preposition, article).is_some_and(|melted| melted == word) {
                return Some(Determiner { preposition: Some(preposition), article: *kind });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("de", "von", "dem ", "von dem "),
        ] {
            assert_eq!(join(language, preposition, article), expected);
        }
    }

    #[test]
    fn every_melted_word_is_taken_apart_again() {
        for language in ["es", "it", "pt"] {
            for preposition in prepositions(language) {
                for (article, kind) in articles(language) {
                    let Some(melted) = melted(language, preposition, article) else { continue };
                    // "a" and "da" of Italian are prepositions; no melted word is one.
                    let expected = Determiner { preposition: Some(preposition), article: *kind };
                    assert_eq!(determiner(language, &melted), Some(expected), "{language} {melted}");
                }
            }
        }
        assert_eq!(determiner("it", "l’"), Some(Determiner { preposition: None, article: Article::Definite }));
        assert_eq!(determiner("es", "con"), None);
        assert_eq!(determiner("de", "der"), None);
    }
}
