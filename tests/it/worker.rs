//! The worker over a real store: what is sent again after an edit, what an engine's failures lead to, how it stops.

use std::sync::Arc;

use polypost_core::check::Origin;
use polypost_core::clock::{Clock, System};
use polypost_core::document::Report;
use polypost_engines::{Engine, EngineError, EngineResponse, ErrorKind};
use polypost_store::{ClaimFilter, Published, RetranslateFilter, RetranslateOptions, State};
use polypost_test_service::house::House;
use polypost_test_service::told::{Told, disguised};
use tokio_util::sync::CancellationToken;

/// How an engine answers a batch.
type Answering = fn(&[String]) -> Result<EngineResponse, EngineError>;

/// An answer with one candidate per text.
#[expect(clippy::unnecessary_wraps, reason = "an engine's answer")]
fn of(texts: &[String], answer: impl Fn(&String) -> String) -> Result<EngineResponse, EngineError> {
    Ok(EngineResponse { candidates: texts.iter().map(|text| Ok(answer(text).into())).collect(), model: None })
}

/// Answers like the pseudo engine and lets the test see what was sent.
fn pseudo() -> Arc<Told<Answering>> {
    Told::new("told", |texts| of(texts, |text| disguised(text)))
}

const REPORT: &str = "Summary\n\
    On July 5, 2024, some of our customers could not reach their recordings.\n\
    Timeline\n\
    July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT\n\
    The changes were reverted and the service is back to normal.\n\
    July 05, 2024 01:31 PM UTC | July 05, 2024 06:31 AM PT\n\
    We are aware of recent changes that have affected our customers.\n";

fn report(body: &str) -> Report {
    let mut report = House::report("recordings.html", b"<title>Recordings unavailable</title><p>x</p>");
    report.format = polypost_core::document::Format::Text;
    body.clone_into(&mut report.body);
    report
}

#[tokio::test]
async fn editing_one_entry_sends_that_entry_and_nothing_else() {
    let engine = pseudo();
    let house = House::new(vec![engine.clone()], &["es"]).await;
    house.publish(report(REPORT)).await.expect("published");
    house.work().await;
    let first = engine.take_seen();
    assert_eq!(first.len(), 4, "title, summary and two entries: {first:?}");
    let before = house.served("recordings", "es").await.expect("a version").rendition;

    let edited = REPORT.replace("is back to normal", "works as it should again");
    house.publish(report(&edited)).await.expect("published");
    house.work().await;
    let second = engine.take_seen();
    assert_eq!(second, ["The changes were reverted and the service works as it should again."]);

    let after = house.served("recordings", "es").await.expect("a version").rendition;
    for (old, new) in before.segments.iter().zip(&after.segments).filter(|(old, new)| old.source == new.source) {
        assert_eq!(old.target, new.target, "unchanged entries stay byte-identical");
    }
    house.assert_state("recordings", "es", State::Current).await;
}

#[tokio::test]
async fn a_corrected_time_costs_nothing() {
    let engine = pseudo();
    let house = House::new(vec![engine.clone()], &["es"]).await;
    house.publish(report(REPORT)).await.expect("published");
    house.work().await;
    engine.take_seen();
    house.publish(report(&REPORT.replace("July 5, 2024", "July 6, 2024"))).await.expect("published");
    house.work().await;
    assert_eq!(engine.take_seen(), Vec::<String>::new());
    let text = house.served("recordings", "es").await.expect("a version").rendition.body.text;
    assert!(text.contains("6 de julio de 2024"), "{text}");
}

#[tokio::test]
async fn publishing_the_same_report_twice_does_nothing() {
    let engine = pseudo();
    let house = House::new(vec![engine.clone()], &["es"]).await;
    let first = house.publish(report(REPORT)).await.expect("published");
    assert_eq!(first.outcome, Published::Created);
    house.work().await;
    engine.take_seen();
    let again = house.publish(report(REPORT)).await.expect("published");
    assert!(matches!(again.outcome, Published::Unchanged(_)), "{:?}", again.outcome);
    house.work().await;
    assert_eq!(engine.take_seen(), Vec::<String>::new());
    let id = "recordings".parse().expect("an id");
    let history =
        house.store.history(&id, &polypost_test_service::house::locale("es")).await.expect("the store answers");
    assert_eq!(history.len(), 1);
}

