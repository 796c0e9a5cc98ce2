use std::sync::atomic::AtomicUsize;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use tokio::sync::broadcast::{self, Sender};
use tokio::sync::oneshot;

use super::*;
use polypost_core::clock::Fixed;
use polypost_store::Change;

struct House {
    shelf: Arc<Shelf<u32, Arc<str>>>,
    present: Arc<Present>,
    changes: Sender<Change>,
    clock: Arc<Fixed>,
    made: Arc<AtomicUsize>,
}

impl House {
    fn new(bytes: u64) -> Self {
        let (changes, receiver) = broadcast::channel(16);
        let clock = Arc::new(Fixed::at("2026-11-22T03:00:00Z".parse().unwrap()));
        let present = Present::new(Tidings::new(receiver), Arc::clone(&clock) as Arc<dyn Clock>);
        let shelf = Arc::new(Shelf::new(bytes, |_, text: &Arc<str>| text.len()));
        Self { shelf, present: Arc::new(present), changes, clock, made: Arc::default() }
    }

    /// Counts what is made.
    fn making(&self, made: Made<Arc<str>>) -> impl Future<Output = Made<Arc<str>>> + Send + 'static {
        let count = Arc::clone(&self.made);
        async move {
            tokio::task::yield_now().await;
            count.fetch_add(1, Ordering::Relaxed);
            made
        }
    }

    async fn ask(&self, key: u32, made: Made<Arc<str>>) -> Result<Given<Arc<str>>, Arc<Refusal>> {
        self.shelf.get(key, Topic::Lists, &self.present, self.making(made)).await
    }

    /// The text that comes, where making would yield another.
    async fn text(&self, key: u32, made: &str) -> String {
        self.ask(key, Ok(good(made))).await.unwrap().value.to_string()
    }

    fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
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

async fn bad(status: StatusCode) -> Made<Arc<str>> {
    let mut response = Response::new(Body::from("no"));
    *response.status_mut() = status;
    Err(Refusal::of(response).await)
}

#[tokio::test]
async fn what_is_kept_is_given_until_something_moves_or_its_time_is_over() {
    let house = House::new(1000);
    assert_eq!(house.text(1, "a").await, "a");
    assert_eq!(house.text(1, "b").await, "a");
    assert!(house.shelf.find(&1, &house.present).is_some());
    house.change();
    assert!(house.shelf.find(&1, &house.present).is_none());
    assert_eq!(house.text(1, "c").await, "c");
    house.advance(59);
    assert_eq!(house.text(1, "d").await, "c");
    house.advance(1);
    assert_eq!(house.text(1, "e").await, "e");
    house.advance(-3600);
    assert_eq!(house.text(1, "f").await, "f", "a clock that was set back keeps nothing alive");
    assert_eq!(house.made(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_who_ask_at_once_have_it_made_once() {
    let house = Arc::new(House::new(1000));
    let asking: Vec<_> = (0..1000)
        .map(|_| {
            let house = Arc::clone(&house);
            tokio::spawn(async move { house.text(1, "a").await })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), "a");
    }
    assert_eq!(house.made(), 1);
    assert!(house.shelf.makings().is_empty());
}

#[tokio::test]
async fn what_was_begun_before_a_change_is_neither_kept_nor_shared_after_it() {
    let house = House::new(1000);
    let (go, gone) = oneshot::channel::<()>();
    let slow = {
        let (shelf, present) = (Arc::clone(&house.shelf), Arc::clone(&house.present));
        tokio::spawn(async move {
            let make = async move {
                gone.await.unwrap();
                Ok(good("before"))
            };
            shelf.get(1, Topic::Lists, &present, make).await.unwrap().value
        })
    };
    tokio::task::yield_now().await;
    house.change();
    assert_eq!(house.text(1, "after").await, "after");
    go.send(()).unwrap();
    assert_eq!(&*slow.await.unwrap(), "before", "whoever asked before may be answered so");
    assert_eq!(house.text(1, "x").await, "after");
}

#[tokio::test]
async fn whoever_leaves_does_not_take_the_making_along() {
    let house = House::new(1000);
    let (go, gone) = oneshot::channel::<()>();
    let make = async move {
        gone.await.unwrap();
        Ok(good("a"))
    };
    let (shelf, present) = (Arc::clone(&house.shelf), Arc::clone(&house.present));
    let leaver = tokio::spawn(async move { shelf.get(1, Topic::Lists, &present, make).await.map(|given| given.value) });
    tokio::task::yield_now().await;
    leaver.abort();
    assert!(leaver.await.unwrap_err().is_cancelled());
    let follower = house.text(1, "b");
    go.send(()).unwrap();
    assert_eq!(follower.await, "a");
}

#[tokio::test]
async fn a_making_that_panics_is_a_failure_and_not_the_end() {
    let house = House::new(1000);
    let make = async { panic!("on purpose") };
    let refusal = house.shelf.get(1, Topic::Lists, &house.present, make).await.unwrap_err();
    assert!(refusal.is_failure());
    assert_eq!(house.text(1, "a").await, "a");
}

#[tokio::test]
async fn while_the_store_fails_the_last_good_answer_is_given() {
    let house = House::new(1000);
    assert_eq!(house.text(1, "a").await, "a");
    house.change();
    let given = house.ask(1, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.unwrap();
    assert_eq!((&*given.value, given.is_stale), ("a", true));
    // For a moment nobody else has to find out.
    let made = house.made();
    assert!(house.ask(1, Ok(good("b"))).await.unwrap().is_stale);
    assert_eq!(house.made(), made);
    assert!(house.ask(2, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.is_err(), "there is no older one");
    house.advance(2);
    assert_eq!(house.text(1, "c").await, "c");
    house.change();
    house.advance(25 * 3600);
    assert!(house.ask(1, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.is_err(), "a day is too old");
}

#[tokio::test]
async fn refusals_are_not_kept_and_a_final_one_takes_the_text_along() {
    let house = House::new(1000);
    assert!(house.ask(1, bad(StatusCode::NOT_FOUND).await).await.is_err());
    assert_eq!(house.text(1, "a").await, "a");
    house.change();
    assert!(house.ask(1, bad(StatusCode::NOT_FOUND).await).await.unwrap_err().is_final());
    assert!(house.ask(1, bad(StatusCode::SERVICE_UNAVAILABLE).await).await.is_err(), "nothing older is left");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_does_not_come_back_is_not_waited_for_where_there_is_an_older_answer() {
    let house = House::new(1000);
    assert_eq!(house.text(1, "a").await, "a");
    house.change();
    let given = house.shelf.get(1, Topic::Lists, &house.present, std::future::pending()).await.unwrap();
    assert!(given.is_stale);
}

#[tokio::test]
async fn the_shelf_is_bounded_by_bytes() {
    let house = House::new(10_000);
    for key in 0..500 {
        house.text(key, &"x".repeat(1000)).await;
    }
    assert!(house.shelf.bytes() <= 10_000, "{}", house.shelf.bytes());
    assert!(house.shelf.bytes() > 5_000);
}
