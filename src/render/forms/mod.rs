//! The three forms of a text: one text in its own format comes in, its [`Forms`] (HTML, Markdown, plain text) go out.
//! The HTML is sanitised whatever it came from, and no step is quadratic, whoever calls.

mod anchors;
mod convert;
mod from_markdown;
mod html;
mod left_out;
mod lines;
mod official;
mod plain;
mod prepared;

pub use left_out::left_out;
pub use official::Official;

use super::Forms;
use crate::document::{Format, limits};

/// The forms of a text. The form of the text's own format is the text itself, except that HTML is sanitised.
///
/// Headings move down by one where the text has a first-level heading, since the page's title is that. Bare http(s)
/// addresses in running text become links. Front matter and what may not be shown (scripts, drawings, forms) is left
/// out; elements deeper than [`limits::NESTING`] lose their tags and keep their words. Markdown that could not be read
/// at all (see [`limits::check_containers`]) is shown as the plain text that it is. `official` is where the report stands.
#[must_use]
pub fn forms(format: Format, text: &str, official: Official<'_>) -> Forms {
    match format {
        Format::Text => Forms {
            html: html::sanitise(&lines::html(text), official),
            markdown: lines::markdown(text),
            text: text.to_owned(),
        },
        Format::Markdown if limits::check_containers(text).is_err() => forms(Format::Text, text, official),
        Format::Markdown => {
            let html = html::sanitise(&from_markdown::html(text, official), official);
            Forms { text: plain::text(&html), html, markdown: text.to_owned() }
        }
        Format::Html => {
            let html = html::sanitise(text, official);
            let text = plain::text(&html);
            let markdown = convert::markdown(&html).unwrap_or_else(|| lines::markdown(&text));
            Forms { html, markdown, text }
        }
    }
}

/// The ids of a source's headings for [`Official::headings`], in order.
#[must_use]
pub fn headings(format: Format, source: &str) -> Vec<Option<String>> {
    if format == Format::Markdown { from_markdown::headings(source) } else { Vec::new() }
}

#[cfg(test)]
mod tests;
