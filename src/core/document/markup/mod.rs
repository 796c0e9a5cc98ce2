//! HTML as a stream of tags and text with their places, and [`Nesting`], the stack of open elements that a browser
//! would build from them. Nothing here builds a tree, so nothing here is quadratic.

mod attribute;
mod element;
mod nesting;

pub use attribute::{
    AttributeValue, is_excluded, is_foreign, is_hidden, is_out_of_sight, is_self_closing, values_for_readers,
};
pub use element::{is_block, is_opaque, is_raw, is_verbatim, is_void};
pub use nesting::{Nesting, Opening};

use std::ops::Range;

use html5gum::{DefaultEmitter, HtmlString, Tokenizer};

/// A token of HTML; comments, doctypes and syntax errors are what lies between tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlToken {
    /// Bytes of the source.
    pub range: Range<usize>,
    pub kind: HtmlTokenKind,
}

/// What a token is. Names are in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HtmlTokenKind {
    Start {
        name: String,
        /// Decoded; in order of their names.
        attributes: Vec<(String, String)>,
    },
    End {
        name: String,
    },
    /// Decoded.
    Text(String),
}

/// Reads HTML into its tokens. The content of `script`, `style`, `textarea` and the like is one text, as in browsers.
pub fn tokens(source: &str) -> impl Iterator<Item = HtmlToken> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(source, emitter);
    tokens.filter_map(Result::ok).filter_map(move |token| read_token(source, token))
}

fn read_token(source: &str, token: html5gum::Token<usize>) -> Option<HtmlToken> {
    let (span, kind) = match token {
        html5gum::Token::StartTag(tag) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (string(name), string(&value.value))).collect();
            (tag.span, HtmlTokenKind::Start { name: string(&tag.name), attributes })
        }
        html5gum::Token::EndTag(tag) => (tag.span, HtmlTokenKind::End { name: string(&tag.name) }),
        html5gum::Token::String(text) => (text.span, HtmlTokenKind::Text(string(&text.value))),
        html5gum::Token::Comment(_) | html5gum::Token::Doctype(_) | html5gum::Token::Error(_) => return None,
    };
    let range = span.start..span.end;
    source.get(range.clone()).map(|_| HtmlToken { range, kind })
}

fn string(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The index of the last token of the opaque element that begins at `start`; `None` where it is never closed, so that
/// its tag stands alone.
#[must_use]
pub fn opaque_end(tokens: &[HtmlToken], closings: &[Option<usize>], start: usize, name: &str) -> Option<usize> {
    let closing = closings.get(start).copied().flatten();
    if is_raw(name) { closing.or(Some(tokens.len().saturating_sub(1))) } else { closing }
}

/// For each start tag of a list of tokens, the index of the end tag that closes it when elements of the same name are
/// counted; `None` for all other tokens and for elements that are never closed. Linear.
#[must_use]
pub fn closings(tokens: &[HtmlToken]) -> Vec<Option<usize>> {
    let mut closings = vec![None; tokens.len()];
    let mut open: std::collections::HashMap<&str, Vec<usize>> = std::collections::HashMap::new();
    for (index, token) in tokens.iter().enumerate() {
        match &token.kind {
            HtmlTokenKind::Start { name, .. } => open.entry(name).or_default().push(index),
            HtmlTokenKind::End { name } => {
                let start = open.get_mut(name.as_str()).and_then(Vec::pop);
                if let Some(slot) = start.and_then(|start| closings.get_mut(start)) {
                    *slot = Some(index);
                }
            }
            HtmlTokenKind::Text(_) => {}
        }
    }
    closings
}
