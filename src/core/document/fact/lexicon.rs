//! The lexicon: the words of the glossary for one locale, looked up at a position of a text, longest first. A lookup
//! takes as many steps as the longest term has words, however many terms there are.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::term::{Article, Gender, GrammaticalNumber, Term};
use super::token::{Kind, Tokens};
use super::{DateOrder, Value, Verbatim, joined, usage};

/// Longer tokens are part of no term.
const TOKEN_LONGEST: usize = 400;

/// A form of a word, and what it means.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As it stands in texts; any space stands for any other.
    pub form: String,
    pub case: Case,
    /// Words or phrases of which one must stand directly before or behind, wherever the letter case does not tell:
    /// at the start of a sentence, in a title, and everywhere for [`Case::Any`]. Empty: none is asked for.
    pub contexts: Arc<[String]>,
    pub meaning: Meaning,
}

/// Which spellings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Letter for letter.
    Exact,
    Any,
}

/// What is to be written.
#[derive(Clone, Debug)]
pub enum Meaning {
    /// The name itself.
    Name,
    Rendered(Rendered),
}

/// A term's rendering in one number.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub name: String,
    pub rendering: String,
    pub gender: Option<Gender>,
    pub number: GrammaticalNumber,
    pub usage: TermUsage,
}

/// In which uses of the word the rendering fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermUsage {
    /// In all, be it a noun of its own or before another.
    Noun,
    /// As the last word of a noun phrase.
    Head,
    /// As [`TermUsage::Head`], with a determiner or adjective in front: the word is a verb, too.
    DeterminedHead,
    /// In all; it has no article.
    Other,
}

/// What a text is searched for.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// How the publisher writes dates in figures.
    date_order: DateOrder,
    entries: Arc<[Entry]>,
    nodes: Arc<[Node]>,
    /// Names of one report alone.
    names: Option<Arc<Lexicon>>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: HashMap<String, usize>,
    /// In order of preference.
    entries: Vec<usize>,
}

/// What stands at a position, and where it ends.
pub(super) struct Known {
    pub(super) value: Value,
    pub(super) end: usize,
}

impl Lexicon {
    /// Of entries for the same words, names come before terms, and those with a context before those without.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| (matches!(entry.meaning, Meaning::Rendered(_)), entry.contexts.is_empty()));
        let mut nodes = vec![Node::default()];
        for (index, entry) in entries.iter().enumerate() {
            let tokens = Tokens::cut(entry.form.trim());
            let mut node = 0;
            for at in 0..tokens.len() {
                let Some(key) = key(&tokens, at) else { break };
                let known = nodes[node].next.get(&*key).copied();
                node = known.unwrap_or_else(|| {
                    nodes.push(Node::default());
                    let new = nodes.len() - 1;
                    nodes[node].next.insert(key.into_owned(), new);
                    new
                });
            }
            if node != 0 {
                nodes[node].entries.push(index);
            }
        }
        Self { date_order: DateOrder::Unknown, entries: entries.into(), nodes: nodes.into(), names: None }
    }

    /// With the order in which the publisher of the texts writes month and day.
    #[must_use]
    pub fn with_date_order(self, date_order: DateOrder) -> Self {
        Self { date_order, ..self }
    }

    pub(super) fn date_order(&self) -> DateOrder {
        self.date_order
    }

    /// Names that are kept wherever they stand, in their own case.
    #[must_use]
    pub fn of_names(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let entry = |form: String| Entry { form, case: Case::Exact, contexts: Arc::default(), meaning: Meaning::Name };
        Self::new(names.into_iter().map(|name| entry(name.into())).collect())
    }

    /// The longest entry that stands at `at`, with the `no` in front of a term where one stands at `at`; of a
    /// report's name and another entry for the same words the name. `opening` says whether the text begins a
    /// sentence.
    pub(super) fn at(&self, tokens: &Tokens<'_>, at: usize, opening: bool) -> Option<Known> {
        let name = self.names.as_ref().and_then(|names| names.longest(tokens, at, opening, false));
        let known = self.shared_at(tokens, at, opening);
        match (name, known) {
            (Some(name), Some(known)) => Some(if known.end > name.end { known } else { name }),
            (name, known) => name.or(known),
        }
    }

    fn shared_at(&self, tokens: &Tokens<'_>, at: usize, opening: bool) -> Option<Known> {
        if self.entries.is_empty() {
            return None;
        }
        self.longest(tokens, at, opening, false)
            .or_else(|| self.longest(tokens, joined::behind_no(tokens, at)?, opening, true))
    }

    fn longest(&self, tokens: &Tokens<'_>, at: usize, opening: bool, negative: bool) -> Option<Known> {
        let mut stops = Vec::new();
        let mut node = self.nodes.first()?;
        let mut end = at;
        while let Some(next) =
            key(tokens, end).and_then(|key| node.next.get(&*key)).and_then(|next| self.nodes.get(*next))
        {
            node = next;
            end += 1;
            let whole = !tokens.is_word(end) || !tokens.is_word(end - 1);
            if whole && !node.entries.is_empty() {
                stops.push((end, node));
            }
        }
        stops.into_iter().rev().find_map(|(end, node)| {
            let entries = node.entries.iter().filter_map(|index| self.entries.get(*index));
            entries.filter(|entry| applies(entry, tokens, at, end, opening)).find_map(|entry| match &entry.meaning {
                Meaning::Name => (!negative).then_some(Known { value: Value::Verbatim(Verbatim::Name), end }),
                Meaning::Rendered(rendered) => {
                    let value = Value::Term(Arc::new(used(rendered, entry, tokens, at..end, negative)?));
                    Some(Known { value, end })
                }
            })
        })
    }
}

