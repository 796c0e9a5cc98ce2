//! The calls that are still to be made for a request. Where a call failed and one of its texts may be the cause, it is
//! cut in two, so that the other texts are translated. How often is bounded, for a request and for each text: a call
//! that was answered is paid for.

use std::ops::Range;

use super::batch::{BatchResponse, Cause};
use crate::EngineError;

/// So many calls at once, each of them refused, are no matter of single texts.
const REFUSED_CALLS: usize = 4;

/// Whether everything is refused, whatever it is: then the next engine is to be asked, and this one not again. Fewer
/// calls may each have a text that is refused, with neighbours that are not.
pub(super) fn are_all_refused(answered: &[(Call, Result<BatchResponse, EngineError>)]) -> bool {
    let is_refused = |reply: &BatchResponse| reply.unread.as_ref().is_some_and(|unread| unread.cause == Cause::Refusal);
    answered.len() >= REFUSED_CALLS && answered.iter().all(|(_, reply)| reply.as_ref().is_ok_and(is_refused))
}

/// A call: its texts by position, and which of the first calls it is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) texts: Range<usize>,
    first: usize,
}

/// The calls of one request.
#[derive(Debug)]
pub(super) struct PendingCalls {
    calls: Vec<Call>,
    /// For each of the first calls, how many more may be made because of it.
    left: Vec<usize>,
}

impl PendingCalls {
    pub(super) fn new(batches: Vec<Range<usize>>) -> Self {
        let left = batches.iter().map(|batch| most_again(batch.len())).collect();
        let calls = batches.into_iter().enumerate().map(|(first, texts)| Call { texts, first }).collect();
        Self { calls, left }
    }

    /// The calls to make now; none: all are made.
    pub(super) fn take(&mut self) -> Vec<Call> {
        std::mem::take(&mut self.calls)
    }

    /// Opens the parts of a call, unless it is of one text, or too many were opened because of the same one: a model
    /// may refuse whatever it is asked. Where parts are sure to help in the end, they are not counted. `purchases` is
    /// how often each of the texts may still be bought: the fewer, the smaller the parts, so that single texts are
    /// reached in time.
    pub(super) fn bisect(&mut self, call: &Call, is_sure: bool, purchases: u32) -> bool {
        let Call { texts, first } = call;
        let count = texts.len();
        if count < 2 || purchases == 0 {
            return false;
        }
        let size = match purchases {
            _ if is_sure => count.div_ceil(2),
            1 => 1,
            // Parts of so many texts, each of which has as many.
            2 => count.isqrt().max(1),
            _ => count.div_ceil(2),
        };
        let parts = count.div_ceil(size);
        if !is_sure {
            let Some(left) = self.left.get_mut(*first).filter(|left| **left >= parts) else { return false };
            *left -= parts;
        }
        let part = |start: usize| start..texts.end.min(start + size);
        self.calls.extend(texts.clone().step_by(size).map(|start| Call { texts: part(start), first: *first }));
        true
    }
}

/// How many calls more are made for one that came to nothing: as many as it takes to find any two of its texts.
fn most_again(texts: usize) -> usize {
    let levels = usize::BITS - texts.saturating_sub(1).leading_zeros();
    4 * levels as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calls made, and the texts that were declined, where calls with these texts come to nothing.
    fn asked(texts: usize, bad: &[usize], is_sure: bool) -> (usize, Vec<usize>) {
        let mut pending = PendingCalls::new(std::iter::once(0..texts).collect());
        let (mut calls, mut declined) = (0, Vec::new());
        loop {
            let taken = pending.take();
            if taken.is_empty() {
                return (calls, declined);
            }
            calls += taken.len();
            for call in taken {
                if bad.iter().any(|bad| call.texts.contains(bad)) && !pending.bisect(&call, is_sure, 3) {
                    declined.extend(call.texts);
                }
            }
        }
    }

    #[test]
    fn any_two_texts_are_found_and_nothing_else_is_declined() {
        for texts in [1, 2, 3, 12, 20, 50] {
            for one in 0..texts {
                for other in one..texts {
                    let mut expected = vec![one, other];
                    expected.dedup();
                    let (calls, mut declined) = asked(texts, &expected, false);
                    declined.sort_unstable();
                    assert_eq!(declined, expected, "of {texts}");
                    assert!(calls <= 1 + most_again(texts), "{calls} for {texts}");
                }
            }
        }
    }

    /// How often each text is bought, and the texts that were declined, where every call is paid for.
    fn bought(texts: usize, bad: &[usize]) -> (u32, Vec<usize>) {
        let mut pending = PendingCalls::new(std::iter::once(0..texts).collect());
        let (mut times, mut declined) = (vec![0; texts], Vec::new());
        loop {
            let taken = pending.take();
            if taken.is_empty() {
                return (times.into_iter().max().unwrap_or_default(), declined);
            }
            for call in taken {
                times[call.texts.clone()].iter_mut().for_each(|times| *times += 1);
                let left = 3 - times[call.texts.start];
                if bad.iter().any(|bad| call.texts.contains(bad)) && !pending.bisect(&call, false, left) {
                    declined.extend(call.texts);
                }
            }
        }
    }

    #[test]
    fn a_text_that_spoils_paid_calls_is_found_before_any_is_bought_four_times() {
        for texts in [1, 2, 3, 12, 20, 50] {
            for bad in 0..texts {
                let (times, declined) = bought(texts, &[bad]);
                assert_eq!((times <= 3, declined), (true, vec![bad]), "of {texts}");
            }
            let all: Vec<usize> = (0..texts).collect();
            let (times, declined) = bought(texts, &all);
            assert_eq!((times <= 3, declined.len()), (true, texts), "of {texts}");
        }
    }

    #[test]
    fn where_everything_is_refused_it_is_not_asked_for_text_by_text() {
        for (texts, most) in [(1, 1), (2, 3), (20, 21), (50, 25), (1000, 41)] {
            let (calls, declined) = asked(texts, &(0..texts).collect::<Vec<_>>(), false);
            assert_eq!((calls <= most, declined.len()), (true, texts), "{calls} for {texts}");
        }
    }

    #[test]
    fn what_is_too_long_is_halved_for_as_long_as_it_takes() {
        let all: Vec<usize> = (0..20).collect();
        assert_eq!(asked(20, &all, true).0, 39);
    }

    #[test]
    fn each_of_the_first_calls_has_its_own_bound() {
        let mut pending = PendingCalls::new(vec![0..2, 2..4]);
        for call in pending.take() {
            assert!(pending.bisect(&call, false, 3));
        }
        assert_eq!(pending.take().into_iter().map(|call| call.texts).collect::<Vec<_>>(), [0..1, 1..2, 2..3, 3..4]);
    }
}
