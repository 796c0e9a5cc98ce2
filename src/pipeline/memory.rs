//! The translation memory: reuses texts that were made for the same segments before, and keeps what engines made. What
//! comes from the memory is checked again like any candidate; nothing here asks an engine.
//!
//! A human's text goes before a machine's, and a text made between the same neighbours before one made elsewhere. Among
//! equals the first that was kept stays, so that entries which did not change stay byte-identical.

mod find_facts;
mod notations;
mod related_locales;
mod transfer;
mod typed;
mod units;

pub(super) use related_locales::{Sibling, siblings};
pub use transfer::{
    MemoryExport, MemoryExportError, MemoryImport, MemoryImportError, MemoryImportProblem, export, import, verify,
};
pub use typed::Maker;
pub use units::UnitContext;

use std::collections::HashMap;

use self::typed::Typed;
use crate::blocking::run_blocking;
use polypost_core::check::{self, Checked, Draft, Origin};
use polypost_core::locale::Locale;
use polypost_core::render::Outcome;
use polypost_core::segment::{self, Segment};
use polypost_store::{Job, MemoryEntry, Store, StoreError};

/// What the memory is asked for one job.
pub(super) struct Memory<'run> {
    store: &'run dyn Store,
    segments: &'run [Segment],
    job: &'run Job,
    /// The engines that would be asked, the preferred one first.
    makers: Vec<Maker<'run>>,
    typed: Vec<Typed>,
    contexts: Vec<String>,
}

impl<'run> Memory<'run> {
    pub(super) fn new(
        store: &'run dyn Store,
        segments: &'run [Segment],
        makers: Vec<Maker<'run>>,
        job: &'run Job,
    ) -> Self {
        let typed: Vec<Typed> = segments.iter().map(Typed::of).collect();
        let contexts = typed::contexts(segments, &typed);
        Self { store, segments, job, makers, typed, contexts }
    }

    /// Fills in what the memory has for the open outcomes: a human's text, be it one for the locales that this one
    /// inherits from, before a machine's. A text that is there already is wanted anew where an operator asked again:
    /// then of machines' texts only those are taken that were made since, by an attempt that came to no end, and a
    /// human's unless it is to be replaced by force.
    ///
    /// # Errors
    /// Where the store did not answer.
    pub(super) async fn recall(&self, outcomes: &mut [Option<Outcome>]) -> Result<(), StoreError> {
        let locale = &self.job.locale;
        let human: Vec<Option<Maker<'_>>> = vec![None];
        let mut sources = vec![(locale.clone(), human.clone())];
        sources.extend(related_locales::parents(locale).into_iter().map(|parent| (parent, human.clone())));
        // What a file says that a machine made is the last resort, unless one engine alone is wanted.
        let imported = self.job.engine.is_none().then(|| Maker { engine: units::MACHINE, variant: String::new() });
        sources.push((locale.clone(), self.makers.iter().cloned().chain(imported).map(Some).collect()));
        self.recall_from(&sources, outcomes).await
    }

