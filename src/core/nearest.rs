//! Which known word was meant by an unknown one, for `did you mean`.

/// The candidate nearest to `word` by edit distance, where one is near enough to be meant.
#[must_use]
pub fn nearest<'list>(word: &str, candidates: impl Iterator<Item = &'list str>) -> Option<&'list str> {
    candidates
        .map(|candidate| (strsim::levenshtein(word, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= 2 + candidate.len() / 4)
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
