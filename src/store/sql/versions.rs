//! Versions, read as they were stored: one that no longer matches its checksum is an error, never shown.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Sql;
use super::retry::{retried, run_to_completion};
use crate::database::{Derived, View as _, query, view};
use crate::{Result, Version, VersionSummary, Versions};
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;

const READ_SERVED: &str = "select v.incident, v.locale, v.number, v.revision, v.created_at, v.checksum, \
    v.rendition from translations t \
    join versions v on v.incident = t.incident and v.locale = t.locale and v.number = t.served_version \
    where t.incident = $1 and t.locale = $2";
const READ_VERSION: &str = "select incident, locale, number, revision, created_at, checksum, rendition from versions \
    where incident = $1 and locale = $2 and number = $3";
const READ_SUMMARIES: &str = "select incident, locale, number, revision, partial, title, created_at, engines \
    from versions \
    where incident = $1 and locale = $2 and number < $3 order by number desc limit $4";
const READ_HISTORY: &str = "select incident, locale, number, revision, created_at, checksum, rendition from versions \
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

view! {
    for Version of "versions" by incident, locale {
        number,
        revision,
        created_at,
        rendition = sealed checksum,
    }
}

view! {
    SummaryView of "versions" by incident, locale {
        number: VersionNumber,
        revision: Revision,
        created_at: Timestamp,
        title: String,
        /// Derived from the rendition, which is checked where it is read.
        engines: Derived<Vec<String>>,
        partial: bool,
    }
}

#[async_trait]
impl Versions for Sql {
    async fn served(&self, id: &IncidentId, locale: &Locale) -> Result<Option<Version>> {
        retried!(served(self, id, locale))
    }

    async fn version(&self, id: &IncidentId, locale: &Locale, number: VersionNumber) -> Result<Option<Version>> {
        retried!(version(self, id, locale, number))
    }

    async fn versions(
        &self,
        id: &IncidentId,
        locale: &Locale,
        before: Option<VersionNumber>,
        limit: u32,
    ) -> Result<Vec<VersionSummary>> {
        retried!(summaries(self, id, locale, before, limit))
    }

    async fn history(&self, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>> {
        retried!(history(self, id, locale))
    }

    async fn serve_version(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool> {
        let (store, id, locale) = (self.clone(), id.clone(), locale.clone());
        run_to_completion(async move {
            let served = retried!(serve_version(&store, &id, &locale, number, now))?;
            store.changes.changed(&id);
            Ok(served)
        })
        .await
    }

    async fn discard_served(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool> {
        let (store, id, locale) = (self.clone(), id.clone(), locale.clone());
        run_to_completion(async move {
            let discarded = retried!(discard_served(&store, &id, &locale, number, now))?;
            store.changes.changed(&id);
            Ok(discarded)
        })
        .await
    }
}

async fn served(store: &Sql, id: &IncidentId, locale: &Locale) -> Result<Option<Version>> {
    tracing::trace!(incident = %id, %locale, "a served version is read");
    let read = query(READ_SERVED).bind(id.as_str()).bind(locale.as_str());
    Version::read_first(&store.database.read(read).await?)
}

async fn version(store: &Sql, id: &IncidentId, locale: &Locale, number: VersionNumber) -> Result<Option<Version>> {
    let read = query(READ_VERSION).bind(id.as_str()).bind(locale.as_str()).bind(number.0);
    Version::read_first(&store.database.read(read).await?)
}

async fn history(store: &Sql, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>> {
    let read = query(READ_HISTORY).bind(id.as_str()).bind(locale.as_str());
    Version::read_all(&store.database.read(read).await?)
}

async fn summaries(
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    before: Option<VersionNumber>,
    limit: u32,
) -> Result<Vec<VersionSummary>> {
    let before = before.map_or(i64::MAX, |number| number.0.into());
    let read = query(READ_SUMMARIES).bind(id.as_str()).bind(locale.as_str()).bind(before).bind(limit);
    let rows = store.database.read(read).await?;
    let summary = |view: SummaryView| VersionSummary {
        number: view.number,
        revision: view.revision,
        created_at: view.created_at,
        title: view.title,
        engines: view.engines.0,
        is_partial: view.partial,
    };
    Ok(SummaryView::read_all(&rows)?.into_iter().map(summary).collect())
}

async fn serve_version(
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    number: VersionNumber,
    now: Timestamp,
) -> Result<bool> {
    let serve = query(SERVE_VERSION).bind(id.as_str()).bind(locale.as_str()).bind(number.0).bind(now.as_microsecond());
    Ok(store.database.write(serve).await? > 0)
}

async fn discard_served(
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
