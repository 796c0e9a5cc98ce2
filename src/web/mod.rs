//! HTTP: requests come in, answers go out. Publishers publish, readers read. Reading goes to the store and never waits
//! for an engine; nothing that a request says about its own address is believed, and no report text is logged.

mod admission;
mod answer;
mod api;
mod authority;
mod cache;
mod connection;
mod entity_tags;
mod finished;
mod front;
mod health;
mod layers;
mod metrics;
mod negotiation;
mod pages;
mod problem;
mod query;
mod reception;
pub mod signature;

pub(crate) use authority::is_loopback_name;
pub use problem::Problem;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{delete, get, post};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::admission::Admission;
use self::authority::Authority;
use self::cache::Cache;
use self::front::Front;
use self::pages::addresses;
use crate::config;
use crate::publish::Publisher;
use crate::reader::Reader;
use polypost_core::clock::Clock;
use polypost_core::locale::Locale;
use polypost_store::Store;

/// A few scrapers and probes at once.
const METRICS_CONNECTIONS: usize = 64;

/// Everything that the handlers need.
pub struct App {
    pub store: Arc<dyn Store>,
    pub reader: Reader,
    pub publisher: Publisher,
    pub clock: Arc<dyn Clock>,
    pub source_locale: Locale,
    pub server: config::ServerSettings,
    pub publish: config::PublishSettings,
    /// Prices and budgets; no engine is ever asked from here.
    pub engines: config::EngineSettings,
}

impl std::fmt::Debug for App {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("App").field("server", &self.server).finish_non_exhaustive()
    }
}

/// What handlers take out of the router's state.
#[derive(Clone, FromRef)]
struct Desk {
    app: Arc<App>,
    cache: Arc<Cache>,
    admission: Arc<Admission>,
    authority: Arc<Authority>,
    leaving: CancellationToken,
}

/// Every route with everything around it, kept answers in front.
pub fn router(app: Arc<App>) -> Router {
    Router::new().fallback_service(front(app, CancellationToken::new()))
}

fn front(app: Arc<App>, leaving: CancellationToken) -> Front {
    let cache = Arc::new(Cache::new(&app));
    let admission = Arc::new(Admission::new(&app.server, &app.publish));
    let authority = Arc::new(Authority::new(&app));
    Front::new(Arc::clone(&cache), routes(Desk { app, cache, admission, authority, leaving }))
}

fn routes(desk: Desk) -> Router {
    let app = &desk.app;
    let body_limit = app.server.body_limit_bytes;
    let timeout = Duration::from_secs(app.server.request_timeout_seconds.max(1));
    let routes = Router::new()
        .route("/v1/incidents", post(api::publish::publish).get(api::incidents::list))
        .route("/v1/incidents/{id}", get(api::incident::read).merge(delete(api::withdraw::withdraw)))
        .route("/v1/incidents/{id}/retranslate", post(api::retranslate::retranslate))
        .route("/v1/incidents/{id}/translations", get(api::translations::list))
        .route("/v1/incidents/{id}/versions", get(api::versions::list))
        .route("/v1/locales", get(api::locales::list))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::show))
        .merge(page_routes())
        .fallback(addresses::nothing_here)
        .method_not_allowed_fallback(addresses::other_method)
        .with_state(desk);
    layers::around(routes, body_limit, timeout)
}

/// Pages, what they are made of, and other spellings of their addresses.
fn page_routes() -> Router<Desk> {
    Router::new()
        .route("/{locale}/", get(pages::list::show))
        .route("/{locale}/incidents/{id}", get(pages::incident::show))
        .route("/", get(addresses::home))
        .route("/incidents", get(addresses::home))
        .route("/incidents/", get(addresses::home))
        .route("/incidents/{id}", get(addresses::incident))
        .route("/incidents/{id}/", get(addresses::incident))
        .route("/{locale}", get(addresses::list))
        .route("/{locale}/incidents", get(addresses::list))
        .route("/{locale}/incidents/", get(addresses::list))
        .route("/{locale}/incidents/{id}/", get(addresses::incident_page))
        .route("/assets/style.css", get(addresses::style))
        .route("/assets/icon.svg", get(addresses::icon))
        .route("/favicon.ico", get(addresses::old_icon))
        .route("/robots.txt", get(addresses::robots))
}

/// What the handlers of [`serve_metrics`] take out of their router's state.
#[derive(Clone, FromRef)]
struct Measured {
    app: Arc<App>,
    leaving: CancellationToken,
}

/// Metrics and health, without a token.
fn metrics_front(app: Arc<App>, leaving: CancellationToken) -> Front {
    let timeout = Duration::from_secs(app.server.request_timeout_seconds.max(1));
    let routes = Router::new()
        .route("/metrics", get(metrics::show_to_all))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .with_state(Measured { app, leaving });
    Front::new(Arc::new(Cache::none()), layers::around(routes, 0, timeout))
}

/// Serves metrics and health alone, to whoever reaches the listener, as long as [`serve`] does.
///
/// # Errors
/// As [`serve`].
pub async fn serve_metrics(
    listener: TcpListener,
    app: Arc<App>,
    drain: Duration,
    leaving: CancellationToken,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let limits = config::ServerSettings { connections: METRICS_CONNECTIONS, ..app.server.clone() };
    connection::serve(listener, metrics_front(app, leaving), &limits, drain, &stop).await
}

/// Serves until `stop` is cancelled; then takes no more connections and lets those at work finish, for no longer than
/// `drain`. From when `leaving` is cancelled on, the server says that it is not ready for more.
///
/// # Errors
/// Where the listener is not one that can accept.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    drain: Duration,
    leaving: CancellationToken,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let limits = app.server.clone();
    connection::serve(listener, front(app, leaving), &limits, drain, &stop).await
}
