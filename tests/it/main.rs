//! The house as a whole, and its engines, with real components where they are installed.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "these are tests: what goes wrong is said and ends them"
)]

mod cases;
mod chaos;
mod contract;
mod corpus;
mod crash;
mod damage;
mod engines;
mod gathering;
mod hedging;
mod hostile;
mod injection;
mod ladder;
mod money;
mod moving;
mod nonsense;
mod one_purchase;
#[path = "../support/postgres.rs"]
#[expect(dead_code, reason = "the fault suite does the rest with it")]
mod postgres;
mod progress;
mod quality;
#[path = "../support/server.rs"]
mod server;
mod support;
mod worker;
mod worker_refused;
