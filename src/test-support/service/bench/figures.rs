//! What becomes of measured times.

use std::time::Duration;

/// Milliseconds below which so many of a hundred of the sorted times are; 0 where there are none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list, and it is bounded")]
pub fn at(sorted: &[Duration], percent: f64) -> f64 {
    let place = (sorted.len() as f64 * percent / 100.0) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
