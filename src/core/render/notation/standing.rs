//! How a term stands in the target's sentence. Words behind it agree with it only where it is certainly their subject:
//! where nothing but the beginning of a clause stands before its determiners, adjectives and numerals. Behind a
//! preposition it never is; behind a verb or another noun nobody can tell.

use crate::language::{Language, NounPhrases};

/// What a term is to the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Role {
    /// Its noun phrase begins a clause.
    Subject,
    /// Its noun phrase stands behind a comma: it begins a clause, or it is the last of a list.
    AfterComma,
    /// The same with a conjunction behind the comma: `, y las colas`.
    Joined,
    /// A preposition stands before it, with its determiners, adjectives and numerals between them.
    Governed,
    /// An object, the second of two nouns, or what else cannot be told.
    Unknown,
}

/// A term's role, and what the engine knew of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) struct Standing {
    pub(in crate::render) role: Role,
    /// Whether the engine did not know the term's gender: it had another determiner, or none.
    pub(in crate::render) guessed: bool,
}

/// What stands for a fact with a preposition of its own in the text that is looked through: `A las 10:54 UTC la cola`.
pub(in crate::render) const TIED: char = '\u{1}';

/// Most words of one noun phrase before its noun.
const REACH: usize = 8;

impl Standing {
    /// `before`: the sentence as written up to the term, with its article, or its end. `is_melted`: a preposition has
    /// melted into the article. `changed`: the engine had another determiner, or none.
    pub(in crate::render) fn of(language: &Language, before: &str, is_melted: bool, changed: bool) -> Self {
        let (role, is_determined) = role(language, before);
        let role = if is_melted { Role::Governed } else { role };
        Self { role, guessed: changed || (!is_determined && role != Role::Governed) }
    }
}

/// The role of what stands behind `before`, and whether a word of its noun phrase stands there.
fn role(language: &Language, before: &str) -> (Role, bool) {
    let Language { articles, agreement, noun_phrases: phrases, .. } = *language;
    let determiner = |word: &str| articles.and_then(|articles| articles.determiner(word));
    let mut rest = before;
    let mut has_article = false;
    for count in 0..REACH {
        let is_determined = count > 0;
        rest = rest.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let Some(last) = rest.chars().next_back() else { return (Role::Subject, is_determined) };
        let run = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let run_text = rest.get(run..).unwrap_or_default();
        // "de las 3 interrupciones", "el 5 % de"
        if !has_article && (run_text.starts_with(|first: char| first.is_ascii_digit()) || run_text == "%") {
            rest = rest.get(..run).unwrap_or_default();
            continue;
        }
        if !last.is_alphanumeric() && !matches!(last, '\'' | '’') {
            return (role_behind(last), is_determined);
        }
        let bare = rest.trim_end_matches(['\'', '’']);
        let start =
            bare.char_indices().rev().take_while(|(_, letter)| letter.is_alphanumeric() || *letter == '-').last();
        let Some((start, _)) = start else { return (Role::Unknown, is_determined) };
        let word = bare.get(start..).unwrap_or_default().to_lowercase();
        let article = determiner(&word).or_else(|| {
            // "l'", "un'"
            (bare.len() < rest.len()).then(|| determiner(&format!("{word}'"))).flatten()
        });
        if article.is_some_and(|article| article.preposition.is_some())
            || agreement.is_some_and(|words| words.prepositions.has(&word))
        {
            return (Role::Governed, true);
        }
        let is_before_article = || phrases.is_some_and(|phrases| phrases.before_articles.has(&word));
        let belongs = if has_article {
            is_before_article()
        } else {
            article.is_some()
                || agreement.is_some_and(|words| words.stands_before_noun(&word))
                || phrases.is_some_and(|phrases| phrases.quantifiers.has(&word))
                || is_before_article()
        };
        if !belongs {
            let Some(phrases) = phrases else { return (Role::Unknown, is_determined) };
            return (role_behind_word(phrases, bare, start, &word), is_determined);
        }
        has_article |= article.is_some();
        rest = rest.get(..start).unwrap_or_default();
    }
    (Role::Unknown, true)
}

/// The role of a noun phrase behind a word, which begins at `start` in the text that it ends.
fn role_behind_word(phrases: &NounPhrases, text: &str, start: usize, word: &str) -> Role {
    let compares = || text.split(' ').any(|word| phrases.comparisons.has(&word.to_lowercase()));
    let follows_comma = || text.get(..start).is_some_and(|head| head.trim_end().ends_with(','));
    if phrases.and_or.contains(&word) && follows_comma() {
        Role::Joined
    } else if phrases.according.contains(&word) {
        // "según", but "Segundo a fila, …" and "Secondo la coda, …", too.
        Role::Governed
    } else if phrases.clause_openers.has(word) && !(word == phrases.than && compares()) {
        Role::Subject
    } else {
        Role::Unknown
    }
}

/// The role of a noun phrase behind a mark.
fn role_behind(mark: char) -> Role {
    match mark {
        '.' | '!' | '?' | ';' | ':' | '…' | '(' | '[' | ']' | '"' | '“' | '«' | '¿' | '¡' | '–' | '—' | TIED => {
            Role::Subject
        }
        ',' => Role::AfterComma,
        '”' | '»' | '’' | '\u{fffc}' => Role::Unknown,
        // Emoji and other symbols.
        mark if !mark.is_ascii() => Role::Subject,
        _ => Role::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_noun_phrase_tells_its_role() {
        use Role::{AfterComma, Governed, Joined, Subject, Unknown};
        for (language, before, expected) in [
            ("es", "", Subject),
            ("es", "La ", Subject),
            ("es", "Las últimas dos ", Subject),
            ("es", "Lo sabemos. Las ", Subject),
            ("es", "\u{1} la ", Subject),
            ("es", "Hoy todas las ", Subject),
            ("es", "aunque ", Subject),
            ("es", "Más lento que la ", Unknown),
            ("es", "Ayer, la ", AfterComma),
            ("es", "Funciona, y las ", Joined),
            ("it", "🛑 ", Subject),
            ("es", "Vimos la ", Unknown),
            ("es", "El panel y la ", Unknown),
            ("es", "La causa de ambas ", Governed),
            ("es", "La causa de todas las ", Governed),
            ("es", "La causa de las 3 ", Governed),
            ("es", "La causa de las últimas tres nuevas ", Governed),
            ("es", "El 5 % de ", Governed),
            ("it", "La causa di entrambe le ", Governed),
            ("it", "Il ticket della nostra ", Governed),
            ("it", "Il ticket dell'ultima ", Governed),
            ("it", "Il ticket dell'", Governed),
            ("it", "L'", Subject),
            ("it", "Secondo la ", Governed),
            ("pt", "A ", Subject),
            ("pt", "O chamado desta ", Governed),
            ("pt", "A causa de ambas as ", Governed),
            ("pt", "Segundo a ", Governed),
            ("pt", "Vimos a ", Unknown),
            ("de", "Die ", Unknown),
        ] {
            assert_eq!(role(Language::named(language), before).0, expected, "{language} {before}");
        }
    }
}
