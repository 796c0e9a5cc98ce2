//! Why models could not be fetched, and what that asks of the caller.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::StatusCode;

use crate::{EngineError, ErrorKind, http};

/// Why a model was not fetched; addresses are there as they are shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("`{}` cannot be reached: {}", host(.url), reason(.source))]
    Unreachable { url: String, source: reqwest::Error },
    #[error("`{url}`: {source}")]
    Cut { url: String, source: http::BodyError },
    #[error("`{url}` broke off after {bytes} of {size} bytes")]
    Short { url: String, bytes: u64, size: u64 },
    #[error("`{url}` answered {status}")]
    Refused { url: String, status: StatusCode, after: Option<Duration> },
    #[error("`{url}` is not a list of models: {source}")]
    Listing { url: String, source: serde_json::Error },
    #[error("`{url}` is not the file that the list names: {reason}")]
    Corrupt { url: String, reason: String },
    #[error("`{}` cannot be written: {source}", .path.display())]
    Disk { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Client(#[from] EngineError),
}

impl FetchError {
    pub(super) fn kind(&self) -> ErrorKind {
        match self {
            // It leads astray, until somebody acts.
            Self::Unreachable { source, .. } if source.is_redirect() => ErrorKind::Broken,
            Self::Unreachable { .. } | Self::Cut { .. } | Self::Short { .. } => ErrorKind::Transient { after: None },
            Self::Refused { status, after, .. } if http::is_transient(*status) => {
                ErrorKind::Transient { after: *after }
            }
            Self::Refused { .. } | Self::Listing { .. } | Self::Corrupt { .. } | Self::Disk { .. } => ErrorKind::Broken,
            Self::Client(error) => error.kind,
        }
    }

    /// Whether nothing answers there, whatever is asked for.
    pub(super) fn is_silence(&self) -> bool {
        matches!(self, Self::Unreachable { source, .. } if source.is_connect())
    }

    /// Whether to take a transfer up again. Not where nothing answers: that takes long, and seldom helps.
    pub(super) fn is_worth_another_try(&self) -> bool {
        match self {
            Self::Cut { .. } | Self::Short { .. } => true,
            Self::Unreachable { source, .. } => !source.is_connect() && !source.is_redirect(),
            Self::Refused { status, .. } => http::is_transient(*status) || *status == StatusCode::RANGE_NOT_SATISFIABLE,
            _ => false,
        }
    }
}

/// The host of an address, with its port where it has an unusual one.
fn host(url: &str) -> String {
    let parsed = url.parse::<reqwest::Url>().ok();
    let host = parsed.as_ref().and_then(|url| {
        let host = url.host_str()?;
        Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
    });
    host.unwrap_or_else(|| url.to_owned())
}

fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() { "no answer in time".to_owned() } else { http::root(error) }
}
