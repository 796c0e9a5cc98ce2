//! Nothing sticks to a fact that did not stick to it in the source: a letter or point beside an address makes another
//! address, a minus before a number another number, and words that run together can no longer be read.

use crate::document::fact::{Value, Verbatim};
use crate::finding::{Finding, Severity};
use crate::segment::{Span, TargetSpan, stands_without_space};

use super::{Check, Subject};

pub(super) struct Glue;

impl Check for Glue {
    fn name(&self) -> &'static str {
        "glue"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let spans = &subject.segment.spans;
        let mut findings = Vec::new();
        for (position, piece) in subject.pieces.iter().enumerate() {
            let TargetSpan::Source(index) = piece else { continue };
            let Some(span) = spans.get(*index) else { continue };
            let in_target = Neighbours {
                before: subject.pieces.get(..position).and_then(|head| last_of_target(head, spans)),
                after: subject.pieces.get(position + 1..).and_then(|tail| first_of_target(tail, spans)),
            };
            let in_source = Neighbours {
                before: spans.get(..*index).and_then(last_of_source),
                after: spans.get(index + 1..).and_then(first_of_source),
            };
            let stuck = Stickiness::of(span).and_then(|stickiness| {
                let sign = stickiness.stuck(&in_target, &in_source)?;
                // Compounds (`eu-west-1-Region`) and case endings (`ERR-5:n`) are how some languages write names.
                Some((sign, matches!(stickiness, Stickiness::Name) && matches!(sign, '-' | ':')))
            });
            if let Some((sign, is_compound)) = stuck {
                let message = format!("`{sign}` sticks to `{}`", shown(span));
                findings.extend(self.finding(if is_compound { Severity::Warn } else { Severity::Block }, message));
            } else if let Some(grown) = grown(span, &in_target, &in_source) {
                let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
                findings.extend(self.finding(severity, format!("`{grown}` runs into `{}`", shown(span))));
            }
        }
        findings.extend(side_by_side(subject).map(|message| Finding::new(self.name(), Severity::Block, message)));
        findings
    }
}

/// The letter or digit that touches a fact, a code or the inside or outside of a mark and that the source has not
/// there.
fn grown(span: &Span, target: &Neighbours, source: &Neighbours) -> Option<char> {
    let is_mark = match span {
        Span::Open { .. } | Span::Close { .. } => true,
        Span::Code { text, .. } if text.trim().is_empty() => return None,
        Span::Fact(_) | Span::Code { .. } => false,
        Span::Text(_) => return None,
    };
    let runs = |edge: Option<Edge>| edge.map(|edge| edge.near).filter(|near| extends(*near) && !is_prefixed(*near));
    if is_mark {
        // Words on both sides of a mark are one word to their reader.
        let source_runs = runs(source.before).is_some() && runs(source.after).is_some();
        return runs(target.before).zip(runs(target.after)).filter(|_| !source_runs).map(|(near, _)| near);
    }
    let new = |here: Option<Edge>, there: Option<Edge>| runs(here).filter(|_| runs(there).is_none());
    new(target.before, source.before).or_else(|| new(target.after, source.after))
}

/// Facts and codes that stand side by side with nothing between them, and do not in the source.
fn side_by_side(subject: &Subject<'_>) -> Option<String> {
    let spans = &subject.segment.spans;
    let is_word = |span: &Span| match span {
        Span::Fact(_) => true,
        Span::Code { text, .. } => !text.trim().is_empty(),
        Span::Text(_) | Span::Open { .. } | Span::Close { .. } => false,
    };
    let touches = |one: &Span, other: &Span| {
        one.text().ends_with(char::is_alphanumeric) && other.text().starts_with(char::is_alphanumeric)
    };
    let mut last: Option<usize> = None;
    for piece in subject.pieces {
        let index = match piece {
            TargetSpan::Source(index) => *index,
            TargetSpan::Text(text) => {
                last = last.filter(|_| text.is_empty());
                continue;
            }
        };
        let Some(span) = spans.get(index) else { continue };
        if !is_word(span) {
            continue;
        }
        if let Some(before) = last
            && let Some(one) = spans.get(before)
            && touches(one, span)
        {
            let between = spans.get(before + 1..index);
            if between.is_none_or(|between| between.iter().any(|span| !span.text().is_empty())) {
                return Some(format!("`{}` runs into `{}`", shown(one), shown(span)));
            }
        }
        last = Some(index);
    }
    None
}

