//! Which known word was meant by an unknown one, for `did you mean`.

/// Longer words are no slip of anything, and comparing them costs time (bytes).
const LONGEST: usize = 128;

/// The candidate nearest to `word` by edit distance, where one is near enough to be meant: two letters away, or a
/// quarter of a long one, and always less than half of it; of two letters one.
#[must_use]
pub fn nearest<'list>(word: &str, candidates: impl Iterator<Item = &'list str>) -> Option<&'list str> {
    if word.len() > LONGEST {
        return None;
    }
    candidates
        .map(|candidate| (strsim::levenshtein(word, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| {
            *distance <= 2.max(candidate.len() / 4) && *distance * 2 < candidate.len().max(3)
        })
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_stranger_is_not() {
        let known = ["worker.concurrency", "worker.lease_seconds", "store.url"];
        assert_eq!(nearest("worker.concurency", known.into_iter()), Some("worker.concurrency"));
        assert_eq!(nearest("store.uri", known.into_iter()), Some("store.url"));
        assert_eq!(nearest("colour.of.the.sky", known.into_iter()), None);
    }
}
