//! Reads a TMX file unit by unit; a unit that cannot be used has the reason. A file that is not well-formed ends in
//! an error that says where.

use std::io;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::segment::{Segment, on_one_line};
use super::tokens::{Tag, Token, Tokens};
use super::{Made, NAME_BYTES, OWN, TmxError, TmxPiece, TranslationUnit, Variant};

/// Languages in one unit: the largest public memories have some forty.
const VARIANTS: usize = 256;

/// A unit of the file.
#[derive(Debug, PartialEq, Eq)]
pub enum TmxRecord {
    Unit(TranslationUnit),
    /// A unit that cannot be used, and why.
    Refused {
        number: u64,
        line: u64,
        reason: String,
    },
}

/// A TMX file, unit by unit.
#[expect(missing_debug_implementations, reason = "the tokens hold a parser that has none")]
pub struct TmxReader<R: io::Read> {
    tokens: Tokens<R>,
    units: u64,
    inside: bool,
    /// The header's account of what made the file.
    tool: String,
}

impl<R: io::Read> TmxReader<R> {
    /// # Errors
    /// Where the first bytes cannot be read.
    pub fn new(bytes: R) -> Result<Self, TmxError> {
        Ok(Self { tokens: Tokens::new(bytes)?, units: 0, inside: false, tool: String::new() })
    }

    /// The next unit; `None` behind the last one.
    ///
    /// # Errors
    /// Where the file cannot be read on, or is not TMX.
    pub fn read(&mut self) -> Result<Option<TmxRecord>, TmxError> {
        loop {
            match self.tokens.next()? {
                None if self.inside => return Ok(None),
                None => return Err(self.tokens.broken("there is no `<tmx>` in it")),
                Some(Token::Start(tag)) if !self.inside => {
                    if tag.name != "tmx" {
                        let name: String = tag.name.chars().take(40).collect();
                        return Err(self.tokens.broken(format!("it begins with `<{name}>`, a TMX file with `<tmx>`")));
                    }
                    self.inside = true;
                }
                Some(Token::Start(tag)) if tag.name == "tu" => return self.unit(&tag).map(Some),
                Some(Token::Start(tag)) if tag.name == "header" => {
                    self.tool = made(&tag).tool;
                    self.skip()?;
                }
                Some(_) => {}
            }
        }
    }

    fn unit(&mut self, tag: &Tag) -> Result<TmxRecord, TmxError> {
        self.units += 1;
        let (number, line) = (self.units, self.tokens.line());
        let moment = |name| tag.attribute(name).and_then(moment);
        let mut unit = TranslationUnit {
            number,
            line,
            created_at: moment("creationdate"),
            changed_at: moment("changedate"),
            made: made(tag),
            ..TranslationUnit::default()
        };
        let mut reason: Option<String> = None;
        let outside = self.tokens.depth() - 1;
        while let Some(token) = self.tokens.next()? {
            let Token::Start(tag) = token else {
                if self.tokens.depth() == outside {
                    break;
                }
                continue;
            };
            match tag.name.as_str() {
                "tuv" if unit.variants.len() == VARIANTS => {
                    reason.get_or_insert_with(|| format!("has more than {VARIANTS} languages"));
                    self.skip()?;
                }
                "tuv" => match self.variant(&tag)? {
                    Ok(variant) => unit.variants.push(variant),
                    Err(problem) => {
                        reason.get_or_insert(problem);
                    }
                },
                "prop" => match self.property(&tag)? {
                    Some(Property::Own(kind, value)) => unit.properties.push((kind, value)),
                    Some(Property::Origin(origin)) => unit.made.origin = origin,
                    None => {}
                },
                _ => self.skip()?,
            }
        }
        if unit.made.tool.is_empty() {
            unit.made.tool.clone_from(&self.tool);
        }
        Ok(match reason {
            None => TmxRecord::Unit(unit),
            Some(reason) => TmxRecord::Refused { number, line, reason },
        })
    }

    /// One of our own properties, or what another program says of the text's origin; others are passed over.
    fn property(&mut self, tag: &Tag) -> Result<Option<Property>, TmxError> {
        let kind = tag.attribute("type").filter(|kind| kind.len() <= NAME_BYTES).unwrap_or_default();
        if kind.starts_with(OWN) {
            return Ok(Some(Property::Own(kind.to_owned(), self.content()?)));
        }
        if kind.to_ascii_lowercase().ends_with("origin") {
            return Ok(Some(Property::Origin(self.content()?.trim().to_owned())));
        }
        self.skip().map(|()| None)
    }

