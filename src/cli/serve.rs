//! `polypost serve`: the API, the pages and, unless told otherwise, the worker in one process.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;

use super::Context;
use super::access;
use super::failure::WrongCall;
use super::stop;
use crate::config::{Config, listening_address};
use crate::web;
use polypost_store::{ClaimFilter, Store};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to listen, instead of as configured; port 0 takes any that is free
    #[arg(long, value_name = "ADDR", value_parser = listening_address)]
    listen: Option<SocketAddr>,
    /// Only serve; `polypost worker` translates elsewhere
    #[arg(long)]
    no_worker: bool,
}

pub(super) async fn run(args: Args, mut context: Context) -> anyhow::Result<ExitCode> {
    if let Some(listen) = args.listen {
        context.config.server.listen = listen;
    }
    expect_address(&context.config)?;
    context.check_targets()?;
    let store = context.store().await?;
    serve(context, store, !args.no_worker).await
}

/// Serves until the process is asked to stop.
pub(super) async fn serve(mut context: Context, store: Arc<dyn Store>, with_worker: bool) -> anyhow::Result<ExitCode> {
    let wanted = context.config.server.listen;
    let listener = bound(wanted)?;
    // Port 0 becomes the port that it is.
    context.config.server.listen = listener.local_addr()?;
    let metrics = match context.config.server.metrics_listen {
        None => None,
        Some(own) => Some(bound(own)?),
    };
    let worker = context.worker(&store)?;
    let app = context.app(&store)?;
    // As long as running jobs get: the process is to be gone when that is over.
    let drain = Duration::from_secs(context.config.worker.drain_seconds);
    let requests = stop::requests(context.terminal);
    let grace = Duration::from_secs(context.config.server.shutdown_grace_seconds);
    // Where serving ends by itself, the worker ends with it.
    let stop_worker = requests.stop.child_token();
    access::provide(&context.config, store.as_ref(), context.now(), context.terminal).await;
    if let Some(metrics) = &metrics {
        context.terminal.note(format_args!("metrics on http://{}/metrics, without a token", metrics.local_addr()?));
    }
    context.terminal.note(format_args!("listening on http://{}; Ctrl-C stops", context.config.server.listen));
    let working = with_worker.then(|| {
        let stop = stop_worker.clone();
        tokio::spawn(async move { worker.run(ClaimFilter::default(), stop).await })
    });
    let close = after_grace(&requests, grace);
    let measuring = metrics.map(|own| {
        let app = Arc::clone(&app);
        tokio::spawn(web::serve_metrics(own, app, drain, requests.stop.clone(), stop_worker.clone()))
    });
    let served = web::serve(listener, app, drain, requests.stop, close).await;
    stop_worker.cancel();
    if let Some(measuring) = measuring {
        measuring.await?.context("serving metrics ended")?;
    }
    if let Some(working) = working {
        working.await?;
    }
    served.context("serving ended")?;
    Ok(ExitCode::SUCCESS)
}

/// Other machines' readers need links that lead here from there.
///
/// # Errors
/// A [`WrongCall`] where `server.listen` is not this machine's own address, and no public one is named.
pub(super) fn expect_address(config: &Config) -> Result<(), WrongCall> {
    let server = &config.server;
    if !server.public_url.is_empty() || server.is_local() {
        return Ok(());
    }
    let message =
        format!("`server.listen` is `{}`, which other machines reach, and `server.public_url` is empty", server.listen);
    Err(WrongCall::new(message).hint(
        "set `server.public_url` to the address that readers use, such as `https://status.example.com`, in the file or \
         as POLYPOST_SERVER__PUBLIC_URL",
    ))
}

/// Connections that wait to be accepted, as many as Linux allows if nobody says otherwise (`net.core.somaxconn`): a
/// client beyond them tries again after a whole second.
const BACKLOG: u32 = 4096;

/// As [`TcpListener::bind`], with more room for those who come at the same time.
fn bound(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    listen().with_context(|| format!("cannot listen on `{address}`"))
}

/// Cancelled so long after the process was asked to stop, or without delay where that is meant.
fn after_grace(requests: &stop::Requests, grace: Duration) -> CancellationToken {
    let (close, requests) = (CancellationToken::new(), requests.clone());
    let closed = close.clone();
    tokio::spawn(async move {
        requests.stop.cancelled().await;
        requests.at_once.run_until_cancelled(tokio::time::sleep(grace)).await;
        close.cancel();
    });
    closed
}
