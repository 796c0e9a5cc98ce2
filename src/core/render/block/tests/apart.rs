//! Whatever a good translator does with the neighbours of facts, terms, codes and marks, two words never grow together.

use std::collections::HashSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// What reports are made of: words, and what does not travel.
const PIECES: [&str; 14] = [
    "the API",
    "GitHub",
    "the outage",
    "an outage",
    "`config`",
    "**bold words**",
    "at 10:54 UTC",
    "on July 5, 2024",
    "5%",
    "[the page](https://example.com/b)",
    "*outage*",
    "ERR-5012",
    "errors began",
    "30 minutes",
];

/// What stands between them.
const JOINTS: [&str; 12] = [" ", ", ", " (", ") ", "'s ", "/", " – ", " \u{201c}", "\u{201d} ", "; ", " and ", ": "];

/// What a translator writes round a placeholder.
const EDGES: [&str; 14] = ["", "", " ", " ", ", ", " (", ") ", "’", " l'", "-", " – ", "/", " → ", "\""];

const WORDS: [&str; 8] = ["zorro", "casa", "y", "e", "fue", "causado", "tras", "El"];

/// What the program writes of itself: articles and prepositions that melt.
const OWN: &str = "el la los las un una unos unas del al de a l fueron fue causada causadas causados causado";

fn tokens(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The tokens of a segment's facts as readers see them.
fn rendered(body: &str) -> HashSet<String> {
    let bundles = Bundles::built_in().expect("the built-in bundles");
    let locale: Locale = "es".parse().expect("a locale");
    let document = document::read(&Report::example(Format::Markdown, body)).expect("a readable report");
    let segments = segment::segments(&document, Glossary::default().for_locale(&locale));
    let notation = Notation::new(&locale, &bundles);
    let facts = segments.last().expect("a segment").spans.iter().filter_map(|span| match span {
        Span::Fact(fact) => Some(notation.fact(fact)),
        _ => None,
    });
    facts.flat_map(|text| tokens(&text).collect::<Vec<_>>()).collect()
}

/// A source, the order of its placeholders, what the answer has round each, and its words.
type Rearranged = (Vec<(&'static str, &'static str)>, Vec<u32>, Vec<(&'static str, &'static str)>, Vec<&'static str>);

fn rearranged() -> impl Strategy<Value = Rearranged> {
    let pick = |words: &'static [&'static str]| prop::sample::select(words);
    (
        prop::collection::vec((pick(&PIECES), pick(&JOINTS)), 1..5),
        prop::collection::vec(any::<u32>(), MOST),
        prop::collection::vec((pick(&EDGES), pick(&EDGES)), MOST),
        prop::collection::vec(pick(&WORDS), MOST),
    )
}

/// More placeholders than a source has.
const MOST: usize = 12;

/// The answer: each placeholder with a word before it and what stands on both sides.
fn answer(count: usize, (_, order, edges, words): &Rearranged) -> String {
    let mut slots: Vec<usize> = (1..=count).collect();
    // Half of the answers keep the order: another one is often refused.
    if order[0] % 2 == 0 {
        slots.sort_by_key(|slot| order.get(*slot % MOST).copied());
    }
    let mut answer = String::new();
    let gap = |answer: &str| if answer.ends_with(char::is_alphanumeric) { " " } else { "" };
    for (position, slot) in slots.iter().enumerate() {
        let (before, after) = edges[position % MOST];
        answer.push_str(gap(&answer));
        let _ = write!(answer, "{}{before}[PH{slot}]{after}", words[position % MOST]);
    }
    answer.push_str(gap(&answer));
    answer + "casa."
}

#[test]
fn words_never_grow_together() {
    // One answer in five passes the checks; the others are refused before anybody reads them, and are drawn again.
    let config =
        ProptestConfig { cases: 60, max_global_rejects: 6_000, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = proptest::test_runner::TestRunner::new(config).run(&rearranged(), |given| {
        let body: String = given.0.iter().flat_map(|(piece, joint)| [*piece, *joint]).collect();
        let body = body + "ended today.";
        let locale: Locale = "es".parse().expect("a locale");
        let document = document::read(&Report::example(Format::Markdown, &body)).expect("a readable report");
        let segments = segment::segments(&document, Glossary::default().for_locale(&locale));
        let segment = segments.last().expect("a segment");
        let answer = answer(segment::protect(segment, Spelling::Bracketed).slots.len(), &given);
        let Ok(text) = shown("es", &body, &answer) else {
            return Err(TestCaseError::reject("the checks refuse the answer"));
        };
        let mut known = rendered(&body);
        known.extend(tokens(&segment.source_text()));
        known.extend(WORDS.iter().map(|word| word.to_lowercase()));
        known.extend(OWN.split(' ').map(str::to_owned));
        for token in tokens(&text.replace('*', "")) {
            prop_assert!(known.contains(&token), "`{}` in `{}`, of `{}` => `{}`", token, text, body, answer);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