#[tokio::test]
async fn retranslating_asks_the_engine_again_and_keeps_what_it_says() {
    let answers = std::sync::atomic::AtomicUsize::new(0);
    let engine = Told::new("told", move |texts: &[String]| {
        let call = answers.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let word = if call == 0 { "primero" } else { "después" };
        let candidates =
            texts.iter().map(|text| Ok(format!("{} ({word})", disguised(text)).replace(['(', ')'], "").into()));
        Ok(EngineResponse { candidates: candidates.collect(), model: None })
    });
    let house = House::new(vec![engine.clone()], &["es"]).await;
    house.publish(report(REPORT)).await.expect("published");
    house.work().await;
    assert_eq!(engine.take_seen().len(), 4);
    let (all, options) = (RetranslateFilter::default(), RetranslateOptions::default());
    let asked = house.store.retranslate(&all, &options, System.now()).await.expect("the store answers");
    assert_eq!(asked, 1);
    house.work().await;
    assert_eq!(engine.take_seen().len(), 4);
    let version = house.served("recordings", "es").await.expect("a version");
    assert_eq!(version.number.0, 2);
    assert!(version.rendition.title.ends_with("después"), "{}", version.rendition.title);

    house.publish(report(&REPORT.replace("aware of", "looking at"))).await.expect("published");
    house.work().await;
    assert_eq!(engine.take_seen().len(), 1);
    let version = house.served("recordings", "es").await.expect("a version");
    assert!(version.rendition.title.ends_with("después"), "the newer text is the one remembered");
}

/// What a broken, mistaken or hostile engine may answer to a batch.
fn bad_answers() -> Vec<(&'static str, Answering)> {
    vec![
        ("nothing", |_| Ok(EngineResponse { candidates: Vec::new(), model: None })),
        ("half an array", |texts| of(&texts[..texts.len() / 2], String::clone)),
        ("empty texts", |texts| of(texts, |_| String::new())),
        ("the source", |texts| of(texts, String::clone)),
        ("an HTML page", |texts| of(texts, |_| "<html><body><h1>502 Bad Gateway</h1></body></html>".to_owned())),
        ("markup", |texts| of(texts, |text| format!("<img src=x onerror=alert(1)> {text}"))),
        ("a figure", |texts| of(texts, |text| format!("{} 42", disguised(text)))),
        ("a link", |texts| of(texts, |text| format!("{} https://evil.example", disguised(text)))),
        ("a loop", |texts| of(texts, |_| "la la la la la la la la la la la la la la la la la la la la".to_owned())),
        ("two at once", |texts| of(texts, |text| format!("{0} {0} {0} {0} {0} {0}", disguised(text)))),
        ("429 for an hour", |_| {
            let hour = std::time::Duration::from_hours(1);
            Err(EngineError::new("told", ErrorKind::Transient { after: Some(hour) }, "too many requests"))
        }),
        ("a panic", |_| panic!("an engine that panics")),
    ]
}

#[tokio::test]
async fn a_bad_engine_delays_a_translation_and_never_corrupts_one() {
    for (name, answer) in bad_answers() {
        let house = House::new(vec![Told::new("told", answer)], &["es"]).await;
        house.publish(report(REPORT)).await.expect("published");
        house.work().await;
        house.assert_state("recordings", "es", State::Failed).await;
        let translation = house.translation("recordings", "es").await;
        assert!(translation.failure.is_some_and(|failure| !failure.message.is_empty()), "{name}");
        assert!(translation.next_attempt_at.is_some_and(|at| at > System.now()), "{name}");
        assert!(house.served("recordings", "es").await.is_none(), "{name}: nothing was published");
    }
}

#[tokio::test]
async fn a_bad_engine_leaves_the_work_to_the_next() {
    for (name, answer) in bad_answers().into_iter().filter(|(name, _)| *name != "a panic") {
        let house = House::new(vec![Told::new("bad", answer), pseudo()], &["es"]).await;
        house.publish(report(REPORT)).await.expect("published");
        house.work().await;
        house.assert_state("recordings", "es", State::Current).await;
        let rendition = house.served("recordings", "es").await.expect("a version").rendition;
        assert_eq!(rendition.engines(), ["told"], "{name}");
    }
}

#[tokio::test]
async fn a_segment_that_no_engine_can_do_stands_in_english_and_says_why() {
    let engine = Told::new("told", |texts: &[String]| {
        of(texts, |text| if text.contains("reverted") { format!("{text} 99") } else { disguised(text) })
    });
    let house = House::new(vec![engine], &["es"]).await;
    house.publish(report(REPORT)).await.expect("published");
    house.work().await;
    house.assert_state("recordings", "es", State::Partial).await;
    let rendition = house.served("recordings", "es").await.expect("a version").rendition;
    let english: Vec<_> = rendition.segments.iter().filter(|segment| segment.origin == Origin::Source).collect();
    assert_eq!(english.len(), 1);
    assert_eq!(english[0].target, english[0].source);
    assert!(
        english[0].attempts.iter().any(|attempt| attempt.findings.iter().any(|finding| finding.check == "figures"))
    );
}

