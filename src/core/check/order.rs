//! Facts stand where they stood: two times that change places are both there, and say something else. An engine that
//! numbers its placeholders anew, or carries one to the other end of the text, is found out by nothing else.

mod evident;
mod sides;
mod unlike;

use std::collections::HashMap;

use crate::document::fact;
use crate::finding::{Finding, Severity};
use crate::language::Trait;
use crate::segment::{Span, TargetSpan};

use super::subject::words;
use super::{Check, Subject};

/// Below this many words a place in the text says nothing.
const WORDS: usize = 8;
/// A fact may move by so many hundredths of the text: a phrase of time changes sides of its clause.
const DRIFT: usize = 40;

pub(super) struct Order;

impl Check for Order {
    fn name(&self) -> &'static str {
        "order"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let source = Occurrences::of_source(subject);
        let target = Occurrences::of_target(subject);
        // Whoever translates by hand may turn a sentence round.
        let (grave, slight) =
            if subject.by_engine { (Severity::Block, Severity::Warn) } else { (Severity::Warn, Severity::Info) };
        let free_order = if subject.language().is(Trait::OrdersLikeEnglish) { grave } else { slight };
        let shown = |index: usize| subject.segment.spans.get(index).map_or("", Span::text);
        let mut pairs = target.kept.iter().zip(target.kept.iter().skip(1));
        let is_turned = |(first, second): &(&Kept, &Kept)| {
            first.span > second.span
                && !is_possessive(&subject.segment.spans, second.span, first.span)
                && !evident::is_evident(subject, second.span, first.span)
        };
        if let Some((first, second)) = pairs.find(is_turned) {
            let message = format!("`{}` and `{}` have changed places", shown(second.span), shown(first.span));
            let same_kind = kind(subject, first.span) == kind(subject, second.span);
            return self.finding(if same_kind { grave } else { free_order }, message);
        }
        if let Some(message) = marks(&source, &target) {
            return self.finding(grave, message.to_owned());
        }
        let is_there = |mark: &&usize| target.extent(**mark).is_some();
        let stayed = |before: &Kept, after: &Kept| before.inside.iter().filter(is_there).eq(after.inside.iter());
        if let Some((kept, _)) = source.pairs(&target).find(|(before, after)| !stayed(before, after)) {
            let message = format!("`{}` has left its formatting, or come into another", shown(kept.span));
            return self.finding(grave, message);
        }
        let drifted = drifted(&source, &target, shown).or_else(|| fronted(subject, &source, &target, shown));
        drifted.map(|message| self.finding(free_order, message)).unwrap_or_default()
    }
}

/// Whether the first of two spans is the owner of the second: other languages have them the other way round
/// (`GitHub's API`, `la API de GitHub`), and nobody can mix them up.
fn is_possessive(spans: &[Span], owner: usize, thing: usize) -> bool {
    // `July 5's release`: the `'s` is a part of the date.
    let owns = matches!(spans.get(owner), Some(Span::Fact(fact)) if fact::is_owner(fact));
    let is_between = |text: &str| matches!(text, "'s " | "’s " | "' " | "’ ") || owns && text == " ";
    thing == owner + 2 && matches!(spans.get(owner + 1), Some(Span::Text(text)) if is_between(text))
}

/// What is wrong with the places of the marks among each other and round their words.
fn marks(source: &Occurrences, target: &Occurrences) -> Option<&'static str> {
    if !target.extents.is_sorted_by_key(|extent| extent.opening) {
        return Some("formatting marks have changed places");
    }
    // Of `the status page` the article belongs to the term that comes back: nothing but the term is left.
    let holds_a_fact = |mark: &Extent| target.kept.iter().any(|kept| kept.inside.contains(&mark.opening));
    let fits = |after: &Extent| {
        source.extent(after.opening).is_none_or(|before| {
            before.may_become(after) && (after.end > after.start || before.end == before.start || holds_a_fact(after))
        })
    };
    (!target.extents.iter().all(fits)).then_some("formatting marks enclose other words")
}

/// What is said of a fact or pair of marks that stands in another part of the text.
fn drifted<'text>(source: &Occurrences, target: &Occurrences, shown: impl Fn(usize) -> &'text str) -> Option<String> {
    if source.words < WORDS || target.words < WORDS {
        return None;
    }
    let drifts = |from: usize, to: usize| (from * 100 / source.words).abs_diff(to * 100 / target.words) > DRIFT;
    let moved = source.pairs(target).find(|(from, to)| drifts(from.words, to.words));
    if let Some((kept, _)) = moved {
        return Some(format!("`{}` stands in another part of the text", shown(kept.span)));
    }
    let moved = |after: &Extent| source.extent(after.opening).is_some_and(|before| drifts(before.start, after.start));
    target.extents.iter().any(moved).then(|| "formatting marks stand in another part of the text".to_owned())
}

