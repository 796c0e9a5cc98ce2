//! Reads a unit's source text like a report's, and makes entries of its other texts, if they pass the checks.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;

use super::made::machine;
use super::{CONTEXT, DIGEST, ENGINE, KIND, MODEL, UnitContext, is_own, write};
use crate::pipeline::memory::find_facts::{self, Part, Terms};
use crate::pipeline::memory::notations::Notations;
use crate::pipeline::memory::typed::{Maker, Typed};
use polypost_core::check::{self, Checked, Draft, Origin};
use polypost_core::document::{Block, BlockKind, Inline, InlineKind, PartPosition, Syntax};
use polypost_core::exchange::tmx::{TmxPiece, TranslationUnit, Variant};
use polypost_core::finding::{Finding, Severity};
use polypost_core::locale::Locale;
use polypost_core::render;
use polypost_core::render::notation::Notation;
use polypost_core::segment::{self, Mark, Segment, Span, TargetSpan, Treatment};
use polypost_store::MemoryEntry;

/// A unit's source text, read like a report's.
pub(super) struct Reading<'run> {
    context: UnitContext<'run>,
    locale: Locale,
    segment: Segment,
    typed: Typed,
    /// The source's placeholders, in order, and its marks by their `i`: opening and closing.
    placeholders: Vec<Placeholder>,
    marks: HashMap<(u32, bool), usize>,
    /// Whether this program exported it, and whether it is still as it was then.
    is_own: bool,
    is_unchanged: bool,
}

/// A placeholder of the source text.
struct Placeholder {
    span: usize,
    x: Option<u32>,
    code: String,
}

impl<'run> Reading<'run> {
    pub(super) fn of(
        unit: &TranslationUnit,
        source: &Variant,
        locale: Locale,
        target: &Locale,
        context: UnitContext<'run>,
    ) -> Result<Self, String> {
        let is_own = is_own(unit)?;
        let is_unchanged = is_own && unit.property(DIGEST).is_some_and(|digest| digest == write::digest(unit));
        let mut kinds: HashMap<usize, String> = HashMap::new();
        let mut placed: Vec<(usize, Option<u32>, String)> = Vec::new();
        let mut inlines = Vec::new();
        for piece in prepared(&source.pieces, is_own).iter() {
            let kind = match piece {
                TmxPiece::Text(text) => InlineKind::Text(text.clone()),
                TmxPiece::Open { i, .. } => InlineKind::Open { pair: *i as usize },
                TmxPiece::Close { i } => InlineKind::Close { pair: *i as usize },
                TmxPiece::Placeholder { x, kind, code } => {
                    let told = kind.as_deref().and_then(|kind| kind.strip_prefix(KIND)).filter(|_| is_own);
                    if let Some(kind) = told {
                        kinds.insert(inlines.len(), kind.to_owned());
                    }
                    placed.push((inlines.len(), *x, code.clone()));
                    // A picture is nothing to a reader of the text; another code is.
                    let is_void = told.is_none() && code.trim_start().starts_with("<img");
                    InlineKind::Atom { text: if is_void { String::new() } else { "…".to_owned() } }
                }
            };
            inlines.push(Inline { range: 0..0, kind });
        }
        let segment = if is_unchanged {
            as_exported(&inlines)
        } else {
            let block = Block { range: 0..0, kind: BlockKind::Paragraph, syntax: Syntax::Plain, inlines };
            segment::segment(&block, &locale, context.glossary.for_locale(target))
        };
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
        let placeholders =
            placed.into_iter().filter_map(|(inline, x, text)| Some(Placeholder { span: code(inline)?, x, code: text }));
        let placeholders = placeholders.collect();
        let marks = segment.spans.iter().enumerate().filter_map(|(index, span)| match span {
            Span::Open { pair, .. } => Some(((u32::try_from(*pair).ok()?, true), index)),
            Span::Close { pair, .. } => Some(((u32::try_from(*pair).ok()?, false), index)),
            _ => None,
        });
        let marks = marks.collect();
        // What was exported names the locale as the reports do.
        let locale = if is_own { locale } else { context.source.clone() };
        Ok(Self { context, locale, segment, typed, placeholders, marks, is_own, is_unchanged })
    }

