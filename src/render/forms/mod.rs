//! The three forms of a text: one text in its own format comes in, its [`Forms`] (HTML, Markdown, plain text) go out.
//! The HTML is sanitised whatever it came from, and no step is quadratic, whoever calls.

mod html;
mod lines;
mod official;
mod plain;

pub use official::Official;

use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, LinkStyle, Options};
use pulldown_cmark::{Event, Parser};

use super::Forms;
use crate::document::{Format, limits, markdown};

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
            let html = html::sanitise(&markdown_to_html(text), official);
            Forms { text: plain::text(&html), html, markdown: text.to_owned() }
        }
        Format::Html => {
            let html = html::sanitise(text, official);
            let text = plain::text(&html);
            let markdown = html_to_markdown(&html).unwrap_or_else(|| lines::markdown(&text));
            Forms { html, markdown, text }
        }
    }
}

fn markdown_to_html(text: &str) -> String {
    let body = text.get(markdown::front_matter(text)..).unwrap_or_default();
    let events = Parser::new_ext(body, markdown::OPTIONS).map(|event| match event {
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
