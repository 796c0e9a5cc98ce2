//! Segments: the translatable units of a [`Document`](crate::document::Document), with their facts and inline codes.
//! [`protect()`] turns one into text that an engine may see, [`restore`] is its inverse; [`protect_unmarked`] and
//! [`project`] are the same for engines that say where words went instead of carrying formatting marks; [`mend()`] puts
//! right in an answer what is certain, before it is checked.
//!
//! No figure, address, code or name leaves this module towards an engine, and nothing comes back through it that was
//! not put in.

mod assembly;
mod cells;
mod glossary;
mod marks;
mod mend;
mod neighbours;
mod projection;
mod prose;
mod protect;
mod read;
mod rephrase;
mod shout;
mod signature;
mod start;

pub use crate::document::vocabulary;
pub use glossary::{Definition, FileFormat, Glossary, GlossaryError, PartOfSpeech, Rendering, TermOrigin};
pub use marks::{project, protect_unmarked};
pub use mend::mend;
pub use neighbours::stands_without_space;
pub use protect::{placeholder, protect, restore, spell};
pub use read::{segment, segments};
pub use rephrase::rephrase;
pub use shout::lowered;
pub use start::{goes_on, lower_start, lower_value};

use std::ops::Range;

use crate::document::fact::{Fact, TimestampLine};
use crate::document::{BlockKind, PartPosition};
use crate::finding::Finding;

/// One block of the document, ready to be translated. Its position in the list of segments is its identity during a
/// run; `id` is stable across revisions as long as its text is.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub id: String,
    pub place: PartPosition,
    /// Index into the part's blocks.
    pub block: usize,
    pub kind: BlockKind,
    /// In source order; together they are the block's content.
    pub spans: Vec<Span>,
    pub treatment: Treatment,
    /// What its source text gives cause to remark.
    pub findings: Vec<Finding>,
}

#[cfg(test)]
impl Segment {
    /// A paragraph of these spans, for tests.
    pub(crate) fn of(spans: Vec<Span>) -> Self {
        Self {
            id: "segment".to_owned(),
            place: PartPosition::Body,
            block: 0,
            kind: BlockKind::Paragraph,
            spans,
            treatment: Treatment::Translate,
            findings: Vec::new(),
        }
    }
}

impl Segment {
    /// What a reader sees of the source, in plain text.
    #[must_use]
    pub fn source_text(&self) -> String {
        self.spans.iter().map(Span::text).collect()
    }
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
        mark: Mark,
    },
    /// The closing mark of a pair.
    Close {
        inline: usize,
        pair: usize,
    },
}

impl Span {
    /// What a reader sees of it; nothing of marks.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code { text, .. } => text,
            Self::Fact(fact) => &fact.source,
            Self::Open { .. } | Self::Close { .. } => "",
        }
    }
}

/// What a pair of marks is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Bold, italics and the like: the text says the same without.
    Emphasis,
    /// A link, an image, a deletion: without it the text says less, or something else.
    Essential,
}

/// How a segment gets its translation.
#[derive(Clone, Debug, PartialEq)]
pub enum Treatment {
    /// An engine translates it.
    Translate,
    /// The Fluent bundles have it.
    Vocabulary(vocabulary::Word),
    /// The Fluent bundles have its label and its value.
    Labelled(vocabulary::Labelled),
    /// A timestamp line: the program writes it.
    Timestamp(TimestampLine),
    /// Nothing to translate: facts, marks and punctuation only.
    Invariant,
}

/// How a placeholder looks on its way through an engine. `ENGINES.md` section 10 has the survival rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// `[PH1]`
    #[default]
    Bracketed,
    /// `_PH1_`
    Underscored,
    /// `PH1`
    Plain,
    /// `[PH1]`, one for every single fact, code and mark, with nothing put in round it: for keeping a translation, not
    /// for engines.
    Remembered,
}

/// Which spans of a translation render which of the text sent: pairs of byte ranges, source first.
pub type Alignment = Vec<(Range<usize>, Range<usize>)>;

impl Spelling {
    /// As operators read it: the first placeholder in this spelling.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Bracketed | Self::Remembered => "[PH1]",
            Self::Underscored => "_PH1_",
            Self::Plain => "PH1",
        }
    }
}

/// A segment's text as an engine may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Protected {
    pub text: String,
    pub spelling: Spelling,
    /// Slot `n` (from 0) stands behind placeholder `n + 1`.
    pub slots: Vec<Slot>,
    /// Pairs of marks that were taken out of the text, in source order.
    pub pairs: Vec<Pair>,
    /// Spans before and behind the text that the engine does not see: marks and codes at the very ends.
    pub lead: Range<usize>,
    pub trail: Range<usize>,
}

/// What stands behind one placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The spans that the placeholder stands for (adjacent ones share one).
    pub spans: Range<usize>,
    /// What the source has right before and behind.
    pub before: Beside,
    pub after: Beside,
}

/// What the source has right beside a placeholder, formatting marks that do not travel left aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// White space, or an end of the text.
    Space,
    /// The word or sign that touches it. Between a word and the placeholder a space was put in for the engine.
    Text(String),
    /// Another placeholder; a space was put in between.
    Placeholder,
}

/// A pair of marks that was taken out of a protected text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The segment's spans that open and close it.
    pub open: usize,
    pub close: usize,
    pub mark: Mark,
    /// What stands between them, in bytes of [`Protected::text`], without white space at its ends.
    pub range: Range<usize>,
}

/// A piece of a translated segment, in target order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetSpan {
    Text(String),
    /// The segment's span with this index.
    Source(usize),
}
