//! A worker whose store takes nothing for a while.

use std::time::Duration;

use polypost_engines::EngineResponse;
use polypost_store::State;

use polypost_test_service::logs::warnings;
use polypost_test_service::program::TestProgram;
use polypost_test_service::told::{Told, disguised};

/// The file is away, so that nothing can be claimed, while reading finds a row that is due.
#[tokio::test]
async fn a_worker_leaves_a_store_that_refuses_alone_and_tells_of_it_once() {
    let engine = Told::new("told", |texts: &[String]| {
        Ok(EngineResponse { candidates: texts.iter().map(|text| Ok(disguised(text).into())).collect(), model: None })
    });
    let program = TestProgram::new(vec![engine], &["es"]).await;
    if !program.location.is_file() {
        return;
    }
    program.publish(TestProgram::report("queues.md", b"# Queues\n\nThe queues are full.\n")).await.expect("published");
    let (file, elsewhere) =
        (program.directory.path().join("polypost.db"), program.directory.path().join("elsewhere.db"));
    std::fs::rename(&file, &elsewhere).expect("moved away");
    let running = program.start();
    let name = file.display().to_string();
    let refusals = || warnings(&["claiming work failed", &name]);
    let told = async {
        while refusals() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), told).await.expect("it is told");
    // Time enough for more of them, if there were more.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(refusals(), 1);
    std::fs::rename(&elsewhere, &file).expect("moved back");
    program.idle(Duration::from_mins(1)).await;
    program.assert_state("queues", "es", State::Current).await;
    running.stop().await;
}
