//! The book of what engines bill: calls come in, the store keeps them by engine, locale and day; what a month came to,
//! in characters and money and beside its budget, goes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::config;
use polypost_core::locale::Locale;
use polypost_engines::{Booking, BookingReceipt, Bounds, Exhausted, Ledger, LedgerError};
use polypost_store::{Allowance, Booked, DailyUsage, Result, Store, UsageCharge, UsageLedger};

/// A store as the engines' ledger.
pub struct Book {
    store: Arc<dyn Store>,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Book").finish_non_exhaustive()
    }
}

impl Book {
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl Ledger for Book {
    async fn book(
        &self,
        booking: Booking<'_>,
        bounds: Bounds,
    ) -> std::result::Result<std::result::Result<BookingReceipt, Exhausted>, LedgerError> {
        let Booking { engine, target, units } = booking;
        let day = day(self.store.clock().now());
        let receipt = BookingReceipt { engine: engine.to_owned(), target: target.clone(), units, day };
        let allowance = Allowance { day: bounds.day, month: bounds.month };
        Ok(match self.store.book_usage(&charge(&receipt), allowance).await? {
            Booked::Done => Ok(receipt),
            Booked::PastDay => Err(Exhausted::Day),
            Booked::PastMonth => Err(Exhausted::Month),
        })
    }

    async fn correct(&self, receipt: &BookingReceipt, billed: u64) -> std::result::Result<(), LedgerError> {
        Ok(self.store.correct_usage(&charge(receipt), billed).await?)
    }
}

fn charge(receipt: &BookingReceipt) -> UsageCharge {
    let BookingReceipt { engine, target, units, day } = receipt;
    UsageCharge { engine: engine.clone(), locale: target.clone(), day: *day, units: *units }
}

/// The day of UTC: what is booked and reckoned goes by it.
fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

/// What an engine was billed for a locale in a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub engine: String,
    pub locale: Locale,
    /// `YYYY-MM`
    pub month: String,
    pub calls: u64,
    pub characters: u64,
    pub cost: f64,
}

/// How far a budget is spent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Budget {
    pub engine: String,
    pub period: Period,
    pub spent: u64,
    pub most: u64,
    pub state: BudgetState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    Day,
    Month,
}

impl Period {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BudgetState {
    Open,
    /// More than the configured part is spent.
    Warning,
    /// Nothing is left: the engine is not asked.
    Exhausted,
}

impl BudgetState {
    pub const ALL: [Self; 3] = [Self::Open, Self::Warning, Self::Exhausted];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Warning => "warning",
            Self::Exhausted => "exhausted",
        }
    }
}

/// What was billed, and what is left.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Account {
    pub currency: String,
    pub lines: Vec<Line>,
    pub budgets: Vec<Budget>,
}

/// The account of the month that `now` lies in (UTC) and so many before it.
///
/// # Errors
/// Where the store does not answer.
pub async fn account(
    store: &dyn UsageLedger,
    engines: &config::EngineSettings,
    now: Timestamp,
    months: u32,
) -> Result<Account> {
    let today = day(now);
    let mut since = today.first_of_month();
    for _ in 0..months {
        since = since.yesterday().unwrap_or(since).first_of_month();
    }
    let booked = store.usage(since).await?;
    let mut lines: BTreeMap<(String, String, Locale), (u64, u64)> = BTreeMap::new();
    for usage in &booked {
        let month = usage.day.strftime("%Y-%m").to_string();
        let (calls, units) = lines.entry((month, usage.engine.clone(), usage.locale.clone())).or_default();
        *calls += usage.calls;
        *units += usage.units;
    }
    let lines = lines.into_iter().rev().map(|((month, engine, locale), (calls, characters))| {
        let cost = engines.contract(&engine).map_or(0.0, |contract| contract.cost(characters));
        Line { engine, locale, month, calls, characters, cost }
    });
    Ok(Account {
        currency: engines.currency.clone(),
        lines: lines.collect(),
        budgets: budgets(&booked, engines, today),
    })
}

