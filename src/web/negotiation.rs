//! What a reader wants: a request's `?locale=` or `Accept-Language` comes in, locales in order of preference go out.
//! A header that cannot be read means no wish, never an error; a wrong `?locale=` is one.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use super::problem::Problem;
use super::query::Parameters;
use crate::id::IncidentId;
use crate::locale::{self, Locale};

/// Longer headers than this say nothing that anyone would wait for.
const LONGEST_HEADER: usize = 2048;

/// The wanted locales, best first.
#[derive(Clone, Debug)]
pub(super) struct Wanted(pub Vec<Locale>);

impl Wanted {
    /// By the header alone.
    pub(super) fn by_header(parts: &Parts) -> Self {
        let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self(header.filter(|text| text.len() <= LONGEST_HEADER).map(locale::accept_language).unwrap_or_default())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match named(&Parameters::of(parts, &["locale"])?)? {
            Some(locale) => Ok(Self(vec![locale])),
            None => Ok(Self::by_header(parts)),
        }
    }
}

/// The locale that the query names; `None` where it names none.
///
/// # Errors
/// `400` where it is not a locale.
pub(super) fn named(parameters: &Parameters) -> Result<Option<Locale>, Problem> {
    match parameters.get("locale") {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|error: locale::InvalidLocale| Problem::new(StatusCode::BAD_REQUEST, error.to_string())),
    }
}

/// The incident id of a path. What is no id names no incident.
///
/// # Errors
/// `404`.
pub(super) fn incident_id(text: &str) -> Result<IncidentId, Problem> {
    text.parse().map_err(|error: crate::id::InvalidIncidentId| Problem::new(StatusCode::NOT_FOUND, error.to_string()))
}

/// No such incident.
pub(super) fn not_found(id: &IncidentId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is no incident `{id}`"))
}

/// An incident that its publisher has withdrawn.
pub(super) fn withdrawn(id: &IncidentId) -> Problem {
    Problem::new(StatusCode::GONE, format!("the incident `{id}` has been withdrawn"))
}
