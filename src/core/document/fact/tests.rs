//! What is found in texts, and how it is read.

mod amounts;
mod calendar;
mod identifiers;
mod laws;
mod lines;
mod moments;

use super::*;

/// What is found, as `kind source` with `!` where a finding goes with it.
fn found(text: &str) -> Vec<String> {
    named(text, &[])
}

fn named(text: &str, names: &[&str]) -> Vec<String> {
    find(text, &Lexicon::of_names(names.iter().copied()))
        .into_iter()
        .map(|found| {
            let kind = match &found.fact.value {
                Value::Moment(moment) if moment.kept.is_some() => "kept".to_owned(),
                Value::Moment(_) => "moment".to_owned(),
                Value::Span(_) => "span".to_owned(),
                Value::Days(days) => format!("days{:?}", days.days),
                Value::Month(month) => {
                    format!("month({}-{})", month.year.map_or_else(String::new, |year| year.to_string()), month.month)
                }
                Value::Names(names) => format!("names({})", names.names.len()),
                Value::ZoneNote(note) => format!("zone note({})", note.zone),
                Value::Duration(parts) => format!("duration({})", parts.len()),
                Value::Money(money) => format!("money({} {} {:?})", money.currency, money.amount.decimal, money.scale),
                Value::Number(number) => format!("number({})", number.decimal),
                Value::Percentage(number) => format!("percent({})", number.decimal),
                Value::Quantity { amount, unit } => format!("{}({unit:?})", amount.decimal),
                Value::Ordinal(number) => format!("ordinal({number})"),
                Value::Term(term) => format!("term({})", term.rendering),
                Value::Numbered(numbered) => format!("numbered({})", numbered.number),
                Value::Verbatim(kind) => format!("{kind:?}"),
            };
            format!("{kind} {}{}", found.fact.source, if found.finding.is_some() { " !" } else { "" })
        })
        .collect()
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "in {text:?}");
}

fn moment(text: &str) -> Moment {
    match find(text, &Lexicon::default()).into_iter().next().map(|found| found.fact.value) {
        Some(Value::Moment(moment)) => moment,
        other => panic!("{text:?}: {other:?}"),
    }
}

/// The laws of the search, whatever the text.
#[track_caller]
fn holds_the_laws(text: &str, names: &[String]) {
    let mut end = 0;
    for found in find(text, &Lexicon::of_names(names)) {
        assert!(found.range.start >= end && found.range.end > found.range.start, "{text:?}: {found:?}");
        assert_eq!(text.get(found.range.clone()), Some(found.fact.source.as_str()), "{text:?}");
        let gap = &text[end..found.range.start];
        assert!(!gap.bytes().any(|byte| byte.is_ascii_digit()), "{text:?}: a digit in the gap {gap:?}");
        end = found.range.end;
    }
    assert!(!text[end..].bytes().any(|byte| byte.is_ascii_digit()), "{text:?}: a digit behind the last fact");
}
