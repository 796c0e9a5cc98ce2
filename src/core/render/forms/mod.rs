//! The three forms of a text (HTML, Markdown, plain text), whatever format it is in. The HTML is sanitised whatever it
//! came from, and no step is quadratic, whoever calls.

mod active;
mod anchors;
mod convert;
mod from_markdown;
mod html;
mod left_out;
mod lines;
mod official;
mod passages;
mod plain;
mod prepared;

pub use active::active;
pub use left_out::left_out;
pub use official::Official;
pub use passages::Passages;

use super::Forms;
use crate::document::{self, Format, Layout, limits};

/// The forms of a text. The form of the text's own format is the text itself, except that HTML is sanitised.
///
/// Headings move down by one where the text has a first-level heading, since the page's title is that. Bare http(s)
/// addresses in running text become links. Front matter and what may not be shown (scripts, drawings, forms) is left
/// out; elements deeper than [`limits::NESTING`] lose their tags and keep their words. Markdown that could not be read
/// at all (see [`limits::check_containers`]) is shown as the plain text that it is. `official` is where the report
/// stands.
#[must_use]
pub fn forms(format: Format, text: &str, official: Official<'_>) -> Forms {
    laid_out(format, &document::layout(format, text), official)
}

/// [`forms`] of a text whose headings, items and lines are known: a translation has those of its source. Where a line
/// of a paragraph ends as its writer meant it, all forms have two lines, but the HTML of HTML, which is the text's own.
#[must_use]
pub fn laid_out(format: Format, layout: &Layout, official: Official<'_>) -> Forms {
    let text = layout.text.as_str();
    match format {
        Format::Text => {
            Forms { html: html_of(format, layout, official), markdown: lines::markdown(layout), text: text.to_owned() }
        }
        Format::Markdown if limits::check_containers(text).is_err() => forms(Format::Text, text, official),
        Format::Markdown => {
            let html = html_of(format, layout, official);
            Forms { text: plain::text(&html), html, markdown: text.to_owned() }
        }
        Format::Html => {
            let html = html_of(format, layout, official);
            let broken = (!layout.line_ends.is_empty()).then(|| html::sanitise(&with_breaks(layout), official));
            let lines = broken.as_deref().unwrap_or(&html);
            let text = plain::text(lines);
            let markdown =
                convert::markdown(lines).unwrap_or_else(|| lines::markdown(&document::layout(Format::Text, &text)));
            Forms { html, markdown, text }
        }
    }
}

/// Whether HTML is as [`forms`] makes it, or put together of such: sanitising it once more changes nothing. The frames
/// that the program itself writes round updates do not count.
#[must_use]
pub fn is_sanitised(html: &str) -> bool {
    // HTML is written with a name for that space, and the times of updates with the space itself.
    let bare = html.replace(UPDATE, "<section>").replace('\u{a0}', "&nbsp;");
    html::sanitise(&bare, Official::default()).trim() == bare.trim()
}

/// What updates begin with: an element with a class of the page's own, which no text of others has.
pub(super) const UPDATE: &str = "<section class=\"update\">";

/// The HTML alone of what [`laid_out`] makes.
fn html_of(format: Format, layout: &Layout, official: Official<'_>) -> String {
    match format {
        Format::Text => html::sanitise(&lines::html(layout), official),
        Format::Markdown if limits::check_containers(&layout.text).is_err() => {
            html_of(Format::Text, &document::layout(Format::Text, &layout.text), official)
        }
        Format::Markdown => html::sanitise(&from_markdown::html(layout, official), official),
        Format::Html => html::sanitise(&layout.text, official),
    }
}

/// HTML with an element for each line end that is meant.
fn with_breaks(layout: &Layout) -> String {
    let mut html = String::with_capacity(layout.text.len() + 4 * layout.line_ends.len());
    let mut end = 0;
    for place in &layout.line_ends {
        html.push_str(layout.text.get(end..*place).unwrap_or_default());
        html.push_str("<br>");
        end = *place;
    }
    html.push_str(layout.text.get(end..).unwrap_or_default());
    html
}

/// The ids of a source's headings for [`Official::headings`], in order.
#[must_use]
pub fn headings(format: Format, source: &str) -> Vec<Option<String>> {
    if format == Format::Markdown { from_markdown::headings(source) } else { Vec::new() }
}

#[cfg(test)]
mod tests;
