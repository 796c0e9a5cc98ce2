//! Converts between units of translators' tools (TMX) and entries of the memory, in both directions.
//!
//! A foreign unit is plain text: its facts are found again on both sides, and where they do not match it is refused.
//! Whatever becomes an entry has passed the checks that a candidate of an engine passes.

mod made;
mod reading;
mod write;

pub(super) use made::MACHINE;
pub(super) use write::unit;

use self::reading::Reading;

use jiff::Timestamp;

use super::related_locales;
use super::typed::Maker;
use polypost_core::exchange::tmx::{TranslationUnit, Variant};
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::segment::Glossary;
use polypost_store::MemoryEntry;

/// The property that marks a unit as ours; its value is the form of such units.
const FORM_KEY: &str = "x-polypost";
const FORM: &str = "1";
const ENGINE: &str = "x-polypost-engine";
const MODEL: &str = "x-polypost-model";
const CONTEXT: &str = "x-polypost-context";
/// Over both texts as they were exported: whether anybody has edited them since.
const DIGEST: &str = "x-polypost-digest";

/// How a placeholder's type begins; user-defined types begin with `x-`.
const KIND: &str = "x-";

/// The locales, terms and engines that units are read for.
#[derive(Clone, Copy, Debug)]
pub struct UnitContext<'run> {
    pub source: &'run Locale,
    pub targets: &'run [Locale],
    pub glossary: &'run Glossary,
    pub bundles: &'run Bundles,
    /// Its engines, for each of the targets: a text that one of them made elsewhere counts as made by the settings that
    /// it has here.
    pub makers: &'run [(Locale, Maker<'run>)],
}

/// The entries that a unit has, and why it has no more.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) entries: Vec<MemoryEntry>,
    /// Why its text in a language was not taken.
    pub(super) problems: Vec<String>,
    /// Languages that are none of the program's, and none that its locales inherit from.
    pub(super) foreign: Vec<String>,
    /// Languages that were taken for a locale of another name.
    pub(super) mapped: Vec<(String, Locale)>,
}

/// Reads a unit.
pub(super) fn entries(unit: &TranslationUnit, context: UnitContext<'_>, now: Timestamp) -> Taken {
    let mut taken = Taken::default();
    let languages: Vec<Option<Locale>> = unit.variants.iter().map(|variant| variant.language.parse().ok()).collect();
    let near_source = |(index, locale): (usize, &Option<Locale>)| {
        let locale = locale.clone()?;
        let far = distance(&locale, context.source).or_else(|| distance(context.source, &locale))?;
        Some((far, index, locale))
    };
    let source = languages.iter().enumerate().filter_map(near_source).min();
    let parents: Vec<Locale> = context.targets.iter().flat_map(related_locales::parents).collect();
    let mut wanted: Vec<(&Locale, usize, &Variant)> = Vec::new();
    for (index, (variant, locale)) in unit.variants.iter().zip(&languages).enumerate() {
        let Some((_, of_source, _)) = &source else {
            taken.foreign.push(variant.language.clone());
            continue;
        };
        if index == *of_source {
            continue;
        }
        let near = context.targets.iter().filter_map(|target| Some((distance(locale.as_ref()?, target)?, target)));
        // What a target inherits from serves it, but is no place for what is said elsewhere.
        let parent = parents.iter().find(|parent| locale.as_ref() == Some(parent)).map(|parent| (0, parent));
        let Some((far, target)) = near.min().or(parent) else {
            taken.foreign.push(variant.language.clone());
            continue;
        };
        // Of several variants of a language the nearest is taken, the first of equals.
        match wanted.iter_mut().find(|(known, ..)| *known == target) {
            Some((_, known, _)) if *known <= far => taken.foreign.push(variant.language.clone()),
            Some(place) => {
                taken.foreign.push(place.2.language.clone());
                *place = (target, far, variant);
            }
            None => wanted.push((target, far, variant)),
        }
    }
    let Some((_, index, locale)) = source.filter(|_| !wanted.is_empty()) else { return taken };
    let Some(source) = unit.variants.get(index) else { return taken };
    for (target, far, variant) in wanted {
        // The glossary's terms are facts where they have a rendering, so that each locale reads the source its own way.
        let reading = match Reading::of(unit, source, locale.clone(), target, context) {
            Ok(reading) => reading,
            Err(problem) => {
                taken.problems.push(problem);
                continue;
            }
        };
        if far > 0 {
            taken.mapped.push((variant.language.clone(), target.clone()));
        }
        match reading.entry(unit, target, variant, now) {
            Ok(entry) => taken.entries.push(entry),
            Err(problem) => taken.problems.push(format!("`{}`: {problem}", variant.language)),
        }
    }
    taken
}

/// How many steps of CLDR's inheritance a locale is away from one that it falls back to: `es-MX` two from `es`.
fn distance(locale: &Locale, ancestor: &Locale) -> Option<usize> {
    if locale.language() != ancestor.language() {
        return None;
    }
    locale.chain().iter().position(|link| link == ancestor)
}

/// Whether this program wrote it.
fn is_own(unit: &TranslationUnit) -> Result<bool, String> {
    match unit.property(FORM_KEY) {
        None => Ok(false),
        Some(FORM) => Ok(true),
        Some(_) => Err("it was exported by a later version of this program".to_owned()),
    }
}

#[cfg(test)]
mod tests;