/// The token in the spelling by which entries are found; `None` past the end and where nothing is found.
fn key<'text>(tokens: &Tokens<'text>, at: usize) -> Option<Cow<'text, str>> {
    let text = tokens.text(at);
    match tokens.kind(at)? {
        Kind::Space => (text.bytes().filter(|byte| *byte == b'\n').count() < 2).then_some(Cow::Borrowed(" ")),
        _ if text.len() > TOKEN_LONGEST => None,
        Kind::Digits => Some(Cow::Borrowed(text)),
        Kind::Letters if text.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(Cow::Borrowed(text)),
        Kind::Letters => Some(Cow::Owned(text.to_lowercase())),
        Kind::Mark => Some(Cow::Borrowed(match text {
            "’" => "'",
            "‑" | "‐" => "-",
            mark => mark,
        })),
    }
}

/// Whether spelling and surroundings are the entry's.
fn applies(entry: &Entry, tokens: &Tokens<'_>, at: usize, end: usize, opening: bool) -> bool {
    if entry.case == Case::Exact && !is_spelled(tokens, at, end, &entry.form) {
        return false;
    }
    if entry.contexts.is_empty() {
        return true;
    }
    let case_tells = entry.case == Case::Exact && !opens_sentence(tokens, at, opening) && !is_title(tokens);
    case_tells || entry.contexts.iter().any(|context| stands_beside(tokens, at, end, context))
}

/// Whether the tokens are the form, letter for letter, but for the length of spaces.
fn is_spelled(tokens: &Tokens<'_>, at: usize, end: usize, form: &str) -> bool {
    let mut rest = form.trim();
    for at in at..end {
        let text = tokens.text(at);
        let left = if tokens.kind(at) == Some(Kind::Space) {
            Some(rest.trim_start())
        } else {
            // A typographic apostrophe or hyphen is the same letter.
            rest.strip_prefix(text).or_else(|| rest.strip_prefix(&*key(tokens, at)?))
        };
        match left {
            Some(left) => rest = left,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Whether the capital of the word at `at` may be a sentence's.
fn opens_sentence(tokens: &Tokens<'_>, at: usize, opening: bool) -> bool {
    let mut before = at;
    while let Some(previous) = before.checked_sub(1) {
        match (tokens.kind(previous), tokens.mark(previous)) {
            (Some(Kind::Space), _) if tokens.text(previous).contains('\n') => return true,
            (Some(Kind::Space), _) | (_, Some('(' | '[' | '"' | '“' | '*' | '-' | '–' | '—')) if at - previous < 6 =>
            {
                before = previous;
            }
            (_, Some(mark)) => return ".!?•|".contains(mark),
            _ => return false,
        }
    }
    opening
}

/// Whether every longer word begins upper case, so that capitals tell nothing: `Talk Outage in Europe`. A list of
/// names has commas.
fn is_title(tokens: &Tokens<'_>) -> bool {
    const LONG: usize = 4;
    const MOST: usize = 60;
    let mut words = 0;
    if tokens.len() > MOST {
        return false;
    }
    for at in 0..tokens.len() {
        if tokens.is_mark(at, ',') {
            return false;
        }
        if let Some(word) = tokens.letters(at).filter(|word| word.len() >= LONG) {
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            words += 1;
        }
    }
    words > 1
}

/// Whether the phrase stands directly before or behind, in any case.
fn stands_beside(tokens: &Tokens<'_>, at: usize, end: usize, phrase: &str) -> bool {
    let words = Tokens::cut(phrase);
    let same = |from: usize| {
        !words.text(0).is_empty() && (0..words.len()).all(|index| key(tokens, from + index) == key(&words, index))
    };
    let is_space = |at: usize| tokens.kind(at) == Some(Kind::Space);
    let behind = is_space(end) && same(end + 1) && !tokens.is_word(end + 1 + words.len());
    let before = at.checked_sub(words.len() + 1).is_some_and(|from| {
        is_space(at - 1) && same(from) && !from.checked_sub(1).is_some_and(|before| tokens.is_word(before))
    });
    behind || before
}

/// The term as it is used here, perhaps behind a `no` that it covers; `None` where its rendering does not fit.
fn used(rendered: &Rendered, entry: &Entry, tokens: &Tokens<'_>, range: Range<usize>, negative: bool) -> Option<Term> {
    let Range { start, end } = range;
    if joined::is_joined(tokens, start, end) {
        return None;
    }
    let head = usage::is_head(tokens, end);
    let plural = rendered.number == GrammaticalNumber::Plural;
    let fits = match rendered.usage {
        TermUsage::Noun | TermUsage::Other => true,
        TermUsage::Head => head && usage::is_free(tokens, start, end),
        TermUsage::DeterminedHead => head && usage::is_determined(tokens, start, tokens.text(end - 1), plural),
    };
    let has_articles = head && rendered.gender.is_some() && rendered.usage != TermUsage::Other;
    if !fits || (negative && !(has_articles && !plural && usage::is_negated(tokens, start, end))) {
        return None;
    }
    let article = if negative { Some(Article::Negative) } else { usage::article_before(tokens, start) };
    Some(Term {
        name: rendered.name.clone(),
        rendering: rendered.rendering.clone(),
        gender: rendered.gender,
        number: rendered.number,
        article: article.filter(|_| has_articles),
        attributive: !head,
        shout: is_shouted(tokens.slice(start, end), &entry.form),
    })
}

fn is_shouted(text: &str, form: &str) -> bool {
    text != form && text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

mod names;

#[cfg(test)]
mod tests;
