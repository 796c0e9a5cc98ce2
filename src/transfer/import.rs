//! In: lines come in, each incident is put together, verified and stored as a whole or not at all, and texts and
//! answers in batches. Every line that cannot be used is told; the others are used all the same. What the store has
//! already stays.

mod gathering;

use std::io;

use serde::Serialize;

use self::gathering::Gathering;
use crate::exchange::archive::{ArchiveError, Counts, Kind, Line, Read, Reader};
use crate::store::archive::{AnswerRow, Dossier, IncidentRow, MemoryRow, Portion, Restored};
use crate::store::{Store, StoreError};

/// Texts or answers stored in one transaction, and bytes of their lines.
const BATCH: usize = 500;
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// What an import came to. It grows as it goes, and is right when it fails, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub incidents: Tally,
    pub memory: Tally,
    pub answers: Tally,
    /// Whether the file had its last line, and every line that this one counts.
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
pub struct Problem {
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
pub enum ImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] ArchiveError),
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::File(error.into())
    }
}

/// Takes everything that a file has. `tell` gets to know of everything that was not taken.
///
/// # Errors
/// Where the store does not answer, or the file is none, or cannot be read on. What was stored before stays, and is
/// found there when the file is imported again.
pub async fn import(
    store: &dyn Store,
    file: impl io::Read,
    imported: &mut Imported,
    tell: impl FnMut(Problem),
) -> Result<(), ImportError> {
    let (_, mut reader) = Reader::new(file)?;
    let mut import = Import {
        store,
        imported,
        tell,
        open: Open::Nothing,
        texts: Batch::default(),
        answers: Batch::default(),
        counts: Counts::default(),
    };
    let mut last = 1;
    let mut end: Option<u64> = None;
    while let Some(read) = reader.read()? {
        last = match &read {
            Read::Row(line) => line.number,
            Read::End { line, .. } | Read::Refused { line, .. } => *line,
        };
        if end.is_some() {
            import.imported.complete = false;
            import.refuse(last, "it stands behind the end");
            continue;
        }
        match read {
            Read::Row(line) => import.take(line).await?,
            Read::Refused { line, reason } => import.refuse(line, reason),
            Read::End { line, counts } => {
                end = Some(line);
                import.finish_incident().await?;
                import.compare(line, counts);
            }
        }
    }
    if end.is_none() {
        import.finish_incident().await?;
        import.refuse(last, "the file breaks off behind it: there is no line with its end");
    }
    import.flush_texts().await?;
    import.flush_answers().await
}

/// The incident whose lines are being read.
enum Open {
    Nothing,
    /// One whose own line could not be used, which has been told.
    Lost,
    Incident(Box<Gathering>),
}

/// Rows with their lines, to be stored at once.
struct Batch<T> {
    rows: Vec<T>,
    lines: Vec<u64>,
    bytes: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), lines: Vec::new(), bytes: 0 }
    }
}

impl<T> Batch<T> {
    fn push(&mut self, row: T, line: Line<'_>) {
        self.rows.push(row);
        self.lines.push(line.number);
        self.bytes += line.bytes();
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= BATCH || self.bytes >= BATCH_BYTES
    }
}

/// An import under way.
struct Import<'run, T> {
    store: &'run dyn Store,
    imported: &'run mut Imported,
    tell: T,
    open: Open,
    texts: Batch<MemoryRow>,
    answers: Batch<AnswerRow>,
    counts: Counts,
}

