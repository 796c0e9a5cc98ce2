//! The languages that a request asks for, by `?locale=` or `Accept-Language`. A header that cannot be read counts as
//! absent; a wrong `?locale=` is an error.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use super::problem_document::ProblemDocument;
use super::query::Parameters;
use polypost_core::id::IncidentId;
use polypost_core::locale::{self, Locale};

/// Bytes; longer headers are ignored: browsers send well under 200.
const MAX_HEADER_BYTES: usize = 2048;

/// What a reader wants.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Best first.
    pub(super) locales: Vec<Locale>,
    /// Whether `Accept-Language` decided, so that another reader may get another answer at the same address.
    pub(super) is_negotiated: bool,
}

impl Wanted {
    /// By `?locale=`, else by the header.
    ///
    /// # Errors
    /// `400` where the query's is not a locale.
    pub(super) fn of(parts: &Parts, parameters: &Parameters) -> Result<Self, ProblemDocument> {
        Ok(match named(parameters)? {
            Some(locale) => Self { locales: vec![locale], is_negotiated: false },
            None => Self::by_header(parts),
        })
    }

    /// By the header alone, all lines of it (RFC 9110 section 5.3).
    pub(super) fn by_header(parts: &Parts) -> Self {
        let lines = parts.headers.get_all(ACCEPT_LANGUAGE).iter();
        let header = lines.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
        let locales = if header.len() <= MAX_HEADER_BYTES { locale::accept_language(&header) } else { Vec::new() };
        Self { locales, is_negotiated: true }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = ProblemDocument;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemDocument> {
        Self::of(parts, &Parameters::of(parts, &["locale"])?)
    }
}

/// The locale that the query names; `None` where it names none.
///
/// # Errors
/// `400` where it is not a locale.
pub(super) fn named(parameters: &Parameters) -> Result<Option<Locale>, ProblemDocument> {
    match parameters.get("locale") {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|error: locale::InvalidLocale| ProblemDocument::new(StatusCode::BAD_REQUEST, error.to_string())),
    }
}

/// The incident id of a path. What is no id names no incident.
///
/// # Errors
/// `404`.
pub(super) fn incident_id(text: &str) -> Result<IncidentId, ProblemDocument> {
    text.parse().map_err(|error: polypost_core::id::InvalidIncidentId| {
        ProblemDocument::new(StatusCode::NOT_FOUND, error.to_string())
    })
}

/// No such incident.
pub(super) fn not_found(id: &IncidentId) -> ProblemDocument {
    ProblemDocument::new(StatusCode::NOT_FOUND, format!("there is no incident `{id}`"))
}

/// An incident that its publisher has withdrawn.
pub(super) fn withdrawn(id: &IncidentId) -> ProblemDocument {
    ProblemDocument::new(StatusCode::GONE, format!("the incident `{id}` has been withdrawn"))
}
