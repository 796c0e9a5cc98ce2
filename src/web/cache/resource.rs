//! What an answer is the answer to: the key that it is kept under. Two requests that get the same bytes have the same
//! key; headers and spellings of a request are not part of it.

use super::tidings::Topic;
use crate::reader::ListPage;
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::web) enum Resource {
    Incident {
        id: IncidentId,
        /// What the reader would like best; `None` where nothing was wished.
        requested: Option<Locale>,
        /// The best that there is for all the reader's wishes.
        best: Locale,
        /// Whether the answer says that it depends on the reader's wishes (`Vary`).
        is_negotiated: bool,
    },
    Incidents {
        wanted: Vec<Locale>,
        is_negotiated: bool,
        limit: u32,
        page: ListPage,
    },
    /// As strangers see them.
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
            (None, Self::Locales) => Topic::House,
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

    /// Whether everybody who asks for it gets it; operators are told more about translations than strangers.
    pub(super) fn is_public(&self) -> bool {
        !matches!(self, Self::Translations { .. })
    }

    /// Whether this is one of the answers of which there are only so many: strangers can ask for any locale and begin
    /// a list anywhere, and each would be an answer of its own.
    pub(super) fn is_expected(&self, published: &[Locale]) -> bool {
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
