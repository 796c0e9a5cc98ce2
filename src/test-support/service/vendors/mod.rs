//! Vendors' services in small: each speaks its vendor's wire format, refuses what the vendor refuses, and translates by
//! the pseudo rule.

pub mod all;
pub mod amazon;
pub mod apertium;
pub mod azure;
pub mod capabilities;
pub mod deepl;
pub mod google;
pub mod libretranslate;
pub mod modernmt;
pub mod openai;
pub mod stored_glossaries;

use polypost_engines::pseudo::Pseudo;
use serde_json::Value;

use crate::program::locale;

/// What a service counted: calls for translations, and what they are billed in its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    pub calls: u64,
    pub units: u64,
}

/// A service that counts what it bills.
pub trait Bills {
    fn bill(&self) -> Bill;
}

impl Bill {
    /// For these calls, each of which has these texts.
    fn of<Call>(calls: &[Call], texts: impl Fn(&Call) -> Vec<&str>, unit: fn(&str) -> u64) -> Self {
        let units = calls.iter().flat_map(texts).map(unit).sum();
        Self { calls: calls.len() as u64, units }
    }
}

/// Unicode code points, markup among them.
fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

/// The texts of a list of a body.
fn texts<'body>(body: &'body Value, list: &str) -> Vec<&'body str> {
    body[list].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Markup whose texts are translated and whose elements stay. `[en→es] ` stands in front once.
pub fn translated(markup: &str) -> String {
    translated_into("es", markup)
}

/// The same for any locale.
pub fn translated_into(target: &str, markup: &str) -> String {
    let (source, target) = (locale("en"), locale(target));
    let mut written = String::new();
    let mut is_labelled = false;
    let mut rest = markup;
    while !rest.is_empty() {
        let (text, behind) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let (tag, behind) = behind.split_at(behind.find('>').map_or(behind.len(), |end| end + 1));
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        if text.trim().is_empty() {
            written.push_str(&text);
        } else {
            let disguised = Pseudo::rewrite(text.trim(), &source, &target);
            let (label, words) = disguised.split_once("] ").expect("the pseudo engine's label");
            if !is_labelled {
                written.insert_str(0, &format!("{label}] "));
                is_labelled = true;
            }
            let lead = &text[..text.len() - text.trim_start().len()];
            let trail = &text[text.trim_end().len()..];
            let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            written.extend([lead, &words, trail]);
        }
        written.push_str(tag);
        rest = behind;
    }
    written
}

/// Whether a text is XML with no entities but the three that need no declaration.
fn is_well_formed(text: &str) -> bool {
    let document = format!("<text>{text}</text>");
    let mut reader = quick_xml::Reader::from_str(&document);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return true,
            Ok(quick_xml::events::Event::GeneralRef(name)) if !matches!(&*name, "amp" | "lt" | "gt") => {
                return false;
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}
