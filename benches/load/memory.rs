//! Resident memory of the serving process, and whether one incident is read as fast among many as alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use polypost_store::Migrations;

use super::Ground;
use polypost_test_service::bench::figures::median;
use polypost_test_service::bench::http::{EXAMPLE, example, publish, read};
use polypost_test_service::bench::server::Server;
use polypost_test_service::bench::{rows, wrk};

const ROUNDS: usize = 5;
/// The pattern of all rows, which stands in the small store and in the full one.
const PATTERN: &str = "/v1/incidents/seed?locale=en";

pub(crate) async fn run(ground: &Ground) {
    let Some(wrk) = wrk::installed() else {
        println!("memory: skipped: wrk is wanted");
        return;
    };
    let empty = ground.empty().await;
    let server = ground.serve(empty);
    read(&server.address, "/health/ready");
    print("idle after the start", &server);
    publish(&server.address, &example());
    read(&server.address, EXAMPLE);
    load(ground, wrk, &server, EXAMPLE);
    print("after wrk has read one incident over 64 connections", &server);
    drop(server);
    let (full, incidents) = ground.full().await;
    let server = ground.serve(full);
    read(&server.address, "/health/ready");
    print(&format!("idle after the start, {incidents} incidents stored"), &server);
    let others = ground.number(10_000).min(incidents);
    let script = ground.place(full).join("others.lua");
    fs::write(&script, each_in_turn(others)).expect("written");
    let run = load_by(ground, wrk, &server, "/", Some(&script));
    print(&format!("after wrk has read {others} incidents in turn ({:.0}/s)", run.rate), &server);
    drop(server);
    beside_one(ground, wrk).await;
}

/// A server each, on one and on many, in turn.
async fn beside_one(ground: &Ground, wrk: &str) {
    let small = "one";
    let one = polypost_store::open(&ground.store(small), Migrations::Apply).await.expect("opens");
    one.publish(&rows::publication("seed"), rows::now()).await.expect("publishes");
    one.close().await;
    let (full, incidents) = ground.full().await;
    let servers = [small, full].map(|name| ground.serve(name));
    let mut rates = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (server, rates) in servers.iter().zip(&mut rates) {
            read(&server.address, PATTERN);
            rates.push(load(ground, wrk, server, PATTERN).rate);
        }
    }
    let [alone, among] = rates.map(median);
    println!(
        "memory: P-G12: one incident read {alone:.0}/s where it is alone, {among:.0}/s among {incidents}: {:.2} times",
        among / alone
    );
}

fn load(ground: &Ground, wrk: &str, server: &Server, path: &str) -> wrk::Run {
    load_by(ground, wrk, server, path, None)
}

fn load_by(ground: &Ground, wrk: &str, server: &Server, path: &str, script: Option<&Path>) -> wrk::Run {
    let mut command = Command::new(wrk);
    command.args(["-t1", "-c64", "--latency", "-d", &ground.time(5).as_secs().to_string()]);
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    let run = wrk::run(command.arg(format!("http://{}{path}", server.address)));
    assert!(!run.text.contains("Non-2xx"), "{}", run.text);
    run
}

/// The script for wrk that asks for so many incidents, one after the other, again and again.
fn each_in_turn(count: u32) -> String {
    format!(
        "local number = 0\n\
         function request()\n\
         number = (number + 1) % {count}\n\
         return wrk.format('GET', '/v1/incidents/row-' .. number .. '?locale=en')\n\
         end\n"
    )
}

fn print(when: &str, server: &Server) {
    let status = fs::read_to_string(format!("/proc/{}/status", server.process.id())).expect("it runs");
    let mebibytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("it is told");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
    };
    println!(
        "memory: P-G9: {when}: {:.1} MiB resident, {:.1} MiB of them data and not pages of files; {:.1} MiB at most so far",
        mebibytes("VmRSS:"),
        mebibytes("RssAnon:"),
        mebibytes("VmHWM:")
    );
}
