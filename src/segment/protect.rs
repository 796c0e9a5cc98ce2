//! Protecting and restoring: a segment comes in, text with placeholders goes out to an engine; the engine's answer
//! comes in, the segment's spans go out in target order, each exactly once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Mark, Protected, Segment, Slot, Span, Spelling, TargetSpan};
use crate::finding::{Finding, Severity};

/// The name under which placeholder findings are reported.
const CHECK: &str = "placeholders";

/// The segment's text with a placeholder for everything that must not travel: facts, codes, marks. Adjacent ones share
/// a placeholder; a placeholder always stands free of letters and digits, and what was put in for that is remembered.
#[must_use]
pub fn protect(segment: &Segment, spelling: Spelling) -> Protected {
    let spans = &segment.spans;
    if spelling == Spelling::Remembered {
        return itemise(spans);
    }
    let lead = 0..spans.iter().take_while(|span| is_mark(span)).count();
    let trail_length = spans[lead.end..].iter().rev().take_while(|span| is_mark(span)).count();
    let trail = spans.len() - trail_length..spans.len();
    let mut protected = Protected::between(lead.clone(), trail.clone(), spelling);
    let mut index = lead.end;
    while index < trail.start {
        if let Span::Text(text) = &spans[index] {
            protected.text.push_str(text);
            index += 1;
            continue;
        }
        let end = (index..trail.start).find(|&next| matches!(spans[next], Span::Text(_))).unwrap_or(trail.start);
        let next = spans.get(end).filter(|_| end < trail.start).and_then(|span| span.text().chars().next());
        push_placeholder(&mut protected, index..end, next);
        index = end;
    }
    protected
}

/// A placeholder for every single span that is not text.
fn itemise(spans: &[Span]) -> Protected {
    let mut protected = Protected::between(0..0, spans.len()..spans.len(), Spelling::Remembered);
    for (index, span) in spans.iter().enumerate() {
        if let Span::Text(text) = span {
            protected.text.push_str(text);
            continue;
        }
        protected.slots.push(Slot { spans: index..index + 1, glued_left: true, glued_right: true });
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

pub(super) fn push_placeholder(protected: &mut Protected, spans: Range<usize>, next: Option<char>) {
    let glued_left = protected.text.chars().next_back().is_some_and(|last| !last.is_whitespace());
    let glued_right = next.is_some_and(|next| !next.is_whitespace());
    if protected.text.chars().next_back().is_some_and(touches) {
        protected.text.push(' ');
    }
    protected.slots.push(Slot { spans, glued_left, glued_right });
    protected.text.push_str(&placeholder(protected.spelling, protected.slots.len()));
    if next.is_some_and(touches) {
        protected.text.push(' ');
    }
}

/// Characters that an engine would read as one word with the placeholder.
fn touches(neighbour: char) -> bool {
    neighbour.is_alphanumeric() || matches!(neighbour, '_' | ']' | '[')
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

    /// Where a stretch of the answer is now; `None` where it is none of the text's.
    pub(super) fn find(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = range.start.checked_sub(self.cut)?.checked_add(self.put)?;
        let end = range.end.checked_sub(self.cut)?.checked_add(self.put)?;
        self.text.get(start..end).map(|_| start..end)
    }
}

/// A placeholder's place in a text, and its slot.
pub(super) type Placed = (Range<usize>, usize);

/// Where the placeholders stand in the answer, in target order.
pub(super) fn placed(segment: &Segment, protected: &Protected, answer: &str) -> Result<Vec<Placed>, Vec<Finding>> {
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
        if forgets && protected.slots.get(slot).is_some_and(|slot| is_emphasis(segment, slot.spans.start)) {
            // A mark that an engine's translation was kept without.
            continue;
        }
        let name = placeholder(protected.spelling, slot + 1);
        let what = if *count == 0 { "is missing".to_owned() } else { format!("stands there {count} times") };
        findings.push(blocked(format!("`{name}` {what}")));
    }
    if findings.is_empty() { Ok(placed) } else { Err(findings) }
}

fn pattern(spelling: Spelling) -> Option<&'static Regex> {
    match spelling {
        Spelling::Bracketed | Spelling::Remembered => BRACKETED.as_ref(),
        Spelling::Underscored => UNDERSCORED.as_ref(),
        Spelling::Plain => PLAIN.as_ref(),
    }
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

fn blocked(message: String) -> Finding {
    Finding::new(CHECK, Severity::Block, message)
}

/// A mark to be put into a text: before the byte `at`, the segment's span `span`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) at: usize,
    pub(super) closes: bool,
    pub(super) span: usize,
}

