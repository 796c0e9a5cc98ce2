//! `kill -9` at random moments over a backlog: nothing is missing, nothing doubled, everything ends current.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use polypost_core::clock::{Clock, System};
use polypost_core::id::IncidentId;
use polypost_store::{ListFilter, RetranslateFilter, State};
use polypost_test_service::program::{TestProgram, locale};
use rand::RngExt;

const KILLS: usize = 100;
/// Incidents published between two kills, so that there is always a backlog.
const INCIDENTS_PER_KILL: usize = 8;

fn worker(program: &TestProgram) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_polypost"));
    command
        .arg("worker")
        .current_dir(program.directory.path())
        .env_remove("POLYPOST_TEST_STORE")
        .env("POLYPOST_STORE__URL", &program.location.url)
        .env("POLYPOST_ENGINES__ROUTE", "pseudo")
        .env("POLYPOST_WORKER__LEASE_SECONDS", "2")
        .env("POLYPOST_WORKER__HEARTBEAT_SECONDS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// How long a worker takes from its start to the end of its first rows, here and now.
async fn time_to_first(program: &TestProgram, published: &mut Vec<IncidentId>) -> Duration {
    let report = TestProgram::report("first.html", b"<title>First</title><p>We are investigating since 10:54 UTC.</p>");
    published.push(report.id.clone());
    program.publish(report).await.expect("published");
    let started = Instant::now();
    let mut process = worker(program).spawn().expect("the worker starts");
    let mut changes = program.store.changes();
    while program.store.backlog(System.now()).await.expect("the store answers").current < 2 {
        let _ = tokio::time::timeout(Duration::from_millis(5), changes.recv()).await;
        assert!(started.elapsed() < Duration::from_mins(1), "the worker does nothing");
    }
    process.kill().expect("SIGKILL");
    process.wait().expect("it is gone");
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_the_worker_a_hundred_times_loses_and_doubles_nothing() {
    let program = TestProgram::new(Vec::new(), &["es", "it"]).await;
    let mut random = rand::rng();
    let mut published = Vec::new();
    let mut interrupted = 0;
    let first = time_to_first(&program, &mut published).await;
    for round in 0..KILLS {
        for index in 0..INCIDENTS_PER_KILL {
            let name = format!("incident-{round}-{index}.txt");
            let text =
                format!("<title>Incident {round}</title><p>We are investigating problem {index} since 10:54 UTC.</p>");
            let report = TestProgram::report(&name.replace(".txt", ".html"), text.as_bytes());
            published.push(report.id.clone());
            program.publish(report).await.expect("published");
        }
        let mut process = worker(&program).spawn().expect("the worker starts");
        tokio::time::sleep(first.mul_f64(random.random_range(0.3..1.6))).await;
        process.kill().expect("SIGKILL");
        process.wait().expect("it is gone");
        let backlog = program.store.backlog(System.now()).await.expect("the store answers");
        interrupted += usize::from(backlog.running > 0);
    }
    let done_by_killed = program.store.backlog(System.now()).await.expect("the store answers").current;

    let mut last = worker(&program).spawn().expect("the worker starts");
    let all_done = async {
        loop {
            let backlog = program.store.backlog(System.now()).await.expect("the store answers");
            if backlog.current == 2 * published.len() as u64 {
                return;
            }
            let failed = RetranslateFilter { state: Some(State::Failed), ..RetranslateFilter::default() };
            let failed = program.store.matching(&failed, System.now()).await.expect("the store answers");
            assert_eq!(failed, [], "nothing is wrong with the store or the engine");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(2), all_done).await.expect("every row ends current");
    last.kill().expect("SIGKILL");
    last.wait().expect("it is gone");

    let rows = program.store.list(&ListFilter { limit: 10_000, ..ListFilter::default() }, System.now()).await;
    assert_eq!(rows.expect("the store answers").len(), published.len());
    for id in &published {
        for tag in ["es", "it"] {
            program.assert_state(id.as_str(), tag, State::Current).await;
            let history = program.store.history(id, &locale(tag)).await.expect("the store answers");
            assert_eq!(history.len(), 1, "{id} {tag}: one version, not missing and not doubled");
        }
    }
    println!(
        "{KILLS} kills over {} rows, {interrupted} of them with rows under way; {done_by_killed} rows were finished by \
         workers that were killed later",
        2 * published.len()
    );
    assert!(done_by_killed > 0, "the kills came too early to mean anything");
    assert!(interrupted > 0, "the kills came too late to mean anything");
}
