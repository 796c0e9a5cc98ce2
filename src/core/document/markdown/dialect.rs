//! What tools other than GitHub add to Markdown: alerts, directives, admonitions, ids of headings, MDX. The parser
//! knows none of it, so it is blotted out byte for byte before parsing, and the parser finds titles and bodies alone.
//! What is blotted out is gap: it is kept as it is, and never translated.

mod line;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

pub use line::Alert;
use line::{Fence, Head};

/// A text without its dialect.
#[derive(Debug)]
pub struct Dialect<'a> {
    /// As long as the source; what was blotted out is spaces, or the mark of a heading before a title.
    pub text: Cow<'a, str>,
    /// What was blotted out and has a meaning for readers, ascending.
    pub notices: Vec<Notice>,
    /// What stands within a line and is kept as one: comments of MDX.
    pub kept: Vec<Range<usize>>,
}

/// Something for readers, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Byte of the source.
    pub at: usize,
    pub kind: NoticeKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// An alert, directive or admonition begins; its title, where it has one, is a heading at this place.
    Open {
        alert: Option<Alert>,
        titled: bool,
        in_quote: bool,
    },
    Close,
    /// The id of the heading at or behind this place.
    Id(String),
}

/// Blots a text's dialect out; what stands before `start` is not looked at.
#[must_use]
pub fn read(source: &str, start: usize) -> Dialect<'_> {
    let is_suspect = [":::", "!!!", "???", "===", "[!", "import ", "export ", "{", ")=", "|", "TOC", "toc"];
    if !is_suspect.iter().any(|sign| source.contains(sign)) {
        return Dialect { text: Cow::Borrowed(source), notices: Vec::new(), kept: Vec::new() };
    }
    let mut scanner = Scanner {
        source,
        masked: source.as_bytes().to_vec(),
        notices: Vec::new(),
        kept: Vec::new(),
        fence: None,
        directives: Vec::new(),
        takes_options: false,
        module: false,
        after_module: false,
        last_comment: source.rfind("*/}").unwrap_or_default(),
        after_blank: true,
        comment: false,
        in_list: false,
    };
    let mut at = start;
    let mut lines = source.get(start..).unwrap_or_default().split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        scanner.line(at, line, lines.peek().copied().unwrap_or_default());
        at += line.len();
    }
    let text = String::from_utf8(scanner.masked).map_or(Cow::Borrowed(source), Cow::Owned);
    let mut kept = scanner.kept;
    kept.sort_by_key(|range| range.start);
    kept.dedup_by(|next, before| next.start < before.end);
    Dialect { text, notices: scanner.notices, kept }
}

#[expect(clippy::struct_excessive_bools, reason = "each says another thing of the lines before")]
struct Scanner<'a> {
    source: &'a str,
    masked: Vec<u8>,
    notices: Vec<Notice>,
    kept: Vec<Range<usize>>,
    /// The code block that is open.
    fence: Option<Fence>,
    /// The directives that are open: the signs that close them.
    directives: Vec<Fence>,
    /// Right behind a directive's first line.
    takes_options: bool,
    /// In a module's statement of several lines.
    module: bool,
    after_module: bool,
    after_blank: bool,
    /// Where the last comment ends; what is never closed is none.
    last_comment: usize,
    /// In a comment of several lines.
    comment: bool,
    in_list: bool,
}