/// Arabic and Hebrew write prepositions, articles and conjunctions as one with the word behind them.
fn is_prefixed(character: char) -> bool {
    matches!(character, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// What must not stand right beside a fact.
enum Stickiness {
    /// Letters and the signs of addresses change where it leads.
    Address,
    /// Letters and signs make another identifier or version of it.
    Name,
    /// A sign before it changes what it says.
    Figure,
}

struct Neighbours {
    before: Option<Edge>,
    after: Option<Edge>,
}

/// The end of the text beside a fact: the character that touches it, and the one behind that.
#[derive(Clone, Copy)]
struct Edge {
    near: char,
    far: Option<char>,
}

impl Edge {
    /// Whether it carries on the address that it follows.
    fn continues(self) -> bool {
        match self.near {
            '@' | '/' | '_' | '\\' => true,
            '.' | '-' | ':' => self.far.is_some_and(extends),
            near => extends(near),
        }
    }
}

impl Stickiness {
    fn of(span: &Span) -> Option<Self> {
        let Span::Fact(fact) = span else { return None };
        match &fact.value {
            Value::Verbatim(Verbatim::Url | Verbatim::Email) => Some(Self::Address),
            Value::Verbatim(Verbatim::Identifier | Verbatim::Version) => Some(Self::Name),
            Value::Number(_) | Value::Percentage(_) | Value::Quantity { .. } | Value::Duration(_) | Value::Money(_) => {
                Some(Self::Figure)
            }
            _ => None,
        }
    }

    /// The character that sticks to the fact in the target and not in the source.
    fn stuck(&self, target: &Neighbours, source: &Neighbours) -> Option<char> {
        let new = |here: Option<Edge>, there: Option<Edge>| {
            here.filter(|edge| there.is_none_or(|known| known.near != edge.near))
        };
        let before = new(target.before, source.before);
        let after = new(target.after, source.after);
        match self {
            Self::Address | Self::Name => before
                .filter(|edge| extends(edge.near) || matches!(edge.near, '.' | '@' | '/' | '-' | '_' | ':' | '\\'))
                .or_else(|| after.filter(|edge| edge.continues()))
                .map(|edge| edge.near),
            Self::Figure => before
                .filter(|edge| {
                    matches!(edge.near, '-' | '−' | '–' | '+' | '±' | '.' | ',')
                        && !edge.far.is_some_and(char::is_alphanumeric)
                })
                .map(|edge| edge.near),
        }
    }
}

fn extends(character: char) -> bool {
    character.is_alphanumeric() && !stands_without_space(character)
}

fn shown(span: &Span) -> String {
    match span {
        Span::Open { .. } | Span::Close { .. } => "a mark".to_owned(),
        _ => span.text().chars().take(40).collect(),
    }
}

/// As many marks in a row are looked through, so that time stays linear.
const SIGHT: usize = 32;

fn end(text: &str) -> Option<Edge> {
    let mut characters = text.chars().rev();
    characters.next().map(|near| Edge { near, far: characters.next() })
}

fn start(text: &str) -> Option<Edge> {
    let mut characters = text.chars();
    characters.next().map(|near| Edge { near, far: characters.next() })
}

/// The text that touches from before, formatting marks looked through; `None` at the edge or beside another fact.
fn last_of_source(spans: &[Span]) -> Option<Edge> {
    beside(spans.iter().rev().take(SIGHT), end)
}

fn first_of_source(spans: &[Span]) -> Option<Edge> {
    beside(spans.iter().take(SIGHT), start)
}

fn beside<'span>(spans: impl Iterator<Item = &'span Span>, edge: fn(&str) -> Option<Edge>) -> Option<Edge> {
    for span in spans {
        match span {
            Span::Text(text) if text.is_empty() => {}
            Span::Text(text) => return edge(text),
            Span::Open { .. } | Span::Close { .. } => {}
            Span::Fact(_) | Span::Code { .. } => return None,
        }
    }
    None
}

fn last_of_target(pieces: &[TargetSpan], spans: &[Span]) -> Option<Edge> {
    beside_target(pieces.iter().rev().take(SIGHT), spans, end)
}

fn first_of_target(pieces: &[TargetSpan], spans: &[Span]) -> Option<Edge> {
    beside_target(pieces.iter().take(SIGHT), spans, start)
}

fn beside_target<'piece>(
    pieces: impl Iterator<Item = &'piece TargetSpan>,
    spans: &[Span],
    edge: fn(&str) -> Option<Edge>,
) -> Option<Edge> {
    for piece in pieces {
        match piece {
            TargetSpan::Text(text) if text.is_empty() => {}
            TargetSpan::Text(text) => return edge(text),
            TargetSpan::Source(index) => match spans.get(*index) {
                Some(Span::Open { .. } | Span::Close { .. }) => {}
                _ => return None,
            },
        }
    }
    None
}
