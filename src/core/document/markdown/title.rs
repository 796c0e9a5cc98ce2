//! Titles of links, images and link definitions in Markdown. The parser reports them without their place in the
//! source; here it is found, since a title is translated in place.

use std::ops::Range;

use crate::document::{Block, Syntax, run};

/// The title of an inline link or image, whose mark `](address "title")` is `close`.
pub(super) fn of_link(source: &str, close: &Range<usize>, title: &str) -> Option<Block> {
    let inside = source.get(close.clone())?.strip_suffix(')')?;
    block(source, close.start..close.start + inside.len(), title)
}

/// The title of a definition: `[label]: address "title"`.
pub(super) fn of_definition(source: &str, definition: &Range<usize>, title: &str) -> Option<Block> {
    block(source, definition.clone(), title)
}

/// The block of a title that ends a range, where white space may follow it.
fn block(source: &str, range: Range<usize>, title: &str) -> Option<Block> {
    let bytes = source.get(range.clone())?.trim_ascii_end();
    let close = bytes.chars().next_back().filter(|quote| matches!(quote, '"' | '\'' | ')'))?;
    let quote = if close == ')' { '(' } else { close };
    let inside = bytes.get(..bytes.len() - 1)?;
    let start = unescaped(inside, quote)? + 1;
    let raw = inside.get(start..)?;
    // Where nothing in it stands for something else, the title is these bytes: or they are no title.
    if !raw.contains(['\\', '&', '\n', '\r', '\t']) && raw != title {
        return None;
    }
    run::attribute(source, range.start + start..range.start + inside.len(), title, Syntax::MarkdownTitle { quote })
}

/// Where a quote last stands without a backslash that escapes it.
fn unescaped(bytes: &str, quote: char) -> Option<usize> {
    bytes.rmatch_indices(quote).map(|(at, _)| at).find(|at| {
        let before = bytes.get(..*at).unwrap_or_default();
        (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2)
    })
}
