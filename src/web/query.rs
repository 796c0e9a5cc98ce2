//! The query of a request to the API. A parameter that is unknown or named twice is an error: one without effect would
//! be a mistake that nobody notices.

use axum::http::StatusCode;
use axum::http::request::Parts;

use super::problem_document::ProblemDocument;
use polypost_core::intake::nearest_key;
use polypost_core::quoting::excerpt;

const LIMIT: u32 = 20;
const HIGHEST_LIMIT: u32 = 100;

/// The parameters that a query has, decoded.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// # Errors
    /// `400` where one is not among the `known` ones, or stands there more than once.
    pub(super) fn of(parts: &Parts, known: &[&str]) -> Result<Self, ProblemDocument> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs: Vec<(String, String)> = reqwest::Url::parse(&format!("query:?{query}"))
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default();
        for (position, (name, _)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                return Err(unknown(name, known));
            }
            if pairs.iter().take(position).any(|(earlier, _)| earlier == name) {
                let detail = format!("the query names `{name}` more than once");
                return Err(ProblemDocument::new(StatusCode::BAD_REQUEST, detail));
            }
        }
        Ok(Self(pairs))
    }

    /// The value of a parameter; one that is empty is as good as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// How many entries a page is to have, from 1 to [`HIGHEST_LIMIT`]; [`LIMIT`] where that is not named.
    ///
    /// # Errors
    /// `400` where it is something else.
    pub(super) fn limit(&self) -> Result<u32, ProblemDocument> {
        let Some(text) = self.get("limit") else { return Ok(LIMIT) };
        text.parse().ok().filter(|limit| (1..=HIGHEST_LIMIT).contains(limit)).ok_or_else(|| {
            ProblemDocument::new(StatusCode::BAD_REQUEST, format!("`limit` must be a number from 1 to {HIGHEST_LIMIT}"))
        })
    }

    /// Where a page begins, as `read` has it of the text that an earlier page gave; `None` for the first page.
    ///
    /// # Errors
    /// `400` where it is no such text.
    pub(super) fn cursor<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ProblemDocument> {
        let wrong = || {
            ProblemDocument::new(
                StatusCode::BAD_REQUEST,
                "invalid `cursor`: use `next_cursor` from a previous response",
            )
        };
        self.get("cursor").map(|cursor| read(cursor).ok_or_else(wrong)).transpose()
    }
}

fn unknown(name: &str, known: &[&str]) -> ProblemDocument {
    let hint = match (nearest_key(name, known), known) {
        (Some(nearest), _) => format!("did you mean `{nearest}`?"),
        (None, []) => "it takes no parameters".to_owned(),
        (None, known) => format!("known are `{}`", known.join("`, `")),
    };
    ProblemDocument::new(
        StatusCode::BAD_REQUEST,
        format!("`{}` is not a parameter of this address: {hint}", excerpt(name)),
    )
}
