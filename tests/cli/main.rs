//! The commands, run as users run them: the built program in an empty directory, with the `pseudo` engine, whose
//! translations need no network. What is tried is the contract: exit codes, stdout for data, stderr for words.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[cfg(unix)]
mod access;
mod asking;
#[cfg(unix)]
mod browser;
mod calls;
mod configuration;
mod demonstration;
mod earlier_stores;
mod identity;
mod interim;
mod locales;
mod logs;
mod memory;
mod moving;
mod operating;
mod outputs;
#[cfg(unix)]
mod proxies;
mod publishing;
mod pulling;
#[cfg(unix)]
mod readme;
mod refusals;
mod routes;
mod sandbox;
mod secrets;
mod services;
#[cfg(unix)]
mod serving;
mod slips;
mod stores;
mod telling;
