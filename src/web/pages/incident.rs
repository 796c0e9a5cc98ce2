//! `/{locale}/incidents/{id}`: one report, its disclaimer before everything else.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;

use super::list::links;
use super::message::Failure;
use super::{Frame, locale_of, page, words};
use crate::id::IncidentId;
use crate::locale::Locale;
use crate::reader::{Kind, Reading, View};
use crate::render::notation::Notation;
use crate::web::App;
use crate::web::answer::{Answer, Freshness};
use crate::web::cache::{Cache, Resource};

#[derive(Template)]
#[template(path = "incident.html", config = "src/web/pages/askama.toml")]
struct Incident {
    frame: Frame,
    view: View,
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
    Path((locale, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Response<Body>> {
    let missing = |locale| Failure::new(&app, StatusCode::NOT_FOUND, locale).into_response();
    let Some(locale) = locale_of(&locale) else { return Err(missing(&app.reader.source_locale)) };
    let Ok(id) = id.parse::<IncidentId>() else { return Err(missing(&locale)) };
    let resource = Resource::Page { id: id.clone(), locale: locale.clone() };
    let make = async move { answer(&app, &locale, &id).await.map_err(Failure::into_response) };
    Ok(cache.answer(resource, &headers, make).await)
}

async fn answer(app: &App, locale: &Locale, id: &IncidentId) -> Result<Answer, Failure> {
    let reading = app.reader.read(id, std::slice::from_ref(locale), app.clock.now()).await;
    let view = match reading.map_err(|error| Failure::of_store(app, &error, locale))? {
        Reading::NotFound => return Err(Failure::new(app, StatusCode::NOT_FOUND, locale)),
        Reading::Withdrawn => return Err(Failure::new(app, StatusCode::GONE, locale)),
        Reading::Found(view) => *view,
    };
    let language = view.locale.clone();
    let freshness = Freshness::of(view.status.as_ref().map(|status| status.code.as_str()), view.awaiting);
    let location = app.reader.addresses.page(id, &language);
    let template = incident(app, locale, view);
    let answer = page(app, &template, language, freshness)?;
    Ok(Answer { location: Some(location), links: links(&template.frame), ..answer })
}

fn incident(app: &App, locale: &Locale, view: View) -> Incident {
    let language = words(app, locale);
    let say = |id: &str| app.publisher.bundles.message(&language, id, &[]);
    let notation = Notation::new(&language, &app.publisher.bundles);
    let languages = view.locales().into_iter().map(|locale| {
        let path = app.reader.addresses.page(&view.id, &locale);
        (locale, path)
    });
    Incident {
        frame: Frame::new(app, locale, &view.title, languages.collect(), &view.locale),
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
        is_source: view.translation.kind == Kind::Source,
        view,
    }
}
