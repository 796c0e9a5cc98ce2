//! The HTTP server: API, pages, metrics. Reading goes to the store and never waits for an engine; nothing that a
//! request says about its own address is trusted, and no report text is logged.

mod admission;
mod answer;
mod api;
mod authorizer;
mod cache;
mod cache_middleware;
mod connection;
mod encoding;
mod etag;
mod freshness;
mod health;
mod incoming_bodies;
mod layers;
mod metrics;
mod negotiation;
mod pages;
mod prepared_response;
mod problem_document;
mod query;
mod request_head;
mod request_id;
mod security_headers;
pub mod signature;

pub(crate) use authorizer::is_loopback_name;
pub use problem_document::ProblemDocument;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{delete, get, post};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::admission::Admission;
use self::authorizer::Authorizer;
use self::cache::Cache;
use self::cache_middleware::CacheMiddleware;
use self::pages::addresses;
use crate::config;
use crate::publish::Publisher;
use crate::reader::IncidentReader;
use polypost_core::clock::Clock;
use polypost_core::locale::Locale;
use polypost_store::Store;

/// A few scrapers and probes at once.
const METRICS_CONNECTIONS: usize = 64;

/// What the handlers need.
pub struct App {
    pub store: Arc<dyn Store>,
    pub reader: IncidentReader,
    pub publisher: Publisher,
    pub clock: Arc<dyn Clock>,
    pub source_locale: Locale,
    pub server: config::ServerSettings,
    pub publish: config::PublishSettings,
    /// Prices and budgets; no engine is called from here.
    pub engines: config::EngineSettings,
}

impl std::fmt::Debug for App {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("App").field("server", &self.server).finish_non_exhaustive()
    }
}

/// The router's state, of which each handler takes a part.
#[derive(Clone, FromRef)]
struct RouterState {
    app: Arc<App>,
    cache: Arc<Cache>,
    admission: Arc<Admission>,
    authority: Arc<Authorizer>,
    shutdown: CancellationToken,
}

/// All routes with their layers, and the cache in front of them.
pub fn router(app: Arc<App>) -> Router {
    Router::new().fallback_service(cached_routes(app, CancellationToken::new()))
}

fn cached_routes(app: Arc<App>, shutdown: CancellationToken) -> CacheMiddleware {
    let cache = Arc::new(Cache::new(&app));
    let admission = Arc::new(Admission::new(&app.server, &app.publish));
    let authority = Arc::new(Authorizer::new(&app));
    CacheMiddleware::new(Arc::clone(&cache), routes(RouterState { app, cache, admission, authority, shutdown }))
}

fn routes(state: RouterState) -> Router {
    let app = &state.app;
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
        .fallback(addresses::not_found)
        .method_not_allowed_fallback(addresses::method_not_allowed)
        .with_state(state);
    layers::wrap(routes, body_limit, timeout)
}

/// Pages, their style and icons, and other spellings of their addresses.
fn page_routes() -> Router<RouterState> {
    Router::new()
        .route("/{locale}/", get(pages::list_page::show))
        .route("/{locale}/incidents/{id}", get(pages::incident_page::show))
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

/// The state of the router of [`serve_metrics`].
#[derive(Clone, FromRef)]
struct MetricsState {
    app: Arc<App>,
    shutdown: CancellationToken,
}

/// Metrics and health, without a token.
fn metrics_routes(app: Arc<App>, shutdown: CancellationToken) -> CacheMiddleware {
    let timeout = Duration::from_secs(app.server.request_timeout_seconds.max(1));
    let routes = Router::new()
        .route("/metrics", get(metrics::show_to_all))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .with_state(MetricsState { app, shutdown });
    CacheMiddleware::new(Arc::new(Cache::none()), layers::wrap(routes, 0, timeout))
}

/// Serves metrics and health alone, to whoever reaches the listener, as long as [`serve`] does.
///
/// # Errors
/// As [`serve`].
pub async fn serve_metrics(
    listener: TcpListener,
    app: Arc<App>,
    drain: Duration,
    shutdown: CancellationToken,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let limits = config::ServerSettings { connections: METRICS_CONNECTIONS, ..app.server.clone() };
    connection::serve(listener, metrics_routes(app, shutdown), &limits, drain, &stop).await
}

/// Serves until `stop` is cancelled; then takes no more connections and lets those at work finish, for no longer than
/// `drain`. Once `shutdown` is cancelled, `/health/ready` says that the server is not ready for more.
///
/// # Errors
/// Where the listener is not one that can accept.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    drain: Duration,
    shutdown: CancellationToken,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let limits = app.server.clone();
    connection::serve(listener, cached_routes(app, shutdown), &limits, drain, &stop).await
}