    /// As [`recall`](Self::recall), from what the same engines made for other locales.
    ///
    /// # Errors
    /// Where the store did not answer.
    pub(super) async fn recall_siblings(
        &self,
        siblings: &[Sibling<'_>],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), StoreError> {
        let sources: Vec<(Locale, Vec<Option<Maker<'_>>>)> = siblings
            .iter()
            .map(|Sibling { locale, makers }| (locale.clone(), makers.iter().cloned().map(Some).collect()))
            .collect();
        self.recall_from(&sources, outcomes).await
    }

    /// Fills in what is kept under the locales by the makers, the best place first.
    async fn recall_from(
        &self,
        sources: &[(Locale, Vec<Option<Maker<'_>>>)],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), StoreError> {
        let open: Vec<usize> = (0..outcomes.len()).filter(|&index| outcomes[index].is_none()).collect();
        // For each open segment the keys of what may be used, the best first.
        let keys: Vec<Vec<String>> = open
            .iter()
            .map(|&index| {
                let key = |(locale, makers): &(Locale, Vec<Option<Maker<'_>>>)| {
                    let keys = makers.iter().filter_map(|maker| self.key(index, locale, maker.as_ref()));
                    keys.collect::<Vec<String>>()
                };
                sources.iter().flat_map(key).collect()
            })
            .collect();
        let contexts: Vec<String> = open.iter().filter_map(|&index| self.contexts.get(index)).cloned().collect();
        let mut locales: Vec<&Locale> = sources.iter().map(|(locale, _)| locale).collect();
        locales.sort_unstable();
        locales.dedup();
        let mut entries = Vec::new();
        for locale in locales {
            // A key is of one locale: the others' find nothing here.
            entries.extend(self.store.recall(locale, &keys.concat(), &contexts).await?);
        }
        let wanted = entries.iter().filter(|entry| self.is_wanted(entry));
        let entries: HashMap<(&str, Option<&str>), &MemoryEntry> =
            wanted.map(|entry| ((entry.key.as_str(), entry.context.as_deref()), entry)).collect();
        run_blocking(|| {
            for (index, keys) in open.into_iter().zip(&keys) {
                let here = self.contexts.get(index).map(String::as_str);
                let mut sources = keys.iter().flat_map(|key| [(key.as_str(), here), (key.as_str(), None)]);
                let checked = sources.find_map(|source| self.checked(index, entries.get(&source)?));
                outcomes[index] = checked.map(Outcome::of);
            }
        });
        Ok(())
    }

    fn is_wanted(&self, entry: &MemoryEntry) -> bool {
        let Job { again, force, requested_at, .. } = self.job;
        match entry.engine {
            None => !force,
            Some(_) => !(*again || *force) || entry.changed_at >= *requested_at,
        }
    }

    fn key(&self, index: usize, locale: &Locale, maker: Option<&Maker<'_>>) -> Option<String> {
        let typed = self.typed.get(index)?;
        Some(typed.key(&self.job.report.source_locale, locale, maker))
    }

    fn checked(&self, index: usize, entry: &MemoryEntry) -> Option<Checked> {
        let draft = Draft {
            segment: self.segments.get(index)?,
            protected: &self.typed.get(index)?.protected,
            text: &entry.target,
            source: &self.job.report.source_locale,
            target: &self.job.locale,
        };
        check::check(&draft, Origin::Memory { engine: entry.engine.clone(), model: entry.model.clone() }).ok()
    }

    /// Keeps what engines made, under the key of the engine that made it. Where a new text was asked for, it takes the
    /// old one's place.
    ///
    /// # Errors
    /// Where the store did not take it.
    pub(super) async fn remember(
        &self,
        outcomes: impl Iterator<Item = (usize, &Outcome)> + Send,
    ) -> Result<(), StoreError> {
        let replace = self.job.again || self.job.force;
        let now = self.store.clock().now();
        let mut entries = Vec::new();
        for (index, Outcome { checked, .. }) in outcomes {
            let Origin::Machine { engine, model } = checked.origin() else { continue };
            let Some(maker) = self.makers.iter().find(|maker| maker.engine == engine) else { continue };
            let Some((typed, key)) = self.typed.get(index).zip(self.key(index, &self.job.locale, Some(maker))) else {
                continue;
            };
            let entry = MemoryEntry {
                key,
                context: self.contexts.get(index).cloned(),
                source_locale: self.job.report.source_locale.clone(),
                locale: self.job.locale.clone(),
                source: typed.protected.text.clone(),
                target: segment::spell(&typed.protected, checked.target()),
                kinds: typed.kinds.clone(),
                engine: Some(engine.clone()),
                model: model.clone(),
                created_at: now,
                changed_at: now,
            };
            if replace {
                // Neighbours change with the next update: the new text must be the one used everywhere.
                entries.push(MemoryEntry { context: None, ..entry.clone() });
            }
            entries.push(entry);
        }
        if !entries.is_empty() {
            self.store.remember(&entries, replace).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
