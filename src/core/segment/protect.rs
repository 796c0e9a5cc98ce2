//! Protecting and restoring: what an engine must not see or touch leaves a segment's text as placeholders, and comes
//! back from its answer exactly once. No figure, address, code or name travels but through here.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::assembly::{Placed, assemble, blocked};
use super::neighbours::touches;
use super::{Beside, Mark, Protected, Segment, Slot, Span, Spelling, TargetSpan};
use crate::document::fact::Value;
use crate::finding::{Finding, Severity};

/// The segment's text with a placeholder for everything that must not travel: facts, codes, marks. Adjacent ones share
/// a placeholder; a placeholder always stands free of letters and digits, and what was put in for that is remembered.
#[must_use]
pub fn protect(segment: &Segment, spelling: Spelling) -> Protected {
    let spans = &segment.spans;
    if spelling == Spelling::Remembered {
        return itemise(spans);
    }
    let (lead, trail) = ends(spans);
    let mut protected = Protected::between(lead.clone(), trail.clone(), spelling);
    let mut index = lead.end;
    while index < trail.start {
        if let Span::Text(text) = &spans[index] {
            protected.text.push_str(text);
            index += 1;
            continue;
        }
        let end = (index..trail.start).find(|&next| matches!(spans[next], Span::Text(_))).unwrap_or(trail.start);
        let next = spans.get(end).filter(|_| end < trail.start);
        push_placeholder(&mut protected, index..end, next);
        index = end;
    }
    protected
}

/// The marks at both ends, which stay there. A pair that is round facts or codes alone goes with them.
fn ends(spans: &[Span]) -> (Range<usize>, Range<usize>) {
    let is_text = |span: &Span| matches!(span, Span::Text(_));
    let mut lead = spans.iter().take_while(|span| is_mark(span)).count();
    let mut trail = spans.len() - spans[lead..].iter().rev().take_while(|span| is_mark(span)).count();
    let (first, last) = (lead, trail);
    let pair = |span: &Span| match span {
        Span::Open { pair, .. } | Span::Close { pair, .. } => Some(*pair),
        _ => None,
    };
    let behind: HashSet<usize> = spans[first..last].iter().take_while(|span| !is_text(span)).filter_map(pair).collect();
    let before: HashSet<usize> =
        spans[first..last].iter().rev().take_while(|span| !is_text(span)).filter_map(pair).collect();
    while lead > 0 && pair(&spans[lead - 1]).is_some_and(|pair| behind.contains(&pair)) {
        lead -= 1;
    }
    while trail < spans.len() && pair(&spans[trail]).is_some_and(|pair| before.contains(&pair)) {
        trail += 1;
    }
    (0..lead, trail..spans.len())
}

/// A placeholder for every single span that is not text.
fn itemise(spans: &[Span]) -> Protected {
    let mut protected = Protected::between(0..0, spans.len()..spans.len(), Spelling::Remembered);
    for (index, span) in spans.iter().enumerate() {
        if let Span::Text(text) = span {
            protected.text.push_str(text);
            continue;
        }
        protected.slots.push(Slot { spans: index..index + 1, before: Beside::Placeholder, after: Beside::Placeholder });
        protected.text.push_str(&placeholder(Spelling::Remembered, protected.slots.len()));
    }
    protected
}

impl Protected {
    pub(super) fn between(lead: Range<usize>, trail: Range<usize>, spelling: Spelling) -> Self {
        Self { text: String::new(), spelling, slots: Vec::new(), pairs: Vec::new(), lead, trail }
    }
}

/// Marks at the very ends need no engine: they stay there whatever happens between them.
fn is_mark(span: &Span) -> bool {
    match span {
        Span::Open { .. } | Span::Close { .. } => true,
        Span::Code { text, .. } => text.is_empty(),
        Span::Text(_) | Span::Fact(_) => false,
    }
}

