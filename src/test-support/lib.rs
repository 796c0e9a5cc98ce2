//! What the tests of several crates share: databases, reports, the corpora, and what is said where a component is
//! missing.

#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "only tests use it: what goes wrong is said and ends them"
)]

use std::path::{Path, PathBuf};

pub mod fixtures;
pub mod postgres;
pub mod properties;
mod server;

pub use server::{Server, StoreLocation};

/// Says that a test did not run, or fails it where everything has to be there (`CI=true`).
///
/// # Panics
/// In CI.
pub fn missing(what: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "missing in CI: {what}");
    eprintln!("skipped: {what}");
}

/// The top of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
