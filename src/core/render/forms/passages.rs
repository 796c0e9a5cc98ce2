//! Passages that stand in the source language within a translation, so that readers, screen readers and search engines
//! can tell: each gets an element with its language. Words, and the elements round them, stay as they are: where that
//! cannot be shown of a mark, there is none.

use std::ops::Range;

use super::Official;
use crate::document::{BlockKind, Format, Layout, escape};
use crate::locale::Locale;

/// What stands for the tags while HTML is made: a noncharacter (Unicode section 23.7), which no report has, and a sign
/// of punctuation beside the passage, since letters beside it would change what is emphasis in Markdown (CommonMark
/// section 6.2).
const OPEN: &str = "\u{FDD0}‹";
const CLOSE: &str = "›\u{FDD1}";
const NONCHARACTERS: [char; 2] = ['\u{FDD0}', '\u{FDD1}'];

/// The source's language, and what is said to readers about a passage in it.
#[derive(Clone, Copy, Debug)]
pub struct Passages<'a> {
    pub locale: &'a Locale,
    /// In the reader's language.
    pub note: &'a str,
}

impl Passages<'_> {
    /// The HTML of a text in which these blocks, numbered as in their part, are marked; `None` where none is.
    #[must_use]
    pub fn html(
        self,
        format: Format,
        layout: &Layout,
        official: Official<'_>,
        untranslated: &[usize],
        unmarked: &str,
    ) -> Option<String> {
        if layout.text.contains(NONCHARACTERS) {
            return None;
        }
        let ranges: Vec<Range<usize>> = layout
            .blocks
            .iter()
            .zip(&layout.numbers)
            .filter(|((_, kind), number)| *kind != BlockKind::Attribute && untranslated.contains(number))
            .map(|((range, _), _)| range.clone())
            .collect();
        let html = super::html_of(format, &with_signs(layout, &ranges), official);
        // Signs that changed what they stand in are no signs.
        let is_same = html.replace(OPEN, "").replace(CLOSE, "") == unmarked;
        let tagged = (is_same && html.contains(OPEN)).then(|| self.tagged(&html))?;
        // Elements that overlap are put in order, and may bring signs out of theirs.
        (!tagged.contains(NONCHARACTERS)).then_some(tagged)
    }

    /// Elements for the signs, where all that begins between two of them ends there, too.
    fn tagged(self, html: &str) -> String {
        let (language, direction) = (self.locale.as_str(), self.locale.direction().as_str());
        let note = escape::attribute(self.note);
        // In the order in which sanitising writes attributes.
        let open = format!("<span dir=\"{direction}\" lang=\"{language}\" title=\"{note}\">");
        let mut tagged = String::with_capacity(html.len() + html.len() / 8);
        let mut rest = html;
        while let Some((before, behind)) = rest.split_once(OPEN) {
            tagged.push_str(before);
            let (passage, after) = behind.split_once(CLOSE).unwrap_or((behind, ""));
            if is_balanced(passage) {
                tagged.push_str(&open);
                tagged.push_str(passage);
                tagged.push_str("</span>");
            } else {
                tagged.push_str(passage);
            }
            rest = after;
        }
        tagged.push_str(rest);
        tagged
    }
}

/// The text with a sign before and behind each of these ranges, and its blocks and line ends where they are then.
fn with_signs(layout: &Layout, ranges: &[Range<usize>]) -> Layout {
    let mut text = String::with_capacity(layout.text.len() + ranges.len() * (OPEN.len() + CLOSE.len()));
    let mut end = 0;
    for range in ranges {
        text.push_str(layout.text.get(end..range.start).unwrap_or_default());
        text.push_str(OPEN);
        text.push_str(layout.text.get(range.clone()).unwrap_or_default());
        text.push_str(CLOSE);
        end = range.end;
    }
    text.push_str(layout.text.get(end..).unwrap_or_default());
    // A block has its signs inside; a place at its end is behind them.
    let opened = |place: usize| ranges.partition_point(|range| range.start < place) * OPEN.len();
    let closed = |place: usize| ranges.partition_point(|range| range.end <= place) * CLOSE.len();
    let moved = |place: usize| place + opened(place) + closed(place);
    let blocks = layout.blocks.iter().map(|(range, kind)| (moved(range.start)..moved(range.end), *kind));
    Layout {
        text,
        blocks: blocks.collect(),
        numbers: layout.numbers.clone(),
        line_ends: layout.line_ends.iter().map(|place| moved(*place)).collect(),
    }
}

