//! Being asked to stop: Ctrl-C (SIGINT) and SIGTERM come in, a cancelled token goes out.

use tokio_util::sync::CancellationToken;

use super::terminal::Terminal;

/// A token that is cancelled when the process is asked to stop. A second request ends the process at once: whoever
/// asks twice does not want to wait for what is running, and leases see to it that nothing is lost.
pub(super) fn token(terminal: Terminal) -> CancellationToken {
    let token = CancellationToken::new();
    let stop = token.clone();
    tokio::spawn(async move {
        asked().await;
        tracing::info!("asked to stop; finishing what is running");
        terminal.note("stopping when what is running is done; asked once more, at once");
        stop.cancel();
        asked().await;
        std::process::exit(1);
    });
    token
}

#[cfg(unix)]
async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // Without the signal there still is Ctrl-C.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted() => {}
        () = terminated => {}
    }
}

#[cfg(not(unix))]
async fn asked() {
    interrupted().await;
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
