//! Entity tags (RFC 9110 section 8.8.3): those that requests name, and how the tags of an answer's plain and compressed
//! form belong together. A tag is what stands between its quotes, commas too.

/// Added to the tag of an answer that was compressed: other bytes, another tag.
const COMPRESSED: &str = "-gzip";

/// One tag of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EntityTag<'value> {
    /// With its quotes; `*` where anything will do.
    pub(super) opaque: &'value str,
    pub(super) is_weak: bool,
}

/// The tags of a value, until one cannot be read: what comes after it could be part of it.
pub(super) struct EntityTags<'value>(&'value str);

impl<'value> EntityTags<'value> {
    pub(super) fn of(value: &'value str) -> Self {
        Self(value)
    }

    fn read(&self) -> Option<(EntityTag<'value>, &'value str)> {
        let text = self.0.trim_start_matches([' ', '\t', ',']);
        let (text, is_weak) = text.strip_prefix("W/").map_or((text, false), |text| (text, true));
        let length = match text.strip_prefix('"') {
            Some(opened) => opened.find('"')? + 2,
            None if text.starts_with('*') && !is_weak => 1,
            None => return None,
        };
        let (opaque, rest) = text.split_at_checked(length)?;
        let rest = rest.trim_start_matches([' ', '\t']);
        let is_whole = rest.is_empty() || rest.starts_with(',');
        is_whole.then_some((EntityTag { opaque, is_weak }, rest))
    }
}

impl<'value> Iterator for EntityTags<'value> {
    type Item = EntityTag<'value>;

    fn next(&mut self) -> Option<EntityTag<'value>> {
        let (tag, rest) = self.read()?;
        self.0 = rest;
        Some(tag)
    }
}

/// The tag of the same answer, compressed.
pub(super) fn compressed_tag(tag: &str) -> String {
    format!("{}{COMPRESSED}\"", tag.trim_end_matches('"'))
}

/// Whether a tag is already that of a compressed answer.
pub(super) fn is_compressed_tag(tag: &str) -> bool {
    tag.strip_suffix('"').is_some_and(|tag| tag.ends_with(COMPRESSED))
}

/// Whether the candidate is the tag of the compressed form of the answer that has the plain tag.
pub(super) fn is_compressed_tag_of(candidate: &str, plain: &str) -> bool {
    let opened = plain.strip_suffix('"').unwrap_or(plain);
    candidate.strip_prefix(opened).and_then(|rest| rest.strip_suffix('"')) == Some(COMPRESSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_apart_by_their_quotes() {
        let tags = |value| EntityTags::of(value).map(|tag| (tag.opaque, tag.is_weak)).collect::<Vec<_>>();
        assert_eq!(tags(r#""a""#), [(r#""a""#, false)]);
        assert_eq!(tags(r#" "a,b" ,, W/"", "c""#), [(r#""a,b""#, false), (r#""""#, true), (r#""c""#, false)]);
        assert_eq!(tags("*"), [("*", false)]);
        for (unreadable, before) in [("", 0), ("a", 0), (r#""a"#, 0), (r#"w/"a""#, 0), ("W/*", 0), (r#""a" b, "c""#, 0)]
        {
            assert_eq!(tags(unreadable).len(), before, "{unreadable}");
        }
        assert_eq!(tags(r#""a", b, "c""#), [(r#""a""#, false)]);
        assert_eq!(tags("\"é\", \"b\""), [("\"é\"", false), ("\"b\"", false)]);
    }
    #[test]
    fn a_compressed_tag_belongs_to_its_plain_one() {
        assert_eq!(compressed_tag("\"a\""), "\"a-gzip\"");
        assert!(is_compressed_tag("\"a-gzip\"") && !is_compressed_tag("\"a\"") && !is_compressed_tag("a-gzip"));
        assert!(is_compressed_tag_of("\"a-gzip\"", "\"a\"") && !is_compressed_tag_of("\"ab-gzip\"", "\"a\""));
    }
}
