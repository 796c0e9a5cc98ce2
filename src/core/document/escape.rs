//! Escapes plain text so that it reads back as itself in a format. No text becomes markup here.

use std::fmt::Write as _;
use std::ops::Range;

use super::BlockKind;

/// What begins and ends a mark in running text, where it stands there twice.
pub const DELIMITERS: [char; 4] = ['`', '~', '*', '_'];

/// Where Markdown text will stand, as far as that decides what must be escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// In a cell `|` divides, as in a heading over a line of hyphens and in an alternative text in either; in a
    /// heading closing `#` would go; in an item `[ ]` would become a check box.
    pub kind: BlockKind,
    /// More than one line, so that the second may make a table of the first.
    pub lines: bool,
    /// Which of [`DELIMITERS`] stand in other lines of its paragraph, where one alone would find its partner.
    pub beside: [bool; DELIMITERS.len()],
    /// Beside links, or in a text that defines link labels: `[` and `]` would be theirs.
    pub brackets: bool,
    /// Every ASCII punctuation character, for texts that the finer rules cannot hold.
    pub everything: bool,
}

impl Surroundings {
    /// A block of this kind, of one line, without links.
    #[must_use]
    pub fn of(kind: BlockKind) -> Self {
        Self { kind, lines: false, beside: [false; DELIMITERS.len()], brackets: false, everything: false }
    }
}

/// Running text for HTML.
#[must_use]
pub fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Running text for a block of HTML within Markdown: a blank line would end it, a shortcode be run.
#[must_use]
pub(super) fn html_in_markdown(text: &str) -> String {
    html(&one_line(text)).replace("{{", "{&#123;")
}

