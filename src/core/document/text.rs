//! Plain text: one block per line, but that lines which an editor wrapped are one. Indentation, list marks and line
//! ends are gap, and so are lines of code. What a line is to its reader is told here once, from the source; a
//! translation has the same headings, items and lines.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

mod wiki;

use super::run::Run;
use super::split::Reading;
use super::tiles::MarkKind;
use super::{BlockKind, Blocks, Syntax, code, html, limits, lines, vocabulary};

/// The longest line that can be a heading, in words and in characters (for scripts without spaces).
const HEADING_WORDS: usize = 8;
const HEADING_CHARACTERS: usize = 80;

/// The whole title as one heading; no block where it is blank.
pub(super) fn title(source: &str) -> Blocks {
    let mut run = Run::default();
    push(&mut run, source, trim(source, 0..source.len()), is_escaped(source));
    // A title is one line, whatever stands in it.
    Blocks { blocks: run.take_line(source, BlockKind::Heading, Syntax::Plain), line_ends: Vec::new() }
}

/// Every line that has words, in order.
#[must_use]
pub(super) fn blocks(source: &str, reading: Reading<'_>) -> Blocks {
    let lines = lines(source);
    let is_escaped = is_escaped(source);
    let mut found = Blocks::default();
    let mut group: Vec<&Line> = Vec::new();
    for line in &lines {
        let is_new = line.kind != BlockKind::Paragraph || line.begins;
        if is_new {
            found.add(source, &group, is_escaped, reading);
            group.clear();
        }
        if !line.is_kept {
            group.push(line);
        }
        if line.kind == BlockKind::Heading || line.is_kept {
            found.add(source, &group, is_escaped, reading);
            group.clear();
        }
        if line.is_kept && line.is_continued {
            found.line_ends.push(line.end);
        }
    }
    found.add(source, &group, is_escaped, reading);
    found.line_ends.sort_unstable();
    found.line_ends.dedup();
    found
}

/// A line that is not blank.
struct Line {
    /// Its words, without indentation and list mark.
    range: Range<usize>,
    /// Where its end stands.
    end: usize,
    kind: BlockKind,
    /// Nothing of the paragraph stands before it.
    begins: bool,
    /// The next line belongs to its paragraph.
    is_continued: bool,
    /// Between wiki markup's `{code}`.
    is_kept: bool,
}

impl Blocks {
    /// Adds the lines of a paragraph, or of an item.
    fn add(&mut self, source: &str, group: &[&Line], is_escaped: bool, reading: Reading<'_>) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        let mut run = Run::default();
        for (index, line) in group.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).and_then(|before| group.get(before)) {
                run.push(before.range.end..line.range.start, MarkKind::LineEnd);
            }
            push(&mut run, source, line.range.clone(), is_escaped);
        }
        let mut ends = Vec::new();
        let start = self.blocks.len();
        self.blocks.extend(run.take(source, first.kind, Syntax::Plain, reading, &mut ends));
        for block in self.blocks.iter_mut().skip(start).filter(|block| block.range.start >= first.end) {
            block.kind = BlockKind::Paragraph;
        }
        let meant = group.iter().filter(|line| ends.contains(&line.range.end)).map(|line| line.end);
        // What follows an item is a paragraph of its own.
        self.line_ends.extend(meant.filter(|end| first.kind == BlockKind::Paragraph || *end != first.end));
        if last.is_continued && last.kind == BlockKind::Paragraph {
            self.line_ends.push(last.end);
        }
    }
}

/// Adds a span of a source, with its entities read where the whole text is escaped, and white space as single
/// spaces.
fn push(run: &mut Run, source: &str, range: Range<usize>, is_escaped: bool) {
    let bytes = source.get(range.clone()).unwrap_or_default();
    if is_escaped {
        for (piece, kind) in html::split_words(bytes) {
            let kind = if matches!(kind, MarkKind::LineEnd) { MarkKind::Text(" ".to_owned()) } else { kind };
            run.push(range.start + piece.start..range.start + piece.end, kind);
        }
    } else {
        push_marked(run, bytes, range.start);
    }
}

/// Adds text with the marks of chats and trackers in it.
fn push_marked(run: &mut Run, bytes: &str, start: usize) {
    let mut open = Vec::new();
    let mut done = 0;
    let text = |range: Range<usize>| bytes.get(range).unwrap_or_default().to_owned();
    for (range, mark) in wiki::marks(bytes) {
        if done < range.start {
            run.push(start + done..start + range.start, MarkKind::Text(text(done..range.start)));
        }
        let kind = match mark {
            wiki::Mark::Kept => Some(MarkKind::Literal(text(range.clone()))),
            wiki::Mark::Open => {
                let number = run.next_pair();
                open.push(number);
                Some(MarkKind::Open(number))
            }
            wiki::Mark::Close => open.pop().map(MarkKind::Close),
        };
        done = range.end;
        if let Some(kind) = kind {
            run.push(start + range.start..start + range.end, kind);
        }
    }
    if done < bytes.len() {
        run.push(start + done..start + bytes.len(), MarkKind::Text(text(done..bytes.len())));
    }
}

/// Whether a text went through a program that wrote its characters as entities: where an apostrophe, a quote or an
/// ampersand stands as one between words, they all do. A text that speaks of `&nbsp;` does not.
fn is_escaped(source: &str) -> bool {
    static ESCAPED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\w&(?:#0?39|#x27|apos|rsquo|#8217);\w|&(?:quot|#34|ldquo);\w|\w ?&amp; ?\w|\d&nbsp;\w").ok()
    });
    source.contains('&') && ESCAPED.as_ref().is_some_and(|pattern| pattern.is_match(source))
}

