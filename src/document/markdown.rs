//! Markdown (CommonMark with tables, strikethrough, footnotes and task lists): source text comes in, one block per run
//! of inline content goes out. Code blocks, HTML blocks, rules, tables' lines and front matter stay as they are.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};
use regex::Regex;

use super::tiles::{Mark, MarkKind, Run};
use super::{Block, BlockKind, Problem, limits};

/// The extensions that are read, and rendered.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS);

/// The blocks of a Markdown text.
///
/// # Errors
/// [`Problem::Nesting`] where containers or inline elements nest deeper than [`limits::NESTING`],
/// [`Problem::TooMuchMarkup`] where there are more than [`limits::MARKS`].
pub fn blocks(source: &str) -> Result<Vec<Block>, Problem> {
    blocks_with(source, &RefDefs::default())
}

/// [`blocks`] of a text whose link definitions stand elsewhere.
pub(super) fn blocks_with(source: &str, definitions: &RefDefs<'_>) -> Result<Vec<Block>, Problem> {
    limits::check_containers(source)?;
    let start = front_matter(source);
    let text = source.get(start..).unwrap_or_default();
    let elsewhere = |link: BrokenLink<'_>| {
        definitions.get(&link.reference).map(|found| (found.dest.clone().into_static(), CowStr::from("")))
    };
    let shortcodes = shortcodes(source);
    let mut reader = Reader { source, shortcodes: &shortcodes, ..Reader::default() };
    let parser = Parser::new_with_broken_link_callback(text, OPTIONS, Some(elsewhere));
    for (marks, (event, range)) in parser.into_offset_iter().enumerate() {
        if marks >= limits::MARKS {
            return Err(Problem::TooMuchMarkup);
        }
        reader.event(event, range.start + start..range.end + start)?;
    }
    reader.flush();
    Ok(reader.blocks)
}

