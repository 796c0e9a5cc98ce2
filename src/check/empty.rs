//! Where the source says something in words, the target does too.

use crate::finding::{Finding, Severity};

use super::subject::letters;
use super::{Check, Subject};

pub(super) struct Empty;

impl Check for Empty {
    fn name(&self) -> &'static str {
        "empty"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if letters(&subject.source_text) > 0 && letters(&subject.target_text) == 0 {
            self.finding(Severity::Block, "there are no words in the translation".to_owned())
        } else {
            Vec::new()
        }
    }
}
