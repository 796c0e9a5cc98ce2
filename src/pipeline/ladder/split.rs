//! The last rungs: a segment that no engine could keep whole comes in, its slices go to the engine each on their own,
//! and come back joined in the order of the source. No mark, fact or code can be lost that way, for the engine sees
//! none.

use std::collections::HashMap;
use std::ops::Range;

use super::{Ladder, Offer, Verdict, settle};
use polypost_core::check::{self, Checked, Origin};
use polypost_core::finding::{Finding, Severity};
use polypost_core::render::{Attempt, Outcome};
use polypost_core::segment::{self, Protected, Segment, Span, Spelling};
use polypost_engines::{Engine, EngineError};

/// Where a segment is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// At formatting marks: facts and codes stay among their words.
    Marks,
    /// At everything that is not text.
    Spans,
}

impl Cut {
    /// How the rung is named in attempts.
    fn name(self) -> &'static str {
        match self {
            Self::Marks => "split at marks",
            Self::Spans => "split",
        }
    }

    fn separates(self, span: &Span) -> bool {
        match span {
            Span::Text(_) => false,
            Span::Open { .. } | Span::Close { .. } => true,
            Span::Fact(_) | Span::Code { .. } => self == Self::Spans,
        }
    }

    /// Whether this cut makes slices that no earlier rung has offered.
    fn is_new_for(self, segment: &Segment) -> bool {
        let is_mark = |span: &Span| Self::Marks.separates(span);
        match self {
            Self::Marks => {
                let Protected { lead, trail, .. } = segment::protect_unmarked(segment, Spelling::default());
                segment.spans.get(lead.end..trail.start).is_some_and(|inner| inner.iter().any(is_mark))
            }
            Self::Spans => segment.spans.iter().any(|span| self.separates(span) && !is_mark(span)),
        }
    }

    /// The slices in order, each either one span that is kept or a run to translate.
    fn slices(self, spans: &[Span]) -> Vec<Range<usize>> {
        let mut slices: Vec<Range<usize>> = Vec::new();
        let mut is_open = false;
        for (index, span) in spans.iter().enumerate() {
            let separates = self.separates(span);
            match slices.last_mut() {
                Some(last) if is_open && !separates => last.end = index + 1,
                _ => slices.push(index..index + 1),
            }
            is_open = !separates;
        }
        slices
    }
}

type Outcomes<'these> = &'these mut [Option<Outcome>];

impl Ladder<'_> {
    /// Offers the slices of what is still open.
    pub(super) async fn split(
        &self,
        cut: Cut,
        engine: &dyn Engine,
        outcomes: Outcomes<'_>,
        attempts: &mut HashMap<usize, Vec<Attempt>>,
    ) -> Result<(), EngineError> {
        let mut offers = Vec::new();
        for (index, segment) in self.affordable(engine, outcomes).filter(|(_, segment)| cut.is_new_for(segment)) {
            for slice in cut.slices(&segment.spans) {
                let spans = segment.spans.get(slice.clone()).unwrap_or_default();
                if has_words(spans) {
                    let spelling = engine.spellings(self.target).first().copied().unwrap_or_default();
                    let goes_on = segment::goes_on(segment, slice.start, slice.end);
                    offers.push(
                        Offer::slice(index, part(segment, spans), spelling, goes_on).spelled(self.source, self.target),
                    );
                }
            }
        }
        let (checked, failure) = self.offer(engine, &offers).await;
        if let Some(failure) = failure {
            return Err(failure);
        }
        let mut pieces: HashMap<usize, Vec<Verdict>> = HashMap::new();
        for (offer, checked) in offers.iter().zip(checked) {
            pieces.entry(offer.segment).or_default().extend(checked);
        }
        for (index, pieces) in pieces {
            let joined = self.join(cut, &self.segments[index], pieces, engine);
            settle(index, joined, engine, cut.name(), outcomes, attempts);
        }
        Ok(())
    }

    /// The translated slices and the untouched spans between them, in source order.
    fn join(&self, cut: Cut, segment: &Segment, pieces: Vec<Verdict>, engine: &dyn Engine) -> Verdict {
        let mut pieces = pieces.into_iter();
        let mut origin = Origin::Machine { engine: engine.name().to_owned(), model: None };
        let mut parts = Vec::new();
        for slice in cut.slices(&segment.spans) {
            let spans = segment.spans.get(slice.clone()).unwrap_or_default();
            let checked = if has_words(spans) {
                let missing = || Err(vec![Finding::new("declined", Severity::Block, "a part is missing")]);
                let checked = pieces.next().unwrap_or_else(missing)?;
                origin = checked.origin().clone();
                checked
            } else {
                Checked::invariant(&part(segment, spans))
            };
            parts.push((slice.start, checked));
        }
        check::join(segment, parts, self.source, self.target, origin)
    }
}

/// A slice as a segment of its own.
fn part(segment: &Segment, spans: &[Span]) -> Segment {
    Segment {
        id: segment.id.clone(),
        place: segment.place,
        block: segment.block,
        kind: segment.kind,
        spans: spans.to_vec(),
        treatment: segment.treatment.clone(),
        findings: Vec::new(),
    }
}

fn has_words(spans: &[Span]) -> bool {
    spans.iter().any(|span| matches!(span, Span::Text(text) if text.chars().any(char::is_alphabetic)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use polypost_core::document::fact::{Fact, Value, Verbatim};
    use polypost_core::document::{BlockKind, PartPosition};
    use polypost_core::segment::{Mark, Treatment};

    #[test]
    fn slices_tile_the_spans_and_no_mark_is_in_one_with_words() {
        let text = |text: &str| Span::Text(text.to_owned());
        let fact = Span::Fact(Fact { source: "F7".to_owned(), value: Value::Verbatim(Verbatim::Identifier) });
        let open = Span::Open { inline: 0, pair: 0, mark: Mark::Essential };
        let close = Span::Close { inline: 1, pair: 0 };
        let spans = [text("On "), fact, text(" see "), open, text("the page"), close, text(".")];
        assert_eq!(Cut::Marks.slices(&spans), [0..3, 3..4, 4..5, 5..6, 6..7]);
        assert_eq!(Cut::Spans.slices(&spans), (0..7).map(|at| at..at + 1).collect::<Vec<_>>());
        assert!(Cut::Spans.slices(&[]).is_empty());
        let segment = |spans: &[Span]| Segment {
            id: "segment".to_owned(),
            place: PartPosition::Body,
            block: 0,
            kind: BlockKind::Paragraph,
            spans: spans.to_vec(),
            treatment: Treatment::Translate,
            findings: Vec::new(),
        };
        assert!(Cut::Marks.is_new_for(&segment(&spans)) && Cut::Spans.is_new_for(&segment(&spans)));
        assert!(!Cut::Marks.is_new_for(&segment(&spans[3..6])), "round everything: nothing to cut");
        assert!(!Cut::Spans.is_new_for(&segment(&spans[2..6])), "no fact: cut at marks already");
    }
}
