//! A term in its sentence: the term and the engine's text before it come in, the noun phrase goes out, with its article,
//! melted into the preposition before it where the language does so. Where in doubt nothing is touched.

use super::{agreement, article, contraction, standing};
use crate::document::fact::{Article, Gender, Term};

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

/// Writes the term behind `before`, the end of which may change with it.
pub(super) fn phrase(language: &str, term: &Term, before: &mut String) -> Phrase {
    let bare = || Phrase::new(String::new(), term);
    let Some(gender) = term.gender.filter(|_| !term.attributive) else { return bare() };
    let Some(word) = LastWord::of(before) else { return with_article(language, term, gender, &term.rendering) };
    if let Some(determiner) = determiner(language, term, &word, before) {
        let kind = term.article.unwrap_or(determiner.article);
        let Some(article) = article::article(language, kind, gender, term.number, &term.rendering) else {
            return bare();
        };
        word.cut(before);
        return match (determiner.preposition, split_preposition(language, kind, before)) {
            (Some(preposition), _) => {
                Phrase::new(word.cased(&contraction::join(language, preposition, article)), term).governed()
            }
            (None, Some((first, preposition))) => {
                first.cut(before);
                Phrase::new(first.cased(&contraction::join(language, preposition, article)), term).governed()
            }
            (None, None) => Phrase::new(word.cased(article), term),
        };
    }
    if agree(language, term, gender, &word, before) {
        return bare();
    }
    // "su interrupción", "quest'interruzione"
    if standing::is_quantifier(language, word.lower.trim_end_matches(['\'', '’'])) {
        return bare();
    }
    // "without an outage" has no article here.
    if term.article == Some(Article::Indefinite) && matches!(word.lower.as_str(), "sin" | "senza" | "sem") {
        return bare();
    }
    if let Some(kind) = term.article
        && let Some(preposition) = contraction::preposition(language, &word.lower)
        && let Some(article) = article::article(language, kind, gender, term.number, &term.rendering)
    {
        word.cut(before);
        return Phrase::new(word.cased(&join(language, kind, preposition, article)), term).governed();
    }
    with_article(language, term, gender, &term.rendering)
}

/// As [`phrase`], but without an article where the engine has none.
pub(super) fn agreeing(language: &str, term: &Term, before: &mut String) -> Phrase {
    let has_article = LastWord::of(before).is_some_and(|word| determiner(language, term, &word, before).is_some());
    phrase(language, &Term { article: term.article.filter(|_| has_article), ..term.clone() }, before)
}

/// The preposition that an engine has left unmelted in front of a definite article: `da il`.
fn split_preposition(language: &str, kind: Article, before: &str) -> Option<(LastWord, &'static str)> {
    let word = LastWord::of(before).filter(|_| kind == Article::Definite)?;
    let preposition = contraction::preposition(language, &word.lower)?;
    Some((word, preposition))
}

/// A preposition melts into a definite article; before an indefinite one it stays as the engine has written it.
fn join(language: &str, kind: Article, preposition: &str, article: &str) -> String {
    match kind {
        Article::Definite => contraction::join(language, preposition, article),
        Article::Indefinite | Article::Negative => format!("{preposition} {article}"),
    }
}

fn with_article(language: &str, term: &Term, gender: Gender, word: &str) -> Phrase {
    let article =
        term.article.and_then(|kind| article::article(language, kind, gender, term.number, word)).unwrap_or_default();
    Phrase::new(article.to_owned(), term)
}

/// The determiner that the last word is. Portuguese `a` and `as` are prepositions, too: they are articles where the text
/// begins with them and where the source has one.
fn determiner(language: &str, term: &Term, word: &LastWord, before: &str) -> Option<contraction::Determiner> {
    let is_first = word.capital && before.get(..word.start).is_none_or(|head| head.trim().is_empty());
    if language == "pt"
        && matches!(word.lower.as_str(), "a" | "as")
        && !is_first
        && term.article != Some(Article::Definite)
    {
        return None;
    }
    contraction::determiner(language, &word.lower)
}

/// Puts a determiner or adjective before the term into its gender, and the article before that: `Il nostro `. Says
/// whether one stands there.
fn agree(language: &str, term: &Term, gender: Gender, word: &LastWord, before: &mut String) -> bool {
    let adverbial = LastWord::of(before.get(..word.start).unwrap_or_default()).filter(|first| {
        // "por isso", "além disso" are complete.
        agreement::is_pronoun(&word.lower)
            && matches!(first.lower.as_str(), "por" | "com" | "além" | "depois" | "antes" | "apesar")
    });
    if adverbial.is_some() {
        return false;
    }
    let determiner = agreement::determiner(language, &word.lower, gender, term.number).map(str::to_owned);
    let Some(agreed) = determiner.or_else(|| agreement::leading_adjective(language, &word.lower, gender)) else {
        return false;
    };
    let mut head = before.get(..word.start).unwrap_or_default().to_owned();
    if let Some(first) = LastWord::of(&head) {
        agree_first(language, term, gender, &first, &agreed, &mut head);
    }
    *before = format!("{head}{} ", word.cased(&agreed));
    true
}

/// The determiner in front of an adjective that has been put into the term's gender.
fn agree_first(language: &str, term: &Term, gender: Gender, first: &LastWord, next: &str, head: &mut String) {
    if let Some(agreed) = agreement::determiner(language, &first.lower, gender, term.number) {
        first.replace(head, agreed);
    } else if let Some(known) = determiner(language, term, first, head)
        && let Some(article) = article::article(language, known.article, gender, term.number, next)
    {
        let front = known
            .preposition
            .map_or(article.to_owned(), |preposition| contraction::join(language, preposition, article));
        first.cut(head);
        head.push_str(&first.cased(&front));
    }
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
        let phrase = phrase(language, term, &mut text);
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
