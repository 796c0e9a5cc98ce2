//! Writes a term as a noun phrase of its sentence: with its article, melted into the preposition before it where the
//! language does so, and with the determiners and adjectives before it in its gender. Where in doubt nothing is
//! touched.

use super::agreement;
use crate::document::fact::{Article, Gender, Term};
use crate::language::{Agreement, Articles, Determiner, Language, NounPhrases};

/// A term as a noun phrase: an article with its space or apostrophe, or nothing, and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct Phrase {
    pub(in crate::render) article: String,
    pub(in crate::render) words: String,
    /// Whether a preposition has melted into the article.
    pub(in crate::render) is_governed: bool,
}

impl Phrase {
    fn new(article: String, term: &Term) -> Self {
        Self { article, words: term.rendering.clone(), is_governed: false }
    }

    fn governed(self) -> Self {
        Self { is_governed: true, ..self }
    }
}

/// What the notation knows of a language's noun phrases.
#[derive(Clone, Copy)]
struct Grammar {
    articles: Option<&'static Articles>,
    agreement: Option<&'static Agreement>,
    noun_phrases: Option<&'static NounPhrases>,
}

/// Writes the term behind `before`, the end of which may change with it.
pub(super) fn phrase(language: &Language, term: &Term, before: &mut String) -> Phrase {
    let Language { articles, agreement, noun_phrases, .. } = *language;
    Grammar { articles, agreement, noun_phrases }.phrase(term, before)
}

/// As [`phrase`], but without an article where the engine has none.
pub(super) fn agreeing(language: &Language, term: &Term, before: &mut String) -> Phrase {
    let has_article = language.articles.is_some_and(|articles| {
        LastWord::of(before).is_some_and(|word| determiner(articles, term, &word, before).is_some())
    });
    phrase(language, &Term { article: term.article.filter(|_| has_article), ..term.clone() }, before)
}

impl Grammar {
    fn phrase(self, term: &Term, before: &mut String) -> Phrase {
        let bare = || Phrase::new(String::new(), term);
        let Some((gender, articles)) = term.gender.filter(|_| !term.attributive).zip(self.articles) else {
            return bare();
        };
        let with_article = || {
            let write = |kind| (articles.write)(kind, gender, term.number, &term.rendering);
            Phrase::new(term.article.and_then(write).unwrap_or_default().to_owned(), term)
        };
        let Some(word) = LastWord::of(before) else { return with_article() };
        if let Some(determiner) = determiner(articles, term, &word, before) {
            return determined(articles, term, gender, determiner, &word, before);
        }
        if self.agree(term, gender, &word, before) {
            return bare();
        }
        // "su interrupción", "quest'interruzione"
        let lower = word.lower.trim_end_matches(['\'', '’']);
        if self.noun_phrases.is_some_and(|phrases| phrases.quantifiers.has(lower)) {
            return bare();
        }
        // "without an outage" has no article here.
        if term.article == Some(Article::Indefinite) && articles.without.contains(&word.lower.as_str()) {
            return bare();
        }
        if let Some(kind) = term.article
            && let Some(preposition) = articles.preposition(&word.lower)
            && let Some(article) = (articles.write)(kind, gender, term.number, &term.rendering)
        {
            word.cut(before);
            return Phrase::new(word.cased(&join(articles, kind, preposition, article)), term).governed();
        }
        with_article()
    }

    /// Puts a determiner or adjective before the term into its gender, and the article before that: `Il nostro `. Says
    /// whether one stands there.
    fn agree(self, term: &Term, gender: Gender, word: &LastWord, before: &mut String) -> bool {
        let Some(agreement) = self.agreement else { return false };
        let is_pronoun = agreement.pronouns.iter().any(|(pronoun, _)| *pronoun == word.lower);
        let first = LastWord::of(before.get(..word.start).unwrap_or_default());
        // "por isso", "além disso" are complete.
        if is_pronoun && first.is_some_and(|first| agreement.before_pronouns.contains(&first.lower.as_str())) {
            return false;
        }
        let determiner = agreement::determiner(agreement, &word.lower, gender, term.number).map(str::to_owned);
        let Some(agreed) = determiner.or_else(|| agreement::leading_adjective(agreement, &word.lower, gender)) else {
            return false;
        };
        let mut head = before.get(..word.start).unwrap_or_default().to_owned();
        if let Some(first) = LastWord::of(&head) {
            self.agree_first(term, gender, &first, &agreed, &mut head);
        }
        *before = format!("{head}{} ", word.cased(&agreed));
        true
    }