    /// The text inside the element that has just begun, and in what it contains, as far as a name is long.
    fn content(&mut self) -> Result<String, TmxError> {
        let mut value = String::new();
        let outside = self.tokens.depth() - 1;
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Text(text) if value.len() + text.len() <= NAME_BYTES => value.push_str(&text),
                Token::Character(character) if value.len() < NAME_BYTES => value.push(character),
                Token::End if self.tokens.depth() == outside => break,
                _ => {}
            }
        }
        Ok(value)
    }

    fn variant(&mut self, tag: &Tag) -> Result<Result<Variant, String>, TmxError> {
        let language = tag.attribute("xml:lang").or(tag.attribute("lang")).unwrap_or_default().to_owned();
        let mut pieces: Option<Result<Vec<TmxPiece>, String>> = None;
        let mut made = made(tag);
        let outside = self.tokens.depth() - 1;
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Start(tag) if tag.name == "seg" && pieces.is_none() => pieces = Some(self.segment()?),
                Token::Start(tag) if tag.name == "prop" => {
                    if let Some(Property::Origin(origin)) = self.property(&tag)? {
                        made.origin = origin;
                    }
                }
                Token::Start(_) => self.skip()?,
                Token::End if self.tokens.depth() == outside => break,
                _ => {}
            }
        }
        Ok(match pieces {
            _ if language.is_empty() || language.len() > NAME_BYTES => Err("a `<tuv>` has no `xml:lang`".to_owned()),
            None => Err(format!("there is no `<seg>` for `{language}`")),
            Some(pieces) => {
                pieces.map(|pieces| Variant { language: language.clone(), pieces, made }).map_err(|reason| {
                    let language: String = language.chars().take(40).collect();
                    format!("its text in `{language}` {reason}")
                })
            }
        })
    }

    /// The text between `<seg>` and `</seg>`, or why it cannot be used; either way behind it.
    fn segment(&mut self) -> Result<Result<Vec<TmxPiece>, String>, TmxError> {
        let mut text = Segment::default();
        // Elements that have text inside, with their mark.
        let mut open: Vec<Option<u32>> = Vec::new();
        let outside = self.tokens.depth() - 1;
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Text(words) => text.push_text(&on_one_line(&words)),
                Token::Character(character) => text.push_text(character.encode_utf8(&mut [0; 4])),
                Token::Unknown(name) => text.refuse(|| format!("has the entity `&{name};`, which is not defined")),
                // A highlighted span is text like any other.
                Token::Start(tag) if tag.name == "hi" => open.push(None),
                Token::Start(tag) if tag.name == "g" => {
                    let i = tag.number("id");
                    if let Some(i) = i {
                        text.push(TmxPiece::Open { i, x: None, kind: None });
                    }
                    open.push(i);
                }
                Token::Start(tag) => {
                    let code = self.content()?;
                    text.push_tag(&tag, code);
                }
                Token::End if self.tokens.depth() == outside => break,
                Token::End => {
                    if let Some(i) = open.pop().flatten() {
                        text.push(TmxPiece::Close { i });
                    }
                }
            }
        }
        Ok(text.finish())
    }

    /// Passes over the rest of the element that has just begun.
    fn skip(&mut self) -> Result<(), TmxError> {
        let outside = self.tokens.depth() - 1;
        while let Some(token) = self.tokens.next()? {
            if token == Token::End && self.tokens.depth() == outside {
                break;
            }
        }
        Ok(())
    }
}

/// A property that is kept.
enum Property {
    Own(String, String),
    Origin(String),
}

fn made(tag: &Tag) -> Made {
    let named = |name| tag.attribute(name).unwrap_or_default().chars().take(NAME_BYTES).collect();
    Made {
        tool: named("creationtool"),
        created_by: named("creationid"),
        changed_by: named("changeid"),
        origin: String::new(),
    }
}

/// `20261122T065035Z`
fn moment(text: &str) -> Option<Timestamp> {
    let civil = DateTime::strptime("%Y%m%dT%H%M%SZ", text.trim()).ok()?;
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
