//! The words that recur in incident reports, headings and status words, and the Fluent messages that have them in all
//! languages. Only whole texts match; nothing here looks into a sentence.

mod labelled;

pub use labelled::{Labelled, LabelledWord, labelled};

/// A word of the vocabulary, as a report spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The message id in `incident.ftl`.
    pub message: &'static str,
    /// The source is all upper case, where that is not the word's own spelling (`RCA`).
    pub shout: bool,
    /// What the source ends in and the message does not have: `:`, `.`, `!`; mostly empty.
    pub mark: &'static str,
    /// What parts the word from facts behind it (` (` of `Timeline (all times in UTC)`); empty: there are none.
    pub parting: &'static str,
}

/// Longer texts are no words.
const LONGEST: usize = 48;

/// Normalised forms ([`normal`]) and their messages, sorted. Plural and article variants stand for themselves, so that
/// nothing matches that nobody has looked at.
const WORDS: &[(&str, &str)] = &[
    ("action items", "heading-action-items"),
    ("affected components", "heading-affected-components"),
    ("affected customers", "heading-affected-customers"),
    ("affected regions", "heading-affected-regions"),
    ("affected services", "heading-affected-services"),
    ("appendix", "heading-appendix"),
    ("background", "heading-background"),
    ("cause", "heading-cause"),
    ("completed", "status-completed"),
    ("components affected", "heading-affected-components"),
    ("conclusion", "heading-conclusion"),
    ("contributing factors", "heading-contributing-factors"),
    ("corrective actions", "heading-corrective-actions"),
    ("current status", "heading-current-status"),
    ("customer impact", "heading-customer-impact"),
    ("customers affected", "heading-affected-customers"),
    ("date", "heading-date"),
    ("description", "heading-description"),
    ("details", "heading-details"),
    ("detection", "heading-detection"),
    ("diagnosis", "heading-diagnosis"),
    ("duration", "heading-duration"),
    ("end time", "heading-end-time"),
    ("executive summary", "heading-executive-summary"),
    ("follow up", "heading-follow-up"),
    ("followup", "heading-follow-up"),
    ("for more information", "heading-more-information"),
    ("identified", "status-identified"),
    ("impact", "heading-impact"),
    ("impact on customers", "heading-customer-impact"),
    ("impacted components", "heading-affected-components"),
    ("impacted customers", "heading-affected-customers"),
    ("impacted regions", "heading-affected-regions"),
    ("impacted services", "heading-affected-services"),
    ("in progress", "status-in-progress"),
    ("incident report", "heading-incident-report"),
    ("incident summary", "heading-incident-summary"),
    ("incident timeline", "heading-timeline"),
    ("introduction", "heading-introduction"),
    ("investigating", "status-investigating"),
    ("investigation", "heading-investigation"),
    ("learnings", "heading-lessons-learned"),
    ("lessons", "heading-lessons-learned"),
    ("lessons learned", "heading-lessons-learned"),
    ("lessons learnt", "heading-lessons-learned"),
    ("maintenance", "heading-maintenance"),
    ("mitigation", "heading-mitigation"),
    ("monitoring", "status-monitoring"),
    ("next steps", "heading-next-steps"),
    ("note", "heading-note"),
    ("notes", "heading-notes"),
    ("overview", "heading-overview"),
    ("planned maintenance", "heading-scheduled-maintenance"),
    ("post mortem", "heading-post-mortem"),
    ("postmortem", "heading-post-mortem"),
    ("preventative actions", "heading-preventive-actions"),
    ("preventative measures", "heading-preventive-actions"),
    ("prevention", "heading-prevention"),
    ("preventive actions", "heading-preventive-actions"),
    ("preventive measures", "heading-preventive-actions"),
    ("rca", "heading-root-cause-analysis"),
    ("recovery", "heading-recovery"),
    ("references", "heading-references"),
    ("regions affected", "heading-affected-regions"),
    ("remediation", "heading-remediation"),
    ("remediation items", "heading-remediation-items"),
    ("resolution", "heading-resolution"),
    ("resolved", "status-resolved"),
    ("response", "heading-response"),
    ("root cause", "heading-root-cause"),
    ("root cause analysis", "heading-root-cause-analysis"),
    ("root cause analysis (rca)", "heading-root-cause-analysis"),
    ("root causes", "heading-root-causes"),
    ("scheduled", "status-scheduled"),
    ("scheduled maintenance", "heading-scheduled-maintenance"),
    ("scope", "heading-scope"),
    ("services affected", "heading-affected-services"),
    ("severity", "heading-severity"),
    ("start time", "heading-start-time"),
    ("status", "heading-status"),
    ("summary", "heading-summary"),
    ("summary of the incident", "heading-incident-summary"),
    ("symptoms", "heading-symptoms"),
    ("time line", "heading-timeline"),
    ("timeline", "heading-timeline"),
    ("timeline of events", "heading-timeline"),
    ("trigger", "heading-trigger"),
    ("update", "heading-update"),
    ("updates", "heading-updates"),
    ("verifying", "status-verifying"),
    ("what happened", "heading-what-happened"),
    ("what happened?", "heading-what-happened-question"),
    ("what we are doing", "heading-what-we-are-doing"),
    ("what we're doing", "heading-what-we-are-doing"),
    ("what went well", "heading-what-went-well"),
    ("what went well?", "heading-what-went-well-question"),
    ("what went wrong", "heading-what-went-wrong"),
    ("what went wrong?", "heading-what-went-wrong-question"),
    ("where we got lucky", "heading-where-we-got-lucky"),
    ("why did it happen?", "heading-why-it-happened-question"),
    ("why did this happen?", "heading-why-it-happened-question"),
    ("why it happened", "heading-why-it-happened"),
    ("why this happened", "heading-why-it-happened"),
    ("work around", "heading-workaround"),
    ("workaround", "heading-workaround"),
];

