//! Reads the facts of the prose between two codes over the marks in it, as their reader does: `**5 PM** on Friday` is
//! one moment. A mark that covers a part of a fact goes round the whole of it; of two that cover parts of the same
//! fact, one is left out. A link never is: where two links share a fact, each of them is read by itself.

mod role;
mod tie;
mod time;

pub(super) use self::role::Role;
use self::tie::Tie;
pub(super) use self::time::{is_code, time};

use std::collections::HashMap;
use std::ops::Range;

use super::{Mark, Span, vocabulary};
use crate::document::fact::{self, Found, Lexicon, Value, Verbatim};
use crate::finding::Finding;

/// One half of a pair of marks, and where it stands in the prose.
#[derive(Clone, Debug)]
pub(super) struct Half {
    pub(super) at: usize,
    pub(super) inline: usize,
    pub(super) pair: usize,
    /// Of the opening half; `None` closes.
    pub(super) opens: Option<Mark>,
    pub(super) role: Role,
}

/// Prose between two codes.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) text: String,
    /// In source order.
    pub(super) halves: Vec<Half>,
    /// Where its texts begin: marks lie between them.
    pub(super) texts: Vec<usize>,
    /// Kept elements that are read as a part of a time, in the text: `Jun <var>25</var>`.
    pub(super) elements: Vec<Element>,
}

/// What reading needs and finds beside the spans.
pub(super) struct Run<'lexicon> {
    pub(super) lexicon: &'lexicon Lexicon,
    pub(super) findings: Vec<Finding>,
}

/// An element that is kept unless it is a part of a fact.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) inline: usize,
    /// Whether it is inline code, which stays what it is.
    pub(super) is_code: bool,
    /// What ties the code to its sentence.
    pub(super) tie: Option<Tie>,
}

impl Prose {
    /// Reads the prose into spans behind those that are there; empties it.
    pub(super) fn read(&mut self, spans: &mut Vec<Span>, run: &mut Run<'_>) {
        std::mem::take(self).read_within(false, spans, run);
    }

    /// Nothing is known of an element that is no part of a fact: it is kept, and nothing read over it. What is left is
    /// read once more, and where `is_last` says so every element is kept, so that time grows with the text alone.
    fn read_within(self, is_last: bool, spans: &mut Vec<Span>, run: &mut Run<'_>) {
        const ALL: [Role; 4] = [Role::Border, Role::Link, Role::Part, Role::Look];
        let opening = opens_sentence(spans);
        for borders in [&ALL[..1], &ALL[..2], &ALL] {
            let found = self.find(run.lexicon, &self.borders(borders), opening);
            let lost = self.lost(&found);
            if !lost.is_empty() {
                let kept = if is_last { self.elements.clone() } else { lost };
                return self.split(&kept, true, spans, run);
            }
            if let Some(halves) = self.settled(&found) {
                return self.write(found, &halves, spans, &mut run.findings);
            }
        }
    }

    /// The elements that are not a part of a fact, ascending, and those that are code.
    fn lost(&self, found: &[Found]) -> Vec<Element> {
        let lost = self.elements.iter().filter_map(|element| {
            let next = found.partition_point(|found| found.range.end < element.range.end);
            let around = found.get(next).filter(|found| found.range.start <= element.range.start);
            let tie = around.filter(|_| element.is_code).and_then(|found| tie::of(&self.text, found, element));
            (element.is_code || around.is_none()).then(|| Element { tie, ..element.clone() })
        });
        lost.collect()
    }

