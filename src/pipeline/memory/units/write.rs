//! Writes an entry of the memory as a unit without losing anything: placeholders with their kinds, marks in pairs, the
//! engine that made it and the hash of its neighbours.

use sha2::{Digest, Sha256};

use super::{CONTEXT, DIGEST, ENGINE, FORM, FORM_KEY, KIND, MODEL};
use crate::pipeline::memory::typed::{CLOSE, OPEN};
use polypost_core::document::hex;
use polypost_core::exchange::tmx::{TmxPiece, TranslationUnit, Variant};
use polypost_core::locale::Locale;
use polypost_core::segment::{self, Spelling};
use polypost_store::MemoryEntry;

/// The unit that says all of an entry.
pub(in crate::pipeline::memory) fn unit(entry: &MemoryEntry) -> TranslationUnit {
    let marks = Marks::of(&entry.kinds);
    let variant = |locale: &Locale, text: &str| Variant {
        language: locale.to_string(),
        pieces: pieces(text, &entry.kinds, &marks),
        ..Variant::default()
    };
    let mut properties = vec![(FORM_KEY.to_owned(), FORM.to_owned())];
    for (kind, value) in [(ENGINE, &entry.engine), (MODEL, &entry.model), (CONTEXT, &entry.context)] {
        properties.extend(value.clone().map(|value| (kind.to_owned(), value)));
    }
    let mut unit = TranslationUnit {
        variants: vec![variant(&entry.source_locale, &entry.source), variant(&entry.locale, &entry.target)],
        properties,
        created_at: Some(entry.created_at),
        changed_at: Some(entry.changed_at),
        ..TranslationUnit::default()
    };
    unit.properties.push((DIGEST.to_owned(), digest(&unit)));
    unit
}

/// Over all that its texts say: another one as soon as somebody edits them.
pub(super) fn digest(unit: &TranslationUnit) -> String {
    let mut digest = Sha256::new();
    for Variant { language, pieces, .. } in &unit.variants {
        digest.update(format!("{language}\n"));
        for piece in pieces {
            digest.update(match piece {
                TmxPiece::Text(text) => format!("text {text}\n"),
                TmxPiece::Placeholder { x, kind, code } => format!("ph {x:?} {kind:?} {code}\n"),
                TmxPiece::Open { i, x, kind } => format!("bpt {i} {x:?} {kind:?}\n"),
                TmxPiece::Close { i } => format!("ept {i}\n"),
            });
        }
    }
    hex(&digest.finalize()[..8])
}

/// The text cut at its placeholders.
fn pieces(text: &str, kinds: &[String], marks: &Marks) -> Vec<TmxPiece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, x, behind)) = next_placeholder(rest, kinds.len()) {
        push_text(&mut pieces, before);
        let kind = kinds.get(x - 1).map(|kind| format!("{KIND}{kind}"));
        let number = u32::try_from(x).ok();
        pieces.push(match marks.role(x - 1) {
            Some(Mark::Open(i)) => TmxPiece::Open { i, x: number, kind },
            Some(Mark::Close(i)) => TmxPiece::Close { i },
            None => TmxPiece::Placeholder { x: number, kind, code: String::new() },
        });
        rest = behind;
    }
    push_text(&mut pieces, rest);
    pieces
}

fn push_text(pieces: &mut Vec<TmxPiece>, text: &str) {
    if !text.is_empty() {
        pieces.push(TmxPiece::Text(text.to_owned()));
    }
}

/// The first placeholder with a number up to `count`, and what stands before and behind it.
fn next_placeholder(text: &str, count: usize) -> Option<(&str, usize, &str)> {
    text.match_indices("[PH").find_map(|(start, head)| {
        let (number, behind) = text.get(start + head.len()..)?.split_once(']')?;
        let number: usize = number.parse().ok().filter(|number| (1..=count).contains(number))?;
        let written = segment::placeholder(Spelling::Bracketed, number);
        let whole = text.get(start..).is_some_and(|rest| rest.starts_with(&written));
        whole.then_some((text.get(..start)?, number, behind))
    })
}

/// Which placeholders are marks that stand alone and in pairs; the others of the kind are placeholders like any.
struct Marks(Vec<Option<Mark>>);

#[derive(Clone, Copy)]
enum Mark {
    Open(u32),
    Close(u32),
}

impl Marks {
    fn of(kinds: &[String]) -> Self {
        let mut marks = vec![None; kinds.len()];
        let mut open: Vec<usize> = Vec::new();
        let mut pairs = 0;
        let mixed =
            kinds.iter().any(|kind| kind.contains('+') && kind.split('+').any(|kind| kind == OPEN || kind == CLOSE));
        for (index, kind) in kinds.iter().enumerate().filter(|_| !mixed) {
            if kind == OPEN {
                open.push(index);
            } else if kind == CLOSE {
                let Some(start) = open.pop() else { return Self(Vec::new()) };
                pairs += 1;
                marks[start] = Some(Mark::Open(pairs));
                marks[index] = Some(Mark::Close(pairs));
            }
        }
        if open.is_empty() { Self(marks) } else { Self(Vec::new()) }
    }

    fn role(&self, index: usize) -> Option<Mark> {
        self.0.get(index).copied().flatten()
    }
}
