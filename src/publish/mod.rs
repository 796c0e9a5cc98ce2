//! Publishing: the one way from a report that was received to a stored revision, for the API, its signed messages and
//! the command alike, so that the same report is refused or stored in the same way wherever it comes from. The revision
//! and the requests for its translations are stored in one transaction; no engine is called here, and no report text
//! logged.

mod outcome;

pub use outcome::{IdempotentReceipt, IdempotentRequest, PublishError, PublishReceipt, WriteAnswer};

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;

use crate::blocking::run_blocking;
use polypost_core::document::{self, Report};
use polypost_core::field_error::FieldError;
use polypost_core::finding::Finding;
use polypost_core::id::{IncidentId, Naming};
use polypost_core::intake::Received;
use polypost_core::l10n::{Bundles, Incomplete};
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;
use polypost_core::render::{self, Rendition, Target};
use polypost_core::segment::{self, Glossary};
use polypost_store::{Once, Publication, Published, PublishedOnce, Store};

/// Six random letters, with which an id made from a title ends.
#[must_use]
pub fn random_ending() -> String {
    let mut random = rand::rng();
    (0..6).map(|_| char::from(random.random_range(b'a'..=b'z'))).collect()
}

/// Ids that are tried before it is taken that something else is wrong: that one is taken already has a chance of one in
/// 300 million.
const MAX_IDS: usize = 3;

/// How far a publisher's clock may be ahead of ours.
const MAX_CLOCK_LEAD: SignedDuration = SignedDuration::from_hours(24);

/// A revision from the future would keep out every one that comes until then.
fn check_time(report: &Report, now: Timestamp) -> Result<(), PublishError> {
    match report.revised_at.filter(|at| at.duration_since(now) > MAX_CLOCK_LEAD) {
        None => Ok(()),
        Some(at) => {
            let message = format!("`{at}` is more than a day ahead of now (`{now:.0}`): is the sender's clock right?");
            Err(PublishError::Refused(vec![FieldError { field: "revised_at".to_owned(), message }]))
        }
    }
}

/// A report that can be stored.
struct Prepared {
    publication: Publication,
    findings: Vec<Finding>,
    /// How many ids have been tried.
    ids: usize,
}

impl Prepared {
    fn receipt(&self, outcome: Published) -> PublishReceipt {
        let Publication { report, locales, .. } = &self.publication;
        let findings = self.findings.clone();
        PublishReceipt { id: report.id.clone(), outcome, locales: locales.clone(), findings }
    }

    /// The receipt; `None` where the id that was made from the title is taken, and the report has another one now.
    fn accept(&mut self, outcome: Published) -> Result<Option<PublishReceipt>, PublishError> {
        let Published::Taken { title: stored_title } = outcome else { return Ok(Some(self.receipt(outcome))) };
        let Report { id, title, .. } = &mut self.publication.report;
        if self.publication.naming != Naming::Made {
            return Err(PublishError::Taken { id: id.clone(), title: title.clone(), stored_title });
        }
        if self.ids == MAX_IDS {
            return Err(PublishError::NoFreeId);
        }
        self.ids += 1;
        *id = IncidentId::unique(title, &random_ending());
        Ok(None)
    }

    /// As the store takes it: the receipt is made in the transaction, when it is known what became of the publication.
    fn once(&self, IdempotentRequest { key, request_hash, answer }: &IdempotentRequest) -> Once {
        let (receipt, answer) = (self.receipt(Published::Created), Arc::clone(answer));
        let write = move |outcome: &Published| answer(&PublishReceipt { outcome: outcome.clone(), ..receipt.clone() });
        Once { key: key.clone(), request_hash: request_hash.clone(), answer: Arc::new(write) }
    }
}

/// Everything that publishing needs beside the report.
#[derive(Clone)]
pub struct Publisher {
    pub store: Arc<dyn Store>,
    pub bundles: Arc<Bundles>,
    pub glossary: Arc<Glossary>,
    /// The locales of reports that ask for none.
    pub targets: Vec<Locale>,
}

impl Publisher {
    /// Reads, renders and stores a report.
    ///
    /// # Errors
    /// Where the report is refused, its id taken, or the store did not answer; nothing was stored then.
    pub async fn publish(&self, received: Received, now: Timestamp) -> Result<PublishReceipt, PublishError> {
        let mut prepared = self.prepare(received, now)?;
        loop {
            let outcome = self.store.publish(&prepared.publication, now).await?;
            if let Some(receipt) = prepared.accept(outcome)? {
                return Ok(receipt);
            }
        }
    }

