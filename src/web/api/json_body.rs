//! Checks that a body is JSON before it is read as anything, so that errors name what was sent (an encoding, a
//! position) and not what a parser expected.

use std::fmt;

use axum::http::StatusCode;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::web::problem_document::ProblemDocument;

/// The text of a JSON document, without the byte order mark that some editors write (RFC 8259 section 8.1).
///
/// # Errors
/// `400` where it is empty, not UTF-8, not JSON, or JSON with texts that are none.
pub(super) fn text(bytes: &[u8]) -> Result<&str, ProblemDocument> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        bad(format!("the body is not UTF-8: the byte at position {at} (0x{byte:02X}) begins no character"))
    })?;
    if text.trim_ascii().is_empty() {
        return Err(bad("expected a JSON object, found an empty body"));
    }
    let Err(error) = serde_json::from_str::<Characters>(text) else { return Ok(text) };
    // Without its texts decoded it may be JSON all the same.
    Err(match serde_json::from_str::<IgnoredAny>(text) {
        Err(error) => bad(format!("the body is not JSON: {error}")),
        Ok(_) if error.to_string().contains("surrogate") || error.to_string().contains("hex escape") => bad(format!(
            "a string in the body is invalid: {error}; an escape such as `\\uD83D` is half a character and must be \
             followed by its other half"
        )),
        Ok(_) => bad(format!("the body cannot be read: {error}")),
    })
}

/// As [`text`], of an object.
///
/// # Errors
/// As there, and `422` where it is something else.
pub(super) fn object(bytes: &[u8]) -> Result<&str, ProblemDocument> {
    let text = text(bytes)?;
    let kind = match text.trim_ascii_start().bytes().next() {
        Some(b'{') => return Ok(text),
        Some(b'[') => "a list",
        Some(b'"') => "a string",
        Some(b'n') => "`null`",
        Some(b't' | b'f') => "a boolean",
        _ => "a number",
    };
    let detail = format!("expected a JSON object, found {kind}");
    Err(ProblemDocument::new(StatusCode::UNPROCESSABLE_ENTITY, detail))
}

fn bad(detail: impl Into<String>) -> ProblemDocument {
    ProblemDocument::new(StatusCode::BAD_REQUEST, detail)
}

/// Anything, with every text decoded, which [`IgnoredAny`] leaves out.
struct Characters;

impl<'de> Deserialize<'de> for Characters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Characters {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        while members.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(bytes: &[u8]) -> u16 {
        object(bytes).map_or_else(|problem| problem.status().as_u16(), |_| 200)
    }

    #[test]
    fn what_is_sent_is_told_by_its_name() {
        for right in [&b"{}"[..], b"\xEF\xBB\xBF {\"a\":[1,-2,3.5e9,null,true,\"\\uD83D\\uDE00\"]}", b"\n{}\n"] {
            assert_eq!(status(right), 200);
        }
        for other in ["[]", "null", "true", "3", "\"x\"", " [ {} ] "] {
            assert_eq!(status(other.as_bytes()), 422, "{other}");
        }
        for wrong in [
            &b""[..],
            b" ",
            b"{",
            b"{}{}",
            b"\xEF\xBB\xBF",
            b"\xFF\xFE{\0}\0",
            b"{\"a\":\"\xFF\"}",
            b"{\"a\":\"\\uD83D\"}",
            b"{\"\\uDE00\":1}",
            b"[\"\\uD83D\\u0041\"]",
        ] {
            assert_eq!(status(wrong), 400, "{wrong:?}");
        }
        assert_eq!(status("[".repeat(100_000).as_bytes()), 400);
    }
}
