//! Reads a store from a file. An incident is verified and stored as a whole or not at all, texts and answers in
//! batches. Every line that cannot be used is reported, and the others are imported all the same. What the store has
//! already is never changed.

mod batch;
mod pending;
mod safety;

use std::io;

use serde::Serialize;

use self::batch::Batch;
use self::pending::PendingIncident;
use polypost_core::exchange::archive::{ArchiveError, ArchiveReader, ArchiveRecord, Counts, RowKind, RowLine};
use polypost_store::archive::{AnswerRow, Chunk, IncidentRow, MemoryRow, Restored};
use polypost_store::{Archive, StoreError};

/// The result of an import. It grows as it goes, and is right when the import fails, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StoreImport {
    pub incidents: Tally,
    pub memory: Tally,
    pub answers: Tally,
    /// Whether the file had its end, and every line that its end counts.
    pub complete: bool,
    /// How often something was refused.
    pub problems: u64,
}

/// What became of the incidents, or of the texts, or of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub added: u64,
    /// The same was there.
    pub known: u64,
    /// Something else was there, and stays.
    pub kept: u64,
    /// Not in order, and not stored.
    pub refused: u64,
}

impl Tally {
    fn add(&mut self, restored: Restored) {
        *match restored {
            Restored::Added => &mut self.added,
            Restored::Known => &mut self.known,
            Restored::Kept => &mut self.kept,
        } += 1;
    }
}

/// Something that the operator should know about a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoreImportProblem {
    pub line: u64,
    pub fate: Fate,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It could not be used.
    Refused,
    /// Something else is in the store, which stays.
    Kept,
}

/// Why an import ended early.
#[derive(Debug, thiserror::Error)]
pub enum StoreImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] ArchiveError),
}

impl From<io::Error> for StoreImportError {
    fn from(error: io::Error) -> Self {
        Self::File(error.into())
    }
}

/// Takes everything that a file has. `tell` is called for everything that was not imported.
///
/// # Errors
/// Where the store fails, or the file is no export, or cannot be read on. What was stored before stays, and is
/// found there when the file is imported again.
pub async fn import(
    store: &dyn Archive,
    file: impl io::Read,
    imported: &mut StoreImport,
    tell: impl FnMut(StoreImportProblem),
) -> Result<(), StoreImportError> {
    let (_, mut reader) = ArchiveReader::new(file)?;
    let (texts, answers) = (Batch::default(), Batch::default());
    let mut import = Import {
        store,
        imported,
        tell,
        open: CurrentIncident::Nothing,
        texts,
        answers,
        counts: Counts::default(),
        end: None,
    };
    let mut last = 1;
    while let Some(read) = reader.read()? {
        last = read.line();
        match read {
            _ if import.end.is_some() => import.refuse(last, "it stands behind the end"),
            ArchiveRecord::Row(line) => import.take(line).await?,
            ArchiveRecord::Refused { line, reason } => import.refuse(line, reason),
            ArchiveRecord::End { counts, .. } => import.end = Some((last, counts)),
        }
    }
    import.finish_incident().await?;
    import.flush().await?;
    import.compare(last);
    Ok(())
}

/// The incident whose lines are being read.
enum CurrentIncident {
    Nothing,
    /// One whose own line could not be used, which has been reported.
    Lost,
    Incident(Box<PendingIncident>),
}

/// An import under way.
struct Import<'run, T> {
    store: &'run dyn Archive,
    imported: &'run mut StoreImport,
    tell: T,
    open: CurrentIncident,
    texts: Batch<MemoryRow>,
    answers: Batch<AnswerRow>,
    counts: Counts,
    /// The last line and what it says.
    end: Option<(u64, Counts)>,
}

