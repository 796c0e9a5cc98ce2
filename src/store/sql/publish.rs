//! Writes a publication: its revision and the request for its translations, in one transaction. Nothing older ever
//! replaces something newer, and the same text twice is one revision.

use jiff::Timestamp;

use super::priority;
use super::times::set_times;
use crate::database::{Sealed, Statement, Transaction, View as _, json_list, query, view};
use crate::{Publication, Published, Result, StoreError};
use polypost_core::id::{Naming, Revision};

const READ_NEWEST: &str = "select i.id, i.revision, i.revised_at, i.received_at, i.title, i.title_since, \
    i.withdrawn_at, \
    r.content_hash from incidents i \
    join revisions r on r.incident = i.id and r.number = i.revision where i.id = $1";
static ADD_INCIDENT: Statement = Statement::new(
    "insert into incidents (id, revision, revised_at, url, title, status, impact, components, source_locale, findings, \
     changed_at, published_at, updated_at, started_at, resolved_at, title_since, received_at) values (:id, :revision, \
     :revised_at, :url, :title, :status, :impact, :components, :source_locale, :findings, :now, :published_at, \
     :updated_at, :started_at, :resolved_at, :title_since, :now)",
);
static REVISE_INCIDENT: Statement = Statement::new(
    "update incidents set revision = :revision, revised_at = coalesce(:revised_at, revised_at), url = :url, \
     title = :title, status = :status, impact = :impact, components = :components, source_locale = :source_locale, \
     findings = :findings, changed_at = :now, published_at = :published_at, updated_at = :updated_at, \
     started_at = :started_at, resolved_at = :resolved_at, title_since = :title_since, withdrawn_at = null \
     where id = :id",
);
static ADD_REVISION: Statement = Statement::new(
    "insert into revisions (incident, number, content_hash, created_at, report_checksum, source_checksum, report, \
     source) values (:incident, :number, :content_hash, :now, :report_checksum, :source_checksum, :report, :source)",
);
const CONFIRM_INCIDENT: &str = "update incidents set revised_at = $2 where id = $1";
const FORGET_REVISED_AT: &str = "update incidents set revised_at = null where id = $1";
const REVIVE_INCIDENT: &str = "update incidents set withdrawn_at = null, changed_at = $2 where id = $1";
static WANT_TRANSLATIONS: Statement = Statement::new(
    "insert into translations (incident, locale, wanted_revision, published_at, priority, requested, requested_at, \
     completed, attempts, not_before, force, held, served_partial, updated_at) select :incident, value, :revision, \
     :now, :priority, 1, :now, 0, 0, :now, false, false, false, :now from json_each(:locales) where true \
     on conflict (incident, locale) do nothing",
);
/// What an operator requested was meant for the text that there was then.
static WANT_AGAIN: Statement = Statement::new(
    "update translations set wanted_revision = :revision, published_at = :now, priority = :priority, \
     requested_at = case when requested > completed then requested_at else :now end, requested = requested + 1, \
     attempts = 0, futile = 0, purchases = '', not_before = :now, reason = null, held = false, engine = null, \
     force = false, updated_at = :now where incident = :incident and locale <> :source_locale",
);
/// A text is not translated into its own language, should an incident ever change it.
const UNWANT: &str =
    "update translations set completed = requested, updated_at = $3 where incident = $1 and locale = $2";
const TRY_AT_ONCE: &str = "update translations set attempts = 0, futile = 0, purchases = '', not_before = $2, \
    reason = null, updated_at = $2 where incident = $1 and requested > completed";

