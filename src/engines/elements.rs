//! Placeholders and marked spans as elements, for engines that carry markup: writes a protected text as well-formed
//! markup, and reads the answer as text and alignment. An answer with markup that was not sent is an error.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::ops::Range;

use html5gum::{StartTag, Token, Tokenizer};

use super::{Candidate, TranslatedText, placeholder};

/// What an engine keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `<x id="1"/>` and `<g id="1">…</g>`, as in XLIFF 1.2; for engines that read XML.
    Xml,
    /// `<span translate="no" class="notranslate" id="x1">[PH1]</span>` and `<b id="g1">…</b>`; for engines that read
    /// HTML, which may drop an element without content.
    Html,
}

/// A text's edge where an element begins or ends.
enum Edge {
    Open(usize),
    Close,
    /// A placeholder; its text's end.
    Atom(usize, usize),
}

/// How many numbers a text's elements take.
pub(super) fn numbers(text: &str, spans: &[Range<usize>]) -> usize {
    placeholder::ranges(text).len().max(spans.len())
}

/// The text as markup, its elements numbered from behind `before`: where no two texts share a number, the answer to one
/// cannot pass for the answer to another. Spans that cross others are left out.
pub(super) fn encode(text: &str, spans: &[Range<usize>], dialect: Dialect, before: usize) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for (at, edge) in edges(text, spans) {
        escape(text.get(from..at).unwrap_or_default(), &mut written);
        from = at;
        // Writing into a text does not fail.
        let _ = match (edge, dialect) {
            (Edge::Open(index), Dialect::Xml) => write!(written, "<g id=\"{}\">", before + index + 1),
            (Edge::Open(index), Dialect::Html) => write!(written, "<b id=\"g{}\">", before + index + 1),
            (Edge::Close, Dialect::Xml) => write!(written, "</g>"),
            (Edge::Close, Dialect::Html) => write!(written, "</b>"),
            (Edge::Atom(index, end), Dialect::Xml) => {
                from = end;
                write!(written, "<x id=\"{}\"/>", before + index + 1)
            }
            (Edge::Atom(index, end), Dialect::Html) => {
                from = end;
                let id = before + index + 1;
                let _ = write!(written, "<span translate=\"no\" class=\"notranslate\" id=\"x{id}\">");
                escape(text.get(at..end).unwrap_or_default(), &mut written);
                write!(written, "</span>")
            }
        };
    }
    escape(text.get(from..).unwrap_or_default(), &mut written);
    written
}

/// All edges in the order of the text; what begins last ends first.
fn edges(text: &str, spans: &[Range<usize>]) -> Vec<(usize, Edge)> {
    let atoms = placeholder::ranges(text);
    let mut wanted: Vec<usize> = (0..spans.len()).filter(|&index| !spans[index].is_empty()).collect();
    wanted.sort_by_key(|&index| (spans[index].start, Reverse(spans[index].end)));
    let mut edges: Vec<(usize, Edge)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let close_until = |at: usize, edges: &mut Vec<(usize, Edge)>, open: &mut Vec<usize>| {
        while let Some(&end) = open.last().filter(|&&end| end <= at) {
            open.pop();
            edges.push((end, Edge::Close));
        }
    };
    let mut atoms = atoms.into_iter().enumerate().peekable();
    for index in wanted {
        let span = &spans[index];
        while let Some((number, atom)) = atoms.next_if(|(_, atom)| atom.start < span.start) {
            close_until(atom.start, &mut edges, &mut open);
            edges.push((atom.start, Edge::Atom(number, atom.end)));
        }
        close_until(span.start, &mut edges, &mut open);
        if open.last().is_none_or(|&end| span.end <= end) {
            edges.push((span.start, Edge::Open(index)));
            open.push(span.end);
        }
    }
    for (number, atom) in atoms {
        close_until(atom.start, &mut edges, &mut open);
        edges.push((atom.start, Edge::Atom(number, atom.end)));
    }
    close_until(text.len(), &mut edges, &mut open);
    edges
}

/// The three characters that both dialects must not read as markup; engines answer other entities as errors.
fn escape(text: &str, written: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            letter => written.push(letter),
        }
    }
}

