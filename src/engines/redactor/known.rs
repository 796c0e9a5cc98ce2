//! One secret, and where a text has it or a piece of it.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::view::{View, lower};

/// So many characters of a secret in a row are a piece of it, wherever they stand.
const PIECE: usize = 12;

/// The shortest secret that is looked for within words.
const SHORTEST: usize = 4;

/// The shortest secret of which beginnings and ends are looked for, and the fewest characters that give one away beside
/// what stands for the rest, and by themselves.
const SHORTENED: usize = 8;
const BESIDE_A_MASK: usize = 3;
const ALONE: usize = 4;

/// A secret in lower case, as all texts are compared.
#[derive(Debug)]
pub(super) struct Known {
    text: String,
    characters: Vec<char>,
    /// Shorter than a [`PIECE`]: to be found whole.
    whole: Vec<Vec<char>>,
    /// All pieces of the longer forms.
    pieces: HashSet<Vec<char>>,
}

impl Known {
    /// Nothing of an empty text.
    pub(super) fn new(secret: &str) -> Option<Self> {
        let characters = compared(secret);
        if characters.is_empty() {
            return None;
        }
        let mut known =
            Self { text: secret.to_owned(), characters: characters.clone(), whole: Vec::new(), pieces: HashSet::new() };
        if characters.len() >= SHORTEST {
            known.add(characters);
            let hexadecimal: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            known.add(compared(&hexadecimal));
            for encoded in base64(secret.as_bytes()) {
                known.add(compared(&encoded));
            }
        }
        Some(known)
    }

    pub(super) fn is(&self, secret: &str) -> bool {
        self.text == secret
    }

    fn add(&mut self, form: Vec<char>) {
        if form.len() < PIECE {
            self.whole.push(form);
        } else {
            self.pieces.extend(form.windows(PIECE).map(<[char]>::to_vec));
        }
    }

    /// Marks the characters of a text that are this secret's.
    pub(super) fn mark(&self, view: &View<'_>, is_secret: &mut [bool]) {
        let characters = view.characters();
        let mut mark = |from: usize, to: usize| {
            if let Some(marked) = is_secret.get_mut(from..to) {
                marked.fill(true);
            }
        };
        for whole in &self.whole {
            for (at, window) in characters.windows(whole.len()).enumerate() {
                if window == whole.as_slice() {
                    mark(at, at + whole.len());
                }
            }
        }
        if !self.pieces.is_empty() {
            for (at, window) in characters.windows(PIECE).enumerate() {
                if self.pieces.contains(window) {
                    mark(at, at + PIECE);
                }
            }
        }
        self.mark_tokens(characters, &mut mark);
        if self.characters.len() >= SHORTENED {
            self.mark_beside_masks(characters, &mut mark);
        }
    }

    /// Marks words that are a beginning or an end of the secret.
    fn mark_tokens(&self, characters: &[char], mark: &mut impl FnMut(usize, usize)) {
        let mut at = 0;
        while at < characters.len() {
            if !characters.get(at).copied().is_some_and(is_of_token) {
                at += 1;
                continue;
            }
            let from = at;
            while characters.get(at).copied().is_some_and(is_of_token) {
                at += 1;
            }
            let token = characters.get(from..at).unwrap_or_default();
            if self.characters.len() < SHORTEST {
                if token == self.characters.as_slice() {
                    mark(from, at);
                }
            } else if self.characters.len() >= SHORTENED {
                self.mark_end(characters, (from, at), mark);
            }
        }
    }

    fn mark_end(&self, characters: &[char], (from, to): (usize, usize), mark: &mut impl FnMut(usize, usize)) {
        let token = characters.get(from..to).unwrap_or_default();
        let before = characters.get(..from).unwrap_or_default();
        let (begins, ends) = (self.characters.starts_with(token), self.characters.ends_with(token));
        let has_digit = token.iter().any(char::is_ascii_digit);
        // "… ending in abcd": plain words may be the end of a key by chance.
        let told: String = before.iter().rev().take(16).rev().collect();
        let is_told = ends && ["ending", "ends", "last"].iter().any(|word| told.contains(word));
        let is_alone = (begins || ends) && token.len() >= ALONE && (has_digit || is_told);
        if is_alone {
            mark(from, to);
        }
    }

    /// Marks a beginning in front of, and an end behind, what stands for characters that are not shown.
    fn mark_beside_masks(&self, characters: &[char], mark: &mut impl FnMut(usize, usize)) {
        let lengths = BESIDE_A_MASK..self.characters.len();
        for at in 1..characters.len() {
            let (before, behind) = characters.split_at(at);
            if is_mask(behind.iter()) {
                let begins = |length: &usize| before.ends_with(self.characters.get(..*length).unwrap_or_default());
                if let Some(length) = lengths.clone().rev().find(begins) {
                    mark(at - length, at);
                }
            }
            if is_mask(before.iter().rev()) {
                let rest = |length: usize| self.characters.get(self.characters.len() - length..).unwrap_or_default();
                if let Some(length) = lengths.clone().rev().find(|length| behind.starts_with(rest(*length))) {
                    mark(at, at + length);
                }
            }
        }
    }
}

fn compared(text: &str) -> Vec<char> {
    text.chars().map(lower).collect()
}

fn is_of_token(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// Whether a text goes on with what stands for characters that are not shown.
fn is_mask<'text>(mut characters: impl Iterator<Item = &'text char>) -> bool {
    let (next, second) = (characters.next(), characters.next());
    match next {
        Some('…' | '*' | '•' | '●' | '█') => true,
        // One of them is a mark of the sentence.
        Some('.' | '#' | '·') => next == second,
        _ => false,
    }
}

/// What is the same in base64 wherever the bytes begin among others (RFC 4648 section 4), in both alphabets.
fn base64(bytes: &[u8]) -> Vec<String> {
    let mut forms = Vec::new();
    for before in 0..3 {
        let shifted = [&[0; 2][..before.min(2)], bytes].concat();
        let encoded = STANDARD_NO_PAD.encode(&shifted);
        // The first characters share bits with what is before, the last one with what is behind.
        let skipped = [0, 2, 3].get(before).copied().unwrap_or_default();
        let whole = shifted.len() * 8 / 6;
        let Some(form) = encoded.get(skipped..whole).filter(|form| form.len() >= SHORTENED) else { continue };
        forms.push(form.replace('+', "-").replace('/', "_"));
        forms.push(form.to_owned());
    }
    forms
}
