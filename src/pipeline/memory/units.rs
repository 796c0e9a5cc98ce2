//! Units and entries: a unit of a translators' tool comes in, the memory's entries for the house's locales go out, or
//! why it has none; and an entry comes in, the unit that says all of it goes out.
//!
//! A foreign unit is plain text: its facts are found again on both sides, and where they do not match it is refused.
//! Whatever becomes an entry has passed the checks that a candidate of an engine passes.

mod write;

pub(super) use write::unit;

use std::collections::HashMap;

use jiff::Timestamp;

use super::places::{self, Part};
use super::typed::{Maker, Typed};
use crate::check::{self, Draft, Origin};
use crate::document::{Block, BlockKind, Inline, InlineKind, Syntax};
use crate::exchange::tmx::{Piece, Unit, Variant};
use crate::finding::{Finding, Severity};
use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::render::notation::Notation;
use crate::segment::{self, Glossary, Segment, Span, Treatment};
use crate::store::MemoryEntry;

/// The property that marks a unit as ours; its value is the form of such units.
const FORM_KEY: &str = "x-polypost";
const FORM: &str = "1";
const ENGINE: &str = "x-polypost-engine";
const MODEL: &str = "x-polypost-model";
const CONTEXT: &str = "x-polypost-context";

/// How a placeholder's type begins; user-defined types begin with `x-`.
const KIND: &str = "x-";

/// What units are read for.
#[derive(Clone, Copy, Debug)]
pub struct House<'run> {
    pub source: &'run Locale,
    pub targets: &'run [Locale],
    pub glossary: &'run Glossary,
    pub bundles: &'run Bundles,
    /// Its engines, for each of the targets: a text that one of them made elsewhere counts as made by the settings that
    /// it has here.
    pub makers: &'run [(Locale, Maker<'run>)],
}

/// What a unit came to.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) entries: Vec<MemoryEntry>,
    /// Why its text in a language was not taken.
    pub(super) problems: Vec<String>,
    /// Languages that are none of the house's.
    pub(super) foreign: Vec<String>,
    /// Languages that were taken for a locale of another name.
    pub(super) mapped: Vec<(String, Locale)>,
}

