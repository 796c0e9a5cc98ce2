//! The stack of open elements, by which tags close what a browser would close. Nothing deeper than
//! [`limits::NESTING`] is kept.

use super::element::{is_block, is_heading, is_table_part};
use crate::document::limits;

/// The open elements at one point of the text, at most [`limits::NESTING`], in the proportions of HTML's tree
/// construction: what a start tag closes by itself is closed, and an end tag closes what stands open inside.
#[derive(Clone, Debug, Default)]
pub struct Nesting {
    open: Vec<String>,
}

/// What a start tag does to the open elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Opened, after these were closed, innermost first.
    Opened(Vec<String>),
    /// An element may not stand here: a cell outside of a table, text-level markup between cells.
    Misplaced,
    /// It would be deeper than [`limits::NESTING`].
    TooDeep,
}

impl Nesting {
    /// Opens an element that is not void.
    pub fn start(&mut self, name: &str) -> Opening {
        let in_table = matches!(self.innermost(), Some("table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup"));
        let has_table = self.open.iter().any(|open| open == "table");
        if (in_table && !is_table_part(name)) || (is_table_part(name) && !has_table) {
            return Opening::Misplaced;
        }
        let closed = self.implied(name).map(|at| self.close(at)).unwrap_or_default();
        if self.open.len() >= limits::NESTING {
            return Opening::TooDeep;
        }
        self.open.push(name.to_owned());
        Opening::Opened(closed)
    }

    /// Closes the innermost element of this name and what stands open inside it, innermost first; nothing where it
    /// is not open or where a table's border lies between.
    pub fn end(&mut self, name: &str) -> Vec<String> {
        let barrier: &[&str] =
            if name == "table" || is_table_part(name) { &["table"] } else { &["table", "td", "th", "caption"] };
        self.find(|open| open == name, barrier).map(|at| self.close(at)).unwrap_or_default()
    }

    /// Closes everything, innermost first.
    pub fn finish(&mut self) -> Vec<String> {
        self.close(0)
    }

    /// How many elements are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    #[must_use]
    pub fn innermost(&self) -> Option<&str> {
        self.open.last().map(String::as_str)
    }

    /// Whether an element of this name is open.
    #[must_use]
    pub fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    /// The elements of this part of the stack, innermost first.
    pub fn inside_out(&self) -> impl Iterator<Item = &str> {
        self.open.iter().rev().map(String::as_str)
    }

    fn close(&mut self, at: usize) -> Vec<String> {
        let mut closed = self.open.split_off(at.min(self.open.len()));
        closed.reverse();
        closed
    }

    /// Where the outermost element stands that a start tag closes by itself.
    fn implied(&self, name: &str) -> Option<usize> {
        const CELLS: [&str; 3] = ["td", "th", "caption"];
        match name {
            "li" => self.find(|open| open == "li", &["ul", "ol", "menu", "dir", "table", "td", "th", "caption"]),
            "dt" | "dd" => self.find(|open| matches!(open, "dt" | "dd"), &["dl", "table", "td", "th", "caption"]),
            "td" | "th" => self.find(|open| CELLS.contains(&open), &["table", "tr"]),
            "tr" => self
                .find(|open| open == "tr", &["table", "tbody", "thead", "tfoot"])
                .or_else(|| self.find(|open| CELLS.contains(&open), &["table"])),
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => self
                .find(|open| matches!(open, "tbody" | "thead" | "tfoot" | "colgroup"), &["table"])
                .or_else(|| self.find(|open| open == "tr", &["table"]))
                .or_else(|| self.find(|open| CELLS.contains(&open), &["table"])),
            "a" => self.find(|open| open == "a", &["table", "td", "th", "caption"]),
            name if is_heading(name) && self.innermost().is_some_and(is_heading) => Some(self.open.len() - 1),
            _ => None,
        }
        .or_else(|| {
            let closes_paragraph = is_block(name) && !is_table_part(name);
            if closes_paragraph { self.find(|open| open == "p", &["table", "td", "th", "caption"]) } else { None }
        })
    }

    /// The innermost element that fits, unless one of `barrier` lies further in.
    fn find(&self, fits: impl Fn(&str) -> bool, barrier: &[&str]) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if fits(open) {
                return Some(at);
            }
            if barrier.contains(&open.as_str()) {
                return None;
            }
        }
        None
    }
}
