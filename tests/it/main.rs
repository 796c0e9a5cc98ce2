//! The house as a whole, and its engines, with real components where they are installed.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "these are tests: what goes wrong is said and ends them"
)]

mod corpus;
mod crash;
mod damage;
mod engines;
mod hostile;
mod ladder;
mod quality;
mod support;
mod worker;
