//! The contract of engines, held against each of them: what goes in comes out in its place, and what a service does
//! wrong is said by its kind and publishes nothing.

mod addresses;
mod faults;
mod hostile;
mod refusals;
mod secrets;

use polypost_core::locale::Locale;
use polypost_engines::{Candidate, Engine, EngineDependencies, EngineError, EngineRequest, EngineResponse, ErrorKind};

use polypost_test_service::chaos::{self, Way};
use polypost_test_service::house::locale;
use polypost_test_service::vendors::all::{Service, all};
use polypost_test_service::vendors::capabilities::{Apart, Capabilities};

const TEXT: &str = "Customers could not play [PH1] & recordings <before> [PH2].";

/// For a model that has not those signs, and declines what it cannot read.
const PLAIN: &str = "Customers could not play [PH1] or recordings before [PH2].";

fn text(service: &Service) -> &'static str {
    if service.can.signs { TEXT } else { PLAIN }
}

/// Runs one exercise on every engine that is fit for it, side by side; every failure is told with the engine's name.
async fn each<F>(is_fit: fn(&Capabilities) -> bool, exercise: impl Fn(Service) -> F + Copy + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut running = Vec::new();
    for service in all().await.into_iter().filter(|service| is_fit(&service.can)) {
        let name = service.name;
        running.push((name, tokio::spawn(async move { exercise(service).await })));
    }
    for (name, exercise) in running {
        if let Err(failure) = exercise.await {
            println!("engine `{name}` broke the contract");
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn ask(service: &Service, engine: &dyn Engine, texts: &[String]) -> Result<EngineResponse, EngineError> {
    let (source, target): (Locale, Locale) = (locale("en"), locale(service.target));
    let context = Some("Call recordings unavailable");
    engine.translate(EngineRequest { context, ..EngineRequest::new(&source, &target, texts) }).await
}

async fn candidates(service: &Service, engine: &dyn Engine, texts: &[String]) -> Vec<Candidate> {
    let answer = ask(service, engine, texts).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(answer.candidates.len(), texts.len(), "engine `{}`", engine.name());
    answer.candidates
}

fn placeholders(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "[]".contains(letter)));
    words.filter(|word| word.starts_with("[PH")).map(str::to_owned).collect()
}

/// It is the translation of this very text: its placeholders are there, in their order, and its signs are no entities.
fn assert_translates(service: &Service, text: &str, candidate: &Candidate) {
    let name = service.name;
    let translation = &candidate.as_ref().unwrap_or_else(|reason| panic!("{name}: {text}: {reason}")).text;
    assert_eq!(placeholders(text), placeholders(translation), "{name}: {text}: {translation}");
    assert!(!service.can.signs || text.contains("& ") == translation.contains("& "), "{name}: {translation}");
    assert!(!translation.contains("&amp;") && !translation.contains("&lt;"), "{name}: {translation}");
    assert!(!translation.contains('*'), "{name}: {translation}");
}

#[tokio::test]
async fn texts_come_back_in_their_places() {
    each(
        |_| true,
        |service| async move {
            let engine = service.engine();
            let many = (1..=120).map(|number| text(&service).replace("[PH2]", &format!("[PH{number}]"))).collect();
            for texts in [vec![text(&service).to_owned()], many] {
                let found = candidates(&service, engine.as_ref(), &texts).await;
                for (text, candidate) in texts.iter().zip(&found) {
                    assert_translates(&service, text, candidate);
                }
            }
            assert!(candidates(&service, engine.as_ref(), &[]).await.is_empty());
        },
    )
    .await;
}

#[tokio::test]
async fn as_many_as_there_are_go_in_as_many_calls_as_that_takes() {
    each(
        |can| can.network,
        |service| async move {
            let line = chaos::line(&service.url, || None).await;
            let engine = service.engine_at(&line.url, &EngineDependencies::default());
            // A service of one text a call need not be asked thousands of times.
            let count = if service.can.lists { 1500 } else { 50 };
            let texts: Vec<String> = (0..count).map(|_| text(&service).to_owned()).collect();
            for candidate in candidates(&service, engine.as_ref(), &texts).await {
                assert_translates(&service, text(&service), &candidate);
            }
            assert!(!service.can.lists || line.calls() < count / 10, "{}: {} calls", service.name, line.calls());
        },
    )
    .await;
}

#[tokio::test]
async fn a_text_that_no_call_takes_is_declined_alone_and_others_come_back_whole() {
    each(
        |_| true,
        |service| async move {
            let engine = service.engine();
            let repeated = if service.can.longest { 40_000 } else { 400 };
            let long = "It was long. ".repeat(repeated);
            let texts =
                [text(&service).to_owned(), long.clone(), String::new(), " ".to_owned(), text(&service).to_owned()];
            let found = candidates(&service, engine.as_ref(), &texts).await;
            assert_translates(&service, text(&service), &found[0]);
            match &found[1] {
                Err(_) => assert!(service.can.longest, "{}", service.name),
                Ok(whole) => {
                    let sentences = whole.text.matches('.').count();
                    assert!(!service.can.longest && sentences == repeated, "{}: {sentences}", service.name);
                }
            }
            for empty in &found[2..4] {
                let is_empty = empty.as_ref().is_ok_and(|text| text.text.trim().is_empty());
                assert!(empty.is_err() || is_empty, "{}: {empty:?}", service.name);
            }
            assert_translates(&service, text(&service), &found[4]);
        },
    )
    .await;
}

#[tokio::test]
async fn words_whose_place_is_wanted_are_found_or_left_out() {
    each(
        |_| true,
        |service| async move {
            let engine = service.engine();
            let (source, target) = (locale("en"), locale(service.target));
            engine.prepare(&source, &target).await.unwrap_or_else(|error| panic!("{error}"));
            let words = 0..9;
            let (texts, spans) = ([text(&service).to_owned()], [vec![words.clone()]]);
            let request = EngineRequest { spans: &spans, ..EngineRequest::new(&source, &target, &texts) };
            let answer = engine.translate(request).await.unwrap_or_else(|error| panic!("{error}"));
            let translation =
                answer.candidates[0].as_ref().unwrap_or_else(|reason| panic!("{}: {reason}", service.name));
            // An engine may tell of other words, too.
            for (from, to) in &translation.alignment {
                let source = texts[0].get(from.clone());
                let found = translation.text.get(to.clone()).expect("a place in the text");
                assert!(source.is_some_and(|source| !source.is_empty()), "{}: {from:?}", service.name);
                let is_wanted = from.start < words.end;
                assert!(!is_wanted || found.split_whitespace().count() <= 2, "{}: {found}", service.name);
            }
            let is_found = translation.alignment.iter().any(|(from, _)| from.start == words.start);
            assert!(is_found || translation.alignment.is_empty(), "{}: {translation:?}", service.name);
        },
    )
    .await;
}

#[tokio::test]
async fn a_locale_that_is_not_served_is_refused_by_its_name() {
    each(
        |can| can.languages,
        |service| async move {
            let engine = service.engine();
            let (source, foreign) = (locale("en"), locale("tlh"));
            let texts = [TEXT.to_owned()];
            let request = EngineRequest::new(&source, &foreign, &texts);
            let answers = [
                engine.prepare(&source, &foreign).await.err(),
                engine.check(&source, &foreign).await.err(),
                engine.estimate(request.clone()).await.err(),
                engine.translate(request).await.err(),
            ];
            for error in answers {
                let error = error.unwrap_or_else(|| panic!("{} serves Klingon", service.name));
                assert_eq!(error.kind, ErrorKind::Rejected, "{error}");
                assert!(error.to_string().contains("`tlh`"), "{error}");
            }
        },
    )
    .await;
}

/// Two texts that only their placeholders and their places tell apart.
#[tokio::test]
async fn answers_in_another_order_are_put_where_they_belong_or_refused() {
    each(
        |can| can.apart != Apart::Untold,
        |service| async move {
            let line = chaos::ways(&service.url, |_| Way::Rewritten(chaos::reversed)).await;
            let engine = service.engine_at(&line.url, &EngineDependencies::default());
            let texts: Vec<String> =
                ["first", "second", "third", "last"].map(|which| format!("The {which} one failed at [PH1].")).to_vec();
            let found = candidates(&service, engine.as_ref(), &texts).await;
            for (text, candidate) in texts.iter().zip(&found) {
                match service.can.apart {
                    Apart::ByNames => assert_translates(&service, text, candidate),
                    _ => assert!(candidate.is_err(), "{}: {text}: {candidate:?}", service.name),
                }
            }
            assert!(line.calls() >= 1, "{}", service.name);
        },
    )
    .await;
}
