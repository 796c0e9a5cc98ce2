//! Brackets and quotation marks right round a fact or code, of which an engine has lost one or taken another, and the
//! signs between two facts.

use std::collections::HashMap;

use crate::segment::{Segment, Span, TargetSpan};

const PAIRS: [(char, char); 7] = [('(', ')'), ('[', ']'), ('{', '}'), ('"', '"'), ('“', '”'), ('«', '»'), ('„', '“')];

/// Gives a fact that the source has between two signs the one that it lacks in the target.
pub(super) fn close(segment: &Segment, target: &mut Vec<TargetSpan>) {
    let enclosed: HashMap<usize, (char, char)> =
        (0..segment.spans.len()).filter_map(|index| Some((index, enclosing(segment, index)?))).collect();
    if enclosed.is_empty() {
        return;
    }
    let mut counts = Counts::of(segment, target);
    let mut position = 0;
    while position < target.len() {
        let signs = match target.get(position) {
            Some(TargetSpan::Source(index)) => enclosed.get(index).copied(),
            _ => None,
        };
        if let Some((open, close)) = signs {
            position = mend(target, position, (open, close), &mut counts);
        }
        position += 1;
    }
}

/// The signs right round a fact or code of the source.
fn enclosing(segment: &Segment, index: usize) -> Option<(char, char)> {
    if !matches!(segment.spans.get(index)?, Span::Fact(_) | Span::Code { .. }) {
        return None;
    }
    let (Span::Text(before), Span::Text(after)) =
        (segment.spans.get(index.checked_sub(1)?)?, segment.spans.get(index + 1)?)
    else {
        return None;
    };
    let pair = (before.chars().next_back()?, after.chars().next()?);
    PAIRS.contains(&pair).then_some(pair)
}

/// How often each sign stands in the source's texts and in the target's.
struct Counts {
    source: HashMap<char, usize>,
    target: HashMap<char, usize>,
}

impl Counts {
    fn of(segment: &Segment, target: &[TargetSpan]) -> Self {
        let mut counts = Self { source: HashMap::new(), target: HashMap::new() };
        for span in &segment.spans {
            if let Span::Text(text) = span {
                text.chars().for_each(|sign| *counts.source.entry(sign).or_default() += 1);
            }
        }
        for span in target {
            if let TargetSpan::Text(text) = span {
                text.chars().for_each(|sign| *counts.target.entry(sign).or_default() += 1);
            }
        }
        counts
    }

    /// Whether the target has fewer of a sign than the source.
    fn lacks(&self, sign: char) -> bool {
        self.target.get(&sign).copied().unwrap_or_default() < self.source.get(&sign).copied().unwrap_or_default()
    }

    /// Whether the target has a sign that the source has not at all.
    fn is_new(&self, sign: char) -> bool {
        !self.source.contains_key(&sign)
    }

    fn add(&mut self, sign: char) {
        *self.target.entry(sign).or_default() += 1;
    }
}

/// Puts the signs round the span at `position` and says where it stands now.
fn mend(target: &mut Vec<TargetSpan>, position: usize, (open, close): (char, char), counts: &mut Counts) -> usize {
    let before = position.checked_sub(1).and_then(|before| match target.get(before) {
        // A question may begin within brackets.
        Some(TargetSpan::Text(text)) => text.trim_end_matches(['¿', '¡']).chars().next_back(),
        _ => None,
    });
    let after = match target.get(position + 1) {
        Some(TargetSpan::Text(text)) => text.chars().next(),
        _ => None,
    };
    let is_other = |sign: Option<char>, own: char| {
        let known = |sign: &char| PAIRS.iter().any(|(open, close)| open == sign || close == sign);
        sign.filter(|sign| *sign != own && known(sign) && counts.is_new(*sign))
    };
    if after == Some(close) && before != Some(open) && counts.lacks(open) {
        let wrong = is_other(before, open);
        counts.add(open);
        if let Some(TargetSpan::Text(text)) = target.get_mut(position.wrapping_sub(1)) {
            if wrong.is_some() {
                text.pop();
            }
            text.push(open);
            return position;
        }
        target.insert(position, TargetSpan::Text(open.to_string()));
        return position + 1;
    }
    if before == Some(open) && after != Some(close) && counts.lacks(close) {
        let wrong = is_other(after, close);
        counts.add(close);
        match target.get_mut(position + 1) {
            Some(TargetSpan::Text(text)) => {
                if let Some(wrong) = wrong {
                    text.replace_range(..wrong.len_utf8(), "");
                }
                text.insert(0, close);
            }
            _ => target.insert(position + 1, TargetSpan::Text(close.to_string())),
        }
    }
    position
}

/// Puts the sign between two facts back that stand beside each other in the target as they do in the source: `5 / 6`.
pub(super) fn separate(segment: &Segment, target: &mut Vec<TargetSpan>) {
    let is_fact = |index: usize| matches!(segment.spans.get(index), Some(Span::Fact(_) | Span::Code { .. }));
    let mut separated = Vec::with_capacity(target.len());
    let mut spans = std::mem::take(target).into_iter().peekable();
    while let Some(span) = spans.next() {
        let TargetSpan::Source(index) = span else {
            separated.push(span);
            continue;
        };
        separated.push(span);
        let gap = match spans.peek() {
            Some(TargetSpan::Text(text)) if text.trim().is_empty() => spans.next(),
            _ => None,
        };
        let follows = spans.peek() == Some(&TargetSpan::Source(index + 2)) && is_fact(index) && is_fact(index + 2);
        match segment.spans.get(index + 1) {
            Some(Span::Text(text)) if follows && is_separator(text) => {
                separated.push(TargetSpan::Text(text.clone()));
            }
            _ => separated.extend(gap),
        }
    }
    *target = separated;
}

/// Whether a text between two facts is a sign that stands for no word.
fn is_separator(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().all(|sign| matches!(sign, '/' | '·' | '→' | '|' | '–' | '—' | '•' | ',' | ';' | '+'))
}
