//! What holds a lease: the token in the row. Who has another one changes nothing.

use jiff::{SignedDuration, Timestamp};

use super::Sql;
use crate::database::Statement;
use crate::{FailedAttempt, Job, Result, StoreError};
use polypost_core::id::LeaseToken;

/// Where more was requested since the claim, the failure says nothing about the newer request.
static FAIL: Statement = Statement::new(
    "update translations set lease_token = null, lease_until = null, claimed = null, updated_at = :now, \
     attempts = case when requested = claimed then attempts + 1 else attempts end, \
     reason = case when requested = claimed then :reason else reason end, \
     not_before = case when requested = claimed then :not_before else not_before end, \
     futile = case when requested = claimed and :nothing_passed_checks then futile + 1 else futile end, \
     held = held or (requested = claimed and :is_last) \
     where incident = :incident and locale = :locale and lease_token = :token",
);

/// What a row must show for the holder of the lease to change it.
pub(super) fn held_by(job: &Job) -> (&str, &str, &str) {
    (job.incident.as_str(), job.locale.as_str(), &job.lease.0)
}

pub(super) async fn fail_row(
    store: &Sql,
    (incident, locale, lease): (&str, &str, &LeaseToken),
    attempt: &FailedAttempt,
    now: Timestamp,
) -> Result<bool> {
    let unwritable =
        |error| StoreError::inconsistent("translations", "reason", format_args!("{incident} {locale}"), error);
    let reason = attempt.failure.to_stored().map_err(unwritable)?;
    let fail = FAIL
        .query()
        .set("incident", incident)
        .set("locale", locale)
        .set("token", &lease.0)
        .set("reason", reason)
        .set("not_before", attempt.next_attempt_at.as_microsecond())
        .set("now", now.as_microsecond())
        .set("nothing_passed_checks", attempt.nothing_passed_checks)
        .set("is_last", attempt.is_last);
    Ok(store.database.write(fail).await? > 0)
}

/// The end of a span, or of time.
pub(super) fn after(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.checked_add(span).unwrap_or(Timestamp::MAX)
}
