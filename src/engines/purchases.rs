//! How often each text of a request is bought. An answer that cannot be used costs as much as a good one, and one
//! request may lead to several calls with the same text; so who makes the calls counts them, and who asks says how many
//! there may be.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// How often a text is bought at most for one revision and locale.
pub const MAX_PURCHASES: u32 = 3;

/// The purchases of a request, by the positions of its texts.
#[derive(Debug)]
pub struct Purchases {
    left: Vec<u32>,
    made: Mutex<Made>,
}

#[derive(Debug, Default)]
struct Made {
    times: Vec<u32>,
    /// Whether the engine counts by itself.
    is_counted: bool,
}

impl Purchases {
    /// None are made yet; `left` says for each text how many may be.
    #[must_use]
    pub fn new(left: Vec<u32>) -> Self {
        let times = vec![0; left.len()];
        Self { left, made: Mutex::new(Made { times, is_counted: false }) }
    }

    /// How often the text at `index` may be bought by the request.
    #[must_use]
    pub fn left(&self, index: usize) -> u32 {
        self.left.get(index).copied().unwrap_or(MAX_PURCHASES)
    }

    /// How often the text at `index` was bought.
    #[must_use]
    pub fn made(&self, index: usize) -> u32 {
        self.lock().times.get(index).copied().unwrap_or_default()
    }

    /// Says that purchases are counted by who makes the calls, so that what is not counted was not bought.
    pub(super) fn are_counted(&self) {
        self.lock().is_counted = true;
    }

    /// Counts `times` more purchases of one text.
    pub(super) fn add(&self, index: usize, times: u32) {
        if let Some(made) = self.lock().times.get_mut(index) {
            *made = made.saturating_add(times);
        }
    }

    /// Counts one purchase of each of these texts, where the engine has not counted by itself.
    pub fn suppose(&self, texts: impl Iterator<Item = usize>) {
        if !self.lock().is_counted {
            texts.for_each(|index| self.add(index, 1));
        }
    }

    /// What was made of the texts at these positions.
    pub(super) fn part(&self, positions: &[usize]) -> Self {
        let made = self.lock();
        let times = positions.iter().map(|&index| made.times.get(index).copied().unwrap_or_default()).collect();
        let made = Made { times, is_counted: made.is_counted };
        Self { left: positions.iter().map(|&index| self.left(index)).collect(), made: Mutex::new(made) }
    }

    /// Adds what was bought for a part of the request, whose texts have these positions here.
    pub fn take_over(&self, part: &Self, positions: impl Iterator<Item = usize>) {
        if part.lock().is_counted {
            self.are_counted();
        }
        for (index, position) in positions.enumerate() {
            self.add(position, part.made(index));
        }
    }

    /// The fewest that are left of any of these texts, less those made.
    pub(super) fn remaining(&self, texts: Range<usize>) -> u32 {
        texts.map(|index| self.left(index).saturating_sub(self.made(index))).min().unwrap_or_default()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
