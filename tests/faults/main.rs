//! The fault suite: proof that nothing is lost and nothing doubled, whatever dies. Real processes of the real program
//! run on a real store; while clients publish and read, processes are killed, paused, cut off and given wrong clocks
//! and full disks; afterwards a checker goes through everything that anybody saw. `make faults` runs all of it,
//! `cargo test` a short version.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "these are tests: what goes wrong is said and ends them"
)]

mod backend;
mod check;
mod client;
mod deployment;
mod engine;
mod history;
mod process;
mod runs;
mod snapshot;
mod supervisor;
