//! What an engine is offered: a segment and a way to bring its facts and marks across come in, its protected text goes
//! out; many of them are a batch of distinct texts.

use std::collections::HashMap;
use std::ops::Range;

use super::contractions;
use crate::locale::Locale;
use crate::segment::{self, Protected, Segment, Spelling};
use crate::translate::Marks;

/// A text on its way through an engine, and the segment it belongs to.
pub(super) struct Offer {
    pub(super) segment: usize,
    pub(super) part: Segment,
    pub(super) protected: Protected,
}

impl Offer {
    /// In the language that the text is written in.
    pub(super) fn new(segment: usize, part: Segment, (marks, spelling): (Marks, Spelling), source: &Locale) -> Self {
        let unmarked = segment::protect_unmarked(&part, spelling);
        let mut protected = match marks {
            Marks::Placeholders if !unmarked.pairs.is_empty() => segment::protect(&part, spelling),
            Marks::Placeholders | Marks::Aligned => unmarked,
        };
        if source.language() == "en" {
            contractions::spell_out(&mut protected);
        }
        Self { segment, part, protected }
    }

    /// How the rung is named in attempts.
    pub(super) fn name(&self) -> String {
        let example = self.protected.spelling.example();
        if self.protected.pairs.is_empty() { example.to_owned() } else { format!("aligned {example}") }
    }
}

/// The distinct texts of some offers.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) texts: Vec<String>,
    pub(super) stretches: Vec<Vec<Range<usize>>>,
    /// For each offer, the text that it shares with its like.
    pub(super) positions: Vec<usize>,
}

impl Batch {
    pub(super) fn of(offers: &[Offer]) -> Self {
        let mut batch = Self::default();
        let mut position: HashMap<(&str, Vec<Range<usize>>), usize> = HashMap::new();
        for offer in offers {
            let text = offer.protected.text.as_str();
            let wanted: Vec<Range<usize>> = offer.protected.pairs.iter().map(|pair| pair.range.clone()).collect();
            batch.positions.push(*position.entry((text, wanted)).or_insert_with_key(|(_, wanted)| {
                batch.texts.push(text.to_owned());
                batch.stretches.push(wanted.clone());
                batch.texts.len() - 1
            }));
        }
        batch
    }
}
