//! Lists of incidents, page by page, forwards and backwards.

use jiff::Timestamp;

use super::{IncidentReader, Item};
use polypost_core::locale::Locale;
use polypost_store::{ListFilter, ListPage, ListPosition, Summary};

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

impl IncidentReader {
    /// A page of incidents, newest first, each in the best locale that it has. One that would be shorter because it is at
    /// the beginning is the first page.
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
}
