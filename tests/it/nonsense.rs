//! An engine whose answers cannot be used is paid like any other: how often each text is bought then, whatever is wrong
//! with the answers, in however many ways the text can be offered, and however often the process is started anew.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use polypost_engines::{Engine, EngineResponse, route};
use polypost_store::{ClaimFilter, State};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use polypost_test_service::chaos::{self, Way, with_body};
use polypost_test_service::program::{TestProgram, settings};
use polypost_test_service::stub::ok;
use polypost_test_service::told::{Told, disguised};
use polypost_test_service::vendors::all::{self, Service};
use polypost_test_service::vendors::libretranslate::{self, LibreTranslate, Options};

/// A word that stands in one sentence each, so that every call shows which sentences it buys.
const MARKERS: [&str; 5] = ["Alpha", "Bravo", "Delta", "Gamma", "Kappa"];

const REPORT: &str = "---\ntitle: Orders could not be saved\n---\n\nSome Alpha customers could not save their orders.\n\n\
    From 13:52 UTC the Bravo servers db-7.example.com did not answer for 25 minutes.\n\n\
    Please read [the Delta report](https://example.com/r) about **the whole problem** of today.\n\n\
    - The Gamma change was reverted.\n- We are sorry for the Kappa trouble.\n";

/// How often a text may be bought for one revision.
const MOST: usize = 3;

/// What is wrong with every answer.
const FAULTS: [(&str, Spoil); 4] = [
    ("adds links", |whole| spoilt(whole, |texts| each(texts, |text| format!("{text} https://evil.example/x")))),
    ("answers empty texts", |whole| spoilt(whole, |texts| each(texts, |_| String::new()))),
    ("answers no texts", |whole| spoilt(whole, Vec::clear)),
    ("answers one text for all", |whole| spoilt(whole, |texts| each(texts, |_| SAME.to_owned()))),
];

/// Makes another answer of a whole one.
type Spoil = fn(&[u8]) -> Vec<u8>;

const SAME: &str = "Todo funciona otra vez como siempre.";

fn each(texts: &mut [Value], change: fn(&str) -> String) {
    for text in texts {
        change_strings(text, change);
    }
}

/// The translations of a vendor's answer, which are the texts that the pseudo engine has made.
fn change_strings(value: &mut Value, change: fn(&str) -> String) {
    match value {
        Value::String(text) if text.contains("[en→") => *text = change(text),
        Value::Array(list) => list.iter_mut().for_each(|one| change_strings(one, change)),
        Value::Object(fields) => fields.values_mut().for_each(|one| change_strings(one, change)),
        _ => {}
    }
}

/// The whole answer of a vendor, with its texts changed.
fn spoilt(whole: &[u8], change: fn(&mut Vec<Value>)) -> Vec<u8> {
    with_body(whole, |body| {
        if let Some(Value::String(content)) = body.pointer_mut("/choices/0/message/content") {
            let mut inner: Value = serde_json::from_str(content).unwrap_or_default();
            chaos::outermost_list(&mut inner).map(change);
            *content = inner.to_string();
        } else if let Some(Value::String(text)) = body.get_mut("TranslatedText") {
            // One text a call, so that there is no list.
            let mut texts = vec![Value::String(std::mem::take(text))];
            change(&mut texts);
            *text = texts.pop().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        } else if let Some(texts) = chaos::outermost_list(body) {
            change(texts);
        }
    })
}

/// How often each sentence was bought.
type Bought = Arc<Mutex<BTreeMap<&'static str, usize>>>;

fn count(bought: &Bought, body: &str) {
    let mut bought = bought.lock().expect("no panic");
    for marker in MARKERS.iter().filter(|marker| body.contains(**marker)) {
        *bought.entry(*marker).or_default() += 1;
    }
}

