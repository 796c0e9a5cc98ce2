//! Makes blocks of the events of the Markdown parser, and sets aside the HTML among them and the labels of the links,
//! which others read.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::title;
use crate::document::excerpt::Excerpt;
use crate::document::markup::{self, HtmlTokenKind};
use crate::document::run::{self, Run};
use crate::document::split::Reading;
use crate::document::tiles::MarkKind;
use crate::document::{Block, BlockKind, Syntax, TextError, limits};
use crate::quoting::line_of;

/// What the events amount to.
#[derive(Debug)]
pub(super) struct Content<'a> {
    /// In no particular order.
    pub(super) blocks: Vec<Block>,
    /// As [`Part::line_ends`](crate::document::Part::line_ends).
    pub(super) line_ends: Vec<usize>,
    /// The labels of links and images that have titles in their definitions.
    pub(super) labels: Vec<String>,
    /// The blocks of HTML, one section for each.
    pub(super) html: Excerpt<'a>,
}

pub(super) struct Reader<'a> {
    source: &'a str,
    kept_ranges: &'a [Range<usize>],
    reading: Reading<'a>,
    content: Content<'a>,
    run: Run,
    /// The run around the image whose alternative text is being read.
    around: Option<Run>,
    /// The containers and inline elements that are open.
    open: Vec<TagEnd>,
    /// The inline elements that are open.
    inline: Vec<Inline>,
    /// Inside of what is kept: a code block, an autolink.
    kept: usize,
}