    /// The determiner in front of an adjective that has been put into the term's gender.
    fn agree_first(self, term: &Term, gender: Gender, first: &LastWord, next: &str, head: &mut String) {
        let agreed = self.agreement.and_then(|words| agreement::determiner(words, &first.lower, gender, term.number));
        if let Some(agreed) = agreed {
            first.replace(head, agreed);
        } else if let Some(articles) = self.articles
            && let Some(known) = determiner(articles, term, first, head)
            && let Some(article) = (articles.write)(known.article, gender, term.number, next)
        {
            let front = known.preposition.map_or(article.to_owned(), |preposition| articles.join(preposition, article));
            first.cut(head);
            head.push_str(&first.cased(&front));
        }
    }
}

/// The term where the engine has written a determiner, in whose place its article stands.
fn determined(
    articles: &Articles,
    term: &Term,
    gender: Gender,
    determiner: Determiner,
    word: &LastWord,
    before: &mut String,
) -> Phrase {
    let kind = term.article.unwrap_or(determiner.article);
    let Some(article) = (articles.write)(kind, gender, term.number, &term.rendering) else {
        return Phrase::new(String::new(), term);
    };
    word.cut(before);
    match (determiner.preposition, split_preposition(articles, kind, before)) {
        (Some(preposition), _) => Phrase::new(word.cased(&articles.join(preposition, article)), term).governed(),
        (None, Some((first, preposition))) => {
            first.cut(before);
            Phrase::new(first.cased(&articles.join(preposition, article)), term).governed()
        }
        (None, None) => Phrase::new(word.cased(article), term),
    }
}

/// The preposition that an engine has left unmelted in front of a definite article: `da il`.
fn split_preposition(articles: &Articles, kind: Article, before: &str) -> Option<(LastWord, &'static str)> {
    let word = LastWord::of(before).filter(|_| kind == Article::Definite)?;
    let preposition = articles.preposition(&word.lower)?;
    Some((word, preposition))
}

/// A preposition melts into a definite article; before an indefinite one it stays as the engine has written it.
fn join(articles: &Articles, kind: Article, preposition: &str, article: &str) -> String {
    match kind {
        Article::Definite => articles.join(preposition, article),
        Article::Indefinite | Article::Negative => format!("{preposition} {article}"),
    }
}

/// The determiner that the last word is. What is a preposition, too (Portuguese `a` and `as`), is an article where the
/// text begins with it and where the source has one.
fn determiner(articles: &Articles, term: &Term, word: &LastWord, before: &str) -> Option<Determiner> {
    let is_first = word.capital && before.get(..word.start).is_none_or(|head| head.trim().is_empty());
    let is_ambiguous = articles.ambiguous.contains(&word.lower.as_str());
    if is_ambiguous && !is_first && term.article != Some(Article::Definite) {
        return None;
    }
    articles.determiner(&word.lower)
}

/// The last word of a text, with one space or an apostrophe behind it.
struct LastWord {
    start: usize,
    lower: String,
    capital: bool,
}

impl LastWord {
    fn of(text: &str) -> Option<Self> {
        let bare = text.strip_suffix([' ', '\u{a0}']).or_else(|| text.ends_with(['\'', '’']).then_some(text))?;
        let letters = bare.trim_end_matches(['\'', '’']);
        let start = letters
            .rfind(|character: char| !character.is_alphabetic())
            .map_or(0, |at| at + letters[at..].chars().next().map_or(1, char::len_utf8));
        let word = bare.get(start..).filter(|word| !word.is_empty() && word.len() <= 20)?;
        Some(Self { start, lower: word.to_lowercase(), capital: word.starts_with(char::is_uppercase) })
    }

    /// Takes the word and what is behind it away.
    fn cut(&self, text: &mut String) {
        text.truncate(self.start);
    }

    fn replace(&self, text: &mut String, word: &str) {
        self.cut(text);
        text.push_str(&self.cased(word));
        text.push(' ');
    }