    /// Reads what stands between these elements, which are kept.
    fn split(self, kept: &[Element], is_last: bool, spans: &mut Vec<Span>, run: &mut Run<'_>) {
        let text = self.text;
        let mut halves = self.halves.into_iter().peekable();
        let mut texts = self.texts.into_iter().peekable();
        let mut elements = self.elements.into_iter().peekable();
        let mut start = 0;
        let ends = kept.iter().map(|element| (element.range.clone(), element.inline, element.tie.as_ref()));
        for (range, inline, tie) in ends.chain([(text.len()..text.len(), usize::MAX, None)]) {
            let tie = tie.filter(|tie| tie.start >= start);
            let own = text.get(start..tie.map_or(range.start, |tie| tie.start)).unwrap_or_default().to_owned();
            let mut part = Self { text: own, ..Self::default() };
            while let Some(half) = halves.next_if(|half| half.inline < inline) {
                part.halves.push(Half { at: half.at.saturating_sub(start).min(part.text.len()), ..half });
            }
            while let Some(at) = texts.next_if(|at| *at < range.start) {
                part.texts.push(at.saturating_sub(start).min(part.text.len()));
            }
            while let Some(element) = elements.next_if(|element| element.inline < inline) {
                let range = element.range.start - start..element.range.end - start;
                part.elements.push(Element { range, ..element });
            }
            elements.next_if(|element| element.inline == inline);
            part.read_within(is_last, spans, run);
            spans.extend(tie.map(|tie| Span::Fact(tie.fact.clone())));
            if inline != usize::MAX {
                spans.push(Span::Code { inline, text: text.get(range.clone()).unwrap_or_default().to_owned() });
            }
            start = range.end;
        }
    }

    /// Where the marks of these roles stand.
    fn borders(&self, roles: &[Role]) -> Vec<usize> {
        self.halves.iter().filter(|half| roles.contains(&half.role)).map(|half| half.at).collect()
    }

    /// The facts, none of them over a border.
    fn find(&self, lexicon: &Lexicon, borders: &[usize], opening: bool) -> Vec<Found> {
        let mut found = Vec::new();
        let mut start = 0;
        let mut opening = opening;
        for end in borders.iter().copied().chain([self.text.len()]).filter(|end| *end > 0) {
            let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) else { continue };
            found.extend(
                fact::find_at(text, lexicon, opening)
                    .into_iter()
                    .map(|fact| Found { range: start + fact.range.start..start + fact.range.end, ..fact }),
            );
            if let Some(last) = text.trim_end().chars().next_back() {
                opening = matches!(last, '.' | '!' | '?');
            }
            start = end;
        }
        // The bundles' word for a whole heading is better than the term's for a part of it.
        let is_word = |found: &Found| matches!(found.fact.value, Value::Term(_) | Value::Verbatim(Verbatim::Name));
        let is_labelled = vocabulary::labelled(&self.text).is_some();
        found.retain(|found| !is_word(found) || !(is_labelled || self.is_vocabulary(&found.range)));
        found
    }

    /// Whether a range lies in one text that the bundles have as a whole, or in a word of theirs in front of a note.
    fn is_vocabulary(&self, range: &Range<usize>) -> bool {
        let next = self.texts.partition_point(|start| *start <= range.start);
        let start = next.checked_sub(1).and_then(|at| self.texts.get(at)).copied().unwrap_or_default();
        let end = self.texts.get(next).copied().unwrap_or(self.text.len());
        // "**Workaround:** None" is no heading, so that its first words are a term as everywhere.
        let has_words = |text: Option<&str>| text.is_some_and(|text| text.contains(char::is_alphabetic));
        let is_alone = || !has_words(self.text.get(..start)) && !has_words(self.text.get(end..));
        range.end <= end
            && self.text.get(start..end).is_some_and(|text| {
                (vocabulary::find(text).is_some() && is_alone())
                    || vocabulary::word_in_front(text).is_some_and(|length| range.end <= start + length)
            })
    }

    /// The marks round whole facts, without those that would cross others. `None` where a link would have to go.
    fn settled(&self, found: &[Found]) -> Option<Vec<Half>> {
        let fact = |at: usize| {
            let next = found.partition_point(|found| found.range.end <= at);
            found.get(next).map(|found| &found.range).filter(|range| range.start < at)
        };
        // By pair: the role, whether it covers a part of a fact, and where it goes.
        let mut pairs: HashMap<usize, Pair> = HashMap::new();
        let mut order = Vec::new();
        for half in &self.halves {
            let around = fact(half.at);
            let at = match (around, half.opens) {
                (None, _) => half.at,
                (Some(range), Some(_)) => range.start,
                (Some(range), None) => range.end,
            };
            let pair = pairs.entry(half.pair).or_insert_with(|| {
                order.push(half.pair);
                Pair { role: half.role, halves: 0, is_partial: false, from: (0, 0), to: (usize::MAX, self.text.len()) }
            });
            pair.halves += 1;
            pair.is_partial |= around.is_some();
            match half.opens {
                Some(_) => pair.from = (half.at, at),
                None => pair.to = (half.at, at),
            }
        }
        let dropped = dropped(&pairs, &order)?;
        let mut halves: Vec<Half> = Vec::with_capacity(self.halves.len());
        for half in self.halves.iter().filter(|half| !dropped.contains(&half.pair)) {
            let Some(pair) = pairs.get(&half.pair) else { continue };
            let at = if half.opens.is_some() { pair.from.1 } else { pair.to.1 };
            halves.push(Half { at, ..half.clone() });
        }
        // Stable: halves at one place stand as they did.
        halves.sort_by_key(|half| half.at);
        Some(halves)
    }

    fn write(self, found: Vec<Found>, halves: &[Half], spans: &mut Vec<Span>, findings: &mut Vec<Finding>) {
        let mut halves = halves.iter().peekable();
        let mut from = 0;
        for Found { range, fact, finding } in found {
            self.text(&mut from, range.start, &mut halves, spans);
            findings.extend(finding);
            spans.push(Span::Fact(fact));
            from = range.end;
        }
        self.text(&mut from, self.text.len(), &mut halves, spans);
    }

    /// Writes the text up to a place, and the marks in it.
    fn text<'half>(
        &self,
        from: &mut usize,
        to: usize,
        halves: &mut std::iter::Peekable<impl Iterator<Item = &'half Half>>,
        spans: &mut Vec<Span>,
    ) {
        loop {
            let half = halves.next_if(|half| half.at <= to);
            let stop = half.map_or(to, |half| half.at);
            if let Some(text) = self.text.get(*from..stop).filter(|text| !text.is_empty()) {
                spans.push(Span::Text(text.to_owned()));
            }
            *from = stop.max(*from);
            let Some(Half { inline, pair, opens, .. }) = half else { return };
            spans.push(match opens {
                Some(mark) => Span::Open { inline: *inline, pair: *pair, mark: *mark },
                None => Span::Close { inline: *inline, pair: *pair },
            });
        }
    }
}

