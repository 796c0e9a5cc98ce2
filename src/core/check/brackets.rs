//! Brackets stay in balance, and no parenthesis is added: engines explain themselves in them (`(em inglês)`).

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

const PAIRS: [[char; 2]; 3] = [['(', ')'], ['[', ']'], ['{', '}']];

pub(super) struct Brackets;

impl Check for Brackets {
    fn name(&self) -> &'static str {
        "brackets"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (sources, targets) = (counts(&subject.source.free), counts(&subject.target.free));
        let mut findings = Vec::new();
        for (index, [open, close]) in PAIRS.into_iter().enumerate() {
            let (source, target) = (sources[index], targets[index]);
            if source.0 == source.1 && target.0 != target.1 {
                let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
                findings.extend(self.finding(severity, format!("`{open}` and `{close}` are out of balance")));
            } else if open == '(' && target.0 > source.0 {
                findings.extend(self.finding(Severity::Warn, "the translation adds a parenthesis".to_owned()));
            } else if target.0 < source.0 {
                // Good translators write a parenthesis without its marks (`user(s)`), and never a label (`[Update]`).
                let is_mark = subject.by_engine && open != '(' && source.0 == source.1;
                let severity = if is_mark { Severity::Block } else { Severity::Warn };
                findings.extend(self.finding(severity, format!("what stands in `{open}{close}` is lost")));
            }
        }
        findings
    }
}

/// How often each mark of each pair stands in a text.
fn counts(text: &str) -> [(usize, usize); PAIRS.len()] {
    let mut counts = [(0, 0); PAIRS.len()];
    for character in text.chars().map(narrow) {
        for (count, [open, close]) in counts.iter_mut().zip(PAIRS) {
            count.0 += usize::from(character == open);
            count.1 += usize::from(character == close);
        }
    }
    counts
}

/// The full-width parentheses of Chinese and Japanese as the ones they stand for.
fn narrow(character: char) -> char {
    match character {
        '（' => '(',
        '）' => ')',
        '［' => '[',
        '］' => ']',
        other => other,
    }
}
