//! TMX 1.4b, the translation memories' common format (LISA OSCAR, 2005-04-26): read and written one
//! [`TranslationUnit`] at a time. Memory is bounded whatever the file: no more than one unit is held.

mod bytes;
mod read;
mod segment;
mod tokens;
mod write;

#[cfg(test)]
mod tests;

pub use read::{TmxReader, TmxRecord};
pub use write::{TmxWriter, is_writable};

use jiff::Timestamp;

/// One text in several languages (`<tu>`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranslationUnit {
    /// Its position among the file's units, from 1, and the line on which it begins.
    pub number: u64,
    pub line: u64,
    pub variants: Vec<Variant>,
    /// `<prop>`: type and value. Reading keeps those whose type begins with [`OWN`].
    pub properties: Vec<(String, String)>,
    /// Who made it, for texts that do not say so themselves.
    pub made: Made,
    pub created_at: Option<Timestamp>,
    pub changed_at: Option<Timestamp>,
}

/// Who made a text, by the file's own account; each empty where it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// `creationtool`
    pub tool: String,
    /// `creationid`
    pub created_by: String,
    /// `changeid`
    pub changed_by: String,
    /// The value of a property whose type speaks of an origin: `x-origin`, `x-Origin`.
    pub origin: String,
}

impl Made {
    /// The account of a text, completed by its unit's.
    #[must_use]
    pub fn or(&self, unit: &Self) -> Self {
        let first = |own: &String, other: &String| if own.is_empty() { other.clone() } else { own.clone() };
        // Who is named beside a text has changed what the unit names.
        let is_silent = self.created_by.is_empty() && self.changed_by.is_empty();
        Self {
            tool: first(&self.tool, &unit.tool),
            created_by: if is_silent { unit.created_by.clone() } else { self.created_by.clone() },
            changed_by: if is_silent { unit.changed_by.clone() } else { self.changed_by.clone() },
            origin: first(&self.origin, &unit.origin),
        }
    }
}

/// Bytes of a language's tag, a type, or a property's value.
const NAME_BYTES: usize = 256;

/// How the types of this program's own properties begin; user-defined types begin with `x-`.
pub const OWN: &str = "x-polypost";

impl TranslationUnit {
    /// The value of the property with this type.
    #[must_use]
    pub fn property(&self, kind: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == kind).map(|(_, value)| value.as_str())
    }
}

/// The text in one language (`<tuv>`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// `xml:lang`, as written.
    pub language: String,
    pub pieces: Vec<TmxPiece>,
    pub made: Made,
}

/// A piece of a `<seg>`. What stands inside of inline elements is another program's code; a placeholder's is kept,
/// since it may be all that tells it from others. Elements that stand alone for one end of a mark (`<it>`, `<ut>`)
/// are left out: the text says the same without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TmxPiece {
    Text(String),
    /// `<ph>`: `x` pairs it with that of another language; `type` says what it stands for, `code` is what stands
    /// inside. XLIFF's `<x/>`, which some tools write, is the same.
    Placeholder {
        x: Option<u32>,
        kind: Option<String>,
        code: String,
    },
    /// `<bpt>` (`<bx/>`, `<g>`); `i` pairs it with the `<ept>` of the same language.
    Open {
        i: u32,
        x: Option<u32>,
        kind: Option<String>,
    },
    /// `<ept>`
    Close {
        i: u32,
    },
}

/// Why a file cannot be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum TmxError {
    /// `byte` counts from 0 in the text as UTF-8.
    #[error("line {line}, byte {byte}: {message}")]
    Broken { line: u64, byte: u64, message: String },
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
}
