use std::sync::atomic::AtomicUsize;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use tokio::sync::broadcast::{self, Sender};
use tokio::sync::oneshot;

use super::super::invalidations::Invalidations;
use super::*;
use polypost_core::clock::Clock;
use polypost_core::clock::Fixed;
use polypost_store::Change;

struct Fixture {
    cache: Arc<SingleFlightCache<u32, Arc<str>>>,
    context: Arc<ValidityContext>,
    changes: Sender<Change>,
    clock: Arc<Fixed>,
    loads: Arc<AtomicUsize>,
}

impl Fixture {
    fn new(bytes: u64) -> Self {
        let (changes, receiver) = broadcast::channel(16);
        let clock = Arc::new(Fixed::at("2026-11-22T03:00:00Z".parse().unwrap()));
        let context = ValidityContext::new(Invalidations::new(receiver), Arc::clone(&clock) as Arc<dyn Clock>);
        let cache = Arc::new(SingleFlightCache::new(bytes, |_, text: &Arc<str>| text.len()));
        Self { cache, context: Arc::new(context), changes, clock, loads: Arc::default() }
    }

    /// Counts the loads.
    fn counted(&self, loaded: Loaded<Arc<str>>) -> impl Future<Output = Loaded<Arc<str>>> + Send + 'static {
        let count = Arc::clone(&self.loads);
        async move {
            tokio::task::yield_now().await;
            count.fetch_add(1, Ordering::Relaxed);
            loaded
        }
    }

    async fn get(&self, key: u32, loaded: Loaded<Arc<str>>) -> Result<Cached<Arc<str>>, Arc<ErrorResponse>> {
        self.cache.get(key, Topic::Lists, &self.context, self.counted(loaded)).await
    }

    /// The text that comes, where a load would return `loaded`.
    async fn text(&self, key: u32, loaded: &str) -> String {
        self.get(key, Ok(good(loaded))).await.unwrap().value.to_string()
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::Relaxed)
    }

    fn change(&self) {
        self.changes.send(Change { incident: None, work: false }).unwrap();
    }

    fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }
}

fn good(text: &str) -> (Arc<str>, SignedDuration) {
    (Arc::from(text), SignedDuration::from_secs(60))
}

async fn bad(status: StatusCode) -> Loaded<Arc<str>> {
    let mut response = Response::new(Body::from("no"));
    *response.status_mut() = status;
    Err(ErrorResponse::of(response).await)
}

