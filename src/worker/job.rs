//! One job: a claimed row comes in, a finished or failed row is what remains. Its lease is renewed while the pipeline
//! runs; where the lease is lost, the work is dropped unfinished.

use std::time::Duration;

use tokio::task::JoinSet;

use super::{Worker, retry, seconds};
use crate::pipeline::PipelineError;
use crate::render::Rendition;
use crate::store::{Finished, Job};
use crate::translate::ErrorKind;

/// How a run of the pipeline ended.
enum Ended {
    Translated(Rendition),
    Failed { reason: String, kind: ErrorKind },
    LeaseLost,
}

impl Worker {
    pub(super) async fn work(&self, job: Job) {
        match self.translate(&job).await {
            Ended::Translated(rendition) => self.finish(&job, &rendition).await,
            Ended::Failed { reason, kind } => self.fail(&job, &reason, kind).await,
            Ended::LeaseLost => {
                tracing::warn!(incident = %job.incident, locale = %job.locale, "the lease was lost; another has the row");
            }
        }
    }

    /// Runs the pipeline in a task of its own, so that a panic in it fails this job and nothing else.
    async fn translate(&self, job: &Job) -> Ended {
        let mut run = JoinSet::new();
        let (pipeline, own) = (std::sync::Arc::clone(&self.pipeline), job.clone());
        run.spawn(async move { pipeline.translate(&own).await });
        let heartbeat = Duration::from_secs(self.settings.heartbeat_seconds.max(1));
        let mut beat = tokio::time::interval(heartbeat);
        beat.tick().await;
        let deadline = tokio::time::sleep(Duration::from_secs(self.settings.job_seconds));
        tokio::pin!(deadline);
        loop {
            tokio::select! {
                ended = run.join_next() => return ended_as(ended),
                () = &mut deadline => return overdue(self.settings.job_seconds),
                _ = beat.tick() => {
                    let lease = seconds(self.settings.lease_seconds);
                    match self.store.renew(job, lease, self.clock.now()).await {
                        Ok(true) => {}
                        Ok(false) => return Ended::LeaseLost,
                        Err(error) => tracing::warn!(
                            incident = %job.incident, locale = %job.locale, %error, "the lease was not renewed this time"
                        ),
                    }
                }
            }
        }
    }

    async fn finish(&self, job: &Job, rendition: &Rendition) {
        let (incident, locale) = (&job.incident, &job.locale);
        match self.store.finish(job, rendition, self.clock.now()).await {
            Ok(Finished::Stored(version)) => tracing::info!(%incident, %locale, %version, "version stored"),
            Ok(Finished::Superseded(version)) => {
                tracing::info!(%incident, %locale, %version, "version stored; something newer is wanted already");
            }
            Ok(Finished::Fenced) => tracing::warn!(%incident, %locale, "the lease was lost; nothing was written"),
            Err(error) => {
                tracing::error!(%incident, %locale, %error, "the version could not be stored; it is tried again");
                self.fail(job, &error.to_string(), ErrorKind::Transient { after: None }).await;
            }
        }
    }

    async fn fail(&self, job: &Job, reason: &str, kind: ErrorKind) {
        let now = self.clock.now();
        let again = now + retry::pause(&self.settings, kind, job.attempts, rand::random());
        tracing::warn!(incident = %job.incident, locale = %job.locale, reason, %again, "translation failed");
        match self.store.fail(job, reason, again, now).await {
            Ok(_) => {}
            Err(error) => tracing::error!(
                incident = %job.incident, locale = %job.locale, %error,
                "the failure could not be recorded; the lease runs out"
            ),
        }
    }
}

/// Whatever it was waiting for is given up. An engine that computes without end keeps its thread, not its row.
fn overdue(seconds: u64) -> Ended {
    let reason = format!("not done after {seconds} seconds, as many as `worker.job_seconds` allows");
    Ended::Failed { reason, kind: ErrorKind::Transient { after: None } }
}

fn ended_as(ended: Option<Result<Result<Rendition, PipelineError>, tokio::task::JoinError>>) -> Ended {
    match ended {
        Some(Ok(Ok(rendition))) => Ended::Translated(rendition),
        Some(Ok(Err(error))) => Ended::Failed { kind: error.kind(), reason: error.to_string() },
        Some(Err(error)) => {
            // Not in its own words: they may be the report's.
            let how = if error.is_panic() { "the job panicked" } else { "the job was stopped" };
            Ended::Failed { kind: ErrorKind::Broken, reason: format!("the program made a mistake: {how}") }
        }
        None => Ended::Failed { kind: ErrorKind::Broken, reason: "the run ended without a result".to_owned() },
    }
}