impl<T: FnMut(StoreImportProblem)> Import<'_, T> {
    fn refuse(&mut self, line: u64, message: impl Into<String>) {
        self.imported.problems += 1;
        (self.tell)(StoreImportProblem { line, fate: Fate::Refused, message: message.into() });
    }

    async fn take(&mut self, line: RowLine<'_>) -> Result<(), StoreImportError> {
        self.counts.add(line.kind);
        match line.kind {
            RowKind::Revision | RowKind::Translation | RowKind::Version => {
                self.take_row(line);
                return Ok(());
            }
            RowKind::Incident | RowKind::Memory | RowKind::Answer => self.finish_incident().await?,
        }
        let taken = match line.kind {
            RowKind::Memory => self.texts.take(line, MemoryRow::verify),
            RowKind::Answer => self.answers.take(line, AnswerRow::verify),
            _ => self.begin_incident(line),
        };
        if let Err(reason) = taken {
            self.tally(line.kind).refused += 1;
            self.refuse(line.number, reason);
        }
        if self.texts.is_full() || self.answers.is_full() { self.flush().await } else { Ok(()) }
    }

    fn tally(&mut self, kind: RowKind) -> &mut Tally {
        match kind {
            RowKind::Memory => &mut self.imported.memory,
            RowKind::Answer => &mut self.imported.answers,
            _ => &mut self.imported.incidents,
        }
    }

    fn begin_incident(&mut self, line: RowLine<'_>) -> Result<(), String> {
        self.open = CurrentIncident::Lost;
        let (incident, extent) = line.incident::<IncidentRow>()?;
        self.open = CurrentIncident::Incident(Box::new(PendingIncident::new(line.number, incident, extent)));
        Ok(())
    }

    fn take_row(&mut self, line: RowLine<'_>) {
        let taken = match &mut self.open {
            CurrentIncident::Incident(pending) => pending.take(line),
            CurrentIncident::Lost => return,
            CurrentIncident::Nothing => {
                // The rows behind it have the same reason.
                self.open = CurrentIncident::Lost;
                Err("the line of its incident is not before it".to_owned())
            }
        };
        if let Err(reason) = taken {
            self.refuse(line.number, reason);
        }
    }

    /// Stores the incident whose lines have been read, if all of them are there and in order.
    async fn finish_incident(&mut self) -> Result<(), StoreImportError> {
        let CurrentIncident::Incident(pending) = std::mem::replace(&mut self.open, CurrentIncident::Nothing) else {
            return Ok(());
        };
        let (id, line) = (pending.id().clone(), pending.line());
        match pending.finish() {
            Ok(exported) => self.store(RowKind::Incident, Chunk::Incident(Box::new(exported)), &[line]).await,
            Err(problems) => {
                self.imported.incidents.refused += 1;
                for (line, message) in problems {
                    self.refuse(line, format!("incident `{id}`: {message}"));
                }
                Ok(())
            }
        }
    }

    /// Stores the texts and answers that have been read.
    async fn flush(&mut self) -> Result<(), StoreImportError> {
        let (texts, lines) = self.texts.drain();
        self.store(RowKind::Memory, Chunk::Memory(texts), &lines).await?;
        let (answers, lines) = self.answers.drain();
        self.store(RowKind::Answer, Chunk::Answers(answers), &lines).await
    }

    /// Stores a chunk whose rows are in these lines. What a database refuses, and would refuse again, is reported; the
    /// rest of a batch is stored all the same.
    async fn store(&mut self, kind: RowKind, chunk: Chunk, lines: &[u64]) -> Result<(), StoreImportError> {
        let Some((&first, others)) = lines.split_first() else { return Ok(()) };
        match self.store.restore(&chunk).await {
            Ok(outcomes) => {
                for (restored, line) in outcomes.into_iter().zip(lines) {
                    self.tally(kind).add(restored);
                    self.tell_kept(&chunk, restored, *line);
                }
            }
            Err(error @ StoreError::Database(_)) if !error.is_transient() => {
                if others.is_empty() {
                    self.tally(kind).refused += 1;
                    self.refuse(first, error.to_string());
                }
                for (row, line) in split(chunk).into_iter().zip(lines).filter(|_| !others.is_empty()) {
                    Box::pin(self.store(kind, row, &[*line])).await?;
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Reports an incident that has another history in the store. Another text in the memory is to be expected.
    fn tell_kept(&mut self, chunk: &Chunk, restored: Restored, line: u64) {
        if let (Chunk::Incident(exported), Restored::Kept) = (chunk, restored) {
            let id = &exported.rows().incident.id;
            let message = format!("incident `{id}` is in the store with another text, and was left alone");
            (self.tell)(StoreImportProblem { line, fate: Fate::Kept, message });
        }
    }

    /// Compares the lines that were read with the counts in the file's end; `last` is the file's last line.
    fn compare(&mut self, last: u64) {
        let Some((line, said)) = self.end else {
            self.refuse(last, "the file breaks off here: its end is missing");
            return;
        };
        self.imported.complete = said == self.counts;
        let there = self.counts;
        let counts = [
            ("incidents", there.incidents, said.incidents),
            ("revisions", there.revisions, said.revisions),
            ("translations", there.translations, said.translations),
            ("versions", there.versions, said.versions),
            ("memory", there.memory, said.memory),
            ("answers", there.answers, said.answers),
        ];
        for (kind, there, said) in counts.into_iter().filter(|(_, there, said)| there != said) {
            self.refuse(line, format!("it counts {said} lines of `{kind}`, and {there} were there"));
        }
    }
}

/// Each row as a chunk of its own.
fn split(chunk: Chunk) -> Vec<Chunk> {
    match chunk {
        Chunk::Incident(_) => vec![chunk],
        Chunk::Memory(texts) => texts.into_iter().map(|text| Chunk::Memory(vec![text])).collect(),
        Chunk::Answers(answers) => answers.into_iter().map(|answer| Chunk::Answers(vec![answer])).collect(),
    }
}
