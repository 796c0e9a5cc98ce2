//! Makes lists of Outlook's and Word's paragraphs, whose style names a level and whose first characters are a bullet or
//! a number.

use std::sync::LazyLock;

use regex::Regex;

use super::element::{attribute, start};
use crate::document::markup::{self, HtmlToken, HtmlTokenKind};

/// The lists that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<List>,
    is_in_item: bool,
}

/// An open list: its element, and Outlook's name for it.
#[derive(Clone, Debug)]
struct List {
    element: &'static str,
    name: String,
}

/// What a paragraph's style says of the item that it is.
#[derive(Clone, Debug)]
pub(super) struct ItemPosition {
    list: String,
    /// From 1.
    level: usize,
}

/// Deeper than any list that a person writes.
const DEEPEST: usize = 9;

impl Lists {
    /// Where a paragraph stands that is an item.
    pub(super) fn place(attributes: &[(String, String)]) -> Option<ItemPosition> {
        static LEVEL: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"(?i)mso-list:\s*(l\d+)\s+level(\d{1,2})").ok());
        let captures = LEVEL.as_ref()?.captures(attribute(attributes, "style")?)?;
        let level: usize = captures.get(2)?.as_str().parse().ok()?;
        Some(ItemPosition { list: captures.get(1)?.as_str().to_owned(), level: level.clamp(1, DEEPEST) })
    }

    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn is_in_item(&self) -> bool {
        self.is_in_item
    }

    pub(super) fn end_item(&mut self) {
        self.is_in_item = false;
    }

    /// Begins an item; `paragraph` is its pieces.
    pub(super) fn item(&mut self, place: &ItemPosition, paragraph: &[HtmlToken], written: &mut Vec<HtmlToken>) {
        let mut push = |kind: HtmlTokenKind| written.push(HtmlToken { range: 0..0, kind });
        let end = |name: &str| HtmlTokenKind::End { name: name.to_owned() };
        let number = number(paragraph);
        let level = place.level;
        let is_other = |open: &[List]| open.len() == level && open.last().is_some_and(|list| list.name != place.list);
        while self.open.len() > level || is_other(&self.open) {
            let Some(list) = self.open.pop() else { break };
            push(end("li"));
            push(end(list.element));
        }
        if self.open.len() == level {
            push(end("li"));
        }
        while self.open.len() < level {
            let list = if number.is_some() { "ol" } else { "ul" };
            let first =
                number.as_deref().filter(|number| *number != "1" && number.bytes().all(|byte| byte.is_ascii_digit()));
            push(start(list, &first.map(|first| ("start", first)).into_iter().collect::<Vec<_>>()));
            self.open.push(List { element: list, name: place.list.clone() });
            if self.open.len() < level {
                push(start("li", &[]));
            }
        }
        push(start("li", &[]));
        self.is_in_item = true;
    }

    /// Closes all lists.
    pub(super) fn finish(&mut self, written: &mut Vec<HtmlToken>) {
        while let Some(list) = self.open.pop() {
            for name in ["li", list.element] {
                written.push(HtmlToken { range: 0..0, kind: HtmlTokenKind::End { name: name.to_owned() } });
            }
        }
        self.is_in_item = false;
    }
}

/// The number of an item's mark, if it has one.
fn number(paragraph: &[HtmlToken]) -> Option<String> {
    let mark = paragraph.iter().position(
        |piece| matches!(&piece.kind, HtmlTokenKind::Start { name, attributes } if markup::is_hidden(name, attributes)),
    )?;
    let text = paragraph.iter().skip(mark).find_map(|piece| match &piece.kind {
        HtmlTokenKind::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    })?;
    let number = text.strip_suffix(['.', ')'])?.trim_start_matches('(');
    (!number.is_empty() && number.len() <= 4 && number.chars().all(|sign| sign.is_ascii_alphanumeric()))
        .then(|| number.to_owned())
}
