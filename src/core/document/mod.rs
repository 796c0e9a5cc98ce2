//! The documents that reports are read into: each text of a [`Report`] as its own bytes, tiled, so that a translation
//! can replace words and nothing else.
//!
//! Every part (title, body, each update's body) is `gap block gap … block gap` over its source text; a block is tiled
//! again into inlines. What is not translated is therefore identical by construction. An attribute that people read
//! (an image's alternative text in the middle of a paragraph) is a block of its own inside of one of the paragraph's
//! marks; that mark is written with it. Nothing here translates, renders, or does I/O, and nothing here panics on any
//! input.

mod code;
pub mod escape;
mod excerpt;
pub mod fact;
mod html;
mod invisible;
pub mod limits;
mod lines;
pub mod markdown;
pub mod markup;
mod prose;
mod read;
mod report;
mod run;
pub mod sentence;
mod split;
pub mod text;
mod tiles;
pub mod vocabulary;
mod write;

pub use limits::TextError;
pub use lines::closes_letter;
pub use read::{DocumentError, layout, read};
pub use report::{Format, Report, Times, Update, hex, is_settled};
pub use write::Layout;

use std::ops::Range;

use crate::finding::Finding;
use crate::locale::Locale;

/// A whole report, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The language that the report is written in.
    pub locale: Locale,
    /// Title first, then the body where there is one, then the updates in the order given.
    pub parts: Vec<Part>,
    /// What the report calls its own things: its components.
    pub names: Vec<String>,
    /// What the source text itself gives cause to remark: contradicting timestamps, impossible dates.
    pub findings: Vec<Finding>,
}

/// Which text of the report a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartPosition {
    Title,
    Body,
    /// Index into `Report::updates`.
    Update(usize),
}

/// One text of the report, tiled: blocks in ascending order of their beginnings; what lies between them is gap.
/// Blocks do not overlap, except that one of the kind [`BlockKind::Attribute`] may lie inside of one mark or atom of
/// the block before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub position: PartPosition,
    pub format: Format,
    pub source: String,
    pub blocks: Vec<Block>,
    /// Where lines of one paragraph end as their writer meant it, each a block of its own: the places of the line
    /// ends in [`Part::source`], ascending. A line end inside of a block is a space.
    pub line_ends: Vec<usize>,
}

/// What a reader found in a text.
#[derive(Debug, Default)]
struct Blocks {
    blocks: Vec<Block>,
    /// As [`Part::line_ends`].
    line_ends: Vec<usize>,
}

/// A range of a part that is translated as one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Bytes of [`Part::source`].
    pub range: Range<usize>,
    pub kind: BlockKind,
    pub syntax: Syntax,
    /// Ascending, contiguous, covering `range` completely.
    pub inlines: Vec<Inline>,
}

/// What a block is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    Heading,
    Paragraph,
    Item,
    Cell,
    /// An attribute's value that people read: an image's alternative text, a link's title.
    Attribute,
}

/// The notation in which a block's text stands, and its translation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    Plain,
    Markdown,
    /// A link's title in Markdown, between two of this quote, or in parentheses where it is `(`.
    MarkdownTitle {
        quote: char,
    },
    /// Content of HTML elements, also of those within Markdown.
    Html,
    /// The value of an HTML attribute, between quotes of this kind or without.
    HtmlAttribute {
        quote: Option<char>,
    },
}

/// A piece of a block: bytes of [`Part::source`] and what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    pub range: Range<usize>,
    pub kind: InlineKind,
}

/// The kinds of inline content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Prose, decoded: entities and escapes resolved, a soft line break as one space.
    Text(String),
    /// The opening mark of a pair (bold, a link); `pair` counts from 0 within the block.
    Open { pair: usize },
    /// The closing mark of the pair.
    Close { pair: usize },
    /// Kept byte for byte where the translation puts it: inline code, an autolink, a void tag, a hard line break.
    /// `text` is what a reader sees of it; empty for tags.
    Atom { text: String },
    /// Kept byte for byte as well, though nothing marks it: a command, a statement, a tag or an entity that a text
    /// shows. `text` is what a reader sees of it.
    Literal { text: String },
}

/// One piece of a translated block, in target order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain text, still to be escaped for the part's format.
    Text(String),
    /// The source bytes of the block's inline with this index, unchanged.
    Inline(usize),
}

#[cfg(test)]
mod tests;