/// An attribute's value for HTML, to stand between quotes of this kind. Within Markdown, code spans, cells and
/// shortcodes come before tags: what would be theirs is written as a number.
#[must_use]
pub(super) fn value(text: &str, quote: char, in_markdown: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for character in one_line(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' if quote == '"' => escaped.push_str("&quot;"),
            '\'' if quote == '\'' => escaped.push_str("&#39;"),
            '`' | '|' | '{' if in_markdown => push_number(&mut escaped, character),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A title for a link in Markdown, to stand between quotes of this kind, or in parentheses where it is `(`. What could
/// be part of a code span, a tag, a cell or a shortcode around the link is written as a number.
#[must_use]
pub(super) fn title(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for character in one_line(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '<' | '>' | '|' | '{' => push_number(&mut escaped, character),
            '(' | ')' if quote == '(' => push_number(&mut escaped, character),
            character if character == quote => push_number(&mut escaped, character),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A character as a reference to its number, which HTML and Markdown read alike.
fn push_number(escaped: &mut String, character: char) {
    let _ = write!(escaped, "&#{};", u32::from(character));
}

/// An attribute's value for HTML, to stand between double quotes.
#[must_use]
pub fn attribute(value: &str) -> String {
    html(value).replace('"', "&quot;")
}

/// Text for a line of plain text or Markdown: line ends become spaces.
#[must_use]
pub fn one_line(text: &str) -> String {
    if text.contains(['\n', '\r']) { text.replace("\r\n", " ").replace(['\n', '\r'], " ") } else { text.to_owned() }
}

/// A whole line of Markdown from plain text.
#[must_use]
pub fn markdown(text: &str, surroundings: Surroundings) -> String {
    let line = one_line(text);
    let whole = 0..line.len();
    markdown_within(&line, &[whole], surroundings)
}

/// Escapes those spans of a line of Markdown that are plain text; all else is markup and stays. `texts` ascend.
#[must_use]
pub(super) fn markdown_within(line: &str, texts: &[Range<usize>], surroundings: Surroundings) -> String {
    let context = Context::new(line, surroundings);
    let mut escaped = String::with_capacity(line.len() + line.len() / 8);
    let mut texts = texts.iter().peekable();
    let mut position = Position::LineStart;
    for (at, character) in line.char_indices() {
        while texts.peek().is_some_and(|text| text.end <= at) {
            texts.next();
        }
        if texts.peek().is_some_and(|text| text.start <= at) && context.is_active(at, character, position) {
            escaped.push('\\');
        }
        escaped.push(character);
        position = position.after(character);
    }
    escaped
}

/// What stands before a character on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// White space and quote marks at most.
    LineStart,
    /// A number that begins the line: with a point or bracket it would number a list.
    Number,
    Inside,
}

impl Position {
    fn after(self, character: char) -> Self {
        match (self, character) {
            (_, '\n') | (Self::LineStart, ' ' | '\t' | '>') => Self::LineStart,
            (Self::LineStart | Self::Number, '0'..='9') => Self::Number,
            _ => Self::Inside,
        }
    }
}

struct Context<'a> {
    line: &'a str,
    surroundings: Surroundings,
    /// Delimiters that stand in the line more than once; one alone means nothing.
    partnered: Vec<char>,
    /// Where the number signs at the line's end begin.
    closing: usize,
}

impl<'a> Context<'a> {
    fn new(line: &'a str, surroundings: Surroundings) -> Self {
        let is_partnered = |(mark, beside): &(char, bool)| line.matches(*mark).nth(usize::from(!beside)).is_some();
        let marks = DELIMITERS.into_iter().zip(surroundings.beside);
        let partnered = marks.filter(is_partnered).map(|(mark, _)| mark).collect();
        let closing = line.trim_end().trim_end_matches('#').len();
        Self { line, surroundings, partnered, closing }
    }

    /// Whether a character of text would be, begin, or end markup where it stands (CommonMark 0.31, GFM tables).
    fn is_active(&self, at: usize, character: char, position: Position) -> bool {
        if !character.is_ascii_punctuation() {
            return false;
        }
        if self.surroundings.everything {
            return true;
        }
        let before = self.line.get(..at).unwrap_or_default();
        let after = self.line.get(at + 1..).unwrap_or_default();
        let next = after.chars().next();
        if position == Position::LineStart && self.begins_a_block(character, after) {
            return true;
        }
        match character {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n'),
            '`' | '~' => self.partnered.contains(&character),
            '*' => self.partnered.contains(&'*') && !is_free(before, next),
            '_' => self.partnered.contains(&'_') && !is_free(before, next) && !is_inside_a_word(before, after),
            '[' => self.surroundings.brackets,
            ']' => self.surroundings.brackets || next.is_none_or(|next| matches!(next, '(' | ':' | '[')),
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => begins_an_entity(after),
            '|' => {
                self.surroundings.lines
                    || matches!(self.surroundings.kind, BlockKind::Cell | BlockKind::Heading | BlockKind::Attribute)
            }
            '{' => before.ends_with('{') && matches!(next, Some('<' | '%')),
            '#' => self.surroundings.kind == BlockKind::Heading && at >= self.closing,
            '.' | ')' => position == Position::Number && next.is_none_or(char::is_whitespace),
            _ => false,
        }
    }

    fn begins_a_block(&self, character: char, after: &str) -> bool {
        let next = after.chars().next();
        let ends_or_space = next.is_none_or(char::is_whitespace);
        match character {
            '>' | '|' => true,
            '#' => after.trim_start_matches('#').chars().next().is_none_or(char::is_whitespace),
            // Behind another line, hyphens between bars make a table of both.
            '-' => ends_or_space || matches!(next, Some('-' | '|' | ':')),
            '=' | '+' | '*' | '_' => ends_or_space || next == Some(character),
            ':' => next == Some('-'),
            '[' => self.surroundings.kind == BlockKind::Item,
            _ => false,
        }
    }
}

/// White space on both sides: a delimiter that can neither open nor close.
fn is_free(before: &str, next: Option<char>) -> bool {
    before.chars().next_back().is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace)
}

/// Letters or figures on both sides of a run of `_`: it can neither open nor close (CommonMark 6.2).
fn is_inside_a_word(before: &str, after: &str) -> bool {
    /// Names have short runs; longer ones are escaped without looking further.
    const RUN: usize = 8;
    let is_word = |found: Option<char>| found.is_some_and(char::is_alphanumeric);
    is_word(before.chars().rev().take(RUN).find(|character| *character != '_'))
        && is_word(after.chars().take(RUN).find(|character| *character != '_'))
}

fn begins_an_entity(after: &str) -> bool {
    let name = after.trim_start_matches('#');
    let end = name.trim_start_matches(|character: char| character.is_ascii_alphanumeric());
    end.len() < name.len() && end.starts_with(';')
}
