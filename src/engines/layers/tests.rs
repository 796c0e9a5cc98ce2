mod bookings;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use jiff::civil::Date;
use tokio::time::Instant;

use super::*;
use crate::ErrorKind;
use crate::ledger::{BookingReceipt, Bounds, Exhausted, Ledger, LedgerError};
use polypost_core::locale::Locale;

/// A book in memory, with one bound for everything.
#[derive(Default)]
struct Book {
    booked: Mutex<u64>,
    /// How long it takes to book.
    takes: Duration,
}

fn receipt(booking: Booking<'_>) -> BookingReceipt {
    BookingReceipt {
        engine: booking.engine.to_owned(),
        target: booking.target.clone(),
        units: booking.units,
        day: Date::ZERO,
    }
}

#[async_trait]
impl Ledger for Book {
    async fn book(
        &self,
        booking: Booking<'_>,
        bounds: Bounds,
    ) -> Result<Result<BookingReceipt, Exhausted>, LedgerError> {
        tokio::time::sleep(self.takes).await;
        let mut booked = self.booked.lock().unwrap();
        if bounds.day.is_some_and(|most| *booked + booking.units > most) {
            return Ok(Err(Exhausted::Day));
        }
        *booked += booking.units;
        Ok(Ok(receipt(booking)))
    }

    async fn correct(&self, receipt: &BookingReceipt, billed: u64) -> Result<(), LedgerError> {
        let mut booked = self.booked.lock().unwrap();
        *booked = *booked - receipt.units + billed;
        Ok(())
    }
}

struct Lost;

#[async_trait]
impl Ledger for Lost {
    async fn book(&self, _: Booking<'_>, _: Bounds) -> Result<Result<BookingReceipt, Exhausted>, LedgerError> {
        Err("gone".into())
    }

    async fn correct(&self, _: &BookingReceipt, _: u64) -> Result<(), LedgerError> {
        Err("gone".into())
    }
}

fn contract(change: impl FnOnce(&mut Contract)) -> Contract {
    let file: toml::Table = polypost_settings::DEFAULT.parse().unwrap();
    let mut contract: Contract = file["engines"]["deepl"]["contract"].clone().try_into().unwrap();
    change(&mut contract);
    contract
}

/// Texts and source are none of the door's business.
fn request(target: &Locale) -> EngineRequest<'_> {
    EngineRequest::new(target, target, &[])
}

struct Scene {
    layers: Layers,
    book: Arc<Book>,
    calls: AtomicUsize,
}

impl Scene {
    fn new(change: impl FnOnce(&mut Contract)) -> Self {
        Self::with(Book::default(), change)
    }

    fn with(book: Book, change: impl FnOnce(&mut Contract)) -> Self {
        let book = Arc::new(book);
        let dependencies = EngineDependencies::default().with_ledger(Arc::clone(&book) as Arc<dyn Ledger>);
        Self { layers: Layers::new("deepl", &contract(change), &dependencies), book, calls: AtomicUsize::new(0) }
    }

    /// A call of ten units that ends like this, by its number from 0.
    async fn call(&self, end: impl Fn(usize) -> Result<Option<u64>, EngineError>) -> Result<(), EngineError> {
        let target = "es".parse().unwrap();
        let make = || {
            let end = &end;
            async move {
                let number = self.calls.fetch_add(1, Ordering::Relaxed);
                end(number).map(|units| Billed { answer: (), units })
            }
        };
        self.layers.call(&request(&target), 10, make).await
    }

