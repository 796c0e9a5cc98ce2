//! Translates texts along chains of one or two pairs, and chooses for each text the chain that left the fewest words
//! unknown. Nothing here knows how a leg is asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::task::JoinSet;

use super::marks::Reading;
use super::pairs::Leg;
use super::server::{LegOutcome, Server};
use super::{NAME, articles, no_as_answer, packing};
use crate::{EngineError, ErrorKind, placeholder};

/// What one chain made of all texts.
pub(super) struct Walk {
    /// `eng|cat cat|ita`
    pub name: String,
    /// As many as texts, by position.
    pub outcomes: Vec<LegOutcome>,
}

/// All texts along all chains, in calls as full as they may be. Calls overlap, since each pair has a pipeline of its
/// own. A chain that fails is left out as long as another one does not.
pub(super) async fn walk_all(
    server: &Arc<Server>,
    chains: Vec<Vec<Leg>>,
    texts: Arc<[String]>,
    is_urgent: bool,
) -> Result<Vec<Walk>, EngineError> {
    let mut walks: Vec<Option<Result<Walk, EngineError>>> = chains.iter().map(|_| None).collect();
    let mut tasks = JoinSet::new();
    for (index, legs) in chains.into_iter().enumerate() {
        let (server, texts) = (Arc::clone(server), Arc::clone(&texts));
        tasks.spawn(async move {
            let name = legs.iter().map(Leg::to_string).collect::<Vec<_>>().join(" ");
            let outcomes = walk(&server, legs.into(), &texts, is_urgent).await;
            (index, outcomes.map(|outcomes| Walk { name, outcomes }))
        });
    }
    while let Some(done) = tasks.join_next().await {
        let (index, walk) = done.map_err(given_up)?;
        if let Some(slot) = walks.get_mut(index) {
            *slot = Some(walk);
        }
    }
    let mut failure = None;
    let mut good = Vec::new();
    for walk in walks.into_iter().flatten() {
        match walk {
            Ok(walk) => good.push(walk),
            // The preferred chain's failure is the one to tell.
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    match failure {
        Some(error) if good.is_empty() => Err(error),
        _ => Ok(good),
    }
}

/// Several chains' outcomes for the pieces of one text, the one with the fewest unknown words first, of equal ones the
/// one with the fewest words of the pivot's language, of equal ones the first.
///
/// # Errors
/// The first chain's reason where every chain declined a piece.
pub(super) fn ranked<'walks>(outcomes: impl Iterator<Item = &'walks [LegOutcome]>) -> Result<Vec<Way>, String> {
    let mut ways: Vec<((usize, usize), Way)> = Vec::new();
    let mut reason = None;
    for outcomes in outcomes {
        match outcomes.iter().map(Result::as_ref).collect::<Result<Vec<&Reading>, &String>>() {
            Ok(readings) => {
                let unknown: BTreeSet<&String> = readings.iter().flat_map(|reading| &reading.unknown).collect();
                let strays: BTreeSet<&String> = readings.iter().flat_map(|reading| &reading.strays).collect();
                let weight = (unknown.len(), strays.len());
                let foreign = readings.iter().flat_map(|reading| &reading.foreign).cloned().collect();
                ways.push((
                    weight,
                    Way { texts: readings.into_iter().map(|reading| reading.text.clone()).collect(), foreign },
                ));
            }
            Err(declined) => reason = reason.or_else(|| Some(declined.clone())),
        }
    }
    if ways.is_empty() {
        return Err(reason.unwrap_or_else(|| "there was no answer".to_owned()));
    }
    ways.sort_by_key(|(weight, _)| *weight);
    Ok(ways.into_iter().map(|(_, way)| way).collect())
}

/// What one chain made of one text's pieces.
pub(super) struct Way {
    pub texts: Vec<String>,
    /// The words that are not of the target's language.
    pub foreign: BTreeSet<String>,
}

async fn walk(
    server: &Arc<Server>,
    legs: Arc<[Leg]>,
    texts: &[String],
    is_urgent: bool,
) -> Result<Vec<LegOutcome>, EngineError> {
    let groups = packing::groups(texts.iter().map(String::as_str));
    let mut results: Vec<Option<Vec<LegOutcome>>> = groups.iter().map(|_| None).collect();
    let mut calls = JoinSet::new();
    for (index, group) in groups.into_iter().enumerate() {
        let texts = texts.get(group).unwrap_or_default().to_vec();
        let (server, legs) = (Arc::clone(server), Arc::clone(&legs));
        calls.spawn(async move { (index, walk_group(&server, &legs, texts, is_urgent).await) });
    }
    while let Some(done) = calls.join_next().await {
        let (index, outcomes) = done.map_err(given_up)?;
        if let Some(slot) = results.get_mut(index) {
            *slot = Some(outcomes?);
        }
    }
    Ok(results.into_iter().flatten().flatten().collect())
}

/// One group through all legs, without marks between them. A text that a leg declines goes no further.
async fn walk_group(
    server: &Server,
    legs: &[Leg],
    texts: Vec<String>,
    is_urgent: bool,
) -> Result<Vec<LegOutcome>, EngineError> {
    let mut outcomes: Vec<LegOutcome> =
        texts.into_iter().map(|text| Ok(Reading { text, ..Reading::default() })).collect();
    for (position, leg) in legs.iter().enumerate() {
        let open: Vec<(usize, Reading)> = outcomes
            .iter()
            .enumerate()
            .filter_map(|(index, outcome)| Some((index, outcome.as_ref().ok()?.clone())))
            .filter(|(_, reading)| placeholder::has_words(&reading.text))
            .collect();
        for group in packing::groups(open.iter().map(|(_, reading)| reading.text.as_str())) {
            let group = open.get(group).unwrap_or_default();
            let is_english = leg.source == "eng";
            let spelled = |text: &String| if is_english { no_as_answer::spelled(text) } else { text.clone() };
            let texts: Vec<String> = group.iter().map(|(_, reading)| spelled(&reading.text)).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let answers = server.paragraphs(leg, &texts, is_urgent).await?;
            for ((index, before), answer) in group.iter().zip(answers) {
                if let Some(outcome) = outcomes.get_mut(*index) {
                    *outcome = answer.map(|mut after| {
                        articles::settle(leg, &mut after);
                        joined(before, position == 0, after)
                    });
                }
            }
        }
    }
    Ok(outcomes)
}

/// A later leg's reading with what an earlier one did not know: it is no better known for being a word of the pivot's
/// language by accident.
fn joined(before: &Reading, is_first: bool, mut after: Reading) -> Reading {
    if !is_first {
        after.strays = after.unknown.difference(&before.unknown).cloned().collect();
    }
    after.unknown.extend(before.unknown.iter().cloned());
    after.foreign.extend(before.foreign.iter().cloned());
    after
}

fn given_up(error: tokio::task::JoinError) -> EngineError {
    EngineError::new(NAME, ErrorKind::Transient { after: None }, "a call was given up").caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "what a chain hands over")]
    fn reading(text: &str, unknown: &[&str]) -> LegOutcome {
        let unknown = unknown.iter().map(|word| (*word).to_owned()).collect();
        Ok(Reading { text: text.to_owned(), unknown, ..Reading::default() })
    }

    fn best_of(outcomes: &[Vec<LegOutcome>]) -> Result<Vec<String>, String> {
        ranked(outcomes.iter().map(Vec::as_slice)).map(|ways| ways.into_iter().next().unwrap().texts)
    }

    #[test]
    fn fewer_unknown_words_are_better_and_the_first_of_equals_is_taken() {
        let (ca, es) = (vec![reading("ca", &["tiquet", "onboarding"])], vec![reading("es", &["onboarding"])]);
        assert_eq!(best_of(&[ca.clone(), es.clone()]).unwrap(), ["es"]);
        assert_eq!(best_of(&[es, ca]).unwrap(), ["es"]);
        let equal = [vec![reading("ca", &["a"])], vec![reading("es", &["b"])]];
        assert_eq!(best_of(&equal).unwrap(), ["ca"]);
    }

    #[test]
    fn of_equal_ones_the_sources_own_words_are_better_than_the_pivots() {
        let before = |unknown: &[&str]| reading("", unknown).unwrap();
        let chain = |first: &[&str], second: &str| {
            let after = joined(&Reading::default(), true, before(first));
            vec![Ok(joined(&after, false, reading(second, &[second]).unwrap()))]
        };
        let (ca, es) = (chain(&[], "incorrecte"), chain(&["incorrect"], "incorrect"));
        assert_eq!(best_of(&[ca, es]).unwrap(), ["incorrect"]);
    }

    #[test]
    fn a_texts_pieces_stay_together_and_a_word_counts_once() {
        let ca = vec![reading("ca1", &["webhook"]), reading("ca2", &["webhook", "tiquet"])];
        let es = vec![reading("es1", &["webhook"]), reading("es2", &["webhook"])];
        assert_eq!(best_of(&[ca, es]).unwrap(), ["es1", "es2"]);
        assert_eq!(best_of(&[vec![], vec![]]).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_chain_that_declined_counts_only_where_all_did() {
        let declined = |reason: &str| vec![reading("x", &[]), Err(reason.to_owned())];
        let good = vec![reading("a", &["b"]), reading("c", &["d"])];
        assert_eq!(best_of(&[declined("no"), good]).unwrap(), ["a", "c"]);
        assert_eq!(best_of(&[declined("no"), declined("never")]).unwrap_err(), "no");
        assert!(best_of(&[]).is_err());
    }
}
