//! Runs one claimed row to its end (finished, failed or released), renewing its lease meanwhile. Where the lease is
//! lost, nothing is written: the row is another worker's. A job that runs out of time is told to end first, so that
//! answers of engines which are on their way are still remembered.

use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Worker, retry, seconds};
use crate::pipeline::PipelineError;
use polypost_core::render::Rendition;
use polypost_engines::ErrorKind;
use polypost_store::{Completion, FailedAttempt, Failure, Job};

/// How a run of the pipeline ended.
enum Ended {
    Translated(Rendition),
    Failed(JobFailure),
    /// The worker stops.
    Unfinished,
    LeaseLost,
}

/// What an attempt failed at.
struct JobFailure {
    failure: Failure,
    kind: ErrorKind,
    nothing_passed_checks: bool,
    /// Whether no other attempt could come to anything else.
    is_final: bool,
}

impl JobFailure {
    fn new(failure: impl Into<Failure>, kind: ErrorKind) -> Self {
        Self { failure: failure.into(), kind, nothing_passed_checks: false, is_final: false }
    }
}

/// For how long a job that is told to end is waited for at most: as long as calls of engines usually take.
const GRACE: Duration = Duration::from_mins(1);

impl Worker {
    /// `stopping` is cancelled once nothing further is to be asked for, since the worker stops.
    pub(super) async fn work(&self, job: Job, stopping: &CancellationToken) {
        match self.translate(&job, stopping).await {
            Ended::Translated(rendition) => self.finish(&job, &rendition).await,
            Ended::Failed(failure) => self.fail(&job, &failure).await,
            Ended::Unfinished => self.release(&job).await,
            Ended::LeaseLost => {
                let (incident, locale) = (&job.incident, &job.locale);
                tracing::warn!(%incident, %locale, "the lease was lost; another worker has the row");
            }
        }
    }

    /// Runs the pipeline in a task of its own, so that a panic in it fails this job and nothing else.
    async fn translate(&self, job: &Job, stopping: &CancellationToken) -> Ended {
        let mut run = JoinSet::new();
        let (pipeline, own) = (std::sync::Arc::clone(&self.pipeline), job.clone());
        let ending = stopping.child_token();
        let told = ending.clone();
        run.spawn(async move { pipeline.translate(&own, &told).await });
        let heartbeat = Duration::from_secs(self.settings.heartbeat_seconds.max(1));
        let mut beat = tokio::time::interval(heartbeat);
        beat.tick().await;
        let most = self.settings.job_seconds;
        let deadline = tokio::time::sleep(Duration::from_secs(most));
        tokio::pin!(deadline);
        loop {
            tokio::select! {
                ended = run.join_next() => return match ended_as(ended, self.clock.now()) {
                    Ended::Failed(_) if stopping.is_cancelled() => Ended::Unfinished,
                    Ended::Failed(_) if ending.is_cancelled() => overdue(most),
                    ended => ended,
                },
                () = &mut deadline => {
                    if ending.is_cancelled() {
                        return overdue(most);
                    }
                    ending.cancel();
                    deadline.as_mut().reset(Instant::now() + GRACE.min(Duration::from_secs(most)));
                }
                _ = beat.tick() => {
                    let lease = seconds(self.settings.lease_seconds);
                    match self.store.renew(job, lease, self.clock.now()).await {
                        Ok(true) => {}
                        Ok(false) => return Ended::LeaseLost,
                        Err(error) => tracing::warn!(
                            incident = %job.incident, locale = %job.locale, %error, "renewing the lease failed"
                        ),
                    }
                }
            }
        }
    }

    async fn finish(&self, job: &Job, rendition: &Rendition) {
        let (incident, locale) = (&job.incident, &job.locale);
        match self.store.finish(job, rendition, self.clock.now()).await {
            Ok(Completion::Stored(version)) => {
                tracing::info!(%incident, %locale, version = version.0, "version stored");
            }
            Ok(Completion::Superseded(version)) => {
                let version = version.0;
                tracing::info!(%incident, %locale, version, "version stored; a newer one is queued already");
            }
            Ok(Completion::Fenced) => tracing::warn!(%incident, %locale, "the lease was lost; nothing was written"),
            Err(error) => {
                tracing::error!(%incident, %locale, %error, "storing the version failed; retrying");
                self.fail(job, &JobFailure::new(Failure::from(&error), ErrorKind::Transient { after: None })).await;
            }
        }
    }

    async fn fail(&self, job: &Job, failure: &JobFailure) {
        let now = self.clock.now();
        let JobFailure { failure, kind, nothing_passed_checks, is_final } = failure;
        let is_last =
            *nothing_passed_checks && (*is_final || job.attempts_without_pass + 1 >= retry::MAX_ATTEMPTS_WITHOUT_PASS);
        let again = now + retry::pause(&self.settings, *kind, job.attempts, rand::random());
        let (incident, locale) = (&job.incident, &job.locale);
        if is_last {
            let attempts = job.attempts_without_pass + 1;
            let plural = if attempts == 1 { "" } else { "s" };
            tracing::error!(
                %incident, %locale, error = %failure,
                "held after {attempts} attempt{plural}: run `polypost retranslate {incident} --locale {locale}`"
            );
        } else {
            tracing::warn!(%incident, %locale, error = %failure, retry_at = %again, "translation failed; retrying");
        }
        let attempt = FailedAttempt {
            failure: failure.clone(),
            next_attempt_at: again,
            nothing_passed_checks: *nothing_passed_checks,
            is_last,
        };
        match self.store.fail(job, &attempt, now).await {
            Ok(_) => {}
            Err(error) => tracing::error!(
                incident = %job.incident, locale = %job.locale, %error,
                "recording the failure failed; the lease will expire"
            ),
        }
    }
}

/// Whatever it was waiting for is given up. An engine that computes without end keeps its thread, not its row.
fn overdue(seconds: u64) -> Ended {
    let reason = format!("not done after {seconds} seconds, as many as `worker.job_seconds` allows");
    Ended::Failed(JobFailure::new(reason, ErrorKind::Transient { after: None }))
}

fn ended_as(ended: Option<Result<Result<Rendition, PipelineError>, tokio::task::JoinError>>, now: Timestamp) -> Ended {
    match ended {
        Some(Ok(Ok(rendition))) => Ended::Translated(rendition),
        Some(Ok(Err(error))) => {
            let (nothing_passed_checks, is_final) = (error.nothing_passed_checks(), error.is_final());
            Ended::Failed(JobFailure {
                nothing_passed_checks,
                is_final,
                ..JobFailure::new(error.to_failure(now), error.kind())
            })
        }
        Some(Err(error)) => {
            // Not in its own words: they may be the report's.
            let how = if error.is_panic() { "the job panicked" } else { "the job was stopped" };
            Ended::Failed(JobFailure::new(format!("the program made a mistake: {how}"), ErrorKind::Broken))
        }
        None => Ended::Failed(JobFailure::new("the run ended without a result", ErrorKind::Broken)),
    }
}
