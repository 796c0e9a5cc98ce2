//! Counts the bytes that the search looks at, so that a test can hold that work grows with the text alone, on any
//! machine however busy. Outside of tests nothing is counted.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

/// Notes that so many bytes were looked at.
#[cfg(test)]
pub(super) fn note(bytes: usize) {
    BYTES.set(BYTES.get() + bytes);
}

/// Notes that so many bytes were looked at.
#[cfg(not(test))]
#[inline]
pub(super) const fn note(_bytes: usize) {}

/// The bytes that are looked at by some work of this thread.
#[cfg(test)]
pub(super) fn of(work: impl FnOnce()) -> usize {
    let before = BYTES.get();
    work();
    BYTES.get() - before
}
