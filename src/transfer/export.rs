//! Out: each incident in one state, then memory and answers. What is damaged in the store is told and left out, so that
//! everything in the file can be imported.

use std::io;

use jiff::Timestamp;

use super::extent;
use polypost_core::exchange::archive::{ArchiveWriter, Counts, RowKind};
use polypost_store::archive::{Portion, Position, Rows};
use polypost_store::{Store, StoreError};

/// What an export came to: how many rows of each kind were written, and how much was damaged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    #[serde(flatten)]
    pub rows: Counts,
    pub damaged: u64,
}

/// Why a store could not be written to a file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the file cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Writes everything that a store has but for leases. `damage` gets to know of everything that was left out.
///
/// # Errors
/// Where the store does not answer or the file takes no more.
pub async fn export<W: io::Write>(
    store: &dyn Store,
    to: W,
    now: Timestamp,
    mut damage: impl FnMut(String),
) -> Result<(Exported, W), ExportError> {
    let mut writer = ArchiveWriter::new(to, now)?;
    let mut damaged = 0;
    let mut position = Position::Start;
    while let Some(page) = store.archive(&position).await? {
        damaged += page.damages.len() as u64;
        page.damages.into_iter().for_each(&mut damage);
        match &page.portion {
            Some(Portion::Incident(dossier)) => write_incident(&mut writer, dossier.rows())?,
            Some(Portion::Memory(texts)) => write_all(&mut writer, RowKind::Memory, texts)?,
            Some(Portion::Answers(answers)) => write_all(&mut writer, RowKind::Answer, answers)?,
            None => {}
        }
        position = page.next;
    }
    let (rows, to) = writer.finish()?;
    Ok((Exported { rows, damaged }, to))
}

fn write_incident<W: io::Write>(writer: &mut ArchiveWriter<W>, rows: &Rows) -> io::Result<()> {
    writer.write_incident(&rows.incident, extent(rows))?;
    write_all(writer, RowKind::Revision, &rows.revisions)?;
    write_all(writer, RowKind::Translation, &rows.translations)?;
    write_all(writer, RowKind::Version, &rows.versions)
}

fn write_all<W: io::Write, T: serde::Serialize>(
    writer: &mut ArchiveWriter<W>,
    kind: RowKind,
    rows: &[T],
) -> io::Result<()> {
    rows.iter().try_for_each(|row| writer.write(kind, row))
}
