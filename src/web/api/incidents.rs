//! `GET /v1/incidents`: a page of incidents, newest first.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::reader::{ListPage, ListPosition, Listing};
use crate::web::App;
use crate::web::answer::Answer;
use crate::web::cache::{Cache, Resource};
use crate::web::freshness::Freshness;
use crate::web::negotiation::Wanted;
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::locale::Locale;

/// Languages asked for beyond these do not decide about a list.
const MOST_WANTED: usize = 8;

/// A page of the list.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    request: Request,
) -> Result<Response<Body>, ProblemDocument> {
    let (parts, _) = request.into_parts();
    let parameters = Parameters::of(&parts, &["locale", "limit", "cursor"])?;
    let Wanted { locales: mut wanted, is_negotiated } = Wanted::of(&parts, &parameters)?;
    let limit = parameters.limit()?;
    let page = parameters.cursor(position)?.map_or(ListPage::First, ListPage::After);
    wanted.truncate(MOST_WANTED);
    let resource = Resource::Incidents { wanted: wanted.clone(), is_negotiated, limit, page: page.clone() };
    let make = async move {
        let listing = app.reader.list(&wanted, limit, page, app.clock.now()).await;
        let listing = listing.map_err(|error| ProblemDocument::from(error).into_response())?;
        let answer = answer(&app, &listing, limit, wanted.first()).map_err(ProblemDocument::into_response)?;
        Ok(Answer { negotiated: is_negotiated, ..answer })
    };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

fn answer(app: &App, listing: &Listing, limit: u32, requested: Option<&Locale>) -> Result<Answer, ProblemDocument> {
    let list = app.reader.addresses.path("/v1/incidents");
    let next = listing.next.as_ref().map(cursor);
    let links = next.iter().map(|cursor| {
        let locale = requested.map(|locale| format!("&locale={locale}")).unwrap_or_default();
        format!("<{list}?limit={limit}&cursor={cursor}{locale}>; rel=\"next\"")
    });
    let links = links.collect();
    let document = json!({ "incidents": listing.items, "requested_locale": requested, "next_cursor": next });
    let awaiting = listing.items.iter().any(|item| item.awaiting);
    // A list of several languages is in none.
    let mut languages = listing.items.iter().map(|item| &item.locale);
    let first = languages.next().unwrap_or(&listing.locale);
    let language = languages.all(|language| language == first).then(|| first.clone());
    Ok(Answer { language, links, ..Answer::json(&document, Freshness::of(None, awaiting))? })
}

/// Where a page begins, as an opaque text.
pub(in crate::web) fn cursor((published_at, id): &ListPosition) -> String {
    URL_SAFE_NO_PAD.encode(format!("{published_at} {id}"))
}

/// `None` where the text was not made by [`cursor`].
pub(in crate::web) fn position(cursor: &str) -> Option<ListPosition> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (published_at, id) = text.split_once(' ')?;
    Some((published_at.parse().ok()?, id.parse().ok()?))
}
