//! Brackets stay in balance, and no parenthesis is added: engines explain themselves in them (`(em inglês)`).

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

pub(super) struct Brackets;

impl Check for Brackets {
    fn name(&self) -> &'static str {
        "brackets"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let count = |text: &str, wanted: char| {
            text.chars().filter(|character| *character == wanted || narrow(*character) == wanted).count()
        };
        let mut findings = Vec::new();
        for (open, close) in PAIRS {
            let source = (count(&subject.source_text, open), count(&subject.source_text, close));
            let target = (count(&subject.target_text, open), count(&subject.target_text, close));
            if source.0 == source.1 && target.0 != target.1 {
                findings.extend(self.finding(Severity::Warn, format!("`{open}` and `{close}` are out of balance")));
            } else if open == '(' && target.0 > source.0 {
                findings.extend(self.finding(Severity::Warn, "the translation adds a parenthesis".to_owned()));
            }
        }
        findings
    }
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
