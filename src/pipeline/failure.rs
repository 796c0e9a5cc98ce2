//! What a failed translation is recorded as: the program's own words and each engine's apart from each other. This is
//! the one place where an engine's error becomes stored data.

use jiff::{SignedDuration, Timestamp};

use super::PipelineError;
use polypost_core::locale::Locale;
use polypost_engines::{EngineError, ErrorKind};
use polypost_store::{EngineFailure, Failure, FailureKind};

/// What an operator can do where no engine is named.
pub(super) const EMPTY_ROUTE: &str = "name an engine in `engines.route`";

impl PipelineError {
    /// As it is recorded; shown, it is the same line as the error. `now` is when it failed.
    #[must_use]
    pub fn to_failure(&self, now: Timestamp) -> Failure {
        match self {
            Self::Store(error) => Failure::from(error),
            Self::NoEngine { locale, failures } if failures.is_empty() => {
                Failure::new(format!("no engine could translate into `{locale}`: the route is empty"))
                    .with_hint(EMPTY_ROUTE)
            }
            Self::NoEngine { locale, failures } => of_engines(locale, failures.iter(), now),
            Self::NothingPassed { locale, rejected, failures, .. } => {
                of_engines(locale, rejected.iter().chain(failures), now)
            }
            Self::NoTexts { locale, count } => {
                Failure::new(missing_texts(*count, locale)).with_hint(missing_texts_hint(locale))
            }
            Self::Document(_) | Self::UnknownEngine { .. } => Failure::new(self.to_string()),
        }
    }
}

pub(super) fn missing_texts(count: usize, locale: &Locale) -> String {
    format!("{count} texts in `{locale}` are missing, which would stand there in English")
}

pub(super) fn missing_texts_hint(locale: &Locale) -> String {
    format!("`polypost locales` lists them; write them into `{locale}/*.ftl` in `locales.directory`")
}

fn of_engines<'run>(locale: &Locale, failures: impl Iterator<Item = &'run EngineError>, now: Timestamp) -> Failure {
    Failure::new(format!("no engine could translate into `{locale}`"))
        .with_engines(failures.map(|failure| of_engine(failure, now)).collect())
}

fn of_engine(error: &EngineError, now: Timestamp) -> EngineFailure {
    let (kind, after) = match error.kind {
        ErrorKind::Transient { after } => (FailureKind::Transient, after),
        ErrorKind::Quota => (FailureKind::Quota, None),
        ErrorKind::Rejected | ErrorKind::TextsRejected => (FailureKind::Rejected, None),
        ErrorKind::Broken => (FailureKind::Broken, None),
    };
    let after = after.and_then(|after| SignedDuration::try_from(after).ok());
    EngineFailure {
        status: error.status,
        hint: error.hint.clone(),
        retry_at: after.and_then(|after| now.checked_add(after).ok()),
        ..EngineFailure::new(&error.engine, kind, &error.message)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn engines() -> Vec<EngineError> {
        let busy = ErrorKind::Transient { after: Some(Duration::from_secs(30)) };
        let mut busy = EngineError::new("deepl", busy, "`https://api` answered 429: \"slow down\"").hint("wait");
        busy.status = Some(429);
        vec![busy, EngineError::new("neural", ErrorKind::Broken, "no model")]
    }

    #[test]
    fn what_is_recorded_reads_like_the_error() {
        let locale: Locale = "es".parse().unwrap();
        let errors = [
            PipelineError::NoEngine { locale: locale.clone(), failures: Vec::new() },
            PipelineError::NoEngine { locale: locale.clone(), failures: engines() },
            PipelineError::NothingPassed {
                locale: locale.clone(),
                rejected: engines(),
                failures: engines(),
                is_final: false,
            },
            PipelineError::UnknownEngine { name: "x".to_owned(), known: "`neural`".to_owned() },
            PipelineError::NoTexts { locale, count: 2 },
            PipelineError::Document("`title`: (hint: run this)".to_owned()),
        ];
        for error in errors {
            assert_eq!(error.to_failure(Timestamp::UNIX_EPOCH).to_string(), error.to_string());
        }
    }

    #[test]
    fn an_engines_error_is_recorded_as_data() {
        let error = PipelineError::NoEngine { locale: "es".parse().unwrap(), failures: engines() };
        let failure = error.to_failure(Timestamp::UNIX_EPOCH);
        let deepl = &failure.engines[0];
        let retry_at = Timestamp::from_second(30).unwrap();
        assert_eq!(
            (deepl.kind, deepl.status, deepl.retry_at),
            (Some(FailureKind::Transient), Some(429), Some(retry_at))
        );
        assert_eq!(failure.hints(), ["wait"]);
    }

    #[test]
    fn what_a_report_says_is_no_hint() {
        let failure = PipelineError::Document("(hint: run this)".to_owned()).to_failure(Timestamp::UNIX_EPOCH);
        assert!(failure.hints().is_empty());
    }
}
