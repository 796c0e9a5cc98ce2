//! A model's refusals: of one text among others, and of everything.

use polypost::usage;
use polypost_core::check::Origin;
use polypost_engines::route;
use polypost_store::State;

use super::super::{SENTENCES, candidates};
use super::{engine, settings_as, total};
use polypost_test_service::program::TestProgram;
use polypost_test_service::vendors::openai::{self, Call, Options};

/// A model that will not translate one text says so of the whole call, and counts the tokens all the same.
#[tokio::test]
async fn a_text_that_is_refused_is_declined_alone_and_what_it_cost_is_booked() {
    for what in ["refusal", "content_filter"] {
        let answer = move |call: &Call| {
            if what == "refusal" { call.refusal() } else { call.completion("{\"items\":[", "content_filter") }
        };
        let service =
            openai::serve_with(Options::default(), move |call| call.mentions("apologize").then(|| answer(call))).await;
        let settings = settings_as(&service.url, |_| {});
        let program = TestProgram::with(&["es"], |dependencies| {
            vec![route::engine(&settings, "openai", dependencies).expect("usable settings")]
        })
        .await;
        let body = SENTENCES.map(|text| text.replace(['[', ']'], "")).join("\n\n");
        let report = TestProgram::report("refused.md", format!("---\ntitle: Delays\n---\n\n{body}").as_bytes());
        program.publish(report).await.expect("published");
        program.work().await;
        program.assert_state("refused", "es", State::Partial).await;
        let rendition = program.served("refused", "es").await.expect("a version").rendition;
        let refused = rendition.segments.iter().filter(|segment| !matches!(segment.origin, Origin::Machine { .. }));
        let refused: Vec<&str> = refused.map(|segment| segment.source.as_str()).collect();
        assert!(refused.len() == 1 && refused[0].contains("apologize"), "{what}: {refused:?}");
        let calls = service.calls();
        assert!(calls.len() <= 9, "{what}: {} calls", calls.len());
        let counted = |call: &Call| {
            let is_refused = call.mentions("apologize");
            total(if is_refused { answer(call) } else { call.answer(&call.translated()) })
        };
        let account = usage::account(program.store.as_ref(), &settings, program.store.clock().now(), 0)
            .await
            .expect("the store answers");
        let booked: u64 = account.lines.iter().map(|line| line.characters).sum();
        assert_eq!(booked, calls.iter().map(counted).sum::<u64>(), "{what}");
    }
}

type Refuses = fn(&Call) -> Vec<u8>;

#[tokio::test]
async fn a_model_that_refuses_everything_is_not_asked_text_by_text() {
    let texts: Vec<String> = (0..20).map(|number| format!("Case {number} came back.")).collect();
    let filtered = |call: &Call| call.completion("{\"items\":[", "content_filter");
    let cut = |call: &Call| call.completion("", "length");
    // Whole and in five parts, whose refusals are the model's own. An answer that is none is looked into further, until
    // no more calls are made for one, and no text is bought a fourth time.
    let ways: [(Refuses, usize); 3] = [(Call::refusal, 6), (filtered, 6), (cut, 18)];
    for (refuses, most) in ways {
        let service = openai::serve_with(Options::default(), move |call| Some(refuses(call))).await;
        let answers = candidates(engine(&service.url).as_ref(), "es", &texts).await;
        assert!(answers.iter().all(Result::is_err), "{answers:?}");
        assert_eq!(service.calls().len(), most);
    }
}
