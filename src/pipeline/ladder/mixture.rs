//! Answers that came for other texts of their batch. Models that translate several texts at once answer all of them
//! with one text, leave one out, or change their order, and each answer by itself reads well.

mod fit;
mod meanings;

use std::collections::{HashMap, HashSet};

use icu::normalizer::DecomposingNormalizerBorrowed;

use fit::Fit;

/// Answers of fewer words than this may be the same for several texts: `Outage` and `Incident`.
const WORDS: usize = 4;

/// In hundredths: texts that share so much of their words may have one translation.
const LIKE: usize = 34;

/// From this many texts on, their lengths tell whether answers are out of order.
const LENGTHS: usize = 5;

/// What is wrong with the answers of a batch as a whole, by their positions; `None` where nothing is. `language` is
/// that of the answers, as `pt`.
pub(super) fn fault(texts: &[&str], answers: &[Option<&str>], language: &str) -> Option<&'static str> {
    let pairs = pairs(texts, answers);
    let is_mixed = || pairs.len() > 1 && (Fit::of(&pairs, language).is_exchanged() || is_shifted(&pairs));
    one_for_many(&pairs).or_else(|| is_mixed().then_some("answers of the batch belong to other texts of it"))
}

/// The same for texts that were asked for one by one, and cannot have got each other's answers.
pub(super) fn fault_of_single(texts: &[&str], answers: &[Option<&str>], _language: &str) -> Option<&'static str> {
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

