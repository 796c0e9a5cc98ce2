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
    /// The incident's own times, where its publisher gave them; see [`Report::times`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
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

/// When an incident was, for those who read about it. When the program heard of it is another matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Times {
    pub published_at: Timestamp,
    /// When its text was last changed.
    pub updated_at: Timestamp,
    pub started_at: Timestamp,
    /// `None` while it is open.
    pub resolved_at: Option<Timestamp>,
}

/// Whether an entry's status says that the incident ended with it.
fn has_ended(status: Option<&str>) -> bool {
    matches!(status, Some("resolved" | "completed"))
}

/// Whether a status says that the incident is over.
#[must_use]
pub fn is_settled(status: Option<&str>) -> bool {
    matches!(status, Some("resolved" | "completed" | "postmortem"))
}

impl Report {
    /// A report that says nothing but its text.
    #[must_use]
    pub fn new(id: IncidentId, source_locale: Locale, title: impl Into<String>, format: Format, body: &str) -> Self {
        Self {
            id,
            url: None,
            title: title.into(),
            status: None,
            impact: None,
            components: Vec::new(),
            source_locale,
            revised_at: None,
            published_at: None,
            started_at: None,
            resolved_at: None,
            format,
            body: body.to_owned(),
            updates: Vec::new(),
            locales: Vec::new(),
        }
    }

    /// A report for tests that ask for nothing but its body.
    #[cfg(test)]
    pub(crate) fn example(format: Format, body: &str) -> Self {
        let (id, locale) = ("example".parse().expect("an id"), "en".parse().expect("a locale"));
        Self::new(id, locale, "Call recordings unavailable", format, body)
    }

    /// Whether the incident is over, so that its text hardly changes any more.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        is_settled(self.status.as_deref())
    }

    /// The incident's own times (INTERFACE section 4), of a report whose first revision arrived at `first` and whose
    /// newest at `newest`: what the publisher gave, else what the entries tell, else when it arrived here. Nothing was
    /// published before it happened to arrive here in the future, so that a time ahead of that is not believed.
    #[must_use]
    pub fn times(&self, first: Timestamp, newest: Timestamp) -> Times {
        let entries = || self.updates.iter().filter_map(|update| update.at);
        let published_at = self.published_at.or_else(|| entries().min()).unwrap_or(first).min(first);
        let ended = || self.updates.iter().filter(|update| has_ended(update.status.as_deref())).filter_map(|it| it.at);
        // As for what was published: no entry from the future ends the incident.
        let last = || ended().max().or_else(|| entries().max()).unwrap_or(published_at).min(newest);
        let resolved_at = self.resolved_at.or_else(|| self.is_settled().then(last));
        let arrived = if newest > first { newest } else { published_at };
        Times {
            published_at,
            updated_at: self.revised_at.or_else(|| entries().max()).unwrap_or(arrived).min(newest).max(published_at),
            started_at: self.started_at.or_else(|| entries().min()).unwrap_or(published_at),
            resolved_at,
        }
    }

    /// SHA-256 over everything that readers see, in hex: two reports with the same hash are one revision.
    /// `revised_at` and `locales` do not count, since neither changes the text.
    ///
    /// # Errors
    /// Where the report cannot be written as JSON.
    pub fn content_hash(&self) -> Result<String, serde_json::Error> {
        let readers_see = Self { revised_at: None, locales: Vec::new(), ..self.clone() };
        Ok(hex(&Sha256::digest(serde_json::to_vec(&readers_see)?)))
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
