//! Marks of chats and trackers in plain text (Slack's mrkdwn, Jira's wiki notation). Marks round words become pairs,
//! and what they only name (an image, a person, a panel) is kept, so that the words are translated and nothing else
//! is. Asterisks are left to the words: bold labels are read as labels.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Pairs within pairs that are looked for.
const DEEPEST: usize = 4;

/// What a span of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Open,
    Close,
    /// Nothing to translate.
    Kept,
}

/// The marks of a line, ascending and apart; each that opens has one that closes.
pub(super) fn marks(line: &str) -> Vec<(Range<usize>, Mark)> {
    let mut found = Vec::new();
    if line.contains(['_', '~', '?', '<', '{', '[', '!']) {
        find(line, 0, DEEPEST, &mut found);
    }
    found
}

fn find(line: &str, offset: usize, depth: usize, found: &mut Vec<(Range<usize>, Mark)>) {
    static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let images = "(?:png|jpe?g|gif|svg|webp|bmp|pdf)";
        let blocks = "(?:quote|panel|info|note|warning|tip|expand|section|column|color)";
        let kinds = [
            r#"(?:^|[\s(>"“])(?P<o1>_)(?P<t1>[^\s_](?:[^_\n]*[^\s_])?)(?P<c1>_)"#.to_owned(),
            r#"(?:^|[\s(>"“])(?P<o2>~)(?P<t2>[^\s~\d/.](?:[^~\n]*[^\s~])?)(?P<c2>~)"#.to_owned(),
            r"(?:^|[\s(])(?P<o3>\?\?)(?P<t3>[^\s?](?:[^?\n]*[^\s?])?)(?P<c3>\?\?)".to_owned(),
            r"(?P<o4><(?:https?://|mailto:)[^|<>\s]+\|)(?P<t4>[^<>|\n]+)(?P<c4>>)".to_owned(),
            r"(?P<o5>\{color:[^{}\n]+\})(?P<t5>[^{}\n]+)(?P<c5>\{color\})".to_owned(),
            r"(?P<o6>\[)(?P<t6>[^\[\]|\n]+)(?P<c6>\|(?:https?://|mailto:|[#^])[^\[\]|\s]+\])".to_owned(),
            format!(r"(?P<kept>\[~[\w.:@-]+\]|!\S+\.{images}(?:\|[^!\n]*)?!|\{{{blocks}(?::[^{{}}\n]*)?\}})"),
        ];
        Regex::new(&kinds.join("|")).ok()
    });
    let Some(pattern) = MARKS.as_ref() else { return };
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(line, from) {
        let end = captures.get(0).map_or(line.len(), |whole| whole.end());
        let place = |range: Range<usize>| offset + range.start..offset + range.end;
        if let Some(kept) = captures.name("kept") {
            found.push((place(kept.range()), Mark::Kept));
            from = end;
        } else if let Some([open, text, close]) = pair(&captures)
            && is_closed(line, &open, &close)
        {
            found.push((place(open), Mark::Open));
            if depth > 0 {
                find(line.get(text.clone()).unwrap_or_default(), offset + text.start, depth - 1, found);
            }
            found.push((place(close), Mark::Close));
            from = end;
        } else {
            // Behind its first character, whatever that was.
            let start = captures.get(0).map_or(line.len(), |whole| whole.start());
            from =
                line.get(start..).and_then(|rest| rest.chars().next()).map_or(line.len(), |one| start + one.len_utf8());
        }
        if from >= line.len() {
            return;
        }
    }
}

/// What opens, the words, and what closes.
fn pair(captures: &Captures<'_>) -> Option<[Range<usize>; 3]> {
    (1..=6).find_map(|kind| {
        let part = |letter: char| captures.name(&format!("{letter}{kind}")).map(|part| part.range());
        Some([part('o')?, part('t')?, part('c')?])
    })
}

/// Marks of one character close only at a word's end.
fn is_closed(line: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    let is_sign = line.get(open.clone()).is_some_and(|open| matches!(open, "_" | "~" | "??"));
    let next = line.get(close.end..).and_then(|rest| rest.chars().next());
    !is_sign || !next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '_' | '~' | '?' | '-' | '/' | '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line with its marks in brackets of their own.
    fn marked(line: &str) -> String {
        let mut text = line.to_owned();
        for (range, mark) in marks(line).into_iter().rev() {
            let (before, after) = match mark {
                Mark::Open => ("⟨", ""),
                Mark::Close => ("", "⟩"),
                Mark::Kept => ("⟦", "⟧"),
            };
            text.insert_str(range.end, after);
            text.insert_str(range.start, before);
        }
        text
    }

    #[test]
    fn marks_stand_round_words_and_identifiers_have_none() {
        for (line, wanted) in [
            ("_Investigating_ since noon", "⟨_Investigating_⟩ since noon"),
            ("(_we look at it_), ~old text~.", "(⟨_we look at it_⟩), ⟨~old text~⟩."),
            ("{color:red}It is _down_{color}", "⟨{color:red}It is ⟨_down_⟩{color}⟩"),
            ("see <https://a.b/c|the report>.", "see ⟨<https://a.b/c|the report>⟩."),
            ("see [the report|https://a.b/c] by [~jbrown]", "see ⟨[the report|https://a.b/c]⟩ by ⟦[~jbrown]⟧"),
            ("!graph.png|width=300! ??cite??", "⟦!graph.png|width=300!⟧ ⟨??cite??⟩"),
            ("{panel:title=Plan} {quote}", "⟦{panel:title=Plan}⟧ ⟦{quote}⟧"),
        ] {
            assert_eq!(marked(line), wanted);
        }
        for line in [
            "snake_case, _id and _name",
            "~30 min or ~5~",
            "What?? Really??",
            "a __init__ b",
            "x < 5 | y > 3",
            "Stop! Go!",
        ] {
            assert_eq!(marked(line), line);
        }
    }
}
