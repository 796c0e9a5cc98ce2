//! Where the source says something in words, the target does too.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

pub(super) struct Empty;

impl Check for Empty {
    fn name(&self) -> &'static str {
        "empty"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if subject.source.letters > 0 && subject.target.letters == 0 {
            self.finding(Severity::Block, "there are no words in the translation".to_owned())
        } else {
            Vec::new()
        }
    }
}
