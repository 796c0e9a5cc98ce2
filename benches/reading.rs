//! Reading a kept answer beside nginx, which serves the same bytes from a file: requests a second, the slowest of a
//! hundred, and processor time for a request, plain, compressed and `304`. The server has one core and wrk the other,
//! 64 connections, keep-alive. nginx is measured twice: with the headers that Polypost sends, and with its own only.
//!
//! Needs nginx, wrk and taskset, and says so where they are missing.

#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and one that cannot go on has failed"
)]

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;

use polypost_test_service::bench::figures::median;
use polypost_test_service::bench::http::{Answer, EXAMPLE, ask};
use polypost_test_service::bench::server::{Server, TICK_MICROSECONDS};
use polypost_test_service::bench::{http, wrk};

const ROUNDS: usize = 3;
const SECONDS: &str = "4";
const CONNECTIONS: &str = "64";

fn main() {
    let Some(tools) = Tools::find() else {
        println!("skipped: nginx, wrk and taskset are wanted");
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    let mut command = tools.pinned(env!("CARGO_BIN_EXE_polypost"));
    command.current_dir(directory.path());
    let polypost = Server::polypost(command, "127.0.0.1", &["--no-worker"]);
    http::publish(&polypost.address, &http::example());
    let answer = http::read(&polypost.address, EXAMPLE);
    let nginx = nginx(&tools, directory.path(), &answer);
    println!("{} bytes of JSON; medians of {ROUNDS} rounds of {SECONDS} s", answer.body.len());
    println!("{:<26} {:>10} {:>10} {:>12}", "", "requests/s", "p99, ms", "µs CPU each");
    for form in ["plain", "gzip", "304"] {
        let subjects =
            [("polypost", &polypost, EXAMPLE), ("nginx", &nginx, "/same"), ("nginx, own headers", &nginx, "/own")];
        let mut runs: Vec<Vec<Run>> = subjects.iter().map(|_| Vec::new()).collect();
        // Interleaved, so that whatever else the machine does falls on all of them.
        for _ in 0..ROUNDS {
            for ((_, server, path), runs) in subjects.iter().zip(&mut runs) {
                runs.push(measure(server, &tools, path, form));
            }
        }
        for ((name, ..), runs) in subjects.iter().zip(&runs) {
            let of = |figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
            let (rate, slow, cost) = (of(|run| run.rate), of(|run| run.slow), of(|run| run.cost));
            println!("{:<26} {rate:>10.0} {slow:>10.2} {cost:>12.1}", format!("{name}, {form}"));
        }
    }
}

struct Tools {
    nginx: &'static str,
    wrk: &'static str,
    taskset: &'static str,
}

impl Tools {
    fn find() -> Option<Self> {
        Some(Self {
            nginx: wrk::find(["/usr/sbin/nginx", "/usr/local/sbin/nginx"])?,
            wrk: wrk::installed()?,
            taskset: wrk::find(["/usr/bin/taskset", "/bin/taskset"])?,
        })
    }

    /// A command on the first core.
    fn pinned(&self, program: &str) -> Command {
        let mut command = Command::new(self.taskset);
        command.args(["-c", "0", program]);
        command
    }
}

/// One run of wrk.
struct Run {
    rate: f64,
    /// The slowest of a hundred, in milliseconds.
    slow: f64,
    /// Processor time of the server for a request, in microseconds.
    cost: f64,
}

fn nginx(tools: &Tools, directory: &Path, answer: &Answer) -> Server {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
    let root = directory.join("root");
    fs::create_dir_all(&root).expect("a directory");
    for name in ["same", "own"] {
        fs::write(root.join(name), &answer.body).expect("written");
        let mut compressed = GzEncoder::new(Vec::new(), Compression::default());
        compressed.write_all(&answer.body).expect("compressed");
        fs::write(root.join(format!("{name}.gz")), compressed.finish().expect("compressed")).expect("written");
    }
    let headers: String = answer
        .head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| !["content-type", "content-length", "etag", "date", "connection"].contains(name))
        .map(|(name, value)| match name {
            "x-request-id" => format!("add_header {name} $request_id;\n"),
            _ => format!("add_header {name} '{}';\n", value.replace('\'', "\\'")),
        })
        .collect();
    let configuration = format!(
        "daemon off;\nmaster_process off;\nworker_processes 1;\npid {base}/nginx.pid;\nerror_log {base}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\naccess_log off;\nsendfile on;\ntcp_nopush on;\nkeepalive_requests 1000000000;\n\
         open_file_cache max=100;\nopen_file_cache_valid 600s;\ngzip_static on;\ndefault_type application/json;\n\
         client_body_temp_path {base}/b; proxy_temp_path {base}/p; fastcgi_temp_path {base}/f;\n\
         uwsgi_temp_path {base}/u; scgi_temp_path {base}/s;\n\
         server {{\nlisten 127.0.0.1:{port};\nroot {base}/root;\nlocation = /same {{\n{headers}}}\n}}\n}}\n",
        base = directory.display()
    );
    let file = directory.join("nginx.conf");
    fs::write(&file, configuration).expect("written");
    let mut command = tools.pinned(tools.nginx);
    command.arg("-p").arg(directory).arg("-c").arg(&file).stderr(Stdio::null());
    let process = command.spawn().expect("started");
    let server = Server { process, address: format!("127.0.0.1:{port}") };
    while TcpStream::connect(&server.address).is_err() {
        std::thread::yield_now();
    }
    server
}

fn measure(server: &Server, tools: &Tools, path: &str, form: &str) -> Run {
    let compressed = if form == "gzip" { "accept-encoding: gzip\r\n" } else { "" };
    let request = |more: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
    let first = ask(&server.address, &request(compressed));
    let tag = first.header("etag");
    let more = match form {
        "gzip" => Some("Accept-Encoding: gzip".to_owned()),
        "304" => Some(format!("If-None-Match: {tag}")),
        _ => None,
    };
    let status = ask(&server.address, &request(&more.as_ref().map(|it| format!("{it}\r\n")).unwrap_or_default()));
    assert!(status.head.contains(if form == "304" { " 304 " } else { " 200 " }), "{}", status.head);
    assert_eq!(status.header("content-encoding") == "gzip", form == "gzip", "{}", status.head);
    let mut command = Command::new(tools.taskset);
    command.args(["-c", "1", tools.wrk, "-t1", "-c", CONNECTIONS, "-d", SECONDS, "--latency"]);
    if let Some(header) = &more {
        command.args(["-H", header]);
    }
    let before = server.ticks();
    let run = wrk::run(command.arg(format!("http://{}{path}", server.address)));
    let ticks = server.ticks() - before;
    assert!(!run.text.contains("Non-2xx") || form == "304", "{}", run.text);
    Run { rate: run.rate, slow: run.slow, cost: ticks as f64 * TICK_MICROSECONDS / run.requests }
}
