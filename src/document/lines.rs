//! Line ends inside of a paragraph: the lines of one come in, for each line end goes out whether its writer meant it.
//!
//! `ETA: 30 min` over `Workaround: none` are two lines to everyone but CommonMark; prose that an editor wrapped at some
//! column is one text. Nothing but the lines' shape tells them apart: a line was wrapped where the next word did not fit.
//! What is meant bounds blocks, so that no fact and no phrase goes across it; where the shape does not tell, the caller's
//! notation decides. Only sources are judged so: for a translation the line ends are known.

use std::sync::LazyLock;

use regex::Regex;

use super::code;

/// Nobody wraps prose at a narrower column than this.
const NARROWEST: usize = 60;

/// Prose wrapped by hand is at least this wide, and hardly any is wider than [`WIDEST`].
const NARROW: usize = 50;
const WIDEST: usize = 100;

/// A word this long (an address) is no measure for the column.
const UNBREAKABLE: usize = 40;

/// One line of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What readers see of it.
    pub(super) text: String,
    /// Characters of the source in it.
    pub(super) width: usize,
    /// A mark (bold, a link) begins it.
    pub(super) opens_mark: bool,
    /// Code, a link or a tag begins it.
    pub(super) opens_atom: bool,
}

/// What a line end is whose lines do not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubtful {
    /// A space, as in Markdown and HTML.
    Wrapped,
    /// A line end, as in plain text.
    Meant,
}

/// For each line but the last, whether its end is meant.
pub(super) fn meant(lines: &[Line], doubtful: Doubtful) -> Vec<bool> {
    let shapes: Vec<Shape> = lines.iter().map(Shape::of).collect();
    let longest = shapes.iter().filter(|shape| !shape.is_unbreakable).map(|shape| shape.width).max().unwrap_or(0);
    let paragraph = Paragraph {
        column: longest.max(NARROWEST),
        all_final: shapes.iter().all(|shape| shape.is_final),
        all_begin: shapes.len() > 2
            && shapes.iter().skip(1).all(|shape| shape.begins == Begins::Upper)
            && shapes.iter().all(|shape| !shape.is_binding),
        doubtful,
    };
    shapes.iter().zip(shapes.iter().skip(1)).map(|(before, after)| paragraph.is_meant(before, after)).collect()
}

/// What all lines of a paragraph show.
struct Paragraph {
    /// The column at which it may have been wrapped.
    column: usize,
    all_final: bool,
    all_begin: bool,
    doubtful: Doubtful,
}

