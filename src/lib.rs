//! Polypost publishes incident reports in every customer's language and never gets a fact wrong.
//!
//! ```text
//! intake → document → segment → translate → check → render → store → web
//! ```
//!
//! Data flows one way, and the types carry the state: `Report → Document → Segment → Draft → Checked → Rendition`.
//!
//! - vocabulary of the house, no I/O: [`locale`], [`id`], [`clock`], [`finding`], [`config`]; `blocking`, for computing
//!   that keeps nobody waiting
//! - [`document`]: a report's own bytes, tiled into blocks and facts
//! - [`segment`]: units of translation; facts and codes out, and back in
//! - [`check`]: the only door to publication
//! - [`render`]: text, Markdown, HTML; facts in the reader's notation
//! - [`l10n`]: the Fluent bundles: disclaimers, incident vocabulary, pages
//! - edges: [`intake`] (what publishers send), [`translate`] (engines), [`store`] (SQLite), [`exchange`] (files of
//!   translators' tools, and for moving)
//! - composition: [`publish`] (a report into the store), [`pipeline`] (the one file that knows the order of translating),
//!   [`reader`] (what a reader gets), [`transfer`] (a whole store into a file and back), [`usage`] (what engines bill)
//! - shells: [`worker`], [`web`], [`cli`], [`telemetry`]

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
