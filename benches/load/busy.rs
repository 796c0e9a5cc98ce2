//! Readers at a fixed rate beside the worker of the same process: both processors translate.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use polypost_store::{Migrations, Store};

use super::wire::get;
use super::{Ground, address, paced};
use polypost_test_service::bench::http::{EXAMPLE, example, publish};
use polypost_test_service::bench::server::{Server, TICK_MICROSECONDS};
use polypost_test_service::bench::{long_report, rows};

const RATE: u32 = 2_000;

pub(crate) async fn run(ground: &Ground) {
    let settings = [("ENGINES__ROUTE", "pseudo"), ("LOCALES__TARGETS", "es,it,pt-BR")];
    beside(ground, "pseudo", &settings, ground.number(500)).await;
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join(".components/models");
    if !models.join("en-pt/manifest.json").is_file() {
        println!("busy: neural: skipped: the model en-pt is wanted (make components)");
        return;
    }
    let settings = [
        ("ENGINES__ROUTE", "neural"),
        ("LOCALES__TARGETS", "pt-BR"),
        ("ENGINES__NEURAL__FETCH", "false"),
        ("ENGINES__NEURAL__DIRECTORY", models.to_str().expect("a path")),
    ];
    beside(ground, "neural", &settings, ground.number(200)).await;
}

/// The readers alone, then beside a backlog of so many long reports.
async fn beside(ground: &Ground, engine: &str, settings: &[(&str, &str)], reports: u32) {
    let mut command = ground.command(engine);
    command.envs(settings.iter().map(|(key, value)| (format!("POLYPOST_{key}"), value)));
    let server = Server::polypost(command, "127.0.0.1", &[]);
    let store: Arc<dyn Store> = polypost_store::open(&ground.store(engine), Migrations::Apply).await.expect("opens");
    publish(&server.address, &example());
    // The engine's model is loaded then.
    while open(&store).await > 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let time = ground.time(15);
    println!("busy: P-G8: {RATE} readers/s for {time:.0?} alone: {}", read(&server, time));
    for number in 0..reports {
        publish(&server.address, &report(number));
    }
    let (before, began) = (open(&store).await, Instant::now());
    let ticks = server.ticks();
    let told = read(&server, time);
    let processors = (server.ticks() - ticks) as f64 * TICK_MICROSECONDS / 1e6 / began.elapsed().as_secs_f64();
    let after = open(&store).await;
    let is_over = if after == 0 { "; the backlog was done early, so that this says too little" } else { "" };
    println!(
        "busy: P-G8: {RATE} readers/s beside {engine}: {told}; {} rows translated meanwhile, {after} left, \
         {processors:.2} processors used{is_over}",
        before.saturating_sub(after)
    );
    store.close().await;
}

fn read(server: &Server, time: Duration) -> String {
    tokio::task::block_in_place(|| paced::read(address(server), &get(EXAMPLE), RATE, time)).told()
}

/// Rows that wait or are worked on.
async fn open(store: &Arc<dyn Store>) -> u64 {
    let backlog = store.backlog(rows::now()).await.expect("counts");
    backlog.waiting + backlog.running
}

fn report(number: u32) -> String {
    let number = usize::try_from(number).unwrap_or_default();
    serde_json::json!({
        "id": format!("incident-{number}"),
        "title": long_report::title(number),
        "format": "text",
        "body": long_report::text(number),
    })
    .to_string()
}
