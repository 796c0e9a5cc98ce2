//! Exports the translation memory as TMX and imports TMX files, a page or a batch at a time whatever the size. The
//! texts of engines and humans are never altered on the way.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::units::{self, UnitContext};
use polypost_core::exchange::tmx::{self, TmxError, TmxReader, TmxRecord, TmxWriter};
use polypost_core::locale::Locale;
use polypost_store::{Memory, MemoryEntry, Remembered, StoreError};

/// Entries read from the store at once.
const PAGE: u32 = 500;

/// Entries written in one transaction: it holds the store's write lock for some ten milliseconds.
const BATCH: usize = 500;

/// Sources whose lines are known while a file is read: some ten megabytes.
const SOURCES: usize = 400_000;

/// Languages counted by name; a file with more is no memory.
const LANGUAGES: usize = 100;

/// The result of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MemoryExport {
    pub entries: u64,
    pub locales: BTreeMap<Locale, u64>,
    /// Entries with characters that no XML file can have.
    pub unwritable: u64,
}

/// The result of an import. Everything counts entries but `units`, `foreign` and `mapped`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MemoryImport {
    pub units: u64,
    pub added: u64,
    /// The same text was there.
    pub known: u64,
    /// Another text was there, and stays.
    pub kept: u64,
    /// Another text was there, and went.
    pub replaced: u64,
    /// Texts that were not taken, each with a [`MemoryImportProblem`]; those of `kept` have one, too.
    pub skipped: u64,
    /// Texts in languages that the program does not publish in, by language.
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
pub struct MemoryImportProblem {
    pub line: u64,
    pub unit: u64,
    pub message: String,
}

/// Why the memory could not be written to a file.
#[derive(Debug, thiserror::Error)]
pub enum MemoryExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the file cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Why a file could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum MemoryImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] TmxError),
}

/// Writes the entries of these locales (of all where none is named).
///
/// # Errors
/// Where the store fails or the file cannot be written.
pub async fn export<W: io::Write>(
    store: &dyn Memory,
    locales: &[Locale],
    source: &Locale,
    to: W,
) -> Result<(MemoryExport, W), MemoryExportError> {
    let mut writer = TmxWriter::new(to, source)?;
    let mut exported = MemoryExport::default();
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
    let mut reader = TmxReader::new(file)?;
    while reader.read()?.is_some() {}
    Ok(())
}

/// Takes what a file has for the program's locales, a batch at a time, so that others write in between. An existing
/// text stays unless `replace` says that the file's is better. `imported` grows as it goes, and is right when it fails,
/// too.
///
/// # Errors
/// Where the store fails, or the file cannot be read on.
pub async fn import(
    store: &dyn Memory,
    file: impl io::Read,
    context: UnitContext<'_>,
    (replace, now): (bool, Timestamp),
    imported: &mut MemoryImport,
    mut problem: impl FnMut(MemoryImportProblem),
) -> Result<(), MemoryImportError> {
    let mut reader = TmxReader::new(file)?;
    let (mut batch, mut locations) = (Vec::new(), Vec::new());
    let mut texts = Texts::default();
    while let Some(read) = reader.read()? {
        imported.units += 1;
        let mut skip = |line, unit, message| {
            imported.skipped += 1;
            problem(MemoryImportProblem { line, unit, message });
        };
        match read {
            TmxRecord::Refused { number, line, reason } => skip(line, number, reason),
            TmxRecord::Unit(unit) => {
                let taken = units::entries(&unit, context, now);
                taken.problems.into_iter().for_each(|message| skip(unit.line, unit.number, message));
                imported.count_languages(taken.foreign, taken.mapped);
                locations.extend(taken.entries.iter().map(|entry| TextLocation {
                    line: unit.line,
                    unit: unit.number,
                    locale: entry.locale.clone(),
                    before: texts.note(entry, unit.line),
                }));
                batch.extend(taken.entries);
            }
        }
        if batch.len() >= BATCH {
            let outcomes = store.remember(&std::mem::take(&mut batch), replace).await?;
            imported.count(&outcomes);
            std::mem::take(&mut locations).iter().zip(outcomes).filter_map(TextLocation::told).for_each(&mut problem);
        }
    }
    let outcomes = store.remember(&batch, replace).await?;
    imported.count(&outcomes);
    locations.iter().zip(outcomes).filter_map(TextLocation::told).for_each(problem);
    Ok(())
}

/// Where a text of the file stands.
struct TextLocation {
    line: u64,
    unit: u64,
    locale: Locale,
    /// The line of the text that the file had for the same source before.
    before: Option<u64>,
}

impl TextLocation {
    /// What is said of a text that is not the only one for its source.
    fn told((place, outcome): (&Self, Remembered)) -> Option<MemoryImportProblem> {
        let Self { line, unit, locale, before } = place;
        let message = match (outcome, before) {
            (Remembered::Kept, Some(before)) => {
                format!("another `{locale}` text for the same source stands in line {before}, and stays")
            }
            (Remembered::Kept, None) => {
                format!("the memory has another `{locale}` text for the same source, which stays")
            }
            (Remembered::Replaced, Some(before)) => {
                format!("it takes the place of another `{locale}` text for the same source, in line {before}")
            }
            _ => return None,
        };
        Some(MemoryImportProblem { line: *line, unit: *unit, message })
    }
}

/// The sources that a file had texts for, up to a bound, by the first bytes of their keys: a mistake costs a wrong line
/// number in a message.
#[derive(Default)]
struct Texts(HashMap<u64, u64>);

impl Texts {
    /// The line of the text before for the same source.
    fn note(&mut self, entry: &MemoryEntry, line: u64) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        (&entry.locale, &entry.key, &entry.context).hash(&mut hasher);
        let source = hasher.finish();
        let before = self.0.get(&source).copied();
        if before.is_none() && self.0.len() < SOURCES {
            self.0.insert(source, line);
        }
        before
    }
}

impl MemoryImport {
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
