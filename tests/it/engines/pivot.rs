//! Two engines in a row: the real neural one and a real APy, and an APy that goes away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use polypost_engines::{Engine, EngineDependencies, EngineRequest, ErrorKind, Routes, route};
use polypost_store::State;

use super::{SENTENCES, candidates, keeps_placeholders, locale, owned, published, report, translations};
use polypost_test_service::pivot::{NAME, engine, settings};
use polypost_test_service::program::TestProgram;
use polypost_test_service::{self, stub};

#[tokio::test]
async fn placeholders_survive_both_legs() {
    let Some(engine) = engine() else { return };
    engine.prepare(&locale("en"), &locale("es")).await.unwrap();
    let mut texts = owned(&SENTENCES);
    texts.extend(report());
    let translated = translations(engine.as_ref(), "es", &texts).await;
    for (source, translation) in texts.iter().zip(&translated) {
        assert!(keeps_placeholders(source, translation), "{source} -> {translation}");
        assert_ne!(source, translation);
    }
    for (source, translation) in SENTENCES.iter().zip(&translated) {
        eprintln!("{source}\n  {translation}");
    }
}

#[tokio::test]
async fn the_model_is_both_legs_and_the_codes_are_too() {
    let Some(engine) = engine() else { return };
    let answer = super::ask(engine.as_ref(), "es", &owned(&["It failed."])).await.unwrap();
    let model = answer.model.unwrap();
    assert!(model.starts_with("enpt ") && model.ends_with(" > por|spa"), "{model}");
    engine.check(&locale("en"), &locale("es")).await.unwrap();
    let offers = engine.capabilities(&locale("en"), &locale("es")).await.unwrap();
    assert_eq!(offers.code.as_deref(), Some("pt>spa"));
    assert!(engine.limits().contains("neural: ") && engine.limits().contains("apertium: "), "{}", engine.limits());
    let error = engine.prepare(&locale("en"), &locale("ja")).await.unwrap_err();
    assert_eq!((error.engine.as_str(), error.kind), (NAME, ErrorKind::Rejected));
    assert!(error.message.contains("the second leg, `apertium` into `ja`"), "{error}");
}

#[tokio::test]
async fn a_stretch_is_found_through_both_alignments() {
    let Some(engine) = engine() else { return };
    let texts = owned(&["The status page was not available to customers in Europe.", "It began at [PH1] today."]);
    let stretch = |text: &str, words: &str| {
        let start = text.find(words).unwrap();
        start..start + words.len()
    };
    let spans = [
        vec![stretch(&texts[0], "status page"), stretch(&texts[0], "customers in Europe")],
        vec![stretch(&texts[1], "at [PH1]")],
    ];
    let (source, target) = (locale("en"), locale("es"));
    let request = EngineRequest { spans: &spans, ..EngineRequest::new(&source, &target, &texts) };
    let answer = engine.translate(request).await.unwrap();
    let found: Vec<Vec<(&str, &str)>> = texts
        .iter()
        .zip(&answer.candidates)
        .map(|(text, candidate)| {
            let translation = candidate.as_ref().unwrap();
            let words = translation.alignment.iter();
            words.map(|(from, to)| (&text[from.clone()], &translation.text[to.clone()])).collect()
        })
        .collect();
    assert_eq!(found[0], [("status page", "página de estatus"), ("customers in Europe", "los clientes en Europa")]);
    assert_eq!(found[1].len(), 1, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_through_with_its_facts_and_marks_in_their_places() {
    let Some(engine) = engine() else { return };
    let rendition = published(&engine, &["es"]).await.remove(0);
    let markdown = &rendition.body.markdown;
    eprintln!("{markdown}");
    for part in ["## Resumen", "[la *página de estado*](https://status.example/a?b=1&c=2)", "**R&D <tools>**"] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
    let order = ["**", "13:52 UTC", "https://status.example", "`kubectl get pods`", "10.0.0.1"];
    let places: Vec<usize> = order.iter().map(|part| markdown.find(part).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?} in {markdown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locale_has_its_own_route_and_the_others_have_that_of_all() {
    let Some(mut settings) = settings() else { return };
    settings.route = vec!["pseudo".parse().unwrap()];
    settings.routes.insert(locale("es"), vec![NAME.parse().unwrap(), "apertium".parse().unwrap()]);
    let routes = Routes::new(&settings, &EngineDependencies::default()).unwrap();
    let mut program = TestProgram::new(Vec::new(), &["es", "it"]).await;
    Arc::get_mut(&mut program.worker.pipeline).expect("nobody works yet").routes = routes;
    let report = "---\ntitle: Errors\n---\n\nWe are investigating errors since 10:54 UTC.\n";
    program.publish(TestProgram::report("errors.md", report.as_bytes())).await.unwrap();
    program.work().await;
    for (tag, engine) in [("es", NAME), ("it", "pseudo")] {
        program.assert_state("errors", tag, State::Current).await;
        let rendition = program.served("errors", tag).await.expect("a version").rendition;
        assert_eq!(rendition.engines(), [engine]);
        assert!(rendition.body.markdown.contains("10:54 UTC"), "{}", rendition.body.markdown);
    }
}

const PAIRS: &str = r#"{"responseData":[{"sourceLanguage":"por","targetLanguage":"spa"}],"responseStatus":200}"#;

/// The pivot on a real model and an APy that answers with what it is asked, unless it is down.
async fn with_stub(is_down: &Arc<AtomicBool>, calls: &Arc<AtomicUsize>) -> Option<Arc<dyn Engine>> {
    let (is_down, calls) = (Arc::clone(is_down), Arc::clone(calls));
    let url = stub::serve(move |asked| {
        if asked.path() == "/listPairs" {
            return Some(stub::ok(PAIRS));
        }
        calls.fetch_add(1, Ordering::SeqCst);
        if is_down.load(Ordering::SeqCst) {
            return Some(stub::answer("503 Busy", "", r#"{"message":"internal error"}"#));
        }
        let fields: Vec<(String, String)> = reqwest::Url::parse(&format!("http://x/?{}", asked.body))
            .expect("a form")
            .query_pairs()
            .into_owned()
            .collect();
        let text = &fields.iter().find(|(name, _)| name == "q").expect("a text").1;
        Some(stub::ok(serde_json::json!({"responseData": {"translatedText": text}, "responseStatus": 200}).to_string()))
    })
    .await;
    let mut settings = polypost_test_service::program::settings().engines;
    settings.neural.directory = polypost_test_service::neural::models()?;
    settings.neural.fetch = false;
    settings.apertium.url = url;
    Some(route::engine(&settings, NAME, &EngineDependencies::default()).expect("good settings"))
}

#[tokio::test]
async fn a_second_leg_that_is_down_is_told_with_its_kind() {
    let (is_down, calls) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
    let Some(engine) = with_stub(&is_down, &calls).await else { return };
    engine.prepare(&locale("en"), &locale("es")).await.unwrap();
    let texts = owned(&["The problem was solved at [PH1]."]);
    let error = super::ask(engine.as_ref(), "es", &texts).await.unwrap_err();
    assert_eq!((error.engine.as_str(), error.kind), (NAME, ErrorKind::Transient { after: None }));
    assert!(error.message.contains("the second leg, `apertium` into `es`"), "{error}");
    assert!(error.message.contains("internal error") && calls.load(Ordering::SeqCst) > 0, "{error}");
    is_down.store(false, Ordering::SeqCst);
    let answer = candidates(engine.as_ref(), "es", &texts).await.remove(0).unwrap();
    assert_eq!(answer.text, "O problema foi resolvido em [PH1].");
}
