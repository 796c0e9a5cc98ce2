//! Pages that say why there is no incident to show.

use askama::Template;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;

use super::frame::Frame;
use super::{naming_publisher, words};
use crate::web::App;
use crate::web::problem_document::{retry_after, status_of};
use polypost_core::document::escape;
use polypost_core::locale::Locale;

#[derive(Template)]
#[template(path = "message.html", config = "src/web/pages/askama.toml")]
struct Message {
    frame: Frame,
    heading: String,
    text: String,
    back: String,
}

/// The page of an error, rendered.
pub(in crate::web) struct ErrorPage {
    status: StatusCode,
    language: Locale,
    body: String,
}

impl ErrorPage {
    pub(super) fn new(app: &App, status: StatusCode, locale: &Locale) -> Self {
        let message = match status {
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::GONE => "gone",
            StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED => "bad-request",
            _ => "error",
        };
        let language = words(app, locale);
        let say = |id: &str| app.publisher.bundles.message(&language, id, &[]);
        let text = match status {
            StatusCode::GONE => naming_publisher(app, &language, "gone-text"),
            _ => say(&format!("{message}-text")),
        };
        let heading = say(&format!("{message}-heading"));
        let page = Message {
            frame: Frame::new(app, locale, &heading, Vec::new(), |_| String::new(), &language),
            text,
            back: say("back-to-list"),
            heading,
        };
        let body = page.render().unwrap_or_else(|error| {
            tracing::error!(%error, "rendering an error page failed");
            heading_only(&page.heading)
        });
        Self { status, language, body }
    }

    /// As [`ErrorPage::new`], for a store that did not answer.
    pub(super) fn of_store(app: &App, error: &polypost_store::StoreError, locale: &Locale) -> Self {
        tracing::error!(error = error as &dyn std::error::Error, "the store failed a page");
        Self::new(app, status_of(error), locale)
    }
}

/// What is left of a page that cannot be rendered.
fn heading_only(heading: &str) -> String {
    format!("<!DOCTYPE html><title>{0}</title><h1>{0}</h1>", escape::html(heading))
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after(self.status) {
            headers.insert(RETRY_AFTER, seconds);
        }
        if let Ok(language) = HeaderValue::from_str(self.language.as_str()) {
            headers.insert(CONTENT_LANGUAGE, language);
        }
        response
    }
}
