//! The program itself, serving.

use std::io::BufRead as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::served::rest;
use crate::test_server::SIGNING_KEY;

/// How long a line of the log may take to come, on a busy machine.
const LOG_TIMEOUT: Duration = Duration::from_mins(1);

/// A process that is ended when dropped, and its log.
pub(crate) struct Process {
    pub(crate) child: Child,
    log: Receiver<String>,
    pub(crate) address: String,
    _directory: tempfile::TempDir,
}

impl Process {
    /// `polypost serve` under a limit of open files, as `ulimit` takes it.
    pub(crate) fn start(limit: &str) -> Self {
        Self::after(&format!("ulimit {limit}"))
    }

    /// `polypost serve` after a command of the shell, which is then the same process.
    pub(crate) fn after(prepare: &str) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let program = env!("CARGO_BIN_EXE_polypost");
        let command = format!("{prepare} && exec '{program}' serve --no-worker --listen 127.0.0.1:0");
        // Whoever runs the tests may have signals ignored (`nohup`, `&`), which a shell cannot undo (POSIX, `trap`).
        let mut process = Command::new("env");
        process
            .args(["--default-signal=HUP,INT,QUIT", "sh", "-c", &command])
            .current_dir(directory.path())
            .env_remove("POLYPOST_CONFIG")
            .env_remove("POLYPOST_TEST_STORE");
        process.env("POLYPOST_PUBLISH__WEBHOOK_SECRETS", SIGNING_KEY);
        let mut child = process.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("started");
        let stderr = std::io::BufReader::new(child.stderr.take().expect("piped"));
        let (lines, log) = mpsc::channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
        let mut process = Self { child, log, address: String::new(), _directory: directory };
        let line = process.says("listening on http://");
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split(';').next());
        address.expect("an address").clone_into(&mut process.address);
        process
    }

    /// The next line with these words.
    pub(crate) fn says(&mut self, words: &str) -> String {
        let (deadline, mut seen) = (Instant::now() + LOG_TIMEOUT, Vec::new());
        while let Ok(line) = self.log.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            if line.contains(words) {
                return line;
            }
            seen.push(line);
        }
        panic!("no line with `{words}`, but:\n{}", seen.join("\n"))
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).await.expect("the system's queue takes it")
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().expect("kill runs").success());
    }

    /// Waits until it ends; its exit code, `None` where a signal ended it.
    pub(crate) fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }

    /// Resident memory.
    pub(crate) fn kibibytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a figure");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// The status line of an address' answer.
    pub(crate) async fn status_of(&self, path: &str) -> String {
        let mut stream = self.connect().await;
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        rest(&mut stream).await.lines().next().unwrap_or_default().to_owned()
    }

    pub(crate) async fn answers(&self) -> bool {
        self.status_of("/health/live").await == "HTTP/1.1 200 OK"
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
