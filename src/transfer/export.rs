//! Writes a store to a file: each incident as of one moment, then the translation memory and the idempotent answers.
//! What is damaged in the store is reported and left out, so that everything in the file can be imported.

use std::io;

use jiff::Timestamp;

use super::extent;
use polypost_core::exchange::archive::{ArchiveWriter, Counts, RowKind};
use polypost_store::archive::{Chunk, Position, Rows};
use polypost_store::{Archive, StoreError};

/// The result of an export: how many rows of each kind were written, and how much was damaged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct StoreExport {
    #[serde(flatten)]
    pub rows: Counts,
    pub damaged: u64,
}

/// Why a store could not be written to a file.
#[derive(Debug, thiserror::Error)]
pub enum StoreExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the file cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Writes everything that a store has but for leases. `damage` is called for everything that was left out.
///
/// # Errors
/// Where the store fails or the file cannot be written.
pub async fn export<W: io::Write>(
    store: &dyn Archive,
    to: W,
    now: Timestamp,
    mut damage: impl FnMut(String),
) -> Result<(StoreExport, W), StoreExportError> {
    let mut writer = ArchiveWriter::new(to, now)?;
    let mut damaged = 0;
    let mut position = Position::Start;
    while let Some(page) = store.archive(&position).await? {
        damaged += page.damages.len() as u64;
        page.damages.into_iter().for_each(&mut damage);
        match &page.chunk {
            Some(Chunk::Incident(exported)) => write_incident(&mut writer, exported.rows())?,
            Some(Chunk::Memory(texts)) => write_all(&mut writer, RowKind::Memory, texts)?,
            Some(Chunk::Answers(answers)) => write_all(&mut writer, RowKind::Answer, answers)?,
            None => {}
        }
        position = page.next;
    }
    let (rows, to) = writer.finish()?;
    Ok((StoreExport { rows, damaged }, to))
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
