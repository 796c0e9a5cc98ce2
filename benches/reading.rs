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
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;

const ROUNDS: usize = 3;
const SECONDS: &str = "4";
const CONNECTIONS: &str = "64";
/// As in Linux' `/proc/PID/stat`: ticks are hundredths of a second.
const TICK_MICROSECONDS: f64 = 10_000.0;
const PATH: &str = "/v1/incidents/calls?locale=en";

fn main() {
    let Some(tools) = Tools::find() else {
        println!("skipped: nginx, wrk and taskset are wanted");
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    let polypost = Server::polypost(&tools, directory.path());
    let published = publish(&polypost.address);
    assert!(published.head.starts_with("HTTP/1.1 201 "), "{}", published.head);
    let answer = ask(&polypost.address, &format!("GET {PATH} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
    assert!(answer.head.starts_with("HTTP/1.1 200 "), "{}", answer.head);
    let nginx = Server::nginx(&tools, directory.path(), &answer);
    println!("{} bytes of JSON; medians of {ROUNDS} rounds of {SECONDS} s", answer.body.len());
    println!("{:<26} {:>10} {:>10} {:>12}", "", "requests/s", "p99, ms", "µs CPU each");
    for form in ["plain", "gzip", "304"] {
        let subjects =
            [("polypost", &polypost, PATH), ("nginx", &nginx, "/same"), ("nginx, own headers", &nginx, "/own")];
        let mut runs: Vec<Vec<Run>> = subjects.iter().map(|_| Vec::new()).collect();
        // Interleaved, so that whatever else the machine does falls on all of them.
        for _ in 0..ROUNDS {
            for ((_, server, path), runs) in subjects.iter().zip(&mut runs) {
                runs.push(server.measure(&tools, path, form));
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
        let find = |places: [&'static str; 2]| places.into_iter().find(|place| Path::new(place).exists());
        Some(Self {
            nginx: find(["/usr/sbin/nginx", "/usr/local/sbin/nginx"])?,
            wrk: find(["/usr/bin/wrk", "/usr/local/bin/wrk"])?,
            taskset: find(["/usr/bin/taskset", "/bin/taskset"])?,
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

/// A process on the first core, ended when dropped.
struct Server {
    process: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn polypost(tools: &Tools, directory: &Path) -> Self {
        let mut command = tools.pinned(env!("CARGO_BIN_EXE_polypost"));
        command.args(["serve", "--no-worker", "--listen", "127.0.0.1:0"]).current_dir(directory);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("started");
        let lines = BufReader::new(process.stderr.take().expect("piped")).lines();
        let line = lines.map_while(Result::ok).find(|line| line.contains("listening on http://")).expect("a line");
        let address = line.split(['/', ';']).find(|part| part.starts_with("127.")).expect("an address").to_owned();
        Self { process, address }
    }

    fn nginx(tools: &Tools, directory: &Path, answer: &Answer) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
        let root = directory.join("root");
        fs::create_dir_all(&root).expect("a directory");
        for name in ["same", "own"] {
            fs::write(root.join(name), &answer.body).expect("written");
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&answer.body).expect("packed");
            fs::write(root.join(format!("{name}.gz")), packed.finish().expect("packed")).expect("written");
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
        let server = Self { process, address: format!("127.0.0.1:{port}") };
        while TcpStream::connect(&server.address).is_err() {
            std::thread::yield_now();
        }
        server
    }

    fn measure(&self, tools: &Tools, path: &str, form: &str) -> Run {
        let packed = if form == "gzip" { "accept-encoding: gzip\r\n" } else { "" };
        let request = |more: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
        let first = ask(&self.address, &request(packed));
        let tag = first.header("etag");
        let more = match form {
            "gzip" => Some("Accept-Encoding: gzip".to_owned()),
            "304" => Some(format!("If-None-Match: {tag}")),
            _ => None,
        };
        let status = ask(&self.address, &request(&more.as_ref().map(|it| format!("{it}\r\n")).unwrap_or_default()));
        assert!(status.head.contains(if form == "304" { " 304 " } else { " 200 " }), "{}", status.head);
        assert_eq!(status.header("content-encoding") == "gzip", form == "gzip", "{}", status.head);
        let mut command = Command::new(tools.taskset);
        command.args(["-c", "1", tools.wrk, "-t1", "-c", CONNECTIONS, "-d", SECONDS, "--latency"]);
        if let Some(header) = &more {
            command.args(["-H", header]);
        }
        let before = self.ticks();
        let output = command.arg(format!("http://{}{path}", self.address)).output().expect("wrk runs");
        let ticks = self.ticks() - before;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!text.contains("Non-2xx") || form == "304", "{text}");
        let requests = number(&text, " requests in ").expect("wrk counts");
        Run {
            rate: text
                .lines()
                .find_map(|line| line.strip_prefix("Requests/sec:"))
                .and_then(|rate| rate.trim().parse().ok())
                .expect("wrk tells the rate"),
            slow: text.lines().find_map(|line| line.trim().strip_prefix("99%")).map(milliseconds).expect("wrk tells"),
            cost: ticks as f64 * TICK_MICROSECONDS / requests,
        }
    }

    /// Processor time used so far.
    fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("it runs");
        let fields = stat.rsplit_once(") ").expect("a name").1.split(' ');
        fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
    }
}

/// The number in front of some words.
fn number(text: &str, words: &str) -> Option<f64> {
    text.lines().find_map(|line| line.split_once(words)?.0.trim().parse().ok())
}

/// `2.43ms` or `870.00us`.
fn milliseconds(text: &str) -> f64 {
    let text = text.trim();
    let units = [("us", 1e-3), ("ms", 1.0), ("s", 1e3)];
    let read = |(unit, worth): (&str, f64)| text.strip_suffix(unit)?.parse::<f64>().ok().map(|number| number * worth);
    units.into_iter().find_map(read).expect("a time")
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let value = lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).next();
        value.unwrap_or_default().to_owned()
    }
}

fn ask(address: &str, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("read");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let body = bytes.split_off(end + 4);
    Answer { head: String::from_utf8_lossy(&bytes).into_owned(), body }
}

/// A report whose answer has about 6 KB.
fn publish(address: &str) -> Answer {
    let text = "The engineering team reverted the change and messages were delivered again at 10:54 UTC. ".repeat(14);
    let body = format!(
        r#"{{"id":"calls","title":"Call recordings unavailable","status":"resolved","impact":"major","body":"{text}"}}"#
    );
    let head = "POST /v1/incidents HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n";
    ask(address, &format!("{head}content-length: {}\r\n\r\n{body}", body.len()))
}
