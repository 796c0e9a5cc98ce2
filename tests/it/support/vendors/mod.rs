//! Vendors' services in small: each speaks its vendor's wire format, refuses what the vendor refuses, and translates by
//! the pseudo rule.

pub(crate) mod all;
pub(crate) mod amazon;
pub(crate) mod azure;
pub(crate) mod deepl;
pub(crate) mod google;
pub(crate) mod libretranslate;
pub(crate) mod modernmt;
pub(crate) mod openai;
pub(crate) mod shelf;

use polypost::translate::pseudo::Pseudo;

use super::house::locale;

/// Markup whose texts are translated and whose elements stay. `[en→es] ` stands in front once.
pub(crate) fn translated(markup: &str) -> String {
    translated_into("es", markup)
}

/// The same for any locale.
pub(crate) fn translated_into(target: &str, markup: &str) -> String {
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
