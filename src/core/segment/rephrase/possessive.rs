//! Possessives with a placeholder in them: `our customers' [PH1]' widgets` becomes `the widgets of the [PH1] of our
//! customers`.

use std::ops::Range;

use super::Hole;
use crate::document::fact;

/// What stands before an owner as its determiner.
const DETERMINERS: [&str; 23] = [
    "the", "our", "your", "their", "this", "that", "a", "an", "its", "these", "those", "my", "his", "her", "several",
    "some", "all", "both", "every", "each", "many", "most", "other",
];

/// Days that have no determiner.
const DAYS: [&str; 10] =
    ["today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words with a capital at a sentence's beginning, behind which `'s` is `is` or `us`.
const PRONOUNS: [&str; 16] = [
    "it",
    "that",
    "this",
    "there",
    "here",
    "what",
    "who",
    "where",
    "when",
    "how",
    "why",
    "let",
    "he",
    "she",
    "everything",
    "nothing",
];

const NUMBERS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// At most so many names and adjectives stand between a determiner and its owner: `the Acme [PH1]'s`.
const NAMES: usize = 2;

/// More owners than this in a row are no phrase.
const LONGEST: usize = 4;

/// A protected text with its placeholders in order.
pub(super) struct Possessives<'text> {
    pub(super) text: &'text str,
    pub(super) holes: &'text [Hole],
}

/// What is written in place of a span of the text.
pub(super) struct Turn {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl<'text> Possessives<'text> {
    /// Whether an apostrophe makes an owner of the placeholder.
    pub(super) fn is_owner(&self, hole: &Hole) -> bool {
        self.marked(hole).is_some()
    }

    /// Where the words behind a placeholder and its possessive ending begin.
    fn marked(&self, hole: &Hole) -> Option<usize> {
        let rest = self.text.get(hole.range.end..).filter(|_| hole.is_whole)?;
        let long = rest.strip_prefix("'s ").or_else(|| rest.strip_prefix("’s "));
        let short = || rest.strip_prefix("' ").or_else(|| rest.strip_prefix("’ ")).filter(|_| hole.is_plural);
        long.or_else(short).map(|owned| self.text.len() - owned.len())
    }

    /// The possessive that the placeholder at this position is the first of, not before the byte `from`.
    pub(super) fn turn(&self, position: usize, from: usize) -> Option<Turn> {
        let hole = self.holes.get(position)?;
        let (start, mut chain) = self.owners(hole.range.start, from);
        let is_word = !chain.is_empty();
        chain.push(self.text.get(hole.range.clone())?);
        let mut last = hole;
        let mut end = hole.range.end;
        for next in self.holes.get(position + 1..)?.iter().map(Some).chain([None]) {
            let Some(owned) = self.marked(last) else { break };
            if chain.len() > LONGEST {
                return None;
            }
            if let Some(next) = next.filter(|next| next.range.start == owned) {
                chain.push(self.text.get(next.range.clone())?);
                (last, end) = (next, next.range.end);
                continue;
            }
            let before = self.text.get(from..start)?;
            let noun = fact::owned(self.text.get(owned..)?, without_determiner(before))?;
            chain.push(self.text.get(owned..owned + noun)?);
            end = owned + noun;
            return self.turned(from, start, end, &chain, is_word);
        }
        if chain.len() < 2 || last.kind != super::HoleKind::Term {
            None
        } else {
            self.turned(from, start, end, &chain, is_word)
        }
    }

    /// The owners in words before `at`, first to last, and where they begin: `Acme's customers' `.
    fn owners(&self, at: usize, from: usize) -> (usize, Vec<&'text str>) {
        let mut owners = Vec::new();
        let mut start = at;
        while owners.len() < NAMES {
            let head = self.text.get(from..start).unwrap_or_default();
            let long = head.strip_suffix("'s ").or_else(|| head.strip_suffix("’s "));
            let short =
                || head.strip_suffix("' ").or_else(|| head.strip_suffix("’ ")).filter(|owner| owner.ends_with('s'));
            let Some(owner) = long.or_else(short) else { break };
            let begin = owner.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).len();
            let Some(word) = owner.get(begin..).filter(|word| !word.is_empty()) else { break };
            owners.insert(0, word);
            start = from + begin;
        }
        (start, owners)
    }

