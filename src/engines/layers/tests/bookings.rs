//! What is booked before a call, and given back after it.

use super::*;

#[tokio::test(start_paused = true)]
async fn the_budget_is_never_passed_and_says_so() {
    let scene = Scene::new(|contract| contract.characters_per_day = 35);
    for _ in 0..3 {
        scene.call(|_| Ok(None)).await.unwrap();
    }
    let failure = scene.call(|_| Ok(None)).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Quota);
    assert!(failure.to_string().contains("the budget of the day is 35; 10 more would pass it"), "{failure}");
    assert_eq!(scene.booked(), 30);
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_billed_stays_booked_and_what_was_not_is_given_back() {
    let scene = Scene::new(|_| {});
    scene.call(|_| Err(error(ErrorKind::Rejected))).await.unwrap_err();
    assert_eq!(scene.booked(), 0);
    scene.call(|_| Err(error(ErrorKind::Rejected).after(CallOutcome::Unknown))).await.unwrap_err();
    assert_eq!(scene.booked(), 10);
    scene.call(|_| Ok(Some(7))).await.unwrap();
    assert_eq!(scene.booked(), 17);
}

/// The time is the real one: the limiter has its own clock.
#[tokio::test]
async fn who_gives_up_while_it_waits_for_its_turn_has_booked_nothing() {
    let scene = Scene::new(|contract| contract.requests_per_second = 1);
    for _ in 0..5 {
        let call = scene.call(|_| Ok(None));
        let _ = tokio::time::timeout(Duration::from_millis(20), call).await;
    }
    assert_eq!((scene.calls(), scene.booked()), (1, 10));
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_while_the_book_is_written_has_booked_nothing_in_the_end() {
    let scene = Scene::with(Book { takes: Duration::from_secs(2), ..Book::default() }, |_| {});
    assert!(tokio::time::timeout(Duration::from_secs(1), scene.call(|_| Ok(None))).await.is_err());
    assert_eq!(scene.booked(), 0);
    scene.call(|_| Ok(None)).await.unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!((scene.calls(), scene.booked()), (1, 10));
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_after_the_call_was_sent_may_be_billed() {
    let scene = Scene::new(|_| {});
    assert!(scene.give_up().await);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((scene.calls(), scene.booked()), (1, 10));
}

#[tokio::test(start_paused = true)]
async fn without_the_book_nothing_is_asked() {
    let dependencies = EngineDependencies::default().with_ledger(Arc::new(Lost));
    let layers = Layers::new("deepl", &contract(|_| {}), &dependencies);
    let target = "es".parse().unwrap();
    let asked = AtomicUsize::new(0);
    let make = || {
        let asked = &asked;
        async move {
            asked.fetch_add(1, Ordering::Relaxed);
            Ok(Billed { answer: (), units: None })
        }
    };
    let failure = layers.call(&request(&target), 1, make).await.unwrap_err();
    assert_eq!(failure.kind, TRANSIENT);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}
