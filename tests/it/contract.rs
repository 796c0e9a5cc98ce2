//! The contract of engines over the network, held against each of them: what goes in comes out in its place, and what a
//! service does wrong is said by its kind and publishes nothing.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use polypost::check::Origin;
use polypost::locale::Locale;
use polypost::store::State;
use polypost::translate::pseudo::Pseudo;
use polypost::translate::{Answer, Candidate, Engine, EngineError, ErrorKind, Means, Request};

use crate::support::chaos::{self, Fault};
use crate::support::house::{House, locale};
use crate::support::stub;
use crate::support::vendors::all::{Service, all};

const TEXT: &str = "Customers could not play [PH1] & recordings <before> [PH2].";

/// Runs one exercise on every engine, side by side; every failure is told with the engine's name.
async fn each<F>(exercise: impl Fn(Service) -> F + Copy + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut running = Vec::new();
    for service in all().await {
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

async fn ask(engine: &dyn Engine, texts: &[String]) -> Result<Answer, EngineError> {
    let (source, target): (Locale, Locale) = (locale("en"), locale("es"));
    let context = Some("Call recordings unavailable");
    engine
        .translate(Request { source: &source, target: &target, texts, stretches: &[], context, is_urgent: false })
        .await
}

async fn candidates(engine: &dyn Engine, texts: &[String]) -> Vec<Candidate> {
    let answer = ask(engine, texts).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(answer.candidates.len(), texts.len(), "engine `{}`", engine.name());
    answer.candidates
}

/// It is the translation of this very text: its placeholders are there, in their order, and its signs are no entities.
fn assert_translates(engine: &dyn Engine, text: &str, candidate: &Candidate) {
    let name = engine.name();
    let translation = &candidate.as_ref().unwrap_or_else(|reason| panic!("{name}: {text}: {reason}")).text;
    let placeholders = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "[]".contains(letter)));
        words.filter(|word| word.starts_with("[PH")).map(str::to_owned).collect()
    };
    assert_eq!(placeholders(text), placeholders(translation), "{name}: {text}: {translation}");
    assert_eq!(text.contains("& "), translation.contains("& "), "{name}: {translation}");
    assert!(!translation.contains("&amp;") && !translation.contains("&lt;"), "{name}: {translation}");
}

