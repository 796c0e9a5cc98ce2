//! `GET /v1/incidents`: a reader's wishes and a cursor come in, a page of incidents goes out, newest first.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::id::IncidentId;
use crate::locale::Locale;
use crate::reader::Listing;
use crate::web::App;
use crate::web::answer::{Answer, Freshness};
use crate::web::cache::{Cache, Resource};
use crate::web::negotiation::Wanted;
use crate::web::problem::Problem;

const LIMIT: u32 = 20;
const HIGHEST_LIMIT: u32 = 100;
/// Wishes beyond these do not decide about a list.
const MOST_WANTED: usize = 8;

/// Texts, so that what is wrong with them can be said.
#[derive(Deserialize)]
pub(crate) struct Page {
    limit: Option<String>,
    cursor: Option<String>,
}

/// A page of the list.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
    wanted: Result<Wanted, Problem>,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let unreadable = |_| Problem::new(StatusCode::BAD_REQUEST, "the query cannot be read: every name once, please");
    let Query(page) = page.map_err(unreadable)?;
    let Wanted { locales: mut wanted, is_negotiated } = wanted?;
    let limit = limit(page.limit.as_deref())?;
    let after = page.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(position).transpose()?;
    wanted.truncate(MOST_WANTED);
    let resource = Resource::Incidents { wanted: wanted.clone(), is_negotiated, limit, after: after.clone() };
    let make = async move {
        let listing = app.reader.list(&wanted, limit, after, app.clock.now()).await;
        let listing = listing.map_err(|error| Problem::from(error).into_response())?;
        Ok(Answer { negotiated: is_negotiated, ..answer(&app, &listing, limit, wanted.first()) })
    };
    Ok(cache.answer(resource, &headers, make).await)
}

fn answer(app: &App, listing: &Listing, limit: u32, requested: Option<&Locale>) -> Answer {
    let list = app.reader.addresses.path("/v1/incidents");
    let next = listing.next.as_ref().map(cursor);
    let links = next.iter().map(|cursor| {
        let locale = requested.map(|locale| format!("&locale={locale}")).unwrap_or_default();
        format!("<{list}?limit={limit}&cursor={cursor}{locale}>; rel=\"next\"")
    });
    let links = links.collect();
    let document = json!({ "incidents": listing.items, "requested_locale": requested, "next_cursor": next });
    let awaiting = listing.items.iter().any(|item| item.awaiting);
    Answer { language: Some(listing.locale.clone()), links, ..Answer::json(&document, Freshness::of(None, awaiting)) }
}

/// Where a page begins, in a form that clients have no business reading.
pub(in crate::web) fn cursor((updated_at, id): &(Timestamp, IncidentId)) -> String {
    URL_SAFE_NO_PAD.encode(format!("{updated_at} {id}"))
}

pub(in crate::web) fn position(cursor: &str) -> Result<(Timestamp, IncidentId), Problem> {
    let read = || {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let (updated_at, id) = text.split_once(' ')?;
        Some((updated_at.parse().ok()?, id.parse().ok()?))
    };
    read().ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "`cursor` is none of ours: take `next_cursor` of an answer")
    })
}

fn limit(text: Option<&str>) -> Result<u32, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(LIMIT) };
    match text.parse::<u32>() {
        Ok(limit @ 1..=HIGHEST_LIMIT) => Ok(limit),
        // Whoever wants more than we give gets what we give, and a cursor.
        Ok(limit) if limit > HIGHEST_LIMIT => Ok(HIGHEST_LIMIT),
        _ => Err(Problem::new(StatusCode::BAD_REQUEST, format!("`limit` is to be a number from 1 to {HIGHEST_LIMIT}"))),
    }
}
