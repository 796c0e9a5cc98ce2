//! Writes a publication: its revision and the request for its translations, in one transaction. Nothing older ever replaces
//! something newer, and the same text twice is one revision.

use jiff::Timestamp;

use super::priority;
use super::times::bind_times;
use crate::database::{Row, Sealed, Transaction, json_list, query};
use crate::{Publication, Published, Result, StoreError};
use polypost_core::id::{IncidentId, Naming, Revision};

const READ_NEWEST: &str = "select i.revision, i.revised_at, i.received_at, i.title, i.title_since, i.withdrawn_at, \
    r.content_hash from incidents i \
    join revisions r on r.incident = i.id and r.number = i.revision where i.id = $1";
const ADD_INCIDENT: &str = "insert into incidents (id, revision, revised_at, url, title, status, impact, components, \
    source_locale, findings, changed_at, published_at, updated_at, started_at, resolved_at, title_since, received_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $11)";
const REVISE_INCIDENT: &str = "update incidents set revision = $2, revised_at = coalesce($3, revised_at), url = $4, \
    title = $5, status = $6, impact = $7, components = $8, source_locale = $9, findings = $10, changed_at = $11, \
    published_at = $12, updated_at = $13, started_at = $14, resolved_at = $15, title_since = $16, withdrawn_at = null \
    where id = $1";
const ADD_REVISION: &str = "insert into revisions (incident, number, content_hash, created_at, report_checksum, \
    source_checksum, report, source) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const CONFIRM_INCIDENT: &str = "update incidents set revised_at = $2 where id = $1";
const FORGET_REVISED_AT: &str = "update incidents set revised_at = null where id = $1";
const REVIVE_INCIDENT: &str = "update incidents set withdrawn_at = null, changed_at = $2 where id = $1";
const WANT_TRANSLATIONS: &str = "insert into translations (incident, locale, wanted_revision, published_at, priority, \
    requested, requested_at, completed, attempts, not_before, force, held, served_partial, updated_at) \
    select $1, value, $2, $3, $5, 1, $3, 0, 0, $3, false, false, false, $3 from json_each($4) where true \
    on conflict (incident, locale) do nothing";
/// What an operator asked for was meant for the text that there was then.
const WANT_AGAIN: &str = "update translations set wanted_revision = $2, published_at = $3, priority = $5, \
    requested_at = case when requested > completed then requested_at else $3 end, requested = requested + 1, \
    attempts = 0, futile = 0, purchases = '', not_before = $3, reason = null, held = false, engine = null, \
    force = false, updated_at = $3 where incident = $1 and locale <> $4";
/// A text is not translated into its own language, should an incident ever change it.
const UNWANT: &str =
    "update translations set completed = requested, updated_at = $3 where incident = $1 and locale = $2";
const TRY_AT_ONCE: &str = "update translations set attempts = 0, futile = 0, purchases = '', not_before = $2, \
    reason = null, updated_at = $2 where incident = $1 and requested > completed";

/// What is stored of an incident's newest revision.
struct Newest {
    revision: Revision,
    revised_at: Option<Timestamp>,
    received_at: Timestamp,
    title: String,
    title_since: Revision,
    withdrawn: bool,
    content_hash: String,
}

/// A publication as it is written: everything that can be made before the write lock is taken.
pub(super) struct Write<'run> {
    publication: &'run Publication,
    content_hash: String,
    components: String,
    report: Sealed,
    source: Sealed,
    locales: String,
    /// What the source text gave cause to remark.
    findings: i64,
    priority: i64,
    now: Timestamp,
}

async fn read_newest(transaction: &mut Transaction, id: &IncidentId) -> Result<Option<Newest>> {
    let rows = transaction.fetch(query(READ_NEWEST).bind(id.as_str())).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let row = Row::new(row, "incidents", id);
    Ok(Some(Newest {
        revision: Revision(row.number("revision")?),
        revised_at: row.optional_time("revised_at")?,
        received_at: row.time("received_at")?,
        title: row.text("title")?.to_owned(),
        title_since: Revision(row.number("title_since")?),
        withdrawn: row.optional_time("withdrawn_at")?.is_some(),
        content_hash: row.text("content_hash")?.to_owned(),
    }))
}

impl Newest {
    /// Whether the publication is about another incident than the one that has its id.
    fn is_another(&self, publication: &Publication, content_hash: &str) -> bool {
        match publication.naming {
            Naming::Given => false,
            Naming::File => self.title != publication.report.title,
            // The same text is what this very call has stored, before it was made again.
            Naming::Made => self.content_hash != content_hash,
        }
    }

    /// The stored time where it is later than the publication's. Compared as stored, in microseconds.
    fn later_than(&self, publication: &Publication) -> Option<Timestamp> {
        let given = publication.report.revised_at?;
        self.revised_at.filter(|stored| stored.as_microsecond() > given.as_microsecond())
    }
}

