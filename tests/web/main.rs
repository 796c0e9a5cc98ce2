//! The HTTP server, tried through its router with a real store: what publishers send, what readers get, and what
//! hostile clients try.

#![expect(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on has failed")]

mod addresses;
mod caching;
mod client_disconnects;
mod connection_flood_figures;
mod connection_floods;
mod damage;
mod early_answers;
mod hostile_clients;
mod identity;
mod metrics;
mod pages;
mod parameters;
mod process;
mod public_address;
mod publishing;
mod reading;
mod request_heads;
mod served;
mod serving;
mod signals;
mod signing;
mod test_server;
