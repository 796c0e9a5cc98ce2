//! Spanish opens its questions and exclamations: `¿…?`, `¡…!`.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

const PAIRS: [(char, char); 2] = [('¿', '?'), ('¡', '!')];

pub(super) struct Inverted;

impl Check for Inverted {
    fn name(&self) -> &'static str {
        "inverted"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        // Galician and Asturian may, Catalan does no longer.
        if subject.language() != "es" || subject.target.is_disguised() {
            return Vec::new();
        }
        let text = &subject.target.free;
        let unopened = PAIRS.iter().find(|(open, close)| {
            // `?!` and `!!` are one mark.
            let marks =
                |wanted: char| text.split(wanted).filter(|between| between.contains(char::is_alphabetic)).count();
            text.contains(*close) && !text.contains(*open) && marks(*close) > 0
        });
        match unopened {
            Some((open, close)) => self.finding(Severity::Warn, format!("`{close}` stands there without `{open}`")),
            None => Vec::new(),
        }
    }
}
