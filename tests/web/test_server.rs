//! A server for one test: a store in a temporary directory, a clock that stands still, the router.

use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use polypost::config::Config;
use polypost::publish::Publisher;
use polypost::reader::IncidentReader;
use polypost::web::{self, App};
use polypost_core::check::Origin;
use polypost_core::clock::{Clock, Fixed};
use polypost_core::document::{Format, Report};
use polypost_core::id::Naming;
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::render::{Forms, Rendition, SegmentRecord};
use polypost_store::{ClaimFilter, Completion, Publication, Published, Store, token_hash};
use serde_json::Value;
use sha2::Digest as _;
use tower::ServiceExt;

use polypost_test_service::watch::watch;
use polypost_test_support::StoreLocation;

pub(crate) const NOW: &str = "2026-11-22T03:00:00Z";
/// May publish and operate, unless a test configures otherwise.
pub(crate) const TOKEN: &str = "n7-token-of-the-publisher";
pub(crate) const SIGNING_KEY: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

pub(crate) struct TestServer {
    pub(crate) app: Arc<App>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<Fixed>,
    pub(crate) drain: Duration,
    router: Router,
    pub(crate) location: StoreLocation,
    _directory: tempfile::TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("visible ASCII"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The status, with a problem document that says the same.
    #[track_caller]
    pub(crate) fn problem(&self) -> (u16, Value) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let document = self.json();
        assert_eq!(document["status"], self.status.as_u16());
        assert_eq!(document["type"], "about:blank");
        assert!(document["title"].is_string() && document["detail"].is_string(), "{document}");
        (self.status.as_u16(), document)
    }
}

/// What no line of the log may tell: sentences of reports and their translations, and what opens the door.
fn told(line: &str) -> Option<&'static str> {
    let texts = ["The recordings are back", "Las grabaciones", "Recordings were unavailable", "Calls fail."];
    let keys = [TOKEN, SIGNING_KEY, "Bearer ", "bearer ", "v1,"];
    texts.into_iter().chain(keys).find(|told| line.contains(told))
}

#[test]
fn a_line_that_tells_is_seen() {
    assert_eq!(told(&format!("authorization: Bearer {TOKEN}")), Some(TOKEN));
    assert_eq!(told("incident=calls body=Calls fail."), Some("Calls fail."));
    assert_eq!(told("request finished status=200"), None);
}

impl TestServer {
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(configure: impl FnOnce(&mut Config)) -> Self {
        watch(told);
        let directory = tempfile::tempdir().expect("a directory");
        let mut config: Config = toml::from_str(polypost::config::DEFAULT).expect("the defaults");
        config.organisation.name = String::from("Example");
        config.server.public_url = "https://status.example.com".into();
        config.publish.token_hashes = vec![token_hash(TOKEN)];
        configure(&mut config);
        let location = StoreLocation::new(directory.path());
        let store = polypost_store::open(&location.url, polypost_store::Migrations::Apply).await.expect("a store");
        let bundles = Arc::new(Bundles::built_in().expect("bundles"));
        let clock = Arc::new(Fixed::at(NOW.parse().expect("a time")));
        let app = Arc::new(App {
            reader: IncidentReader::new(Arc::clone(&store), Arc::clone(&bundles), &config),
            store: Arc::clone(&store),
            publisher: Publisher {
                store: Arc::clone(&store),
                bundles,
                glossary: Arc::default(),
                targets: config.locales.targets,
            },
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            source_locale: config.locales.source,
            server: config.server,
            publish: config.publish,
            engines: config.engines,
        });
        let drain = Duration::from_secs(config.worker.drain_seconds);
        Self { router: web::router(Arc::clone(&app)), app, store, clock, drain, location, _directory: directory }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer { status: parts.status, headers: parts.headers, body: body.to_vec() }
    }

    /// Sends a request, and goes without waiting for the answer.
    pub(crate) async fn send_and_go(&self, request: Request<Body>) {
        let mut answer = std::pin::pin!(self.router.clone().oneshot(request));
        std::future::poll_fn(|context| Poll::Ready(answer.as_mut().poll(context).is_ready())).await;
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", path, headers, "", None)).await
    }

