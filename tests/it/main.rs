//! The program as a whole, and its engines, with real components where they are installed.

#![expect(
    clippy::expect_used,
    clippy::panic,
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
mod progress;
mod quality;
mod transfer;
mod worker;
mod worker_refused;
