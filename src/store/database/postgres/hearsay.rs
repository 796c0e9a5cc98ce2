//! What processes tell each other by `listen` and `notify`: the changes of this one go out, those of others come in.
//!
//! Changes are told after their transaction, some at a time: a transaction that notifies keeps all others from
//! committing while its own commit goes to the disk. What is lost that way, the pulse finds.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::changes::{Change, Changes};

const CHANNEL: &str = "polypost";
const NOTIFY: &str = "select pg_notify($1, $2)";
/// So many fit into the 8,000 bytes of a notification, however long their incidents' ids are.
const AT_ONCE: usize = 40;
/// The pause after a failure to listen or tell.
const PAUSE: Duration = Duration::from_millis(500);

/// One notification.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    /// The process that tells, which need not listen to itself.
    by: String,
    changes: Vec<Change>,
}

/// Listens and tells until the guard is dropped.
pub(super) fn pass_on(teller: PgPool, ear: PgPool, changes: Arc<Changes>) -> DropGuard {
    let stop = CancellationToken::new();
    let name = format!("{:032x}", rand::random::<u128>());
    let (stopped, own) = (stop.clone(), name.clone());
    let mine = changes.listen_for_others();
    tokio::spawn(async move { stopped.run_until_cancelled(tell(teller, own, mine)).await });
    let stopped = stop.clone();
    tokio::spawn(async move { stopped.run_until_cancelled(listen(ear, name, changes)).await });
    stop.drop_guard()
}

async fn tell(pool: PgPool, by: String, mut mine: Receiver<Change>) {
    loop {
        let mut told = Told { by: by.clone(), changes: Vec::new() };
        match mine.recv().await {
            Ok(change) => told.changes.push(change),
            Err(RecvError::Lagged(_)) => told.changes.push(Change::ANYTHING),
            Err(RecvError::Closed) => return,
        }
        // Whatever came in while the last ones were told.
        while told.changes.len() < AT_ONCE {
            match mine.try_recv() {
                Ok(change) if told.changes.contains(&change) => {}
                Ok(change) => told.changes.push(change),
                Err(_) => break,
            }
        }
        let Ok(text) = serde_json::to_string(&told) else { continue };
        let notify = async { Ok(sqlx::query(NOTIFY).bind(CHANNEL).bind(text).execute(&pool).await?) };
        if let Err(error) = super::bounded(notify).await {
            tracing::debug!(%error, "other processes could not be told of a change; they find it by themselves");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn listen(pool: PgPool, own: String, changes: Arc<Changes>) {
    loop {
        match hear(&pool, &own, &changes).await {
            Ok(()) => {}
            Err(error) => tracing::debug!(%error, "not listening for a moment"),
        }
        // Whatever was told meanwhile was missed.
        changes.hear(Change::ANYTHING);
        tokio::time::sleep(PAUSE).await;
    }
}

/// Listens until the connection is lost.
async fn hear(pool: &PgPool, own: &str, changes: &Changes) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    while let Some(notification) = listener.try_recv().await? {
        match serde_json::from_str::<Told>(notification.payload()) {
            Ok(told) if told.by == own => {}
            Ok(told) => told.changes.into_iter().for_each(|change| changes.hear(change)),
            // Another release's words.
            Err(_) => changes.hear(Change::ANYTHING),
        }
    }
    Ok(())
}
