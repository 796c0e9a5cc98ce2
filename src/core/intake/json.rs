//! Reads a report from the API's JSON (INTERFACE section 4), or tells every problem at once.

use crate::field_error::FieldError;
use crate::locale::Locale;

use super::fields::{self, FieldErrors, Fields, Unknown};
use super::node::{self, Node};
use super::{Defaults, Received};

/// The field that problems with the whole text are named after.
pub(super) const WHOLE: &str = "report";

/// Reads a report.
///
/// A report without an id gets one that no other has. A locale equal to the source's is ignored, an empty list means
/// all configured ones. Keys that stand twice are a problem; unknown keys are, too, with the nearest known one named.
///
/// # Errors
/// Every problem, each with the path of its field; `report` where the text is no JSON at all.
pub fn report(bytes: &[u8], defaults: Defaults<'_>) -> Result<Received, Vec<FieldError>> {
    let mut problems = FieldErrors::default();
    match read(bytes, &mut problems) {
        Some(fields) => fields.into_report(None, defaults, problems),
        None => Err(problems.0),
    }
}

/// The locales that a report asks for, as far as they can be read: for what is to be said of them beside other
/// problems.
#[must_use]
pub fn locales(bytes: &[u8]) -> Vec<Locale> {
    read(bytes, &mut FieldErrors::default()).map(|fields| fields.locales).unwrap_or_default()
}

/// The fields as far as they are right; `None` where there is no object.
pub(super) fn read(bytes: &[u8], problems: &mut FieldErrors) -> Option<Fields> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match node::json(bytes) {
        Ok(Node::Map(entries)) => {
            Some(fields::read(enveloped(&entries, problems).unwrap_or(&entries), Unknown::Named, problems))
        }
        Ok(other) => {
            problems.push(WHOLE, format!("is {}: a JSON object is wanted", other.kind()));
            None
        }
        Err(error) => {
            problems.push(WHOLE, format!("is not JSON: {error}"));
            None
        }
    }
}

/// The words at the end of an event's type by which publishers take something back.
const ENDINGS: [&str; 4] = ["withdrawn", "deleted", "removed", "unpublished"];

/// The report in the envelope of Standard Webhooks (`{"type": …, "timestamp": …, "data": {…}}`), where it is in one.
fn enveloped<'node>(entries: &'node [(String, Node)], problems: &mut FieldErrors) -> Option<&'node [(String, Node)]> {
    let is_envelope = entries.iter().all(|(name, _)| matches!(name.as_str(), "type" | "timestamp" | "data"));
    let find = |wanted: &str| entries.iter().find(|(name, _)| name == wanted).map(|(_, node)| node);
    let (Some(Node::Text(event)), Some(Node::Map(data))) = (find("type"), find("data")) else { return None };
    if !is_envelope {
        return None;
    }
    // What takes a report back must not publish it.
    if ENDINGS.iter().any(|ending| event.ends_with(ending)) {
        problems.push("type", format!("is `{event}`: an incident is withdrawn by `DELETE /v1/incidents/ID`"));
    }
    Some(data)
}
