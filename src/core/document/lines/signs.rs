//! What a line's first and last words say of its borders: a label, a greeting, a moment, a word that wants another.
//! Each function answers one question; nothing is decided here.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::sentence;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    Upper,
    Lower,
    /// A bullet, a bar, a colon, an arrow, an emoji.
    Sign,
    /// A digit, a bracket, code: they begin lines as well as they go on.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// It begins with a capital or a mark: `Next update:`, `**eta**:`
    Marked,
    /// `title:`
    Plain,
}

/// What at a line's end wants more behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    Word,
    Sign,
}

/// Whether the first word has a capital that only a sentence's beginning gives it.
pub(super) fn begins_sentence(text: &str) -> bool {
    let text = text.trim_start_matches(['"', '\'', '“', '‘', '(', '*', '_', '«']);
    let word = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    word.starts_with(char::is_uppercase)
        && !(word.chars().count() > 1 && word.chars().all(char::is_uppercase))
        && sentence::may_begin(word)
}

pub(super) fn begins(text: &str, opens_atom: bool) -> Begins {
    let opens_abbreviation = text.starts_with("*[") && text.contains("]:");
    let text = text.trim_start_matches(['"', '\'', '“', '‘', '(', '*', '_', '¿', '¡', '«']);
    match text.chars().next() {
        // What Markdown Extra explains: `*[SLA]: …`.
        _ if opens_abbreviation => Begins::Sign,
        _ if opens_atom => Begins::Other,
        Some(first) if first.is_uppercase() => Begins::Upper,
        // Letters without case go on as well as they begin.
        Some(first) if first.is_alphabetic() => Begins::Lower,
        Some(
            // A colon begins a definition under its term, or an emoji's name.
            '|' | '•' | '·' | '–' | '—' | '→' | '-' | '▪' | '►' | ':'
            // Pictographs and the symbols that status lines begin with.
            | '\u{2600}'..='\u{27bf}'
            | '\u{1f000}'..='\u{1faff}',
        ) => Begins::Sign,
        _ => Begins::Other,
    }
}

/// The label that begins a line: one to four words and a colon. Slack's and Jira's asterisks may stand round it.
fn label_end(text: &str) -> Option<usize> {
    /// Characters of four long words.
    const LONGEST: usize = 48;
    let colon = text.char_indices().take(LONGEST).find(|(_, letter)| matches!(letter, ':' | '：'))?.0;
    let words = text.get(..colon)?.trim_matches(['*', '_']);
    let after = text.get(colon..)?.chars().nth(1);
    let is_word = |letter: char| letter.is_alphanumeric() || " -/&()'’_.#+".contains(letter);
    let is_label = words.starts_with(char::is_alphabetic)
        && words.chars().all(is_word)
        && (1..=4).contains(&words.split_whitespace().count())
        && after.is_none_or(|after| after.is_whitespace() || matches!(after, '*' | '_'));
    is_label.then_some(colon)
}

pub(super) fn label(text: &str, opens_mark: bool) -> Option<Label> {
    label_end(text)?;
    let is_marked = opens_mark || text.starts_with(['*', '_']) || text.starts_with(char::is_uppercase);
    Some(if is_marked { Label::Marked } else { Label::Plain })
}

/// English words that want another behind them, and signs that do: a line does not end there by itself.
pub(super) fn binding(text: &str) -> Option<Binding> {
    const WORDS: &[&str] = &[
        "a", "about", "across", "after", "against", "all", "almost", "although", "among", "an", "and", "any", "are",
        "around", "as", "at", "be", "because", "been", "before", "between", "beyond", "but", "by", "can", "could",
        "despite", "during", "each", "every", "for", "from", "had", "has", "have", "if", "in", "into", "is", "its",
        "least", "may", "more", "most", "nearly", "not", "of", "on", "onto", "or", "our", "over", "per", "should",
        "since", "some", "than", "that", "the", "their", "these", "this", "those", "through", "to", "toward",
        "towards", "under", "unless", "until", "upon", "using", "via", "was", "we", "were", "when", "where", "whether",
        "which", "while", "whose", "will", "with", "within", "without", "would", "you", "your",
    ];
    if text.ends_with([',', ';', '(', '[', '/', '&', '-', '–', '—', '=', '“', '«']) {
        return Some(Binding::Sign);
    }
    let mut words = text.rsplit(|letter: char| !letter.is_alphabetic());
    let last = words.next().unwrap_or_default();
    let before = words.next().unwrap_or_default().to_ascii_lowercase();
    // Of `sign in` and `log on`, the second word is the end of the first.
    let is_verb =
        matches!(before.as_str(), "sign" | "signed" | "signing" | "log" | "logged" | "logging" | "check" | "opt");
    // One word alone is a value: `all`, `Impact: all`.
    let value = label_end(text).and_then(|colon| text.get(colon..)).unwrap_or(text);
    let is_alone = value.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).nth(1).is_none();
    let is_binding =
        !is_verb && !is_alone && !last.is_empty() && WORDS.binary_search(&last.to_ascii_lowercase().as_str()).is_ok();
    is_binding.then_some(Binding::Word)
}

/// How letters begin and end: the line stands alone whatever follows.
pub(in crate::document) fn is_greeting(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "best",
        "cheers",
        "dear",
        "greetings",
        "hello",
        "hey",
        "hi",
        "kind",
        "many",
        "regards",
        "sincerely",
        "thank",
        "thanks",
        "warm",
        "with",
        "yours",
    ];
    /// `Dear customers and partners,`
    const LONGEST: usize = 5;
    let end = text.trim_end_matches([',', '!', '.']);
    let mut words = end.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let rest = words.next_back().unwrap_or_default().to_lowercase();
    let closes = matches!(rest.as_str(), "regards" | "wishes" | "thanks" | "sincerely" | "you" | "faithfully");
    let opens = matches!(first.as_str(), "dear" | "hi" | "hello" | "hey" | "greetings");
    text.split_whitespace().count() <= LONGEST
        && WORDS.contains(&first.as_str())
        && (closes || (opens && text.ends_with([',', '!'])) || first == "dear" || rest.is_empty())
}

/// Whether a line of a source is nothing but tags of a template (Liquid, Hugo) or of components, whose names have
/// capitals.
pub(in crate::document) fn is_tag(text: &str) -> bool {
    static TAGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let component = r"</?[A-Z][\w.]*[a-z][\w.]*(?:\s[^<>]*)?>";
        Regex::new(&format!(r"^(?:\{{%[^{{}}]*%\}}|\{{\{{[<%][^{{}}]*[>%]\}}\}}|{component}|\s)+$")).ok()
    });
    text.starts_with(['{', '<']) && TAGS.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// `10:54 UTC …`, `[2024-07-05 …`, `Jul 5, …`: an entry of a list of moments.
pub(super) fn begins_with_moment(text: &str) -> bool {
    const MONTH: &str = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)";
    static MOMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"^[\[(*_]*(?:\d{{1,2}}[:.h]\d\d|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH})\b"
        ))
        .ok()
    });
    MOMENT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether a line closes a letter: `Kind regards,`, `Thanks!`, `Sincerely,`; the name of the writer follows.
#[must_use]
pub fn closes_letter(line: &str) -> bool {
    let last = line.trim_end_matches([',', '!', '.']).rsplit(' ').next().unwrap_or_default().to_lowercase();
    let closes = matches!(
        last.as_str(),
        "regards" | "wishes" | "thanks" | "sincerely" | "you" | "faithfully" | "cheers" | "best"
    );
    closes && is_greeting(line)
}
