//! Three engines of which a third of all calls fails, in every way there is, under the whole corpus: everything becomes
//! current, nobody is asked much more than needed, and no budget is passed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use polypost::config;
use polypost::usage;
use polypost_engines::{Engine, EngineDependencies, route};
use polypost_store::State;

use crate::corpus::corpus;
use polypost_test_service::chaos::{self, Line};
use polypost_test_service::program::{TestProgram, settings};
use polypost_test_service::vendors::{Bills as _, azure, deepl, google};

const ROUTE: [&str; 3] = ["deepl", "google", "azure"];
const TIMEOUT: Duration = Duration::from_mins(8);

/// Three services, and the lines to them.
struct Services {
    deepl: deepl::DeepL,
    lines: [Line; 3],
}

impl Services {
    async fn failing(of_ten: usize) -> Self {
        let (deepl, google, azure) = (deepl::serve().await, google::serve().await, azure::serve().await);
        let line = async |url: &str, seed| chaos::line(url, chaos::some(of_ten, seed)).await;
        let lines = [line(&deepl.url, 1).await, line(&google.url, 2).await, line(&azure.url, 3).await];
        Self { deepl, lines }
    }

    fn settings(&self, budget: u64) -> config::EngineSettings {
        let mut engines = settings().engines;
        let [deepl, google, azure] = &self.lines;
        deepl.url.clone_into(&mut engines.deepl.url);
        google.url.clone_into(&mut engines.google.url);
        azure.url.clone_into(&mut engines.azure.url);
        engines.deepl.key = deepl::KEY.to_owned().into();
        engines.google.key = google::KEY.to_owned().into();
        engines.azure.key = azure::KEY.to_owned().into();
        azure::REGION.clone_into(&mut engines.azure.region);
        engines.deepl.contract.characters_per_day = budget;
        for contract in [&mut engines.deepl.contract, &mut engines.google.contract, &mut engines.azure.contract] {
            contract.first_byte_timeout_seconds = 2;
            contract.request_timeout_seconds = 3;
        }
        engines
    }

    fn calls(&self) -> usize {
        self.lines.iter().map(Line::calls).sum()
    }

    fn failed(&self) -> usize {
        self.lines.iter().map(|line| line.failed.load(std::sync::atomic::Ordering::Relaxed)).sum()
    }

    /// What DeepL has answered to, and bills therefore.
    fn billed(&self) -> u64 {
        self.deepl.bill().units
    }
}

async fn program(services: &Services, budget: u64) -> (TestProgram, config::EngineSettings) {
    let engines = services.settings(budget);
    let made = |dependencies: &EngineDependencies| -> Vec<Arc<dyn Engine>> {
        ROUTE.iter().map(|name| route::engine(&engines, name, dependencies).expect("usable settings")).collect()
    };
    let mut program = TestProgram::with(&["es"], made).await;
    program.worker.settings.retry_first_seconds = 1;
    program.worker.settings.retry_longest_seconds = 5;
    (program, engines)
}

async fn publish(program: &TestProgram) -> Option<usize> {
    let files = corpus()?;
    for (name, bytes) in &files {
        program.publish(TestProgram::report(name, bytes)).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    Some(files.len())
}

/// Waits until every row has its text, whatever failed on the way; how long the urgent incident took.
async fn all_current(program: &TestProgram, urgent: &str) -> Duration {
    let began = Instant::now();
    let mut urgent_took = None;
    loop {
        assert!(began.elapsed() < TIMEOUT, "{:?}", program.store.backlog(program.store.clock().now()).await);
        let translation = program.translation(urgent, "es").await;
        if urgent_took.is_none() && translation.state == State::Current {
            urgent_took = Some(began.elapsed());
        }
        let backlog = program.store.backlog(program.store.clock().now()).await.expect("the store answers");
        if backlog.waiting + backlog.running + backlog.failed == 0 {
            return urgent_took.expect("it is current, too");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

const URGENT: &str = "---\ntitle: Sign-in fails\nstatus: investigating\n---\n\nWe are investigating failing sign-ins since \
    13:52 UTC.\n";

async fn run(of_ten: usize, budget: u64) -> Option<(Services, config::EngineSettings, TestProgram, Duration)> {
    let services = Services::failing(of_ten).await;
    let (program, engines) = program(&services, budget).await;
    publish(&program).await?;
    let running = program.start();
    program.publish(TestProgram::report("sign-in.md", URGENT.as_bytes())).await.expect("published");
    let urgent = all_current(&program, "sign-in").await;
    running.stop().await;
    Some((services, engines, program, urgent))
}

#[tokio::test]
async fn a_third_of_all_calls_fails_and_everything_becomes_current() {
    let Some((healthy, ..)) = run(0, 0).await else { return };
    let least = healthy.calls();
    let budget = healthy.billed() / 4;
    let (services, engines, program, urgent) = run(3, budget).await.expect("the corpus was there");
    let (calls, failed, billed) = (services.calls(), services.failed(), services.billed());
    println!(
        "chaos: {calls} calls, {failed} of them failed, for {least} without faults; {billed} of {budget} characters at \
         deepl; the newest update current after {urgent:.1?}"
    );
    assert!(failed * 5 > calls, "the faults are there: {failed} of {calls}");
    assert!(calls * 2 <= least * 3, "{calls} calls where {least} would do");
    assert!(billed <= budget, "{billed} of {budget}");
    let account = usage::account(program.store.as_ref(), &engines, program.store.clock().now(), 0)
        .await
        .expect("the store answers");
    let booked: u64 = account.lines.iter().filter(|line| line.engine == "deepl").map(|line| line.characters).sum();
    assert!((billed..=budget).contains(&booked), "{billed} billed, {booked} booked, {budget} allowed");
}

/// What one fault does to one report: it becomes current by another engine, and nothing of the broken answer is served.
#[tokio::test]
async fn no_fault_of_the_first_engine_reaches_a_reader() {
    for fault in chaos::FAULTS {
        let services = Services::failing(0).await;
        let line = chaos::line(&services.deepl.url, move || Some(fault)).await;
        let mut engines = services.settings(0);
        line.url.clone_into(&mut engines.deepl.url);
        let program = TestProgram::with(&["es"], |dependencies| {
            ROUTE.iter().map(|name| route::engine(&engines, name, dependencies).expect("usable settings")).collect()
        })
        .await;
        program.publish(TestProgram::report("sign-in.md", URGENT.as_bytes())).await.expect("published");
        program.work().await;
        program.assert_state("sign-in", "es", State::Current).await;
        let rendition = program.served("sign-in", "es").await.expect("a version").rendition;
        assert_eq!(rendition.engines(), ["google"], "{fault:?}");
        assert!((1..=3).contains(&line.calls()), "{fault:?}: {} calls", line.calls());
    }
}
