//! The tags and decoded text of an XML file, each with its depth. Refused are documents that define entities (none is
//! ever expanded), nest without bound, or are not well-formed.

use std::io::{self, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

use super::TmxError;
use super::bytes::Bytes;
use crate::document::limits;

/// What a document consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Start(Tag),
    End,
    /// As written, entities apart.
    Text(String),
    /// A character that was written as a reference.
    Character(char),
    /// A reference to what is not known.
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// An attribute that numbers the element.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name).and_then(|value| value.trim().parse().ok())
    }
}

/// A document, token by token.
pub(super) struct Tokens<R: Read> {
    reader: Reader<Bytes<R>>,
    buffer: Vec<u8>,
    /// Elements open behind the last token.
    depth: usize,
    /// An empty element's end is still to be told.
    closing: bool,
}

impl<R: Read> Tokens<R> {
    pub(super) fn new(bytes: R) -> Result<Self, TmxError> {
        let bytes = Bytes::new(bytes).map_err(|error| unreadable(&error, 1, 0))?;
        Ok(Self { reader: Reader::from_reader(bytes), buffer: Vec::new(), depth: 0, closing: false })
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    pub(super) fn broken(&self, message: impl Into<String>) -> TmxError {
        TmxError::Broken { line: self.line(), byte: self.reader.buffer_position(), message: message.into() }
    }

    /// The next token; `None` at the end of a whole document.
    pub(super) fn next(&mut self) -> Result<Option<Token>, TmxError> {
        if std::mem::take(&mut self.closing) {
            self.depth -= 1;
            return Ok(Some(Token::End));
        }
        loop {
            self.buffer.clear();
            self.reader.get_mut().begin_token();
            let mut buffer = std::mem::take(&mut self.buffer);
            let token = self.read(&mut buffer);
            self.buffer = buffer;
            match token? {
                Step::Token(token) => return Ok(Some(token)),
                Step::Nothing => {}
                Step::End if self.depth > 0 => {
                    return Err(self.broken(format!("it ends within {} open elements", self.depth)));
                }
                Step::End => return Ok(None),
            }
        }
    }

    fn read(&mut self, buffer: &mut Vec<u8>) -> Result<Step, TmxError> {
        let event = self.reader.read_event_into(buffer).map_err(|error| self.explain(&error))?;
        let token = match event {
            Event::Start(tag) => {
                self.deepen()?;
                Token::Start(self.tag(&tag)?)
            }
            Event::Empty(tag) => {
                self.deepen()?;
                self.closing = true;
                Token::Start(self.tag(&tag)?)
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Token::End
            }
            Event::Text(text) => Token::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Token::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => resolve(&reference),
            Event::DocType(text) if text.contains('[') => {
                return Err(self.broken("the DOCTYPE defines entities or elements of its own, which is refused"));
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok).unwrap_or_default();
                if !["", "utf-8", "utf8", "utf-16", "us-ascii"].contains(&encoding.to_ascii_lowercase().as_str()) {
                    let encoding: String = encoding.chars().take(40).collect();
                    return Err(self.broken(format!("it is encoded as `{encoding}`: save it as UTF-8 or UTF-16")));
                }
                return Ok(Step::Nothing);
            }
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => return Ok(Step::Nothing),
            Event::Eof => return Ok(Step::End),
        };
        Ok(Step::Token(token))
    }

    fn deepen(&mut self) -> Result<(), TmxError> {
        self.depth += 1;
        if self.depth > limits::NESTING {
            return Err(self.broken(format!("elements nest more than {} deep", limits::NESTING)));
        }
        Ok(())
    }

    fn tag(&self, tag: &BytesStart<'_>) -> Result<Tag, TmxError> {
        let mut attributes = Vec::new();
        // Looking for doubled names would cost the square of their number.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(error.to_string()))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| self.broken(error.to_string()))?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Tag { name: tag.name().as_ref().to_owned(), attributes })
    }

    fn explain(&self, error: &quick_xml::Error) -> TmxError {
        match error {
            quick_xml::Error::Io(error) => unreadable(error, self.line(), self.reader.buffer_position()),
            quick_xml::Error::Encoding(_) => self.broken("it is not UTF-8: save it as UTF-8 or UTF-16"),
            error => self.broken(error.to_string()),
        }
    }
}

enum Step {
    Token(Token),
    Nothing,
    End,
}

/// What the bytes themselves are to blame for is told with its place.
fn unreadable(error: &io::Error, line: u64, byte: u64) -> TmxError {
    if error.kind() == io::ErrorKind::InvalidData {
        return TmxError::Broken { line, byte, message: error.to_string() };
    }
    TmxError::Unreadable(io::Error::new(error.kind(), error.to_string()))
}

fn resolve(reference: &BytesRef<'_>) -> Token {
    let character = match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character).filter(|character| is_character(*character)),
        Ok(None) => escape::resolve_predefined_entity(reference).and_then(|text| text.chars().next()),
        Err(_) => None,
    };
    character.map_or_else(|| Token::Unknown(reference.chars().take(40).collect()), Token::Character)
}

/// XML 1.0 section 2.2; surrogates are no characters here anyway.
pub(super) fn is_character(character: char) -> bool {
    !matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
