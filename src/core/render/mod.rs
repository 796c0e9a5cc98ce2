//! Rendering: the [`Rendition`] that readers get, as HTML (sanitised), Markdown and text, with facts in the reader's
//! notation. Nothing unchecked is accepted.

mod block;
pub mod forms;
pub mod notation;
mod rendition;

pub use block::text;
pub use rendition::{Outcome, Target, source, translation};

use serde::{Deserialize, Serialize};

use crate::check::Origin;
use crate::finding::Finding;

/// One locale's finished text of one revision, without its disclaimer (which depends on the moment of reading).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rendition {
    pub title: String,
    /// Body and updates together, in the order shown.
    pub body: Forms,
    /// Every segment in document order.
    pub segments: Vec<SegmentRecord>,
    /// Findings about the report as a whole.
    pub findings: Vec<Finding>,
}

/// One text in the three forms that readers may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// Sanitised; safe to place in a page as it is.
    pub html: String,
    pub markdown: String,
    pub text: String,
}

/// What became of one segment, for operators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentRecord {
    pub id: String,
    /// `title`, `body`, or `update:ID`.
    pub place: String,
    pub source: String,
    pub target: String,
    pub origin: Origin,
    /// How the engine whose text this is was offered the segment, as in [`Attempt`]; of texts from the memory, which
    /// has one spelling, it is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<String>,
    /// The [revision](crate::segment::Glossary::revision) of the glossary with which an engine's text, now or when it
    /// was remembered, was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glossary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Attempt>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// One candidate that did not become the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub engine: String,
    /// How the segment was offered: `[PH1]`, `_PH1_`, `PH1`; `aligned [PH1]` without its formatting marks; `split at
    /// marks`, `split` in parts.
    pub offered: String,
    pub findings: Vec<Finding>,
}

impl Rendition {
    /// Findings about the report and about its segments, in document order.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.segments.iter().flat_map(|segment| &segment.findings))
    }

    /// Whether some segment stands in the source language because no candidate passed.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.segments.iter().any(|segment| segment.origin == Origin::Source)
    }

    /// The engines whose text is in it, each once, in order of appearance.
    #[must_use]
    pub fn engines(&self) -> Vec<String> {
        let mut engines: Vec<String> = Vec::new();
        for segment in &self.segments {
            if let Origin::Machine { engine, .. } | Origin::Memory { engine: Some(engine), .. } = &segment.origin
                && !engines.contains(engine)
            {
                engines.push(engine.clone());
            }
        }
        engines
    }
}