    /// The words with the capital that this one has.
    fn cased(&self, words: &str) -> String {
        super::capitalised(words.to_owned(), self.capital)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fact::GrammaticalNumber;

    fn term(rendering: &str, gender: Gender, article: Option<Article>) -> Term {
        Term {
            name: "term".to_owned(),
            rendering: rendering.to_owned(),
            gender: Some(gender),
            number: GrammaticalNumber::Singular,
            article,
            attributive: false,
            shout: false,
        }
    }

    #[track_caller]
    fn writes(language: &str, before: &str, term: &Term, expected: &str) {
        let mut text = before.to_owned();
        let phrase = phrase(Language::named(language), term, &mut text);
        assert_eq!(text + &phrase.article + &phrase.words, expected);
    }

    #[test]
    fn the_article_is_written_and_melts_into_the_preposition() {
        let the = Some(Article::Definite);
        let a = Some(Article::Indefinite);
        let outage = |article| term("interrupción", Gender::Feminine, article);
        let panel = |article| term("panel", Gender::Masculine, article);
        writes("es", "causado por ", &outage(a), "causado por una interrupción");
        writes("es", "después de ", &panel(the), "después del panel");
        writes("es", "debido a ", &panel(the), "debido al panel");
        writes("es", "debido a ", &panel(a), "debido a un panel");
        writes("es", "debido a ", &outage(the), "debido a la interrupción");
        writes("es", "A ", &panel(the), "Al panel");
        writes("es", "", &panel(the), "el panel");
        let interruption = |article| term("interruzione", Gender::Feminine, article);
        writes("it", "a causa di ", &interruption(the), "a causa dell'interruzione");
        writes("it", "a causa di ", &interruption(a), "a causa di un'interruzione");
        writes("it", "in ", &term("shard", Gender::Masculine, the), "nello shard");
        writes("it", "con ", &term("shard", Gender::Masculine, the), "con lo shard");
        let queue = |article| term("fila", Gender::Feminine, article);
        writes("pt", "afetou a ", &queue(the), "afetou a fila");
        writes("it", "perso da il ", &term("rollback", Gender::Masculine, the), "perso dal rollback");
        writes("it", "in gli ", &term("shard", Gender::Masculine, None), "nello shard");
        writes("pt", "por os ", &term("painel", Gender::Masculine, the), "pelo painel");
        writes("pt", "numa ", &term("painel", Gender::Masculine, a), "num painel");
        writes("es", "un ", &outage(a), "una interrupción");
        writes("es", "Tuvimos uno ", &outage(a), "Tuvimos una interrupción");
        writes("es", "Uno ", &panel(None), "Un panel");
        writes("es", "Unos ", &term("interrupción", Gender::Feminine, None), "Una interrupción");
        writes("es", "este ", &outage(the), "esta interrupción");
        writes("pt", "em ", &queue(the), "na fila");
        writes("pt", "causado por ", &queue(the), "causado pela fila");
        writes("pt", "em ", &queue(a), "em uma fila");
        writes("pt", "com ", &queue(the), "com a fila");
    }

    #[test]
    fn a_determiner_of_the_engine_agrees_and_does_not_stand_twice() {
        let bare = term("interrupción", Gender::Feminine, None);
        writes("es", "durante el ", &bare, "durante la interrupción");
        writes("es", "durante este ", &bare, "durante esta interrupción");
        writes("es", "causa del ", &bare, "causa de la interrupción");
        writes("es", "El ", &bare, "La interrupción");
        writes("es", "El reciente ", &bare, "La reciente interrupción");
        writes("es", "un pequeño ", &bare, "una pequeña interrupción");
        writes("es", "con ", &bare, "con interrupción");
        writes("es", "el equipo ", &bare, "el equipo interrupción");
        let own = term("interruzione", Gender::Feminine, Some(Article::Definite));
        writes("it", "causa dello ", &own, "causa dell'interruzione");
        writes("it", "causa dell'", &own, "causa dell'interruzione");
        writes("it", "uno ", &term("interruzione", Gender::Feminine, None), "un'interruzione");
        writes("it", "un nuovo ", &term("interruzione", Gender::Feminine, None), "una nuova interruzione");
        writes("it", "Il nostro ", &term("dashboard", Gender::Feminine, None), "La nostra dashboard");
        writes("pt", "do nosso ", &term("fila", Gender::Feminine, None), "da nossa fila");
        writes("pt", "do ", &term("fila", Gender::Feminine, None), "da fila");
        writes("pt", "devido a ", &term("fila", Gender::Feminine, None), "devido a fila");
        writes("pt", "A ", &term("painel", Gender::Masculine, Some(Article::Definite)), "O painel");
    }

    #[test]
    fn where_gender_or_place_is_unknown_nothing_is_touched() {
        let mut unknown = term("Latenz", Gender::Feminine, None);
        unknown.gender = None;
        writes("de", "die hohe ", &unknown, "die hohe Latenz");
        let attributive = Term { attributive: true, ..term("interrupción", Gender::Feminine, None) };
        writes("es", "el ", &attributive, "el interrupción");
        writes("es", "el\n", &term("interrupción", Gender::Feminine, None), "el\ninterrupción");
    }
}