    pub(super) fn entry(
        &self,
        unit: &TranslationUnit,
        locale: &Locale,
        target: &Variant,
        now: Timestamp,
    ) -> Result<MemoryEntry, String> {
        let (engine, model) = if self.is_own {
            let engine = unit.property(ENGINE).filter(|engine| !engine.is_empty()).map(str::to_owned);
            let model = unit.property(MODEL).filter(|_| engine.is_some()).map(str::to_owned);
            (engine, model)
        } else {
            (machine(&target.made.or(&unit.made)).map(str::to_owned), None)
        };
        let parts = self.parts(&target.pieces)?;
        let text = if self.is_unchanged {
            segment::spell(&self.typed.protected, &as_placed(&parts))
        } else {
            let checked = self.checked(&parts, locale, engine.as_ref())?;
            segment::spell(&self.typed.protected, checked.target())
        };
        let maker = engine.as_deref().map(|engine| {
            let is_known = |(target, maker): &&(Locale, Maker<'_>)| target == locale && maker.engine == engine;
            let known = self.context.makers.iter().find(is_known).map(|(_, maker)| maker.clone());
            known.unwrap_or(Maker { engine, variant: String::new() })
        });
        Ok(MemoryEntry {
            key: self.typed.key(&self.locale, locale, maker.as_ref()),
            context: unit.property(CONTEXT).filter(|context| !context.is_empty()).map(str::to_owned),
            source_locale: self.locale.clone(),
            locale: locale.clone(),
            source: self.typed.protected.text.clone(),
            target: text,
            kinds: self.typed.kinds.clone(),
            model,
            engine,
            created_at: unit.created_at.unwrap_or(now),
            changed_at: unit.changed_at.or(unit.created_at).unwrap_or(now),
        })
    }

    /// The text with its facts and terms in their places. Its terms are the glossary's where that changes no word of
    /// it; else they stay the words that somebody has chosen.
    fn checked(&self, parts: &[Part], locale: &Locale, engine: Option<&String>) -> Result<Checked, String> {
        let notation = Notation::new(locale, self.context.bundles);
        let notations = Notations::of(locale, &notation);
        let checked = |terms| {
            let placed = find_facts::locate(&self.segment, parts, (&notation, &notations), terms)?;
            self.examined(&placed, locale, engine)
        };
        let shown = |checked: &Checked| render::text(&self.segment, checked, &notation);
        let has_terms = self.typed.kinds.iter().any(|kind| kind.starts_with("term "));
        let found = checked(Terms::Found);
        if !has_terms || engine.is_some() {
            return found;
        }
        match (found, checked(Terms::Words)) {
            (Ok(found), Ok(words)) if shown(&found) != shown(&words) => Ok(words),
            (Ok(found), _) => Ok(found),
            (Err(_), words) => words,
        }
    }

    fn examined(&self, placed: &[TargetSpan], locale: &Locale, engine: Option<&String>) -> Result<Checked, String> {
        let text = segment::spell(&self.typed.protected, placed);
        let draft = Draft {
            segment: &self.segment,
            protected: &self.typed.protected,
            text: &text,
            source: &self.locale,
            target: locale,
        };
        let checked = check::check(&draft, Origin::Memory { engine: engine.cloned(), model: None });
        checked.map_err(|findings| {
            let reason = findings.iter().find(|finding| finding.severity == Severity::Block);
            let said =
                |finding: &Finding| format!("it does not pass the check `{}`: {}", finding.check, finding.message);
            reason.map_or_else(|| "it does not pass the checks".to_owned(), said)
        })
    }

    fn parts(&self, pieces: &[TmxPiece]) -> Result<Vec<Part>, String> {
        let pieces = prepared(pieces, self.is_own);
        let in_target = pieces.iter().filter(|piece| matches!(piece, TmxPiece::Placeholder { .. })).count();
        pieces.iter().map(|piece| self.part(piece, in_target)).collect()
    }

    fn part(&self, piece: &TmxPiece, in_target: usize) -> Result<Part, String> {
        let index = match piece {
            TmxPiece::Text(text) if has_lookalike(text) => {
                return Err("it has a text that looks like a placeholder".to_owned());
            }
            TmxPiece::Text(text) => return Ok(Part::Text(text.clone())),
            TmxPiece::Placeholder { x, code, .. } => self.placeholder(*x, code, in_target)?,
            TmxPiece::Open { i, .. } => self.marks.get(&(*i, true)).copied(),
            TmxPiece::Close { i } => self.marks.get(&(*i, false)).copied(),
        };
        index.map(Part::Span).ok_or_else(|| "it has a placeholder that the source has not".to_owned())
    }

    /// The source's placeholder that one of the target's stands for: by its number, by what is inside, or because there
    /// is one on either side. Anything else would be a guess.
    fn placeholder(&self, x: Option<u32>, code: &str, in_target: usize) -> Result<Option<usize>, String> {
        let only = |is_it: &dyn Fn(&Placeholder) -> bool| {
            let mut found = self.placeholders.iter().filter(|known| is_it(known));
            found.next().filter(|_| found.next().is_none()).map(|known| known.span)
        };
        let by_number = x.and_then(|x| only(&|known| known.x == Some(x)));
        if by_number.is_some() || self.is_own {
            return Ok(by_number);
        }
        let by_code = only(&|known| known.code == code).filter(|_| !code.is_empty());
        let alone = only(&|_| true).filter(|_| in_target == 1);
        match by_code.or(alone) {
            None if !self.placeholders.is_empty() && x.is_none() => {
                Err("it cannot be told which of its placeholders is which".to_owned())
            }
            found => Ok(found),
        }
    }
}

/// A text as it is read. Of other programs' units the blanks at the ends are no part of it, and a placeholder that
/// stands for a text (`{0}`) is that text.
fn prepared(pieces: &[TmxPiece], is_own: bool) -> Cow<'_, [TmxPiece]> {
    if is_own {
        return Cow::Borrowed(pieces);
    }
    let mut prepared: Vec<TmxPiece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let text = match piece {
            TmxPiece::Text(text) => text,
            TmxPiece::Placeholder { code, .. } if !code.contains('<') && !code.trim().is_empty() => code,
            _ => {
                prepared.push(piece.clone());
                continue;
            }
        };
        match prepared.last_mut() {
            Some(TmxPiece::Text(last)) => last.push_str(text),
            _ => prepared.push(TmxPiece::Text(text.clone())),
        }
    }
    if let Some(TmxPiece::Text(first)) = prepared.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(TmxPiece::Text(last)) = prepared.last_mut() {
        last.truncate(last.trim_end().len());
    }
    prepared.retain(|piece| !matches!(piece, TmxPiece::Text(text) if text.is_empty()));
    Cow::Owned(prepared)
}

