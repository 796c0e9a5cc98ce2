//! A label and its value that are both vocabulary: `Severity: high`. An engine that sees them so, without a sentence,
//! guesses what they mean and leaves words of other languages; the bundles have both, and the value agrees with its
//! label. Only whole texts match.

use super::{WORDS, marked, normal};

/// A label and its value, as a report spells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    pub label: LabelledWord,
    pub value: LabelledWord,
}

/// The label or the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledWord {
    /// The message id in `incident.ftl`.
    pub message: &'static str,
    /// As it stands in the report.
    pub source: String,
}

/// Labels that no heading is, and their messages, sorted.
const LABELS: &[(&str, &str)] = &[("affected", "label-affected"), ("priority", "label-priority")];

/// Headings in front of a value; of others, nobody has looked at what a value says of them.
const HEADINGS: &[&str] = &[
    "heading-affected-components",
    "heading-affected-customers",
    "heading-affected-regions",
    "heading-affected-services",
    "heading-cause",
    "heading-current-status",
    "heading-customer-impact",
    "heading-duration",
    "heading-impact",
    "heading-root-cause",
    "heading-severity",
    "heading-status",
    "heading-workaround",
];

/// Values of any of these labels, and their messages, sorted.
const VALUES: &[(&str, &str)] = &[
    ("all", "value-all"),
    ("all customers", "value-all-customers"),
    ("all regions", "value-all-regions"),
    ("all services", "value-all-services"),
    ("all users", "value-all-users"),
    ("critical", "value-critical"),
    ("high", "value-high"),
    ("low", "value-low"),
    ("major", "value-major"),
    ("medium", "value-medium"),
    ("minor", "value-minor"),
    ("moderate", "value-moderate"),
    ("none", "value-none"),
    ("ongoing", "value-ongoing"),
    ("unknown", "value-unknown"),
];

/// The label and the value that a text is as a whole, in any case.
#[must_use]
pub fn labelled(text: &str) -> Option<Labelled> {
    let (label, value) = text.trim().split_once(':')?;
    // What does not follow a space is one word with the label: `status:resolved`.
    let value = value.strip_prefix(char::is_whitespace)?.trim();
    let label_message = message(label, LABELS).or_else(|| heading(label))?;
    let is_status = matches!(label_message, "heading-status" | "heading-current-status");
    let status = || {
        let word = marked(value, WORDS, &[])?;
        (is_status && word.message.starts_with("status-")).then_some(word.message)
    };
    let value_message = message(value, VALUES).or_else(status)?;
    let part = |message, source: &str| LabelledWord { message, source: source.trim().to_owned() };
    Some(Labelled { label: part(label_message, label), value: part(value_message, value) })
}

fn heading(label: &str) -> Option<&'static str> {
    marked(label.trim(), WORDS, &[]).map(|word| word.message).filter(|message| HEADINGS.contains(message))
}

fn message(text: &str, known: &[(&str, &'static str)]) -> Option<&'static str> {
    if text.len() > super::LONGEST {
        return None;
    }
    let form = normal(text);
    let index = known.binary_search_by(|(known, _)| (*known).cmp(&form)).ok()?;
    known.get(index).map(|(_, message)| *message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::Argument;

    #[test]
    fn the_tables_are_sorted_and_in_every_bundle() {
        for table in [LABELS, VALUES] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        assert!(HEADINGS.windows(2).all(|pair| pair[0] < pair[1]));
        let bundles = crate::l10n::Bundles::built_in().unwrap();
        for locale in bundles.locales() {
            for (form, message) in LABELS.iter().chain(VALUES) {
                let arguments = [("agreement", Argument::Text("feminine"))];
                assert!(bundles.find(&locale, message, &arguments).is_some(), "{locale}: `{message}` of `{form}`");
            }
        }
    }

    #[test]
    fn a_known_label_has_a_known_value() {
        for (text, label, value) in [
            ("Severity: high", "heading-severity", "value-high"),
            ("ROOT CAUSE : Unknown", "heading-root-cause", "value-unknown"),
            ("Affected: all regions", "label-affected", "value-all-regions"),
            ("Status: In progress", "heading-status", "status-in-progress"),
        ] {
            let found = labelled(text).expect(text);
            assert_eq!((found.label.message, found.value.message), (label, value), "{text}");
        }
        for text in [
            "Severity: high.",
            "Severity:high",
            "Severity: high and rising",
            "Severity:",
            "Owner: none",
            "Impact: resolved",
            "high: severity",
            "Severity",
            "",
        ] {
            assert_eq!(labelled(text), None, "{text}");
        }
    }
}
