//! Formatting marks come in well-formed pairs round words. Emphasis may be lost, a link or what else changes the
//! meaning may not.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Severity};
use crate::segment::{Mark, Span, TargetSpan};

use super::{Check, Subject};

pub(super) struct Marks;

impl Check for Marks {
    fn name(&self) -> &'static str {
        "marks"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let spans = &subject.segment.spans;
        let source = pairs(spans.iter().map(|span| (Some(span), span.text())));
        let target = pairs(subject.pieces.iter().map(|piece| match piece {
            TargetSpan::Text(text) => (None, text.as_str()),
            TargetSpan::Source(index) => match spans.get(*index) {
                Some(span) => (Some(span), span.text()),
                None => (None, ""),
            },
        }));
        let Some(target) = target else {
            return self.finding(Severity::Block, "the formatting marks do not nest".to_owned());
        };
        let marks: HashMap<usize, Mark> = spans
            .iter()
            .filter_map(|span| match span {
                Span::Open { pair, mark, .. } => Some((*pair, *mark)),
                _ => None,
            })
            .collect();
        let kept: HashSet<usize> = target.iter().map(|pair| pair.number).collect();
        let emptied: HashSet<usize> = target.iter().filter(|pair| pair.is_empty).map(|pair| pair.number).collect();
        let mut findings = Vec::new();
        for pair in source.unwrap_or_default() {
            let what = if !kept.contains(&pair.number) {
                "lost"
            } else if emptied.contains(&pair.number) && !pair.is_empty {
                "round nothing"
            } else {
                continue;
            };
            let severity = match marks.get(&pair.number) {
                Some(Mark::Essential) => Severity::Block,
                _ => Severity::Warn,
            };
            findings.extend(self.finding(severity, format!("the mark round `{}` is {what}", pair.words)));
        }
        findings
    }
}

struct Pair {
    number: usize,
    is_empty: bool,
    /// The beginning of what stands between its marks.
    words: String,
}

/// As many characters of a pair's text as are said.
const EXCERPT: usize = 40;

/// The closed pairs, by their order of closing; `None` where they do not nest.
fn pairs<'text>(pieces: impl Iterator<Item = (Option<&'text Span>, &'text str)>) -> Option<Vec<Pair>> {
    let mut open: Vec<Pair> = Vec::new();
    let mut closed = Vec::new();
    for (span, text) in pieces {
        match span {
            Some(Span::Open { pair, .. }) => open.push(Pair { number: *pair, is_empty: true, words: String::new() }),
            Some(Span::Close { pair, .. }) => {
                let done = open.pop().filter(|done| done.number == *pair)?;
                if let Some(outer) = open.last_mut() {
                    outer.is_empty &= done.is_empty;
                    push(&mut outer.words, &done.words);
                }
                closed.push(done);
            }
            _ => {
                if let Some(inner) = open.last_mut() {
                    inner.is_empty &= text.trim().is_empty();
                    push(&mut inner.words, text);
                }
            }
        }
    }
    open.is_empty().then_some(closed)
}

fn push(words: &mut String, text: &str) {
    let room = EXCERPT.saturating_sub(words.chars().count());
    words.extend(text.chars().take(room));
}
