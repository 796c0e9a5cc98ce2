//! A Markdown file's first heading of the first level. Nothing else is read.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A heading of the first level, as readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub text: String,
    /// Nothing but white space stands before it.
    pub at_start: bool,
    /// The byte behind it.
    pub end: usize,
}

/// The first heading of the first level.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let mut events = Parser::new_ext(text, Options::empty()).into_offset_iter();
    let range = events.find_map(|(event, range)| {
        matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })).then_some(range)
    })?;
    let mut title = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => title.push_str(&text),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    // The heading's id, as some tools write it, is no part of what readers see.
    if let Some(start) = title.trim_end().strip_suffix('}').and_then(|rest| rest.rfind(" {#")) {
        title.truncate(start);
    }
    let at_start = text.get(..range.start).is_some_and(|before| before.trim().is_empty());
    Some(Heading { text: title.trim().to_owned(), at_start, end: range.end })
}
