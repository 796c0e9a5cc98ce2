//! Engines over the network: what the program costs beside the calls themselves. The service is DeepL in small, in this
//! process, over loopback and kept connections.
//!
//! - overhead: the segments of a 600-word report through the `deepl` engine, with its door and its reading of markup,
//!   beside a bare `reqwest` loop that sends the same bodies and reads the same JSON; alternating, in one run
//! - publish to current: the same report into 1, 5 and 30 locales where every answer takes 100 ms, beside the naive
//!   way: a request per segment and locale, one after another

#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and one that cannot go on has failed"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use axum::{Json, Router};
use polypost_core::document::Report;
use polypost_core::segment::{self, Glossary, Spelling, Treatment};
use polypost_engines::{Engine, EngineDependencies, EngineRequest, route};
use polypost_test_service::bench::long_report;
use polypost_test_service::program::{TestProgram, locale, settings};
use polypost_test_service::vendors::deepl;
use serde_json::{Value, json};

const CALLS: usize = 400;
const RUNS: usize = 5;
const ANSWER_TAKES: Duration = Duration::from_millis(100);

const LOCALES: [&str; 30] = [
    "es", "it", "pt-BR", "pt-PT", "fr", "de", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "tr", "id",
    "lt", "lv", "et", "sl", "ca", "gl", "eu", "hr", "is", "ga", "es-419", "fr-CA",
];

#[tokio::main]
async fn main() {
    overhead().await;
    for targets in [1, 5, 30] {
        to_current(&LOCALES[..targets]).await;
    }
}

/// The service, and how it was reached.
struct Service {
    url: String,
    connections: Arc<AtomicUsize>,
    calls: Arc<AtomicUsize>,
}

async fn serve(takes: Duration) -> Service {
    let (connections, calls) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let translate = async move |State(calls): State<Arc<AtomicUsize>>, Json(body): Json<Value>| {
        calls.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(takes).await;
        Json(deepl::translations(&body))
    };
    let router =
        Router::new().route("/v3/languages", get(async || Json(languages()))).route("/v2/translate", post(translate));
    let router = router.with_state(Arc::clone(&calls));
    let counter = Arc::clone(&connections);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let listener = listener.tap_io(move |stream| {
        stream.set_nodelay(true).expect("a socket");
        counter.fetch_add(1, Ordering::Relaxed);
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Service { url, connections, calls }
}

fn languages() -> Value {
    let features = json!({ "tag_handling": {} });
    let language = |code: &str| json!({"lang": code, "usable_as_source": code == "en", "usable_as_target": code != "en", "features": features});
    LOCALES.iter().copied().chain(["en"]).map(language).collect()
}

fn engine(service: &Service, dependencies: &EngineDependencies) -> Arc<dyn Engine> {
    let mut engines = settings().engines;
    service.url.clone_into(&mut engines.deepl.url);
    engines.deepl.key = deepl::KEY.to_owned().into();
    route::engine(&engines, "deepl", dependencies).expect("usable settings")
}

fn report(number: usize) -> Report {
    let overrides = polypost_core::intake::file::Overrides {
        id: Some(format!("incident-{number}")),
        title: Some(long_report::title(number)),
        ..Default::default()
    };
    let text = long_report::text(number);
    polypost_core::intake::file::report(
        "report.txt",
        text.as_bytes(),
        &overrides,
        polypost_core::intake::Defaults { source_locale: &locale("en"), ending: "" },
    )
    .map(|received| received.report)
    .expect("a good fixture")
}

fn texts(report: &Report) -> Vec<String> {
    let document = polypost_core::document::read(report).expect("a good fixture");
    let segments = segment::segments(&document, &Glossary::default());
    let prose = segments.iter().filter(|segment| segment.treatment == Treatment::Translate);
    prose.map(|segment| segment::protect(segment, Spelling::Bracketed).text).collect()
}

async fn overhead() {
    let service = serve(Duration::ZERO).await;
    let engine = engine(&service, &EngineDependencies::default());
    let (source, target) = (locale("en"), locale("es"));
    engine.prepare(&source, &target).await.expect("it serves the locale");
    let texts: Vec<String> = texts(&report(0)).into_iter().take(48).collect();
    let bare = reqwest::Client::new();
    let body = json!({"text": texts, "source_lang": "en", "target_lang": "es"});
    let (mut with, mut without) = (Duration::ZERO, Duration::ZERO);
    let before = service.connections.load(Ordering::Relaxed);
    for _ in 0..CALLS {
        let started = Instant::now();
        let request = EngineRequest::new(&source, &target, &texts);
        let answer = engine.translate(request).await.expect("it answers");
        assert_eq!(answer.candidates.len(), texts.len());
        with += started.elapsed();
        let started = Instant::now();
        let address = format!("{}/v2/translate", service.url);
        let answer: Value = bare.post(address).json(&body).send().await.expect("sent").json().await.expect("read");
        assert_eq!(answer["translations"].as_array().map(Vec::len), Some(texts.len()));
        without += started.elapsed();
    }
    let opened = service.connections.load(Ordering::Relaxed) - before;
    let each = |whole: Duration| whole.as_secs_f64() * 1e6 / CALLS as f64;
    println!(
        "overhead: {CALLS} calls of {} segments: {:.0} us a call through the engine, {:.0} us bare: {:.2} ms more a call, \
         {:.1} us a segment; {opened} connections opened for {} calls",
        texts.len(),
        each(with),
        each(without),
        (each(with) - each(without)) / 1e3,
        (each(with) - each(without)) / texts.len() as f64,
        2 * CALLS,
    );
}

async fn to_current(targets: &[&str]) {
    let service = serve(ANSWER_TAKES).await;
    let mut times = Vec::new();
    let mut calls = 0;
    for run in 0..RUNS {
        let mut program = TestProgram::with(targets, |dependencies| vec![engine(&service, dependencies)]).await;
        program.worker.settings.concurrency = settings().worker.concurrency;
        let worker = program.start();
        let before = service.calls.load(Ordering::Relaxed);
        let started = Instant::now();
        program.publish(report(run)).await.expect("published");
        program.idle(Duration::from_mins(2)).await;
        times.push(started.elapsed());
        calls = service.calls.load(Ordering::Relaxed) - before;
        worker.stop().await;
    }
    times.sort();
    let program = times[times.len() / 2];
    let naive = naively(&service, targets).await;
    println!(
        "publish to current, {} locales, {} ms an answer: {:.2} s (median of {RUNS}), {calls} calls; naively {:.1} s: {:.0} times",
        targets.len(),
        ANSWER_TAKES.as_millis(),
        program.as_secs_f64(),
        naive.as_secs_f64(),
        naive.as_secs_f64() / program.as_secs_f64(),
    );
}

/// A request per segment and locale, one after another.
async fn naively(service: &Service, targets: &[&str]) -> Duration {
    let client = reqwest::Client::new();
    let texts = texts(&report(0));
    let started = Instant::now();
    for target in targets {
        for text in &texts {
            let body = json!({"text": [text], "source_lang": "en", "target_lang": target});
            let sent = client.post(format!("{}/v2/translate", service.url)).json(&body).send().await.expect("sent");
            sent.json::<Value>().await.expect("read");
        }
    }
    started.elapsed()
}
