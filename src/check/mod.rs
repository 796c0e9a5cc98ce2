//! Checks: an engine's candidate for a segment comes in, a [`Checked`] or the findings that forbid it go out.
//!
//! Only this module makes a [`Checked`], and rendering takes nothing else: what has not been checked cannot be
//! published because it does not type-check.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::locale::Locale;
use crate::segment::{Protected, Segment, TargetSpan};

/// One engine's proposal for one segment.
#[derive(Clone, Debug)]
pub struct Draft<'run> {
    pub segment: &'run Segment,
    pub protected: &'run Protected,
    /// The engine's answer, placeholders and all.
    pub text: &'run str,
    pub source: &'run Locale,
    pub target: &'run Locale,
}

/// Where a segment's text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Origin {
    Machine {
        engine: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// Reused text: of a machine (engine named), or of a human.
    Memory {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        engine: Option<String>,
    },
    Vocabulary,
    Invariant,
    Human,
    /// Left in the source language.
    Source,
}

/// A translated segment that may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    target: Vec<TargetSpan>,
    origin: Origin,
    findings: Vec<Finding>,
}
