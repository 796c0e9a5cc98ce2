//! Which line ends inside of a paragraph its writer meant.
//!
//! `ETA: 30 min` over `Workaround: none` are two lines to everyone but CommonMark; prose that an editor wrapped at
//! some column is one text. Nothing but the lines' shape tells them apart: a line was wrapped where the next word did
//! not fit. What is meant bounds blocks, so that no fact and no phrase goes across it; where the shape does not tell,
//! the caller's notation decides. Only sources are judged so: for a translation the line ends are known.

mod joint;
mod signs;

use super::code;
pub use signs::closes_letter;
use signs::{Begins, Binding, Label, begins, begins_sentence, begins_with_moment, binding, label};
pub(super) use signs::{is_greeting, is_tag};

/// Nobody wraps prose at a narrower column than this.
const NARROWEST: usize = 60;

/// Prose wrapped by hand is at least this wide, and hardly any is wider than [`WIDEST`].
const NARROW: usize = 50;
const WIDEST: usize = 100;

/// A word this long (an address) is no measure for the column.
const UNBREAKABLE: usize = 40;

/// One line of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What readers see of it.
    pub(super) text: String,
    /// Characters of the source in it.
    pub(super) width: usize,
    /// A mark (bold, a link) begins it.
    pub(super) opens_mark: bool,
    /// Code, a link or a tag begins it.
    pub(super) opens_atom: bool,
    /// It is nothing but tags of templates and components ([`is_tag`]).
    pub(super) is_tag: bool,
}

/// What a line end is whose lines do not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubtful {
    /// A space, as in Markdown and HTML.
    Wrapped,
    /// A line end, as in plain text.
    Meant,
}

/// For each line but the last, whether its end is meant.
pub(super) fn meant(lines: &[Line], doubtful: Doubtful) -> Vec<bool> {
    let shapes: Vec<Shape> = lines.iter().map(Shape::of).collect();
    let longest = shapes.iter().filter(|shape| !shape.is_unbreakable).map(|shape| shape.width).max().unwrap_or(0);
    let column = longest.max(NARROWEST);
    let is_wrap = |pair: &[Shape<'_>]| {
        matches!(pair, [before, after] if before.is_full() && !before.is_final && after.begins == Begins::Lower
            && after.label.is_none() && !before.fits(after, column))
    };
    let paragraph = Paragraph {
        column,
        is_wrapped: shapes.windows(2).any(is_wrap),
        all_final: shapes.iter().all(|shape| shape.is_final),
        all_begin: shapes.len() > 2
            && shapes.iter().skip(1).all(|shape| shape.begins == Begins::Upper)
            && shapes.iter().all(|shape| shape.binding.is_none()),
        doubtful,
    };
    shapes.iter().zip(shapes.iter().skip(1)).map(|(before, after)| paragraph.is_meant(before, after)).collect()
}

/// What all lines of a paragraph show.
struct Paragraph {
    /// The column at which it may have been wrapped.
    column: usize,
    all_final: bool,
    all_begin: bool,
    /// One of its lines was wrapped for certain.
    is_wrapped: bool,
    doubtful: Doubtful,
}

