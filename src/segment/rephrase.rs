//! English turns that engines do not know round a placeholder: `the customer's outage` and `a two-hour outage` are
//! offered as `the outage of the customer` and `an outage of two hours`, which they translate. Only turns of which
//! every word is known are touched, and only before a term, which is a noun for certain.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::protect::pattern;
use super::{Protected, Segment, Span};
use crate::document::fact::{self, Value};

/// The noun behind a date that owns it: ` release`, ` [PH2]`.
static NOUN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^ ([a-z]{3,20}|\[PH\d{1,4}\]|_PH\d{1,4}_|PH\d{1,4}\b)").ok());

/// What stands before a possessive noun as its determiner.
const DETERMINERS: [&str; 9] = ["the", "our", "your", "their", "this", "that", "a", "an", "its"];

/// Days that have no determiner.
const DAYS: [&str; 10] =
    ["today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// An amount in words that describes the noun behind it.
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let numbers = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|half";
    Regex::new(&format!(
        r"(?i)(?:^|[^\w-])(?:({numbers})-(second|minute|hour|day|week|month|year)|(hour|day|week|month)-long) $"
    ))
    .ok()
});

/// More than the longest turn before a term, in bytes.
const SIGHT: usize = 80;

/// Puts the turns of a protected text into words that engines know. Marks that were taken out of the text have their
/// places in it: such a text stays as it is.
pub(super) fn rephrase(segment: &Segment, protected: &mut Protected) {
    if !protected.pairs.is_empty() {
        return;
    }
    let Some(pattern) = pattern(protected.spelling) else { return };
    let mut text = String::with_capacity(protected.text.len());
    let mut from = 0;
    let mut previous: Option<Range<usize>> = None;
    for capture in pattern.captures_iter(&protected.text) {
        let (Some(whole), Some(number)) = (capture.get(0), capture.get(1)) else { continue };
        let slot = number.as_str().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let is_term = slot.and_then(|slot| protected.slots.get(slot)).is_some_and(|slot| {
            let spans = segment.spans.get(slot.spans.clone()).unwrap_or_default();
            spans.iter().any(|span| matches!(span, Span::Fact(fact) if matches!(fact.value, Value::Term(_))))
        });
        let before = protected.text.get(from..whole.start()).unwrap_or_default();
        if let Some(noun) =
            slot.filter(|slot| owns(segment, protected, *slot)).and_then(|_| owned(protected, whole.end()))
        {
            let article = if opens(before) { "The" } else { "the" };
            text.extend([before, article, noun, " ", whole.as_str()]);
            from = whole.end() + noun.len();
            continue;
        }
        let owner =
            previous.take().filter(|range| range.start >= from).map(|range| range.start - from..range.end - from);
        previous = Some(whole.range());
        let Some((start, turned)) = Some(before)
            .filter(|_| is_term)
            .and_then(|before| possessive(before, owner, whole.as_str()).or_else(|| amount(before, whole.as_str())))
        else {
            continue;
        };
        text.push_str(before.get(..start).unwrap_or_default());
        text.push_str(&turned);
        from = whole.end();
    }
    text.push_str(protected.text.get(from..).unwrap_or_default());
    protected.text = text;
}

/// Whether a slot holds a date that owns the noun behind it: `July 5's release` is offered as `the release [PH1]`.
fn owns(segment: &Segment, protected: &Protected, slot: usize) -> bool {
    let spans = protected.slots.get(slot).and_then(|slot| segment.spans.get(slot.spans.clone()));
    let is_mark = |span: &&Span| matches!(span, Span::Open { .. } | Span::Close { .. });
    let mut spans = spans.unwrap_or_default().iter().filter(|span| !is_mark(span));
    matches!((spans.next(), spans.next()), (Some(Span::Fact(fact)), None) if fact::is_owner(fact))
}

fn owned(protected: &Protected, at: usize) -> Option<&str> {
    NOUN.as_ref()?.find(protected.text.get(at..)?).map(|noun| noun.as_str())
}

/// Whether what follows begins a sentence.
fn opens(lead: &str) -> bool {
    lead.trim_end().is_empty() || lead.trim_end().ends_with(['.', '!', '?', ':'])
}

