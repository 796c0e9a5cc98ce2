//! A retry budget: what calls save up, retries spend. An engine that fails gets a tenth more calls, not several times
//! as many (M. Brooker, "Fixing retries with token buckets and circuit breakers").

/// In tenths: what a call that succeeded adds, what a retry costs, and what can be saved up at most.
const SAVED: u32 = 1;
const COST: u32 = 10;
const MOST: u32 = 100;

#[derive(Debug)]
pub(super) struct Retries {
    tenths: u32,
}

impl Default for Retries {
    /// Enough for a few, so that the first call of a process may be repeated.
    fn default() -> Self {
        Self { tenths: 5 * COST }
    }
}

impl Retries {
    pub(super) fn succeeded(&mut self) {
        self.tenths = (self.tenths + SAVED).min(MOST);
    }

    /// Whether a retry may be made, which is paid for then.
    pub(super) fn spend(&mut self) -> bool {
        let left = self.tenths.checked_sub(COST);
        self.tenths = left.unwrap_or(self.tenths);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_are_a_tenth_of_what_succeeded() {
        let mut retries = Retries::default();
        while retries.spend() {}
        let mut made = 0;
        for _ in 0..1000 {
            retries.succeeded();
            made += u32::from(retries.spend());
        }
        assert_eq!(made, 100);
    }

    #[test]
    fn not_more_than_ten_are_saved_up() {
        let mut retries = Retries::default();
        for _ in 0..1000 {
            retries.succeeded();
        }
        assert_eq!(std::iter::from_fn(|| retries.spend().then_some(())).count(), 10);
    }
}
