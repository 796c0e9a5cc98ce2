//! Refuses what a file may not bring into a store. Its checksums prove that it is whole, not that this program wrote
//! it: so HTML has to equal its sanitised form, addresses have to be such as publishers may give, a text of one line
//! has no control characters, and no text has NUL.

use serde_json::Value;

use polypost_core::intake::stored;
use polypost_core::quoting::excerpt;
use polypost_core::render::{Rendition, forms};
use polypost_store::archive::{ExportedIncident, Fault, RowLocation};

/// Everything that may not be stored.
pub(super) fn faults(exported: &ExportedIncident) -> Vec<Fault> {
    let rows = exported.rows();
    let mut faults = Vec::new();
    let mut add = |location: RowLocation, column: &str, reasons: Vec<String>| {
        faults.extend(reasons.into_iter().map(|reason| Fault { location, message: format!("`{column}`: {reason}") }));
    };
    for (index, (row, report)) in rows.revisions.iter().zip(exported.reports()).enumerate() {
        let reasons = nul(&row.report).into_iter().chain(stored::faults(report));
        add(RowLocation::Revision(index), "report", reasons.collect());
        add(RowLocation::Revision(index), "source", rendition(&row.source));
    }
    for (index, row) in rows.versions.iter().enumerate() {
        let mut reasons = rendition(&row.rendition);
        let own = rows.revisions.iter().find(|revision| revision.number == row.revision);
        reasons.extend(own.and_then(|revision| added(&revision.source, &row.rendition)));
        add(RowLocation::Version(index), "rendition", reasons);
    }
    faults
}

fn rendition(text: &str) -> Vec<String> {
    let mut reasons = nul(text);
    let Ok(Rendition { title, body, .. }) = serde_json::from_str::<Rendition>(text) else { return reasons };
    // Line breaks are harmless.
    if title.chars().any(|character| character.is_control() && !character.is_whitespace()) {
        reasons.push("`title` has a control character".to_owned());
    }
    reasons.extend(stored::direction(&title).map(|reason| format!("`title` {reason}")));
    if !forms::is_sanitised(&body.html) {
        reasons.push(
            "`body.html` is not sanitised: it has elements, attributes or links that readers may not get".to_owned(),
        );
    }
    reasons
}

/// A link or an element that a translation's Markdown has and its source's has not. The source's is its publisher's
/// own, who may write what they like; readers get its HTML.
fn added(source: &str, version: &str) -> Option<String> {
    let read = |text: &str| serde_json::from_str::<Rendition>(text).ok().map(|rendition| rendition.body.markdown);
    let (source, version) = (forms::active(&read(source)?), forms::active(&read(version)?));
    let added = version.into_iter().find(|active| !source.contains(active))?;
    Some(format!("`body.markdown` has `{}`, which its source has not", excerpt(&added)))
}

/// JSON writes the character as an escape, so that the text itself has none.
fn nul(text: &str) -> Vec<String> {
    if !text.contains("\\u0000") {
        return Vec::new();
    }
    let has_nul = serde_json::from_str::<Value>(text).is_ok_and(|value| is_in(&value));
    Vec::from_iter(has_nul.then(|| "a text has the character U+0000".to_owned()))
}

/// Whether a string has it, or a key. JSON of a file is no deeper than what reads it allows.
fn is_in(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(is_in),
        Value::Object(fields) => fields.iter().any(|(key, value)| key.contains('\0') || is_in(value)),
        _ => false,
    }
}
