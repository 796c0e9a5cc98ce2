//! Spaces that engines put where nobody writes any: inside brackets and quotation marks, before marks that end a
//! sentence or a part of it, beside bars that stand tight, and two in a row. Where the source writes anything so,
//! nothing is touched.

use crate::language::{Language, Trait};

/// Signs that no space follows, and such that stand behind none.
const OPENING: [char; 3] = ['(', '[', '{'];
const CLOSING: [char; 3] = [')', ']', '}'];

/// Quotation marks of the languages in which each of them only opens or only closes, and has no space inside.
const QUOTES: [(char, char); 2] = [('“', '”'), ('«', '»')];

/// Marks that these languages write without a space before them.
const MARKS: [char; 4] = ['?', '!', ';', ':'];

/// The text without such spaces.
pub(super) fn tighten(text: &str, source: &str, language: &Language) -> String {
    if !text.contains(' ') {
        return text.to_owned();
    }
    let sides = Sides::of(text, source, language);
    let doubles = !source.contains("  ");
    let mut written = String::with_capacity(text.len());
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != ' ' {
            written.push(character);
            continue;
        }
        let mut end = at + 1;
        while characters.next_if(|(_, next)| *next == ' ').is_some() {
            end += 1;
        }
        if sides.are_bare(at, end) {
            continue;
        }
        written.push_str(if doubles { " " } else { text.get(at..end).unwrap_or_default() });
    }
    written
}

/// Where no space is to stand, in bytes and in order: behind the sign that ends there, before the sign that begins
/// there.
#[derive(Default)]
struct Sides {
    behind: Vec<usize>,
    before: Vec<usize>,
}

impl Sides {
    fn of(text: &str, source: &str, language: &Language) -> Self {
        let mut sides = Self::default();
        let quotes = || QUOTES.into_iter().filter(|_| language.is(Trait::TightMarks) && !text.contains('„'));
        let opening: Vec<char> = OPENING.into_iter().chain(quotes().map(|(open, _)| open)).collect();
        let closing: Vec<char> = CLOSING.into_iter().chain(quotes().map(|(_, close)| close)).collect();
        let is_loose_behind = |sign: char| source.contains(&*String::from_iter([sign, ' ']));
        let is_loose_before = |sign: char| source.contains(&*String::from_iter([' ', sign]));
        let tight_behind: Vec<char> = opening.into_iter().filter(|sign| !is_loose_behind(*sign)).collect();
        let tight_before: Vec<char> = closing.into_iter().filter(|sign| !is_loose_before(*sign)).collect();
        let is_marked = |sign: char| language.is(Trait::TightMarks) && MARKS.contains(&sign) && !is_loose_before(sign);
        let marks: Vec<char> = MARKS.into_iter().filter(|sign| is_marked(*sign)).collect();
        let straight = Straight::tight(text, source);
        let mut bars = bars(text, source).into_iter();
        let mut quotes = 0;
        for (at, sign) in text.char_indices() {
            let end = at + sign.len_utf8();
            let (mut behind, mut before) = (tight_behind.contains(&sign), tight_before.contains(&sign));
            before |= marks.contains(&sign) && !text.get(end..).is_some_and(|rest| rest.starts_with(is_word));
            if sign == '"' {
                quotes += 1;
                behind |= straight.opening && quotes % 2 == 1;
                before |= straight.closing && quotes % 2 == 0;
            }
            if sign == '|'
                && let Some((tight_before, tight_behind)) = bars.next()
            {
                (before, behind) = (tight_before, tight_behind);
            }
            sides.behind.extend(behind.then_some(end));
            sides.before.extend(before.then_some(at));
        }
        sides
    }

    /// Whether spaces from `at` to `end` are to go.
    fn are_bare(&self, at: usize, end: usize) -> bool {
        self.behind.binary_search(&at).is_ok() || self.before.binary_search(&end).is_ok()
    }
}

/// What makes a mark before it the beginning of something, as in `:)` and `:tada:`.
fn is_word(next: char) -> bool {
    !next.is_whitespace() && !MARKS.contains(&next)
}

/// Which straight quotation marks have no space inside: every second one closes, where their number is even.
struct Straight {
    opening: bool,
    closing: bool,
}

impl Straight {
    fn tight(text: &str, source: &str) -> Self {
        let count = source.matches('"').count();
        let is_even = count.is_multiple_of(2) && text.matches('"').count() == count;
        let mut own = Self { opening: is_even, closing: is_even };
        for (number, (at, _)) in source.match_indices('"').enumerate() {
            if number % 2 == 0 {
                own.opening &= !source.get(at + 1..).unwrap_or_default().starts_with(' ');
            } else {
                own.closing &= !source.get(..at).unwrap_or_default().ends_with(' ');
            }
        }
        own
    }
}

/// For each bar of a text, whether the source has something right before and right behind that bar; nothing where the
/// bars are not as many.
fn bars(text: &str, source: &str) -> Vec<(bool, bool)> {
    let count = source.matches('|').count();
    if text.matches('|').count() != count {
        return Vec::new();
    }
    let is_tight = |next: Option<char>| next.is_some_and(|next| !next.is_whitespace());
    let sides = source.match_indices('|').map(|(at, _)| {
        let before = source.get(..at).and_then(|head| head.chars().next_back());
        let behind = source.get(at + 1..).and_then(|tail| tail.chars().next());
        (is_tight(before), is_tight(behind))
    });
    sides.collect()
}