/// Puts a placeholder for the spans behind the text; `next` is the span that follows.
pub(super) fn push_placeholder(protected: &mut Protected, spans: Range<usize>, next: Option<&Span>) {
    let spelling = protected.spelling;
    let own = placeholder(spelling, protected.slots.len());
    let last = protected.text.trim_end_matches(' ');
    let padding = protected.text.len() - last.len();
    let follows = protected.slots.last().is_some_and(|slot| slot.after == Beside::Placeholder);
    let before = if follows && padding <= 1 && last.ends_with(&own) {
        Beside::Placeholder
    } else {
        Beside::end_of(&protected.text)
    };
    let after = match next {
        None => Beside::Space,
        Some(Span::Text(text)) => Beside::start_of(text),
        Some(_) => Beside::Placeholder,
    };
    if protected.text.chars().next_back().is_some_and(touches) {
        protected.text.push(' ');
    }
    let pads = match &after {
        Beside::Space => false,
        Beside::Text(text) => text.starts_with(touches),
        Beside::Placeholder => true,
    };
    protected.slots.push(Slot { spans, before, after });
    protected.text.push_str(&placeholder(spelling, protected.slots.len()));
    if pads {
        protected.text.push(' ');
    }
}

/// The placeholder with this number, from 1.
#[must_use]
pub fn placeholder(spelling: Spelling, number: usize) -> String {
    match spelling {
        Spelling::Bracketed | Spelling::Remembered => format!("[PH{number}]"),
        Spelling::Underscored => format!("_PH{number}_"),
        Spelling::Plain => format!("PH{number}"),
    }
}

/// Placeholders as engines return them: with spaces inside, in another case.
static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\[\s*PH\s*(\d{1,4})\s*\]").ok());
static UNDERSCORED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)_\s*PH\s*(\d{1,4})\s*_").ok());
static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bPH\s?(\d{1,4})\b").ok());

/// The inverse of [`protect`]: an engine's answer back into spans.
///
/// # Errors
/// A blocking finding per placeholder that is missing, doubled, unknown, or out of its pair's order.
pub fn restore(segment: &Segment, protected: &Protected, answer: &str) -> Result<Vec<TargetSpan>, Vec<Finding>> {
    let framed = Framed::new(protected, answer);
    let placed = placed(segment, protected, &framed.text)?;
    assemble(segment, protected, &framed.text, &placed, &[])
}

/// An answer between the spaces that the protected text has at its ends, which engines drop or add.
pub(super) struct Framed {
    pub(super) text: String,
    /// Bytes of the answer before its text, and of `text` before the same.
    cut: usize,
    put: usize,
}

impl Framed {
    pub(super) fn new(protected: &Protected, answer: &str) -> Self {
        if protected.spelling == Spelling::Remembered {
            return Self { text: answer.to_owned(), cut: 0, put: 0 };
        }
        let source = protected.text.as_str();
        let start = &source[..source.len() - source.trim_start().len()];
        let end = &source[source.trim_end().len().max(start.len())..];
        let cut = answer.len() - answer.trim_start().len();
        Self { text: format!("{start}{}{end}", answer.trim()), cut, put: start.len() }
    }

    /// Where a span of the answer is now; `None` where it is none of the text's.
    pub(super) fn find(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = range.start.checked_sub(self.cut)?.checked_add(self.put)?;
        let end = range.end.checked_sub(self.cut)?.checked_add(self.put)?;
        self.text.get(start..end).map(|_| start..end)
    }
}

/// Bytes that an answer may have for each byte that was sent, and beyond these. No translation comes near them; what
/// exceeds them is not worth the time that mending and checking a text of megabytes would take.
const MOST_BYTES_PER_BYTE: usize = 10;
const MOST_BYTES_BEYOND: usize = 1000;

