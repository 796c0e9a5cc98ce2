//! The HTTP side of the house, tried through its router with a real store: what publishers send, what readers get, and
//! what strangers try.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod caching;
mod house;
mod pages;
mod publishing;
mod reading;
mod serving;
mod strangers;
