//! Versions: a finished rendition comes in and becomes a numbered version that never changes; readers and operators get
//! it back as it was stored, or an error where the file no longer has it so.

use jiff::Timestamp;

use super::Sql;
use super::claims::held_by;
use crate::id::{IncidentId, Revision, VersionNumber};
use crate::locale::Locale;
use crate::render::Rendition;
use crate::store::database::{Columns, Row, Sealed, query};
use crate::store::{Finished, Job, Result, Version};

/// Writes nothing where the lease's token no longer stands in the row.
const ADD_VERSION: &str = "insert into versions (incident, locale, number, revision, partial, title, created_at, \
    checksum, rendition) select t.incident, t.locale, \
    coalesce((select max(v.number) from versions v where v.incident = t.incident and v.locale = t.locale), 0) + 1, \
    $4, $5, $6, $7, $8, $9 from translations t where t.incident = $1 and t.locale = $2 and t.lease_token = $3 \
    returning number";
/// Every expression sees the row as it was. Where more was requested since the claim, that is what is waited for now:
/// its time is in `not_before`, and what an operator asked for stays with it.
const MOVE_ON: &str = "update translations set \
    completed = case when claimed > completed then claimed else completed end, \
    requested_at = case when requested > claimed then not_before else requested_at end, \
    engine = case when requested > claimed then engine end, \
    force = case when requested > claimed then force else false end, \
    served_version = case when served_revision > $4 then served_version else $6 end, \
    served_partial = case when served_revision > $4 then served_partial else $5 end, \
    served_revision = case when served_revision > $4 then served_revision else $4 end, \
    lease_token = null, lease_until = null, claimed = null, attempts = 0, reason = null, updated_at = $7 \
    where incident = $1 and locale = $2 and lease_token = $3 \
    returning requested > completed as open";
const READ_SERVED: &str = "select v.number, v.revision, v.created_at, v.checksum, v.rendition from translations t \
    join versions v on v.incident = t.incident and v.locale = t.locale and v.number = t.served_version \
    where t.incident = $1 and t.locale = $2";
const READ_VERSION: &str = "select number, revision, created_at, checksum, rendition from versions \
    where incident = $1 and locale = $2 and number = $3";
const READ_HISTORY: &str = "select number, revision, created_at, checksum, rendition from versions \
    where incident = $1 and locale = $2 order by number desc";
const SERVE_VERSION: &str = "update translations as t set served_version = v.number, served_revision = v.revision, \
    served_partial = v.partial, held = (v.revision < t.wanted_revision and t.requested = t.completed), \
    updated_at = $4 from versions v \
    where t.incident = $1 and t.locale = $2 and v.incident = $1 and v.locale = $2 and v.number = $3";

pub(super) async fn finish(store: &Sql, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Finished> {
    let (incident, locale, token) = held_by(job);
    let sealed = Sealed::new(rendition, "versions", "rendition", incident)?;
    let partial = rendition.is_partial();
    let mut transaction = store.database.begin(None).await?;
    let add = query(ADD_VERSION)
        .bind(incident)
        .bind(locale)
        .bind(token)
        .bind(job.revision.0)
        .bind(partial)
        .bind(&rendition.title)
        .bind(now.as_microsecond())
        .bind(&sealed.checksum)
        .bind(&sealed.text);
    let added = transaction.fetch(add).await?;
    let Some(added) = added.first() else {
        transaction.rollback().await?;
        return Ok(Finished::Fenced);
    };
    let number = Row::new(added, "versions", incident).number("number")?;
    let move_on = query(MOVE_ON)
        .bind(incident)
        .bind(locale)
        .bind(token)
        .bind(job.revision.0)
        .bind(partial)
        .bind(number)
        .bind(now.as_microsecond());
    let moved = transaction.fetch(move_on).await?;
    // In PostgreSQL somebody may have taken the row since the first statement.
    let Some(moved) = moved.first() else {
        transaction.rollback().await?;
        return Ok(Finished::Fenced);
    };
    let open = Row::new(moved, "translations", incident).boolean("open")?;
    transaction.commit().await?;
    let number = VersionNumber(number);
    Ok(if open { Finished::Superseded(number) } else { Finished::Stored(number) })
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

fn read_version(row: &Columns, id: &IncidentId, locale: &Locale) -> Result<Version> {
    let row = Row::new(row, "versions", format_args!("{id} {locale}"));
    Ok(Version {
        number: VersionNumber(row.number("number")?),
        revision: Revision(row.number("revision")?),
        created_at: row.time("created_at")?,
        rendition: row.sealed("rendition", "checksum")?,
    })
}
