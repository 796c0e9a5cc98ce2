//! Turns the signals that ask a process to stop into a cancelled token. Ctrl-C (SIGINT), SIGTERM, SIGQUIT and, where a
//! terminal goes away, SIGHUP all mean the same, so that none of them ends the process in the middle of something;
//! SIGTERM alone, which service managers send, leaves time to those who have not heard of it yet.

use tokio_util::sync::CancellationToken;

use super::terminal::Terminal;

/// What a server is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    /// Cancelled when the process is asked to stop.
    pub(super) stop: CancellationToken,
    /// Cancelled where nobody is to be given time to go elsewhere.
    pub(super) at_once: CancellationToken,
}

/// A token that is cancelled when the process is asked to stop; as [`requests`].
pub(super) fn token(terminal: Terminal) -> CancellationToken {
    requests(terminal).stop
}

/// Requests to stop. A second one ends the process at once: whoever asks twice does not want to wait for what is
/// running, and leases see to it that nothing is lost.
///
/// They are listened for as soon as this returns: one that comes before would end the process at once.
pub(super) fn requests(terminal: Terminal) -> Requests {
    let requests = Requests::default();
    let told = requests.clone();
    let mut signals = Signals::listen();
    tokio::spawn(async move {
        let first = signals.next().await;
        tracing::info!(signal = first.name(), "asked to stop; finishing what is running");
        terminal.note("shutting down after running jobs; Ctrl-C again stops now");
        if first != Signal::Terminate {
            told.at_once.cancel();
        }
        told.stop.cancel();
        // A terminal that goes away is told by the system and once more by its shell.
        while signals.next().await == Signal::HangUp {}
        std::process::exit(1);
    });
    requests
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signal {
    Interrupt,
    Terminate,
    Quit,
    HangUp,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
            Self::Quit => "SIGQUIT",
            Self::HangUp => "SIGHUP",
        }
    }
}

#[cfg(unix)]
struct Signals {
    // A signal that cannot be listened for keeps its default effect.
    interrupt: Option<tokio::signal::unix::Signal>,
    terminate: Option<tokio::signal::unix::Signal>,
    quit: Option<tokio::signal::unix::Signal>,
    /// `None`, too, where whoever started the process has it ignored (`nohup`).
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let hang_up = SignalKind::hangup();
        Self {
            interrupt: signal(SignalKind::interrupt()).ok(),
            terminate: signal(SignalKind::terminate()).ok(),
            quit: signal(SignalKind::quit()).ok(),
            hang_up: (!is_ignored(hang_up.as_raw_value())).then(|| signal(hang_up).ok()).flatten(),
        }
    }

    async fn next(&mut self) -> Signal {
        async fn received(signal: Option<&mut tokio::signal::unix::Signal>) {
            match signal {
                Some(signal) => {
                    signal.recv().await;
                }
                None => std::future::pending().await,
            }
        }
        tokio::select! {
            () = received(self.interrupt.as_mut()) => Signal::Interrupt,
            () = received(self.terminate.as_mut()) => Signal::Terminate,
            () = received(self.quit.as_mut()) => Signal::Quit,
            () = received(self.hang_up.as_mut()) => Signal::HangUp,
        }
    }
}

/// Whether the process was started with this signal ignored, as Linux tells (proc(5), `SigIgn`); `false` where nobody
/// tells.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("SigIgn:")).is_some_and(|mask| is_in(mask, signal))
}

/// Whether a signal is in a mask of hexadecimal digits, whose lowest bit is signal 1.
#[cfg(unix)]
fn is_in(mask: &str, signal: i32) -> bool {
    let bit = u32::try_from(signal - 1).ok().and_then(|bit| 1_u64.checked_shl(bit)).unwrap_or_default();
    u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & bit != 0)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_ignored_signal_is_read_from_its_mask() {
        assert!(is_in("\t0000000000000001", 1) && is_in("4001", 15));
        assert!(!is_in("0000000000004000", 1) && !is_in("", 1) && !is_in("x", 1) && !is_in("1", 0));
    }
}
