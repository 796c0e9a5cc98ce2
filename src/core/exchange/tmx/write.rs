//! Writes a TMX 1.4b file unit by unit. What cannot stand in XML is told before it is written.

use std::io;

use jiff::Timestamp;
use quick_xml::escape::escape;

use super::tokens::is_character;
use super::{TmxPiece, TranslationUnit, Variant};
use crate::locale::Locale;

/// Whether XML has a way to write all of it: control characters it cannot even escape.
#[must_use]
pub fn is_writable(unit: &TranslationUnit) -> bool {
    let texts = unit.variants.iter().flat_map(|variant| &variant.pieces).filter_map(|piece| match piece {
        TmxPiece::Text(text) => Some(text.as_str()),
        TmxPiece::Placeholder { kind, .. } | TmxPiece::Open { kind, .. } => kind.as_deref(),
        TmxPiece::Close { .. } => None,
    });
    let codes = unit.variants.iter().flat_map(|variant| &variant.pieces).filter_map(|piece| match piece {
        TmxPiece::Placeholder { code, .. } => Some(code.as_str()),
        _ => None,
    });
    let values = unit.properties.iter().map(|(_, value)| value.as_str());
    texts.chain(codes).chain(values).all(|text| text.chars().all(is_character))
}

/// A TMX file in the making.
#[derive(Debug)]
pub struct TmxWriter<W> {
    inner: W,
}

impl<W: io::Write> TmxWriter<W> {
    /// Writes what stands before the units; `source` is the language that they are translated from.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(mut inner: W, source: &Locale) -> io::Result<Self> {
        let version = env!("CARGO_PKG_VERSION");
        writeln!(inner, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(inner, r#"<!DOCTYPE tmx SYSTEM "tmx14.dtd">"#)?;
        writeln!(inner, r#"<tmx version="1.4">"#)?;
        writeln!(
            inner,
            r#"  <header creationtool="polypost" creationtoolversion="{version}" segtype="block" o-tmf="polypost" adminlang="en" srclang="{source}" datatype="plaintext"/>"#
        )?;
        writeln!(inner, "  <body>")?;
        Ok(Self { inner })
    }

    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, unit: &TranslationUnit) -> io::Result<()> {
        write!(self.inner, "    <tu")?;
        for (name, moment) in [("creationdate", unit.created_at), ("changedate", unit.changed_at)] {
            if let Some(moment) = moment {
                write!(self.inner, r#" {name}="{}""#, date(moment))?;
            }
        }
        writeln!(self.inner, ">")?;
        for (kind, value) in &unit.properties {
            writeln!(self.inner, r#"      <prop type="{}">{}</prop>"#, escape(kind), text(value))?;
        }
        unit.variants.iter().try_for_each(|variant| self.variant(variant))?;
        writeln!(self.inner, "    </tu>")
    }

    fn variant(&mut self, variant: &Variant) -> io::Result<()> {
        write!(self.inner, r#"      <tuv xml:lang="{}"><seg>"#, escape(&variant.language))?;
        for piece in &variant.pieces {
            match piece {
                TmxPiece::Text(words) => write!(self.inner, "{}", text(words))?,
                TmxPiece::Placeholder { x, kind, code } => {
                    let start = format!("<ph{}{}", number("x", *x), attribute("type", kind.as_deref()));
                    match code.as_str() {
                        "" => write!(self.inner, "{start}/>")?,
                        code => write!(self.inner, "{start}>{}</ph>", text(code))?,
                    }
                }
                TmxPiece::Open { i, x, kind } => {
                    let kind = attribute("type", kind.as_deref());
                    write!(self.inner, r#"<bpt i="{i}"{}{kind}/>"#, number("x", *x))?;
                }
                TmxPiece::Close { i } => write!(self.inner, r#"<ept i="{i}"/>"#)?,
            }
        }
        writeln!(self.inner, "</seg></tuv>")
    }

    /// Writes what stands behind the units, and gives back what was written to.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        writeln!(self.inner, "  </body>\n</tmx>")?;
        self.inner.flush()?;
        Ok(self.inner)
    }
}

/// Text in which line ends survive reading: as they are, they would be layout.
fn text(text: &str) -> String {
    escape(text).replace('\n', "&#10;").replace('\r', "&#13;")
}

fn attribute(name: &str, value: Option<&str>) -> String {
    value.map(|value| format!(r#" {name}="{}""#, escape(value))).unwrap_or_default()
}

fn number(name: &str, value: Option<u32>) -> String {
    value.map(|value| format!(r#" {name}="{value}""#)).unwrap_or_default()
}

/// `20261122T065035Z`
fn date(moment: Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}