/// A pair of marks: where its halves stand, and where they go.
struct Pair {
    role: Role,
    /// How many of its halves are in the prose; the other one may stand beyond a code.
    halves: usize,
    is_partial: bool,
    from: (usize, usize),
    to: (usize, usize),
}

impl Pair {
    fn can_go(&self) -> bool {
        self.halves == 2 && matches!(self.role, Role::Look | Role::Part)
    }
}

/// The pairs that are left out; `None` where a mark would go that may not. Pairs nested in the source stay so, since
/// all halves in one fact go the same way; pairs side by side may have come to cover the same fact.
fn dropped(pairs: &HashMap<usize, Pair>, order: &[usize]) -> Option<Vec<usize>> {
    let mut dropped = Vec::new();
    // Those that are kept and may reach over the next ones, the outermost first.
    let mut open: Vec<(usize, &Pair)> = Vec::new();
    for number in order {
        let Some(pair) = pairs.get(number) else { continue };
        if pair.role == Role::Part && pair.is_partial && pair.can_go() {
            dropped.push(*number);
            continue;
        }
        open.retain(|(_, other)| other.to.1 > pair.from.1);
        let crossing = |other: &Pair| other.to.0 <= pair.from.0;
        if !open.iter().any(|(_, other)| crossing(other)) {
            open.push((*number, pair));
        } else if pair.can_go() {
            dropped.push(*number);
        } else if open.iter().all(|(_, other)| !crossing(other) || other.can_go()) {
            dropped.extend(open.iter().filter(|(_, other)| crossing(other)).map(|(number, _)| *number));
            open.retain(|(_, other)| !crossing(other));
            open.push((*number, pair));
        } else {
            return None;
        }
    }
    Some(dropped)
}

/// Whether what follows the spans begins a sentence.
fn opens_sentence(spans: &[Span]) -> bool {
    let last = spans.iter().rev().take(8).find_map(|span| span.text().trim_end().chars().next_back());
    last.is_none_or(|last| matches!(last, '.' | '!' | '?'))
}