/// As [`WORDS`], of what stands alone in a line or a cell and is no heading: engines read more into words without a
/// sentence than they say (`Obrigado por uma mensagem.` for `Thanks.`).
const REMARKS: &[(&str, &str)] = &[
    ("back up", "remark-back-up"),
    ("down", "remark-down"),
    ("many thanks", "remark-thanks"),
    ("thank you", "remark-thanks"),
    ("thanks", "remark-thanks"),
];

/// The word that a text is, in any case, with or without a final colon or spaces around it; a hyphen counts as a
/// space. `None` for everything else, so also for a word within a sentence.
#[must_use]
pub fn find(text: &str) -> Option<Word> {
    marked(text.trim(), WORDS, &[":"])
}

/// As [`find`], for what is no heading and may end like a sentence: `Thanks!`
#[must_use]
pub fn remark(text: &str) -> Option<Word> {
    marked(text.trim(), REMARKS, &[".", "!"])
}

/// A heading, a status word or a remark.
#[must_use]
pub fn any(text: &str) -> Option<Word> {
    find(text).or_else(|| remark(text))
}

fn marked(text: &str, words: &'static [(&str, &str)], marks: &[&'static str]) -> Option<Word> {
    let marked = marks.iter().find_map(|mark| Some((text.strip_suffix(mark)?.trim_end(), *mark)));
    let (word, mark) = marked.unwrap_or((text, ""));
    if word.len() > LONGEST {
        return None;
    }
    let form = normal(word);
    let index = words.binary_search_by(|(known, _)| (*known).cmp(&form)).ok()?;
    let (_, message) = words.get(index)?;
    let shout = !word.contains(char::is_lowercase) && form != "rca";
    Some(Word { message, shout, mark, parting: "" })
}

/// What may stand between a heading's word and a note in facts alone.
const PARTINGS: [&str; 5] = [" (", " [", " - ", " – ", " — "];

/// The word that a text begins with, where the text in front of its first fact is that word and what parts the two:
/// `Timeline (`. The word's length is what is left of the text without the parting.
#[must_use]
pub fn before_a_note(text: &str) -> Option<Word> {
    PARTINGS.into_iter().find_map(|parting| {
        let word = find(text.strip_suffix(parting)?).filter(|word| word.mark.is_empty())?;
        Some(Word { parting, ..word })
    })
}

/// Whether a text begins like [`before_a_note`]: terms are not looked for in that word.
#[must_use]
pub fn word_in_front(text: &str) -> Option<usize> {
    PARTINGS.into_iter().find_map(|parting| {
        let (word, _) = text.split_once(parting)?;
        find(word).map(|_| word.len())
    })
}

