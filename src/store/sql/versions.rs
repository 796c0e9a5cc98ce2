//! Versions: a finished rendition comes in and becomes a numbered version that never changes; readers and operators get
//! it back as it was stored, or an error where the file no longer has it so.

use jiff::Timestamp;

use super::Sql;
use super::claims::held_by;
use crate::database::{Columns, Dialect, Query, Row, Sealed, json_list, query};
use crate::{Completion, Job, Result, Version, VersionSummary};
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
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
const READ_SERVED: &str = "select v.number, v.revision, v.created_at, v.checksum, v.rendition from translations t \
    join versions v on v.incident = t.incident and v.locale = t.locale and v.number = t.served_version \
    where t.incident = $1 and t.locale = $2";
const READ_VERSION: &str = "select number, revision, created_at, checksum, rendition from versions \
    where incident = $1 and locale = $2 and number = $3";
const READ_SUMMARIES: &str = "select number, revision, partial, title, created_at, engines from versions \
    where incident = $1 and locale = $2 and number < $3 order by number desc limit $4";
const READ_REVISIONS: &str = "select number, created_at from revisions \
    where incident = $1 and number < $2 order by number desc limit $3";
const READ_HISTORY: &str = "select number, revision, created_at, checksum, rendition from versions \
    where incident = $1 and locale = $2 order by number desc";
const SERVE_VERSION: &str = "update translations as t set served_version = v.number, served_revision = v.revision, \
    served_partial = v.partial, held = (v.revision < t.wanted_revision and t.requested = t.completed), \
    updated_at = $4 from versions v \
    where t.incident = $1 and t.locale = $2 and v.incident = $1 and v.locale = $2 and v.number = $3";

/// Without a version that is served, the row is like one that was never translated: the memory's texts are good enough.
const DISCARD_SERVED: &str = "update translations set served_version = null, served_revision = null, \
    served_partial = false, requested_at = case when requested > completed then requested_at else $4 end, \
    requested = case when requested > completed then requested else requested + 1 end, \
    attempts = 0, futile = 0, not_before = $4, reason = null, held = false, engine = null, force = false, \
    updated_at = $4 where incident = $1 and locale = $2 and served_version = $3";

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

pub(super) async fn served(store: &Sql, id: &IncidentId, locale: &Locale) -> Result<Option<Version>> {
    let read = query(READ_SERVED).bind(id.as_str()).bind(locale.as_str());
    let row = store.database.read_one(read).await?;
    row.as_ref().map(|row| read_version(row, id, locale)).transpose()
}

pub(super) async fn version(
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    number: VersionNumber,
) -> Result<Option<Version>> {
    let read = query(READ_VERSION).bind(id.as_str()).bind(locale.as_str()).bind(number.0);
    let row = store.database.read_one(read).await?;
    row.as_ref().map(|row| read_version(row, id, locale)).transpose()
}

pub(super) async fn history(store: &Sql, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>> {
    let read = query(READ_HISTORY).bind(id.as_str()).bind(locale.as_str());
    let rows = store.database.read(read).await?;
    rows.iter().map(|row| read_version(row, id, locale)).collect()
}

pub(super) async fn summaries(
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    before: Option<VersionNumber>,
    limit: u32,
) -> Result<Vec<VersionSummary>> {
    let before = before.map_or(i64::MAX, |number| number.0.into());
    let read = query(READ_SUMMARIES).bind(id.as_str()).bind(locale.as_str()).bind(before).bind(limit);
    let rows = store.database.read(read).await?;
    let summary = |row| {
        let row = Row::new(row, "versions", format_args!("{id} {locale}"));
        Ok(VersionSummary {
            number: VersionNumber(row.number("number")?),
            revision: Revision(row.number("revision")?),
            created_at: row.time("created_at")?,
            title: row.text("title")?.to_owned(),
            // What is damaged is passed over here: it is derived from the rendition, which is checked where it is read.
            engines: row.json("engines").unwrap_or_default(),
            is_partial: row.boolean("partial")?,
        })
    };
    rows.iter().map(summary).collect()
}

pub(super) async fn revisions(
    store: &Sql,
    id: &IncidentId,
    before: Option<Revision>,
    limit: u32,
) -> Result<Vec<(Revision, Timestamp)>> {
    let before = before.map_or(i64::MAX, |number| number.0.into());
    let rows = store.database.read(query(READ_REVISIONS).bind(id.as_str()).bind(before).bind(limit)).await?;
    let revision = |row| {
        let row = Row::new(row, "revisions", id);
        Ok((Revision(row.number("number")?), row.time("created_at")?))
    };
    rows.iter().map(revision).collect()
}

pub(super) async fn serve_version(
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    number: VersionNumber,
    now: Timestamp,
) -> Result<bool> {
    let serve = query(SERVE_VERSION).bind(id.as_str()).bind(locale.as_str()).bind(number.0).bind(now.as_microsecond());
    Ok(store.database.write(serve).await? > 0)
}

pub(super) async fn discard_served(
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    number: VersionNumber,
    now: Timestamp,
) -> Result<bool> {
    let discard =
        query(DISCARD_SERVED).bind(id.as_str()).bind(locale.as_str()).bind(number.0).bind(now.as_microsecond());
    Ok(store.database.write(discard).await? > 0)
}

fn read_version(row: &Columns, id: &IncidentId, locale: &Locale) -> Result<Version> {
    let row = Row::new(row, "versions", format_args!("{id} {locale}"));
    Ok(Version {
        number: VersionNumber(row.number("number")?),
        revision: Revision(row.number("revision")?),
        created_at: row.time("created_at")?,
        rendition: row.sealed("rendition", "checksum")?,
    })
}
