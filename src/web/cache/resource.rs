//! The key of an answer: two requests that get the same bytes have the same key. Headers and spellings of a request are
//! not part of it.

use super::invalidations::Topic;
use crate::reader::ListPage;
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::web) enum Resource {
    Incident {
        id: IncidentId,
        /// What the reader wants most; `None` where no language was named.
        requested: Option<Locale>,
        /// The best that there is for all languages named.
        best: Locale,
        /// Whether the answer says that it depends on the request's headers (`Vary`).
        is_negotiated: bool,
    },
    Incidents {
        wanted: Vec<Locale>,
        is_negotiated: bool,
        limit: u32,
        page: ListPage,
    },
    /// As everybody sees them.
    Translations {
        id: IncidentId,
    },
    Versions {
        id: IncidentId,
        locale: Locale,
        limit: u32,
        /// It begins behind this version.
        before: Option<u32>,
    },
    Locales,
    Page {
        id: IncidentId,
        locale: Locale,
    },
    ListPage {
        locale: Locale,
        page: ListPage,
    },
}

impl Resource {
    pub(super) fn topic(&self) -> Topic {
        match (self.incident(), self) {
            (Some(id), _) => Topic::of(id),
            (None, Self::Locales) => Topic::Static,
            (None, _) => Topic::Lists,
        }
    }

    /// The one incident that it is about.
    pub(super) fn incident(&self) -> Option<&IncidentId> {
        match self {
            Self::Incident { id, .. }
            | Self::Translations { id }
            | Self::Versions { id, .. }
            | Self::Page { id, .. } => Some(id),
            Self::Incidents { .. } | Self::ListPage { .. } | Self::Locales => None,
        }
    }

    /// Whether everybody who asks for it gets it; operators get more about translations than others.
    pub(super) fn is_public(&self) -> bool {
        !matches!(self, Self::Translations { .. })
    }

    /// Whether this is one of the answers of which there are only so many: clients can ask for any locale and begin a
    /// list anywhere, and each would be an answer of its own.
    pub(super) fn is_bounded(&self, published: &[Locale]) -> bool {
        match self {
            Self::Incident { requested, .. } => requested.as_ref().is_none_or(|locale| published.contains(locale)),
            Self::Incidents { wanted, page, .. } => {
                *page == ListPage::First && wanted.len() <= 1 && wanted.iter().all(|locale| published.contains(locale))
            }
            Self::Page { locale, .. } => published.contains(locale),
            Self::ListPage { locale, page } => *page == ListPage::First && published.contains(locale),
            Self::Versions { locale, before, .. } => before.is_none() && published.contains(locale),
            Self::Translations { .. } | Self::Locales => true,
        }
    }

    /// Roughly what the key takes in memory, in bytes.
    pub(super) fn weight(&self) -> usize {
        let wanted = if let Self::Incidents { wanted, .. } = self { wanted.len() * 24 } else { 0 };
        size_of::<Self>() + 128 + wanted
    }
}
