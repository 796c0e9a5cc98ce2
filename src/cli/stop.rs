//! Being asked to stop: Ctrl-C (SIGINT) and SIGTERM come in, a cancelled token goes out.

use tokio_util::sync::CancellationToken;

use super::terminal::Terminal;

/// A token that is cancelled when the process is asked to stop. A second request ends the process at once: whoever
/// asks twice does not want to wait for what is running, and leases see to it that nothing is lost.
///
/// Requests are listened for as soon as this returns: a request that comes before would end the process at once.
pub(super) fn token(terminal: Terminal) -> CancellationToken {
    let token = CancellationToken::new();
    let stop = token.clone();
    let mut requests = Requests::listen();
    tokio::spawn(async move {
        requests.next().await;
        tracing::info!("asked to stop; finishing what is running");
        terminal.note("stopping when what is running is done; asked once more, at once");
        stop.cancel();
        requests.next().await;
        std::process::exit(1);
    });
    token
}

#[cfg(unix)]
struct Requests {
    // A signal that cannot be listened for keeps its default effect.
    interrupt: Option<tokio::signal::unix::Signal>,
    terminate: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Requests {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self { interrupt: signal(SignalKind::interrupt()).ok(), terminate: signal(SignalKind::terminate()).ok() }
    }

    async fn next(&mut self) {
        async fn received(signal: Option<&mut tokio::signal::unix::Signal>) {
            match signal {
                Some(signal) => {
                    signal.recv().await;
                }
                None => std::future::pending().await,
            }
        }
        tokio::select! {
            () = received(self.interrupt.as_mut()) => {}
            () = received(self.terminate.as_mut()) => {}
        }
    }
}

#[cfg(not(unix))]
struct Requests;

#[cfg(not(unix))]
impl Requests {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