/// The lines that are not blank, and what they are.
fn lines(source: &str) -> Vec<Line> {
    let wiki = code::wiki(source);
    let raw: Vec<Range<usize>> = raw_lines(source).collect();
    let text = |range: &Range<usize>| source.get(range.clone()).unwrap_or_default().trim();
    let is_blank =
        |index: Option<usize>| index.and_then(|index| raw.get(index)).is_none_or(|range| text(range).is_empty());
    let last = raw.iter().rposition(|range| !text(range).is_empty()).unwrap_or_default();
    let dense = is_dense(&raw, last, text);
    let mut lines = Vec::new();
    for (index, range) in raw.iter().enumerate().filter(|(_, range)| !text(range).is_empty()) {
        let line = text(range);
        let is_kept = is_within(&wiki, range);
        let surroundings = Surroundings {
            begins: is_blank(index.checked_sub(1)),
            ends: is_blank(Some(index + 1)),
            is_last: index == last,
            next: raw.iter().skip(index + 1).map(text).find(|next| !next.is_empty()).unwrap_or_default(),
            dense,
        };
        let words = trim(source, range.clone());
        let (range, kind) = match item(line).filter(|_| !is_kept) {
            Some(item) => (words.end - item.len()..words.end, BlockKind::Item),
            None if !is_kept && is_heading(line, &surroundings) => (words, BlockKind::Heading),
            None if is_kept => (words, BlockKind::Paragraph),
            None => (words.end - without_quotes(line).len()..words.end, BlockKind::Paragraph),
        };
        let end = raw.get(index).map_or(range.end, |raw| raw.end);
        // In a dense report, every line is a paragraph.
        let begins = surroundings.begins || dense;
        lines.push(Line { range, end, kind, begins, is_continued: false, is_kept });
    }
    for index in 1..lines.len() {
        let goes_on = lines.get(index).is_some_and(|line| line.kind == BlockKind::Paragraph && !line.begins);
        if let Some(before) = lines.get_mut(index - 1) {
            before.is_continued = goes_on;
        }
    }
    lines
}

/// Whether a line lies between the borders of what is kept.
fn is_within(kept: &[Range<usize>], line: &Range<usize>) -> bool {
    let after = kept.partition_point(|range| range.end <= line.start);
    kept.get(after).is_some_and(|range| range.start < line.end)
}

/// A report whose lines are paragraphs and headings with no blank line between: as help centres' pages are copied.
fn is_dense<'a>(raw: &[Range<usize>], last: usize, text: impl Fn(&Range<usize>) -> &'a str) -> bool {
    let first = raw.iter().position(|range| !text(range).is_empty()).unwrap_or_default();
    let lines = raw.get(first..=last).unwrap_or_default();
    lines.iter().all(|range| !text(range).is_empty())
        && lines.iter().filter(|range| vocabulary::find(text(range)).is_some()).nth(1).is_some()
}

/// The lines without their ends, which are LF, CR LF or a lone CR.
fn raw_lines(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut rest = Some(source);
    std::iter::from_fn(move || {
        let text = rest?;
        let length = text.find(['\n', '\r']).unwrap_or(text.len());
        let range = start..start + length;
        let after = text.get(length..).unwrap_or_default();
        let end = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        rest = (end > 0).then(|| after.get(end..).unwrap_or_default());
        start = range.end + end;
        Some(range)
    })
}

fn trim(source: &str, range: Range<usize>) -> Range<usize> {
    let line = source.get(range.clone()).unwrap_or_default();
    let start = range.end - line.trim_start().len();
    start..(range.start + line.trim_end().len()).max(start)
}

/// An item's text without its mark.
fn item(line: &str) -> Option<&str> {
    let text = limits::strip_item_mark(line)?.trim_start();
    (!text.is_empty()).then_some(text)
}

/// A line's text without the signs of quoted mail: `>> Since when?`
fn without_quotes(line: &str) -> &str {
    let text = line.trim_start_matches(['>', ' ', '\t']);
    if line.starts_with('>') && !text.is_empty() { text } else { line }
}

/// What stands round a line.
#[expect(clippy::struct_excessive_bools, reason = "each says whether something stands there")]
struct Surroundings<'a> {
    /// A blank line, or nothing, stands before it, behind it.
    begins: bool,
    ends: bool,
    is_last: bool,
    /// The next line that is not blank.
    next: &'a str,
    dense: bool,
}

/// A line that something follows: a heading that every report has (`Summary`, `ROOT CAUSE`, `Timeline:`), or a short
/// line by itself that is no sentence.
fn is_heading(line: &str, surroundings: &Surroundings<'_>) -> bool {
    if surroundings.is_last {
        return false;
    }
    if vocabulary::find(line).is_some() {
        return true;
    }
    let is_alone = surroundings.begins && surroundings.ends && !has_heading_shape(surroundings.next);
    (is_alone || surroundings.dense) && has_heading_shape(line)
}

fn has_heading_shape(line: &str) -> bool {
    line.split_whitespace().count() <= HEADING_WORDS
        && line.chars().count() <= HEADING_CHARACTERS
        && line.chars().find(|character| character.is_alphanumeric()).is_some_and(is_heading_start)
        && !line.ends_with(['.', ',', ';', '!', '?', '…', '。', '．', '！', '？', '،', '؛', '؟', '।', '”', '"', '|'])
        && !line.contains([':', '：', '|', '｜', '=', '{', '}', '[', ']', '<', '>', '@', '`'])
        && !line.contains(char::is_numeric)
        && item(line).is_none()
        && !lines::is_greeting(line)
        && !code::is_line(line)
        && code::find(line).is_empty()
}

/// An upper-case letter, or a letter of a script without case.
fn is_heading_start(character: char) -> bool {
    character.is_alphabetic() && !character.is_lowercase()
}
