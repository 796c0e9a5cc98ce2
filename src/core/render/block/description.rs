//! What describes a term in front of it: in English an amount or a name stands before the noun, in the reader's
//! language it may have to stand behind.

use crate::document::fact::{Value, Verbatim};
use crate::segment::{Segment, Span, TargetSpan};

/// `3 minutes downtime`, `1-2 min outage`, `db-7 failover`.
#[derive(Clone, Copy)]
pub(super) struct Description {
    /// How many facts, glued to one another.
    pub(super) facts: usize,
}

/// What describes the term in the source, if it stands before it in the target still.
pub(super) fn described(segment: &Segment, index: usize, target: &[TargetSpan]) -> Option<Description> {
    let (TargetSpan::Text(gap), target) = target.split_last()? else { return None };
    let last = index.checked_sub(2)?;
    if gap != " " || !matches!(segment.spans.get(index - 1), Some(Span::Text(text)) if text == " ") {
        return None;
    }
    let describes = |value: &Value| match value {
        Value::Quantity { .. } => true,
        Value::Verbatim(kind) => matches!(kind, Verbatim::Identifier | Verbatim::Name | Verbatim::Version),
        _ => false,
    };
    if !matches!(segment.spans.get(last), Some(Span::Fact(fact)) if describes(&fact.value)) {
        return None;
    }
    let facts = segment.spans[..=last].iter().rev().take_while(|span| matches!(span, Span::Fact(_))).count();
    let apart = match segment.spans[..=last - (facts - 1)].split_last()?.1.last() {
        None => true,
        Some(Span::Text(text)) => text.ends_with(|character: char| character.is_whitespace() || character == '('),
        Some(_) => false,
    };
    let at = target.len().checked_sub(facts)?;
    let group = target.get(at..)?;
    let in_order = group.iter().rev().zip((0..=last).rev()).all(|(span, index)| *span == TargetSpan::Source(index));
    (apart && in_order).then_some(Description { facts })
}
