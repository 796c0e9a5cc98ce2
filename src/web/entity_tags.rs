//! Entity tags as requests name them (RFC 9110 section 8.8.3): a header's value comes in, its tags go out. A tag is what
//! stands between its quotes, commas too.

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
}