    /// The chain of owners turned round, with the determiner of the first.
    fn turned(&self, from: usize, start: usize, end: usize, chain: &[&str], is_word: bool) -> Option<Turn> {
        let lead = self.text.get(from..start)?;
        if self.text.get(end..)?.starts_with(['\'', '’']) {
            return None;
        }
        let [first, nouns @ ..] = chain else { return None };
        let (begin, capital, possessor) = if let Some((begin, words)) = determined(lead, is_word) {
            let determiner = words.split(' ').next().unwrap_or_default();
            let names = words.get(determiner.len()..).unwrap_or_default();
            let capital = determiner.starts_with(char::is_uppercase);
            (begin, capital, format!("{}{names} {first}", determiner.to_ascii_lowercase()))
        } else if lead.is_empty() || lead.ends_with([' ', '(', '"', '“']) {
            (lead.len(), opens(self.text.get(..start)?), bare(first, lead, is_word)?)
        } else {
            return None;
        };
        let mut text = String::from(if capital { "The" } else { "the" });
        for noun in nouns.iter().rev() {
            let joint = if text.len() > 3 { " of the " } else { " " };
            text.push_str(joint);
            text.push_str(noun);
        }
        text.push_str(" of ");
        text.push_str(&possessor);
        Some(Turn { range: from + begin..end, text })
    }
}

/// Whether what stands behind a text begins a sentence.
pub(super) fn opens(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':'])
}

/// A text in which a day owns what was said before: of `Monday's job failed, Tuesday's worked` the end becomes `the one
/// of Tuesday worked`. `None` where none does.
pub(super) fn days(text: &str) -> Option<String> {
    let mut written = String::new();
    let mut from = 0;
    for (at, mark) in text.char_indices().filter(|(_, mark)| matches!(mark, '\'' | '’')) {
        let Some(rest) = text.get(at + mark.len_utf8()..).and_then(|rest| rest.strip_prefix("s ")) else { continue };
        let head = text.get(from..at)?;
        let begin = head.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).len();
        let (before, day) = (head.get(..begin)?, head.get(begin..)?);
        let follows = before.trim_end().ends_with([',', ';', '.', ':', '!', '?', '(']) || before.ends_with(" and ");
        let is_first = from + begin == 0;
        let verb = format!(" {}", rest.split(' ').next()?);
        // Those behind `today`, `yesterday` and `tomorrow`, which are no names.
        let weekdays = DAYS.get(3..).unwrap_or_default();
        let is_day = weekdays.contains(&day.to_ascii_lowercase().as_str()) && rest.starts_with(char::is_alphabetic);
        if is_day && (follows || is_first) && fact::ends_noun_phrase(&verb) && fact::owned(rest, "").is_none() {
            written.push_str(before);
            written.push_str(if opens(text.get(..from + begin)?) { "The one of " } else { "the one of " });
            written.push_str(day);
            from = at + mark.len_utf8() + 1;
        }
    }
    written.push_str(text.get(from..).filter(|_| from > 0)?);
    Some(written)
}

/// Where the determiner of what follows begins, and its words: a determiner and the names and known adjectives behind
/// it, which stand before a placeholder alone.
fn determined(lead: &str, is_word: bool) -> Option<(usize, &str)> {
    let whole = lead.strip_suffix(' ')?;
    let mut at = whole.len();
    for count in 0..=NAMES {
        let head = whole.get(..at)?;
        let begin = head.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric()).len();
        let word = head.get(begin..).filter(|word| !word.is_empty())?;
        if DETERMINERS.contains(&word.to_ascii_lowercase().as_str()) {
            return Some((begin, whole.get(begin..)?));
        }
        let is_name =
            !is_word && (word.starts_with(char::is_uppercase) || fact::describes(word) || NUMBERS.contains(&word));
        at = begin.checked_sub(1).filter(|at| is_name && count < NAMES && whole.get(*at..begin) == Some(" "))?;
    }
    None
}

/// An owner without determiner: a placeholder, a day, or a name. An adjective before it is none of these.
fn bare(first: &str, lead: &str, is_word: bool) -> Option<String> {
    let lower = first.to_ascii_lowercase();
    if !is_word {
        return (!is_described(lead)).then(|| first.to_owned());
    }
    if DAYS.contains(&lower.as_str()) {
        let is_named = lower.ends_with("day") && lower != "today" && lower != "yesterday";
        return Some(if is_named { first.to_owned() } else { lower });
    }
    (first.starts_with(char::is_uppercase) && !PRONOUNS.contains(&lower.as_str())).then(|| first.to_owned())
}

/// Whether the last word of a text describes what follows: it is known to, or a determiner stands before it and makes
/// one phrase of them.
fn is_described(lead: &str) -> bool {
    let clause = lead.rsplit(['.', '!', '?', ':', ';', ',', '(']).next().unwrap_or_default();
    let mut words = clause.split_whitespace().rev().take(NAMES + 1).map(str::to_ascii_lowercase);
    let Some(last) = words.next() else { return false };
    fact::describes(&last)
        || (!fact::ends_noun_phrase(&format!(" {last}")) && words.any(|word| DETERMINERS.contains(&word.as_str())))
}

/// A text without the determiner at its end.
fn without_determiner(before: &str) -> &str {
    let whole = before.trim_end();
    let begin = whole.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).len();
    let word = whole.get(begin..).unwrap_or_default().to_ascii_lowercase();
    if DETERMINERS.contains(&word.as_str()) { whole.get(..begin).unwrap_or_default() } else { whole }
}
