//! The target has about as many sentences as the source: an engine that drops one drops it silently.

use crate::finding::{Finding, Severity};

use super::subject::language;
use super::{Check, Subject};

/// From this many sentences on, less than half of them is a loss for certain.
const LONG: usize = 4;

pub(super) struct Sentences;

impl Check for Sentences {
    fn name(&self) -> &'static str {
        "sentences"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        // Thai, Lao, Khmer and Burmese do not end sentences with a mark of these.
        if matches!(language(subject.target_locale), "th" | "lo" | "km" | "my") {
            return Vec::new();
        }
        let source = sentences(&subject.source_text);
        let target = sentences(&subject.target_text);
        if source >= LONG && target * 2 < source {
            self.finding(Severity::Block, format!("the source has `{source}` sentences, the translation `{target}`"))
        } else if source.abs_diff(target) > 1 {
            self.finding(Severity::Warn, format!("the source has `{source}` sentences, the translation `{target}`"))
        } else {
            Vec::new()
        }
    }
}

/// How many sentences a text seems to have: ends followed by something that can begin one, and the last.
fn sentences(text: &str) -> usize {
    let text = text.trim();
    if text.is_empty() {
        return 0;
    }
    let mut ends = 1;
    let mut word = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '。' | '！' | '？' | '।' | '۔' | '؟' if characters.peek().is_some() => ends += 1,
            '.' | '!' | '?' | '…' => {
                while characters
                    .next_if(|next| matches!(next, '.' | '!' | '?' | '…' | '"' | '”' | '»' | ')' | '\'' | '’'))
                    .is_some()
                {}
                let spaced = characters.next_if(|next| next.is_whitespace()).is_some();
                while characters
                    .next_if(|next| next.is_whitespace() || matches!(next, '¿' | '¡' | '"' | '“' | '«' | '('))
                    .is_some()
                {}
                let begins = characters.peek().is_some_and(|next| !next.is_lowercase());
                // `Sr.`, `p.m.`: what stands before an abbreviation's point is short.
                if spaced && begins && word > 2 {
                    ends += 1;
                }
                word = 0;
            }
            letter if letter.is_alphabetic() => word += 1,
            super::subject::HOLE => word = 3,
            _ => word = 0,
        }
    }
    ends
}