    /// With the token, unless the headers bring one.
    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let (bearer, mut headers) = (bearer(), headers.to_vec());
        if headers.iter().all(|(name, _)| *name != "authorization") {
            headers.push(("authorization", &bearer));
        }
        self.send(request("POST", path, &headers, body, None)).await
    }

    /// What operators get.
    pub(crate) async fn get_as_operator(&self, path: &str) -> Answer {
        self.get(path, &[("authorization", &bearer())]).await
    }

    pub(crate) fn deletion(path: &str) -> Request<Body> {
        request("DELETE", path, &[("authorization", &bearer())], "", None)
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Self::deletion(path)).await
    }

    /// Stores a report as publishing would, asking for Spanish and Italian.
    pub(crate) async fn publish(&self, report: &Report) -> Published {
        let source = rendition(&report.title, &report.body, Origin::Source);
        let locales = vec![locale("es"), locale("it")];
        let publication = Publication { report: report.clone(), naming: Naming::Given, source, locales };
        self.store.publish(&publication, self.clock.now()).await.expect("published")
    }

    /// Finishes the translation into one locale as a worker would.
    pub(crate) async fn translate(&self, id: &str, target: &str, rendition: Rendition) {
        let filter = ClaimFilter { incidents: vec![id.parse().expect("an id")], ..ClaimFilter::default() };
        let target = locale(target);
        let mut others = Vec::new();
        loop {
            let lease = SignedDuration::from_secs(60);
            let job = self.store.claim(&filter, lease, self.clock.now()).await.expect("a claim").expect("work");
            if job.locale == target {
                let finished = self.store.finish(&job, &rendition, self.clock.now()).await.expect("finished");
                assert!(matches!(finished, Completion::Stored(_)), "{finished:?}");
                break;
            }
            others.push(job);
        }
        for job in others {
            self.store.release(&job, self.clock.now()).await.expect("released");
        }
    }

    /// A report that is there in Spanish, while Italian is still to come.
    pub(crate) async fn with_spanish(id: &str) -> Self {
        let server = Self::new().await;
        server.publish(&report(id)).await;
        server.translate(id, "es", spanish()).await;
        server
    }

    /// Two versions in Spanish, a minute apart; the older one is [`Self::with_spanish`]'s.
    pub(crate) async fn with_two_versions(id: &str) -> Self {
        let server = Self::with_spanish(id).await;
        server.advance(60);
        let mut revised = report(id);
        revised.title.push('!');
        revised.revised_at = None;
        server.publish(&revised).await;
        server.translate(id, "es", rendition("¡Título!", "Texto.", machine())).await;
        server
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }
}

/// The value of `Authorization` that opens everything.
pub(crate) fn bearer() -> String {
    format!("Bearer {TOKEN}")
}

pub(crate) fn request(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
    peer: Option<&str>,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(peer) = peer {
        request = request.extension(ConnectInfo(peer.parse::<SocketAddr>().expect("an address")));
    }
    request.body(Body::from(body.to_owned())).expect("a request")
}

/// As tokens are configured.
pub(crate) fn hash(token: &str) -> String {
    polypost_core::document::hex(&sha2::Sha256::digest(token.as_bytes()))
}

pub(crate) fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

pub(crate) fn report(id: &str) -> Report {
    Report {
        id: id.parse().expect("an id"),
        url: Some("https://status.example.com/incidents/4711".to_owned()),
        title: "Call recordings unavailable".to_owned(),
        status: Some("resolved".to_owned()),
        impact: Some("major".to_owned()),
        components: vec!["Talk".to_owned()],
        source_locale: locale("en"),
        revised_at: Some(time("2024-07-05T13:52:00Z")),
        published_at: None,
        started_at: None,
        resolved_at: None,
        format: Format::Markdown,
        body: "The recordings are back.".to_owned(),
        updates: Vec::new(),
        locales: Vec::new(),
    }
}

pub(crate) fn machine() -> Origin {
    Origin::Machine { engine: "neural".to_owned(), model: None }
}

pub(crate) fn rendition(title: &str, text: &str, origin: Origin) -> Rendition {
    let segment = SegmentRecord {
        id: "s1".to_owned(),
        place: "body".to_owned(),
        source: "The recordings are back.".to_owned(),
        target: text.to_owned(),
        origin,
        offered: None,
        glossary: None,
        attempts: Vec::new(),
        findings: Vec::new(),
    };
    Rendition {
        title: title.to_owned(),
        body: Forms { html: format!("<p>{text}</p>\n"), markdown: format!("{text}\n"), text: format!("{text}\n") },
        segments: vec![segment],
        findings: Vec::new(),
    }
}

pub(crate) fn spanish() -> Rendition {
    rendition("Grabaciones de llamadas no disponibles", "Las grabaciones han vuelto.", machine())
}
