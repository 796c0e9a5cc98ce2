//! HTML: the blocks that its block elements bound, and those of the attributes that people read. Scripts,
//! preformatted text, comments and what its author marked as not to be translated stay as they are.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::excerpt::Excerpt;
use super::markup::{self, HtmlToken, HtmlTokenKind, Nesting, Opening};
use super::run::{self, Run};
use super::split::Reading;
use super::tiles::MarkKind;
use super::{Block, BlockKind, Blocks, Syntax, TextError, limits};

/// What was read of the HTML in a source.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// In order of their beginnings.
    pub(super) blocks: Vec<Block>,
    /// Bytes of the source in which nothing is translated, whatever stands there; ascending, apart from each other.
    pub(super) kept: Vec<Range<usize>>,
    /// As [`Part::line_ends`](super::Part::line_ends).
    pub(super) line_ends: Vec<usize>,
}

/// The blocks of an HTML text.
///
/// # Errors
/// [`TextError::Nesting`] where elements nest deeper than [`limits::NESTING`], [`TextError::TooMuchMarkup`] where there
/// are more than [`limits::MARKS`].
pub(super) fn blocks(source: &str, reading: Reading<'_>) -> Result<Blocks, TextError> {
    read(&Excerpt::whole(source), &[], reading).map(|html| Blocks { blocks: html.blocks, line_ends: html.line_ends })
}

/// What stands in an excerpt. Each of the ranges of its text in `atoms` is kept as one.
///
/// # Errors
/// As [`blocks`].
pub(super) fn read(excerpt: &Excerpt<'_>, atoms: &[Range<usize>], reading: Reading<'_>) -> Result<Html, TextError> {
    let known = match reading {
        Reading::Source(_) => None,
        Reading::Written(ends) => Some(excerpt.places_in_text(ends)),
    };
    let tokens = tokens(excerpt)?;
    let closings = markup::closings(&tokens);
    let mut reader = Reader {
        excerpt,
        text: &excerpt.text,
        tokens: &tokens,
        closings: &closings,
        atoms,
        reading: known.as_deref().map_or(reading, Reading::Written),
        nesting: Nesting::default(),
        excluded: None,
        run: Run::default(),
        html: Html::default(),
    };
    let mut borders = excerpt.sections().map(|section| section.start).peekable();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let mut begins = false;
        while borders.next_if(|border| *border <= token.range.start).is_some() {
            reader.flush();
            begins = excerpt.is_embedded();
        }
        if let Some(end) = reader.run.end().filter(|end| *end < token.range.start) {
            reader.run.push(end..token.range.start, MarkKind::Atom(String::new()));
        }
        index = reader.token(index, token)?;
        // The tag that begins a block of HTML in Markdown stays where it is, alone on its line (CommonMark 4.6).
        if begins && is_alone(token) {
            reader.flush();
        }
    }
    Ok(reader.finish())
}

/// The tokens of all sections; a tag or comment that a section leaves open ends with it.
fn tokens(excerpt: &Excerpt<'_>) -> Result<Vec<HtmlToken>, TextError> {
    let mut tokens = Vec::new();
    for section in excerpt.sections() {
        let text = excerpt.text.get(section.clone()).unwrap_or_default();
        let room = limits::MARKS + 1 - tokens.len();
        tokens.extend(markup::tokens(text).take(room).map(|HtmlToken { range, kind }| HtmlToken {
            range: section.start + range.start..section.start + range.end,
            kind,
        }));
        if tokens.len() > limits::MARKS {
            return Err(TextError::TooMuchMarkup);
        }
    }
    Ok(tokens)
}

struct Reader<'a> {
    excerpt: &'a Excerpt<'a>,
    text: &'a str,
    tokens: &'a [HtmlToken],
    closings: &'a [Option<usize>],
    atoms: &'a [Range<usize>],
    reading: Reading<'a>,
    nesting: Nesting,
    /// The element whose content is not to be translated: its depth, and where it begins.
    excluded: Option<(usize, usize)>,
    run: Run,
    html: Html,
}

impl<'a> Reader<'a> {
    /// Reads a token, or the whole element that it begins; returns the index of the token after it.
    fn token(&mut self, index: usize, token: &'a HtmlToken) -> Result<usize, TextError> {
        match &token.kind {
            HtmlTokenKind::Text(text) => self.words(&token.range, text),
            HtmlTokenKind::Start { name, attributes } => return self.start(index, &token.range, name, attributes),
            HtmlTokenKind::End { name } => self.end(&token.range, name),
        }
        Ok(index + 1)
    }

