//! Spanish opens its questions and exclamations: `¿…?`, `¡…!`.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

pub(super) struct Inverted;

impl Check for Inverted {
    fn name(&self) -> &'static str {
        "inverted"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        // Galician and Asturian may, Catalan does no longer.
        let pairs = subject.language().opening_marks;
        if pairs.is_empty() || subject.is_disguised() {
            return Vec::new();
        }
        let text = &subject.target.free;
        let asks = |close| text.split_once(close).is_some_and(|(before, _)| before.contains(char::is_alphabetic));
        let unopened = pairs.iter().find(|(open, close)| asks(*close) && !text.contains(*open));
        match unopened {
            Some((open, close)) => self.finding(Severity::Warn, format!("`{close}` stands there without `{open}`")),
            None => Vec::new(),
        }
    }
}
