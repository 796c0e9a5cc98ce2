//! Plain text: lines come in, one block per line that is not blank goes out. Indentation, list marks and line ends
//! are gap. What a line is, is told from its shape alone, so that the same rules hold for a translation.

use std::ops::Range;

use super::{Block, BlockKind, Inline, InlineKind, Syntax, limits};

/// The longest line that can be a heading, in words and in characters (for scripts without spaces).
const HEADING_WORDS: usize = 8;
const HEADING_CHARACTERS: usize = 80;

/// The whole title as one heading; no block where it is blank.
pub(super) fn title(source: &str) -> Vec<Block> {
    let range = trim(source, 0..source.len());
    let Some(line) = source.get(range.clone()).filter(|line| !line.is_empty()) else { return Vec::new() };
    vec![block(range.clone(), BlockKind::Heading, &line.split_whitespace().collect::<Vec<_>>().join(" "))]
}

/// Every line that is not blank, in order, each with one inline: its text.
#[must_use]
pub fn blocks(source: &str) -> Vec<Block> {
    let lines: Vec<Range<usize>> =
        lines(source).map(|line| trim(source, line)).filter(|line| !line.is_empty()).collect();
    let mut blocks = Vec::with_capacity(lines.len());
    for (index, range) in lines.iter().enumerate() {
        let line = source.get(range.clone()).unwrap_or_default();
        match item(line) {
            Some(text) => blocks.push(block(range.end - text.len()..range.end, BlockKind::Item, text)),
            None if index + 1 < lines.len() && is_heading(line) => {
                blocks.push(block(range.clone(), BlockKind::Heading, line));
            }
            None => blocks.push(block(range.clone(), BlockKind::Paragraph, line)),
        }
    }
    blocks
}

fn block(range: Range<usize>, kind: BlockKind, text: &str) -> Block {
    let inlines = vec![Inline { range: range.clone(), kind: InlineKind::Text(text.to_owned()) }];
    Block { range, kind, syntax: Syntax::Plain, inlines }
}

/// The lines without their ends, which are LF, CR LF or a lone CR.
fn lines(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    source.split(['\n', '\r']).map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
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

/// A short line of its own that is no sentence: `Summary`, `ROOT CAUSE`, `Timeline:`. Something must follow it.
fn is_heading(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let opens_a_list = line.ends_with([':', '：']);
    words <= if opens_a_list { 4 } else { HEADING_WORDS }
        && line.chars().count() <= HEADING_CHARACTERS
        && line.chars().find(|character| character.is_alphanumeric()).is_some_and(is_heading_start)
        && !line.ends_with(['.', ',', ';', '!', '?', '…', '。', '．', '！', '？', '،', '؛', '؟', '।', '”', '"', '|'])
        && !is_timestamp(line)
}

/// An upper-case letter, or a letter of a script without case.
fn is_heading_start(character: char) -> bool {
    character.is_alphabetic() && !character.is_lowercase()
}

/// `July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT`, `13:52 UTC`: figures with a bar, a zone or a clock time.
fn is_timestamp(line: &str) -> bool {
    let characters: Vec<char> = line.chars().collect();
    let clock =
        characters.windows(3).any(|three| matches!(three, [a, ':' | '.', b] if a.is_numeric() && b.is_numeric()));
    characters.iter().any(|character| character.is_numeric())
        && (clock || line.contains(['|', '｜']) || line.contains("UTC"))
}