    /// Reads text; the atoms in it bound spans that are decoded by themselves.
    fn words(&mut self, range: &Range<usize>, text: &str) {
        let atoms = self.atoms.partition_point(|atom| atom.start < range.start);
        let inside = self.atoms.iter().skip(atoms).take_while(|atom| atom.end <= range.end);
        let mut start = range.start;
        for atom in inside {
            let kept = self.text.get(atom.clone()).unwrap_or_default();
            self.push_words(start..atom.start, &decode(self.text.get(start..atom.start).unwrap_or_default()));
            self.run.push(atom.clone(), MarkKind::Atom(kept.to_owned()));
            start = atom.end;
        }
        if start == range.start {
            self.push_words(range.clone(), text);
        } else {
            self.push_words(start..range.end, &decode(self.text.get(start..range.end).unwrap_or_default()));
        }
    }

    fn push_words(&mut self, range: Range<usize>, text: &str) {
        if self.excluded.is_some() {
            if !range.is_empty() {
                self.run.push(range, MarkKind::Atom(collapse(text)));
            }
            return;
        }
        let bytes = self.text.get(range.clone()).unwrap_or_default();
        for (piece, kind) in split_words(bytes) {
            self.run.push(range.start + piece.start..range.start + piece.end, kind);
        }
    }

    fn start(
        &mut self,
        index: usize,
        range: &Range<usize>,
        name: &str,
        attributes: &[(String, String)],
    ) -> Result<usize, TextError> {
        let is_block = markup::is_block(name);
        if is_block || (name == "br" && !self.run.has_open_elements()) {
            self.flush();
        }
        let is_excluded = markup::is_excluded(attributes) || markup::is_foreign(name, attributes);
        if self.excluded.is_none() && !is_excluded {
            self.run.nest(run::attributes(self.text, range.clone(), name, attributes));
        }
        if markup::is_void(name) {
            match name {
                "br" if self.run.has_open_elements() => self.run.push(range.clone(), MarkKind::Atom("\n".to_owned())),
                "br" => {}
                // A word may be broken here, and is one word.
                "wbr" => self.run.push(range.clone(), MarkKind::Text(String::new())),
                _ if is_block => {}
                _ => self.run.push(range.clone(), MarkKind::Atom(String::new())),
            }
            return Ok(index + 1);
        }
        if name == "time" && markup::is_self_closing(self.text.get(range.clone()).unwrap_or_default()) {
            self.run.push(range.clone(), MarkKind::Atom(String::new()));
            return Ok(index + 1);
        }
        if name == "ac:plain-text-link-body"
            && let Some(end) = self.link_words(index, range)
        {
            return Ok(end + 1);
        }
        if (markup::is_opaque(name) || markup::is_hidden(name, attributes))
            && let Some(end) = markup::opaque_end(self.tokens, self.closings, index, name)
        {
            self.keep_opaque(range, end, is_block);
            return Ok(end + 1);
        }
        match self.nesting.start(name) {
            Opening::TooDeep => return Err(TextError::Nesting { line: self.excerpt.line(range.start) }),
            Opening::Opened(_) => {
                let depth = self.nesting.depth();
                self.leave(depth - 1, range.start);
                if is_excluded && self.excluded.is_none() {
                    self.excluded = Some((depth, range.start));
                }
                if !is_block {
                    self.run.open(name, range.clone(), is_excluded || markup::is_verbatim(name));
                }
            }
            Opening::Misplaced if is_block => {}
            Opening::Misplaced => self.run.push(range.clone(), MarkKind::Atom(String::new())),
        }
        Ok(index + 1)
    }

    /// Reads the words of a link of Confluence, which stand in a CDATA section; returns the index of the element's last
    /// token. Words that a section would have to write in another way than HTML are left alone.
    fn link_words(&mut self, index: usize, start: &Range<usize>) -> Option<usize> {
        let end = markup::opaque_end(self.tokens, self.closings, index, "ac:plain-text-link-body")?;
        let close = self.tokens.get(end)?.range.clone();
        let inside = self.text.get(start.end..close.start)?;
        let words = inside.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?;
        if self.excluded.is_some() || words.contains(['&', '<', '>']) {
            return None;
        }
        let from = start.end + "<![CDATA[".len();
        let number = self.run.next_pair();
        self.run.push(start.start..from, MarkKind::Open(number));
        self.run.push(from..from + words.len(), MarkKind::Text(collapse(words)));
        self.run.push(from + words.len()..close.end, MarkKind::Close(number));
        Some(end)
    }