impl<T: FnMut(Problem)> Import<'_, T> {
    fn refuse(&mut self, line: u64, message: impl Into<String>) {
        self.imported.problems += 1;
        (self.tell)(Problem { line, fate: Fate::Refused, message: message.into() });
    }

    async fn take(&mut self, line: Line<'_>) -> Result<(), ImportError> {
        self.counts.add(line.kind);
        match line.kind {
            Kind::Incident => {
                self.finish_incident().await?;
                self.begin_incident(line);
            }
            Kind::Revision | Kind::Translation | Kind::Version => self.take_row(line),
            Kind::Memory => {
                self.finish_incident().await?;
                match line.row().and_then(|row: MemoryRow| row.verify().map(|()| row)) {
                    Ok(row) => self.texts.push(row, line),
                    Err(reason) => {
                        self.imported.memory.refused += 1;
                        self.refuse(line.number, reason);
                    }
                }
                if self.texts.is_full() {
                    self.flush_texts().await?;
                }
            }
            Kind::Answer => {
                self.finish_incident().await?;
                match line.row().and_then(|row: AnswerRow| row.verify().map(|()| row)) {
                    Ok(row) => self.answers.push(row, line),
                    Err(reason) => {
                        self.imported.answers.refused += 1;
                        self.refuse(line.number, reason);
                    }
                }
                if self.answers.is_full() {
                    self.flush_answers().await?;
                }
            }
        }
        Ok(())
    }

    fn begin_incident(&mut self, line: Line<'_>) {
        self.open = match line.incident::<IncidentRow>() {
            Ok((incident, extent)) => Open::Incident(Box::new(Gathering::new(line.number, incident, extent))),
            Err(reason) => {
                self.imported.incidents.refused += 1;
                self.refuse(line.number, reason);
                Open::Lost
            }
        };
    }

    fn take_row(&mut self, line: Line<'_>) {
        let taken = match &mut self.open {
            Open::Incident(gathering) => gathering.take(line),
            Open::Lost => return,
            Open::Nothing => {
                // The rows behind it have the same reason.
                self.open = Open::Lost;
                Err("the line of its incident is not before it".to_owned())
            }
        };
        if let Err(reason) = taken {
            self.refuse(line.number, reason);
        }
    }

    /// Stores the incident whose lines have been read, if all of them are there and in order.
    async fn finish_incident(&mut self) -> Result<(), ImportError> {
        let Open::Incident(gathering) = std::mem::replace(&mut self.open, Open::Nothing) else { return Ok(()) };
        let (id, first) = (gathering.id().clone(), gathering.line());
        let dossier = match gathering.finish() {
            Ok(dossier) => dossier,
            Err(problems) => {
                self.imported.incidents.refused += 1;
                for (line, message) in problems {
                    self.refuse(line, format!("incident `{id}`: {message}"));
                }
                return Ok(());
            }
        };
        self.store_incident(first, dossier).await
    }

    async fn store_incident(&mut self, line: u64, dossier: Dossier) -> Result<(), ImportError> {
        let id = dossier.rows().incident.id.clone();
        match self.store.restore(&Portion::Incident(Box::new(dossier))).await {
            Ok(outcomes) => {
                for restored in outcomes {
                    self.imported.incidents.add(restored);
                    if restored == Restored::Kept {
                        let message = format!("incident `{id}` is there with another text, and was left alone");
                        (self.tell)(Problem { line, fate: Fate::Kept, message });
                    }
                }
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn flush_texts(&mut self) -> Result<(), ImportError> {
        let Batch { rows, .. } = std::mem::take(&mut self.texts);
        if rows.is_empty() {
            return Ok(());
        }
        for restored in self.store.restore(&Portion::Memory(rows)).await? {
            self.imported.memory.add(restored);
        }
        Ok(())
    }

    async fn flush_answers(&mut self) -> Result<(), ImportError> {
        let Batch { rows, .. } = std::mem::take(&mut self.answers);
        if rows.is_empty() {
            return Ok(());
        }
        for restored in self.store.restore(&Portion::Answers(rows)).await? {
            self.imported.answers.add(restored);
        }
        Ok(())
    }

    /// Whether the file has had what its last line says.
    fn compare(&mut self, line: u64, said: Counts) {
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
            self.refuse(line, format!("there should be {said} lines of `{kind}`, and there are {there}"));
        }
    }
}