view! {
    /// What is stored of an incident's newest revision.
    Newest of "incidents" by id {
        revision: Revision,
        revised_at: Option<Timestamp>,
        received_at: Timestamp,
        title: String,
        title_since: Revision,
        withdrawn_at: Option<Timestamp>,
        content_hash: String,
    }
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
        let newest = transaction.fetch(query(READ_NEWEST).bind(self.id())).await?;
        let Some(mut newest) = Newest::read_first(&newest)? else {
            return self.create(transaction).await;
        };
        if newest.is_another(self.publication, &self.content_hash) {
            return Ok(Published::Taken { title: newest.title });
        }
        if newest.withdrawn_at.is_some() && newest.revised_at.take().is_some() {
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
        self.write_incident(transaction, &ADD_INCIDENT, first, (self.now, first)).await?;
        self.write_revision(transaction, first).await?;
        self.want_translations(transaction, first).await?;
        Ok(Published::Created)
    }

    async fn revise(&self, transaction: &mut Transaction, newest: &Newest) -> Result<Published> {
        let next = Revision(newest.revision.0 + 1);
        let source_locale = self.publication.report.source_locale.as_str();
        let is_same_title = newest.title == self.publication.report.title;
        let title_since = if is_same_title { newest.title_since } else { next };
        self.write_incident(transaction, &REVISE_INCIDENT, next, (newest.received_at, title_since)).await?;
        self.write_revision(transaction, next).await?;
        let again = WANT_AGAIN.query().set("incident", self.id()).set("revision", next.0).set("now", self.now());
        let again = again.set("source_locale", source_locale).set("priority", self.priority);
        transaction.execute(again).await?;
        transaction.execute(query(UNWANT).bind(self.id()).bind(source_locale).bind(self.now())).await?;
        self.want_translations(transaction, next).await?;
        Ok(Published::Revised(next))
    }

    /// The same text again: it may bring new locales, a later `revised_at`, or a withdrawn incident back.
    async fn repeat(&self, transaction: &mut Transaction, newest: &Newest) -> Result<Published> {
        if self.revised_at() > newest.revised_at.map(Timestamp::as_microsecond) {
            transaction.execute(query(CONFIRM_INCIDENT).bind(self.id()).bind(self.revised_at())).await?;
        }
        if newest.withdrawn_at.is_some() {
            transaction.execute(query(REVIVE_INCIDENT).bind(self.id()).bind(self.now())).await?;
            transaction.execute(query(TRY_AT_ONCE).bind(self.id()).bind(self.now())).await?;
        }
        self.want_translations(transaction, newest.revision).await?;
        Ok(if newest.withdrawn_at.is_some() {
            Published::Revised(newest.revision)
        } else {
            Published::Unchanged(newest.revision)
        })
    }

    async fn write_incident(
        &self,
        transaction: &mut Transaction,
        statement: &'static Statement,
        revision: Revision,
        (received_at, title_since): (Timestamp, Revision),
    ) -> Result<()> {
        let report = &self.publication.report;
        let times = report.times(received_at, self.now);
        let write = set_times(statement.query(), &times)
            .set("id", self.id())
            .set("revision", revision.0)
            .set("revised_at", self.revised_at())
            .set("url", &report.url)
            .set("title", &report.title)
            .set("status", &report.status)
            .set("impact", &report.impact)
            .set("components", &self.components)
            .set("source_locale", report.source_locale.as_str())
            .set("findings", self.findings)
            .set("now", self.now())
            .set("title_since", title_since.0);
        transaction.execute(write).await?;
        Ok(())
    }

    async fn write_revision(&self, transaction: &mut Transaction, revision: Revision) -> Result<()> {
        let add = ADD_REVISION
            .query()
            .set("incident", self.id())
            .set("number", revision.0)
            .set("content_hash", &self.content_hash)
            .set("now", self.now())
            .set("report_checksum", &self.report.checksum)
            .set("source_checksum", &self.source.checksum)
            .set("report", &self.report.text)
            .set("source", &self.source.text);
        transaction.execute(add).await?;
        Ok(())
    }

    /// Adds the rows that are not there yet.
    async fn want_translations(&self, transaction: &mut Transaction, revision: Revision) -> Result<()> {
        let want = WANT_TRANSLATIONS.query().set("incident", self.id()).set("revision", revision.0);
        let want = want.set("now", self.now()).set("locales", &self.locales).set("priority", self.priority);
        transaction.execute(want).await?;
        Ok(())
    }
}