    /// As [`publish`](Self::publish), and keeps the answer under the request's key in the same transaction. Where there
    /// is one already, nothing is done.
    ///
    /// # Errors
    /// As [`publish`](Self::publish), and where the answer cannot be written.
    pub async fn publish_once(
        &self,
        received: Received,
        request: &IdempotentRequest,
        now: Timestamp,
    ) -> Result<IdempotentReceipt, PublishError> {
        let mut prepared = self.prepare(received, now)?;
        loop {
            match self.store.publish_once(&prepared.publication, &prepared.once(request), now).await? {
                PublishedOnce::Before { request_hash, answer } => {
                    return Ok(IdempotentReceipt::Before { request_hash, answer });
                }
                PublishedOnce::Now(outcome) => {
                    if let Some(receipt) = prepared.accept(outcome)? {
                        return Ok(IdempotentReceipt::Now(receipt));
                    }
                }
            }
        }
    }

    /// Reads and renders a report; nothing is stored yet.
    fn prepare(&self, Received { report, naming }: Received, now: Timestamp) -> Result<Prepared, PublishError> {
        check_time(&report, now)?;
        self.check_locales(&report)?;
        let source = run_blocking(|| self.source(&report))?;
        let findings = source.all_findings().cloned().collect();
        let locales = self.locales(&report);
        Ok(Prepared { publication: Publication { report, naming, source, locales }, findings, ids: 1 })
    }

    /// The configured locales have been checked at the start; what a report asks for beside them is checked here.
    fn check_locales(&self, report: &Report) -> Result<(), PublishError> {
        let problems = self.locale_problems(&report.source_locale, &report.locales);
        if problems.is_empty() { Ok(()) } else { Err(PublishError::Refused(problems)) }
    }

    /// What is wrong with the locales that a report asks for.
    #[must_use]
    pub fn locale_problems(&self, source: &Locale, locales: &[Locale]) -> Vec<FieldError> {
        let others = locales.iter().filter(|locale| !self.targets.contains(locale));
        let refused = others.filter_map(|locale| self.bundles.check_target(source, locale).err());
        let problem = |incomplete: Incomplete| FieldError {
            field: "locales".to_owned(),
            message: format!("`{}` is {incomplete}", incomplete.locale),
        };
        refused.map(problem).collect()
    }

    /// The report as its readers see it in its own language.
    fn source(&self, report: &Report) -> Result<Rendition, PublishError> {
        let document = document::read(report).map_err(|errors| {
            let problem =
                |error: document::DocumentError| FieldError { field: error.field, message: error.problem.to_string() };
            PublishError::Refused(errors.into_iter().map(problem).collect())
        })?;
        let segments = segment::segments(&document, &*self.glossary);
        let notation = Notation::new(&report.source_locale, &self.bundles);
        let target =
            Target { locale: &report.source_locale, notation: &notation, bundles: &self.bundles, glossary: "" };
        Ok(render::source(report, &document, &segments, target))
    }

    /// The locales that the report asks for, or the configured ones, each once, without its own language.
    fn locales(&self, report: &Report) -> Vec<Locale> {
        let wanted = if report.locales.is_empty() { &self.targets } else { &report.locales };
        let mut locales: Vec<Locale> = Vec::new();
        for locale in wanted {
            if *locale != report.source_locale && !locales.contains(locale) {
                locales.push(locale.clone());
            }
        }
        locales
    }
}

impl fmt::Debug for Publisher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Publisher").field("targets", &self.targets).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use polypost_core::id::Revision;
    use polypost_test_support::fixtures::publication;

    use super::*;

    fn prepared(naming: Naming) -> Prepared {
        let publication = Publication { naming, ..publication("calls", "Calls drop.", &["es"]) };
        Prepared { publication, findings: Vec::new(), ids: 1 }
    }

    fn taken() -> Published {
        Published::Taken { title: "Another".to_owned() }
    }

    #[test]
    fn a_made_id_that_is_taken_is_made_anew_a_few_times() {
        let mut prepared = prepared(Naming::Made);
        for _ in 1..MAX_IDS {
            let id = prepared.publication.report.id.clone();
            assert!(prepared.accept(taken()).unwrap().is_none());
            assert_ne!(prepared.publication.report.id, id);
        }
        let receipt = prepared.accept(Published::Created).unwrap().unwrap();
        assert_eq!((&receipt.id, receipt.revision()), (&prepared.publication.report.id, Some(Revision(1))));
        assert!(matches!(prepared.accept(taken()), Err(PublishError::NoFreeId)));
    }

    #[test]
    fn an_id_of_a_file_that_is_taken_is_an_error() {
        let mut prepared = prepared(Naming::File);
        let error = prepared.accept(taken()).unwrap_err().to_string();
        assert!(error.contains("`calls` already") && error.contains("`Another`"), "{error}");
    }
}
