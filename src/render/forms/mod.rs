//! The three forms of a text: one text in its own format comes in, its [`Forms`] (HTML, Markdown, plain text) go out.
//! The HTML is sanitised whatever it came from, and no step is quadratic, whoever calls.

mod html;
mod lines;
mod official;
mod plain;

pub use official::Official;

use std::ops::Range;
use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, LinkStyle, Options};
use pulldown_cmark::{Event, Parser};

use super::Forms;
use crate::document::{self, Format, Layout, limits, markdown};

/// The forms of a text. The form of the text's own format is the text itself, except that HTML is sanitised.
///
/// Headings move down by one where the text has a first-level heading, since the page's title is that. Bare http(s)
/// addresses in running text become links. Front matter and what may not be shown (scripts, drawings, forms) is left
/// out; elements deeper than [`limits::NESTING`] lose their tags and keep their words. Markdown that could not be read
/// at all (see [`limits::check_containers`]) is shown as the plain text that it is. `official` is where the report stands.
#[must_use]
pub fn forms(format: Format, text: &str, official: Official<'_>) -> Forms {
    laid_out(format, &document::layout(format, text), official)
}

/// [`forms`] of a text whose headings, items and lines are known: a translation has those of its source. Where a line of
/// a paragraph ends as its writer meant it, all forms have two lines, but the HTML of HTML, which is the text's own.
#[must_use]
pub fn laid_out(format: Format, layout: &Layout, official: Official<'_>) -> Forms {
    let text = layout.text.as_str();
    match format {
        Format::Text => Forms {
            html: html::sanitise(&lines::html(layout), official),
            markdown: lines::markdown(layout),
            text: text.to_owned(),
        },
        Format::Markdown if limits::check_containers(text).is_err() => forms(Format::Text, text, official),
        Format::Markdown => {
            let html = html::sanitise(&markdown_to_html(layout), official);
            Forms { text: plain::text(&html), html, markdown: text.to_owned() }
        }
        Format::Html => {
            let html = html::sanitise(text, official);
            let broken = (!layout.line_ends.is_empty()).then(|| html::sanitise(&with_breaks(layout), official));
            let lines = broken.as_deref().unwrap_or(&html);
            let text = plain::text(lines);
            let markdown =
                html_to_markdown(lines).unwrap_or_else(|| lines::markdown(&document::layout(Format::Text, &text)));
            Forms { html, markdown, text }
        }
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

fn markdown_to_html(layout: &Layout) -> String {
    let start = markdown::front_matter(&layout.text);
    let body = layout.text.get(start..).unwrap_or_default();
    let is_meant = |range: Range<usize>| {
        let next = layout.line_ends.partition_point(|place| *place < range.start + start);
        layout.line_ends.get(next).is_some_and(|place| *place < range.end + start)
    };
    let events = Parser::new_ext(body, markdown::OPTIONS).into_offset_iter().map(|(event, range)| match event {
        Event::SoftBreak if is_meant(range) => Event::HardBreak,
        // Form controls are not shown.
        Event::TaskListMarker(true) => Event::Text("☑ ".into()),
        Event::TaskListMarker(false) => Event::Text("☐ ".into()),
        event => event,
    });
    let mut html = String::with_capacity(body.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn html_to_markdown(html: &str) -> Option<String> {
    static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
        let options = Options {
            link_style: LinkStyle::InlinedPreferAutolinks,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        };
        HtmlToMarkdown::builder().options(options).build()
    });
    // Writing into memory does not fail.
    CONVERTER.convert(html).ok()
}

#[cfg(test)]
mod tests;
