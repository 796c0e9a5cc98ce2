//! Checks: what decides whether a translation may be published.
//!
//! Only this module makes a [`Checked`], and rendering takes nothing else: what has not been checked cannot be
//! published because it does not type-check. Nothing here repairs a candidate; it is taken as it is or not at all.

mod addresses;
mod brackets;
mod capitals;
mod control;
mod conversation;
mod doubling;
mod echo;
mod empty;
mod ending;
mod english;
mod figures;
mod glue;
mod inverted;
mod language;
mod leftovers;
mod length;
mod lookalike;
mod marks;
mod markup;
mod names;
mod negation;
mod opposites;
mod order;
mod placeholders;
mod possessive;
mod quotes;
mod repetition;
mod scope;
mod script;
mod sentences;
mod spacing;
mod subject;
mod symbols;
mod tense;
#[cfg(test)]
mod tests;
mod unknown;
mod untranslated;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::locale::Locale;
use crate::segment::{self, Protected, Segment, Span, TargetSpan};

use subject::Subject;

/// One engine's proposal for one segment.
#[derive(Clone, Debug)]
pub struct Draft<'run> {
    pub segment: &'run Segment,
    pub protected: &'run Protected,
    /// The engine's answer, placeholders and all.
    pub text: &'run str,
    pub source: &'run Locale,
    pub target: &'run Locale,
}

/// Where a segment's text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Origin {
    Machine {
        engine: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// Reused text: of a machine (engine named), or of a human.
    Memory {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        engine: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    Vocabulary,
    Invariant,
    Human,
    /// Left in the source language.
    Source,
}

impl Origin {
    /// Whether an engine made the text, now or when it was remembered.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        matches!(self, Self::Machine { .. } | Self::Memory { engine: Some(_), .. })
    }
}

/// A translated segment that may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    target: Vec<TargetSpan>,
    origin: Origin,
    findings: Vec<Finding>,
}

impl Checked {
    /// A segment whose words the Fluent bundles have: `text` is theirs, marks round it and facts behind it stay.
    #[must_use]
    pub fn vocabulary(segment: &Segment, text: &str) -> Self {
        let word = segment.spans.iter().position(|span| matches!(span, Span::Text(_)));
        let target = as_it_stands(segment)
            .into_iter()
            .enumerate()
            .map(|(index, kept)| if Some(index) == word { TargetSpan::Text(text.to_owned()) } else { kept });
        Self { target: target.collect(), origin: Origin::Vocabulary, findings: Vec::new() }
    }

    /// A segment whose label and value the Fluent bundles have: each of its texts with both put in.
    #[must_use]
    pub fn labelled(segment: &Segment, translated: impl Fn(&str) -> String) -> Self {
        let spans = as_it_stands(segment).into_iter().zip(&segment.spans);
        let target = spans.map(|(kept, span)| match span {
            Span::Text(text) => TargetSpan::Text(translated(text)),
            _ => kept,
        });
        Self { target: target.collect(), origin: Origin::Vocabulary, findings: Vec::new() }
    }

    /// A segment with nothing to translate: its own spans in source order, facts in the reader's notation.
    #[must_use]
    pub fn invariant(segment: &Segment) -> Self {
        Self { target: as_it_stands(segment), origin: Origin::Invariant, findings: Vec::new() }
    }

    /// A segment left in the source language, and the findings that say why.
    #[must_use]
    pub fn source(segment: &Segment, findings: Vec<Finding>) -> Self {
        Self { target: as_it_stands(segment), origin: Origin::Source, findings }
    }

    /// The pieces, in target order. [`TargetSpan::Source`] counts the segment's spans.
    #[must_use]
    pub fn target(&self) -> &[TargetSpan] {
        &self.target
    }

    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What was noticed and did not forbid publication; for [`Origin::Source`], what did forbid it.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

fn as_it_stands(segment: &Segment) -> Vec<TargetSpan> {
    let stands = segment.spans.iter().enumerate().map(|(index, span)| match span {
        Span::Text(text) => TargetSpan::Text(text.clone()),
        _ => TargetSpan::Source(index),
    });
    stands.collect()
}

/// One thing that a translation must keep or must not have.
trait Check: Sync {
    /// In kebab case; the name that its findings carry.
    fn name(&self) -> &'static str;

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding>;

