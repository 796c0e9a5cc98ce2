//! The times of an incident as the values of four columns.

use jiff::Timestamp;

use crate::database::Query;
use polypost_core::document::Times;

/// Sets `:published_at`, `:updated_at`, `:started_at` and `:resolved_at`.
pub(super) fn set_times<'run>(query: Query<'run>, times: &Times) -> Query<'run> {
    query
        .set("published_at", times.published_at.as_microsecond())
        .set("updated_at", times.updated_at.as_microsecond())
        .set("started_at", times.started_at.as_microsecond())
        .set("resolved_at", times.resolved_at.map(Timestamp::as_microsecond))
}
