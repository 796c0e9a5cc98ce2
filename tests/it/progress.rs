//! What was paid for is not paid for again: neither by an attempt that had no more time, nor by the next one of what
//! was asked for anew; and what no attempt makes any better comes to an end.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use polypost_engines::{Engine, EngineResponse, route};
use polypost_store::{RetranslateFilter, RetranslateOptions, State};

use polypost_test_service::program::{TestProgram, settings};
use polypost_test_service::stub;
use polypost_test_service::told::{Told, disguised};
use polypost_test_service::vendors::amazon::{self, Amazon, KEY_ID, REGION, SECRET, TOKEN};

const REPORT: &[u8] = b"---\ntitle: Orders could not be saved\n---\n\nWe are aware of the problem.\n\n\
    The change was reverted.\n\nEverything works again.\n\nWe are sorry for the trouble.\n";
const TEXTS: usize = 5;

/// A program whose one engine takes one text a call, one call at a time.
async fn program(service: &Amazon) -> TestProgram {
    let mut engines = settings().engines;
    engines.amazon.url.clone_from(&service.url);
    REGION.clone_into(&mut engines.amazon.region);
    KEY_ID.clone_into(&mut engines.amazon.access_key_id);
    engines.amazon.secret_access_key = SECRET.to_owned().into();
    engines.amazon.session_token = TOKEN.to_owned().into();
    engines.amazon.contract.concurrency = 1;
    let made = |dependencies: &_| -> Vec<Arc<dyn Engine>> {
        vec![route::engine(&engines, "amazon", dependencies).expect("usable")]
    };
    let mut program = TestProgram::with(&["es"], made).await;
    program.worker.settings.retry_first_seconds = 1;
    program
}

/// How often each text was asked for.
fn asked(service: &Amazon) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for body in service.asked.lock().expect("no panic").iter() {
        if let Some(text) = body["Text"].as_str() {
            *counts.entry(text.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Works until the row is in this state.
async fn work_until(program: &TestProgram, wanted: State) {
    let running = program.start();
    let reached = async {
        while program.translation("orders", "es").await.state != wanted {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), reached).await.expect("the row gets there");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_has_no_more_time_goes_on_where_it_was() {
    let service = amazon::serve_with(|_| {
        tokio::task::block_in_place(|| std::thread::sleep(Duration::from_millis(400)));
        None
    })
    .await;
    let mut program = program(&service).await;
    program.worker.settings.job_seconds = 1;
    program.publish(TestProgram::report("orders.md", REPORT)).await.expect("published");
    work_until(&program, State::Current).await;
    let asked = asked(&service);
    assert_eq!(asked.len(), TEXTS);
    assert!(asked.values().all(|times| *times == 1), "{asked:?}");
}

#[tokio::test]
async fn the_next_attempt_of_what_was_asked_for_anew_pays_for_the_rest_alone() {
    let is_broken = Arc::new(AtomicBool::new(false));
    let broken = Arc::clone(&is_broken);
    let service = amazon::serve_with(move |body| {
        let is_refused = broken.load(Ordering::SeqCst) && body["Text"] == "Everything works again.";
        is_refused.then(|| stub::answer("500 Internal Server Error", "", "{}"))
    })
    .await;
    let program = program(&service).await;
    program.publish(TestProgram::report("orders.md", REPORT)).await.expect("published");
    work_until(&program, State::Current).await;
    is_broken.store(true, Ordering::SeqCst);
    let options = RetranslateOptions { engine: None, force: true };
    program
        .store
        .retranslate(&RetranslateFilter::default(), &options, program.store.clock().now())
        .await
        .expect("asked");
    let running = program.start();
    let failed = async {
        while program.translation("orders", "es").await.attempts < 2 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), failed).await.expect("it is tried again");
    is_broken.store(false, Ordering::SeqCst);
    program.idle(Duration::from_mins(1)).await;
    running.stop().await;
    assert_eq!(program.served("orders", "es").await.expect("a version").number.0, 2);
    let mut asked = asked(&service);
    assert!(asked.remove("Everything works again.").is_some_and(|times| times > 3));
    assert!(asked.len() == TEXTS - 1 && asked.values().all(|times| *times == 2), "{asked:?}");
}

#[tokio::test]
async fn texts_that_never_pass_are_paid_for_a_few_times_and_then_an_operator_decides() {
    let is_sound = Arc::new(AtomicBool::new(false));
    let sound = Arc::clone(&is_sound);
    let engine = Told::new("told", move |texts: &[String]| {
        let word = |text: &String| if sound.load(Ordering::SeqCst) { disguised(text) } else { String::new() };
        Ok(EngineResponse { candidates: texts.iter().map(|text| Ok(word(text).into())).collect(), model: None })
    });
    let mut program = TestProgram::new(vec![engine.clone()], &["es"]).await;
    program.worker.settings.retry_first_seconds = 0;
    program.publish(TestProgram::report("orders.md", REPORT)).await.expect("published");
    work_until(&program, State::Held).await;
    let held = program.translation("orders", "es").await;
    assert!(held.failure.is_some_and(|failure| failure.to_string().contains("none of its texts passed the checks")));
    assert_eq!((held.attempts, engine.take_seen().len()), (3, 3 * TEXTS));
    assert_eq!(program.store.backlog(program.store.clock().now()).await.expect("counts").held, 1);
    program.work().await;
    assert!(engine.take_seen().is_empty(), "what is held costs nothing more");

    is_sound.store(true, Ordering::SeqCst);
    let (all, options) = (RetranslateFilter::default(), RetranslateOptions::default());
    program.store.retranslate(&all, &options, program.store.clock().now()).await.expect("asked");
    work_until(&program, State::Current).await;
}
