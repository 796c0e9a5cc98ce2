//! `[engines.NAME.contract]`: how long an engine over the network is waited for, how much is asked of it, and what it
//! may cost.

use serde::Deserialize;

use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    pub connect_timeout_seconds: u64,
    /// Until the answer begins.
    pub first_byte_timeout_seconds: u64,
    /// Until the answer is whole.
    pub request_timeout_seconds: u64,
    /// Calls at the same time.
    pub concurrency: usize,
    /// Calls begun within a second; 0: no bound.
    pub requests_per_second: u32,
    /// As the engine bills them; 0: no bound.
    pub characters_per_minute: u32,
    /// Of a million characters, in the engines' currency; 0: nothing, or not known.
    pub price_per_million: f64,
    /// What may be billed in a day, and in a month, of UTC; 0: no bound.
    pub characters_per_day: u64,
    pub characters_per_month: u64,
    pub cost_per_day: f64,
    pub cost_per_month: f64,
}

impl Contract {
    /// What may be billed in a day, as the engine counts: the lower of the two bounds; `None` where there is none.
    #[must_use]
    pub fn most_per_day(&self) -> Option<u64> {
        self.most(self.characters_per_day, self.cost_per_day)
    }

    /// As [`most_per_day`](Self::most_per_day), for a month.
    #[must_use]
    pub fn most_per_month(&self) -> Option<u64> {
        self.most(self.characters_per_month, self.cost_per_month)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a number from 0")]
    fn most(&self, characters: u64, cost: f64) -> Option<u64> {
        let by_cost = (cost > 0.0).then(|| (cost / self.price_per_million * 1e6).floor() as u64);
        let by_number = (characters > 0).then_some(characters);
        by_number.into_iter().chain(by_cost).min()
    }

    /// What so many characters cost.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "money is shown to the cent")]
    pub fn cost(&self, characters: u64) -> f64 {
        characters as f64 / 1e6 * self.price_per_million
    }

    pub(super) fn check(&self, engine: &str, violations: &mut Violations) {
        let key = |name: &str| format!("engines.{engine}.contract.{name}");
        violations.range(&key("connect_timeout_seconds"), self.connect_timeout_seconds, 1, 300);
        violations.range(&key("first_byte_timeout_seconds"), self.first_byte_timeout_seconds, 1, 600);
        violations.range(&key("request_timeout_seconds"), self.request_timeout_seconds, 1, 600);
        violations.range(&key("concurrency"), u64::try_from(self.concurrency).unwrap_or(u64::MAX), 1, 1000);
        for (name, value) in [
            ("price_per_million", self.price_per_million),
            ("cost_per_day", self.cost_per_day),
            ("cost_per_month", self.cost_per_month),
        ] {
            if !(value.is_finite() && value >= 0.0) {
                violations.add(&key(name), "a number from 0 is wanted");
            }
        }
        for (name, value) in [("cost_per_day", self.cost_per_day), ("cost_per_month", self.cost_per_month)] {
            if value > 0.0 && self.price_per_million == 0.0 {
                violations.add(&key(name), format!("`{}` is wanted beside it", key("price_per_million")));
            }
        }
    }
}
