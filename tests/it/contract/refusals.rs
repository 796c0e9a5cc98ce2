//! What a service will not translate: a text is declined alone, whatever it shares a call with, and for as little as
//! that takes; a refusal of the call as such is one, and is not asked for again.

use polypost::usage;
use polypost_core::check::Origin;
use polypost_engines::{EngineDependencies, ErrorKind};
use polypost_store::State;

use super::{ask, assert_translates, candidates, each};
use polypost_test_service::chaos::{self, Line, Way};
use polypost_test_service::program::TestProgram;
use polypost_test_service::stub::StubRequest;
use polypost_test_service::told::disguised;
use polypost_test_service::vendors::all::{Service, too_large};

/// A word that a service takes offence at.
const OFFENCE: &str = "knockout";

const COUNT: usize = 16;

fn texts(offending: impl Fn(usize) -> bool) -> Vec<String> {
    let word = |number| if offending(number) { OFFENCE } else { "harmless" };
    (0..COUNT).map(|number| format!("The {} case came back at [PH1].", word(number))).collect()
}

/// A line to the service on which calls that have the word, or what a first leg makes of it, are answered with this.
async fn line(service: &Service, refusal: Vec<u8>) -> Line {
    let disguised = disguised(&format!("The {OFFENCE}"));
    let disguised = disguised.rsplit(' ').next().unwrap_or_default().to_owned();
    let way = move |asked: &StubRequest| {
        let offends = asked.body.contains(OFFENCE) || asked.body.contains(&disguised);
        if offends { Way::Says(refusal.clone()) } else { Way::Through }
    };
    chaos::ways(&service.url, way).await
}

#[tokio::test]
async fn a_text_that_is_refused_is_declined_alone() {
    each(
        |can| can.network,
        |service| async move {
            let Some(refusal) = service.refusals.text.clone() else { return };
            let cases = [&[0][..], &[COUNT - 1], &[7], &[3, 12]].map(|offending| (offending, refusal.clone()));
            for (offending, refusal) in cases.into_iter().chain([(&[8][..], too_large())]) {
                let line = line(&service, refusal).await;
                let engine = service.engine_at(&line.url, &EngineDependencies::default());
                let texts = texts(|number| offending.contains(&number));
                let found = candidates(&service, engine.as_ref(), &texts).await;
                for (number, (text, candidate)) in texts.iter().zip(&found).enumerate() {
                    if offending.contains(&number) {
                        let reason = candidate.as_ref().expect_err(service.name);
                        assert!(!reason.contains(OFFENCE) && !reason.is_empty(), "{}: {reason}", service.name);
                    } else {
                        assert_translates(&service, text, candidate);
                    }
                }
                let most = if service.can.lists { 1 + 8 * offending.len() } else { COUNT };
                assert!(line.calls() <= most, "{}: {} calls for {offending:?}", service.name, line.calls());
            }
        },
    )
    .await;
}

#[tokio::test]
async fn where_every_text_is_refused_not_each_is_asked_for_alone() {
    each(
        |can| can.network && can.lists,
        |service| async move {
            let Some(refusal) = service.refusals.text.clone() else { return };
            let line = line(&service, refusal).await;
            let engine = service.engine_at(&line.url, &EngineDependencies::default());
            let found = candidates(&service, engine.as_ref(), &texts(|_| true)).await;
            assert!(found.iter().all(Result::is_err), "{}: {found:?}", service.name);
            assert!(line.calls() <= 17, "{}: {} calls", service.name, line.calls());
        },
    )
    .await;
}

#[tokio::test]
async fn a_call_that_is_refused_as_such_is_not_asked_for_again() {
    each(
        |can| can.network,
        |service| async move {
            let refusal = service.refusals.call.clone();
            let line = chaos::ways(&service.url, move |_| Way::Says(refusal.clone())).await;
            let engine = service.engine_at(&line.url, &EngineDependencies::default());
            let error = ask(&service, engine.as_ref(), &texts(|_| false)).await.expect_err(service.name);
            assert_eq!(error.kind, ErrorKind::Rejected, "{}: {error}", service.name);
            let most = if service.name == "amazon" { COUNT } else { 1 };
            assert_eq!(line.calls(), most, "{}", service.name);
        },
    )
    .await;
}

/// What is left of a report when one of its paragraphs is refused, and what it cost: what the service counted.
#[tokio::test]
async fn a_paragraph_that_is_refused_stands_in_the_source_language_and_costs_nothing() {
    each(
        |can| can.network,
        |service| async move {
            // A pivot's legs have bills of their own.
            let refusal = service.refusals.text.clone().filter(|_| !service.engine_name().contains('>'));
            let Some(refusal) = refusal else { return };
            let line = line(&service, refusal).await;
            let program =
                TestProgram::with(&["es"], |dependencies| vec![service.engine_at(&line.url, dependencies)]).await;
            let paragraphs = [
                "A fix was deployed.",
                "Some calls failed.",
                "Everything is fine.",
                "It was a knockout blow.",
                "Nobody was hurt.",
            ];
            let report = format!("---\ntitle: Sign-in fails\n---\n\n{}\n", paragraphs.join("\n\n"));
            program.publish(TestProgram::report("refused.md", report.as_bytes())).await.expect("published");
            program.work().await;
            program.assert_state("refused", "es", State::Partial).await;
            let rendition = program.served("refused", "es").await.expect("a version").rendition;
            let is_machine = |origin: &Origin| matches!(origin, Origin::Machine { .. });
            for segment in &rendition.segments {
                let is_refused = segment.source.contains(OFFENCE);
                assert_eq!(is_machine(&segment.origin), !is_refused, "{}: {segment:?}", service.name);
            }
            let settings = service.settings_with(&line.url, |_| {});
            let account = usage::account(program.store.as_ref(), &settings, program.store.clock().now(), 0)
                .await
                .expect("the store answers");
            let booked: u64 = account.lines.iter().map(|line| line.characters).sum();
            assert_eq!(booked, service.bill().units, "{}", service.name);
            assert!(booked > 0 && line.calls() <= 16, "{}: {} calls", service.name, line.calls());
        },
    )
    .await;
}
