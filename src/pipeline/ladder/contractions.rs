//! Spells contractions as engines know them: `it´s`, `` it`s ``, `dont` and `No. of users` as `it's`, `don't` and
//! `Number of users`. Engines take the other spellings for words that they do not know, and leave them, or lose the
//! denial in them, or find one. What is sent is changed alone: the report's own text stays as it was written.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use polypost_core::language::en::negation::DENIED_VERBS;
use polypost_core::segment::Protected;

/// An accent in the place of an apostrophe between letters; or a contraction without any.
static MISSPELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let denied = DENIED_VERBS.join("|");
    let pattern = format!(
        r"(?i)\b(?:(?P<word>[a-z]+)[´`‘](?P<end>s|t|re|ve|ll|d|m)|(?P<denied>{denied})(?P<not>nt)|(?P<we>you|they)(?P<have>ve|re)|(?P<number>no)\. of)\b"
    );
    Regex::new(&pattern).ok()
});

/// Spells the contractions of an English text as usual. Its pairs of marks stay round the same words.
pub(super) fn spell_out(protected: &mut Protected) {
    let Some(pattern) = MISSPELLED.as_ref().filter(|pattern| pattern.is_match(&protected.text)) else { return };
    let mut written = String::with_capacity(protected.text.len() + 8);
    // Where each change ends, before and after it.
    let mut changes: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for found in pattern.captures_iter(&protected.text) {
        let Some(whole) = found.get(0) else { continue };
        written.push_str(protected.text.get(from..whole.start()).unwrap_or_default());
        written.push_str(&usual(&found));
        changes.push((whole.end(), written.len()));
        from = whole.end();
    }
    written.push_str(protected.text.get(from..).unwrap_or_default());
    let moved = |at: usize| {
        let passed = changes.partition_point(|(before, _)| *before <= at);
        passed.checked_sub(1).and_then(|last| changes.get(last)).map_or(at, |(before, after)| after + (at - before))
    };
    for pair in &mut protected.pairs {
        pair.range = moved(pair.range.start)..moved(pair.range.end);
    }
    protected.text = written;
}

fn usual(found: &Captures<'_>) -> String {
    let part = |name| found.name(name).map(|part| part.as_str());
    match (part("word"), part("denied"), part("we")) {
        (Some(word), ..) => format!("{word}'{}", part("end").unwrap_or_default()),
        (_, Some(verb), _) => {
            let [n, t] = if part("not") == Some("NT") { ["N", "T"] } else { ["n", "t"] };
            format!("{verb}{n}'{t}")
        }
        _ if part("number").is_some() => match part("number") {
            Some("NO") => "NUMBER OF".to_owned(),
            Some("No") => "Number of".to_owned(),
            _ => "number of".to_owned(),
        },
        (.., Some(word)) => format!("{word}'{}", part("have").unwrap_or_default()),
        _ => found.get(0).map_or_else(String::new, |whole| whole.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polypost_core::document::{self, Format};
    use polypost_core::segment::{self, Glossary, Spelling};
    use polypost_test_support::fixtures::plain_report;

    fn sent(markdown: &str) -> Protected {
        let report = plain_report("", Format::Markdown, markdown);
        let segments = segment::segments(&document::read(&report).unwrap(), &Glossary::default());
        let mut protected = segment::protect_unmarked(&segments[0], Spelling::Bracketed);
        spell_out(&mut protected);
        protected
    }

    #[test]
    fn contractions_are_spelled_as_usual() {
        for (text, expected) in [
            ("It´s slow and we dont know why.", "It's slow and we don't know why."),
            ("Jobs wont start, they werent queued.", "Jobs won't start, they weren't queued."),
            ("We‘re on it. Youve waited.", "We're on it. You've waited."),
            ("IT DOESNT WORK", "IT DOESN'T WORK"),
            ("We couldn´t sign in.", "We couldn't sign in."),
            ("Customers can't sign in; its cause is known.", "Customers can't sign in; its cause is known."),
            ("The front page and a font went missing.", "The front page and a font went missing."),
            ("No. of users and the no. of hosts", "Number of users and the number of hosts"),
            ("There was no office, and no. Often it failed.", "There was no office, and no. Often it failed."),
        ] {
            assert_eq!(sent(text).text, expected);
        }
    }

    #[test]
    fn marks_stay_round_their_words() {
        let protected = sent("It´s **slow** and it doesnt *stop* now.");
        let marked: Vec<&str> = protected.pairs.iter().map(|pair| &protected.text[pair.range.clone()]).collect();
        assert_eq!(marked, ["slow", "stop"]);
        let protected = sent("We **dont know** it.");
        assert_eq!(&protected.text[protected.pairs[0].range.clone()], "don't know");
    }
}