/// Works until the row is held, or for as long as that may take.
async fn work(program: &TestProgram) -> State {
    let running = program.start();
    let held = async {
        while program.translation("orders", "es").await.state != State::Held {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(20), held).await;
    running.stop().await;
    program.translation("orders", "es").await.state
}

async fn buys(service: &Service, spoil: Spoil) -> (BTreeMap<&'static str, usize>, State) {
    let bought = Bought::default();
    let counted = Arc::clone(&bought);
    let line = chaos::ways(&service.url, move |asked| {
        count(&counted, &asked.body);
        Way::Rewritten(spoil)
    })
    .await;
    let mut program = TestProgram::with(&["es"], |dependencies| -> Vec<Arc<dyn Engine>> {
        vec![service.engine_at(&line.url, dependencies)]
    })
    .await;
    program.worker.settings.retry_first_seconds = 0;
    program.publish(TestProgram::report("orders.md", REPORT.as_bytes())).await.expect("published");
    let state = work(&program).await;
    let bought = bought.lock().expect("no panic").clone();
    (bought, state)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_bought_more_than_three_times_for_one_revision() {
    let mut failures = Vec::new();
    for service in all::vendors().await {
        for (name, spoil) in FAULTS {
            let (bought, state) = buys(&service, spoil).await;
            println!("{} {name}: {state:?}, {bought:?}", service.name);
            if state != State::Held || bought.len() != MARKERS.len() || bought.values().any(|times| *times > MOST) {
                failures.push(format!("{} {name}: {state:?}, {bought:?}", service.name));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// A server that answers every call with what is made of its texts.
async fn server(answer: fn(&str) -> String) -> LibreTranslate {
    libretranslate::serve_with(Options::default(), move |body| {
        let texts = body["q"].as_array()?.iter().filter_map(Value::as_str);
        Some(ok(json!({ "translatedText": texts.map(answer).collect::<Vec<_>>() }).to_string()))
    })
    .await
}

async fn house_at(service: &LibreTranslate) -> TestProgram {
    let mut engines = settings().engines;
    engines.libretranslate.url.clone_from(&service.url);
    let made = |dependencies: &_| -> Vec<Arc<dyn Engine>> {
        vec![route::engine(&engines, "libretranslate", dependencies).expect("usable settings")]
    };
    let mut program = TestProgram::with(&["es"], made).await;
    program.worker.settings.retry_first_seconds = 0;
    program
}

/// How often each sentence was sent to a server.
fn sent(service: &LibreTranslate) -> BTreeMap<&'static str, usize> {
    let bought = Bought::default();
    for body in service.asked.lock().expect("no panic").iter() {
        count(&bought, &body.to_string());
    }
    bought.lock().expect("no panic").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_echo_is_bought_three_times_and_held() {
    let service = server(str::to_owned).await;
    let program = house_at(&service).await;
    program.publish(TestProgram::report("orders.md", REPORT.as_bytes())).await.expect("published");
    assert_eq!(work(&program).await, State::Held);
    let sent = sent(&service);
    assert!(sent.len() == MARKERS.len() && sent.values().all(|times| *times <= MOST), "{sent:?}");
    let reason = program.translation("orders", "es").await.failure.expect("a failure").to_string();
    assert!(reason.contains("none of its texts passed the checks"), "{reason}");
}

/// One sentence loses its facts in every way in which it can be offered; the others are right.
#[tokio::test(flavor = "multi_thread")]
async fn one_text_that_never_passes_is_bought_three_times_and_stands_in_english() {
    let service =
        server(|text| if text.contains("Bravo") { format!("{} 99", disguised(text)) } else { disguised(text) }).await;
    let program = house_at(&service).await;
    program.publish(TestProgram::report("orders.md", REPORT.as_bytes())).await.expect("published");
    program.work().await;
    program.assert_state("orders", "es", State::Partial).await;
    let sent = sent(&service);
    assert!((2..=MOST).contains(&sent["Bravo"]), "{sent:?}");
}

/// As after a crash: what is claimed is never finished, failed or given back.
#[tokio::test]
async fn what_was_bought_is_known_after_a_crash() {
    let engine = Told::new("told", |texts: &[String]| {
        Ok(EngineResponse { candidates: texts.iter().map(|text| Ok(text.clone().into())).collect(), model: None })
    });
    let program = TestProgram::new(vec![engine.clone()], &["es"]).await;
    program.publish(TestProgram::report("orders.md", REPORT.as_bytes())).await.expect("published");
    let (filter, lease) = (ClaimFilter::default(), SignedDuration::ZERO);
    let mut texts = BTreeMap::<String, usize>::new();
    for _ in 0..5 {
        let job = program.store.claim(&filter, lease, program.store.clock().now()).await.expect("the store answers");
        let job = job.expect("its lease has run out");
        assert_eq!((job.attempts, job.attempts_without_pass), (0, 0));
        program.worker.pipeline.translate(&job, &CancellationToken::new()).await.expect_err("nothing passes");
        for text in engine.take_seen() {
            *texts.entry(text).or_default() += 1;
        }
    }
    assert!(texts.len() > MARKERS.len() && texts.values().all(|times| *times <= MOST), "{texts:#?}");
    assert_eq!(work(&program).await, State::Held);
    assert!(engine.take_seen().is_empty(), "another attempt buys nothing more");
}

#[tokio::test]
async fn all_engines_of_a_route_together_are_paid_three_times() {
    let echo = |name| {
        Told::new(name, |texts: &[String]| {
            Ok(EngineResponse { candidates: texts.iter().map(|text| Ok(text.clone().into())).collect(), model: None })
        })
    };
    let (first, second) = (echo("first"), echo("second"));
    let mut program = TestProgram::new(vec![first.clone(), second.clone()], &["es"]).await;
    program.worker.settings.retry_first_seconds = 0;
    program.publish(TestProgram::report("orders.md", REPORT.as_bytes())).await.expect("published");
    assert_eq!(work(&program).await, State::Held);
    let (first, second) = (first.take_seen(), second.take_seen());
    let times = |seen: &[String]| seen.iter().filter(|text| text.contains("Alpha")).count();
    assert_eq!((times(&first) <= 2, times(&second) >= 1), (true, true), "{first:#?} {second:#?}");
    assert!(times(&first) + times(&second) <= MOST, "{first:#?} {second:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_whose_answers_nobody_can_use_is_left_alone_like_one_that_fails() {
    let service = server(str::to_owned).await;
    let mut program = house_at(&service).await;
    program.worker.settings.concurrency = 1;
    program.worker.settings.retry_first_seconds = 600;
    let ids = ["blue", "calm", "dark", "fast", "grey", "high", "long", "main", "pale", "slow", "warm", "wide"];
    for id in ids {
        let text = format!("---\ntitle: The {id} queues fail\nstatus: resolved\n---\n\nThe {id} change was undone.\n");
        program.publish(TestProgram::report(&format!("{id}.md"), text.as_bytes())).await.expect("published");
    }
    program.work().await;
    let calls = service.asked.lock().expect("no panic").len();
    assert_eq!(calls, 5, "as many as may fail in a row");
    let mut paused = 0;
    for id in ids {
        let reason = program.translation(id, "es").await.failure.expect("a failure").to_string();
        paused += usize::from(reason.contains("circuit open") && reason.contains("passed the checks"));
    }
    assert_eq!(paused, 7);
}
