//! How long it takes from the start of the process to the first answer that it is ready.

use std::process::Command;
use std::time::{Duration, Instant};

use super::Ground;
use polypost_test_service::bench::figures::at;
use polypost_test_service::bench::http::read;

const STARTS: u32 = 20;

pub(crate) async fn run(ground: &Ground) {
    let empty = ground.empty().await;
    print("P-G10", "an empty store", &mut starts(ground, empty));
    let (full, incidents) = ground.full().await;
    print("P-G12", &format!("{incidents} incidents stored"), &mut starts(ground, full));
    size(ground);
}

fn starts(ground: &Ground, name: &str) -> Vec<Duration> {
    let start = |_| {
        let began = Instant::now();
        let server = ground.serve(name);
        read(&server.address, "/health/ready");
        began.elapsed()
    };
    (0..ground.number(STARTS)).map(start).collect()
}

fn print(goal: &str, what: &str, times: &mut [Duration]) {
    times.sort();
    println!(
        "start: {goal}: ready with {what}: median {:.0} ms, worst of {} {:.0} ms",
        at(times, 50.0),
        times.len(),
        at(times, 100.0)
    );
}

/// The program's file, with and without what only debuggers read.
fn size(ground: &Ground) {
    let program = env!("CARGO_BIN_EXE_polypost");
    let megabytes = |path: &std::path::Path| std::fs::metadata(path).map(|file| file.len() as f64 / 1_048_576.0);
    let stripped = ground.directory.path().join("stripped");
    let bare = match Command::new("strip").arg("-o").arg(&stripped).arg(program).status() {
        Ok(status) if status.success() => {
            megabytes(&stripped).map_or(String::new(), |it| format!(", {it:.1} stripped"))
        }
        _ => String::new(),
    };
    println!("start: P-G10: the program has {:.1} MiB{bare}", megabytes(program.as_ref()).expect("it is there"));
}
