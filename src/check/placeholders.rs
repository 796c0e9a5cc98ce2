//! Every fact and code of the source stands in the target exactly once, marks in well-formed pairs, nothing else.

use crate::finding::{Finding, Severity};
use crate::segment::{Span, TargetSpan};

use super::{Check, Subject};

pub(super) struct Placeholders;

impl Check for Placeholders {
    fn name(&self) -> &'static str {
        "placeholders"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let spans = &subject.segment.spans;
        let mut seen = vec![0_usize; spans.len()];
        let mut findings = Vec::new();
        for piece in subject.pieces {
            let TargetSpan::Source(index) = piece else { continue };
            match (seen.get_mut(*index), spans.get(*index)) {
                (Some(count), Some(span)) => {
                    *count += 1;
                    if let Span::Text(text) = span {
                        findings.push(block(format!("`{}` was left as it stood", excerpt(text))));
                    }
                }
                _ => findings.push(block(format!("span `{index}` is not the segment's"))),
            }
        }
        for (span, count) in spans.iter().zip(&seen) {
            let what = match span {
                Span::Text(_) => continue,
                Span::Fact(fact) => excerpt(&fact.source),
                Span::Code { text, .. } => excerpt(text),
                Span::Open { .. } | Span::Close { .. } if *count == 0 => continue,
                Span::Open { pair, .. } => format!("opening mark {pair}"),
                Span::Close { pair, .. } => format!("closing mark {pair}"),
            };
            match count {
                0 => findings.push(block(format!("`{what}` is missing"))),
                1 => {}
                _ => findings.push(block(format!("`{what}` stands there {count} times"))),
            }
        }
        findings.extend(marks(subject));
        findings
    }
}

fn block(message: String) -> Finding {
    Finding::new(Placeholders.name(), Severity::Block, message)
}

/// Formatting marks nest; a pair that is left out altogether is worth a remark only.
fn marks(subject: &Subject<'_>) -> Vec<Finding> {
    let mut open = Vec::new();
    let mut closed = 0;
    for piece in subject.pieces {
        let TargetSpan::Source(index) = piece else { continue };
        match subject.segment.spans.get(*index) {
            Some(Span::Open { pair, .. }) => open.push(*pair),
            Some(Span::Close { pair, .. }) if open.pop() != Some(*pair) => {
                return vec![block("the formatting marks do not nest".to_owned())];
            }
            Some(Span::Close { .. }) => closed += 1,
            _ => {}
        }
    }
    if !open.is_empty() {
        return vec![block("a formatting mark is not closed".to_owned())];
    }
    let wanted = subject.segment.spans.iter().filter(|span| matches!(span, Span::Close { .. })).count();
    if closed < wanted {
        let message = format!("{} of {wanted} formatting marks are lost", wanted - closed);
        return vec![Finding::new(Placeholders.name(), Severity::Warn, message)];
    }
    Vec::new()
}

fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}