impl Scanner<'_> {
    fn line(&mut self, at: usize, line: &str, next: &str) {
        let bare = line.trim_end_matches(['\n', '\r']);
        let prefix = bare.len() - bare.trim_start_matches([' ', '\t', '>']).len();
        let (at, content) = (at + prefix, bare.get(prefix..).unwrap_or_default().trim_end());
        let in_quote = bare.get(..prefix).unwrap_or_default().contains('>');
        let is_blank = content.is_empty();
        let is_item = content.starts_with(['-', '*', '+']) || content.starts_with(|sign: char| sign.is_ascii_digit());
        // Four spaces before a line are a code block's, but for lists and what stands in admonitions.
        let is_code = !in_quote && prefix > 3 && !self.in_list;
        if !is_blank && (is_item || prefix == 0) {
            self.in_list = is_item || line::mkdocs(content, next).is_some();
        }
        self.content(at, content, next, in_quote, is_code);
        self.after_blank = is_blank || std::mem::take(&mut self.after_module);
    }

    fn content(&mut self, at: usize, content: &str, next: &str, in_quote: bool, is_code: bool) {
        let takes_options = std::mem::take(&mut self.takes_options);
        if self.comment || self.module {
            self.go_on(at, content);
        } else if let Some(fence) = self.fence {
            if fence.is_closed_by(content) {
                self.fence = None;
            }
        } else if let Some(directive) = self.directives.last().copied().filter(|open| open.is_closed_by(content)) {
            self.directives.pop();
            self.blot(at..at + content.len());
            if directive.is_shown {
                self.notices.push(Notice { at, kind: NoticeKind::Close });
            }
        } else if content.is_empty() || is_code {
        } else if takes_options && line::is_option(content) {
            self.blot(at..at + content.len());
            self.takes_options = true;
        } else if let Some(head) = line::directive(content, next, in_quote) {
            self.head(at, content, &head, in_quote);
        } else if let Some(fence) = Fence::of_code(content) {
            self.fence = Some(fence);
        } else {
            self.prose(at, content, next);
        }
    }

    /// A line of a comment or a module's statement that began further up.
    fn go_on(&mut self, at: usize, content: &str) {
        if self.comment {
            let end = content.find("*/}");
            self.blot(at..at + end.map_or(content.len(), |end| end + "*/}".len()));
            self.comment = end.is_none();
        } else if content.is_empty() {
            self.module = false;
        } else {
            self.blot(at..at + content.len());
        }
    }

    /// The first line of a directive.
    fn head(&mut self, at: usize, content: &str, head: &Head, in_quote: bool) {
        self.blot(at..at + content.len());
        let title = head.title.clone().filter(|title| !title.is_empty());
        if let Some(title) = &title {
            let shown = at + title.start..at + title.end;
            if let (Some(masked), Some(bytes)) = (self.masked.get_mut(shown.clone()), self.source.as_bytes().get(shown))
            {
                masked.copy_from_slice(bytes);
            }
        }
        self.mark(at, head, title.is_some());
        if let Some(fence) = head.fence {
            self.directives.push(Fence { is_shown: head.is_shown, ..fence });
        }
        self.takes_options = head.takes_options;
        if head.is_shown {
            let kind = NoticeKind::Open {
                alert: head.alert,
                titled: title.is_some(),
                in_quote: in_quote && head.fence.is_none(),
            };
            self.notices.push(Notice { at, kind });
        }
    }

    /// A title becomes a heading; a body that is set in, an item of a list.
    fn mark(&mut self, at: usize, head: &Head, titled: bool) {
        let signs: &[u8] = match (head.is_indented, titled) {
            // Without a title too: a hyphen alone would make a heading of the paragraph before it.
            (true, _) => b"- #",
            (false, true) => b"#",
            (false, false) => b"",
        };
        if let Some(masked) = self.masked.get_mut(at..at + signs.len()) {
            masked.copy_from_slice(signs);
        }
    }

    fn prose(&mut self, at: usize, content: &str, next: &str) {
        if line::is_setting(content) {
            self.blot(at..at + content.len());
            self.notices.extend(line::setting_id(content).map(|id| Notice { at, kind: NoticeKind::Id(id) }));
            return;
        }
        if let Some((range, id)) = line::id(content, next) {
            self.blot(at + range.start..at + range.end);
            self.notices.push(Notice { at, kind: NoticeKind::Id(id) });
        }
        if self.after_blank
            && let Some(is_whole) = line::module(content)
        {
            self.blot(at..at + content.len());
            self.module = !is_whole;
            self.after_module = true;
            return;
        }
        self.comments(at, content);
        for list in line::attribute_lists(content) {
            self.kept.push(at + list.start..at + list.end);
        }
        for bar in line::bars(content) {
            if let Some(byte) = self.masked.get_mut(at + bar) {
                *byte = b'!';
            }
        }
    }

    /// Comments of MDX: `{/* … */}`.
    fn comments(&mut self, at: usize, content: &str) {
        let mut from = 0;
        while let Some(start) = content.get(from..).and_then(|rest| rest.find("{/*")).map(|start| from + start) {
            let in_code = content.get(..start).is_some_and(|before| before.matches('`').count() % 2 == 1);
            let end = content.get(start..).and_then(|rest| rest.find("*/}")).map(|end| start + end + "*/}".len());
            match end {
                _ if in_code => from = start + 1,
                Some(end) if start == 0 && end == content.len() => return self.blot(at..at + end),
                Some(end) => {
                    self.kept.push(at + start..at + end);
                    from = end;
                }
                None if self.last_comment <= at => return,
                None => {
                    self.blot(at + start..at + content.len());
                    self.comment = true;
                    return;
                }
            }
        }
    }

    fn blot(&mut self, range: Range<usize>) {
        if let Some(masked) = self.masked.get_mut(range) {
            masked.fill(b' ');
        }
    }
}