/// What is said of an amount that begins a text it stood well inside of: `It is over after 1h30` has words that want it
/// behind them. A moment brings its own preposition, and may begin any text.
fn fronted<'text>(
    subject: &Subject<'_>,
    source: &Occurrences,
    target: &Occurrences,
    shown: impl Fn(usize) -> &'text str,
) -> Option<String> {
    const FEW_WORDS: usize = 6;
    const BEFORE: usize = 4;
    if source.words < FEW_WORDS || target.words < FEW_WORDS {
        return None;
    }
    let mut pairs = source.kept.iter().zip(&target.kept);
    let (kept, _) = pairs.find(|(from, to)| {
        let kind = kind(subject, from.span);
        let is_figure = shown(from.span).starts_with(|first: char| first.is_ascii_digit());
        let is_amount = kind == "money" || (is_figure && !matches!(kind, "moment" | "span" | "days" | "month"));
        is_amount && from.words >= BEFORE && to.words == 0
    })?;
    Some(format!("`{}` stands in another part of the text", shown(kept.span)))
}

fn kind(subject: &Subject<'_>, index: usize) -> &'static str {
    match subject.segment.spans.get(index) {
        Some(Span::Fact(fact)) => fact.value.kind(),
        _ => "code",
    }
}

/// A fact or code: its span, the words before it, and the opening marks that it stands behind, outermost first.
struct Kept {
    span: usize,
    words: usize,
    inside: Vec<usize>,
}

/// What a pair of marks encloses, as numbers of words before its marks.
struct Extent {
    /// The span of its opening mark.
    opening: usize,
    start: usize,
    end: usize,
}

impl Extent {
    /// Whether as many words as `after` has may be the translation of these. Romance languages need a third more, and
    /// an article here or there.
    fn may_become(&self, after: &Self) -> bool {
        let (before, after) = (self.end.saturating_sub(self.start), after.end.saturating_sub(after.start));
        after <= before * 2 + 3
    }
}

#[derive(Default)]
struct Occurrences {
    kept: Vec<Kept>,
    /// In the order of their opening marks.
    extents: Vec<Extent>,
    /// The positions among them of those that are open.
    open: Vec<usize>,
    words: usize,
}

impl Occurrences {
    /// The pair with this opening mark, of places whose marks are in the source's order.
    fn extent(&self, opening: usize) -> Option<&Extent> {
        self.extents.binary_search_by_key(&opening, |extent| extent.opening).ok().and_then(|at| self.extents.get(at))
    }

    /// Each fact or code with itself among the places of the target.
    fn pairs<'these>(&'these self, target: &'these Self) -> impl Iterator<Item = (&'these Kept, &'these Kept)> {
        let places: HashMap<usize, &Kept> = target.kept.iter().map(|kept| (kept.span, kept)).collect();
        self.kept.iter().filter_map(move |kept| Some((kept, *places.get(&kept.span)?)))
    }

    fn of_source(subject: &Subject<'_>) -> Self {
        let mut places = Self::default();
        for (index, span) in subject.segment.spans.iter().enumerate() {
            places.add(index, span);
        }
        places
    }

    fn of_target(subject: &Subject<'_>) -> Self {
        let mut places = Self::default();
        for piece in subject.pieces {
            match piece {
                TargetSpan::Text(text) => places.words += words(text).count(),
                TargetSpan::Source(index) => {
                    if let Some(span) = subject.segment.spans.get(*index) {
                        places.add(*index, span);
                    }
                }
            }
        }
        places
    }

    fn add(&mut self, index: usize, span: &Span) {
        match span {
            Span::Text(text) => self.words += words(text).count(),
            Span::Code { text, .. } if text.is_empty() => {}
            Span::Fact(_) | Span::Code { .. } => {
                let inside = self.open.iter().filter_map(|at| Some(self.extents.get(*at)?.opening)).collect();
                self.kept.push(Kept { span: index, words: self.words, inside });
            }
            Span::Open { .. } => {
                self.open.push(self.extents.len());
                self.extents.push(Extent { opening: index, start: self.words, end: self.words });
            }
            Span::Close { .. } => {
                // That they close what was opened last is for the check of the marks to see.
                if let Some(extent) = self.open.pop().and_then(|at| self.extents.get_mut(at)) {
                    extent.end = self.words;
                }
            }
        }
    }
}