/// The segment of a text that nobody has edited since its export: its placeholders are all the facts that it has, and
/// what stands between them was no fact where the text was made, whatever it looks like alone.
fn as_exported(inlines: &[Inline]) -> Segment {
    let spans = inlines.iter().enumerate().map(|(inline, content)| match &content.kind {
        InlineKind::Text(text) => Span::Text(text.clone()),
        InlineKind::Open { pair } => Span::Open { inline, pair: *pair, mark: Mark::Emphasis },
        InlineKind::Close { pair } => Span::Close { inline, pair: *pair },
        InlineKind::Atom { text } | InlineKind::Literal { text } => Span::Code { inline, text: text.clone() },
    });
    Segment {
        id: String::new(),
        place: PartPosition::Body,
        block: 0,
        kind: BlockKind::Paragraph,
        spans: spans.collect(),
        treatment: Treatment::Translate,
        findings: Vec::new(),
    }
}

fn as_placed(parts: &[Part]) -> Vec<TargetSpan> {
    let span = |part: &Part| match part {
        Part::Text(text) => TargetSpan::Text(text.clone()),
        Part::Span(index) => TargetSpan::Source(*index),
    };
    parts.iter().map(span).collect()
}

/// `[PH1]`, `[ ph 12 ]`: what restoring would take for a placeholder.
fn has_lookalike(text: &str) -> bool {
    text.match_indices('[').any(|(at, _)| {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start();
        let digits = inside.get(2..).filter(|_| inside.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("ph")));
        digits.is_some_and(|digits| digits.trim_start().starts_with(|digit: char| digit.is_numeric()))
    })
}
