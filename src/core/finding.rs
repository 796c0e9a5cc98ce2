//! What the program notices about a text: data, not errors. Findings travel with a version to operators and readers.

use serde::{Deserialize, Serialize};

/// What follows from a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Published, and an operator should look.
    Warn,
    /// The candidate is not published.
    Block,
}

/// One thing noticed, by whom, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's name in kebab case: `placeholders`, `timestamp-disagrees`.
    pub check: String,
    pub severity: Severity,
    /// One sentence in lower case, values in backticks.
    pub message: String,
    /// The segment it is about; `None` where it is about the whole report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
}

impl Finding {
    #[must_use]
    pub fn new(check: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self { check: check.to_owned(), severity, message: message.into(), segment: None }
    }

    #[must_use]
    pub fn at(mut self, segment: &str) -> Self {
        self.segment = Some(segment.to_owned());
        self
    }
}
