//! Nothing sticks to a fact that did not stick to it in the source: a letter or point beside an address makes another
//! address, a minus before a number another number.

use crate::document::fact::{Value, Verbatim};
use crate::finding::{Finding, Severity};
use crate::segment::{Span, TargetSpan};

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
            let Some(stickiness) = Stickiness::of(span) else { continue };
            let in_target = Neighbours {
                before: subject.pieces.get(..position).and_then(|head| last_of_target(head, spans)),
                after: subject.pieces.get(position + 1..).and_then(|tail| first_of_target(tail, spans)),
            };
            let in_source = Neighbours {
                before: spans.get(..*index).and_then(last_of_source),
                after: spans.get(index + 1..).and_then(first_of_source),
            };
            if let Some(sign) = stickiness.stuck(&in_target, &in_source) {
                let message = format!("`{sign}` sticks to `{}`", shown(span));
                // Compounds (`eu-west-1-Region`) and case endings (`ERR-5:n`) are how some languages write names.
                let compound = matches!(stickiness, Stickiness::Name) && matches!(sign, '-' | ':');
                findings.extend(self.finding(if compound { Severity::Warn } else { Severity::Block }, message));
            }
        }
        findings
    }
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

/// Scripts that put no space between words: their letters touch a fact as a matter of course.
fn stands_without_space(character: char) -> bool {
    matches!(character,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn shown(span: &Span) -> String {
    match span {
        Span::Fact(fact) => fact.source.chars().take(40).collect(),
        _ => String::new(),
    }
}

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
    beside(spans.iter().rev(), end)
}

fn first_of_source(spans: &[Span]) -> Option<Edge> {
    beside(spans.iter(), start)
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
    beside_target(pieces.iter().rev(), spans, end)
}

fn first_of_target(pieces: &[TargetSpan], spans: &[Span]) -> Option<Edge> {
    beside_target(pieces.iter(), spans, start)
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