/// The link definitions of a text.
pub(super) fn with_definitions<T>(source: &str, then: impl FnOnce(&RefDefs<'_>) -> T) -> T {
    // Without a colon behind a bracket there is no definition, and nothing to parse.
    if !source.contains("]:") || limits::check_containers(source).is_err() {
        return then(&RefDefs::default());
    }
    let text = source.get(front_matter(source)..).unwrap_or_default();
    then(Parser::new_ext(text, OPTIONS).reference_definitions())
}

/// Bytes of front matter at the beginning: a line `---`, then `key: …`, up to the next line `---`.
#[must_use]
pub fn front_matter(source: &str) -> usize {
    static FRONT_MATTER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\A---[ \t]*\r?\n[A-Za-z_][\w.-]*[ \t]*:(?s:.*?)\n---[ \t]*(?:\r?\n|\z)").ok());
    FRONT_MATTER.as_ref().and_then(|pattern| pattern.find(source)).map_or(0, |found| found.end())
}

/// Where Hugo's shortcodes stand: `{{< track >}}`, `{{% notice %}}`.
fn shortcodes(source: &str) -> Vec<Range<usize>> {
    static SHORTCODE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\{\{<[^<>{}]{0,1024}>\}\}|\{\{%[^%{}]{0,1024}%\}\}").ok());
    if !source.contains("{{") {
        return Vec::new();
    }
    SHORTCODE.as_ref().map(|pattern| pattern.find_iter(source).map(|found| found.range()).collect()).unwrap_or_default()
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    shortcodes: &'a [Range<usize>],
    blocks: Vec<Block>,
    run: Run,
    /// The containers and inline elements that are open.
    open: Vec<TagEnd>,
    /// The pairs that are open, innermost last, with the length of their marks.
    pairs: Vec<(usize, usize)>,
    next_pair: usize,
    /// Inside of what is kept: a code block, an HTML block, an autolink.
    kept: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Problem> {
        match event {
            Event::Start(tag) => {
                if self.open.len() >= limits::NESTING {
                    let before = self.source.get(..range.start).unwrap_or_default();
                    return Err(Problem::Nesting { line: before.matches('\n').count() + 1 });
                }
                self.start(&tag, range);
                self.open.push(tag.to_end());
            }
            Event::End(tag) => {
                self.end(tag, range);
                self.open.pop();
            }
            _ if self.kept > 0 => {}
            Event::Text(text) => self.text(range, &text),
            Event::SoftBreak => self.run.push(range, MarkKind::Text(" ".to_owned())),
            Event::HardBreak if self.pairs.is_empty() => self.flush(),
            Event::HardBreak => self.run.push(range, MarkKind::Atom("\n".to_owned())),
            Event::Code(text) => self.run.push(range, MarkKind::Atom(text.into_string())),
            Event::FootnoteReference(label) => self.run.push(range, MarkKind::Atom(format!("[{label}]"))),
            Event::InlineHtml(_) => self.run.push(range, MarkKind::Atom(String::new())),
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => self.flush(),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.run.push(range, MarkKind::Atom(text.into_string()));
            }
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, text: &str) {
        // The backslash that escapes a text's first character stands before the text.
        let escaped =
            range.start > 0 && self.run.marks.is_empty() && self.source.as_bytes().get(range.start - 1) == Some(&b'\\');
        let start = if escaped { range.start - 1 } else { range.start };
        self.run.push(start..range.end, MarkKind::Text(text.to_owned()));
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
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
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.kept = 1;
            }
            tag => match self.mark_length(tag, &range) {
                Some(length) => {
                    self.run.push(range.start..range.start + length, MarkKind::Open(self.next_pair));
                    self.pairs.push((self.next_pair, length));
                    self.next_pair += 1;
                }
                None => self.flush(),
            },
        }
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
        let Some((pair, length)) = self.pairs.pop() else { return };
        let content = self.run.end().unwrap_or(range.start).clamp(range.start, range.end);
        let start = if is_link {
            let rest = self.source.get(content..range.end).unwrap_or_default();
            content + rest.find(']').unwrap_or_default()
        } else {
            range.end.saturating_sub(length).max(content)
        };
        self.run.push(start..range.end, MarkKind::Close(pair));
    }

    /// Bytes of the opening mark of an inline element; `None` for containers.
    fn mark_length(&self, tag: &Tag<'_>, range: &Range<usize>) -> Option<usize> {
        match tag {
            Tag::Emphasis | Tag::Link { .. } => Some(1),
            Tag::Strong | Tag::Image { .. } => Some(2),
            Tag::Strikethrough => {
                let bytes = self.source.get(range.clone()).unwrap_or_default();
                Some(if bytes.starts_with("~~") && bytes.ends_with("~~") { 2 } else { 1 })
            }
            _ => None,
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
        self.keep_shortcodes();
        self.blocks.extend(self.run.block(self.source, kind.unwrap_or(BlockKind::Paragraph)));
        self.pairs.clear();
    }

    /// Replaces what was read of each shortcode by one atom, wherever its borders do not cut through other marks.
    fn keep_shortcodes(&mut self) {
        let (Some(first), Some(end)) = (self.run.marks.first(), self.run.end()) else { return };
        if self.shortcodes.is_empty() || end.saturating_sub(first.range.start) > limits::SEGMENT_BYTES {
            return;
        }
        let start = self.shortcodes.partition_point(|code| code.end <= first.range.start);
        for code in self.shortcodes.iter().skip(start).take_while(|code| code.start < end) {
            let marks = &self.run.marks;
            let from = marks.partition_point(|mark| mark.range.end <= code.start);
            let to = marks.partition_point(|mark| mark.range.start < code.end);
            let (Some(head), Some(tail)) = (marks.get(from), to.checked_sub(1).and_then(|last| marks.get(last))) else {
                continue;
            };
            let (left, right) = (head.range.start..code.start, code.end..tail.range.end);
            let (Some(before), Some(after)) = (self.cut(head, &left), self.cut(tail, &right)) else { continue };
            let text = self.source.get(code.clone()).unwrap_or_default().to_owned();
            let marks = [
                Mark { range: left, kind: MarkKind::Text(before) },
                Mark { range: code.clone(), kind: MarkKind::Atom(text) },
                Mark { range: right, kind: MarkKind::Text(after) },
            ];
            self.run.marks.splice(from..to, marks.into_iter().filter(|mark| !mark.range.is_empty()));
        }
    }

    /// The text of a mark in this part of its range; `None` where the mark cannot be cut.
    fn cut(&self, mark: &Mark, range: &Range<usize>) -> Option<String> {
        if range.is_empty() {
            return Some(String::new());
        }
        match &mark.kind {
            MarkKind::Text(text) if self.source.get(mark.range.clone()) == Some(text) => {
                self.source.get(range.clone()).map(str::to_owned)
            }
            _ => None,
        }
    }
}
