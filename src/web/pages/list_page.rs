//! `/{locale}/`: the list of incidents, newest first.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::frame::Frame;
use super::message_page::ErrorPage;
use super::redirects::{moved, nearest_edition, query_of};
use super::{PathParameters, locale_of, missing, words};
use crate::reader::{Item, ListPage, ListPosition, Listing, Offered};
use crate::web::App;
use crate::web::answer::Answer;
use crate::web::api::incidents::{cursor, position};
use crate::web::cache::{Cache, Resource};
use crate::web::freshness::Freshness;
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;

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
    previous: Option<PageLink>,
    next: Option<PageLink>,
}

/// A way to another page of the list.
struct PageLink {
    path: String,
    label: String,
}

struct Row {
    item: Item,
    path: String,
    updated: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Parameters {
    cursor: Option<String>,
    before: Option<String>,
}

impl Parameters {
    /// `None` where they were not made here.
    fn page(&self) -> Option<ListPage> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        match (given(&self.cursor), given(&self.before)) {
            (None, None) => Some(ListPage::First),
            (Some(cursor), None) => position(&cursor).map(ListPage::After),
            (None, Some(before)) => position(&before).map(ListPage::Before),
            (Some(_), Some(_)) => None,
        }
    }
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    PathParameters(written): PathParameters<String>,
    query: Result<Query<Parameters>, QueryRejection>,
    request: Request,
) -> Result<Response<Body>, Response<Body>> {
    let (parts, _) = request.into_parts();
    let Some(locale) = locale_of(&written) else { return Err(missing(&app, &parts)) };
    let address = |locale: &Locale| format!("{}{}", app.reader.addresses.list_page(locale), query_of(&parts.uri));
    if let Some(response) = nearest_edition(&app.reader.published(), &locale, address) {
        return Ok(response);
    }
    if written != locale.as_str() {
        return Ok(moved(&address(&locale)));
    }
    let bad = || ErrorPage::new(&app, StatusCode::BAD_REQUEST, &locale).into_response();
    let Query(parameters) = query.map_err(|_| bad())?;
    let Some(page) = parameters.page() else { return Err(bad()) };
    let resource = Resource::ListPage { locale: locale.clone(), page: page.clone() };
    let make = async move { answer(&app, &locale, page).await.map_err(ErrorPage::into_response) };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

async fn answer(app: &App, locale: &Locale, page: ListPage) -> Result<Answer, ErrorPage> {
    let listing = app.reader.list(std::slice::from_ref(locale), LENGTH, page.clone(), app.clock.now()).await;
    let listing = listing.map_err(|error| ErrorPage::of_store(app, &error, locale))?;
    let awaiting = listing.items.iter().any(|item| item.awaiting);
    let template = list(app, locale, &page, listing);
    let answer = super::page(app, &template, words(app, locale), Freshness::of(None, awaiting))?;
    Ok(Answer { links: template.frame.links(), ..answer })
}

/// The query of a page of the list. The one that is the first whatever its address says has none.
fn query(page: &ListPage, listing: &Listing) -> String {
    match page {
        ListPage::After(place) => format!("?cursor={}", cursor(place)),
        ListPage::Before(place) if listing.previous.is_some() => format!("?before={}", cursor(place)),
        ListPage::First | ListPage::Before(_) => String::new(),
    }
}

fn list(app: &App, locale: &Locale, page: &ListPage, listing: Listing) -> List {
    let addresses = &app.reader.addresses;
    let language = words(app, locale);
    let say = |id: &str| app.publisher.bundles.message(&language, id, &[]);
    let notation = Notation::new(&language, &app.publisher.bundles);
    let own_query = query(page, &listing);
    // The same incidents in every language.
    let path = |locale: &Locale| format!("{}{own_query}", addresses.list_page(locale));
    let offered = |locale| Offered { locale, state: polypost_store::State::Current, has_text: true };
    let offered = app.reader.published().into_iter().map(offered).collect();
    let heading = say("incidents-heading");
    let page_link = |name: &str, place: &ListPosition, label: &str| PageLink {
        path: format!("{}?{name}={}", addresses.list_page(locale), cursor(place)),
        label: say(label),
    };
    let previous = listing.previous.as_ref().map(|place| page_link("before", place, "page-previous"));
    let next = listing.next.as_ref().map(|place| page_link("cursor", place, "page-next"));
    let frame = Frame::new(app, locale, "", offered, path, &listing.locale);
    let rows = listing.items.into_iter().map(|item| Row {
        path: addresses.page(&item.id, locale),
        updated: notation.instant(item.times.updated_at),
        item,
    });
    List {
        rows: rows.collect(),
        none: say("incidents-none"),
        updated: say("label-updated"),
        pages: say("pages-label"),
        frame,
        heading,
        previous,
        next,
    }
}
