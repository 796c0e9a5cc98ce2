//! What marks are to the words beside them: whether facts are read over them.

use crate::segment::Mark;

/// What a mark is to the words on both of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::segment) enum Role {
    /// How its words look: read over, and left out where it would cross another.
    Look,
    /// The letters of an ordinal: read over, and left out where they are only a part of a fact.
    Part,
    /// A link: read over, and never left out.
    Link,
    /// Its words are others than those beside it: `10<sup>5</sup>` is not 105, what is deleted does not count.
    Border,
}

/// HTML's elements that only say how their words look or sound.
const LOOKS: [&str; 14] =
    ["b", "strong", "i", "em", "u", "span", "font", "small", "big", "mark", "cite", "dfn", "tt", "nobr"];

impl Role {
    /// What the opening mark with these bytes opens; `inside` is the text up to its closing mark.
    pub(in crate::segment) fn of(bytes: &str, inside: &str) -> Self {
        let name: String =
            bytes.strip_prefix('<').unwrap_or_default().chars().take_while(char::is_ascii_alphanumeric).collect();
        match name.to_ascii_lowercase().as_str() {
            "" if matches!(bytes, "*" | "**" | "_" | "__") => Self::Look,
            "" if bytes == "[" => Self::Link,
            "a" => Self::Link,
            // `5<sup>th</sup>` is an ordinal all the same.
            "sup" if matches!(inside, "st" | "nd" | "rd" | "th") => Self::Part,
            look if LOOKS.contains(&look) => Self::Look,
            _ => Self::Border,
        }
    }

    pub(in crate::segment) fn mark(self) -> Mark {
        if self == Self::Look { Mark::Emphasis } else { Mark::Essential }
    }
}
