//! Chance in the hand of a seed, and processes that are killed at random moments and started again at once.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio_util::sync::CancellationToken;

use crate::deployment::Deployment;
use crate::process::Process;

/// The seed of a run: `POLYPOST_FAULTS_SEED`, else chance. Printed with the result, so that a run can be repeated (as
/// far as the machine's own timing allows).
pub(crate) fn seed() -> u64 {
    let chosen = std::env::var("POLYPOST_FAULTS_SEED").ok().and_then(|seed| seed.parse().ok());
    chosen.unwrap_or_else(|| u64::from(rand::random::<u32>()))
}

pub(crate) fn chance(seed: u64, stream: u64) -> StdRng {
    StdRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(stream))
}

/// How long a process lives before it is killed, in milliseconds: half of them no longer than it takes to start, the
/// others some work.
#[derive(Clone, Debug)]
pub(crate) struct Lives {
    /// From its start.
    pub(crate) short: Range<u64>,
    /// From when it says that it is at work, however long a busy machine takes to start it.
    pub(crate) long: Range<u64>,
}

impl Lives {
    async fn live(&self, process: &mut Process, chance: &mut StdRng) {
        let is_short = chance.random_bool(0.5);
        let range = if is_short { self.short.clone() } else { self.long.clone() };
        let life = Duration::from_millis(chance.random_range(range));
        if !is_short {
            process.at_work().await;
        }
        tokio::time::sleep(life).await;
    }
}

/// Runs one process after another, each killed at a random moment, until told to stop or until `left` is used up; then
/// the last one lives and is handed back.
pub(crate) async fn kill_again_and_again(
    deployment: Arc<Deployment>,
    start: impl Fn(&Deployment) -> Process,
    lives: Lives,
    mut chance: StdRng,
    left: Arc<AtomicUsize>,
    stop: CancellationToken,
) -> Process {
    loop {
        let mut process = start(&deployment);
        if stop.run_until_cancelled(lives.live(&mut process, &mut chance)).await.is_none() {
            return process;
        }
        // One that ended by itself (its database is gone) is started again, and does not count.
        if !process.is_running() {
            continue;
        }
        if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_err() {
            return process;
        }
        process.kill().await;
    }
}
