//! Publishing: a report comes in from any channel, is read and rendered in its own language, and is stored together
//! with the wish for its translations. No engine is asked here.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;

use crate::blocking::run_blocking;
use polypost_core::document::{self, Report};
use polypost_core::field_error::FieldError;
use polypost_core::finding::Finding;
use polypost_core::id::Naming;
use polypost_core::l10n::{Bundles, Incomplete};
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;
use polypost_core::render::{self, Rendition, Target};
use polypost_core::segment::{self, Glossary};
use polypost_store::{Publication, Published, Store, StoreError};

/// Why a report is not accepted. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The report itself is at fault: every problem, naming the field.
    #[error("the report cannot be published: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<FieldError>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was published.
#[derive(Clone, Debug)]
pub struct PublishReceipt {
    pub outcome: Published,
    /// The locales asked for.
    pub locales: Vec<Locale>,
    /// What the source text gives cause to remark.
    pub findings: Vec<Finding>,
}

/// A report that can be stored.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub publication: Publication,
    /// What the source text gives cause to remark.
    pub findings: Vec<Finding>,
}

/// Six random letters, with which an id made from a title ends.
#[must_use]
pub fn random_ending() -> String {
    let mut random = rand::rng();
    (0..6).map(|_| char::from(random.random_range(b'a'..=b'z'))).collect()
}

/// Endings that are tried before it is taken that something else is wrong: that one is taken already has a chance of one
/// in 300 million.
pub const MOST_ENDINGS: usize = 3;

/// How far a publisher's clock may be ahead of ours.
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// A revision from the future would keep out every one that comes until then.
fn check_time(report: &Report, now: Timestamp) -> Result<(), PublishError> {
    match report.revised_at.filter(|at| at.duration_since(now) > MOST_AHEAD) {
        None => Ok(()),
        Some(at) => {
            let message = format!("`{at}` is more than a day ahead of now (`{now:.0}`): is the sender's clock right?");
            Err(PublishError::Refused(vec![FieldError { field: "revised_at".to_owned(), message }]))
        }
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
    /// Where the report is refused, or the store did not answer; nothing was stored then.
    pub async fn publish(
        &self,
        report: Report,
        naming: Naming,
        now: Timestamp,
    ) -> Result<PublishReceipt, PublishError> {
        let Prepared { publication, findings } = self.prepare(report, naming, now)?;
        let outcome = self.store.publish(&publication, now).await?;
        Ok(PublishReceipt { outcome, locales: publication.locales, findings })
    }

    /// Reads and renders a report; nothing is stored yet.
    ///
    /// # Errors
    /// Where the report is refused.
    pub fn prepare(&self, report: Report, naming: Naming, now: Timestamp) -> Result<Prepared, PublishError> {
        check_time(&report, now)?;
        self.check_locales(&report)?;
        let source = run_blocking(|| self.source(&report))?;
        let findings = source.all_findings().cloned().collect();
        let locales = self.locales(&report);
        Ok(Prepared { publication: Publication { report, naming, source, locales }, findings })
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

    /// The report's own wish or the configured locales, each once, without its own language.
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

impl std::fmt::Debug for Publisher {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Publisher").field("targets", &self.targets).finish_non_exhaustive()
    }
}
