//! Several requests as one, and each one's own part of what came of it.

use std::collections::HashMap;

use super::{Outcome, SourceText, Waiting};
use crate::{EngineError, EngineResponse, MAX_PURCHASES, Partial, Purchases};

/// The distinct texts of several requests.
pub(super) struct MergedRequest {
    pub(super) texts: Vec<SourceText>,
    /// How often each of them may be bought: as often as the one may be who may buy it least.
    pub(super) left: Vec<u32>,
    /// For each request, where each of its texts is.
    pub(super) positions: Vec<Vec<usize>>,
}

impl MergedRequest {
    pub(super) fn of(group: &[Waiting]) -> Self {
        if let [alone] = group {
            // As it is: whoever asks has looked for what is alike.
            let (texts, left) = (alone.texts.clone(), alone.left.clone());
            return Self { texts, left, positions: vec![(0..alone.texts.len()).collect()] };
        }
        let mut known: HashMap<&SourceText, usize> = HashMap::new();
        let mut texts = Vec::new();
        let mut place = |asked| {
            *known.entry(asked).or_insert_with(|| {
                texts.push(SourceText::clone(asked));
                texts.len() - 1
            })
        };
        let positions: Vec<Vec<usize>> =
            group.iter().map(|waiting| waiting.texts.iter().map(&mut place).collect()).collect();
        let mut left = vec![MAX_PURCHASES; texts.len()];
        for (waiting, positions) in group.iter().zip(&positions) {
            for (&position, &own) in positions.iter().zip(&waiting.left) {
                left[position] = own.min(left[position]);
            }
        }
        Self { texts, left, positions }
    }
}

/// Gives each request its own part of what came of all.
pub(super) fn share(mut group: Vec<Waiting>, positions: &[Vec<usize>], outcome: Outcome, purchases: &Purchases) {
    // Whoever does not wait any more needs no answer.
    if let (Some(alone), [positions]) = (group.pop_if(|_| positions.len() == 1), positions) {
        // As it came, with the cause of its failure.
        let _ = alone.reply.send((outcome, purchases.part(positions)));
        return;
    }
    for (waiting, positions) in group.into_iter().zip(positions) {
        let part = outcome.as_ref().map(|answer| answer_part(answer, positions));
        let part = part.map_err(|error| error_part(error, positions));
        let _ = waiting.reply.send((part, purchases.part(positions)));
    }
}

fn answer_part(answer: &EngineResponse, positions: &[usize]) -> EngineResponse {
    // One that is missing makes the part too short, which whoever asked sees.
    let candidates = positions.iter().filter_map(|&position| answer.candidates.get(position).cloned()).collect();
    EngineResponse { candidates, model: answer.model.clone() }
}

fn error_part(error: &EngineError, positions: &[usize]) -> EngineError {
    let part = |partial: &Partial| {
        let candidate = |&position: &usize| partial.candidates.get(position).cloned().flatten();
        let candidates = positions.iter().map(candidate).collect();
        Box::new(Partial { candidates, model: partial.model.clone() })
    };
    EngineError { partial: error.partial.as_deref().map(part), ..error.without_source() }
}
