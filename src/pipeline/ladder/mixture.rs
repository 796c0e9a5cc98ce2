//! Answers that came for other texts of their batch: texts and their answers by position come in, why they cannot be
//! believed goes out. Models that translate several texts at once answer all of them with one text, leave one out, or
//! change their order, and each answer by itself reads well.

use std::collections::{HashMap, HashSet};

use icu::normalizer::DecomposingNormalizerBorrowed;

/// Answers of fewer words than this may be the same for several texts: `Outage` and `Incident`.
const WORDS: usize = 4;

/// In hundredths: texts that share so much of their words may have one translation.
const LIKE: usize = 34;

/// From this many texts on, their lengths tell whether answers are out of order.
const LENGTHS: usize = 5;

/// What is wrong with the answers of a batch as a whole; `None` where nothing is.
pub(super) fn fault(texts: &[&str], answers: &[Option<&str>]) -> Option<&'static str> {
    let pairs = pairs(texts, answers);
    let is_mixed = || pairs.len() > 1 && (is_exchanged(&pairs) || is_shifted(&pairs));
    one_for_many(&pairs).or_else(|| is_mixed().then_some("answers of the batch belong to other texts of it"))
}

/// The same for texts that were asked for one by one, and cannot have got each other's answers.
pub(super) fn fault_of_single(texts: &[&str], answers: &[Option<&str>]) -> Option<&'static str> {
    one_for_many(&pairs(texts, answers))
}

/// The texts that have an answer.
fn pairs<'run>(texts: &[&'run str], answers: &[Option<&'run str>]) -> Vec<(&'run str, &'run str)> {
    texts.iter().zip(answers).filter_map(|(text, answer)| Some((*text, (*answer)?))).collect()
}

fn one_for_many(pairs: &[(&str, &str)]) -> Option<&'static str> {
    has_one_answer_for_many(pairs).then_some("different texts of the batch got the same answer")
}

/// The words of a text in small letters without accents; placeholders are none.
fn words(text: &str) -> Vec<String> {
    let split = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    split.filter(|word| !is_placeholder(word)).map(|word| bare(&word.to_lowercase())).collect()
}

fn is_placeholder(word: &str) -> bool {
    word.strip_prefix("PH").is_some_and(|rest| !rest.is_empty() && rest.chars().all(|digit| digit.is_ascii_digit()))
}

/// A word without the accents of its letters, in whatever language.
fn bare(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(word).into_owned();
    decomposed.chars().filter(|letter| !matches!(letter, '\u{300}'..='\u{36F}')).collect()
}

/// Whether two texts that have hardly a word in common got one answer.
fn has_one_answer_for_many(pairs: &[(&str, &str)]) -> bool {
    let mut known: HashMap<Vec<String>, HashSet<String>> = HashMap::new();
    for (text, answer) in pairs {
        let (text, answer): (HashSet<String>, Vec<String>) = (words(text).into_iter().collect(), words(answer));
        if answer.len() < WORDS {
            continue;
        }
        match known.get(&answer) {
            Some(first) => {
                let common = first.intersection(&text).count();
                let all = first.union(&text).count();
                if common * 100 < all * LIKE {
                    return true;
                }
            }
            None => {
                known.insert(answer, text);
            }
        }
    }
    false
}

/// What a word and its translation may have in common: names and words of Latin begin alike in most languages.
fn stem(word: &str) -> Option<String> {
    match word.chars().count() {
        0..=3 => None,
        4 => Some(word.chars().take(3).collect()),
        _ => Some(word.chars().take(4).collect()),
    }
}

/// Words in capitals, which no translation changes.
fn acronyms(text: &str) -> impl Iterator<Item = String> {
    let split = text.split(|letter: char| !letter.is_alphanumeric());
    split.filter(|word| word.len() > 1 && word.chars().all(char::is_uppercase)).map(str::to_owned)
}

/// Whether answers have the words of other texts and none of their own.
fn is_exchanged(pairs: &[(&str, &str)]) -> bool {
    let stems = |text: &str| -> HashSet<String> {
        words(text).iter().filter_map(|word| stem(word)).chain(acronyms(text)).collect()
    };
    let sources: Vec<HashSet<String>> = pairs.iter().map(|(text, _)| stems(text)).collect();
    // What several texts have says nothing of any.
    let mut owners: HashMap<&String, Option<usize>> = HashMap::new();
    for (position, stems) in sources.iter().enumerate() {
        for stem in stems {
            owners.entry(stem).and_modify(|owner| *owner = None).or_insert(Some(position));
        }
    }
    // The text that each answer fits better than its own, which it does not fit at all.
    let mut strangers: HashMap<usize, usize> = HashMap::new();
    let mut fitting = 0;
    for (position, (_, answer)) in pairs.iter().enumerate() {
        let begun = words(answer);
        let begun = begun.iter().filter_map(|word| beginnings(word)).flatten();
        let answer: HashSet<String> = begun.chain(acronyms(answer)).collect();
        let mut found: HashMap<usize, usize> = HashMap::new();
        for owner in answer.iter().filter_map(|stem| *owners.get(stem)?) {
            *found.entry(owner).or_default() += 1;
        }
        let own = found.get(&position).copied().unwrap_or_default();
        let best = found.into_iter().max_by_key(|(owner, count)| (*count, *owner));
        match best {
            Some((owner, _)) if own == 0 => {
                strangers.insert(position, owner);
            }
            _ => fitting += usize::from(own > 0),
        }
    }
    let is_swap = strangers.iter().any(|(position, owner)| strangers.get(owner) == Some(position));
    is_swap || strangers.len() >= 2 && strangers.len() > fitting
}

