//! Stores a finished translation as the next version and moves its row on, in one transaction. Nothing is written where
//! the lease was lost.

use jiff::Timestamp;

use super::Sql;
use super::lease::held_by;
use crate::database::{Columns, Dialect, Query, Sealed, Statement, View as _, json_list, view};
use crate::{Completion, Job, Result};
use polypost_core::id::VersionNumber;
use polypost_core::render::Rendition;

/// Writes nothing where the lease's token no longer stands in the row.
static ADD_VERSION: Statement = Statement::new(
    "insert into versions (incident, locale, number, revision, partial, title, created_at, \
    checksum, rendition, engines) select t.incident, t.locale, \
    coalesce((select max(v.number) from versions v where v.incident = t.incident and v.locale = t.locale), 0) + 1, \
    :revision, :partial, :title, :now, :checksum, :rendition, :engines from translations t where t.incident = \
    :incident and t.locale = :locale and t.lease_token = :token \
    returning incident, locale, number",
);
/// Every expression sees the row as it was. Where more was requested since the claim, that is what is waited for now:
/// its time is in `not_before`, and what an operator requested stays with it.
macro_rules! move_on_sql {
    ($number:literal, $from:literal) => {
        concat!(
            "update translations set ",
            "completed = case when claimed > completed then claimed else completed end, ",
            "requested_at = case when requested > claimed then not_before else requested_at end, ",
            "engine = case when requested > claimed then engine end, ",
            "force = case when requested > claimed then force else false end, ",
            "served_version = case when served_revision > :revision then served_version else ",
            $number,
            " end, ",
            "served_partial = case when served_revision > :revision then served_partial else :partial end, ",
            "served_revision = case when served_revision > :revision then served_revision else :revision end, ",
            "lease_token = null, lease_until = null, claimed = null, attempts = 0, futile = 0, purchases = '', ",
            "reason = null, updated_at = :now",
            $from,
            " where incident = :incident and locale = :locale and lease_token = :token returning incident, \
             locale, requested > completed as open, ",
            $number,
            " as number"
        )
    };
}
static MOVE_ON: Statement = Statement::new(move_on_sql!(":number", ""));
/// Both in one statement, and so in one trip to the server and back.
static FINISH_POSTGRES: Statement = Statement::new(concat!(
    "with next as (select coalesce(max(v.number), 0) + 1 as number from versions v ",
    "where v.incident = :incident and v.locale = :locale), moved as (",
    move_on_sql!("next.number", " from next"),
    "), added as (insert into versions (incident, locale, number, revision, partial, title, created_at, checksum, ",
    "rendition, engines) select :incident, :locale, moved.number, :revision, :partial, :title, :now, :checksum, \
     :rendition, :engines from moved) ",
    "select incident, locale, number, open from moved"
));

view! {
    Added of "versions" by incident, locale {
        number: VersionNumber,
    }
}

view! {
    Moved of "translations" by incident, locale {
        number: VersionNumber,
        /// Whether something newer is wanted.
        open: bool,
    }
}

pub(super) async fn finish(store: &Sql, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Completion> {
    let sealed = Sealed::new(rendition, "versions", "rendition", job.incident.as_str())?;
    let moved = match store.database.dialect() {
        Dialect::Sqlite => finish_in_steps(store, job, rendition, &sealed, now).await?,
        Dialect::Postgres => {
            let finish = finishing(&FINISH_POSTGRES, job, rendition.is_partial(), now)
                .set("title", &rendition.title)
                .set("checksum", &sealed.checksum)
                .set("rendition", &sealed.text)
                .set("engines", json_list(rendition.engines()));
            store.database.write_returning(finish).await?.pop()
        }
    };
    let Some(moved) = moved else { return Ok(Completion::Fenced) };
    let Moved { number, open } = Moved::read(&moved)?;
    Ok(if open { Completion::Superseded(number) } else { Completion::Stored(number) })
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
    let add = finishing(&ADD_VERSION, job, rendition.is_partial(), now)
        .set("title", &rendition.title)
        .set("checksum", &sealed.checksum)
        .set("rendition", &sealed.text)
        .set("engines", json_list(rendition.engines()));
    let Some(added) = transaction.fetch(add).await?.pop() else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let Added { number } = Added::read(&added)?;
    let move_on = finishing(&MOVE_ON, job, rendition.is_partial(), now).set("number", number.0);
    let moved = transaction.fetch(move_on).await?.pop();
    transaction.commit().await?;
    Ok(moved)
}

/// What the statements of finishing have in common: whose row, which lease, which revision, how and when.
fn finishing<'run>(statement: &'static Statement, job: &'run Job, partial: bool, now: Timestamp) -> Query<'run> {
    let (incident, locale, token) = held_by(job);
    statement
        .query()
        .set("incident", incident)
        .set("locale", locale)
        .set("token", token)
        .set("revision", job.revision.0)
        .set("partial", partial)
        .set("now", now.as_microsecond())
}