    /// A call that never ends, given up after a second; whether it was made.
    async fn give_up(&self) -> bool {
        let (target, before) = ("es".parse().unwrap(), self.calls());
        let make = || {
            self.calls.fetch_add(1, Ordering::Relaxed);
            std::future::pending::<Result<Billed<()>, EngineError>>()
        };
        let request = request(&target);
        let call = self.layers.call(&request, 10, make);
        tokio::time::timeout(Duration::from_secs(1), call).await.is_err() && self.calls() > before
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    fn booked(&self) -> u64 {
        *self.book.booked.lock().unwrap()
    }
}

fn error(kind: ErrorKind) -> EngineError {
    EngineError::new("deepl", kind, "it said so")
}

const TRANSIENT: ErrorKind = ErrorKind::Transient { after: None };

#[tokio::test(start_paused = true)]
async fn what_passes_by_is_asked_again_and_billed_once() {
    let scene = Scene::new(|_| {});
    scene.call(|number| if number < 2 { Err(error(TRANSIENT)) } else { Ok(None) }).await.unwrap();
    assert_eq!((scene.calls(), scene.booked()), (3, 10));
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_by_is_not_asked_again() {
    for kind in [
        ErrorKind::Rejected,
        ErrorKind::Quota,
        ErrorKind::Broken,
        ErrorKind::Transient { after: Some(Duration::from_mins(1)) },
    ] {
        let scene = Scene::new(|_| {});
        assert_eq!(scene.call(|_| Err(error(kind))).await.unwrap_err().kind, kind);
        assert_eq!((scene.calls(), scene.booked()), (1, 0), "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_is_down_is_left_alone_and_asked_by_one_call_now_and_then() {
    let scene = Scene::new(|_| {});
    let began = Instant::now();
    let mut paused = 0;
    while began.elapsed() < Duration::from_mins(30) {
        let failure = scene.call(|_| Err(error(TRANSIENT))).await.unwrap_err();
        if failure.call == CallOutcome::Paused {
            paused += 1;
            let after = match failure.kind {
                ErrorKind::Transient { after } => after.unwrap(),
                kind => panic!("{kind:?}"),
            };
            assert!(failure.to_string().contains("it said so"), "{failure}");
            tokio::time::sleep(after.min(Duration::from_millis(500))).await;
        }
    }
    assert!(paused > 3000, "{paused}");
    assert!(scene.calls() < 45, "{} calls in half an hour", scene.calls());
    tokio::time::sleep(Duration::from_mins(1)).await;
    scene.call(|_| Ok(None)).await.expect("the probe");
    scene.call(|_| Ok(None)).await.expect("open again");
}

/// R6: half an hour of failures, then half an hour in which it comes and goes, in each of three ways; a text a second
/// wants it all the while.
#[tokio::test(start_paused = true)]
async fn an_engine_that_comes_and_goes_is_not_asked_more_than_a_tenth_more() {
    let ways: [fn(u64) -> bool; 3] = [
        |number| number.is_multiple_of(2),
        |number| number / 5 % 2 == 0,
        |number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63 == 0,
    ];
    for is_down in ways {
        let scene = Scene::new(|_| {});
        let half_an_hour = async |fails: &dyn Fn(u64) -> bool| {
            let before = scene.calls();
            let began = Instant::now();
            while began.elapsed() < Duration::from_mins(30) {
                let fails = fails(began.elapsed().as_secs());
                let _ = scene.call(|_| if fails { Err(error(TRANSIENT)) } else { Ok(None) }).await;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            scene.calls() - before
        };
        let while_down = half_an_hour(&|_| true).await;
        assert!(while_down < 45, "{while_down} calls while it was down");
        let while_flapping = half_an_hour(&is_down).await;
        // At the least the probes, where each of them comes at a bad moment.
        assert!((25..=1980).contains(&while_flapping), "{while_flapping} calls in 1,800 seconds");
    }
}

#[tokio::test(start_paused = true)]
async fn retries_are_a_tenth_of_the_calls_whatever_fails() {
    let scene = Scene::new(|_| {});
    let mut asked = 0;
    for number in 0..3000 {
        // Three good ones, then one that fails however often it is asked.
        let fails = number % 4 == 3;
        let outcome = scene.call(|_| if fails { Err(error(TRANSIENT)) } else { Ok(None) }).await;
        if outcome.as_ref().is_err_and(|error| error.call == CallOutcome::Paused) {
            tokio::time::sleep(Duration::from_mins(1)).await;
        } else {
            asked += 1;
        }
    }
    assert!(scene.calls() * 100 <= asked * 110, "{} calls for {asked}", scene.calls());
}

#[tokio::test(start_paused = true)]
async fn the_wait_that_an_engine_asks_for_is_kept_for_every_text() {
    let scene = Scene::new(|_| {});
    let wait = Duration::from_mins(2);
    let asked = ErrorKind::Transient { after: Some(wait) };
    scene.call(|_| Err(error(asked))).await.unwrap_err();
    tokio::time::sleep(wait / 2).await;
    let failure = scene.call(|_| Ok(None)).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Transient { after: Some(wait / 2) });
    tokio::time::sleep(wait / 2).await;
    scene.call(|_| Ok(None)).await.unwrap();
    assert_eq!(scene.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_given_up_or_refused_leaves_its_place_to_the_next() {
    let scene = Scene::new(|contract| contract.characters_per_day = 25);
    scene.call(|_| Ok(None)).await.unwrap();
    scene.call(|_| Err(error(ErrorKind::Transient { after: Some(Duration::from_secs(9)) }))).await.unwrap_err();
    tokio::time::sleep(Duration::from_secs(9)).await;
    let target = "es".parse().unwrap();
    let request = request(&target);
    let too_large = scene.layers.call(&request, 100, || async { Ok(Billed { answer: (), units: None }) });
    assert_eq!(too_large.await.unwrap_err().kind, ErrorKind::Quota);
    assert!(scene.give_up().await, "it is the probe");
    *scene.book.booked.lock().unwrap() = 10;
    scene.call(|_| Ok(None)).await.expect("the next probe");
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_failures_is_one_pause() {
    let scene = Scene::new(|contract| contract.concurrency = 8);
    let target = "es".parse().unwrap();
    let request = request(&target);
    let burst = (0..8).map(|_| {
        let make = || async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Err::<Billed<()>, _>(error(ErrorKind::Broken))
        };
        scene.layers.call(&request, 1, make)
    });
    for outcome in futures_util::future::join_all(burst).await {
        assert_eq!(outcome.unwrap_err().kind, ErrorKind::Broken);
    }
    let failure = scene.call(|_| Ok(None)).await.unwrap_err();
    assert!(failure.call == CallOutcome::Paused && failure.message.contains("retry in 5 s"), "{failure}");
}

#[tokio::test(start_paused = true)]
async fn a_failing_service_that_asks_for_a_second_is_left_alone_for_longer_and_longer() {
    let scene = Scene::new(|_| {});
    let began = Instant::now();
    let after = Some(Duration::from_secs(1));
    let fails = || EngineError { status: Some(503), ..error(ErrorKind::Transient { after }) };
    while began.elapsed() < Duration::from_mins(30) {
        scene.call(|_| Err(fails())).await.unwrap_err();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!(scene.calls() < 45, "{} calls in half an hour", scene.calls());
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_are_under_way_than_the_contract_allows() {
    let layers =
        Arc::new(Layers::new("deepl", &contract(|contract| contract.concurrency = 3), &EngineDependencies::default()));
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let calls = (0..20).map(|number| {
        let (layers, now, most) = (Arc::clone(&layers), Arc::clone(&now), Arc::clone(&most));
        tokio::spawn(async move {
            let target = "es".parse().unwrap();
            let make = || async {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_secs(1)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(Billed { answer: (), units: None })
            };
            let request = EngineRequest { is_urgent: number % 2 == 0, ..request(&target) };
            layers.call(&request, 1, make).await.unwrap();
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

/// The time is the real one: the limiter has its own clock.
#[tokio::test]
async fn calls_are_begun_at_the_contracts_rate() {
    let scene = Scene::new(|contract| {
        contract.requests_per_second = 20;
        contract.characters_per_minute = 60_000;
    });
    let began = std::time::Instant::now();
    for _ in 0..24 {
        scene.call(|_| Ok(None)).await.unwrap();
    }
    // Twenty at once, four at the rate.
    assert!(began.elapsed() >= Duration::from_millis(150), "{:?}", began.elapsed());
}
