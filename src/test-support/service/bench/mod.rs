//! What benchmarks share: servers as processes, requests, load generators, rows by the thousand, and figures.

pub mod figures;
pub mod http;
pub mod long_report;
pub mod rows;
pub mod server;
pub mod wrk;