/// The spans in target order: the text with its placeholders' spans and the marks at `edges`, which are in the order in
/// which they stand.
pub(super) fn assemble(
    segment: &Segment,
    protected: &Protected,
    text: &str,
    placed: &[Placed],
    edges: &[Edge],
) -> Result<Vec<TargetSpan>, Vec<Finding>> {
    let is_verbatim = protected.spelling == Spelling::Remembered;
    let mut target: Vec<TargetSpan> = protected.lead.clone().map(TargetSpan::Source).collect();
    let mut edges = edges.iter().peekable();
    let mut from = 0;
    let mut left = None;
    let ends = placed.iter().map(|(range, slot)| (range.clone(), protected.slots.get(*slot)));
    for (range, slot) in ends.chain([(text.len()..text.len(), None)]) {
        let right = slot.filter(|_| !is_verbatim).map(|slot| slot.glued_left);
        let fit = Fit::new(text, from..range.start, left, right);
        while let Some(edge) = edges.next_if(|edge| edge.closes && edge.at <= fit.kept.start) {
            target.push(TargetSpan::Source(edge.span));
        }
        push_text(&mut target, if fit.space_before { " " } else { "" });
        let mut at = fit.kept.start;
        while let Some(edge) = edges.next_if(|edge| edge.at < fit.kept.end || (edge.closes && edge.at <= range.start)) {
            let stop = edge.at.clamp(at, fit.kept.end);
            push_text(&mut target, text.get(at..stop).unwrap_or_default());
            target.push(TargetSpan::Source(edge.span));
            at = stop;
        }
        push_text(&mut target, text.get(at..fit.kept.end).unwrap_or_default());
        push_text(&mut target, if fit.space_after { " " } else { "" });
        while let Some(edge) = edges.next_if(|edge| edge.at <= range.start) {
            target.push(TargetSpan::Source(edge.span));
        }
        target.extend(slot.into_iter().flat_map(|slot| slot.spans.clone()).map(TargetSpan::Source));
        from = range.end;
        left = slot.filter(|_| !is_verbatim).map(|slot| slot.glued_right);
    }
    target.extend(protected.trail.clone().map(TargetSpan::Source));
    if nested(segment, &target) {
        Ok(target)
    } else {
        Err(vec![blocked("the marks come back out of order".to_owned())])
    }
}

/// Text between two placeholders, with the space at its ends that the source had: none where the placeholder was glued
/// (the space was ours), at least one where it was free and the engine has run it into a word.
struct Fit {
    kept: Range<usize>,
    space_before: bool,
    space_after: bool,
}

impl Fit {
    /// `left`, `right`: whether the placeholder on that side was glued; `None` where there is none.
    fn new(text: &str, range: Range<usize>, left: Option<bool>, right: Option<bool>) -> Self {
        let mut kept = range;
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        if left == Some(true) {
            kept.start = kept.end - slice(&kept).trim_start().len();
        }
        if right == Some(true) {
            kept.end = kept.start + slice(&kept).trim_end().len();
        }
        let words = slice(&kept);
        Self {
            space_before: left == Some(false) && words.starts_with(char::is_alphanumeric),
            space_after: right == Some(false) && words.ends_with(char::is_alphanumeric),
            kept,
        }
    }
}

fn push_text(target: &mut Vec<TargetSpan>, text: &str) {
    match target.last_mut() {
        _ if text.is_empty() => {}
        Some(TargetSpan::Text(before)) => before.push_str(text),
        _ => target.push(TargetSpan::Text(text.to_owned())),
    }
}

/// Whether every pair opens before it closes and pairs do not cross.
fn nested(segment: &Segment, target: &[TargetSpan]) -> bool {
    let mut open = Vec::new();
    for span in target {
        let TargetSpan::Source(index) = span else { continue };
        match segment.spans.get(*index) {
            Some(Span::Open { pair, .. }) => open.push(*pair),
            Some(Span::Close { pair, .. }) if open.pop() != Some(*pair) => return false,
            _ => {}
        }
    }
    open.is_empty()
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
