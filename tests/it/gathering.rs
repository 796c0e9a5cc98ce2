//! Incidents that wait for a busy engine share its calls.

use polypost_engines::EngineDependencies;
use polypost_store::State;
use tokio::task::JoinSet;

use polypost_test_service::chaos;
use polypost_test_service::program::TestProgram;
use polypost_test_service::vendors::all::{Service, all};

const INCIDENTS: usize = 24;

#[tokio::test]
async fn a_backfill_makes_fewer_calls_than_there_are_incidents() {
    let mut running = JoinSet::new();
    for service in all().await {
        // The others take one text a call, or the report's title along.
        if ["azure", "google", "libretranslate", "modernmt"].iter().any(|name| service.name.starts_with(name)) {
            running.spawn(backfill(service));
        }
    }
    running.join_all().await;
}

async fn backfill(service: Service) {
    let line = chaos::line(&service.url, || None).await;
    let engine = |dependencies: &EngineDependencies| {
        service.engine_with(&line.url, dependencies, |contract| {
            contract.concurrency = 1;
            contract.requests_per_second = 2;
        })
    };
    let program = TestProgram::with(&["es"], |dependencies| vec![engine(dependencies)]).await;
    for number in 0..INCIDENTS {
        let word = ["Alpha", "Bravo", "Delta", "Gamma", "Kappa", "Omega"][number % 6];
        let text = format!(
            "---\ntitle: {word} orders fail\nstatus: resolved\n---\n\nOrders of {word} customers waited {number}.\n\n\
             A deployment of {word} services {} was at fault.\n",
            "again ".repeat(number / 6),
        );
        program.publish(TestProgram::report(&format!("late-{number}.md"), text.as_bytes())).await.expect("published");
    }
    program.work().await;
    for number in 0..INCIDENTS {
        let row = program.translation(&format!("late-{number}"), "es").await;
        assert_eq!(row.state, State::Current, "{}: {row:?}", service.name);
    }
    println!("{}: {INCIDENTS} incidents in {} calls", service.name, line.calls());
    assert!(line.calls() < INCIDENTS * 3 / 4, "{}: {} calls", service.name, line.calls());
}