/// An inline element of Markdown that is open.
enum Inline {
    /// Its opening and closing marks are a pair.
    Pair {
        number: usize,
        /// Bytes of the opening mark.
        length: usize,
        /// Of an inline link.
        title: Option<String>,
    },
    /// An image that is one mark, with its alternative text and its title as blocks inside of it.
    Image { title: Option<String> },
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a str, kept_ranges: &'a [Range<usize>], reading: Reading<'a>) -> Self {
        Self {
            source,
            kept_ranges,
            reading,
            content: Content {
                blocks: Vec::new(),
                line_ends: Vec::new(),
                labels: Vec::new(),
                html: Excerpt::new(source),
            },
            run: Run::default(),
            around: None,
            open: Vec::new(),
            inline: Vec::new(),
            kept: 0,
        }
    }

    pub(super) fn finish(mut self) -> Content<'a> {
        self.flush();
        self.content
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), TextError> {
        match event {
            Event::Start(tag) => {
                if self.open.len() >= limits::NESTING {
                    return Err(TextError::Nesting { line: line_of(self.source, range.start) });
                }
                let end = tag.to_end();
                self.start(tag, range);
                self.open.push(end);
            }
            Event::End(tag) => {
                self.end(tag, range);
                self.open.pop();
            }
            _ if self.kept > 0 => {}
            Event::Text(text) => self.text(range, &text),
            Event::SoftBreak => self.run.push(range, MarkKind::LineEnd),
            Event::HardBreak => self.line_break(range),
            Event::Code(text) => self.run.push(range, MarkKind::Atom(text.into_string())),
            Event::FootnoteReference(label) => self.run.push(range, MarkKind::Atom(format!("[{label}]"))),
            Event::InlineHtml(tag) => self.inline_html(range, &tag),
            Event::Html(_) => self.content.html.push(range),
            Event::Rule | Event::TaskListMarker(_) => self.flush(),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.run.push(range, MarkKind::Atom(text.into_string()));
            }
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, text: &str) {
        // The backslash that escapes a text's first character stands before the text.
        let is_escaped =
            range.start > 0 && self.run.end().is_none() && self.source.as_bytes().get(range.start - 1) == Some(&b'\\');
        let mut rest = text.chars();
        let mut start = range.start;
        if is_escaped && let Some(first) = rest.next() {
            start += first.len_utf8();
            self.run.push(range.start - 1..start, MarkKind::Text(first.to_string()));
        }
        if start < range.end {
            self.run.push(start..range.end, MarkKind::Text(rest.as_str().to_owned()));
        }
    }

    /// A line's end that readers see bounds a block, unless marks are open across it.
    fn line_break(&mut self, range: Range<usize>) {
        if self.inline.is_empty() && !self.run.has_open_elements() {
            self.flush();
        } else {
            self.run.push(range, MarkKind::Atom("\n".to_owned()));
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.kept > 0 {
            self.kept += 1;
            return;
        }
        match tag {
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                let shown = self.source.get(range.clone()).unwrap_or_default();
                let shown = shown.trim_start_matches('<').trim_end_matches('>').to_owned();
                self.run.push(range, MarkKind::Atom(shown));
                self.kept = 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.kept = 1;
            }
            Tag::HtmlBlock => {
                self.flush();
                self.content.html.begin_section();
            }
            Tag::Emphasis => self.open_pair(&range, 1, None),
            Tag::Strong => self.open_pair(&range, 2, None),
            Tag::Strikethrough => {
                let bytes = self.source.get(range.clone()).unwrap_or_default();
                self.open_pair(&range, if bytes.starts_with("~~") && bytes.ends_with("~~") { 2 } else { 1 }, None);
            }
            Tag::Link { link_type, title, id, .. } => {
                let title = self.title(link_type, &title, &id);
                self.open_pair(&range, 1, title);
            }
            Tag::Image { link_type, title, id, .. } => {
                let title = self.title(link_type, &title, &id);
                // Where the alternative text is the label too, it is no text of its own.
                let is_label = matches!(
                    link_type,
                    LinkType::Collapsed | LinkType::CollapsedUnknown | LinkType::Shortcut | LinkType::ShortcutUnknown
                );
                if is_label || self.around.is_some() {
                    self.open_pair(&range, 2, title);
                } else {
                    self.around = Some(std::mem::take(&mut self.run));
                    self.inline.push(Inline::Image { title });
                }
            }
            _ => self.flush(),
        }
    }

    fn open_pair(&mut self, range: &Range<usize>, length: usize, title: Option<String>) {
        let number = self.run.next_pair();
        self.run.push(range.start..range.start + length, MarkKind::Open(number));
        self.inline.push(Inline::Pair { number, length, title });
    }

    /// The title that stands with a link; notes where it stands with the link's definition. Within an alternative text,
    /// nobody sees titles.
    fn title(&mut self, link_type: LinkType, title: &str, label: &str) -> Option<String> {
        if title.is_empty() || self.around.is_some() {
            return None;
        }
        if link_type == LinkType::Inline {
            return Some(title.to_owned());
        }
        self.content.labels.push(label.to_owned());
        None
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if self.kept > 0 {
            self.kept -= 1;
            return;
        }
        let is_link = matches!(tag, TagEnd::Link | TagEnd::Image);
        if !is_link && !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) {
            return self.flush();
        }
        let content = self.run.end().unwrap_or(range.start).clamp(range.start, range.end);
        let rest = self.source.get(content..range.end).unwrap_or_default();
        let bracket = content + rest.find(']').unwrap_or_default();
        match self.inline.pop() {
            Some(Inline::Pair { number, length, title }) => {
                let start = if is_link { bracket } else { range.end.saturating_sub(length).max(content) };
                self.run.push(start..range.end, MarkKind::Close(number));
                let title = title.and_then(|title| title::of_link(self.source, &(start..range.end), &title));
                self.run.nest(title);
            }
            Some(Inline::Image { title }) => {
                let mut inside = std::mem::replace(&mut self.run, self.around.take().unwrap_or_default());
                inside.keep(self.source, self.kept_ranges);
                let alternative = inside.take_whole(self.source, BlockKind::Attribute, Syntax::Markdown);
                self.run.nest(alternative);
                let title = title.and_then(|title| title::of_link(self.source, &(bracket..range.end), &title));
                self.run.nest(title);
                self.run.push(range, MarkKind::Atom(String::new()));
            }
            None => {}
        }
    }

    /// A tag, or a comment, in running text.
    fn inline_html(&mut self, range: Range<usize>, text: &str) {
        match markup::tokens(text).next().map(|token| token.kind) {
            Some(HtmlTokenKind::Start { name, attributes }) => self.start_tag(range, text, &name, &attributes),
            Some(HtmlTokenKind::End { name }) if markup::is_block(&name) => self.block_tag(range),
            Some(HtmlTokenKind::End { name }) => self.run.close(&name, range),
            Some(HtmlTokenKind::Text(_)) | None => self.run.push(range, MarkKind::Atom(String::new())),
        }
    }

    fn start_tag(&mut self, range: Range<usize>, text: &str, name: &str, attributes: &[(String, String)]) {
        let is_excluded = markup::is_excluded(attributes) || markup::is_foreign(name, attributes);
        // The tag of several lines in a quoted block has more bytes than the parser says.
        let is_whole = self.source.get(range.clone()) == Some(text);
        let nested = (is_whole && !is_excluded && self.around.is_none())
            .then(|| run::attributes(self.source, range.clone(), name, attributes));
        if name == "br" {
            self.line_break(range);
        } else if markup::is_block(name) {
            self.block_tag(range);
        } else if name == "wbr" {
            // A word may be broken here, and is one word.
            self.run.push(range, MarkKind::Text(String::new()));
        } else if markup::is_void(name) || (name == "time" && markup::is_self_closing(text)) {
            self.run.push(range, MarkKind::Atom(String::new()));
        } else {
            let is_kept = is_excluded || markup::is_verbatim(name) || markup::is_opaque(name);
            self.run.open(name, range, is_kept);
        }
        self.run.nest(nested.into_iter().flatten());
    }

    /// The tag of a block element bounds blocks here too, unless marks of Markdown are open across it.
    fn block_tag(&mut self, range: Range<usize>) {
        if self.inline.is_empty() {
            self.flush();
        } else {
            self.run.push(range, MarkKind::Atom(String::new()));
        }
    }

    fn flush(&mut self) {
        let kind = self.open.iter().rev().find_map(|tag| match tag {
            TagEnd::Heading(_) => Some(BlockKind::Heading),
            TagEnd::Item => Some(BlockKind::Item),
            TagEnd::TableCell => Some(BlockKind::Cell),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => Some(BlockKind::Paragraph),
            _ => None,
        });
        self.run.keep(self.source, self.kept_ranges);
        let kind = kind.unwrap_or(BlockKind::Paragraph);
        let line_ends = &mut self.content.line_ends;
        self.content.blocks.extend(self.run.take(self.source, kind, Syntax::Markdown, self.reading, line_ends));
        self.inline.clear();
    }
}