/// Where the placeholders stand in the answer, in target order.
///
/// # Errors
/// A blocking finding per placeholder that is missing, doubled or unknown, or one that says that the answer is far
/// longer than any translation.
pub(super) fn placed(segment: &Segment, protected: &Protected, answer: &str) -> Result<Vec<Placed>, Vec<Finding>> {
    let sent = protected.text.len();
    if answer.len() > sent.saturating_mul(MOST_BYTES_PER_BYTE).saturating_add(MOST_BYTES_BEYOND) {
        let message = format!("the translation has {} bytes for the {sent} that were sent", answer.len());
        return Err(vec![Finding::new("length", Severity::Block, message)]);
    }
    let mut counts = vec![0_usize; protected.slots.len()];
    let mut placed = Vec::new();
    let mut findings = Vec::new();
    let pattern = pattern(protected.spelling);
    for capture in pattern.into_iter().flat_map(|pattern| pattern.captures_iter(answer)) {
        let (Some(whole), Some(number)) = (capture.get(0), capture.get(1)) else { continue };
        let number: usize = number.as_str().parse().unwrap_or(0);
        match number.checked_sub(1).filter(|&slot| slot < counts.len()) {
            Some(slot) => {
                counts[slot] += 1;
                placed.push((whole.range(), slot));
            }
            None => findings.push(blocked(format!("`{}` was never sent", whole.as_str()))),
        }
    }
    for (slot, count) in counts.iter().enumerate().filter(|&(_, &count)| count != 1) {
        let forgets = protected.spelling == Spelling::Remembered && *count == 0;
        let may_be_missing = |span: usize| is_emphasis(segment, span) || is_term(segment, span);
        if forgets && protected.slots.get(slot).is_some_and(|slot| may_be_missing(slot.spans.start)) {
            // A mark that an engine's translation was kept without; a term that a human has other words for, which the
            // checks allow nobody else.
            continue;
        }
        let name = placeholder(protected.spelling, slot + 1);
        let what = if *count == 0 { "is missing".to_owned() } else { format!("stands there {count} times") };
        findings.push(blocked(format!("`{name}` {what}")));
    }
    if findings.is_empty() { Ok(placed) } else { Err(findings) }
}

pub(super) fn pattern(spelling: Spelling) -> Option<&'static Regex> {
    match spelling {
        Spelling::Bracketed | Spelling::Remembered => BRACKETED.as_ref(),
        Spelling::Underscored => UNDERSCORED.as_ref(),
        Spelling::Plain => PLAIN.as_ref(),
    }
}

fn is_term(segment: &Segment, index: usize) -> bool {
    matches!(segment.spans.get(index), Some(Span::Fact(fact)) if matches!(fact.value, Value::Term(_)))
}

fn is_emphasis(segment: &Segment, index: usize) -> bool {
    match segment.spans.get(index) {
        Some(Span::Open { mark, .. }) => *mark == Mark::Emphasis,
        Some(Span::Close { pair: wanted, .. }) => segment
            .spans
            .iter()
            .any(|span| matches!(span, Span::Open { pair, mark: Mark::Emphasis, .. } if pair == wanted)),
        _ => false,
    }
}

/// A translated segment in the spelling of `protected`, which is [`Spelling::Remembered`] where nothing may be lost:
/// what the translation memory keeps.
#[must_use]
pub fn spell(protected: &Protected, target: &[TargetSpan]) -> String {
    let is_verbatim = protected.spelling == Spelling::Remembered;
    let numbers: HashMap<usize, usize> =
        protected.slots.iter().enumerate().map(|(slot, spans)| (spans.spans.start, slot + 1)).collect();
    let mut text = String::new();
    for span in target {
        match span {
            TargetSpan::Text(words) => {
                if !is_verbatim && text.ends_with(']') && words.starts_with(touches) {
                    text.push(' ');
                }
                text.push_str(words);
            }
            TargetSpan::Source(index) => {
                let Some(number) = numbers.get(index) else { continue };
                if !is_verbatim && text.chars().next_back().is_some_and(touches) {
                    text.push(' ');
                }
                text.push_str(&placeholder(protected.spelling, *number));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