/// Words in capitals, which no translation changes.
fn acronyms(text: &str) -> impl Iterator<Item = String> {
    let split = text.split(|letter: char| !letter.is_alphanumeric());
    split.filter(|word| word.len() > 1 && word.chars().all(char::is_uppercase)).map(str::to_owned)
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
    const GOOD: [&str; 2] = [
        include_str!("../../../tests/fixtures/text/good.tsv"),
        include_str!("../../../tests/fixtures/text/good-more.tsv"),
    ];

    /// Texts, their right answers, and the language of these.
    type Example = (Vec<&'static str>, Vec<&'static str>, &'static str);

    fn batches() -> Vec<Example> {
        let blocks = SETS.split("\n\n").filter(|block| !block.starts_with('#'));
        let read = |block: &'static str| {
            let (language, pairs) = block.split_once('\n').expect("a language");
            let (texts, answers) = pairs.lines().map(|line| line.split_once(" => ").expect("an answer")).unzip();
            (texts, answers, language)
        };
        blocks.map(read).collect()
    }

    /// Good translations of the sets that the checks are measured with, in the order in which they stand there.
    fn sets() -> Vec<Example> {
        ["es", "it", "pt"]
            .into_iter()
            .map(|language| {
                let lines = GOOD.iter().flat_map(|file| file.lines()).map(|line| line.split('\t').collect::<Vec<_>>());
                let (texts, answers) =
                    lines.filter(|line| line[0].starts_with(language)).map(|line| (line[2], line[3])).unzip();
                (texts, answers, language)
            })
            .collect()
    }

    fn fault_of(texts: &[&str], answers: &[&str], language: &str) -> Option<&'static str> {
        fault(texts, &answers.iter().map(|answer| Some(*answer)).collect::<Vec<_>>(), language)
    }

    #[test]
    fn right_answers_are_believed() {
        for (texts, answers, language) in batches() {
            assert_eq!(fault_of(&texts, &answers, language), None, "{texts:?}");
            for pair in 2..=texts.len() {
                assert_eq!(fault_of(&texts[..pair], &answers[..pair], language), None, "{texts:?}");
            }
        }
    }

    /// A refusal costs a call for each text, and no more; the sets are full of unusual translations.
    #[test]
    fn right_answers_are_seldom_asked_for_again() {
        let (mut all, mut refused) = (0, Vec::new());
        for (texts, answers, language) in sets() {
            for size in [2, 4, 8, 16] {
                for (texts, answers) in texts.chunks_exact(size).zip(answers.chunks_exact(size)) {
                    all += 1;
                    if fault_of(texts, answers, language).is_some() {
                        refused.push(format!("{language} {texts:?} {answers:?}"));
                    }
                }
            }
        }
        assert!(refused.len() * 100 <= all * 2, "{} of {all}: {refused:#?}", refused.len());
    }

    /// How many wrong orders of the answers are found, and of how many.
    fn found(texts: &[&str], answers: &[&str], language: &str) -> [(usize, usize); 2] {
        let mut moved = (0, 0);
        let mut orders: Vec<Vec<&str>> = vec![answers.iter().rev().copied().collect()];
        for by in 1..answers.len() {
            let mut rotated = answers.to_vec();
            rotated.rotate_left(by);
            orders.push(rotated);
        }
        for order in &orders {
            moved.0 += usize::from(fault_of(texts, order, language).is_some());
            moved.1 += 1;
        }
        let mut swapped = (0, 0);
        for (first, second) in (0..answers.len()).flat_map(|first| (0..first).map(move |second| (first, second))) {
            let mut order = answers.to_vec();
            order.swap(first, second);
            swapped.0 += usize::from(fault_of(texts, &order, language).is_some());
            swapped.1 += 1;
        }
        [moved, swapped]
    }

    #[test]
    fn answers_in_another_order_are_found() {
        for (texts, answers, language) in batches().into_iter().filter(|(texts, ..)| texts.len() > 4) {
            for (found, all) in found(&texts, &answers, language) {
                assert_eq!(found, all, "{texts:?}");
            }
        }
        // Free translations of sentences that are like each other.
        let mut sums = [(0, 0); 2];
        for (texts, answers, language) in sets() {
            for (texts, answers) in texts.chunks_exact(8).zip(answers.chunks_exact(8)) {
                for (sum, (found, all)) in sums.iter_mut().zip(found(texts, answers, language)) {
                    *sum = (sum.0 + found, sum.1 + all);
                }
            }
        }
        let [(moved, orders), (swapped, swaps)] = sums;
        assert!(moved * 100 >= orders * 95, "{moved} of {orders}");
        assert!(swapped * 100 >= swaps * 60, "{swapped} of {swaps}");
    }

    #[test]
    fn one_answer_for_all_and_answers_out_of_order_are_not() {
        for (texts, answers, language) in batches().into_iter().filter(|(texts, ..)| texts.len() > 4) {
            let one = vec![answers[0]; answers.len()];
            assert!(fault_of(&texts, &one, language).is_some(), "one for all: {texts:?}");
            for by in [1, answers.len() - 1] {
                let mut rotated = answers.clone();
                rotated.rotate_left(by);
                assert!(fault_of(&texts, &rotated, language).is_some(), "rotated by {by}: {texts:?}");
            }
            let mut shifted = answers.clone();
            shifted.remove(1);
            shifted.push(answers[answers.len() - 1]);
            assert!(fault_of(&texts, &shifted, language).is_some(), "one left out: {texts:?}");
            let mut swapped = answers.clone();
            swapped.swap(0, 1);
            assert!(fault_of(&texts, &swapped, language).is_some(), "swapped: {texts:?}");
        }
    }

    #[test]
    fn accents_of_any_language_hide_no_word() {
        let texts = ["The Šibenik mirror serves files again.", "Our Tromsø route drops every packet."];
        assert_eq!(
            fault_of(&texts, &["Mirror Sibenik znovu slúži súbory.", "Naša route Tromsø dropuje každý packet."], "sk"),
            None
        );
        assert_eq!(words("Íššúé řéšólvéď"), ["issue", "resolved"]);
    }

    #[test]
    fn short_texts_and_like_ones_may_share_an_answer() {
        assert_eq!(fault_of(&["Outage", "Incident"], &["Incidente", "Incidente"], "es"), None);
        let like = ["The issue has been resolved.", "The problem has been resolved."];
        assert_eq!(fault_of(&like, &["El problema se ha resuelto."; 2], "es"), None);
        assert_eq!(fault_of(&["One text alone."], &["Un texto solo."], "es"), None);
        assert_eq!(fault(&["A", "B"], &[None, Some("C")], "es"), None);
        assert_eq!(fault(&[], &[], "es"), None);
    }
}
