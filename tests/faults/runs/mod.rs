//! The runs, by what is done to the deployment. Each prints what was injected and what was counted afterwards. What
//! each fault is shown by, here and in the other tests:
//!
//! | fault | shown by |
//! |---|---|
//! | R1 killed at named points, or at any moment | `points`, `kills`, `tests/it/crash.rs` |
//! | R2 a worker asleep for longer than its lease | `pauses` |
//! | R3 one message many times, later again, after a restart | `races`, `tests/web/publishing.rs` |
//! | R4 a newer text before an older one; withdrawn | `races`, `tests/web/publishing.rs` |
//! | R5 an engine that answers wrongly, slowly, or not | `tests/it/contract.rs`, `tests/it/chaos.rs`, `tests/it/worker.rs` |
//! | R6 an engine that fails for half an hour, then flaps | `src/translate/admission/tests.rs` (clock set forward), `tests/it/chaos.rs`; eight seconds in `crowds` |
//! | R7 a PostgreSQL restarted, cut off, paused; no connection free | `outages`, `connections` |
//! | R8 a full disk | `disks`, `tests/web/publishing.rs` |
//! | R9 a disk that fails, under SQLite and under PostgreSQL; no more files | `disks`, `tests/web/serving.rs` |
//! | R10 wrong clocks | `clocks` |
//! | R11 `SIGTERM` at full load; while the schema is made | `endings`, `tests/web/serving.rs`; `points` |
//! | R12 a reading transaction left open on PostgreSQL | `cargo bench --bench store -- horizon` |
//! | R13 SQLite locked, read for long, removed | `outages`, `long_reader`, `tests/store/file.rs` |
//! | R14 a flipped bit; a log that ends in the middle | `tests/store/file.rs`; `points` |
//! | R15 a text that an engine panics at; a damaged model | `tests/it/worker.rs`; `tests/it/engines/neural.rs` |
//! | R16 a crowd and an urgent incident; more than allowed | `crowds`; `tests/web/serving.rs` |
//! | R17 power lost at any write | not yet |
//! | R18 two replicas on one store | `crowds`, `tests/store/file.rs`, `tests/store/shared.rs` |
//! | R19 a receiver of webhooks that fails | nothing sends webhooks |
//! | R20 a locale added; new versions asked for | `locales` |

mod clocks;
mod cluster;
mod connections;
mod crowds;
mod disks;
mod endings;
mod kills;
mod locales;
mod long_reader;
mod outages;
mod pauses;
mod points;
mod races;