/// Reads a unit.
pub(super) fn entries(unit: &Unit, house: House<'_>, now: Timestamp) -> Taken {
    let mut taken = Taken::default();
    let languages: Vec<Option<Locale>> = unit.variants.iter().map(|variant| variant.language.parse().ok()).collect();
    let near_source = |(index, locale): (usize, &Option<Locale>)| {
        let locale = locale.clone()?;
        let far = distance(&locale, house.source).or_else(|| distance(house.source, &locale))?;
        Some((far, index, locale))
    };
    let source = languages.iter().enumerate().filter_map(near_source).min();
    let mut wanted: Vec<(&Locale, usize, &Variant)> = Vec::new();
    for (index, (variant, locale)) in unit.variants.iter().zip(&languages).enumerate() {
        let Some((_, of_source, _)) = &source else {
            taken.foreign.push(variant.language.clone());
            continue;
        };
        if index == *of_source {
            continue;
        }
        let near = house.targets.iter().filter_map(|target| Some((distance(locale.as_ref()?, target)?, target)));
        let Some((far, target)) = near.min() else {
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
        let reading = match Reading::of(unit, source, locale.clone(), target, house) {
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

/// A unit's source text, read like a report's.
struct Reading<'run> {
    house: House<'run>,
    locale: Locale,
    segment: Segment,
    typed: Typed,
    /// The spans of placeholders by their `x`, and of marks by their `i`: opening and closing.
    placeholders: HashMap<u32, usize>,
    marks: HashMap<(u32, bool), usize>,
    engine: Option<String>,
}

impl<'run> Reading<'run> {
    fn of(unit: &Unit, source: &Variant, locale: Locale, target: &Locale, house: House<'run>) -> Result<Self, String> {
        let own = is_own(unit)?;
        let mut kinds: HashMap<usize, String> = HashMap::new();
        let mut placed: HashMap<u32, usize> = HashMap::new();
        let mut inlines = Vec::new();
        for piece in &source.pieces {
            let inline = match piece {
                Piece::Text(text) => InlineKind::Text(text.clone()),
                Piece::Open { i, .. } => InlineKind::Open { pair: *i as usize },
                Piece::Close { i } => InlineKind::Close { pair: *i as usize },
                Piece::Placeholder { x, kind } => {
                    let kind = kind.as_deref().and_then(|kind| kind.strip_prefix(KIND)).filter(|_| own);
                    let (Some(x), Some(kind)) = (x, kind) else {
                        return Err(
                            "it has a placeholder of another program, which stands for nothing known".to_owned()
                        );
                    };
                    kinds.insert(inlines.len(), kind.to_owned());
                    placed.insert(*x, inlines.len());
                    InlineKind::Atom { text: "…".to_owned() }
                }
            };
            inlines.push(Inline { range: 0..0, kind: inline });
        }
        let block = Block { range: 0..0, kind: BlockKind::Paragraph, syntax: Syntax::Plain, inlines };
        let segment = segment::segment(&block, &locale, house.glossary.for_locale(target));
        if segment.treatment != Treatment::Translate {
            return Err("there is nothing in it to translate: the program writes such a text itself".to_owned());
        }
        let typed = Typed::with(&segment, |span| match span {
            Span::Code { inline, .. } => kinds.get(inline).cloned(),
            _ => None,
        });
        let code = |wanted: usize| {
            segment.spans.iter().position(|span| matches!(span, Span::Code { inline, .. } if *inline == wanted))
        };
        let placeholders = placed.into_iter().filter_map(|(x, inline)| Some((x, code(inline)?))).collect();
        let marks = segment.spans.iter().enumerate().filter_map(|(index, span)| match span {
            Span::Open { pair, .. } => Some(((u32::try_from(*pair).ok()?, true), index)),
            Span::Close { pair, .. } => Some(((u32::try_from(*pair).ok()?, false), index)),
            _ => None,
        });
        let marks = marks.collect();
        let engine = unit.property(ENGINE).filter(|engine| own && !engine.is_empty()).map(str::to_owned);
        // What was exported names the locale as the reports do.
        let locale = if own { locale } else { house.source.clone() };
        Ok(Self { house, locale, segment, typed, placeholders, marks, engine })
    }

    fn entry(&self, unit: &Unit, locale: &Locale, target: &Variant, now: Timestamp) -> Result<MemoryEntry, String> {
        let parts = target.pieces.iter().map(|piece| self.part(piece)).collect::<Result<Vec<Part>, String>>()?;
        let notation = Notation::new(locale, self.house.bundles);
        let placed = places::place(&self.segment, &parts, &notation)?;
        let text = segment::spell(&self.typed.protected, &placed);
        let draft = Draft {
            segment: &self.segment,
            protected: &self.typed.protected,
            text: &text,
            source: &self.locale,
            target: locale,
        };
        let checked = check::check(&draft, Origin::Memory { engine: self.engine.clone(), model: None });
        let checked = checked.map_err(|findings| {
            let reason = findings.iter().find(|finding| finding.severity == Severity::Block);
            let said =
                |finding: &Finding| format!("it does not pass the check `{}`: {}", finding.check, finding.message);
            reason.map_or_else(|| "it does not pass the checks".to_owned(), said)
        })?;
        let maker = self.engine.as_deref().map(|engine| {
            let is_known = |(target, maker): &&(Locale, Maker<'_>)| target == locale && maker.engine == engine;
            let known = self.house.makers.iter().find(is_known).map(|(_, maker)| maker.clone());
            known.unwrap_or(Maker { engine, variant: String::new() })
        });
        Ok(MemoryEntry {
            key: self.typed.key(&self.locale, locale, maker.as_ref()),
            context: unit.property(CONTEXT).filter(|context| !context.is_empty()).map(str::to_owned),
            source_locale: self.locale.clone(),
            locale: locale.clone(),
            source: self.typed.protected.text.clone(),
            target: segment::spell(&self.typed.protected, checked.target()),
            kinds: self.typed.kinds.clone(),
            model: unit.property(MODEL).filter(|_| self.engine.is_some()).map(str::to_owned),
            engine: self.engine.clone(),
            created_at: unit.created_at.unwrap_or(now),
            changed_at: unit.changed_at.or(unit.created_at).unwrap_or(now),
        })
    }

    fn part(&self, piece: &Piece) -> Result<Part, String> {
        let index = match piece {
            Piece::Text(text) if has_lookalike(text) => {
                return Err("it has a text that looks like a placeholder".to_owned());
            }
            Piece::Text(text) => return Ok(Part::Text(text.clone())),
            Piece::Placeholder { x, .. } => x.and_then(|x| self.placeholders.get(&x)),
            Piece::Open { i, .. } => self.marks.get(&(*i, true)),
            Piece::Close { i } => self.marks.get(&(*i, false)),
        };
        index.map(|index| Part::Span(*index)).ok_or_else(|| "it has a placeholder that the source has not".to_owned())
    }
}

/// Whether this program wrote it.
fn is_own(unit: &Unit) -> Result<bool, String> {
    match unit.property(FORM_KEY) {
        None => Ok(false),
        Some(FORM) => Ok(true),
        Some(_) => Err("it was exported by a later version of this program".to_owned()),
    }
}

/// `[PH1]`, `[ ph 12 ]`: what restoring would take for a placeholder.
fn has_lookalike(text: &str) -> bool {
    text.match_indices('[').any(|(at, _)| {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start();
        let digits = inside.get(2..).filter(|_| inside.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("ph")));
        digits.is_some_and(|digits| digits.trim_start().starts_with(|digit: char| digit.is_numeric()))
    })
}

#[cfg(test)]
mod tests;
