//! The HTTP side of the house, tried through its router with a real store: what publishers send, what readers get, and
//! what strangers try.

#![expect(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on has failed")]

mod caching;
mod crowd_figures;
mod crowds;
mod early;
mod heads;
mod house;
mod leaving;
mod metrics;
mod pages;
#[path = "../support/postgres.rs"]
#[expect(dead_code, reason = "the fault suite does the rest with it")]
mod postgres;
mod process;
mod publishing;
mod reading;
mod served;
#[path = "../support/server.rs"]
mod server;
mod serving;
mod stopping;
mod strangers;
#[path = "../support/watch.rs"]
#[expect(dead_code, reason = "warnings are looked for elsewhere")]
mod watch;
