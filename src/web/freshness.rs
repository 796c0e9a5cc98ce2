//! How long an answer may be kept, by caches and by ours (RFC 9111, RFC 5861).

use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue};
use jiff::SignedDuration;

use polypost_core::document::is_settled;

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    /// Texts that change while people watch.
    Active,
    /// Texts that hardly change any more.
    Settled,
    /// A better text is under way.
    Awaiting,
    /// For this caller only.
    Private,
}

impl Freshness {
    /// By the incident's status, and by whether a better text for this reader is under way.
    pub(super) fn of(status: Option<&str>, awaiting: bool) -> Self {
        match status {
            _ if awaiting => Self::Awaiting,
            status if is_settled(status) => Self::Settled,
            _ => Self::Active,
        }
    }

    /// How long it stays in our own cache where the store announces no change. What is under way changes with the time
    /// alone: a lease runs out, an attempt is due.
    pub(super) fn lifetime(self) -> SignedDuration {
        match self {
            Self::Active | Self::Settled => SignedDuration::from_mins(5),
            Self::Awaiting => SignedDuration::from_secs(1),
            Self::Private => SignedDuration::ZERO,
        }
    }

    pub(super) fn write(self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.header()));
    }

    fn header(self) -> &'static str {
        match self {
            Self::Active => "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400",
            Self::Settled => "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400",
            Self::Awaiting => "public, max-age=5, stale-if-error=86400",
            Self::Private => "no-store",
        }
    }
}
