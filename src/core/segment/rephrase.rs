//! English turns that engines do not know round a placeholder: `the customer's outage`, `the API's limits` and `a
//! two-hour outage` are offered as `the outage of the customer`, `the limits of the API` and `an outage of two hours`,
//! which they translate. Only turns of which every word is known are touched.

mod possessive;

use std::sync::LazyLock;

use regex::Regex;

use self::possessive::{Possessives, opens};
use super::protect::pattern;
use super::{Protected, Segment, Span};
use crate::document::fact::{self, Value};

/// The noun behind a date that owns it: ` release`, ` [PH2]`.
static NOUN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^ ([a-z]{3,20}|\[PH\d{1,4}\]|_PH\d{1,4}_|PH\d{1,4}\b)").ok());

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
/// places in it: such a text stays as it is. The source is English, the target is not.
pub fn rephrase(segment: &Segment, protected: &mut Protected) {
    if !protected.pairs.is_empty() {
        return;
    }
    if let Some(text) = possessive::days(&protected.text) {
        protected.text = text;
    }
    let Some(pattern) = pattern(protected.spelling) else { return };
    let mut holes = Vec::new();
    for capture in pattern.captures_iter(&protected.text) {
        let (Some(whole), Some(number)) = (capture.get(0), capture.get(1)) else { continue };
        let slot = number.as_str().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let slot = slot.and_then(|slot| protected.slots.get(slot));
        let spans = slot.and_then(|slot| segment.spans.get(slot.spans.clone())).unwrap_or_default();
        holes.push(Hole {
            range: whole.range(),
            kind: HoleKind::of(spans),
            is_whole: is_whole(spans),
            is_plural: is_plural(spans),
        });
    }
    let possessives = Possessives { text: &protected.text, holes: &holes };
    let mut text = String::with_capacity(protected.text.len());
    let mut from = 0;
    let is_turned = |hole: &Hole| hole.kind != HoleKind::Other || possessives.is_owner(hole);
    for (position, hole) in holes.iter().enumerate().filter(|(_, hole)| is_turned(hole)) {
        if hole.range.start < from {
            continue;
        }
        let before = protected.text.get(from..hole.range.start).unwrap_or_default();
        let noun = protected.text.get(hole.range.clone()).unwrap_or_default();
        let amount = || amount(before, noun).filter(|_| hole.kind == HoleKind::Term);
        let dated =
            || NOUN.as_ref()?.find(protected.text.get(hole.range.end..)?).filter(|_| hole.kind == HoleKind::Date);
        let (start, end, turned) = if let Some(owned) = dated() {
            let article = if opens(protected.text.get(..hole.range.start).unwrap_or_default()) { "The" } else { "the" };
            (hole.range.start, hole.range.end + owned.len(), format!("{article}{} {noun}", owned.as_str()))
        } else if let Some(turn) = possessives.turn(position, from) {
            (turn.range.start, turn.range.end, turn.text)
        } else if let Some((start, turned)) = amount() {
            (from + start, hole.range.end, turned)
        } else {
            continue;
        };
        text.push_str(protected.text.get(from..start).unwrap_or_default());
        text.push_str(&turned);
        from = end;
    }
    text.push_str(protected.text.get(from..).unwrap_or_default());
    protected.text = text;
}

/// A placeholder of a protected text.
struct Hole {
    /// Bytes of the text.
    range: std::ops::Range<usize>,
    kind: HoleKind,
    /// Whether every mark in it opens and closes there, so that it may go elsewhere.
    is_whole: bool,
    /// Whether what it stands for ends as plurals do, so that an apostrophe alone makes an owner of it.
    is_plural: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HoleKind {
    Term,
    /// A date that owns the noun behind it: `July 5's release` is offered as `the release [PH1]`.
    Date,
    Other,
}

impl HoleKind {
    fn of(spans: &[Span]) -> Self {
        let mut inner = spans.iter().filter(|span| !matches!(span, Span::Open { .. } | Span::Close { .. }));
        match (inner.next(), inner.next()) {
            _ if spans.iter().any(is_term) => Self::Term,
            (Some(Span::Fact(fact)), None) if fact::is_owner(fact) => Self::Date,
            _ => Self::Other,
        }
    }
}

fn is_term(span: &Span) -> bool {
    matches!(span, Span::Fact(fact) if matches!(fact.value, Value::Term(_)))
}

fn is_whole(spans: &[Span]) -> bool {
    let count = |is_half: fn(&Span) -> bool| spans.iter().filter(|span| is_half(span)).count();
    count(|span| matches!(span, Span::Open { .. })) == count(|span| matches!(span, Span::Close { .. }))
}

fn is_plural(spans: &[Span]) -> bool {
    spans.iter().rev().map(Span::text).find(|text| !text.is_empty()).is_some_and(|text| text.ends_with(['s', 'S']))
}

/// Where `two-hour` or `hour-long` begins in what stands before a noun, and what is written from there on, the noun
/// with it.
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

