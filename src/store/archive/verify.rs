//! Verifies that an incident's rows fit together. Only what the store itself never breaks is checked, so that rows that
//! fail were damaged on the way.

use std::collections::HashMap;
use std::fmt;

use serde::de::DeserializeOwned;

use super::{AnswerRow, ExportedIncident, MemoryRow, RevisionRow, Rows, TranslationRow, VersionRow};
use crate::database::{Table, View as _, checksum_of};
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, Revision};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

/// Something that is not in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub location: RowLocation,
    pub message: String,
}

/// One of an incident's rows; the numbers are indices of the lists in [`Rows`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLocation {
    Incident,
    Revision(usize),
    Translation(usize),
    Version(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (row, index) = match self.location {
            RowLocation::Incident => return write!(formatter, "its row in `incidents`: {}", self.message),
            RowLocation::Revision(index) => (RevisionRow::TABLE, index),
            RowLocation::Translation(index) => (TranslationRow::TABLE, index),
            RowLocation::Version(index) => (VersionRow::TABLE, index),
        };
        write!(formatter, "row {} of its `{row}`: {}", index + 1, self.message)
    }
}

/// What is found as the rows are gone through.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, location: RowLocation, message: impl Into<String>) {
        self.0.push(Fault { location, message: message.into() });
    }

    fn check(&mut self, location: RowLocation, is_right: bool, message: impl FnOnce() -> String) {
        if !is_right {
            self.add(location, message());
        }
    }

    fn take<T>(&mut self, location: RowLocation, outcome: Result<T, String>) -> Option<T> {
        outcome.map_err(|message| self.add(location, message)).ok()
    }
}

impl ExportedIncident {
    /// Takes rows that are in order.
    ///
    /// # Errors
    /// Everything that is not.
    pub fn verify(rows: Rows) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        check_incident(&rows, &mut faults);
        let reports: Vec<Option<Report>> = rows
            .revisions
            .iter()
            .enumerate()
            .map(|(index, row)| {
                check_owner(&rows.incident.id, &row.incident, RowLocation::Revision(index), &mut faults);
                check_revision(index, row, &mut faults)
            })
            .collect();
        if let Some(Some(newest)) = reports.last() {
            compare(&rows, newest, &mut faults);
        }
        let mut engines = Vec::with_capacity(rows.versions.len());
        let last_versions = check_versions(&rows, &mut engines, &mut faults);
        for (index, row) in rows.translations.iter().enumerate() {
            check_owner(&rows.incident.id, &row.incident, RowLocation::Translation(index), &mut faults);
            check_translation(&rows, index, row, &mut faults);
            check_served(row, last_versions.get(&row.locale), RowLocation::Translation(index), &mut faults);
        }
        let reports: Vec<Report> = reports.into_iter().flatten().collect();
        if faults.0.is_empty() { Ok(Self { rows, reports, engines }) } else { Err(faults.0) }
    }
}

impl MemoryRow {
    /// # Errors
    /// What is not in order.
    pub fn verify(&self) -> Result<(), String> {
        check_keyed(self, &self.key)
    }
}

impl AnswerRow {
    /// # Errors
    /// What is not in order.
    pub fn verify(&self) -> Result<(), String> {
        check_keyed(self, &self.key)
    }
}

fn check_keyed(row: &impl Table, key: &str) -> Result<(), String> {
    check_texts(row)?;
    if key.is_empty() { Err("`key` is empty".to_owned()) } else { Ok(()) }
}

fn check_texts(row: &impl Table) -> Result<(), String> {
    match row.refused_column() {
        Some(column) => Err(format!("`{column}` has the character U+0000, which no text can have in PostgreSQL")),
        None => Ok(()),
    }
}

fn check_owner(incident: &IncidentId, owner: &IncidentId, location: RowLocation, faults: &mut Faults) {
    faults.check(location, incident == owner, || format!("it is of the incident `{owner}`, not of `{incident}`"));
}

fn check_incident(rows: &Rows, faults: &mut Faults) {
    let incident = &rows.incident;
    faults.take(RowLocation::Incident, check_texts(incident));
    let there = rows.revisions.len();
    faults.check(RowLocation::Incident, usize::try_from(incident.revision.0) == Ok(there) && there > 0, || {
        format!("`revision` is `{}`, and there are {there} revisions", incident.revision)
    });
}

fn check_revision(index: usize, row: &RevisionRow, faults: &mut Faults) -> Option<Report> {
    let location = RowLocation::Revision(index);
    faults.take(location, check_texts(row));
    faults.check(location, usize::try_from(row.number.0) == Ok(index + 1), || {
        format!("`number` is `{}`, where {} follows", row.number, index + 1)
    });
    faults.check(location, is_hash(&row.content_hash), || "`content_hash` is not a SHA-256 in hex".to_owned());
    faults.take(location, unseal::<Rendition>("source", &row.source, "source_checksum", &row.source_checksum));
    let report = unseal::<Report>("report", &row.report, "report_checksum", &row.report_checksum);
    let report = faults.take(location, report)?;
    faults.check(location, report.id == row.incident, || {
        format!("`report` is one of the incident `{}`, not of `{}`", report.id, row.incident)
    });
    Some(report)
}

