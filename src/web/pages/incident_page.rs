//! `/{locale}/incidents/{id}`: one incident, the disclaimer before its text.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;

use super::frame::Frame;
use super::message_page::ErrorPage;
use super::redirects::{moved, nearest_edition};
use super::scrollable::focusable;
use super::{PathParameters, locale_of, missing, page, words};
use crate::reader::{Authorship, LoadedIncident, Offered, ReadOutcome, View};
use crate::web::App;
use crate::web::answer::Answer;
use crate::web::cache::{Cache, Locales, Resource};
use crate::web::freshness::Freshness;
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
    PathParameters((written, id)): PathParameters<(String, String)>,
    request: Request,
) -> Result<Response<Body>, Response<Body>> {
    let (parts, _) = request.into_parts();
    let Some(locale) = locale_of(&written) else { return Err(missing(&app, &parts)) };
    let Ok(id) = id.parse::<IncidentId>() else {
        return Err(ErrorPage::new(&app, StatusCode::NOT_FOUND, &locale).into_response());
    };
    let address = |locale: &Locale| app.reader.addresses.page(&id, locale);
    let published = app.reader.published();
    let outline = if published.contains(&locale) {
        None
    } else {
        let language = app.reader.best_published(std::slice::from_ref(&locale));
        let outline = cache.outline(&id, load(Arc::clone(&app), id.clone(), language)).await?;
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
        let load = load(Arc::clone(&app), id, locale.clone());
        let incident = match outline {
            Some(outline) => outline.incident_or(load).await?,
            None => load.await?,
        };
        answer(&app, &locale, &incident).await.map_err(ErrorPage::into_response)
    };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

/// What there is of the incident, or the page that says in this language why there is none.
pub(super) async fn load(
    app: Arc<App>,
    id: IncidentId,
    language: Locale,
) -> Result<Box<LoadedIncident>, Response<Body>> {
    let failure = match app.reader.open(&id, std::slice::from_ref(&language), app.clock.now()).await {
        Ok(ReadOutcome::Found(incident)) => return Ok(incident),
        Ok(ReadOutcome::NotFound) => ErrorPage::new(&app, StatusCode::NOT_FOUND, &language),
        Ok(ReadOutcome::Withdrawn) => ErrorPage::new(&app, StatusCode::GONE, &language),
        Err(error) => ErrorPage::of_store(&app, &error, &language),
    };
    Err(failure.into_response())
}

async fn answer(app: &App, locale: &Locale, loaded: &LoadedIncident) -> Result<Answer, ErrorPage> {
    let view = app.reader.view_of(loaded, std::slice::from_ref(locale), app.clock.now()).await;
    let view = view.map_err(|error| ErrorPage::of_store(app, &error, locale))?;
    let language = view.locale.clone();
    let freshness = Freshness::of(view.status.as_ref().map(|status| status.code.as_str()), view.awaiting);
    let location = app.reader.addresses.page(&view.id, &language);
    let template = incident(app, locale, app.reader.offered(loaded), view);
    let answer = page(app, &template, language, freshness)?;
    Ok(Answer { location: Some(location), links: template.frame.links(), ..answer })
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
        is_source: view.translation.kind == Authorship::Source,
        view,
    }
}
