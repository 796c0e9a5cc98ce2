//! The times of an incident as columns: published, updated, started, resolved.

use jiff::Timestamp;

use crate::Result;
use crate::database::{Query, Row};
use polypost_core::document::Times;

/// Published, updated, started, resolved: as the statements have them one after another.
pub(super) fn bind_times<'run>(query: Query<'run>, times: &Times) -> Query<'run> {
    query
        .bind(times.published_at.as_microsecond())
        .bind(times.updated_at.as_microsecond())
        .bind(times.started_at.as_microsecond())
        .bind(times.resolved_at.map(Timestamp::as_microsecond))
}

pub(super) fn read_times(row: &Row<'_>) -> Result<Times> {
    Ok(Times {
        published_at: row.time("published_at")?,
        updated_at: row.time("updated_at")?,
        started_at: row.time("started_at")?,
        resolved_at: row.optional_time("resolved_at")?,
    })
}
