//! A whole store as a file: JSON Lines, in UTF-8, one row per line. What a row's fields are is their owner's
//! business. Memory is bounded whatever the file: no more than one line is held.
//!
//! The first line says what the file is: `{"polypost":"export","format":2,"program":"0.1.0","created_at":"…"}`. Then
//! there is one row per line, an object with the row's kind and in it the table's columns:
//! `{"incident":{…},"rows":{…}}` with how many of each follow, that incident's `{"revision":{…}}`,
//! `{"translation":{…}}` and `{"version":{…}}`; and behind all incidents each `{"memory":{…}}` and each
//! `{"answer":{…}}`. The last line, `{"end":{…}}`, says how many of each there were, so that a file that broke off is
//! noticed.

mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::{ArchiveReader, ArchiveRecord, RowLine};
pub use write::ArchiveWriter;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format that is written. It changes with the tables' columns.
pub const FORMAT: u32 = 2;
/// The oldest that is read, too: in it an incident has `published_at` and `updated_at` for `received_at` and
/// `changed_at`.
pub const OLDEST_FORMAT: u32 = 1;

/// Bytes of one line. The largest report that any configuration lets in has 64 MiB; a usual version has 100 KB.
pub const LINE_BYTES: usize = 256 * 1024 * 1024;

/// The word by which a file is known.
const NAME: &str = "export";

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    polypost: String,
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    pub created_at: Timestamp,
}

/// What a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Incident,
    Revision,
    Translation,
    Version,
    Memory,
    Answer,
}

impl RowKind {
    const ALL: [Self; 6] =
        [Self::Incident, Self::Revision, Self::Translation, Self::Version, Self::Memory, Self::Answer];

    /// As lines write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Revision => "revision",
            Self::Translation => "translation",
            Self::Version => "version",
            Self::Memory => "memory",
            Self::Answer => "answer",
        }
    }
}

/// How many rows of each kind follow an incident's line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extent {
    pub revisions: u64,
    pub translations: u64,
    pub versions: u64,
}

/// How many lines of each kind a file has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub incidents: u64,
    pub revisions: u64,
    pub translations: u64,
    pub versions: u64,
    pub memory: u64,
    pub answers: u64,
}

impl Counts {
    pub fn add(&mut self, kind: RowKind) {
        *match kind {
            RowKind::Incident => &mut self.incidents,
            RowKind::Revision => &mut self.revisions,
            RowKind::Translation => &mut self.translations,
            RowKind::Version => &mut self.versions,
            RowKind::Memory => &mut self.memory,
            RowKind::Answer => &mut self.answers,
        } += 1;
    }
}

/// The line of an incident.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentLine<I> {
    incident: I,
    rows: Extent,
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    end: Counts,
}

/// Why a file cannot be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("line 1: it is not an export of a store: {0}")]
    Foreign(String),
    #[error(
        "line 1: it has the format {format}, written by polypost {program}; this program reads the formats {OLDEST_FORMAT} to {FORMAT}"
    )]
    Format { format: u64, program: String },
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
}
