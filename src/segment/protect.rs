//! Protecting and restoring: a segment comes in, text with placeholders goes out to an engine; the engine's answer
//! comes in, the segment's spans go out in target order, each exactly once.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Protected, Segment, Slot, Span, Spelling, TargetSpan};
use crate::finding::{Finding, Severity};

/// The name under which placeholder findings are reported.
const CHECK: &str = "placeholders";

/// The segment's text with a placeholder for everything that must not travel: facts, codes, marks. Adjacent ones share
/// a placeholder; a placeholder always stands free of letters and digits, and what was put in for that is remembered.
#[must_use]
pub fn protect(segment: &Segment, spelling: Spelling) -> Protected {
    let spans = &segment.spans;
    let lead = 0..spans.iter().take_while(|span| is_mark(span)).count();
    let trail_length = spans[lead.end..].iter().rev().take_while(|span| is_mark(span)).count();
    let trail = spans.len() - trail_length..spans.len();
    let mut protected =
        Protected { text: String::new(), spelling, slots: Vec::new(), lead: lead.clone(), trail: trail.clone() };
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

/// Marks at the very ends need no engine: they stay there whatever happens between them.
fn is_mark(span: &Span) -> bool {
    match span {
        Span::Open { .. } | Span::Close { .. } => true,
        Span::Code { text, .. } => text.is_empty(),
        Span::Text(_) | Span::Fact(_) => false,
    }
}

fn push_placeholder(protected: &mut Protected, spans: Range<usize>, next: Option<char>) {
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
        Spelling::Bracketed => format!("[PH{number}]"),
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
    let answer = &framed(&protected.text, answer);
    let placed = placed(protected, answer)?;
    let mut target: Vec<TargetSpan> = protected.lead.clone().map(TargetSpan::Source).collect();
    let mut end = 0;
    let mut glued = true;
    for (range, number) in placed {
        let slot = &protected.slots[number];
        push_text(&mut target, &answer[end..range.start], glued, Some(slot.glued_left));
        target.extend(slot.spans.clone().map(TargetSpan::Source));
        end = range.end;
        glued = slot.glued_right;
    }
    push_text(&mut target, &answer[end..], glued, None);
    target.extend(protected.trail.clone().map(TargetSpan::Source));
    if nested(segment, &target) {
        Ok(target)
    } else {
        Err(vec![blocked("the marks come back out of order".to_owned())])
    }
}

/// The answer between the spaces that the protected text has at its ends, which engines drop or add.
fn framed(text: &str, answer: &str) -> String {
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len().max(start.len())..];
    format!("{start}{}{end}", answer.trim())
}

/// Where the placeholders stand in the answer, with their slots, in target order.
fn placed(protected: &Protected, answer: &str) -> Result<Vec<(Range<usize>, usize)>, Vec<Finding>> {
    let pattern = match protected.spelling {
        Spelling::Bracketed => &*BRACKETED,
        Spelling::Underscored => &*UNDERSCORED,
        Spelling::Plain => &*PLAIN,
    };
    let mut counts = vec![0_usize; protected.slots.len()];
    let mut placed = Vec::new();
    let mut findings = Vec::new();
    for capture in pattern.iter().flat_map(|pattern| pattern.captures_iter(answer)) {
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
        let name = placeholder(protected.spelling, slot + 1);
        let what = if *count == 0 { "is missing".to_owned() } else { format!("stands there {count} times") };
        findings.push(blocked(format!("`{name}` {what}")));
    }
    if findings.is_empty() { Ok(placed) } else { Err(findings) }
}

fn blocked(message: String) -> Finding {
    Finding::new(CHECK, Severity::Block, message)
}

/// Adds text between two placeholders, with the space at its ends that the source had: none where the placeholder was
/// glued (the space was ours), at least one where it was free and the engine has run it into a word.
fn push_text(target: &mut Vec<TargetSpan>, text: &str, left_glued: bool, right_glued: Option<bool>) {
    let behind_placeholder = target.iter().any(|span| matches!(span, TargetSpan::Source(_)));
    let mut result = String::from(text);
    if behind_placeholder && left_glued {
        result.drain(..result.len() - result.trim_start().len());
    } else if behind_placeholder && result.starts_with(char::is_alphanumeric) {
        result.insert(0, ' ');
    }
    match right_glued {
        Some(true) => result.truncate(result.trim_end().len()),
        Some(false) if result.ends_with(char::is_alphanumeric) => result.push(' '),
        _ => {}
    }
    if !result.is_empty() {
        target.push(TargetSpan::Text(result));
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

/// A translated segment in the protected text's own spelling: what the translation memory keeps.
#[must_use]
pub fn spell(protected: &Protected, target: &[TargetSpan]) -> String {
    let mut text = String::new();
    for span in target {
        match span {
            TargetSpan::Text(words) => {
                if text.ends_with(']') && words.starts_with(touches) {
                    text.push(' ');
                }
                text.push_str(words);
            }
            TargetSpan::Source(index) => {
                let slot = protected.slots.iter().position(|slot| slot.spans.start == *index);
                if let Some(slot) = slot {
                    if text.chars().next_back().is_some_and(touches) {
                        text.push(' ');
                    }
                    text.push_str(&placeholder(protected.spelling, slot + 1));
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
