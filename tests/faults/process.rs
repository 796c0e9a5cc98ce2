//! Processes of the real program: started, killed, paused and asked to stop from outside, like in production.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

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
}

impl Process {
    /// Starts it; what it says goes to the end of `log`.
    pub(crate) fn start(mut command: Command, log: &Path) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(log).expect("a log file");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).process_group(0).kill_on_drop(true);
        let child = command.spawn().expect("the process starts");
        Self { group: child.id(), child }
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
