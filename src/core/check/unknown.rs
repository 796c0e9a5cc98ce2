//! Words that an engine says it did not know stand in its text as they came: of the source's language, or of one in
//! between. A noun is borrowed as often as not; a verb makes no sentence (`la seconda gara overwrote il primo`). A
//! participle in `ed` may stand as an adjective does, and an engine that serves alone has many of them.

use crate::finding::{Finding, Severity};
use crate::segment::{Segment, Span, TargetSpan};

use super::english;
use super::subject::words;

/// At most this many words are named.
const NAMED: usize = 5;

/// What is to be said of the unknown words that a text has. Names are unknown to every dictionary: a word that the
/// source has with a capital is none of these.
pub(super) fn findings(segment: &Segment, target: &[TargetSpan], unknown: &[String]) -> Vec<Finding> {
    if unknown.is_empty() {
        return Vec::new();
    }
    let source = || {
        segment.spans.iter().filter_map(|span| match span {
            Span::Text(text) => Some(words(text)),
            _ => None,
        })
    };
    let is_name = |word: &str| {
        source().flatten().any(|known| known.starts_with(char::is_uppercase) && known.to_lowercase() == word)
    };
    let stands = |word: &str| {
        let texts = target.iter().filter_map(|span| match span {
            TargetSpan::Text(text) => Some(words(text)),
            TargetSpan::Source(_) => None,
        });
        texts.flatten().any(|found| found == word)
    };
    let is_source = |word: &str| source().flatten().any(|known| known == word);
    let mut left: Vec<&String> = unknown.iter().filter(|word| stands(word) && !is_name(word)).collect();
    left.sort_unstable();
    left.dedup();
    if left.is_empty() {
        return Vec::new();
    }
    let owns = || source().flatten().collect::<Vec<_>>().array_windows().any(|[_, ending]| *ending == "s");
    let is_grave = left.iter().any(|word| {
        let is_known = is_source(word);
        (is_known && english::is_past(word)) || (!is_known && is_run_together(word) && owns())
    });
    let severity = if is_grave { Severity::Block } else { Severity::Warn };
    let named: Vec<&str> = left.iter().take(NAMED).map(|word| word.as_str()).collect();
    vec![Finding::new("unknown", severity, format!("the engine does not know `{}`", named.join("`, `")))]
}

/// Whether an unknown word may be an owner and the verb that an engine has made of its `'s`, as one: `outageha`.
fn is_run_together(word: &str) -> bool {
    const VERBS: [&str; 2] = ["ha", "té"];
    word.chars().count() > 5 && VERBS.iter().any(|verb| word.ends_with(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, target: &str, unknown: &[&str]) -> Vec<Severity> {
        let segment = Segment::of(vec![Span::Text(source.to_owned())]);
        let unknown: Vec<String> = unknown.iter().map(|word| (*word).to_owned()).collect();
        let findings = findings(&segment, &[TargetSpan::Text(target.to_owned())], &unknown);
        findings.into_iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn unknown_verbs_are_refused_and_other_words_told() {
        let race = "The second race overwrote the first one.";
        assert_eq!(found(race, "La seconda gara overwrote il primo.", &["overwrote"]), [Severity::Block]);
        let hosted = "The upgrade is hosted elsewhere.";
        assert_eq!(found(hosted, "La actualización está hosted en otro lugar.", &["hosted"]), [Severity::Warn]);
        let log = "All timestamps are in the log.";
        assert_eq!(found(log, "Las timestamps están en el registro.", &["timestamps"]), [Severity::Warn]);
        assert_eq!(found("High latency.", "Alta latência.", &["latência"]), [Severity::Warn]);
    }

    #[test]
    fn an_owner_and_a_verb_in_one_are_refused() {
        let cause = "The outage's cause is known.";
        assert_eq!(found(cause, "L'outageha la causa è saputo.", &["outageha"]), [Severity::Block]);
        assert_eq!(found("The outage was short.", "L'outageha corta.", &["outageha"]), [Severity::Warn]);
    }

    #[test]
    fn names_and_words_that_are_gone_are_not() {
        assert!(found("Seed failed.", "Seed falló.", &["seed"]).is_empty());
        assert!(found("The webhook failed.", "El gancho falló.", &["webhook"]).is_empty());
        assert!(found("All is well.", "Todo va bien.", &[]).is_empty());
    }
}
