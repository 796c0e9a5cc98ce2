//! Mending: puts the signs of an answer right where that is certain. Checks repair nothing, so that what is mended here
//! is examined like everything else; what is not certain stays, for the checks to refuse.

mod enclosing;
mod ends;
mod figures;
mod questions;
mod signs;
mod spaces;
mod spelling;

use super::{Segment, Span, TargetSpan};
use crate::language::Language;
use crate::locale::Locale;

/// Stands for a span in the flat text: OBJECT REPLACEMENT CHARACTER.
const HOLE: char = '\u{FFFC}';

/// One repair may bring about the need of another (`, ,` becomes `,,`); more in a row than this are not looked for.
const PASSES: usize = 4;

/// Puts right the brackets round facts, the signs between them, signs on the wrong side of a mark, articles before
/// figures that have none, doubled marks, spaces beside signs, Spanish question marks, European words in Brazilian text
/// and a lost full stop. Facts, codes and marks stay where they are.
#[must_use]
pub fn mend(segment: &Segment, mut target: Vec<TargetSpan>, locale: &Locale) -> Vec<TargetSpan> {
    for _ in 0..PASSES {
        let mended = pass(segment, target.clone(), locale);
        if mended == target {
            break;
        }
        target = mended;
    }
    target
}

fn pass(segment: &Segment, mut target: Vec<TargetSpan>, locale: &Locale) -> Vec<TargetSpan> {
    enclosing::close(segment, &mut target);
    enclosing::separate(segment, &mut target);
    ends::place(segment, &mut target);
    let language = Language::of(locale);
    figures::bare(segment, &mut target, language);
    let Some(flat) = flat(&target) else { return target };
    let source = source(segment);
    let mut text = signs::undouble(&flat, &source);
    text = signs::space(&text, &source);
    text = spaces::tighten(&text, &source, language);
    text = questions::open(&text, &source, language.opening_marks);
    if let Some(spelling) = language.spelling.filter(|spelling| spelling.locales.contains(&locale.as_str())) {
        text = spelling::spelled(&text, &source, spelling);
    }
    let ends_with_mark = matches!(
        target.last(),
        Some(TargetSpan::Source(last)) if matches!(segment.spans.get(*last), Some(Span::Open { .. } | Span::Close { .. }))
    );
    if !ends_with_mark {
        signs::stop(&mut text, &source);
    }
    if text == flat { target } else { unfold(&text, &target) }
}

/// The texts with a hole for every span; `None` where an engine has written one itself.
fn flat(target: &[TargetSpan]) -> Option<String> {
    let mut flat = String::new();
    for span in target {
        match span {
            TargetSpan::Text(text) if text.contains(HOLE) => return None,
            TargetSpan::Text(text) => flat.push_str(text),
            TargetSpan::Source(_) => flat.push(HOLE),
        }
    }
    Some(flat)
}

/// The source in the same way.
fn source(segment: &Segment) -> String {
    let pieces = segment.spans.iter().map(|span| match span {
        Span::Text(text) => text.clone(),
        Span::Fact(_) | Span::Code { .. } | Span::Open { .. } | Span::Close { .. } => HOLE.to_string(),
    });
    pieces.collect()
}

/// The spans again, with the texts of a flat text that has as many holes.
fn unfold(text: &str, target: &[TargetSpan]) -> Vec<TargetSpan> {
    let mut spans = target.iter().filter(|span| matches!(span, TargetSpan::Source(_))).cloned();
    let mut unfolded = Vec::new();
    for (position, part) in text.split(HOLE).enumerate() {
        if position > 0 {
            unfolded.extend(spans.next());
        }
        if !part.is_empty() {
            unfolded.push(TargetSpan::Text(part.to_owned()));
        }
    }
    unfolded
}

#[cfg(test)]
mod tests;
