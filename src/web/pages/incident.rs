//! `/{locale}/incidents/{id}`: one report, its disclaimer before everything else.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;

use super::addresses::{moved, nearest_edition};
use super::list::links;
use super::message::Failure;
use super::wide::focusable;
use super::{Frame, Named, locale_of, missing, page, words};
use crate::reader::{Kind, Offered, Opened, Reading, View};
use crate::web::App;
use crate::web::answer::{Answer, Freshness};
use crate::web::cache::{Cache, Locales, Resource};
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;

#[derive(Template)]
#[template(path = "incident.html", config = "src/web/pages/askama.toml")]
struct Incident {
    frame: Frame,
    view: View,
    body: String,
    words: Words,
    published: String,
    updated: String,
    is_source: bool,
}

/// The page's own words.
struct Words {
    status: String,
    impact: String,
    components: String,
    published: String,
    updated: String,
    official: String,
    back: String,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Named((written, id)): Named<(String, String)>,
    request: Request,
) -> Result<Response<Body>, Response<Body>> {
    let (parts, _) = request.into_parts();
    let Some(locale) = locale_of(&written) else { return Err(missing(&app, &parts)) };
    let Ok(id) = id.parse::<IncidentId>() else {
        return Err(Failure::new(&app, StatusCode::NOT_FOUND, &locale).into_response());
    };
    let address = |locale: &Locale| app.reader.addresses.page(&id, locale);
    let published = app.reader.published();
    let outline = if published.contains(&locale) {
        None
    } else {
        let language = app.reader.best_published(std::slice::from_ref(&locale));
        let outline = cache.outline(&id, open(Arc::clone(&app), id.clone(), language)).await?;
        let Locales { readable, wanted } = &*outline.locales;
        let offered: Vec<Locale> = readable.iter().chain(wanted).chain(&published).cloned().collect();
        if let Some(response) = nearest_edition(&offered, &locale, address) {
            return Ok(response);
        }
        Some(outline)
    };
    if written != locale.as_str() {
        return Ok(moved(&address(&locale)));
    }
    let resource = Resource::Page { id: id.clone(), locale: locale.clone() };
    let make = async move {
        let open = open(Arc::clone(&app), id, locale.clone());
        let opened = match outline {
            Some(outline) => outline.opened_or(open).await?,
            None => open.await?,
        };
        answer(&app, &locale, &opened).await.map_err(Failure::into_response)
    };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

/// What there is of the incident, or the page that says in this language why there is none.
pub(super) async fn open(app: Arc<App>, id: IncidentId, language: Locale) -> Result<Box<Opened>, Response<Body>> {
    let failure = match app.reader.open(&id, app.clock.now()).await {
        Ok(Reading::Found(opened)) => return Ok(opened),
        Ok(Reading::NotFound) => Failure::new(&app, StatusCode::NOT_FOUND, &language),
        Ok(Reading::Withdrawn) => Failure::new(&app, StatusCode::GONE, &language),
        Err(error) => Failure::of_store(&app, &error, &language),
    };
    Err(failure.into_response())
}

async fn answer(app: &App, locale: &Locale, opened: &Opened) -> Result<Answer, Failure> {
    let view = app.reader.view_of(opened, std::slice::from_ref(locale), app.clock.now()).await;
    let view = view.map_err(|error| Failure::of_store(app, &error, locale))?;
    let language = view.locale.clone();
    let freshness = Freshness::of(view.status.as_ref().map(|status| status.code.as_str()), view.awaiting);
    let location = app.reader.addresses.page(&view.id, &language);
    let template = incident(app, locale, app.reader.offered(opened), view);
    let answer = page(app, &template, language, freshness)?;
    Ok(Answer { location: Some(location), links: links(&template.frame), ..answer })
}

fn incident(app: &App, locale: &Locale, offered: Vec<Offered>, view: View) -> Incident {
    let language = words(app, locale);
    let say = |id: &str| app.publisher.bundles.message(&language, id, &[]);
    let notation = Notation::new(&language, &app.publisher.bundles);
    let path = |locale: &Locale| app.reader.addresses.page(&view.id, locale);
    Incident {
        frame: Frame::new(app, locale, &view.title, offered, path, &view.locale),
        words: Words {
            status: say("label-status"),
            impact: say("label-impact"),
            components: say("label-components"),
            published: say("label-published"),
            updated: say("label-updated"),
            official: say("official-version"),
            back: say("back-to-list"),
        },
        published: notation.instant(view.times.published_at),
        updated: notation.instant(view.times.updated_at),
        body: focusable(&view.body.html, &say("label-code"), &say("label-table")),
        is_source: view.translation.kind == Kind::Source,
        view,
    }
}
