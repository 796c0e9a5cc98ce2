//! Publications: a call of a publisher is one transaction, and is answered once where it has an idempotency key.

use async_trait::async_trait;
use jiff::Timestamp;

use super::publish::Write;
use super::retry::{retried, run_to_completion};
use super::{Sql, idempotency};
use crate::database::{View as _, query, view};
use crate::{Incident, Once, Publication, Publications, Published, PublishedOnce, Result, StoreError};
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, Revision};

const READ_INCIDENT: &str = "select i.id, i.revision, i.published_at, i.updated_at, i.started_at, i.resolved_at, \
    i.withdrawn_at, r.report, r.report_checksum, r.source, r.source_checksum from incidents i \
    join revisions r on r.incident = i.id and r.number = i.revision where i.id = $1";
const READ_REPORT: &str = "select incident, report, report_checksum from revisions where incident = $1 and number = $2";
const WITHDRAW_INCIDENT: &str =
    "update incidents set withdrawn_at = $2, changed_at = $2 where id = $1 and withdrawn_at is null";
const READ_REVISIONS: &str = "select incident, number, created_at from revisions \
    where incident = $1 and number < $2 order by number desc limit $3";

view! {
    for Incident of "revisions" by id {
        report = sealed report_checksum,
        revision,
        source = sealed source_checksum,
        times,
        withdrawn_at,
    }
}

view! {
    ReportView of "revisions" by incident {
        report: Report = sealed report_checksum,
    }
}

view! {
    RevisionView of "revisions" by incident {
        number: Revision,
        created_at: Timestamp,
    }
}

#[async_trait]
impl Publications for Sql {
    async fn publish(&self, publication: &Publication, now: Timestamp) -> Result<Published> {
        let (store, publication) = (self.clone(), publication.clone());
        run_to_completion(async move {
            let published = retried!(publish(&store, &publication, now))?;
            store.changes.requested(&publication.report.id);
            Ok(published)
        })
        .await
    }

    async fn publish_once(&self, publication: &Publication, once: &Once, now: Timestamp) -> Result<PublishedOnce> {
        let (store, publication, once) = (self.clone(), publication.clone(), once.clone());
        run_to_completion(async move {
            let published = retried!(publish_once(&store, &publication, &once, now))?;
            store.changes.requested(&publication.report.id);
            Ok(published)
        })
        .await
    }

    async fn withdraw(&self, id: &IncidentId, now: Timestamp) -> Result<bool> {
        let (store, id) = (self.clone(), id.clone());
        run_to_completion(async move {
            let withdrawn = retried!(withdraw(&store, &id, now))?;
            store.changes.changed(&id);
            Ok(withdrawn)
        })
        .await
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>> {
        retried!(read_incident(self, id))
    }

    async fn report(&self, id: &IncidentId, revision: Revision) -> Result<Option<Report>> {
        retried!(read_report(self, id, revision))
    }

    async fn revisions(
        &self,
        id: &IncidentId,
        before: Option<Revision>,
        limit: u32,
    ) -> Result<Vec<(Revision, Timestamp)>> {
        retried!(revisions(self, id, before, limit))
    }
}

async fn publish(store: &Sql, publication: &Publication, now: Timestamp) -> Result<Published> {
    let write = Write::new(publication, now)?;
    let mut transaction = store.database.begin(Some(write.id())).await?;
    let published = write.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(published)
}

/// Who writes about another incident under the same key at the same time is found out as the answer is kept: the
/// database refuses the second one, which is then tried again and finds the first one's answer.
async fn publish_once(store: &Sql, publication: &Publication, once: &Once, now: Timestamp) -> Result<PublishedOnce> {
    let write = Write::new(publication, now)?;
    let mut transaction = store.database.begin(Some(write.id())).await?;
    if let Some((request_hash, answer)) = idempotency::kept_answer(&mut transaction, &once.key).await? {
        transaction.rollback().await?;
        return Ok(PublishedOnce::Before { request_hash, answer });
    }
    let published = write.write(&mut transaction).await?;
    if !matches!(published, Published::OutOfOrder { .. } | Published::Taken { .. }) {
        let answer = (once.answer)(&published)
            .map_err(|error| StoreError::inconsistent("idempotency", "answer", &once.key, error))?;
        idempotency::keep_answer(&mut transaction, once, &answer, now).await?;
    }
    transaction.commit().await?;
    Ok(PublishedOnce::Now(published))
}

/// What an operator already requested of the rows stays open and goes on when the incident comes back.
async fn withdraw(store: &Sql, id: &IncidentId, now: Timestamp) -> Result<bool> {
    let withdraw = query(WITHDRAW_INCIDENT).bind(id.as_str()).bind(now.as_microsecond());
    Ok(store.database.write(withdraw).await? > 0)
}

pub(super) async fn read_report(store: &Sql, id: &IncidentId, revision: Revision) -> Result<Option<Report>> {
    let read = query(READ_REPORT).bind(id.as_str()).bind(revision.0);
    Ok(ReportView::read_first(&store.database.read(read).await?)?.map(|view| view.report))
}

async fn read_incident(store: &Sql, id: &IncidentId) -> Result<Option<Incident>> {
    tracing::trace!(incident = %id, "an incident is read");
    Incident::read_first(&store.database.read(query(READ_INCIDENT).bind(id.as_str())).await?)
}

async fn revisions(
    store: &Sql,
    id: &IncidentId,
    before: Option<Revision>,
    limit: u32,
) -> Result<Vec<(Revision, Timestamp)>> {
    let before = before.map_or(i64::MAX, |number| number.0.into());
    let rows = store.database.read(query(READ_REVISIONS).bind(id.as_str()).bind(before).bind(limit)).await?;
    Ok(RevisionView::read_all(&rows)?.into_iter().map(|view| (view.number, view.created_at)).collect())
}