#[tokio::test]
async fn a_value_is_kept_until_a_change_or_its_expiry() {
    let fixture = Fixture::new(1000);
    assert_eq!(fixture.text(1, "a").await, "a");
    assert_eq!(fixture.text(1, "b").await, "a");
    assert!(fixture.cache.find(&1, &fixture.context).is_some());
    fixture.change();
    assert!(fixture.cache.find(&1, &fixture.context).is_none());
    assert_eq!(fixture.text(1, "c").await, "c");
    fixture.advance(59);
    assert_eq!(fixture.text(1, "d").await, "c");
    fixture.advance(1);
    assert_eq!(fixture.text(1, "e").await, "e");
    fixture.advance(-3600);
    assert_eq!(fixture.text(1, "f").await, "f", "a clock that was set back keeps nothing alive");
    assert_eq!(fixture.loads(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_requests_at_once_load_once() {
    let fixture = Arc::new(Fixture::new(1000));
    let asking: Vec<_> = (0..1000)
        .map(|_| {
            let fixture = Arc::clone(&fixture);
            tokio::spawn(async move { fixture.text(1, "a").await })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), "a");
    }
    assert_eq!(fixture.loads(), 1);
    assert!(fixture.cache.in_flight().is_empty());
}

#[tokio::test]
async fn a_load_from_before_a_change_is_neither_kept_nor_shared_after_it() {
    let fixture = Fixture::new(1000);
    let (go, gone) = oneshot::channel::<()>();
    let slow = {
        let (cache, context) = (Arc::clone(&fixture.cache), Arc::clone(&fixture.context));
        tokio::spawn(async move {
            let load = async move {
                gone.await.unwrap();
                Ok(good("before"))
            };
            cache.get(1, Topic::Lists, &context, load).await.unwrap().value
        })
    };
    tokio::task::yield_now().await;
    fixture.change();
    assert_eq!(fixture.text(1, "after").await, "after");
    go.send(()).unwrap();
    assert_eq!(&*slow.await.unwrap(), "before", "whoever asked before may be answered so");
    assert_eq!(fixture.text(1, "x").await, "after");
}

#[tokio::test]
async fn a_cancelled_request_does_not_cancel_the_load() {
    let fixture = Fixture::new(1000);
    let (go, gone) = oneshot::channel::<()>();
    let load = async move {
        gone.await.unwrap();
        Ok(good("a"))
    };
    let (cache, context) = (Arc::clone(&fixture.cache), Arc::clone(&fixture.context));
    let leaver =
        tokio::spawn(async move { cache.get(1, Topic::Lists, &context, load).await.map(|cached| cached.value) });
    tokio::task::yield_now().await;
    leaver.abort();
    assert!(leaver.await.unwrap_err().is_cancelled());
    let follower = fixture.text(1, "b");
    go.send(()).unwrap();
    assert_eq!(follower.await, "a");
}

#[tokio::test]
async fn a_load_that_panics_is_a_server_error_and_the_next_one_works() {
    let fixture = Fixture::new(1000);
    let load = async { panic!("on purpose") };
    let response = fixture.cache.get(1, Topic::Lists, &fixture.context, load).await.unwrap_err();
    assert!(response.is_server_error());
    assert_eq!(fixture.text(1, "a").await, "a");
}

#[tokio::test]
async fn while_the_store_fails_the_last_good_value_is_returned_as_stale() {
    let fixture = Fixture::new(1000);
    assert_eq!(fixture.text(1, "a").await, "a");
    fixture.change();
    let cached = fixture.get(1, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.unwrap();
    assert_eq!((&*cached.value, cached.is_stale), ("a", true));
    // For a moment nobody else has to find out.
    let loads = fixture.loads();
    assert!(fixture.get(1, Ok(good("b"))).await.unwrap().is_stale);
    assert_eq!(fixture.loads(), loads);
    assert!(fixture.get(2, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.is_err(), "there is no older one");
    fixture.advance(2);
    assert_eq!(fixture.text(1, "c").await, "c");
    fixture.change();
    fixture.advance(25 * 3600);
    assert!(fixture.get(1, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.is_err(), "a day is too old");
}

#[tokio::test]
async fn error_responses_are_not_kept_and_not_found_removes_the_value() {
    let fixture = Fixture::new(1000);
    assert!(fixture.get(1, bad(StatusCode::NOT_FOUND).await).await.is_err());
    assert_eq!(fixture.text(1, "a").await, "a");
    fixture.change();
    assert!(fixture.get(1, bad(StatusCode::NOT_FOUND).await).await.unwrap_err().is_not_found_or_gone());
    assert!(fixture.get(1, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.is_err(), "nothing older is left");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_is_not_waited_for_where_there_is_an_older_value() {
    let fixture = Fixture::new(1000);
    assert_eq!(fixture.text(1, "a").await, "a");
    fixture.change();
    let cached = fixture.cache.get(1, Topic::Lists, &fixture.context, std::future::pending()).await.unwrap();
    assert!(cached.is_stale);
}

#[tokio::test]
async fn the_cache_is_bounded_by_bytes() {
    let fixture = Fixture::new(10_000);
    for key in 0..500 {
        fixture.text(key, &"x".repeat(1000)).await;
    }
    assert!(fixture.cache.bytes() <= 10_000, "{}", fixture.cache.bytes());
    assert!(fixture.cache.bytes() > 5_000);
}