    /// Bodies and what engines are sent.
    const TURNS: &[(&str, &str)] = &[
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
        ("Monday's database migration failed.", "Monday's database migration failed."),
        ("The outage's end came soon.", "The end of the [PH1] came soon."),
        ("The API's end came soon.", "The end of the [PH1] came soon."),
        ("The outages' causes are known.", "The causes of the [PH1] are known."),
        ("Several outages’ causes are known.", "The causes of several [PH1] are known."),
        ("Our customers' dashboards' widgets were empty.", "The widgets of the [PH1] of our customers were empty."),
        (
            "The alerts' texts and the rollback's effects were wrong.",
            "The texts of the [PH1] and the effects of the [PH2] were wrong.",
        ),
        ("The SLA's terms apply; the SLAs' terms too.", "The terms of the [PH1] apply; the SLAs' terms too."),
        ("Acme's API's limits were raised.", "The limits of the [PH1] of Acme were raised."),
        ("We, the Acme API's owners, apologise.", "We, the owners of the Acme [PH1], apologise."),
        ("It broke because of the API's banner.", "It broke because of the banner of the [PH1]."),
        ("The root cause's effects are known.", "The effects of the [PH1] are known."),
        ("The API's slow.", "The [PH1]'s slow."),
        ("The API's down and the outage's over.", "The [PH1]'s down and the outage's over."),
        ("It's an outage; that's the API.", "It's an [PH1]; that's the [PH2]."),
        ("The new API's status page was empty.", "The [PH2] of the new [PH1] was empty."),
        ("Our status page's URL changed.", "Our [PH1]'s [PH2] changed."),
        ("We use GitHub's API here.", "We use [PH1]'s [PH2] here."),
        ("Is the API's limit 5,000/day?", "Is the [PH1]'s limit [PH2]?"),
        ("Monday's job failed, Tuesday's worked.", "The job [PH1] failed, the one of Tuesday worked."),
        ("Tuesday’s was short.", "The one of Tuesday was short."),
        ("We moved on and Tuesday's jobs failed.", "We moved on and the jobs [PH1] failed."),
        ("Last Tuesday's worked.", "Last Tuesday's worked."),
        ("The two APIs' owners were told.", "The owners of the two [PH1] were told."),
        ("The two APIs' owners know.", "The two [PH1]' owners know."),
        ("The big API's owner was told.", "The owner of the big [PH1] was told."),
        ("The red API's owner was told.", "The red [PH1]'s owner was told."),
        ("The cause of GitHub's limits is known.", "The cause of the limits of [PH1] is known."),
        ("The status of the API's limits is known.", "The status of the limits of the [PH1] is known."),
        ("The big customer's outage was short.", "The big customer's [PH1] was short."),
    ];

    #[test]
    fn turns_before_a_term_are_offered_in_words_that_engines_know() {
        for &(body, sent) in TURNS {
            let document = document::read(&Report::example(Format::Text, body)).expect("a readable report");
            let locale = "es".parse().expect("a locale");
            let segments = segment::segments(&document, Glossary::default().for_locale(&locale));
            let segment = segments.last().expect("a segment");
            let mut protected = segment::protect(segment, Spelling::Bracketed);
            segment::rephrase(segment, &mut protected);
            assert_eq!(protected.text, sent, "{body}");
            assert!(segment::restore(segment, &protected, &protected.text).is_ok(), "{body}");
            let mut unmarked = segment::protect_unmarked(segment, Spelling::Bracketed);
            segment::rephrase(segment, &mut unmarked);
            assert_eq!(unmarked.text, sent, "{body}");
        }
    }
}
