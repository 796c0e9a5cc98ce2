//! Processes of the real program: started, killed, paused and asked to stop from outside, like in production.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

/// A signal's name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Signal {
    Kill,
    Terminate,
    Stop,
    Continue,
}

/// A process, and whatever it runs inside (`strace`), in a group of its own. It does not outlive its handle.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    group: Option<u32>,
    log: PathBuf,
    /// Where its own part of the log begins, in bytes.
    begins: u64,
}

impl Process {
    /// Starts it; what it says goes to the end of `log`.
    pub(crate) fn start(mut command: Command, log: &Path) -> Self {
        let file = std::fs::File::options().create(true).append(true).open(log).expect("a log file");
        let begins = file.metadata().expect("a length").len();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).process_group(0).kill_on_drop(true);
        let child = command.spawn().expect("the process starts");
        Self { group: child.id(), child, log: log.to_owned(), begins }
    }

    /// Waits until it says that it works or listens, or is gone, or takes too long for either.
    pub(crate) async fn at_work(&mut self) {
        const LONGEST_START: Duration = Duration::from_secs(10);
        let begun = Instant::now();
        while begun.elapsed() < LONGEST_START && self.is_running() && !self.says_that_it_works() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn says_that_it_works(&self) -> bool {
        let mut said = Vec::new();
        let mut log = std::fs::File::open(&self.log).expect("a log file");
        log.seek(SeekFrom::Start(self.begins)).expect("a place in it");
        log.read_to_end(&mut said).expect("what it says");
        let said = String::from_utf8_lossy(&said);
        said.contains("working, ") || said.contains("listening on ")
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let Some(group) = self.group else { return };
        let name = match signal {
            Signal::Kill => "-KILL",
            Signal::Terminate => "-TERM",
            Signal::Stop => "-STOP",
            Signal::Continue => "-CONT",
        };
        // One that has ended meanwhile cannot be reached, which is as good.
        let mut kill = std::process::Command::new("/bin/kill");
        let _ = kill.args([name, "--", &format!("-{group}")]).stderr(Stdio::null()).status();
    }

    /// `SIGKILL`, and gone. Whether it still ran.
    pub(crate) async fn kill(mut self) -> bool {
        let ran = self.is_running();
        self.signal(Signal::Kill);
        self.child.wait().await.expect("it is gone");
        self.group = None;
        ran
    }

    /// How it ended, if it did so in time.
    pub(crate) async fn ended(&mut self, at_most: Duration) -> Option<ExitStatus> {
        let status = tokio::time::timeout(at_most, self.child.wait()).await.ok()?.expect("a status");
        self.group = None;
        Some(status)
    }

    /// The most memory that it has had, in MiB.
    pub(crate) fn peak_mebibytes(&self) -> u64 {
        let id = self.child.id().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        peak.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
    }

    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.is_running() {
            self.signal(Signal::Kill);
        }
    }
}
