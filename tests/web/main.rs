//! The HTTP side of the house, tried through its router with a real store: what publishers send, what readers get, and
//! what strangers try.

#![expect(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on has failed")]

mod addresses;
mod caching;
mod crowd_figures;
mod crowds;
mod damage;
mod early;
mod heads;
mod house;
mod identity;
mod leaving;
mod metrics;
mod pages;
mod parameters;
mod process;
mod public_address;
mod publishing;
mod reading;
mod served;
mod serving;
mod signing;
mod stopping;
mod strangers;
