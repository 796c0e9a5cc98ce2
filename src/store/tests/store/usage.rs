//! What engines are billed.

use jiff::civil::{Date, date};
use polypost_store::{Allowance, Booked, DailyUsage, Store, UsageCharge};

const DAY: Date = date(2024, 7, 5);

fn call(engine: &str, locale: &str, day: Date, units: u64) -> UsageCharge {
    UsageCharge { engine: engine.to_owned(), locale: locale.parse().expect("a locale"), day, units }
}

pub(crate) async fn exercise_booking(store: &dyn Store) {
    let unbounded = Allowance::default();
    for charge in [call("deepl", "es", DAY, 10), call("deepl", "es", DAY, 5), call("deepl", "it", DAY, 7)] {
        assert_eq!(store.book_usage(&charge, unbounded).await.expect("books"), Booked::Done);
    }
    let yesterday = call("azure", "es", DAY.yesterday().expect("a day before"), 3);
    store.book_usage(&yesterday, unbounded).await.expect("books");
    store.correct_usage(&call("deepl", "es", DAY, 5), 2).await.expect("corrects");
    store.correct_usage(&call("deepl", "it", DAY, 7), 9).await.expect("corrects");
    store.correct_usage(&yesterday, 0).await.expect("corrects");
    let sums = |usage: Vec<DailyUsage>| -> Vec<(String, String, u64, u64)> {
        usage.into_iter().map(|one| (one.engine, one.locale.to_string(), one.calls, one.units)).collect()
    };
    let row = |engine: &str, locale: &str, calls, units| (engine.to_owned(), locale.to_owned(), calls, units);
    let all = sums(store.usage(date(2024, 7, 1)).await.expect("lists"));
    assert_eq!(all, [row("azure", "es", 1, 0), row("deepl", "es", 2, 12), row("deepl", "it", 1, 9)]);
    assert_eq!(sums(store.usage(DAY).await.expect("lists")).len(), 2);
}

pub(crate) async fn exercise_allowances(store: &dyn Store) {
    let book = async |charge: UsageCharge, day, month| {
        store.book_usage(&charge, Allowance { day, month }).await.expect("books or refuses")
    };
    let today = |units| call("deepl", "es", DAY, units);
    book(call("deepl", "it", date(2024, 6, 30), 1000), None, Some(1000)).await;
    book(call("deepl", "it", date(2024, 7, 1), 60), None, Some(100)).await;
    assert_eq!(book(today(41), Some(50), Some(100)).await, Booked::PastMonth);
    assert_eq!(book(today(40), Some(50), Some(100)).await, Booked::Done, "to the last one");
    assert_eq!(book(today(11), Some(50), None).await, Booked::PastDay, "of all locales");
    assert_eq!(book(call("azure", "es", DAY, 50), Some(50), Some(50)).await, Booked::Done, "another engine's");
    assert_eq!(
        book(call("deepl", "es", date(2024, 8, 1), 100), Some(100), Some(100)).await,
        Booked::Done,
        "a new month"
    );
    let refused: u64 = store.usage(DAY).await.expect("lists").iter().map(|usage| usage.refused).sum();
    assert_eq!(refused, 2);

    let sixteen = async |locale: &str| {
        let mut done = 0;
        for _ in 0..16 {
            let booked = book(call("google", locale, DAY, 10), Some(200), None).await;
            done += u32::from(booked == Booked::Done);
        }
        done
    };
    let (a, b, c, d) = tokio::join!(sixteen("es"), sixteen("it"), sixteen("es"), sixteen("fr"));
    assert_eq!(a + b + c + d, 20);
    let usage = store.usage(DAY).await.expect("lists");
    let google = usage.iter().filter(|usage| usage.engine == "google");
    assert_eq!(google.map(|usage| usage.units).sum::<u64>(), 200);
}
