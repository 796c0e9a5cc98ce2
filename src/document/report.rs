//! A report as its publisher sent it, whatever the channel: the input of the pipeline.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::IncidentId;
use crate::locale::Locale;

/// The markup of a report's body and of its updates' bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Markdown,
    Html,
    Text,
}

/// One incident report in its source language: one revision's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub id: IncidentId,
    /// Where the official text stands.
    pub url: Option<String>,
    pub title: String,
    /// A status word of INTERFACE section 4, or the publisher's own, kept as it is.
    pub status: Option<String>,
    pub impact: Option<String>,
    #[serde(default)]
    pub components: Vec<String>,
    pub source_locale: Locale,
    /// When the publisher revised the text; decides between texts that arrive out of order.
    pub revised_at: Option<Timestamp>,
    pub format: Format,
    /// Empty where the report consists of updates.
    #[serde(default)]
    pub body: String,
    /// In the order given, which is the order shown.
    #[serde(default)]
    pub updates: Vec<Update>,
    /// The locales asked for; empty means all configured ones.
    #[serde(default)]
    pub locales: Vec<Locale>,
}

/// One entry of a running incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    pub id: String,
    pub at: Option<Timestamp>,
    pub status: Option<String>,
    pub body: String,
}

/// Whether a status says that the incident is over.
#[must_use]
pub fn is_settled(status: Option<&str>) -> bool {
    matches!(status, Some("resolved" | "completed" | "postmortem"))
}

#[cfg(test)]
impl Report {
    /// A report for tests that ask for nothing but its body.
    pub(crate) fn example(format: Format, body: &str) -> Self {
        Self {
            id: IncidentId::from_text("example").expect("an id"),
            url: None,
            title: "Call recordings unavailable".to_owned(),
            status: None,
            impact: None,
            components: Vec::new(),
            source_locale: "en".parse().expect("a locale"),
            revised_at: None,
            format,
            body: body.to_owned(),
            updates: Vec::new(),
            locales: Vec::new(),
        }
    }
}

impl Report {
    /// Whether the incident is over, so that its text hardly changes any more.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        is_settled(self.status.as_deref())
    }

    /// SHA-256 over everything that readers see, in hex: two reports with the same hash are one revision.
    /// `revised_at` and `locales` do not count, since neither changes the text.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let readers_see = Self { revised_at: None, locales: Vec::new(), ..self.clone() };
        // A struct of strings, numbers and lists always serialises.
        let bytes = serde_json::to_vec(&readers_see).unwrap_or_default();
        hex(&Sha256::digest(bytes))
    }
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