impl Paragraph {
    fn is_meant(&self, before: &Shape, after: &Shape) -> bool {
        let fits = before.fits(after, self.column);
        let is_apart = |shape: &Shape<'_>| shape.is_code || shape.is_tag;
        if is_apart(before) || is_apart(after) || before.is_greeting || after.begins == Begins::Sign {
            return true;
        }
        if after.label.is_none() && joint::is_one_value(before.text, after.text) {
            return false;
        }
        let is_listed = (before.has_bar && after.has_bar) || (before.begins_with_moment && after.begins_with_moment);
        let is_label = match after.label {
            Some(Label::Marked) => fits || before.is_final || before.label.is_some(),
            Some(Label::Plain) => before.label.is_some(),
            None => false,
        };
        if is_listed || is_label {
            return true;
        }
        match before.binding {
            // No sentence ends so, and what begins one begins a line.
            Some(Binding::Word) => return self.doubtful == Doubtful::Meant && after.begins_sentence,
            Some(Binding::Sign) => return self.doubtful == Doubtful::Meant && before.width < NARROW,
            None => {}
        }
        let is_lower = after.begins == Begins::Lower;
        let ends = (before.is_colon && fits)
            || (before.is_final && !is_lower && (fits || self.all_final || after.begins_with_moment))
            || (before.label.is_some() && !is_lower && fits);
        let is_short = before.width + 1 + after.first_word <= NARROWEST;
        let begins = (after.begins == Begins::Upper && !after.is_end_of(before)) || after.begins_with_moment;
        if ends || (begins && (is_short || self.all_begin)) {
            return true;
        }
        let goes_on = is_lower || (!fits && after.label.is_none() && after.may_go_on(self.is_wrapped));
        let is_full = before.is_full() && !before.is_final && goes_on;
        self.doubtful == Doubtful::Meant && !is_full && !after.is_end_of(before)
    }
}

#[expect(clippy::struct_excessive_bools, reason = "what a line shows are independent signs")]
struct Shape<'a> {
    text: &'a str,
    width: usize,
    first_word: usize,
    begins: Begins,
    label: Option<Label>,
    is_final: bool,
    is_colon: bool,
    binding: Option<Binding>,
    /// Its first word is one that sentences begin with, in a capital: no name.
    begins_sentence: bool,
    is_greeting: bool,
    is_code: bool,
    /// Nothing but a template's or a component's tags: `{% endhint %}`.
    is_tag: bool,
    is_unbreakable: bool,
    has_bar: bool,
    begins_with_moment: bool,
}

impl<'a> Shape<'a> {
    fn of(line: &'a Line) -> Self {
        let text = line.text.trim();
        let end = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '*', '_', '~', '»']);
        let is_colon = end.ends_with([':', '：']);
        Self {
            text,
            width: line.width,
            first_word: text.split_whitespace().next().map_or(0, |word| word.chars().count()),
            begins: begins(text, line.opens_atom),
            label: label(text, line.opens_mark),
            is_final: is_colon || end.ends_with(['.', '!', '?', '…', '。', '！', '？']),
            is_colon,
            binding: binding(text),
            begins_sentence: begins_sentence(text),
            is_greeting: is_greeting(text),
            is_code: code::is_line(text),
            is_tag: line.is_tag,
            is_unbreakable: text.split_whitespace().any(|word| word.chars().count() > UNBREAKABLE),
            has_bar: text.contains(" | ") || text.starts_with('|'),
            begins_with_moment: begins_with_moment(text),
        }
    }

    fn is_full(&self) -> bool {
        (NARROW..=WIDEST).contains(&self.width)
    }

    /// Whether the next line's first word had room on this one.
    fn fits(&self, next: &Self, column: usize) -> bool {
        self.width + 1 + next.first_word <= column
    }

    /// Whether the first word may stand within a sentence though it is no word in lower case: a number, a bracket, a
    /// name in capitals; another name where the paragraph was wrapped elsewhere.
    fn may_go_on(&self, is_wrapped: bool) -> bool {
        let mut letters = self.text.chars();
        let first = letters.next().unwrap_or(' ');
        let is_name = first.is_uppercase() && (is_wrapped || letters.next().is_some_and(char::is_uppercase));
        !self.begins_sentence
            && !self.begins_with_moment
            && (is_name
                || first.is_ascii_digit()
                || matches!(first, '(' | '[' | '"' | '“' | '‘' | '\'' | '$' | '€' | '`'))
    }

    /// Whether this is the last word of a sentence that the line before has begun: `a change of the Acme` over `API.`
    fn is_end_of(&self, before: &Self) -> bool {
        /// Words of a line that may be a sentence's, and no name over a signature.
        const FEWEST: usize = 4;
        let is_word = !self.text.contains(char::is_whitespace) && self.text.ends_with('.');
        is_word && !before.is_final && before.label.is_none() && before.text.split_whitespace().count() >= FEWEST
    }
}
