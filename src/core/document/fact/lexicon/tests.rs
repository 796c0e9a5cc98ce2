use super::*;
use crate::document::fact::{Found, find, find_at};

fn term(form: &str, usage: TermUsage) -> Entry {
    let rendered = Rendered {
        name: form.to_owned(),
        rendering: format!("<{form}>"),
        gender: Some(Gender::Feminine),
        number: GrammaticalNumber::Singular,
        usage,
    };
    Entry { form: form.to_owned(), case: Case::Any, contexts: Arc::default(), meaning: Meaning::Rendered(rendered) }
}

fn name(form: &str, contexts: &[&str]) -> Entry {
    let contexts: Vec<String> = contexts.iter().map(ToString::to_string).collect();
    Entry { form: form.to_owned(), case: Case::Exact, contexts: contexts.into(), meaning: Meaning::Name }
}

fn sources(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.fact.source.as_str()).collect()
}

fn uses(text: &str, entry: Entry) -> Vec<Arc<Term>> {
    let found = find(text, &Lexicon::new(vec![entry]));
    let term = |found: Found| match found.fact.value {
        Value::Term(term) => Some(term),
        _ => None,
    };
    found.into_iter().filter_map(term).collect()
}

#[test]
fn the_longest_entry_wins_and_a_name_among_equals() {
    let lexicon = Lexicon::new(vec![
        term("outage", TermUsage::Noun),
        term("major outage", TermUsage::Noun),
        term("talk", TermUsage::Noun),
        name("Talk", &[]),
    ]);
    let found = find("Talk: a major outage, an outage-like talk; talks", &lexicon);
    assert_eq!(sources(&found), ["Talk", "major outage", "talk"]);
    assert_eq!(found[0].fact.value, Value::Verbatim(Verbatim::Name));
    assert!(matches!(&found[2].fact.value, Value::Term(term) if term.rendering == "<talk>"));
}

#[test]
fn spaces_hyphens_and_apostrophes_are_found_in_any_spelling() {
    let lexicon = Lexicon::of_names(["Back Office", "Post-it", "Let's Talk"]);
    let found = find("Back\nOffice, Post\u{2011}it, Let’s  Talk; Back\n\nOffice, back office", &lexicon);
    assert_eq!(sources(&found), ["Back\nOffice", "Post\u{2011}it", "Let’s  Talk"]);
}

#[test]
fn the_article_is_known_where_it_is_the_terms_own() {
    let article =
        |text: &str| uses(text, term("outage", TermUsage::Noun)).first().map(|term| (term.article, term.attributive));
    assert_eq!(article("The outage ended."), Some((Some(Article::Definite), false)));
    assert_eq!(article("It was an outage."), Some((Some(Article::Indefinite), false)));
    assert_eq!(article("The outage window"), Some((None, true)));
    assert_eq!(article("The long outage"), Some((None, false)));
    assert_eq!(article("No outage was seen"), Some((Some(Article::Negative), false)));
    assert_eq!(article("There was no outage of theirs"), Some((None, false)));
    // Of the articles, only `no` is covered.
    let lexicon = Lexicon::new(vec![term("outage", TermUsage::Noun)]);
    assert_eq!(sources(&find("An outage. No outage was seen.", &lexicon)), ["outage", "No outage"]);
    let mut plain = term("outage", TermUsage::Noun);
    if let Meaning::Rendered(rendered) = &mut plain.meaning {
        rendered.gender = None;
    }
    assert_eq!(uses("The outage ended.", plain)[0].article, None);
    assert_eq!(uses("The outage ended.", term("outage", TermUsage::Other))[0].article, None);
}

#[test]
fn nouns_that_another_noun_describes_are_left_to_the_engine() {
    let is_found = |text: &str| !uses(text, term("outage", TermUsage::Head)).is_empty();
    for text in [
        "outage",
        "a brief outage",
        "of outage",
        "a planned outage",
        "caused outage.",
        "db-7.internal outage",
        "due to outage",
        "(outage)",
    ] {
        assert!(is_found(text), "{text}");
    }
    for text in ["a network outage", "the Jira outage", "an approval outage", "outage window"] {
        assert!(!is_found(text), "{text}");
    }
}

#[test]
fn a_context_is_asked_for_where_capitals_do_not_tell() {
    let lexicon = Lexicon::new(vec![name("Talk", &["calls", "is down"])]);
    for (text, opening, expected) in [
        ("We use Talk daily", true, 1),
        ("Talk to us", true, 0),
        ("Talk to us", false, 1),
        ("Talk calls failed", true, 1),
        ("Talk Is Down Again", true, 1),
        ("Calls fail. Talk is downhill", true, 0),
        ("Outage Talk Europe", true, 0),
        ("\u{2022} Talk", true, 0),
    ] {
        let found = find_at(text, &lexicon, opening);
        let names = found.iter().filter(|found| found.fact.value == Value::Verbatim(Verbatim::Name));
        assert_eq!(names.count(), expected, "{text}");
    }
}

#[test]
fn an_empty_lexicon_and_empty_forms_find_nothing() {
    assert!(find("a b", &Lexicon::default()).is_empty());
    assert!(find("a b", &Lexicon::of_names(["", "  "])).is_empty());
}