fn budgets(booked: &[DailyUsage], engines: &config::EngineSettings, today: Date) -> Vec<Budget> {
    let mut budgets = Vec::new();
    for (engine, contract) in engines.contracts() {
        let sum = |since: Date, of: fn(&DailyUsage) -> u64| -> u64 {
            let counts = |usage: &&DailyUsage| usage.engine == engine && (since..=today).contains(&usage.day);
            booked.iter().filter(counts).map(of).sum()
        };
        let is_refused = sum(today, |usage| usage.refused) > 0;
        let periods = [
            (Period::Day, contract.most_per_day(), today),
            (Period::Month, contract.most_per_month(), today.first_of_month()),
        ];
        let bounds = periods.into_iter().filter_map(|(period, most, since)| {
            let (most, spent) = (most?, sum(since, |usage| usage.units));
            Some((period, most, spent, most.saturating_sub(spent)))
        });
        let bounds: Vec<_> = bounds.collect();
        // The bound that leaves the least is the one that refuses. It was the same one whenever today's calls were
        // refused: they count for the day and for its month alike.
        let least = bounds.iter().map(|(.., left)| *left).min();
        for (period, most, spent, left) in bounds {
            let is_refused = is_refused && Some(left) == least;
            let warned = u128::from(spent) * 100 >= u128::from(most) * u128::from(engines.budget_warning_percent);
            let state = match () {
                // A call that is larger than the rest of the budget is refused before all of it is spent.
                () if spent >= most || (warned && is_refused) => BudgetState::Exhausted,
                () if warned => BudgetState::Warning,
                () => BudgetState::Open,
            };
            budgets.push(Budget { engine: engine.to_owned(), period, spent, most, state });
        }
    }
    budgets
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use polypost_store::Migrations;

    fn engines(change: impl FnOnce(&mut polypost_engines::config::Contract)) -> config::EngineSettings {
        let file: toml::Table = config::DEFAULT.parse().unwrap();
        let mut engines: config::EngineSettings = file["engines"].clone().try_into().unwrap();
        change(&mut engines.deepl.contract);
        engines
    }

    fn deepl(day: Date, units: u64, refused: u64) -> DailyUsage {
        DailyUsage { engine: "deepl".to_owned(), locale: "es".parse().unwrap(), day, calls: 1, units, refused }
    }

    const TODAY: Date = date(2024, 7, 5);

    #[test]
    fn a_budget_in_money_is_one_in_characters() {
        let engines = engines(|contract| {
            contract.price_per_million = 25.0;
            contract.cost_per_month = 50.0;
            contract.characters_per_day = 100_000;
        });
        let budgets = budgets(&[deepl(TODAY, 80_000, 0), deepl(date(2024, 7, 1), 1_920_000, 0)], &engines, TODAY);
        let told: Vec<_> =
            budgets.iter().map(|budget| (budget.period, budget.spent, budget.most, budget.state)).collect();
        assert_eq!(
            told,
            [
                (Period::Day, 80_000, 100_000, BudgetState::Warning),
                (Period::Month, 2_000_000, 2_000_000, BudgetState::Exhausted),
            ]
        );
    }

    #[test]
    fn what_is_too_large_for_the_rest_exhausts_a_budget() {
        let engines = engines(|contract| contract.characters_per_day = 1000);
        let state = |usage: DailyUsage| budgets(&[usage], &engines, TODAY)[0].state;
        assert_eq!(state(deepl(TODAY, 990, 0)), BudgetState::Warning);
        assert_eq!(state(deepl(TODAY, 990, 1)), BudgetState::Exhausted);
        assert_eq!(state(deepl(TODAY, 10, 0)), BudgetState::Open);
        assert_eq!(state(deepl(date(2024, 7, 4), 1000, 1)), BudgetState::Open, "yesterday's");
    }

    #[test]
    fn what_the_day_refuses_does_not_exhaust_the_month() {
        let engines = engines(|contract| {
            contract.characters_per_day = 100;
            contract.characters_per_month = 1000;
        });
        let states = |before: u64, today: u64| {
            let budgets = budgets(&[deepl(date(2024, 7, 1), before, 0), deepl(TODAY, today, 1)], &engines, TODAY);
            budgets.iter().map(|budget| budget.state).collect::<Vec<_>>()
        };
        assert_eq!(states(710, 95), [BudgetState::Exhausted, BudgetState::Warning]);
        assert_eq!(states(901, 95), [BudgetState::Warning, BudgetState::Exhausted]);
        assert_eq!(states(905, 100), [BudgetState::Exhausted; 2], "both are spent");
    }

    /// A call that was booked on one day and ends on the next.
    #[tokio::test]
    async fn a_booking_is_corrected_on_its_own_day() {
        let store = polypost_store::open("sqlite::memory:", Migrations::Apply).await.unwrap();
        let book = Book::new(Arc::clone(&store));
        let target = "es".parse().unwrap();
        let booking = Booking { engine: "deepl", target: &target, units: 30 };
        let today = book.book(booking, Bounds::default()).await.unwrap().unwrap();
        let yesterday = BookingReceipt { day: today.day.yesterday().unwrap(), ..today.clone() };
        store.book_usage(&charge(&yesterday), Allowance::default()).await.unwrap();
        book.correct(&yesterday, 7).await.unwrap();
        let units: Vec<_> =
            store.usage(yesterday.day).await.unwrap().into_iter().map(|usage| (usage.day, usage.units)).collect();
        assert_eq!(units, [(yesterday.day, 7), (today.day, 30)]);
    }

    #[tokio::test]
    async fn months_are_added_up_by_engine_and_locale() {
        let store = polypost_store::open("sqlite::memory:", Migrations::Apply).await.unwrap();
        let now = store.clock().now();
        let book = Book::new(Arc::clone(&store));
        let target = "es".parse().unwrap();
        for units in [300_000, 200_000] {
            let booking = Booking { engine: "deepl", target: &target, units };
            assert!(book.book(booking, Bounds::default()).await.unwrap().is_ok());
        }
        let before = UsageCharge {
            engine: "deepl".to_owned(),
            locale: "es".parse().unwrap(),
            day: day(now).first_of_month().yesterday().unwrap(),
            units: 7,
        };
        store.book_usage(&before, Allowance::default()).await.unwrap();
        let engines = engines(|contract| contract.price_per_million = 20.0);
        let account = account(store.as_ref(), &engines, now, 1).await.unwrap();
        let told: Vec<_> = account.lines.iter().map(|line| (line.calls, line.characters, line.cost)).collect();
        assert_eq!(told, [(2, 500_000, 10.0), (1, 7, 0.000_14)]);
        let only_this = super::account(store.as_ref(), &engines, now, 0).await.unwrap();
        assert_eq!(only_this.lines.len(), 1);
    }
}