#[tokio::test]
async fn texts_come_back_in_their_places() {
    each(|service| async move {
        let engine = service.engine();
        for texts in
            [vec![TEXT.to_owned()], (1..=120).map(|number| TEXT.replace("[PH2]", &format!("[PH{number}]"))).collect()]
        {
            let found = candidates(engine.as_ref(), &texts).await;
            for (text, candidate) in texts.iter().zip(&found) {
                assert_translates(engine.as_ref(), text, candidate);
            }
        }
        assert!(candidates(engine.as_ref(), &[]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn as_many_as_there_are_go_in_as_many_calls_as_that_takes() {
    each(|service| async move {
        let line = chaos::line(&service.url, || None).await;
        let engine = service.engine_at(&line.url, &Means::default());
        // A service of one text a call need not be asked thousands of times.
        let count = if service.has_lists() { 1500 } else { 50 };
        let texts: Vec<String> = (0..count).map(|_| TEXT.to_owned()).collect();
        for candidate in candidates(engine.as_ref(), &texts).await {
            assert_translates(engine.as_ref(), TEXT, &candidate);
        }
        assert!(!service.has_lists() || line.calls() < count / 10, "{}: {} calls", service.name, line.calls());
    })
    .await;
}

#[tokio::test]
async fn a_text_that_no_call_takes_is_declined_alone() {
    each(|service| async move {
        let engine = service.engine();
        let texts = [TEXT.to_owned(), "It was long. ".repeat(40_000), String::new(), " ".to_owned(), TEXT.to_owned()];
        let found = candidates(engine.as_ref(), &texts).await;
        assert_translates(engine.as_ref(), TEXT, &found[0]);
        assert!(found[1].is_err(), "{}", service.name);
        for empty in &found[2..4] {
            assert!(
                empty.as_ref().is_err() || empty.as_ref().is_ok_and(|text| text.text.trim().is_empty()),
                "{empty:?}"
            );
        }
        assert_translates(engine.as_ref(), TEXT, &found[4]);
    })
    .await;
}

#[tokio::test]
async fn words_whose_place_is_wanted_are_found_or_left_out() {
    each(|service| async move {
        let engine = service.engine();
        let (source, target) = (locale("en"), locale("es"));
        engine.prepare(&source, &target).await.unwrap_or_else(|error| panic!("{error}"));
        let words = 0..9;
        let (texts, stretches) = ([TEXT.to_owned()], [vec![words.clone()]]);
        let request = Request {
            source: &source,
            target: &target,
            texts: &texts,
            stretches: &stretches,
            context: None,
            is_urgent: false,
        };
        let answer = engine.translate(request).await.unwrap_or_else(|error| panic!("{error}"));
        let translation = answer.candidates[0].as_ref().unwrap_or_else(|reason| panic!("{}: {reason}", service.name));
        let places: Vec<_> =
            translation.alignment.iter().map(|(from, to)| (from.clone(), translation.text.get(to.clone()))).collect();
        if !places.is_empty() {
            let found = places[0].1.expect("a place in the text");
            assert_eq!((places.len(), &places[0].0), (1, &words), "{}", service.name);
            assert!(found.split_whitespace().count() <= 2, "{}: {found}", service.name);
        }
    })
    .await;
}

#[tokio::test]
async fn every_fault_has_its_kind_and_tells_no_secret() {
    each(|service| async move {
        for fault in chaos::FAULTS {
            if !service.has_lists() && matches!(fault, Fault::LacksATextAtTheEnd | Fault::HasATextMore) {
                continue;
            }
            let line = chaos::line(&service.url, move || Some(fault)).await;
            let engine = service.engine_with(&line.url, &Means::default(), |contract| {
                contract.first_byte_timeout_seconds = 1;
                contract.request_timeout_seconds = 2;
            });
            let texts = [TEXT.to_owned(), "It works again.".to_owned()];
            let error = ask(engine.as_ref(), if service.has_lists() { &texts } else { &texts[..1] }).await;
            let error = error.expect_err(&format!("{}: {fault:?}", service.name));
            let after = match error.kind {
                ErrorKind::Transient { after } => after,
                kind => panic!("{}: {fault:?}: {kind:?}: {error}", service.name),
            };
            let asked_for = (fault == Fault::WantsAPause).then_some(Duration::from_secs(1));
            assert!(after == asked_for || error.is_paused, "{}: {fault:?}: {after:?}: {error}", service.name);
            assert!((1..=3).contains(&line.calls()), "{}: {fault:?}: {} calls", service.name, line.calls());
            let told = format!("{error} {error:?}");
            for secret in service.secrets.iter().map(String::as_str).chain(["Customers", "Call recordings"]) {
                assert!(!told.contains(secret), "{}: {fault:?}: {told}", service.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_unpacks_without_end_is_given_up() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..512 {
        bomb.write_all(&vec![b' '; 1 << 20]).expect("in memory");
    }
    let packed = Arc::new(bomb.finish().expect("in memory"));
    assert!(packed.len() < 1 << 20);
    for service in all().await {
        let packed = Arc::clone(&packed);
        let headers = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
        let url = stub::serve(move |_| Some(stub::answer("200 OK", headers, packed.as_slice()))).await;
        let engine = service.engine_at(&url, &Means::default());
        let error = engine.check(&locale("en"), &locale("es")).await.expect_err(service.name);
        assert!(error.to_string().contains("larger than"), "{}: {error}", service.name);
    }
}

#[tokio::test]
async fn what_an_engine_cannot_do_stands_in_the_rows_reason() {
    each(|service| async move {
        let line = chaos::line(&service.url, || Some(Fault::IsDown)).await;
        let house = House::with(&["es"], |means| vec![service.engine_at(&line.url, means)]).await;
        let report = House::report("down.md", b"---\ntitle: Sign-in fails\n---\n\nNobody can sign in.\n");
        house.publish(report).await.expect("published");
        house.work().await;
        let row = house.translation("down", "es").await;
        assert_eq!(row.state, State::Failed, "{row:?}");
        let reason = row.reason.expect("a reason");
        let engine = service.name.split(' ').next().unwrap_or_default();
        assert!(reason.contains(&format!("engine `{engine}`")) && reason.contains("503"), "{reason}");
        assert!(house.served("down", "es").await.is_none());
    })
    .await;
}

/// What was paid for is used: the next engine gets the rest.
#[tokio::test]
async fn what_was_translated_before_a_failure_stays() {
    let mut services = all().await;
    services.retain(|service| service.name == "amazon");
    let service = services.pop().expect("it is one of them");
    let mut calls = 0;
    let line = chaos::line(&service.url, move || {
        calls += 1;
        (calls > 3).then_some(Fault::IsDown)
    })
    .await;
    let pseudo: Arc<dyn Engine> = Arc::new(Pseudo);
    let house = House::with(&["es"], |means| vec![service.engine_at(&line.url, means), pseudo]).await;
    let paragraphs =
        "A fix was deployed.\n\nMessages are delivered again.\n\nSome calls failed.\n\nWe apologise.\n\nSign-in works.";
    let report = House::report("long.md", format!("---\ntitle: Sign-in fails\n---\n\n{paragraphs}\n").as_bytes());
    house.publish(report).await.expect("published");
    house.work().await;
    house.assert_state("long", "es", State::Current).await;
    let rendition = house.served("long", "es").await.expect("a version").rendition;
    let by = |name: &str| {
        let is_by = |origin: &Origin| matches!(origin, Origin::Machine { engine, .. } if engine == name);
        rendition.segments.iter().filter(|segment| is_by(&segment.origin)).count()
    };
    assert_eq!((by("amazon"), by("pseudo")), (3, 3));
}

/// A key that follows a redirection is given away.
#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    for service in all().await {
        let reached = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reached);
        let elsewhere = stub::serve(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Some(stub::ok("[]"))
        })
        .await;
        for status in
            ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
        {
            let location = format!("location: {elsewhere}/\r\n");
            let url = stub::serve(move |_| Some(stub::answer(status, &location, ""))).await;
            let engine = service.engine_at(&url, &Means::default());
            let error = engine.check(&locale("en"), &locale("es")).await.expect_err(service.name);
            assert!(error.to_string().contains(&status[..3]), "{}: {error}", service.name);
        }
        assert_eq!(reached.load(Ordering::Relaxed), 0, "{}", service.name);
    }
}