    fn finding(&self, severity: Severity, message: String) -> Vec<Finding> {
        vec![Finding::new(self.name(), severity, message)]
    }
}

/// Every check, the ones that say most about what went wrong first.
static CHECKS: [&dyn Check; 31] = [
    &placeholders::Placeholders,
    &marks::Marks,
    &order::Order,
    &empty::Empty,
    &leftovers::Leftovers,
    &figures::Figures,
    &addresses::Addresses,
    &glue::Glue,
    &possessive::Possessive,
    &markup::Markup,
    &control::Control,
    &symbols::Symbols,
    &conversation::Conversation,
    &negation::Negation,
    &scope::Scope,
    &opposites::Opposites,
    &echo::Echo,
    &untranslated::Untranslated,
    &language::TargetLanguage,
    &script::Script,
    &repetition::Repetition,
    &length::Length,
    &sentences::Sentences,
    &brackets::Brackets,
    &quotes::Quotes,
    &names::Names,
    &ending::Ending,
    &inverted::Inverted,
    &spacing::Spacing,
    &doubling::Doubling,
    &capitals::Capitals,
];

/// Restores the placeholders of an engine's candidate and examines the result.
///
/// # Errors
/// All findings, at least one of them [`Severity::Block`].
pub fn check(draft: &Draft<'_>, origin: Origin) -> Result<Checked, Vec<Finding>> {
    let target = segment::restore(draft.segment, draft.protected, draft.text)
        .map_err(|findings| rejected(draft.segment, findings))?;
    examine(draft.segment, target, draft.source, draft.target, origin)
}

/// Examines a candidate whose spans have been put in place already; `findings` are what was noticed on the way.
///
/// # Errors
/// All findings, at least one of them [`Severity::Block`].
pub fn placed(
    segment: &Segment,
    (spans, mut findings): (Vec<TargetSpan>, Vec<Finding>),
    source: &Locale,
    target: &Locale,
    origin: Origin,
) -> Result<Checked, Vec<Finding>> {
    let mut checked = examine(segment, spans, source, target, origin)?;
    findings = findings.into_iter().map(|finding| finding.at(&segment.id)).collect();
    findings.append(&mut checked.findings);
    checked.findings = findings;
    Ok(checked)
}

/// Examines once more a candidate whose engine says which words it did not know, in lower case.
///
/// # Errors
/// All findings, at least one of them [`Severity::Block`].
pub fn with_unknown(segment: &Segment, mut checked: Checked, words: &[String]) -> Result<Checked, Vec<Finding>> {
    let found = unknown::findings(segment, &checked.target, words);
    checked.findings.extend(found.into_iter().map(|finding| finding.at(&segment.id)));
    if checked.findings.iter().any(|finding| finding.severity == Severity::Block) {
        return Err(checked.findings);
    }
    Ok(checked)
}

/// Joins checked translations of a segment's slices, in target order: each with the index of its first span in
/// `whole`, and text between them as given by the pieces. The result is examined as if it had come in one.
///
/// # Errors
/// All findings, at least one of them [`Severity::Block`].
pub fn join(
    whole: &Segment,
    pieces: Vec<(usize, Checked)>,
    source: &Locale,
    target: &Locale,
    origin: Origin,
) -> Result<Checked, Vec<Finding>> {
    let spans = pieces
        .into_iter()
        .flat_map(|(offset, piece)| {
            piece.target.into_iter().map(move |span| match span {
                TargetSpan::Source(index) => TargetSpan::Source(index.saturating_add(offset)),
                TargetSpan::Text(text) => TargetSpan::Text(text),
            })
        })
        .collect();
    examine(whole, spans, source, target, origin)
}

fn examine(
    segment: &Segment,
    target: Vec<TargetSpan>,
    source_locale: &Locale,
    target_locale: &Locale,
    origin: Origin,
) -> Result<Checked, Vec<Finding>> {
    let by_engine = origin.is_machine();
    let subject = Subject::new(segment, &target, source_locale, target_locale).by_engine(by_engine);
    let findings: Vec<Finding> =
        CHECKS.iter().flat_map(|check| check.check(&subject)).map(|finding| finding.at(&segment.id)).collect();
    if findings.iter().any(|finding| finding.severity == Severity::Block) {
        Err(findings)
    } else {
        Ok(Checked { target, origin, findings })
    }
}

/// What `restore` reports always rejects, whatever severity it gave and even where it gave no reason.
fn rejected(segment: &Segment, mut findings: Vec<Finding>) -> Vec<Finding> {
    if !findings.iter().any(|finding| finding.severity == Severity::Block) {
        findings.push(Finding::new("placeholders", Severity::Block, "the placeholders did not come back"));
    }
    findings.into_iter().map(|finding| finding.at(&segment.id)).collect()
}