/// Says that it was asked, and answers once it may. It waits as an engine behind a network does, without holding the
/// thread: whoever blocks one of the runtime's threads may block the only one that looks after its sockets.
struct Held {
    asked: tokio::sync::mpsc::UnboundedSender<()>,
    may_answer: Arc<tokio::sync::Semaphore>,
}
#[async_trait::async_trait]
impl Engine for Held {
    #[expect(clippy::unnecessary_literal_bound, reason = "the trait's signature")]
    fn name(&self) -> &str {
        "held"
    }
    async fn prepare(
        &self,
        _: &polypost_core::locale::Locale,
        _: &polypost_core::locale::Locale,
    ) -> Result<(), EngineError> {
        let _ = self.asked.send(());
        let _permit = self.may_answer.acquire().await.expect("not closed");
        Ok(())
    }
    async fn translate(&self, request: polypost_engines::EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let candidates = request.texts.iter().map(|text| Ok(disguised(text).into())).collect();
        Ok(EngineResponse { candidates, model: None })
    }
}

/// An engine that may not answer yet, what says that it was asked, and what lets it go on.
fn held() -> (Arc<dyn Engine>, tokio::sync::mpsc::UnboundedReceiver<()>, Arc<tokio::sync::Semaphore>) {
    let (asked, is_asked) = tokio::sync::mpsc::unbounded_channel();
    let may_answer = Arc::new(tokio::sync::Semaphore::new(0));
    (Arc::new(Held { asked, may_answer: Arc::clone(&may_answer) }), is_asked, may_answer)
}

#[tokio::test]
async fn a_newer_revision_while_translating_wins() {
    let (engine, mut is_asked, may_answer) = held();
    let house = Arc::new(House::new(vec![engine], &["es"]).await);
    house.publish(report(REPORT)).await.expect("published");
    let working = tokio::spawn({
        let house = Arc::clone(&house);
        async move { house.work().await }
    });
    is_asked.recv().await.expect("the engine is asked");
    house.publish(report(&REPORT.replace("reverted", "rolled back"))).await.expect("published");
    may_answer.add_permits(1);
    working.await.expect("worked off");
    let version = house.served("recordings", "es").await.expect("a version");
    assert_eq!(version.revision.0, 2);
    house.assert_state("recordings", "es", State::Current).await;
}

/// In the engine's own thread of computing, as a defect in an engine of this process would show.
#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_panics_or_computes_without_end_fails_its_locale_and_no_other() {
    let may_end = Arc::new(tokio::sync::Semaphore::new(0));
    let lock = Arc::clone(&may_end);
    let engine = Told::new("defective", move |texts: &[String]| {
        assert!(!texts.iter().any(|text| text.contains("poison")), "a defect");
        if texts.iter().any(|text| text.contains("endless")) {
            let wait = tokio::runtime::Handle::current();
            let _ = tokio::task::block_in_place(|| wait.block_on(lock.acquire()).map(drop));
        }
        Ok(EngineResponse { candidates: texts.iter().map(|text| Ok(disguised(text).into())).collect(), model: None })
    });
    let mut house = House::new(vec![engine], &["es"]).await;
    house.worker.settings.job_seconds = 2;
    for (id, word) in [("panics", "poison"), ("endless", "endless"), ("sound", "calm")] {
        let text = format!("{REPORT}\n\nThe {word} queue is being drained.\n");
        let report = Report { id: id.parse().expect("an id"), ..report(&text) };
        house.publish(report).await.expect("published");
    }
    let running = house.start();
    house.idle(std::time::Duration::from_mins(1)).await;
    house.assert_state("sound", "es", State::Current).await;
    for (id, reason) in [("panics", "the program made a mistake"), ("endless", "not done after 2 seconds")] {
        let translation = house.translation(id, "es").await;
        let told = translation.failure.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(told.contains(reason) && !told.contains("a defect"), "{translation:?}");
    }
    may_end.close();
    running.stop().await;
}

#[tokio::test]
async fn a_worker_that_is_stopped_gives_back_what_it_cannot_finish() {
    let (engine, mut is_asked, _may_answer) = held();
    let mut house = House::new(vec![engine], &["es"]).await;
    house.worker.settings.drain_seconds = 0;
    house.publish(report(REPORT)).await.expect("published");
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let (worker, stop) = (house.worker.clone(), stop.clone());
        async move { worker.run(ClaimFilter::default(), stop).await }
    });
    is_asked.recv().await.expect("the engine is asked");
    stop.cancel();
    running.await.expect("the worker ends in order");
    let lease = jiff::SignedDuration::from_secs(1);
    let claimed = house.store.claim(&ClaimFilter::default(), lease, System.now()).await.expect("the store answers");
    let job = claimed.expect("the row is free at once");
    assert_eq!(job.attempts, 0, "being stopped is no failure");
}
