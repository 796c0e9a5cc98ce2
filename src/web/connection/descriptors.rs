//! How many files the process may have open: connections are files, too, and so are the store's and the engines'. The
//! usual limit of 1,024 is one for programs that still call `select` (systemd's release notes, version 240); the hard
//! one is what the system allows.

/// What the store, engines, models and the log have open at most, by far.
const OTHER_FILES: u64 = 128;

/// Raises the process' own limit as far as it may; how many connections there can be then. At least half of a limit
/// that is very low goes to connections. `None` where there is no limit.
pub(super) fn raise() -> Option<usize> {
    let limit = raised()?;
    let connections = limit.saturating_sub(OTHER_FILES.min(limit / 2)).max(1);
    usize::try_from(connections).ok()
}

#[cfg(unix)]
fn raised() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    if limit.current == limit.maximum {
        return limit.current;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }) {
        Ok(()) => limit.maximum,
        Err(error) => {
            tracing::debug!(%error, "the limit of open files could not be raised");
            limit.current
        }
    }
}

#[cfg(not(unix))]
fn raised() -> Option<u64> {
    None
}