impl Paragraph {
    fn is_meant(&self, before: &Shape, after: &Shape) -> bool {
        let fits = before.width + 1 + after.first_word <= self.column;
        if before.is_code || after.is_code || before.is_greeting || after.begins == Begins::Sign {
            return true;
        }
        let is_listed = (before.has_bar && after.has_bar) || (before.begins_with_moment && after.begins_with_moment);
        let is_label = match after.label {
            Some(Label::Marked) => fits || before.is_final || before.label.is_some(),
            Some(Label::Plain) => before.label.is_some(),
            None => false,
        };
        if is_listed || is_label {
            return true;
        }
        if before.is_binding {
            return self.doubtful == Doubtful::Meant && before.width < NARROW;
        }
        let is_lower = after.begins == Begins::Lower;
        let ends = (before.is_colon && fits)
            || (before.is_final && !is_lower && (fits || self.all_final || after.begins_with_moment))
            || (before.label.is_some() && !is_lower && fits);
        let is_short = before.width + 1 + after.first_word <= NARROWEST;
        let begins = after.begins == Begins::Upper || after.begins_with_moment;
        if ends || (begins && (is_short || self.all_begin)) {
            return true;
        }
        let is_full = (NARROW..=WIDEST).contains(&before.width) && !before.is_final && is_lower;
        self.doubtful == Doubtful::Meant && !is_full
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    Upper,
    Lower,
    /// A bullet, a bar, a colon, an arrow, an emoji.
    Sign,
    /// A digit, a bracket, code: they begin lines as well as they go on.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// It begins with a capital or a mark: `Next update:`, `**eta**:`
    Marked,
    /// `title:`
    Plain,
}

#[expect(clippy::struct_excessive_bools, reason = "what a line shows are independent signs")]
struct Shape {
    width: usize,
    first_word: usize,
    begins: Begins,
    label: Option<Label>,
    is_final: bool,
    is_colon: bool,
    /// Ends in a word or sign that wants another.
    is_binding: bool,
    is_greeting: bool,
    is_code: bool,
    is_unbreakable: bool,
    has_bar: bool,
    begins_with_moment: bool,
}

impl Shape {
    fn of(line: &Line) -> Self {
        let text = line.text.trim();
        let end = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '*', '_', '~', '»']);
        let is_colon = end.ends_with([':', '：']);
        Self {
            width: line.width,
            first_word: text.split_whitespace().next().map_or(0, |word| word.chars().count()),
            begins: begins(text, line.opens_atom),
            label: label(text, line.opens_mark),
            is_final: is_colon || end.ends_with(['.', '!', '?', '…', '。', '！', '？']),
            is_colon,
            is_binding: is_binding(text),
            is_greeting: is_greeting(text),
            is_code: code::is_line(text),
            is_unbreakable: text.split_whitespace().any(|word| word.chars().count() > UNBREAKABLE),
            has_bar: text.contains(" | ") || text.starts_with('|'),
            begins_with_moment: begins_with_moment(text),
        }
    }
}

fn begins(text: &str, opens_atom: bool) -> Begins {
    let text = text.trim_start_matches(['"', '\'', '“', '‘', '(', '*', '_', '¿', '¡', '«']);
    match text.chars().next() {
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
pub(super) fn label_end(text: &str) -> Option<usize> {
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

fn label(text: &str, opens_mark: bool) -> Option<Label> {
    label_end(text)?;
    let is_marked = opens_mark || text.starts_with(['*', '_']) || text.starts_with(char::is_uppercase);
    Some(if is_marked { Label::Marked } else { Label::Plain })
}

/// Whether a line cannot end here: English words that want another behind them, and signs that do.
fn is_binding(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "about", "after", "all", "almost", "an", "and", "any", "are", "around", "as", "at", "be", "because",
        "been", "before", "between", "but", "by", "can", "could", "during", "each", "every", "for", "from", "had",
        "has", "have", "if", "in", "into", "is", "its", "least", "may", "more", "most", "nearly", "not", "of", "on",
        "or", "our", "over", "per", "should", "since", "some", "than", "that", "the", "their", "these", "this",
        "those", "through", "to", "under", "until", "upon", "using", "via", "was", "we", "were", "when", "where",
        "which", "while", "will", "with", "within", "without", "would", "you", "your",
    ];
    if text.ends_with([',', ';', '(', '[', '/', '&', '-', '–', '—', '=', '“', '«']) {
        return true;
    }
    let mut words = text.rsplit(|letter: char| !letter.is_alphabetic());
    let last = words.next().unwrap_or_default();
    let before = words.next().unwrap_or_default().to_ascii_lowercase();
    // Of `sign in` and `log on`, the second word is the end of the first.
    let is_verb =
        matches!(before.as_str(), "sign" | "signed" | "signing" | "log" | "logged" | "logging" | "check" | "opt");
    !is_verb && !last.is_empty() && WORDS.binary_search(&last.to_ascii_lowercase().as_str()).is_ok()
}

/// How letters begin and end: the line stands alone whatever follows.
pub(super) fn is_greeting(text: &str) -> bool {
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

/// `10:54 UTC …`, `[2024-07-05 …`, `Jul 5, …`: an entry of a list of moments.
fn begins_with_moment(text: &str) -> bool {
    const MONTH: &str = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)";
    static MOMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"^[\[(*_]*(?:\d{{1,2}}[:.h]\d\d|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH})\b"
        ))
        .ok()
    });
    MOMENT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}