/// What of a translated word may be a stem of its source.
fn beginnings(word: &str) -> Option<[String; 2]> {
    let take = |count: usize| -> String { word.chars().take(count).collect() };
    (word.chars().count() > 3).then(|| [take(3), take(4)])
}

/// Whether the answers' lengths fit the texts far better when all of them are moved on by the same number of places.
fn is_shifted(pairs: &[(&str, &str)]) -> bool {
    let count = pairs.len();
    if count < LENGTHS {
        return false;
    }
    let length = |text: &str| text.chars().count().max(1);
    let texts: Vec<usize> = pairs.iter().map(|(text, _)| length(text)).collect();
    let answers: Vec<usize> = pairs.iter().map(|(_, answer)| length(answer)).collect();
    let (all, given): (usize, usize) = (texts.iter().sum(), answers.iter().sum());
    // In thousandths of the text's length, how far its answer is from the usual proportion.
    let cost = |by: usize| -> usize {
        let pair = |(position, text): (usize, &usize)| {
            let answer = answers.get((position + by) % count).copied().unwrap_or_default();
            let expected = (text * given / all.max(1)).max(1);
            answer.abs_diff(expected) * 1000 / expected.max(answer)
        };
        texts.iter().enumerate().map(pair).sum()
    };
    let own = cost(0);
    // Only neighbours are tried: a text left out, or one put in, moves the others by one.
    own > count * FAR && [1, count - 1].into_iter().any(|by| cost(by) * MUCH < own)
}

/// In thousandths: answers of the usual proportions are nearer than this on average.
const FAR: usize = 350;

/// How many times better another order must be.
const MUCH: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    const SETS: &str = include_str!("../../../tests/fixtures/text/batches.txt");

    /// The batches of the fixture: texts and their right answers.
    fn batches() -> Vec<(Vec<&'static str>, Vec<&'static str>)> {
        let blocks = SETS.split("\n\n").filter(|block| !block.starts_with('#'));
        blocks.map(|block| block.lines().map(|line| line.split_once(" => ").expect("an answer")).unzip()).collect()
    }

    fn fault_of(texts: &[&str], answers: &[&str]) -> Option<&'static str> {
        fault(texts, &answers.iter().map(|answer| Some(*answer)).collect::<Vec<_>>())
    }

    #[test]
    fn right_answers_are_believed() {
        for (texts, answers) in batches() {
            assert_eq!(fault_of(&texts, &answers), None, "{texts:?}");
            for pair in 2..=texts.len() {
                assert_eq!(fault_of(&texts[..pair], &answers[..pair]), None, "{texts:?}");
            }
        }
    }

    #[test]
    fn one_answer_for_all_and_answers_out_of_order_are_not() {
        for (texts, answers) in batches().into_iter().filter(|(texts, _)| texts.len() > 4) {
            let one = vec![answers[0]; answers.len()];
            assert!(fault_of(&texts, &one).is_some(), "one for all: {texts:?}");
            for by in [1, answers.len() - 1] {
                let mut rotated = answers.clone();
                rotated.rotate_left(by);
                assert!(fault_of(&texts, &rotated).is_some(), "rotated by {by}: {texts:?}");
            }
            let mut shifted = answers.clone();
            shifted.remove(1);
            shifted.push(answers[answers.len() - 1]);
            assert!(fault_of(&texts, &shifted).is_some(), "one left out: {texts:?}");
            let mut swapped = answers.clone();
            swapped.swap(0, 1);
            assert!(fault_of(&texts, &swapped).is_some(), "swapped: {texts:?}");
        }
    }

    #[test]
    fn accents_of_any_language_hide_no_word() {
        let texts = ["The Šibenik mirror serves files again.", "Our Tromsø route drops every packet."];
        assert_eq!(
            fault_of(&texts, &["Mirror Sibenik znovu slúži súbory.", "Naša route Tromsø dropuje každý packet."]),
            None
        );
        assert_eq!(words("Íššúé řéšólvéď"), ["issue", "resolved"]);
    }

    #[test]
    fn short_texts_and_like_ones_may_share_an_answer() {
        assert_eq!(fault_of(&["Outage", "Incident"], &["Incidente", "Incidente"]), None);
        let like = ["The issue has been resolved.", "The problem has been resolved."];
        assert_eq!(fault_of(&like, &["El problema se ha resuelto."; 2]), None);
        assert_eq!(fault_of(&["One text alone."], &["Un texto solo."]), None);
        assert_eq!(fault(&["A", "B"], &[None, Some("C")]), None);
        assert_eq!(fault(&[], &[]), None);
    }
}
