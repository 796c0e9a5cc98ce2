//! What integration tests share: real components where they are installed, and a server that misbehaves on demand.
//! A component that is missing skips its tests in words; with `CI=true` it fails them.

#[cfg(test)]
pub(crate) mod answering;
pub(crate) mod apertium;
pub(crate) mod chaos;
pub(crate) mod house;
// Benchmarks, which are no tests, are not to be slowed down.
#[cfg(test)]
pub(crate) mod logs;
pub(crate) mod neural;
pub(crate) mod pivot;
pub(crate) mod stub;
pub(crate) mod told;
pub(crate) mod vendors;
#[cfg(test)]
#[path = "../../support/watch.rs"]
mod watch;

/// Says that a test did not run, or fails it where everything has to be there.
fn missing(what: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "missing in CI: {what}");
    eprintln!("skipped: {what}");
}
