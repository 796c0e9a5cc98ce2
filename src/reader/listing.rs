//! Lists of incidents, page by page, forwards and backwards.

use jiff::Timestamp;
use serde::Serialize;

use super::view::{Label, Links, direction};
use super::{IncidentReader, best_with_text, hoped_for, is_under_way, with_text};
use polypost_core::document::Times;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::{Direction, Locale};
use polypost_store::{ListFilter, ListPage, ListPosition, State, Summary};

/// A page of the list, newest first.
#[derive(Debug)]
pub struct Listing {
    /// The locale of the headings: the best wanted one that reports are published in.
    pub locale: Locale,
    pub items: Vec<Item>,
    /// The last incident of this page, where another page follows.
    pub next: Option<ListPosition>,
    /// The first incident of this page, where others are newer.
    pub previous: Option<ListPosition>,
}

/// One incident as lists show it.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub id: IncidentId,
    pub title: String,
    /// The language of the title: the source's until a changed title is translated.
    pub title_locale: Locale,
    pub status: Option<Label>,
    pub impact: Option<Label>,
    pub components: Vec<String>,
    pub locale: Locale,
    #[serde(serialize_with = "direction")]
    pub direction: Direction,
    pub revision: Revision,
    pub version: Option<VersionNumber>,
    #[serde(flatten)]
    pub times: Times,
    pub translation: TranslationProgress,
    pub links: Links,
    #[serde(skip)]
    pub awaiting: bool,
}

/// How far a listed text is.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TranslationProgress {
    pub state: State,
    pub source_revision: Revision,
}

impl IncidentReader {
    /// A page of incidents, newest first, each in the best locale that it has. One that would be shorter because it is
    /// at the beginning is the first page.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn list(
        &self,
        wanted: &[Locale],
        limit: u32,
        page: ListPage,
        now: Timestamp,
    ) -> polypost_store::Result<Listing> {
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        // One more than shown tells whether there is another page.
        let mut filter = ListFilter { limit: limit.saturating_add(1), page, ..ListFilter::default() };
        let mut summaries = self.store.list(&filter, now).await?;
        if matches!(filter.page, ListPage::Before(_)) {
            if summaries.len() >= shown {
                let has_newer = summaries.len() > shown;
                summaries.drain(..summaries.len() - shown);
                return Ok(self.listing(summaries, wanted, [has_newer, true]));
            }
            filter.page = ListPage::First;
            summaries = self.store.list(&filter, now).await?;
        }
        let has_newer = matches!(filter.page, ListPage::After(_));
        let has_older = summaries.len() > shown;
        summaries.truncate(shown);
        Ok(self.listing(summaries, wanted, [has_newer, has_older]))
    }

    fn listing(&self, summaries: Vec<Summary>, wanted: &[Locale], [has_newer, has_older]: [bool; 2]) -> Listing {
        let position = |summary: &Summary| (summary.times.published_at, summary.id.clone());
        let next = summaries.last().filter(|_| has_older).map(position);
        let previous = summaries.first().filter(|_| has_newer).map(position);
        let items = summaries.into_iter().map(|summary| self.item(summary, wanted)).collect();
        Listing { locale: self.best_published(wanted), items, next, previous }
    }

    /// One line of a list, in the best locale that the incident has.
    fn item(&self, summary: Summary, wanted: &[Locale]) -> Item {
        let Summary { id, source_locale: source, translations, .. } = summary;
        let best = best_with_text(&source, &translations, wanted);
        let row = best.and_then(|best| translations.iter().find(|row| row.locale == best));
        let locale = row.map_or(&source, |row| &row.locale);
        let hoped_for = hoped_for(&source, &translations, wanted.first());
        let served = row.and_then(|row| row.served);
        let official = self.addresses.official(summary.url.as_deref(), &id, &source);
        // A translation of another title is not shown beside the state of this one.
        let is_current = served.is_some_and(|(_, revision)| revision >= summary.title_since);
        let translated = row.filter(|_| is_current).and_then(|row| row.title.clone());
        let title_locale = if translated.is_some() { locale } else { &source }.clone();
        Item {
            title: translated.unwrap_or(summary.title),
            title_locale,
            status: self.label(locale, "status", summary.status.as_deref()),
            impact: self.label(locale, "impact", summary.impact.as_deref()),
            components: summary.components,
            locale: locale.clone(),
            direction: locale.direction(),
            revision: summary.revision,
            version: served.map(|(version, _)| version),
            times: summary.times,
            translation: TranslationProgress {
                state: row.or(hoped_for).map_or(State::Current, |row| row.state),
                source_revision: served.map_or(summary.revision, |(_, revision)| revision),
            },
            links: self.links(official, &id, locale, &with_text(&source, &translations)),
            awaiting: hoped_for.is_some_and(|row| is_under_way(row.state)),
            id,
        }
    }
}
