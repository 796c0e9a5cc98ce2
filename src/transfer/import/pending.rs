//! Collects the lines of one incident until all are there, so that it is verified and stored as a whole. Each problem
//! is reported with its line.

use serde::de::DeserializeOwned;

use super::safety;
use crate::transfer::extent;
use polypost_core::exchange::archive::{Extent, RowKind, RowLine};
use polypost_core::id::IncidentId;
use polypost_store::archive::{
    ExportedIncident, Fault, IncidentRow, RevisionRow, RowLocation, Rows, TranslationRow, VersionRow,
};

/// An incident's rows so far, and the line of each.
pub(super) struct PendingIncident {
    line: u64,
    extent: Extent,
    rows: Rows,
    revision_lines: Vec<u64>,
    translation_lines: Vec<u64>,
    version_lines: Vec<u64>,
    /// Whether there were more lines than the incident's own says.
    is_overfull: bool,
}

impl PendingIncident {
    pub(super) fn new(line: u64, incident: IncidentRow, extent: Extent) -> Self {
        let rows = Rows { incident, revisions: Vec::new(), translations: Vec::new(), versions: Vec::new() };
        Self {
            line,
            extent,
            rows,
            revision_lines: Vec::new(),
            translation_lines: Vec::new(),
            version_lines: Vec::new(),
            is_overfull: false,
        }
    }

    pub(super) fn id(&self) -> &IncidentId {
        &self.rows.incident.id
    }

    /// The incident's own line.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Takes a line of a revision, translation or version.
    pub(super) fn take(&mut self, line: RowLine<'_>) -> Result<(), String> {
        let Self { rows, extent, .. } = self;
        let id = &rows.incident.id;
        let taken = match line.kind {
            RowKind::Revision => {
                let row = owned(line, id, |row: &RevisionRow| &row.incident)?;
                add(row, line, &mut rows.revisions, &mut self.revision_lines, extent.revisions)
            }
            RowKind::Translation => {
                let row = owned(line, id, |row: &TranslationRow| &row.incident)?;
                add(row, line, &mut rows.translations, &mut self.translation_lines, extent.translations)
            }
            _ => {
                let row = owned(line, id, |row: &VersionRow| &row.incident)?;
                add(row, line, &mut rows.versions, &mut self.version_lines, extent.versions)
            }
        };
        self.is_overfull |= taken.is_err();
        taken
    }

    /// All rows, in order; or every problem with its line.
    pub(super) fn finish(self) -> Result<ExportedIncident, Vec<(u64, String)>> {
        let there = extent(&self.rows);
        if self.is_overfull {
            return Err(vec![(self.line, "it has more lines than its first one counts".to_owned())]);
        }
        if there != self.extent {
            return Err(vec![(self.line, missing(there, self.extent))]);
        }
        let line_of = |location| {
            let line = match location {
                RowLocation::Incident => None,
                RowLocation::Revision(index) => self.revision_lines.get(index),
                RowLocation::Translation(index) => self.translation_lines.get(index),
                RowLocation::Version(index) => self.version_lines.get(index),
            };
            line.copied().unwrap_or(self.line)
        };
        let told = |faults: Vec<Fault>| -> Vec<(u64, String)> {
            faults.into_iter().map(|Fault { location, message }| (line_of(location), message)).collect()
        };
        let exported = ExportedIncident::verify(self.rows).map_err(told)?;
        let unsafe_parts = safety::faults(&exported);
        if unsafe_parts.is_empty() { Ok(exported) } else { Err(told(unsafe_parts)) }
    }
}

/// A row of this incident. One of another does not count: that other's own line was lost.
fn owned<T: DeserializeOwned>(
    line: RowLine<'_>,
    id: &IncidentId,
    owner: impl Fn(&T) -> &IncidentId,
) -> Result<T, String> {
    let row: T = line.row()?;
    match owner(&row) {
        owner if owner == id => Ok(row),
        owner => Err(format!("it is of the incident `{owner}` and stands among those of `{id}`")),
    }
}

/// Adds a row, if no more than those that the incident's line counts are there.
fn add<T>(row: T, line: RowLine<'_>, rows: &mut Vec<T>, lines: &mut Vec<u64>, most: u64) -> Result<(), String> {
    if rows.len() as u64 >= most {
        return Err(format!("the line of its incident counts {most} of this kind, and this is one more"));
    }
    rows.push(row);
    lines.push(line.number);
    Ok(())
}

fn missing(there: Extent, wanted: Extent) -> String {
    let kinds = [
        ("revisions", there.revisions, wanted.revisions),
        ("translations", there.translations, wanted.translations),
        ("versions", there.versions, wanted.versions),
    ];
    let lacks = kinds.into_iter().filter(|(_, there, wanted)| there != wanted);
    let lacks: Vec<String> = lacks.map(|(kind, there, wanted)| format!("{there} of {wanted} {kind}")).collect();
    format!("there are only {} that can be used", lacks.join(", "))
}
