//! How a call of the store is run: repeated where another attempt may succeed, and to its end where it writes.

use std::time::Duration;

use crate::Result;

/// The pauses before a call is repeated whose connection broke or whose transaction lost against another.
pub(super) const PAUSES: [Duration; 3] =
    [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(400)];

/// Repeats a call where that may help. Every call that is repeated may be made twice: what was done already is found
/// done.
macro_rules! retried {
    ($call:expr) => {{
        let mut pauses = $crate::sql::retry::PAUSES.iter();
        loop {
            match $call.await {
                Err(error) if error.is_to_be_repeated() => match pauses.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => break Err(error),
                },
                outcome => break outcome,
            }
        }
    }};
}
pub(super) use retried;

/// Writes, and reports the change, in a task of its own, which a cancelled caller does not stop: what is stored
/// although nobody waits for the answer any more must be reported all the same.
pub(super) async fn run_to_completion<T: Send + 'static>(
    writing: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    tokio::spawn(writing).await.map_err(|_| sqlx::Error::WorkerCrashed)?
}