    /// Passes over an element that is not running text, up to the token `end`.
    fn keep_opaque(&mut self, start: &Range<usize>, end: usize, is_block: bool) {
        let stop = self.tokens.get(end).map_or(start.end, |token| token.range.end);
        if !is_block {
            self.run.push(start.start..stop, MarkKind::Atom(String::new()));
        }
        if self.excluded.is_none() {
            self.html.kept.push(start.end..stop);
        }
    }

    fn end(&mut self, range: &Range<usize>, name: &str) {
        if markup::is_block(name) {
            self.flush();
        } else {
            self.run.close(name, range.clone());
        }
        self.nesting.end(name);
        self.leave(self.nesting.depth(), range.end);
    }

    /// Notes where the element ends that is not to be translated, once only `depth` elements are open.
    fn leave(&mut self, depth: usize, at: usize) {
        if let Some((_, start)) = self.excluded.take_if(|(excluded, _)| *excluded > depth) {
            self.html.kept.push(start..at);
        }
    }

    fn flush(&mut self) {
        let kind = self.nesting.inside_out().find_map(|name| match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
            "li" | "dt" | "dd" | "ac:task-body" => Some(BlockKind::Item),
            "td" | "th" => Some(BlockKind::Cell),
            "blockquote" | "caption" | "figcaption" | "summary" => Some(BlockKind::Paragraph),
            _ => None,
        });
        self.run.keep(self.text, self.atoms);
        let kind = kind.unwrap_or(BlockKind::Paragraph);
        let blocks = self.run.take(self.text, kind, Syntax::Html, self.reading, &mut self.html.line_ends);
        self.html.blocks.extend(blocks);
    }

    fn finish(mut self) -> Html {
        self.flush();
        if let Some((_, start)) = self.excluded {
            self.html.kept.push(start..usize::MAX);
        }
        // The attributes of a block element stand before its content's block, those of text before their own marks.
        self.html.blocks.sort_by_key(|block| block.range.start);
        let excerpt = self.excerpt;
        Html {
            blocks: self.html.blocks.into_iter().map(|block| excerpt.locate(block)).collect(),
            kept: self.html.kept.iter().map(|range| excerpt.range(range)).collect(),
            line_ends: excerpt.places(&self.html.line_ends).collect(),
        }
    }
}

/// A tag whose element may go on without it: one whose content stays as it is would not be known any more.
fn is_alone(token: &HtmlToken) -> bool {
    match &token.kind {
        HtmlTokenKind::Start { name, .. } => !markup::is_verbatim(name),
        HtmlTokenKind::End { .. } => true,
        HtmlTokenKind::Text(_) => false,
    }
}

/// A span of text without its entities.
fn decode(text: &str) -> String {
    let words = markup::tokens(text).filter_map(|token| match token.kind {
        HtmlTokenKind::Text(text) => Some(text),
        HtmlTokenKind::Start { .. } | HtmlTokenKind::End { .. } => None,
    });
    words.collect()
}

/// A span of HTML without tags in pieces of which each stands for its text by itself: line ends with the white space
/// round them, entities, and what lies between.
pub(super) fn split_words(bytes: &str) -> Vec<(Range<usize>, MarkKind)> {
    static BORDER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[ \t\x0c]*[\r\n][ \t\r\n\x0c]*|&[#0-9A-Za-z]*;?").ok());
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>| {
        let piece = bytes.get(range.clone()).unwrap_or_default();
        let kind = match piece {
            "" => return,
            piece if !piece.starts_with('&') && piece.trim_ascii().is_empty() && piece.contains(['\r', '\n']) => {
                MarkKind::LineEnd
            }
            piece if piece.starts_with('&') => MarkKind::Text(collapse(&decode(piece))),
            piece => MarkKind::Text(collapse(piece)),
        };
        pieces.push((range, kind));
    };
    let mut end = 0;
    for found in BORDER.iter().flat_map(|pattern| pattern.find_iter(bytes)) {
        push(end..found.start());
        push(found.range());
        end = found.end();
    }
    push(end..bytes.len());
    pieces
}

/// White space as HTML shows it: every run as one space.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_ascii_whitespace() {
            collapsed.push(character);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}