/// A text in which what is kept within lines is blotted out, too, and admonitions that are set in are directives:
/// for showing it.
#[derive(Debug)]
pub struct Shown {
    pub text: String,
    /// The places of the line ends that are meant, ascending.
    pub line_ends: Vec<usize>,
}

/// Makes a text ready to be shown; `line_ends` are the places in `source` of the line ends that are meant, ascending.
#[must_use]
pub fn shown(source: &str, line_ends: &[usize]) -> Shown {
    let mut text = String::with_capacity(source.len() + source.len() / 8);
    let mut meant = line_ends.iter().peekable();
    let mut ends = Vec::new();
    let mut at = 0;
    // Where the bodies begin that are open.
    let mut open: Vec<usize> = Vec::new();
    let mut fence: Option<Fence> = None;
    let mut lines = source.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        at += line.len();
        let is_meant = meant.next_if(|place| **place < at).is_some();
        let bare = line.trim_end();
        let indent = bare.len() - bare.trim_start_matches(' ').len();
        let content = bare.trim_start_matches(' ');
        while !content.is_empty() && fence.is_none() && open.last().is_some_and(|body| indent < *body) {
            open.pop();
            close(&mut text, open.len());
        }
        let inset = open.last().copied().unwrap_or_default();
        let shift = indent.saturating_sub(inset);
        let is_inside = fence.is_some_and(|fence| !fence.is_closed_by(content));
        if fence.is_none()
            && shift < 4
            && let Some(head) = line::mkdocs(content, lines.peek().copied().unwrap_or_default())
        {
            let title = head.title.clone().and_then(|title| content.get(title)).unwrap_or_default();
            let name = head.alert.map_or("admonition", Alert::name);
            let _ = write!(text, "\n{}{{{name}}} {title}\n\n", ":".repeat(20 - open.len().min(16)));
            open.push(indent + 4);
            continue;
        }
        fence = match (fence, is_inside) {
            (Some(fence), true) => Some(fence),
            (Some(_), false) => None,
            (None, _) => Fence::of_code(content),
        };
        let line = line.get(inset.min(indent)..).unwrap_or_default();
        let mut from = 0;
        for bar in if fence.is_none() { line::bars(line) } else { Vec::new() } {
            text.push_str(line.get(from..bar).unwrap_or_default());
            text.push_str("%7C");
            from = bar + 1;
        }
        text.push_str(line.get(from..).unwrap_or_default());
        if is_meant && line.ends_with('\n') {
            ends.push(text.len() - 1);
        }
    }
    while open.pop().is_some() {
        close(&mut text, open.len());
    }
    Shown { text, line_ends: ends }
}

fn close(text: &mut String, depth: usize) {
    text.truncate(text.trim_end().len());
    text.push_str("\n\n");
    text.push_str(&":".repeat(20 - depth.min(16)));
    text.push_str("\n\n");
}

#[cfg(test)]
mod tests;
