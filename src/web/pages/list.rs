//! `/{locale}/`: the list of incidents, newest first.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::message::Failure;
use super::{Frame, locale_of, page, words};
use crate::locale::Locale;
use crate::reader::Item;
use crate::render::notation::Notation;
use crate::web::App;
use crate::web::answer::{Answer, Freshness, alternates};
use crate::web::api::incidents::{cursor, position};
use crate::web::cache::{Cache, Position, Resource};

/// Incidents on one page.
const LENGTH: u32 = 20;

#[derive(Template)]
#[template(path = "list.html", config = "src/web/pages/askama.toml")]
struct List {
    frame: Frame,
    heading: String,
    none: String,
    rows: Vec<Row>,
    updated: String,
    pages: String,
    next: Option<(String, String)>,
}

struct Row {
    item: Item,
    path: String,
    updated: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Page {
    cursor: Option<String>,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Path(locale): Path<String>,
    query: Result<Query<Page>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response<Body>, Response<Body>> {
    let failed = |failure: Failure| failure.into_response();
    let source = &app.reader.source_locale;
    let Some(locale) = locale_of(&locale) else {
        return Err(failed(Failure::new(&app, StatusCode::NOT_FOUND, source)));
    };
    let bad = || failed(Failure::new(&app, StatusCode::BAD_REQUEST, &locale));
    let Query(query) = query.map_err(|_| bad())?;
    let cursor = query.cursor.filter(|cursor| !cursor.is_empty());
    let after = match cursor.as_deref().map(position) {
        Some(None) => return Err(bad()),
        position => position.flatten(),
    };
    let resource = Resource::ListPage { locale: locale.clone(), after: after.clone() };
    let make = async move { answer(&app, &locale, after).await.map_err(Failure::into_response) };
    Ok(cache.answer(resource, &headers, make).await)
}

async fn answer(app: &App, locale: &Locale, after: Position) -> Result<Answer, Failure> {
    let listing = app.reader.list(std::slice::from_ref(locale), LENGTH, after, app.clock.now()).await;
    let listing = listing.map_err(|error| Failure::of_store(app, &error, locale))?;
    let awaiting = listing.items.iter().any(|item| item.awaiting);
    let template = list(app, locale, listing);
    let answer = page(app, &template, words(app, locale), Freshness::of(None, awaiting))?;
    Ok(Answer { links: links(&template.frame), ..answer })
}

/// `Link` headers for the page in every language.
pub(super) fn links(frame: &Frame) -> Vec<String> {
    let others = frame.languages.iter().map(|language| (language.url.clone(), language.locale.clone()));
    frame.default.as_ref().map(|default| alternates(others, default)).unwrap_or_default()
}

fn list(app: &App, locale: &Locale, listing: crate::reader::Listing) -> List {
    let addresses = &app.reader.addresses;
    let language = words(app, locale);
    let say = |id: &str| app.publisher.bundles.message(&language, id, &[]);
    let notation = Notation::new(&language, &app.publisher.bundles);
    let languages = app.reader.published().into_iter().map(|locale| (locale.clone(), addresses.list_page(&locale)));
    let heading = say("incidents-heading");
    let next = listing
        .next
        .as_ref()
        .map(|next| (format!("{}?cursor={}", addresses.list_page(locale), cursor(next)), say("page-next")));
    let rows = listing.items.into_iter().map(|item| Row {
        path: addresses.page(&item.id, locale),
        updated: notation.instant(item.times.updated_at),
        item,
    });
    List {
        frame: Frame::new(app, locale, "", languages.collect(), &listing.locale),
        rows: rows.collect(),
        none: say("incidents-none"),
        updated: say("label-updated"),
        pages: say("pages-label"),
        heading,
        next,
    }
}
