//! Capitals are kept: a text that shouts goes on shouting, one that begins with a capital begins with one.

use crate::finding::{Finding, Severity};

use super::subject::HOLE;
use super::{Check, Subject};

/// From this many letters on, capitals throughout are meant; below, it is an abbreviation (`API`, `SSO`).
const SHOUT: usize = 8;

pub(super) struct Capitals;

impl Check for Capitals {
    fn name(&self) -> &'static str {
        "capitals"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (source, target) = (&subject.source.free, &subject.target.free);
        if subject.source.letters >= SHOUT && is_shouted(source) && !is_shouted(target) {
            return self.finding(Severity::Info, "the source is in capitals, the translation is not".to_owned());
        }
        let (Some(first), Some(other)) = (first(source), first(target)) else { return Vec::new() };
        if first.is_uppercase() && other.is_lowercase() {
            return self.finding(Severity::Info, "the translation does not begin with a capital".to_owned());
        }
        Vec::new()
    }
}

/// Whether no letter is small. Scripts without capitals shout as loud as they can.
fn is_shouted(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

/// The letter that begins a text; a fact begins it in its own way.
fn first(text: &str) -> Option<char> {
    text.chars().find(|character| character.is_alphabetic() || *character == HOLE).filter(|first| *first != HOLE)
}