/// The characters of what `encode` made that are not markup.
pub(super) fn length(written: &str) -> usize {
    let mut length = 0;
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            length += String::from_utf8_lossy(&text).chars().count();
        }
    }
    length
}

/// The engine's text for what `encode` made, with the places of the spans; `Err` with the reason where there is
/// markup that was not sent, or an element that does not end.
pub(super) fn decode(text: &str, spans: &[Range<usize>], dialect: Dialect, before: usize, answer: &str) -> Candidate {
    let mut reading = Reading {
        text,
        spans,
        dialect,
        before,
        atoms: placeholder::ranges(text),
        translation: TranslatedText::default(),
        open: Vec::new(),
        inside_atom: false,
    };
    for token in Tokenizer::new(answer) {
        let Ok(token) = token;
        reading.take(&token)?;
    }
    if reading.inside_atom || !reading.open.is_empty() {
        return Err("an element in the answer does not end".to_owned());
    }
    Ok(reading.translation)
}

/// An answer that is being read.
struct Reading<'run> {
    text: &'run str,
    spans: &'run [Range<usize>],
    dialect: Dialect,
    /// The numbers of other texts' elements.
    before: usize,
    atoms: Vec<Range<usize>>,
    translation: TranslatedText,
    /// The spans that are open: number, and where their words begin.
    open: Vec<(usize, usize)>,
    /// Whether what is read stands inside of a placeholder's element.
    inside_atom: bool,
}

impl Reading<'_> {
    fn take(&mut self, token: &Token) -> Result<(), String> {
        match token {
            Token::String(text) => {
                if !self.inside_atom {
                    self.translation.text.push_str(&String::from_utf8_lossy(text));
                }
                Ok(())
            }
            Token::StartTag(tag) => self.open(tag),
            Token::EndTag(tag) => self.close(&String::from_utf8_lossy(&tag.name)),
            Token::Comment(_) | Token::Doctype(_) => Err(foreign("a comment or a declaration")),
            // Markup that is not well-formed is read as what it most likely means, and checked like everything else.
            Token::Error(_) => Ok(()),
        }
    }

    fn open(&mut self, tag: &StartTag<()>) -> Result<(), String> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let id = tag.attributes.get(b"id".as_slice()).map(|id| String::from_utf8_lossy(id).into_owned());
        let number = |prefix: &str| -> Option<usize> {
            id.as_deref()?.strip_prefix(prefix)?.parse::<usize>().ok()?.checked_sub(self.before + 1)
        };
        let (atom, span) = match (self.dialect, name.as_str()) {
            (Dialect::Xml, "x") => (number(""), None),
            (Dialect::Xml, "g") => (None, number("")),
            (Dialect::Html, "span") => (number("x"), None),
            (Dialect::Html, "b") => (None, number("g")),
            _ => (None, None),
        };
        if let Some(range) = atom.and_then(|atom| self.atoms.get(atom)).filter(|_| !self.inside_atom) {
            self.translation.text.push_str(self.text.get(range.clone()).unwrap_or_default());
            self.inside_atom = !tag.self_closing;
            return Ok(());
        }
        if let Some(span) = span.filter(|&span| span < self.spans.len() && !self.inside_atom) {
            self.open.push((span, self.translation.text.len()));
            return Ok(());
        }
        Err(foreign(&format!("`<{name}>`")))
    }

    fn close(&mut self, name: &str) -> Result<(), String> {
        match (self.dialect, name) {
            (Dialect::Xml, "x") | (Dialect::Html, "span") if self.inside_atom => self.inside_atom = false,
            (Dialect::Xml, "g") | (Dialect::Html, "b") if !self.inside_atom => {
                let (span, start) = self.open.pop().ok_or_else(|| foreign(&format!("`</{name}>`")))?;
                let from = self.spans.get(span).cloned().unwrap_or_default();
                self.translation.alignment.push((from, start..self.translation.text.len()));
            }
            _ => return Err(foreign(&format!("`</{name}>`"))),
        }
        Ok(())
    }
}

fn foreign(what: &str) -> String {
    // A name may be as long as the answer.
    let what: String = what.chars().filter(|letter| !letter.is_control()).take(60).collect();
    format!("the answer has {what}, which was not sent")
}

#[cfg(test)]
mod tests;
