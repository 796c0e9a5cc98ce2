//! Segments: a [`Document`](crate::document::Document) comes in, translatable units with their facts and inline codes
//! go out; [`protect`] turns one into text that an engine may see, [`restore`] is its inverse.
//!
//! No figure, address, code or name leaves this module towards an engine, and nothing comes back through it that was
//! not put in.

mod glossary;
pub mod vocabulary;

pub use glossary::Glossary;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::fact::{Fact, TimestampLine};
use crate::document::{BlockKind, Place};

/// One block of the document, ready to be translated. Its position in the list of segments is its identity during a
/// run; `id` is stable across revisions as long as its text is.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub id: String,
    pub place: Place,
    /// Index into the part's blocks.
    pub block: usize,
    pub kind: BlockKind,
    /// In source order; together they are the block's content.
    pub spans: Vec<Span>,
    pub treatment: Treatment,
}

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    Text(String),
    Fact(Fact),
    /// The block's inline with this index, kept byte for byte; `text` is what a reader sees of it.
    Code {
        inline: usize,
        text: String,
    },
    /// The opening mark of a pair.
    Open {
        inline: usize,
        pair: usize,
    },
    /// The closing mark of a pair.
    Close {
        inline: usize,
        pair: usize,
    },
}

/// How a segment gets its translation.
#[derive(Clone, Debug, PartialEq)]
pub enum Treatment {
    /// An engine translates it.
    Translate,
    /// A word or heading that the Fluent bundles have, by message id; `shout` where the source is all upper case,
    /// `colon` where it ends in one, which the message does not have. See [`vocabulary::find`].
    Vocabulary { message: &'static str, shout: bool, colon: bool },
    /// A timestamp line: the program writes it.
    Timestamp(TimestampLine),
    /// Nothing to translate: facts, marks and punctuation only.
    Invariant,
}

/// How a placeholder looks on its way through an engine. `ENGINES.md` section 10 has the survival rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Spelling {
    /// `[PH1]`
    Bracketed,
    /// `_PH1_`
    Underscored,
    /// `PH1`
    Plain,
}

/// A segment's text as an engine may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Protected {
    pub text: String,
    pub spelling: Spelling,
    /// Slot `n` (from 0) stands behind placeholder `n + 1`.
    pub slots: Vec<Slot>,
}

/// What stands behind one placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The spans that the placeholder stands for (adjacent ones share one).
    pub spans: Range<usize>,
    /// Whether the source had no space before or behind, so that the one put in for the engine goes again.
    pub glued_left: bool,
    pub glued_right: bool,
}

/// A piece of a translated segment, in target order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetSpan {
    Text(String),
    /// The segment's span with this index.
    Source(usize),
}

/// Reads a document's blocks into segments.
#[must_use]
pub fn segments(_document: &crate::document::Document, _glossary: &Glossary) -> Vec<Segment> {
    unimplemented!()
}

/// The segment's text with a placeholder for everything that must not travel.
#[must_use]
pub fn protect(_segment: &Segment, _spelling: Spelling) -> Protected {
    unimplemented!()
}

/// The inverse of [`protect`]: an engine's answer back into spans.
///
/// # Errors
/// A finding per placeholder that is missing, doubled, unknown, or out of its pair's order.
pub fn restore(
    _segment: &Segment,
    _protected: &Protected,
    _answer: &str,
) -> Result<Vec<TargetSpan>, Vec<crate::finding::Finding>> {
    unimplemented!()
}
