#![doc = include_str!("ARCHITECTURE.md")]

mod blocking;
pub mod bundles;
pub mod cli;
pub mod config;
pub mod pipeline;
pub mod publish;
pub mod reader;
pub mod telemetry;
pub mod transfer;
pub mod usage;
pub mod web;
pub mod worker;