/// What lists show of the newest report is the report's.
fn compare(rows: &Rows, newest: &Report, faults: &mut Faults) {
    let incident = &rows.incident;
    let columns = [
        ("url", incident.url == newest.url),
        ("title", incident.title == newest.title),
        ("status", incident.status == newest.status),
        ("impact", incident.impact == newest.impact),
        ("components", incident.components == newest.components),
        ("source_locale", incident.source_locale == newest.source_locale),
    ];
    for (column, _) in columns.into_iter().filter(|(_, is_right)| !is_right) {
        faults.add(RowLocation::Incident, format!("`{column}` is not that of the newest revision's report"));
    }
}

/// The versions of each locale, and for each version that can be read its engines.
fn check_versions<'rows>(
    rows: &'rows Rows,
    engines: &mut Vec<Vec<String>>,
    faults: &mut Faults,
) -> HashMap<&'rows Locale, Vec<&'rows VersionRow>> {
    let mut versions: HashMap<&Locale, Vec<&VersionRow>> = HashMap::new();
    for row in &rows.translations {
        versions.entry(&row.locale).or_default();
    }
    for (index, row) in rows.versions.iter().enumerate() {
        let location = RowLocation::Version(index);
        check_owner(&rows.incident.id, &row.incident, location, faults);
        faults.take(location, check_texts(row));
        match versions.get_mut(&row.locale) {
            None => faults.add(location, format!("there is no translation into `{}`", row.locale)),
            Some(before) => {
                let next = before.len() + 1;
                faults.check(location, usize::try_from(row.number.0) == Ok(next), || {
                    format!("`number` is `{}`, where {next} follows for `{}`", row.number, row.locale)
                });
                before.push(row);
            }
        }
        check_revision_number(rows, "revision", row.revision, location, faults);
        let rendition = unseal::<Rendition>("rendition", &row.rendition, "checksum", &row.checksum);
        if let Some(rendition) = faults.take(location, rendition) {
            faults.check(location, rendition.title == row.title, || "`title` is not the rendition's".to_owned());
            engines.push(rendition.engines());
        }
    }
    versions
}

fn check_translation(rows: &Rows, index: usize, row: &TranslationRow, faults: &mut Faults) {
    let location = RowLocation::Translation(index);
    faults.take(location, check_texts(row));
    let earlier = rows.translations.get(..index).unwrap_or_default();
    faults.check(location, earlier.last().is_none_or(|before| before.locale < row.locale), || {
        format!("`{}` stands behind a locale that it comes before, or twice", row.locale)
    });
    check_revision_number(rows, "wanted_revision", row.wanted_revision, location, faults);
    faults.check(location, 0 <= row.completed && row.completed <= row.requested, || {
        format!("`completed` is `{}` of `{}` that were `requested`", row.completed, row.requested)
    });
}

fn check_served(row: &TranslationRow, versions: Option<&Vec<&VersionRow>>, location: RowLocation, faults: &mut Faults) {
    let Some(number) = row.served_version else {
        faults.check(location, row.served_revision.is_none() && !row.served_partial, || {
            "there is a `served_revision` or `served_partial`, and no `served_version`".to_owned()
        });
        return;
    };
    let served = versions.and_then(|versions| versions.iter().find(|version| version.number == number));
    let Some(served) = served else {
        faults.add(location, format!("the `served_version` `{number}` is not there"));
        return;
    };
    faults.check(location, row.served_revision == Some(served.revision), || {
        format!("`served_revision` is not that of version {number}, `{}`", served.revision)
    });
    faults.check(location, row.served_partial == served.partial, || {
        format!("`served_partial` is not that of version {number}, `{}`", served.partial)
    });
}

fn check_revision_number(rows: &Rows, column: &str, number: Revision, location: RowLocation, faults: &mut Faults) {
    let newest = rows.incident.revision;
    faults.check(location, (1..=newest.0).contains(&number.0), || {
        format!("`{column}` is `{number}`, and the newest revision is {newest}")
    });
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A document that matches the checksum beside it.
fn unseal<T: DeserializeOwned>(column: &str, text: &str, checksum_column: &str, checksum: &str) -> Result<T, String> {
    if checksum_of(text.as_bytes()) != checksum {
        return Err(format!("`{checksum_column}` does not match `{column}`"));
    }
    serde_json::from_str(text).map_err(|error| format!("`{column}` cannot be understood: {error}"))
}
