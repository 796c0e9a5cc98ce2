//! What engines bill, by day and locale. Who books sees what all others have booked, so that no number of processes
//! passes an allowance together.

use async_trait::async_trait;
use jiff::civil::Date;

use super::Sql;
use super::retry::retried;
use crate::database::{Query, Statement, Transaction, View as _, query, view};
use crate::{Allowance, Booked, DailyUsage, Result, UsageCharge, UsageLedger};

static ADD: Statement = Statement::new(
    "insert into usage (engine, day, locale, calls, units, refused) \
     values (:engine, :day, :locale, :calls, :units, :refused) \
     on conflict (engine, day, locale) do update set calls = usage.calls + excluded.calls, \
     units = usage.units + excluded.units, refused = usage.refused + excluded.refused",
);
const CORRECT: &str = "update usage set units = case when units + $4 < 0 then 0 else units + $4 end \
    where engine = $1 and day = $2 and locale = $3";
const SUM: &str = "select cast(coalesce(sum(units), 0) as bigint) as month, \
    cast(coalesce(sum(case when day = $2 then units else 0 end), 0) as bigint) as day \
    from usage where engine = $1 and day >= $3 and day <= $2";
const LIST: &str =
    "select engine, day, locale, calls, units, refused from usage where day >= $1 order by engine, day, locale";

view! {
    for DailyUsage of "usage" by engine, day {
        engine,
        locale,
        day,
        calls,
        units,
        refused,
    }
}

view! {
    /// The units that are booked of an engine, on a day and in its month up to that day.
    Sums of "usage" by {
        day: u64,
        month: u64,
    }
}

#[async_trait]
impl UsageLedger for Sql {
    async fn book_usage(&self, charge: &UsageCharge, allowance: Allowance) -> Result<Booked> {
        // Where the answer was lost it is booked twice: the budget is then spent sooner, not passed.
        retried!(book(self, charge, allowance))
    }

    async fn correct_usage(&self, charge: &UsageCharge, billed: u64) -> Result<()> {
        correct(self, charge, billed).await
    }

    async fn usage(&self, since: Date) -> Result<Vec<DailyUsage>> {
        retried!(list(self, since))
    }
}

/// Adds a call, unless the allowance does not cover it.
async fn book(store: &Sql, charge: &UsageCharge, allowance: Allowance) -> Result<Booked> {
    if allowance == Allowance::default() {
        store.database.write(add(charge, Booked::Done)).await?;
        return Ok(Booked::Done);
    }
    // All who book for this engine wait here, so that no two find the same allowance free.
    let mut transaction = store.database.begin(Some(&charge.engine)).await?;
    let (today, this_month) = booked(&mut transaction, charge).await?;
    let passes = |most: Option<u64>, booked: u64| most.is_some_and(|most| booked.saturating_add(charge.units) > most);
    let booked = match (passes(allowance.day, today), passes(allowance.month, this_month)) {
        (false, false) => Booked::Done,
        (true, _) => Booked::PastDay,
        (false, true) => Booked::PastMonth,
    };
    transaction.execute(add(charge, booked)).await?;
    transaction.commit().await?;
    Ok(booked)
}

fn add(charge: &UsageCharge, booked: Booked) -> Query<'_> {
    let (calls, units, refused): (i64, i64, i64) =
        if booked == Booked::Done { (1, stored(charge.units), 0) } else { (0, 0, 1) };
    let add = ADD.query().set("engine", &charge.engine).set("day", charge.day.to_string());
    add.set("locale", charge.locale.as_str()).set("calls", calls).set("units", units).set("refused", refused)
}

/// What is booked of the engine on the day, and in its month up to that day.
async fn booked(transaction: &mut Transaction, charge: &UsageCharge) -> Result<(u64, u64)> {
    let UsageCharge { engine, day, .. } = charge;
    let sum = query(SUM).bind(engine).bind(day.to_string()).bind(day.first_of_month().to_string());
    let sums = Sums::read_first(&transaction.fetch(sum).await?)?;
    Ok(sums.map_or((0, 0), |sums| (sums.day, sums.month)))
}

/// Says what a booked call was billed in truth.
async fn correct(store: &Sql, charge: &UsageCharge, billed: u64) -> Result<()> {
    let correct = query(CORRECT).bind(&charge.engine).bind(charge.day.to_string()).bind(charge.locale.as_str());
    store.database.write(correct.bind(stored(billed) - stored(charge.units))).await.map(drop)
}

async fn list(store: &Sql, since: Date) -> Result<Vec<DailyUsage>> {
    DailyUsage::read_all(&store.database.read(query(LIST).bind(since.to_string())).await?)
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
