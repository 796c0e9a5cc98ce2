//! An HTML file's frame: its title, its first heading, and what stands in its `<body>`. The body's own markup is not
//! touched.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Token, Tokenizer};

use super::markdown::Heading;

/// A page as far as its frame goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// What `<title>` says.
    pub title: Option<String>,
    /// What stands between `<body>` and `</body>`; the whole text where there is no such frame.
    pub body: String,
}

/// Reads a page or a fragment of one.
pub(super) fn read(text: &str) -> Page {
    let mut title: Option<String> = None;
    let mut in_title = false;
    let (mut start, mut end) = (None, None);
    for token in tokens(text) {
        match token {
            Token::StartTag(tag) if is(&tag.name, "title") && title.is_none() && start.is_none() => {
                in_title = true;
                title = Some(String::new());
            }
            Token::EndTag(tag) if is(&tag.name, "title") => in_title = false,
            Token::String(words) if in_title => {
                if let Some(title) = &mut title {
                    title.push_str(&String::from_utf8_lossy(&words.value));
                }
            }
            Token::StartTag(tag) if is(&tag.name, "body") && start.is_none() => start = Some(tag.span.end),
            Token::EndTag(tag) if is(&tag.name, "body") => end = Some(tag.span.start),
            _ => {}
        }
    }
    let body = start.and_then(|start| text.get(start..end.unwrap_or(text.len()))).unwrap_or(text);
    Page { title: title.map(|title| single_spaced(&title)).filter(|title| !title.is_empty()), body: body.to_owned() }
}

/// The first `<h1>`.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let mut title = String::new();
    let mut begun: Option<usize> = None;
    for token in tokens(text) {
        match token {
            Token::StartTag(tag) if is(&tag.name, "h1") && begun.is_none() => begun = Some(tag.span.start),
            Token::String(words) if begun.is_some() => title.push_str(&String::from_utf8_lossy(&words.value)),
            Token::StartTag(tag) if begun.is_some() && is(&tag.name, "br") => title.push(' '),
            Token::EndTag(tag) if is(&tag.name, "h1") => {
                let before = text.get(..begun?)?;
                return Some(Heading {
                    text: single_spaced(&title),
                    at_start: before.trim().is_empty(),
                    end: tag.span.end,
                });
            }
            _ => {}
        }
    }
    None
}

fn tokens(text: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).filter_map(Result::ok)
}

fn is(name: &HtmlString, wanted: &str) -> bool {
    name.0 == wanted.as_bytes()
}

/// White space as browsers show it.
fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