impl<'run> Write<'run> {
    pub(super) fn new(publication: &'run Publication, now: Timestamp) -> Result<Self> {
        let Publication { report, source, locales, .. } = publication;
        let wanted = locales.iter().filter(|locale| **locale != report.source_locale);
        Ok(Self {
            publication,
            content_hash: report
                .content_hash()
                .map_err(|error| StoreError::inconsistent("revisions", "content_hash", &report.id, error))?,
            components: json_list(&report.components),
            report: Sealed::new(report, "revisions", "report", &report.id)?,
            source: Sealed::new(source, "revisions", "source", &report.id)?,
            locales: json_list(wanted.map(polypost_core::locale::Locale::as_str)),
            findings: i64::try_from(source.all_findings().count()).unwrap_or(i64::MAX),
            priority: priority::of_text(report, now),
            now,
        })
    }

    pub(super) fn id(&self) -> &str {
        self.publication.report.id.as_str()
    }

    fn now(&self) -> i64 {
        self.now.as_microsecond()
    }

    fn revised_at(&self) -> Option<i64> {
        self.publication.report.revised_at.map(Timestamp::as_microsecond)
    }

    /// Writes nothing where the publication is out of order or its id another incident's.
    pub(super) async fn write(&self, transaction: &mut Transaction) -> Result<Published> {
        let Some(mut newest) = read_newest(transaction, &self.publication.report.id).await? else {
            return self.create(transaction).await;
        };
        if newest.is_another(self.publication, &self.content_hash) {
            return Ok(Published::Taken { title: newest.title });
        }
        if newest.withdrawn && newest.revised_at.take().is_some() {
            // It starts afresh: a time that was wrong must not keep it away.
            transaction.execute(query(FORGET_REVISED_AT).bind(self.id())).await?;
        }
        match newest.later_than(self.publication) {
            Some(stored_revised_at) => Ok(Published::OutOfOrder { stored: newest.revision, stored_revised_at }),
            None if newest.content_hash == self.content_hash => self.repeat(transaction, &newest).await,
            None => self.revise(transaction, &newest).await,
        }
    }

    async fn create(&self, transaction: &mut Transaction) -> Result<Published> {
        let first = Revision(1);
        self.write_incident(transaction, ADD_INCIDENT, first, (self.now, first)).await?;
        self.write_revision(transaction, first).await?;
        self.want_translations(transaction, first).await?;
        Ok(Published::Created)
    }

    async fn revise(&self, transaction: &mut Transaction, newest: &Newest) -> Result<Published> {
        let next = Revision(newest.revision.0 + 1);
        let source_locale = self.publication.report.source_locale.as_str();
        let is_same_title = newest.title == self.publication.report.title;
        let title_since = if is_same_title { newest.title_since } else { next };
        self.write_incident(transaction, REVISE_INCIDENT, next, (newest.received_at, title_since)).await?;
        self.write_revision(transaction, next).await?;
        let again = query(WANT_AGAIN).bind(self.id()).bind(next.0).bind(self.now()).bind(source_locale);
        transaction.execute(again.bind(self.priority)).await?;
        transaction.execute(query(UNWANT).bind(self.id()).bind(source_locale).bind(self.now())).await?;
        self.want_translations(transaction, next).await?;
        Ok(Published::Revised(next))
    }

    /// The same text again: it may bring new locales, a later `revised_at`, or a withdrawn incident back.
    async fn repeat(&self, transaction: &mut Transaction, newest: &Newest) -> Result<Published> {
        if self.revised_at() > newest.revised_at.map(Timestamp::as_microsecond) {
            transaction.execute(query(CONFIRM_INCIDENT).bind(self.id()).bind(self.revised_at())).await?;
        }
        if newest.withdrawn {
            transaction.execute(query(REVIVE_INCIDENT).bind(self.id()).bind(self.now())).await?;
            transaction.execute(query(TRY_AT_ONCE).bind(self.id()).bind(self.now())).await?;
        }
        self.want_translations(transaction, newest.revision).await?;
        Ok(if newest.withdrawn { Published::Revised(newest.revision) } else { Published::Unchanged(newest.revision) })
    }

    async fn write_incident(
        &self,
        transaction: &mut Transaction,
        statement: &'static str,
        revision: Revision,
        (received_at, title_since): (Timestamp, Revision),
    ) -> Result<()> {
        let report = &self.publication.report;
        let times = report.times(received_at, self.now);
        let write = query(statement)
            .bind(self.id())
            .bind(revision.0)
            .bind(self.revised_at())
            .bind(&report.url)
            .bind(&report.title)
            .bind(&report.status)
            .bind(&report.impact)
            .bind(&self.components)
            .bind(report.source_locale.as_str())
            .bind(self.findings)
            .bind(self.now());
        transaction.execute(bind_times(write, &times).bind(title_since.0)).await?;
        Ok(())
    }

    async fn write_revision(&self, transaction: &mut Transaction, revision: Revision) -> Result<()> {
        let add = query(ADD_REVISION)
            .bind(self.id())
            .bind(revision.0)
            .bind(&self.content_hash)
            .bind(self.now())
            .bind(&self.report.checksum)
            .bind(&self.source.checksum)
            .bind(&self.report.text)
            .bind(&self.source.text);
        transaction.execute(add).await?;
        Ok(())
    }

    /// Adds the rows that are not there yet.
    async fn want_translations(&self, transaction: &mut Transaction, revision: Revision) -> Result<()> {
        let want = query(WANT_TRANSLATIONS).bind(self.id()).bind(revision.0).bind(self.now()).bind(&self.locales);
        transaction.execute(want.bind(self.priority)).await?;
        Ok(())
    }
}
