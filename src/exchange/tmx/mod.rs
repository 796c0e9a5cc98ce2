//! TMX 1.4b, the translation memories' common format (LISA OSCAR, 2005-04-26): bytes come in, one [`Unit`] after the
//! other goes out, and back. Memory is bounded whatever the file: no more than one unit is held.

mod bytes;
mod read;
mod tokens;
mod write;

#[cfg(test)]
mod tests;

pub use read::{Read, Reader};
pub use write::{Writer, is_writable};

use jiff::Timestamp;

/// One text in several languages (`<tu>`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its position among the file's units, from 1, and the line on which it begins.
    pub number: u64,
    pub line: u64,
    pub variants: Vec<Variant>,
    /// `<prop>`: type and value. Reading keeps those whose type begins with [`OWN`].
    pub properties: Vec<(String, String)>,
    pub created_at: Option<Timestamp>,
    pub changed_at: Option<Timestamp>,
}

/// How the types of this program's own properties begin; user-defined types begin with `x-`.
pub const OWN: &str = "x-polypost";

impl Unit {
    /// The value of the property with this type.
    #[must_use]
    pub fn property(&self, kind: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == kind).map(|(_, value)| value.as_str())
    }
}

/// The text in one language (`<tuv>`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// `xml:lang`, as written.
    pub language: String,
    pub pieces: Vec<Piece>,
}

/// A piece of a `<seg>`. What stands inside of inline elements is another program's code, and is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// `<ph>`: `x` pairs it with that of another language; `type` says what it stands for.
    Placeholder {
        x: Option<u32>,
        kind: Option<String>,
    },
    /// `<bpt>`; `i` pairs it with the `<ept>` of the same language.
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
