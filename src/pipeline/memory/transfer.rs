//! The memory as a file: the store's entries go out as TMX, and the units of a TMX file come in as entries. Whatever
//! the size, a page or a batch of them is held. What an engine or a human made is not altered on the way.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::units::{self, House};
use crate::exchange::tmx::{self, Read, Reader, TmxError, Writer};
use crate::locale::Locale;
use crate::store::{MemoryEntry, Remembered, Store, StoreError};

/// Entries read from the store at once.
const PAGE: u32 = 500;

/// Entries written in one transaction: it holds the store's write lock for some ten milliseconds.
const BATCH: usize = 500;

/// Languages counted by name; a file with more is no memory.
const LANGUAGES: usize = 100;

/// What an export came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    pub entries: u64,
    pub locales: BTreeMap<Locale, u64>,
    /// Entries with characters that no XML file can have.
    pub unwritable: u64,
}

/// What an import came to; entries but for the first and the last two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub units: u64,
    pub added: u64,
    /// The same text was there.
    pub known: u64,
    /// Another text was there, and stays.
    pub kept: u64,
    /// Another text was there, and went.
    pub replaced: u64,
    /// Texts that were not taken, each with a [`Problem`].
    pub skipped: u64,
    /// Texts in languages that the house does not publish in, by language.
    pub foreign: BTreeMap<String, u64>,
    /// Texts taken for a locale of another name: `es-ES` for `es`.
    pub mapped: BTreeMap<String, Mapped>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mapped {
    pub locale: Locale,
    pub texts: u64,
}

/// Why a text of a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub line: u64,
    pub unit: u64,
    pub message: String,
}

/// Why the memory could not be written to a file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the file cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Why a file could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] TmxError),
}

/// Writes the entries of these locales (of all where none is named).
///
/// # Errors
/// Where the store does not answer or the file takes no more.
pub async fn export<W: io::Write>(
    store: &dyn Store,
    locales: &[Locale],
    source: &Locale,
    to: W,
) -> Result<(Exported, W), ExportError> {
    let mut writer = Writer::new(to, source)?;
    let mut exported = Exported::default();
    let mut last: Option<MemoryEntry> = None;
    loop {
        let page = store.list_memory(locales, last.as_ref(), PAGE).await?;
        for entry in &page {
            let unit = units::unit(entry);
            if tmx::is_writable(&unit) {
                writer.write(&unit)?;
                exported.entries += 1;
                *exported.locales.entry(entry.locale.clone()).or_default() += 1;
            } else {
                exported.unwritable += 1;
            }
        }
        match page.into_iter().next_back() {
            None => return Ok((exported, writer.finish()?)),
            entry => last = entry,
        }
    }
}

/// Reads a file to its end and keeps nothing of it: whether it is well-formed.
///
/// # Errors
/// Where it is not.
pub fn verify(file: impl io::Read) -> Result<(), TmxError> {
    let mut reader = Reader::new(file)?;
    while reader.read()?.is_some() {}
    Ok(())
}

/// Takes what a file has for the house's locales, a batch at a time, so that others write in between. An existing text
/// stays unless `replace` says that the file's is better. `imported` grows as it goes, and is right when it fails, too.
///
/// # Errors
/// Where the store does not answer, or the file cannot be read on.
pub async fn import(
    store: &dyn Store,
    file: impl io::Read,
    house: House<'_>,
    (replace, now): (bool, Timestamp),
    imported: &mut Imported,
    mut problem: impl FnMut(Problem),
) -> Result<(), ImportError> {
    let mut reader = Reader::new(file)?;
    let mut batch = Vec::new();
    while let Some(read) = reader.read()? {
        imported.units += 1;
        let mut skip = |line, unit, message| {
            imported.skipped += 1;
            problem(Problem { line, unit, message });
        };
        match read {
            Read::Refused { number, line, reason } => skip(line, number, reason),
            Read::Unit(unit) => {
                let taken = units::entries(&unit, house, now);
                taken.problems.into_iter().for_each(|message| skip(unit.line, unit.number, message));
                imported.count_languages(taken.foreign, taken.mapped);
                batch.extend(taken.entries);
            }
        }
        if batch.len() >= BATCH {
            imported.count(&store.remember(&std::mem::take(&mut batch), replace).await?);
        }
    }
    imported.count(&store.remember(&batch, replace).await?);
    Ok(())
}

impl Imported {
    fn count(&mut self, outcomes: &[Remembered]) {
        for outcome in outcomes {
            match outcome {
                Remembered::Added => self.added += 1,
                Remembered::Known => self.known += 1,
                Remembered::Kept => self.kept += 1,
                Remembered::Replaced => self.replaced += 1,
            }
        }
    }

    fn count_languages(&mut self, foreign: Vec<String>, mapped: Vec<(String, Locale)>) {
        for language in foreign {
            let known = self.foreign.len() < LANGUAGES || self.foreign.contains_key(&language);
            *self.foreign.entry(if known { language } else { "others".to_owned() }).or_default() += 1;
        }
        for (language, locale) in mapped {
            if self.mapped.len() < LANGUAGES || self.mapped.contains_key(&language) {
                self.mapped.entry(language).or_insert(Mapped { locale, texts: 0 }).texts += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
