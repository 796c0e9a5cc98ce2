//! What one report may ask of the program, and the [`TextError`] that says which bound is passed. Nothing here reads
//! markup beyond the marks that open containers, and every check is linear in the text.

use thiserror::Error;

use super::{Block, InlineKind};
use crate::quoting::line_of;

/// Why a text cannot be published. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    #[error("has the control character U+{code:04X} in line {line}: send plain text, not binary data")]
    Character { code: u32, line: usize },
    #[error("nests quotes, lists or elements more than {} deep in line {line}: flatten it", NESTING)]
    Nesting { line: usize },
    #[error("has more than {} tags, marks and lines: divide it", MARKS)]
    TooMuchMarkup,
    #[error("brings the report to more than {} paragraphs, items and cells: divide it", SEGMENTS)]
    TooManySegments,
    #[error("brings the report to more than {} bytes of prose: divide it, or publish a summary and a link", PROSE)]
    TooMuchProse,
    #[error("has a paragraph of more than {} bytes in line {line}: divide it", SEGMENT_BYTES)]
    LongSegment { line: usize },
}

/// Open containers and inline elements at one point of a text. Tree builders and sanitisers are quadratic in depth
/// (128 KiB of nested `<div>` cost ammonia two seconds); no report written by people comes near.
pub const NESTING: usize = 64;

/// Blocks in one report. The longest public post-mortems have some 300.
pub const SEGMENTS: usize = 2_000;

/// Tags, marks and lines of one text: ten for each block that may be. A report of 100 KB has some 3,000.
pub const MARKS: usize = 20_000;

/// The characters `<`, `>`, `&` and `"` in one text. Each costs its writing as an entity and reading that again, some
/// fifty times what another character does; HTML has two in each tag.
pub const ESCAPED: usize = 2 * MARKS;

/// Bytes of one block. The strictest hosted engine takes 10,000 bytes in a request (Amazon Translate), and no
/// paragraph for people is longer.
pub const SEGMENT_BYTES: usize = 16 * 1024;

/// Bytes of prose in one report, decoded: twice the longest public post-mortems. Each is searched for facts once, and
/// checked and written once per locale, some two milliseconds per kilobyte at worst (`cargo bench --bench hostile`):
/// with this, nobody's report takes more than a quarter of a second of a processor.
pub const PROSE: usize = 128 * 1024;

/// Refuses what cannot be shown: NUL and the other characters that XML 1.0 section 2.2 excludes, since every report
/// also stands in an Atom feed; and what has more than [`ESCAPED`] characters that must be escaped.
pub(super) fn check_characters(source: &str) -> Result<(), TextError> {
    match source.char_indices().find(|(_, character)| !is_text(*character)) {
        Some((at, character)) => Err(TextError::Character { code: u32::from(character), line: line_of(source, at) }),
        None if source.bytes().filter(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"')).count() > ESCAPED => {
            Err(TextError::TooMuchMarkup)
        }
        None => Ok(()),
    }
}

fn is_text(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    }
}

/// What the parts of a report read so far have of what is bounded for a report as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Used {
    blocks: usize,
    prose: usize,
}

impl Used {
    /// Adds a part's blocks; refuses it where they are too many, too long, or have too much prose.
    pub(super) fn add(&mut self, source: &str, blocks: &[Block]) -> Result<(), TextError> {
        self.blocks += blocks.len();
        if self.blocks > SEGMENTS {
            return Err(TextError::TooManySegments);
        }
        if let Some(block) = blocks.iter().find(|block| block.range.len() > SEGMENT_BYTES) {
            return Err(TextError::LongSegment { line: line_of(source, block.range.start) });
        }
        self.prose += blocks.iter().map(prose).sum::<usize>();
        if self.prose > PROSE { Err(TextError::TooMuchProse) } else { Ok(()) }
    }
}

fn prose(block: &Block) -> usize {
    let texts = block.inlines.iter().map(|inline| match &inline.kind {
        InlineKind::Text(text) => text.len(),
        _ => 0,
    });
    texts.sum()
}

/// Refuses Markdown whose block quotes and lists nest too deeply, by the marks at the beginning of each line alone:
/// `> > >`, `- - -`, and lists by indentation. Code blocks are not told apart, which only errs for code that looks
/// like a list [`NESTING`] levels deep.
///
/// # Errors
/// [`TextError::Nesting`] with the line; [`TextError::TooMuchMarkup`] where there are more than [`MARKS`] lines.
pub fn check_containers(source: &str) -> Result<(), TextError> {
    let mut columns: Vec<usize> = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if index >= MARKS {
            return Err(TextError::TooMuchMarkup);
        }
        let mut quotes = 0;
        let mut column = 0;
        let mut rest = line;
        loop {
            let inner = rest.trim_start_matches([' ', '\t']);
            column += width(rest, inner);
            if let Some(after) = inner.strip_prefix('>') {
                quotes += 1;
                rest = after;
                column += 1;
            } else if let Some(after) = strip_item_mark(inner) {
                while columns.last().is_some_and(|last| *last >= column) {
                    columns.pop();
                }
                columns.push(column);
                column += inner.len() - after.len();
                rest = after;
            } else {
                break;
            }
            if quotes + columns.len() > NESTING {
                return Err(TextError::Nesting { line: index + 1 });
            }
        }
    }
    Ok(())
}

/// Columns between the beginning of `outer` and of its suffix `inner`; tab stops are four wide (CommonMark 2.2).
fn width(outer: &str, inner: &str) -> usize {
    outer.bytes().take(outer.len() - inner.len()).map(|byte| if byte == b'\t' { 4 } else { 1 }).sum()
}

/// What follows a list item's mark, or `None` where there is no mark.
pub(super) fn strip_item_mark(line: &str) -> Option<&str> {
    let after = if let Some(after) = line.strip_prefix(['-', '*', '+', '•']) {
        after
    } else {
        let after = line.trim_start_matches(|character: char| character.is_ascii_digit());
        // At most nine digits: CommonMark 5.2.
        let digits = line.len() - after.len();
        if digits == 0 || digits > 9 {
            return None;
        }
        after.strip_prefix(['.', ')'])?
    };
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some(after)
}
