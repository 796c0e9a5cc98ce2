//! Cuts prose into tokens, runs of letters, digits and space and single marks, in one pass. Every byte belongs to
//! exactly one token. Nothing here knows what a token means.

use super::{DateOrder, effort};

/// What a token consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters of any script, the underscore, combining marks, and numerals other than ASCII digits.
    Letters,
    /// ASCII digits.
    Digits,
    Space,
    /// One character of any other kind.
    Mark,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// A text and its tokens. Positions are token indices; those past the end read as nothing.
#[derive(Debug)]
pub(super) struct Tokens<'text> {
    text: &'text str,
    /// How dates in figures are to be understood.
    date_order: DateOrder,
    list: Vec<Token>,
}

impl<'text> Tokens<'text> {
    pub(super) fn cut(text: &'text str) -> Self {
        let mut list: Vec<Token> = Vec::new();
        for (start, character) in text.char_indices() {
            let kind = kind_of(character);
            let end = start + character.len_utf8();
            match list.last_mut() {
                Some(run) if run.kind == kind && kind != Kind::Mark => run.end = end,
                _ => list.push(Token { kind, start, end }),
            }
        }
        Self { text, date_order: DateOrder::Unknown, list }
    }

    pub(super) fn with_date_order(self, date_order: DateOrder) -> Self {
        Self { date_order, ..self }
    }

    pub(super) fn date_order(&self) -> DateOrder {
        self.date_order
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        effort::note(1);
        self.list.get(at).map(|token| token.kind)
    }

    /// The token's text, empty past the end.
    pub(super) fn text(&self, at: usize) -> &'text str {
        let text = self.list.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default();
        effort::note(1 + text.len());
        text
    }

    /// The small word at a position that may join two facts, in lower case however it is written; empty for any other.
    pub(super) fn joint(&self, at: usize) -> &'static str {
        const WORDS: [&str; 10] = ["&", "and", "of", "or", "the", "through", "thru", "till", "to", "until"];
        let text = self.text(at);
        WORDS.into_iter().find(|word| word.eq_ignore_ascii_case(text)).unwrap_or_default()
    }

    /// The position behind what joins two items of a list: a comma, one of `words` (as [`joint`](Self::joint) has
    /// them), or both.
    pub(super) fn behind_joint(&self, end: usize, words: &[&str]) -> Option<usize> {
        let comma = self.is_mark(end, ',');
        let at = self.behind_space(end + usize::from(comma))?;
        if words.contains(&self.joint(at)) {
            return self.behind_space(at + 1);
        }
        comma.then_some(at)
    }

    /// Byte where the token starts; the length of the text past the end.
    pub(super) fn start(&self, at: usize) -> usize {
        effort::note(1);
        self.list.get(at).map_or(self.text.len(), |token| token.start)
    }

    /// The text from one token to just before another.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'text str {
        let text = self.text.get(self.start(from)..self.start(to)).unwrap_or_default();
        effort::note(1 + text.len());
        text
    }

    /// The text from a token to the end, of which no more than `most` bytes.
    pub(super) fn ahead(&self, from: usize, most: usize) -> &'text str {
        let rest = self.text.get(self.start(from)..).unwrap_or_default();
        let ahead = rest.get(..rest.floor_char_boundary(most)).unwrap_or_default();
        effort::note(1 + ahead.len());
        ahead
    }

    /// The mark standing there.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        (self.kind(at)? == Kind::Mark).then(|| self.text(at).chars().next()).flatten()
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.mark(at) == Some(mark)
    }

    /// Whether letters or digits stand there.
    pub(super) fn is_word(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Letters | Kind::Digits))
    }

    /// The letters standing there, else nothing.
    pub(super) fn letters(&self, at: usize) -> Option<&'text str> {
        (self.kind(at)? == Kind::Letters).then(|| self.text(at))
    }

    /// The digits standing there, if there are between `least` and `most`.
    pub(super) fn digits(&self, at: usize, least: usize, most: usize) -> Option<&'text str> {
        let digits = (self.kind(at)? == Kind::Digits).then(|| self.text(at))?;
        (least..=most).contains(&digits.len()).then_some(digits)
    }

    /// The position behind a space within a line, else nothing.
    pub(super) fn behind_space(&self, at: usize) -> Option<usize> {
        (self.kind(at)? == Kind::Space && !self.text(at).contains('\n')).then_some(at + 1)
    }

    /// The position behind a space within a line, or the same where there is none.
    pub(super) fn skip_space(&self, at: usize) -> usize {
        self.behind_space(at).unwrap_or(at)
    }

    /// Whether what ends before `at` ends there as a word, too: no letter, digit or connected part follows.
    pub(super) fn ends_word(&self, at: usize) -> bool {
        if self.is_word(at) {
            return false;
        }
        match self.mark(at) {
            // "at 13:52.The": a sentence that began without its space.
            Some('.') => !self.is_word(at + 1) || self.letters(at + 1).is_some_and(is_capitalised),
            Some('-' | '/' | ':' | '@' | '#' | '=' | '+' | '\\' | '~') => !self.is_word(at + 1),
            _ => true,
        }
    }

    /// Whether what starts at `at` starts there as a word: nothing but space or an opening mark stands before.
    pub(super) fn starts_word(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        match self.mark(before) {
            Some(mark) => "([{<\"'`|*>,;“‘«„".contains(mark),
            None => !self.is_word(before),
        }
    }

    /// Whether a sentence begins at `at`.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let mut before = at;
        while let Some(previous) = before.checked_sub(1) {
            match (self.kind(previous), self.mark(previous)) {
                (Some(Kind::Space), _) if self.text(previous).contains('\n') => return true,
                (Some(Kind::Space), _) | (_, Some('(' | '[' | '"' | '“' | '*')) if at - previous < 6 => {
                    before = previous;
                }
                (_, Some(mark)) => return ".!?:•|-–—".contains(mark),
                _ => return false,
            }
        }
        true
    }

    /// Whether the letter at `at` is upper case.
    pub(super) fn starts_upper(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    /// Whether a sentence begins at `at`, with a capital. A name behind a label has its capital from English:
    /// `Start: Tuesday`.
    pub(super) fn opens_with_capital(&self, at: usize) -> bool {
        let before = at.checked_sub(2).filter(|_| self.behind_space(at - 1).is_some());
        let labelled = before.is_some_and(|before| self.is_mark(before, ':'));
        !labelled && self.opens_sentence(at) && self.starts_upper(at)
    }
}

/// Upper case first, lower case in the rest, two letters at least.
pub(super) fn is_capitalised(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase)
        && !characters.as_str().is_empty()
        && characters.all(char::is_lowercase)
}

fn kind_of(character: char) -> Kind {
    if character.is_ascii_digit() {
        Kind::Digits
    } else if character.is_whitespace() {
        Kind::Space
    } else if character.is_alphabetic()
        || character == '_'
        || matches!(character, '\u{300}'..='\u{36F}')
        || character.is_numeric()
    {
        Kind::Letters
    } else {
        Kind::Mark
    }
}
