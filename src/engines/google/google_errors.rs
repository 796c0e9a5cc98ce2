//! Reads Google's error answers: what each asks of the caller. Written after AIP-193 ("Errors"), from Cloud
//! Translation's page on quotas ("`403`: `Daily Limit Exceeded`, `User Rate Limit Exceeded`"), and from answers that
//! people reported.

use std::time::Duration;

use serde::Deserialize;

use super::access::Access;
use crate::vendor::{Caller, Received};
use crate::{EngineError, ErrorKind, http};

#[derive(Deserialize)]
struct ErrorResponse {
    error: ErrorStatus,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorStatus {
    message: String,
    /// A name of `google.rpc.Code`.
    status: String,
    /// In Basic.
    errors: Vec<ErrorDetail>,
    details: Vec<ErrorDetail>,
}

/// What is known of `google.rpc.ErrorInfo` and `google.rpc.RetryInfo`, and of Basic's own.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ErrorDetail {
    reason: String,
    /// As `30s` or `1.5s`.
    retry_delay: String,
}

/// What was refused, and what it asks for.
pub(super) fn vendor_error(caller: &Caller, access: &Access, received: &Received) -> EngineError {
    let reason = serde_json::from_slice::<ErrorResponse>(&received.body).ok().map(|refusal| refusal.error);
    let known = reason.as_ref();
    let status = received.status.as_u16();
    let kind = match status {
        401 if access.is_renewed() => ErrorKind::Transient { after: None },
        403 | 429 if known.is_some_and(ErrorStatus::is_of_the_day) => ErrorKind::Quota,
        403 if known.is_some_and(ErrorStatus::is_of_the_minute) => transient(received, known),
        403 if known.is_some_and(ErrorStatus::is_exceeded) => ErrorKind::Quota,
        408 | 429 | 500.. => transient(received, known),
        // Languages, lengths, fields. Without a reason it is somebody else's answer.
        400 if known.is_some_and(|reason| !reason.is_about_access()) => ErrorKind::Rejected,
        413 => ErrorKind::Rejected,
        _ => ErrorKind::Broken,
    };
    let is_about_texts = status == 413 || known.is_some_and(ErrorStatus::is_about_length);
    let error = caller.vendor_error(kind, received, known.map(|reason| reason.message.as_str()));
    let error = error.about_texts(is_about_texts);
    match (kind, status) {
        (ErrorKind::Quota, _) => error.hint("the project's quota of the day is used up until midnight, Pacific time"),
        (ErrorKind::Broken, 400 | 401 | 403) => match access {
            Access::Key(_) => error.hint("is engines.google.key right, and the Cloud Translation API enabled for it?"),
            Access::TokenFile(_) => error.hint(
                "is the token of engines.google.token_file fresh, and may it use Cloud Translation in \
                 engines.google.project? gcloud's own tokens want engines.google.quota_project",
            ),
            _ => error.hint("may the service account use Cloud Translation in engines.google.project?"),
        },
        (ErrorKind::Broken, 404) => error.hint(
            "engines.google.url must be the address of Cloud Translation, without a path, and project, location and \
             model must be there",
        ),
        _ => error,
    }
}

/// A wait, as the header says it or the body.
fn transient(received: &Received, reason: Option<&ErrorStatus>) -> ErrorKind {
    match received.transient() {
        ErrorKind::Transient { after: None } => ErrorKind::Transient { after: reason.and_then(ErrorStatus::wait) },
        told => told,
    }
}

impl ErrorStatus {
    fn is(&self, names: &[&str]) -> bool {
        self.errors.iter().chain(&self.details).any(|detail| names.contains(&detail.reason.as_str()))
    }

    fn says(&self, words: &str) -> bool {
        self.message.to_ascii_lowercase().contains(words)
    }

    fn is_exceeded(&self) -> bool {
        self.is(&["quotaExceeded"]) || self.says("quota exceeded")
    }

    /// Limits of all durations have one name in `google.rpc` (`RATE_LIMIT_EXCEEDED`); the message tells them apart: "…
    /// and limit '… per day' of service …".
    fn is_of_the_day(&self) -> bool {
        self.is(&["dailyLimitExceeded"])
            || self.says("daily limit exceeded")
            || (self.is_exceeded() && self.says("per day"))
    }

    fn is_of_the_minute(&self) -> bool {
        self.is(&["rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"])
            || self.says("rate limit exceeded")
            || (self.is_exceeded() && self.says("per minute"))
    }

    /// A bad API key is a `400`, like a bad field.
    fn is_about_access(&self) -> bool {
        self.is(&["API_KEY_INVALID"]) || self.says("api key") || self.status == "FAILED_PRECONDITION"
    }

    /// Of texts it says no more than that; what it cannot translate it leaves out of its answer.
    fn is_about_length(&self) -> bool {
        ["text is too long", "payload size exceeds", "too many text segments"].iter().any(|words| self.says(words))
    }

    fn wait(&self) -> Option<Duration> {
        let seconds: f64 = self.details.iter().find_map(|detail| detail.retry_delay.strip_suffix('s')?.parse().ok())?;
        Duration::try_from_secs_f64(seconds).ok().map(|wait| wait.min(http::LONGEST_WAIT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> ErrorStatus {
        serde_json::from_str::<ErrorResponse>(text).unwrap().error
    }

    #[test]
    fn a_day_and_a_minute_are_told_apart() {
        let limit = |unit: &str| {
            let message = format!(
                "Quota exceeded for quota metric 'v2 and v3 general model characters' and limit 'v2 and v3 general model \
                 characters per {unit}' of service 'translate.googleapis.com' for consumer 'project_number:1'."
            );
            let detail = serde_json::json!({"reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit_value": "6"}});
            reason(&serde_json::json!({"error": {"message": message, "details": [detail]}}).to_string())
        };
        assert!(limit("day").is_of_the_day());
        assert!(limit("minute").is_of_the_minute() && !limit("minute").is_of_the_day());
    }

    #[test]
    fn a_quota_project_that_is_wanted_is_no_quota() {
        let wanted = reason(
            "{\"error\":{\"message\":\"The translate.googleapis.com API requires a quota project, which is not set by \
             default.\",\"details\":[{\"reason\":\"SERVICE_DISABLED\"}]}}",
        );
        assert!(!wanted.is_of_the_day() && !wanted.is_of_the_minute() && !wanted.is_exceeded());
    }

    #[test]
    fn a_wait_is_read_and_nonsense_is_none() {
        let wait = |text: &str| {
            reason(&serde_json::json!({"error": {"details": [{}, {"retryDelay": text}]}}).to_string()).wait()
        };
        assert_eq!(wait("30s"), Some(Duration::from_secs(30)));
        assert_eq!(wait("1.5s"), Some(Duration::from_millis(1500)));
        assert_eq!(wait("99999999999s"), Some(http::LONGEST_WAIT));
        for nonsense in ["", "s", "30", "-1s", "NaNs", "infs", "1e999s"] {
            assert_eq!(wait(nonsense), None, "{nonsense}");
        }
    }
}
