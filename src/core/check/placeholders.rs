//! Every fact and code of the source stands in the target exactly once, no mark twice, nothing else. Whoever translates
//! by hand may choose other words for a term than the glossary does.

use crate::document::fact::{Fact, Value};
use crate::finding::{Finding, Severity};
use crate::quoting::excerpt;
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
                Span::Fact(Fact { value: Value::Term(term), .. }) if *count == 0 && !subject.by_engine => {
                    if subject.target.lower.contains(&term.rendering.to_lowercase()) {
                        continue;
                    }
                    let message =
                        format!("`{}` is not rendered as `{}`, as the glossary has it", term.name, term.rendering);
                    findings.push(Finding::new(self.name(), Severity::Info, message));
                    continue;
                }
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
        findings
    }
}

fn block(message: String) -> Finding {
    Finding::new(Placeholders.name(), Severity::Block, message)
}