/// Whether every element of sanitised HTML that begins here ends here.
fn is_balanced(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return false };
        let name = |text: &'_ str| text.split([' ', '/']).next().unwrap_or_default().len();
        match tag.strip_prefix('/') {
            Some(closed) if open.pop() != Some(closed) => return false,
            Some(_) => {}
            None => {
                let name = &tag[..name(tag)];
                if !matches!(name, "br" | "hr" | "img") {
                    open.push(name);
                }
            }
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, PartPosition};
    use crate::render::Forms;

    /// The HTML with all blocks but the first marked.
    fn marked(format: Format, source: &str) -> (String, Forms) {
        let report = crate::document::Report::example(format, source);
        let document = document::read(&report).expect("readable");
        let part = document.parts.iter().find(|part| part.position == PartPosition::Body).expect("a body");
        let layout = part.lay_out(&[]);
        let official = Official { language: Some("en"), ..Official::default() };
        let forms = super::super::laid_out(format, &layout, official);
        let locale: Locale = "en".parse().expect("a locale");
        let passages = Passages { locale: &locale, note: "No \"traducido\"" };
        let untranslated: Vec<usize> = (1..part.blocks.len()).collect();
        let html = passages.html(format, &layout, official, &untranslated, &forms.html);
        (html.unwrap_or_default(), forms)
    }

    const SPAN: &str = "<span dir=\"ltr\" lang=\"en\" title=\"No &quot;traducido&quot;\">";

    #[test]
    fn every_kind_of_passage_is_marked_where_it_stands() {
        for (format, source, passages) in [
            (Format::Markdown, "one\n\ntwo", vec!["<p>{two</span></p>"]),
            (
                Format::Markdown,
                "one\n\n**two** _three_ `x`",
                vec!["<p>{<strong>two</strong> <em>three</em> <code>x</code>"],
            ),
            (Format::Markdown, "one\n\n_two_", vec!["<p>{<em>two</em>"]),
            (Format::Markdown, "one\n\n- two\n- [three](https://a.example)", vec!["<li>{two", "<li>{<a href="]),
            (
                Format::Markdown,
                "one\n\n## two\n\n| a | b |\n|---|---|\n| _c_ | d |",
                vec!["{two", "{a", "{b", "{<em>c</em>", "{d"],
            ),
            (Format::Markdown, "one\n\n> two  \n> three", vec!["{two"]),
            (Format::Html, "<p>one</p><ul><li><b>two</b> three</li></ul>", vec!["<li>{<b>two</b> three"]),
            (
                Format::Text,
                "one\n\n- two\n- three\n\nfour <five>",
                vec!["<li>{two", "<li>{three", "<p>{four &lt;five&gt;"],
            ),
        ] {
            let (html, forms) = marked(format, source);
            for passage in passages {
                assert!(html.contains(&passage.replace('{', SPAN)), "{source}\n{passage}\n{html}");
            }
            assert!(!html.contains(NONCHARACTERS), "{html}");
            assert_eq!(html.replace(SPAN, "").replace("</span>", ""), forms.html, "{source}");
            assert!(!html.contains(&format!("{SPAN}one")), "{html}");
            assert!(super::super::is_sanitised(&html), "{html}");
        }
    }

    #[test]
    fn a_mark_that_would_cross_an_element_is_left_out() {
        assert!(is_balanced("a <b>b</b> <br> <img src=\"x\"> c"));
        for crossing in ["a</b>", "<b>a", "<b><i>a</b></i>"] {
            assert!(!is_balanced(crossing), "{crossing}");
        }
        let (html, _) = marked(Format::Text, "one\n\nt\u{FDD0}wo");
        assert_eq!(html, "", "a text that has the signs itself");
        let overlapping = "first\n\na.b</b><b>one <b>oneone\n( one - \n last";
        let (html, _) = marked(Format::Markdown, overlapping);
        assert!(!html.contains(NONCHARACTERS), "{html}");
    }

    proptest::proptest! {
        #[test]
        fn marks_change_nothing_else(source in "(one|\\*\\*|_|`|\\[|\\]|\\(|<b>|</b>|<p>|- |# |\\||\n| |a\\.b|\"|>){0,40}") {
            for format in [Format::Markdown, Format::Html, Format::Text] {
                let (html, forms) = marked(format, &format!("first\n\n{source} last"));
                if !html.is_empty() {
                    let spans = html.matches(SPAN).count();
                    proptest::prop_assert!(spans > 0 || html == forms.html);
                    proptest::prop_assert!(!html.contains(NONCHARACTERS));
                }
            }
        }
    }
}
