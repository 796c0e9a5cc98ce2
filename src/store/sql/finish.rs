//! Stores a finished translation as the next version and moves its row on, in one transaction. Nothing is written where
//! the lease was lost.

use jiff::Timestamp;

use super::Sql;
use super::lease::held_by;
use crate::database::{Columns, Dialect, Query, Row, Sealed, json_list, query};
use crate::{Completion, Job, Result};
use polypost_core::id::VersionNumber;
use polypost_core::render::Rendition;

/// Writes nothing where the lease's token no longer stands in the row.
const ADD_VERSION: &str = "insert into versions (incident, locale, number, revision, partial, title, created_at, \
    checksum, rendition, engines) select t.incident, t.locale, \
    coalesce((select max(v.number) from versions v where v.incident = t.incident and v.locale = t.locale), 0) + 1, \
    $4, $5, $7, $6, $8, $9, $10 from translations t where t.incident = $1 and t.locale = $2 and t.lease_token = $3 \
    returning number";
/// Every expression sees the row as it was. Where more was requested since the claim, that is what is waited for now:
/// its time is in `not_before`, and what an operator asked for stays with it.
macro_rules! move_on_sql {
    ($number:literal, $from:literal) => {
        concat!(
            "update translations set ",
            "completed = case when claimed > completed then claimed else completed end, ",
            "requested_at = case when requested > claimed then not_before else requested_at end, ",
            "engine = case when requested > claimed then engine end, ",
            "force = case when requested > claimed then force else false end, ",
            "served_version = case when served_revision > $4 then served_version else ",
            $number,
            " end, ",
            "served_partial = case when served_revision > $4 then served_partial else $5 end, ",
            "served_revision = case when served_revision > $4 then served_revision else $4 end, ",
            "lease_token = null, lease_until = null, claimed = null, attempts = 0, futile = 0, purchases = '', ",
            "reason = null, updated_at = $6",
            $from,
            " where incident = $1 and locale = $2 and lease_token = $3 returning requested > completed as open, ",
            $number,
            " as number"
        )
    };
}
const MOVE_ON: &str = move_on_sql!("$7", "");
/// Both in one statement, and so in one trip to the server and back.
const FINISH_POSTGRES: &str = concat!(
    "with next as (select coalesce(max(v.number), 0) + 1 as number from versions v ",
    "where v.incident = $1 and v.locale = $2), moved as (",
    move_on_sql!("next.number", " from next"),
    "), added as (insert into versions (incident, locale, number, revision, partial, title, created_at, checksum, ",
    "rendition, engines) select $1, $2, moved.number, $4, $5, $7, $6, $8, $9, $10 from moved) ",
    "select number, open from moved"
);

pub(super) async fn finish(store: &Sql, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Completion> {
    let sealed = Sealed::new(rendition, "versions", "rendition", job.incident.as_str())?;
    let moved = match store.database.dialect() {
        Dialect::Sqlite => finish_in_steps(store, job, rendition, &sealed, now).await?,
        Dialect::Postgres => {
            let finish = finishing(FINISH_POSTGRES, job, rendition.is_partial(), now)
                .bind(&rendition.title)
                .bind(&sealed.checksum)
                .bind(&sealed.text)
                .bind(json_list(rendition.engines()));
            store.database.write_returning(finish).await?.pop()
        }
    };
    let Some(moved) = moved else { return Ok(Completion::Fenced) };
    let moved = Row::new(&moved, "translations", job.incident.as_str());
    let number = VersionNumber(moved.number("number")?);
    Ok(if moved.boolean("open")? { Completion::Superseded(number) } else { Completion::Stored(number) })
}

/// The row as it is then; `None` where the lease's token no longer stands in it, and nothing has been written.
async fn finish_in_steps(
    store: &Sql,
    job: &Job,
    rendition: &Rendition,
    sealed: &Sealed,
    now: Timestamp,
) -> Result<Option<Columns>> {
    let mut transaction = store.database.begin(None).await?;
    let add = finishing(ADD_VERSION, job, rendition.is_partial(), now)
        .bind(&rendition.title)
        .bind(&sealed.checksum)
        .bind(&sealed.text)
        .bind(json_list(rendition.engines()));
    let Some(added) = transaction.fetch(add).await?.pop() else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let number = Row::new(&added, "versions", job.incident.as_str()).number("number")?;
    let move_on = finishing(MOVE_ON, job, rendition.is_partial(), now).bind(number);
    let moved = transaction.fetch(move_on).await?.pop();
    transaction.commit().await?;
    Ok(moved)
}

/// What the statements of finishing have in common: whose row, which lease, which revision, how and when.
fn finishing<'run>(statement: &'static str, job: &'run Job, partial: bool, now: Timestamp) -> Query<'run> {
    let (incident, locale, token) = held_by(job);
    query(statement)
        .bind(incident)
        .bind(locale)
        .bind(token)
        .bind(job.revision.0)
        .bind(partial)
        .bind(now.as_microsecond())
}
