//! Chooses the text that a reader is served: the version of the best locale, what of a newer revision needs no engine,
//! or the source text. A damaged version is queued again and never served; nothing here waits for that.

use jiff::Timestamp;

use super::{IncidentReader, best_with_text};
use crate::blocking::run_blocking;
use polypost_core::document::Report;
use polypost_core::id::{Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;
use polypost_store::{Incident, Reading, State, Translation, Version};

/// Which text is served, before it is dressed as a view: of one revision, as its status is.
pub(super) struct Served {
    pub(super) locale: Locale,
    /// The version that it is, or that was served before its interim text; `None` for the source text.
    pub(super) version: Option<(VersionNumber, Timestamp)>,
    /// The revision that the text is of.
    pub(super) revision: Revision,
    /// The report of that revision, where it is not the newest.
    pub(super) report: Option<Report>,
    pub(super) rendition: Rendition,
    pub(super) is_interim: bool,
}

impl IncidentReader {
    pub(super) async fn served(
        &self,
        Reading { incident, translations, versions }: &Reading,
        wanted: &[Locale],
        now: Timestamp,
    ) -> polypost_store::Result<Served> {
        let source = &incident.report.source_locale;
        let mut rows = translations.clone();
        while let Some(best) = best_with_text(source, &rows, wanted) {
            let version = match versions.iter().find(|(locale, _)| *locale == best) {
                Some((_, version)) => Some(version.clone()),
                None => match self.store.served(&incident.report.id, &best).await {
                    Err(error) if error.is_damage() => {
                        self.discard(&rows, &best, &error, now).await;
                        None
                    }
                    read => read?,
                },
            };
            let Some(version) = version else {
                rows.retain(|row| row.locale != best);
                continue;
            };
            let row = translations.iter().find(|row| row.locale == best);
            if let Some(served) = self.interim(incident, row, &version).await? {
                return Ok(served);
            }
            return self.translation(incident, best, version).await;
        }
        Ok(Served {
            locale: source.clone(),
            version: None,
            revision: incident.revision,
            report: None,
            rendition: incident.source.clone(),
            is_interim: false,
        })
    }

    /// A version that was damaged in the store is not served, and its text is queued again. That must not keep a reader
    /// waiting, who gets the next best text.
    async fn discard(&self, rows: &[Translation], locale: &Locale, error: &polypost_store::StoreError, now: Timestamp) {
        let Some(row) = rows.iter().find(|row| row.locale == *locale) else { return };
        tracing::error!(incident = %row.incident, %locale, %error, "version damaged; queued again");
        let Some((number, _)) = row.served else { return };
        if let Err(error) = self.store.discard_served(&row.incident, locale, number, now).await {
            tracing::error!(incident = %row.incident, %locale, %error, "queueing a damaged version failed");
        }
    }

    /// What there is of the newest revision while the version is one of an older revision. A version that an operator
    /// went back to stays what it is.
    async fn interim(
        &self,
        incident: &Incident,
        row: Option<&Translation>,
        version: &Version,
    ) -> polypost_store::Result<Option<Served>> {
        let Some(row) = row.filter(|row| version.revision < incident.revision && row.state != State::Held) else {
            return Ok(None);
        };
        let Some(pipeline) = self.pipeline.as_ref().and_then(|interim| run_blocking(|| interim.as_ref().as_ref()))
        else {
            return Ok(None);
        };
        let rendition = pipeline.interim(incident, &row.locale).await?;
        Ok(rendition.map(|rendition| Served {
            locale: row.locale.clone(),
            version: Some((version.number, version.created_at)),
            revision: incident.revision,
            report: None,
            rendition,
            is_interim: true,
        }))
    }

    /// A version with the report of its own revision, so that its status is the one that its text speaks of.
    pub(super) async fn translation(
        &self,
        incident: &Incident,
        locale: Locale,
        version: Version,
    ) -> polypost_store::Result<Served> {
        let report = if version.revision == incident.revision {
            None
        } else {
            self.store.report(&incident.report.id, version.revision).await?
        };
        Ok(Served {
            locale,
            version: Some((version.number, version.created_at)),
            revision: version.revision,
            report,
            rendition: version.rendition,
            is_interim: false,
        })
    }
}