/// Where `the customer's` begins in what stands before a noun, and what is written from there on, the noun with it.
/// `owner` is the placeholder before the noun.
fn possessive(before: &str, owner: Option<Range<usize>>, noun: &str) -> Option<(usize, String)> {
    let head = before.strip_suffix("'s ").or_else(|| before.strip_suffix("’s "))?;
    let is_word = |letter: char| letter.is_ascii_alphabetic();
    let start = match owner.filter(|owner| owner.end == head.len()) {
        Some(owner) => owner.start,
        None => head.trim_end_matches(is_word).len(),
    };
    let owner = head.get(start..).filter(|owner| !owner.is_empty())?;
    let lead = head.get(..start)?;
    let the = |capital: bool| if capital { "The" } else { "the" };
    if DAYS.contains(&owner.to_ascii_lowercase().as_str()) && (lead.is_empty() || lead.ends_with(' ')) {
        let is_first = opens(lead);
        let named = !owner.to_ascii_lowercase().ends_with("day") || owner.eq_ignore_ascii_case("today");
        let own = if named || owner.eq_ignore_ascii_case("yesterday") {
            owner.to_ascii_lowercase()
        } else {
            owner.to_owned()
        };
        return Some((start, format!("{} {noun} of {own}", the(is_first))));
    }
    let front = lead.strip_suffix(' ').unwrap_or_default();
    let at = front.trim_end_matches(is_word).len();
    let determiner = front.get(at..).unwrap_or_default();
    if DETERMINERS.contains(&determiner.to_ascii_lowercase().as_str()) {
        let capital = determiner.starts_with(char::is_uppercase);
        return Some((at, format!("{} {noun} of {} {owner}", the(capital), determiner.to_ascii_lowercase())));
    }
    // "GitHub's outage"
    let is_placeholder = !owner.chars().all(is_word);
    (is_placeholder && (lead.is_empty() || lead.ends_with(' ')))
        .then(|| (start, format!("{} {noun} of {owner}", the(opens(lead)))))
}

/// The same for `two-hour` and `hour-long`.
fn amount(before: &str, noun: &str) -> Option<(usize, String)> {
    let mut begin = before.len().saturating_sub(SIGHT);
    while !before.is_char_boundary(begin) {
        begin += 1;
    }
    let capture = AMOUNT.as_ref()?.captures(before.get(begin..)?)?;
    let text = |index: usize| capture.get(index).map(|found| found.as_str().to_ascii_lowercase());
    let (number, unit) = match (text(1), text(2), text(3)) {
        (Some(number), Some(unit), _) => (number, unit),
        (_, _, Some(unit)) => ("one".to_owned(), unit),
        _ => return None,
    };
    let start = capture.get(1).or_else(|| capture.get(3))?.start();
    let amount = match number.as_str() {
        "one" => format!("one {unit}"),
        "half" if unit == "hour" => "half an hour".to_owned(),
        "half" => format!("half a {unit}"),
        _ => format!("{number} {unit}s"),
    };
    Some((begin + start, format!("{noun} of {amount}")))
}

#[cfg(test)]
mod tests {
    use crate::document::{self, Format, Report};
    use crate::segment::{self, Glossary, Spelling};

    #[test]
    fn turns_before_a_term_are_offered_in_words_that_engines_know() {
        for (body, sent) in [
            ("The outage's root cause is known.", "The [PH1] of the outage is known."),
            ("We know the outage’s root cause.", "We know the [PH1] of the outage."),
            ("Our customer's outage was short.", "The [PH1] of our customer was short."),
            ("Today's outage was short.", "The [PH1] of today was short."),
            ("After Monday's upgrade it failed.", "After the [PH1] of Monday it failed."),
            ("It was a two-hour outage.", "It was a [PH1] of two hours."),
            ("We had an hour-long outage.", "We had an [PH1] of one hour."),
            ("We had a one-day outage.", "We had a [PH1] of one day."),
            ("It was a half-hour outage.", "It was a [PH1] of half an hour."),
            ("It was an ongoing, two-hour outage.", "It was an ongoing, [PH1] of two hours."),
            ("The status of the outage is known.", "The status of the [PH1] is known."),
            ("We saw GitHub's outage today.", "We saw the [PH2] of [PH1] today."),
            ("July 5's release was late.", "The release [PH1] was late."),
            ("It came after Monday’s maintenance.", "It came after the maintenance [PH1]."),
            ("March's outage was short.", "The [PH2] [PH1] was short."),
            ("Since July 5's outage we wait.", "Since the [PH2] [PH1] we wait."),
            ("The update failed, Tuesday's worked.", "The update failed, Tuesday's worked."),
            ("Monday's database migration failed.", "Monday's database migration failed."),
            ("The outage's end came soon.", "The outage's end came soon."),
            ("The API's end came soon.", "The [PH1]'s end came soon."),
            ("The big customer's outage was short.", "The big customer's [PH1] was short."),
        ] {
            let document = document::read(&Report::example(Format::Text, body)).expect("a readable report");
            let locale = "es".parse().expect("a locale");
            let segments = segment::segments(&document, Glossary::default().for_locale(&locale));
            let segment = segments.last().expect("a segment");
            let protected = segment::protect(segment, Spelling::Bracketed);
            assert_eq!(protected.text, sent, "{body}");
            assert!(segment::restore(segment, &protected, &protected.text).is_ok(), "{body}");
            assert_eq!(segment::protect_unmarked(segment, Spelling::Bracketed).text, sent, "{body}");
        }
    }
}
