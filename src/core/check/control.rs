//! No invisible character is added: controls, line breaks, direction overrides, zero-width characters, private use,
//! towers of combining marks.

use crate::characters::is_invisible;
use crate::finding::{Finding, Severity};
use crate::language::{Language, Trait};

use super::{Check, Subject};

/// More combining marks than this on one letter are no orthography's.
const MOST_MARKS: usize = 4;

pub(super) struct Control;

impl Check for Control {
    fn name(&self) -> &'static str {
        "control"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let source = &subject.source.free;
        let target = subject.target.free.trim();
        if subject.target.plain {
            return Vec::new();
        }
        // Printable ASCII cannot offend, and most texts are little else.
        let suspicious = |character: &char| !matches!(character, ' '..='~') && is_invisible(*character);
        let count = |text: &str, wanted: char| text.chars().filter(|character| *character == wanted).count();
        let mut findings: Vec<Finding> = Vec::new();
        let mut seen = Vec::new();
        for character in target.chars().filter(suspicious) {
            if seen.contains(&character) {
                continue;
            }
            seen.push(character);
            if count(target, character) > count(source, character) {
                let message = format!("the translation adds the invisible character `U+{:04X}`", u32::from(character));
                let severity = severity(character, subject.language());
                findings.extend(self.finding(severity, message));
                // One is enough, and a text full of different ones must not cost the square of its length.
                if severity == Severity::Block {
                    return findings;
                }
            }
        }
        if longest_tower(target) > longest_tower(source).max(MOST_MARKS) {
            findings.extend(self.finding(Severity::Block, "combining marks are heaped on one letter".to_owned()));
        }
        findings
    }
}

fn severity(character: char, language: &Language) -> Severity {
    match character {
        '\u{200C}' | '\u{200D}' if language.is(Trait::NeedsJoiners) => Severity::Info,
        '\u{200E}' | '\u{200F}' | '\u{61C}' if language.is(Trait::RightToLeft) => Severity::Warn,
        '\u{200B}' if language.is(Trait::BreaksAtZeroWidthSpace) => Severity::Info,
        _ => Severity::Block,
    }
}

/// The longest run of combining marks of the Latin, Greek and Cyrillic kind.
fn longest_tower(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        let combining = matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}');
        run = if combining { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