/// Lower case, words set apart by one space each, typewriter apostrophes.
fn normal(word: &str) -> String {
    let lower: String = word
        .chars()
        .map(|letter| match letter {
            // Hyphen, non-breaking hyphen.
            '-' | '\u{2010}' | '\u{2011}' => ' ',
            '\u{2019}' => '\'',
            letter => letter.to_ascii_lowercase(),
        })
        .collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(message: &'static str, shout: bool, colon: bool) -> Word {
        Word { message, shout, mark: if colon { ":" } else { "" }, parting: "" }
    }

    #[test]
    fn the_table_is_sorted_normal_and_without_doubles() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(REMARKS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (form, message) in WORDS {
            assert_eq!(*form, normal(form));
            assert!(form.len() <= LONGEST);
            assert_eq!(find(form), Some(word(message, false, false)));
            assert_eq!(find(&format!(" {}: ", form.to_uppercase())), Some(word(message, *form != "rca", true)));
        }
    }

    #[test]
    fn every_message_exists_in_every_bundle() {
        let bundles = crate::l10n::Bundles::built_in().unwrap();
        for locale in bundles.locales() {
            for (form, message) in WORDS.iter().chain(REMARKS) {
                assert!(bundles.find(&locale, message, &[]).is_some(), "{locale}: `{message}` of `{form}`");
            }
        }
    }

    #[test]
    fn every_heading_and_report_status_of_english_is_found_by_its_own_words() {
        let bundles = crate::l10n::Bundles::built_in().unwrap();
        let english = "en".parse().unwrap();
        for (_, message) in WORDS {
            let shown = bundles.message(&english, message, &[]);
            assert_eq!(find(&shown).map(|word| word.message), Some(*message), "{shown}");
        }
    }

    #[test]
    fn words_are_found_as_reports_spell_them() {
        for (text, found) in [
            ("Summary", word("heading-summary", false, false)),
            ("SUMMARY", word("heading-summary", true, false)),
            ("  Timeline :\n", word("heading-timeline", false, true)),
            ("POST-MORTEM", word("heading-post-mortem", true, false)),
            ("Post\u{2011}mortem", word("heading-post-mortem", false, false)),
            ("Postmortem:", word("heading-post-mortem", false, true)),
            ("Root Cause Analysis", word("heading-root-cause-analysis", false, false)),
            ("Root-cause  analysis", word("heading-root-cause-analysis", false, false)),
            ("RCA:", word("heading-root-cause-analysis", false, true)),
            ("Remediation Items", word("heading-remediation-items", false, false)),
            ("FOR MORE INFORMATION", word("heading-more-information", true, false)),
            ("in progress", word("status-in-progress", false, false)),
            ("In-Progress", word("status-in-progress", false, false)),
            ("What we’re doing", word("heading-what-we-are-doing", false, false)),
            ("What happened?", word("heading-what-happened-question", false, false)),
            ("Resolved", word("status-resolved", false, false)),
        ] {
            assert_eq!(find(text), Some(found), "{text}");
        }
    }

    #[test]
    fn a_remark_stands_alone_and_is_no_heading() {
        for (text, message, mark) in [
            ("Thanks", "remark-thanks", ""),
            ("Thank you!", "remark-thanks", "!"),
            (" thanks. ", "remark-thanks", "."),
            ("Down", "remark-down", ""),
            ("Back up.", "remark-back-up", "."),
        ] {
            assert_eq!(remark(text), Some(Word { message, shout: false, mark, parting: "" }), "{text}");
            assert_eq!(find(text), None, "{text}");
        }
        for text in ["Thanks:", "Thanks for waiting.", "Thanks..", "Back up the data.", "", "."] {
            assert_eq!(remark(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_may_have_a_note_behind_it() {
        for (text, parting) in [("Timeline (", " ("), ("Incident timeline - ", " - "), ("IMPACT – ", " – ")] {
            let word = before_a_note(text).unwrap();
            assert_eq!(word.parting, parting, "{text}");
            assert_eq!(word, Word { parting, ..find(text.trim_end_matches(parting)).unwrap() });
        }
        for text in ["Timeline", "Timeline:", "Timeline: (", "Timeline of changes (", " (", "Timeline("] {
            assert_eq!(before_a_note(text), None, "{text}");
        }
        assert_eq!(word_in_front("Timeline (all times in UTC)"), Some("Timeline".len()));
        assert_eq!(word_in_front("The timeline (all times in UTC)"), None);
    }

    #[test]
    fn nothing_but_a_whole_word_is_found() {
        for text in [
            "",
            ":",
            " ",
            "Summary::",
            "Summary.",
            "Summary of changes",
            "Resolved the issue",
            "None",
            "Major",
            "The root cause",
            "Update 1",
            "Resumen",
            "-",
            "SUMMARY\u{0}",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(find(&"summary ".repeat(10_000)), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            prop_assert!(find(&text).is_none_or(|word| WORDS.iter().any(|(_, message)| *message == word.message)));
        }
    }
}
