//! Forwards changes between the processes that share a PostgreSQL database, by `listen` and `notify`, so that workers
//! and caches react at once. Nothing relies on a notification being delivered.
//!
//! A change is sent after its transaction, several in one notification: a transaction that notifies keeps all others
//! from committing while its own commit goes to the disk. What is lost that way is found by [`super::server_clock`].

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
/// So many changes fit into the 8,000 bytes of a notification, however long their incidents' ids are.
const MAX_CHANGES: usize = 40;
/// The pause after a failure to listen or send.
const RETRY_PAUSE: Duration = Duration::from_millis(500);

/// The payload of one notification, as JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Notification {
    /// A random name of the sending process, which ignores its own notifications.
    by: String,
    changes: Vec<Change>,
}

/// Sends this process' changes and receives those of others until the guard is dropped.
pub(super) fn forward(sender: PgPool, listener: PgPool, changes: Arc<Changes>) -> DropGuard {
    let stop = CancellationToken::new();
    let name = format!("{:032x}", rand::random::<u128>());
    let (stopped, own) = (stop.clone(), name.clone());
    let mine = changes.listen_to_own();
    tokio::spawn(async move { stopped.run_until_cancelled(send(sender, own, mine)).await });
    let stopped = stop.clone();
    tokio::spawn(async move { stopped.run_until_cancelled(listen(listener, name, changes)).await });
    stop.drop_guard()
}

async fn send(pool: PgPool, by: String, mut mine: Receiver<Change>) {
    loop {
        let mut notification = Notification { by: by.clone(), changes: Vec::new() };
        match mine.recv().await {
            Ok(change) => notification.changes.push(change),
            Err(RecvError::Lagged(_)) => notification.changes.push(Change::ANYTHING),
            Err(RecvError::Closed) => return,
        }
        // Whatever changed while the last notification was sent.
        while notification.changes.len() < MAX_CHANGES {
            match mine.try_recv() {
                Ok(change) if notification.changes.contains(&change) => {}
                Ok(change) => notification.changes.push(change),
                Err(_) => break,
            }
        }
        let text = match serde_json::to_string(&notification) {
            Ok(text) => text,
            Err(error) => {
                tracing::error!(%error, "a notification cannot be written; other processes find the change by polling");
                continue;
            }
        };
        let notify = async { Ok(sqlx::query(NOTIFY).bind(CHANNEL).bind(text).execute(&pool).await?) };
        if let Err(error) = super::bounded(notify).await {
            tracing::debug!(%error, "notifying other processes failed; they find the change by polling");
            tokio::time::sleep(RETRY_PAUSE).await;
        }
    }
}

async fn listen(pool: PgPool, own: String, changes: Arc<Changes>) {
    loop {
        match receive(&pool, &own, &changes).await {
            Ok(()) => {}
            Err(error) => tracing::debug!(%error, "listening for changes failed; retrying"),
        }
        // Notifications sent meanwhile were missed.
        changes.receive(Change::ANYTHING);
        tokio::time::sleep(RETRY_PAUSE).await;
    }
}

/// Listens until the connection is lost.
async fn receive(pool: &PgPool, own: &str, changes: &Changes) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    while let Some(notification) = listener.try_recv().await? {
        match serde_json::from_str::<Notification>(notification.payload()) {
            Ok(notification) if notification.by == own => {}
            Ok(notification) => notification.changes.into_iter().for_each(|change| changes.receive(change)),
            // Sent by another release.
            Err(_) => changes.receive(Change::ANYTHING),
        }
    }
    Ok(())
}
