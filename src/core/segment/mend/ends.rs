//! The sign that ends a sentence at the end of a mark: `**Fixed.** It works` keeps its full stop inside of the mark,
//! and `It is **fixed**.` outside, where an engine that says where words went has put it on the other side.

use crate::segment::{Segment, Span, TargetSpan};

const SIGNS: [char; 6] = ['.', '!', '?', '…', ':', ';'];

/// Moves such signs to the side of the closing mark on which the source has them.
pub(super) fn place(segment: &Segment, target: &mut Vec<TargetSpan>) {
    let mut position = 0;
    while position < target.len() {
        if let Some(TargetSpan::Source(close)) = target.get(position)
            && let Some((sign, is_inside)) = sign_at(segment, *close)
        {
            if is_inside {
                position += move_in(target, position, sign);
            } else {
                move_out(target, position, sign);
            }
        }
        position += 1;
    }
}

/// The sign that the source has on one side of a closing mark, and whether that is the inner side.
fn sign_at(segment: &Segment, close: usize) -> Option<(char, bool)> {
    let Span::Close { .. } = segment.spans.get(close)? else { return None };
    let text = |index: Option<usize>| match index.and_then(|index| segment.spans.get(index)) {
        Some(Span::Text(text)) => text.as_str(),
        _ => "",
    };
    let inside = text(close.checked_sub(1)).chars().next_back().filter(|sign| SIGNS.contains(sign));
    let outside = text(Some(close + 1)).chars().next().filter(|sign| SIGNS.contains(sign));
    match (inside, outside) {
        (Some(sign), None) => Some((sign, true)),
        (None, Some(sign)) => Some((sign, false)),
        _ => None,
    }
}

/// Returns how many spans were put in before the mark.
fn move_in(target: &mut Vec<TargetSpan>, close: usize, sign: char) -> usize {
    let Some(TargetSpan::Text(after)) = target.get_mut(close + 1) else { return 0 };
    let Some(rest) = after.strip_prefix(sign).filter(|rest| !rest.starts_with(SIGNS)) else { return 0 };
    let rest = rest.to_owned();
    let before = close.checked_sub(1);
    match before.and_then(|before| target.get_mut(before)) {
        Some(TargetSpan::Text(text)) if text.ends_with(SIGNS) => 0,
        Some(TargetSpan::Text(text)) => {
            text.push(sign);
            replace(target, close + 1, rest);
            0
        }
        _ => {
            replace(target, close + 1, rest);
            target.insert(close, TargetSpan::Text(sign.to_string()));
            1
        }
    }
}

fn move_out(target: &mut Vec<TargetSpan>, close: usize, sign: char) {
    let after_begins = matches!(target.get(close + 1), Some(TargetSpan::Text(text)) if text.starts_with(SIGNS));
    let Some(TargetSpan::Text(before)) = close.checked_sub(1).and_then(|before| target.get_mut(before)) else { return };
    let Some(rest) = before.strip_suffix(sign).filter(|rest| !rest.is_empty() && !rest.ends_with(SIGNS)) else {
        return;
    };
    if after_begins {
        return;
    }
    *before = rest.to_owned();
    match target.get_mut(close + 1) {
        Some(TargetSpan::Text(text)) => text.insert(0, sign),
        _ => target.insert(close + 1, TargetSpan::Text(sign.to_string())),
    }
}

/// Puts another text in the place of one; none where it is empty.
fn replace(target: &mut Vec<TargetSpan>, at: usize, text: String) {
    if text.is_empty() {
        target.remove(at);
    } else if let Some(span) = target.get_mut(at) {
        *span = TargetSpan::Text(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Mark;

    /// The parts of a notation: texts, and `<` and `>` for the marks of one pair.
    fn parts(notation: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        for part in notation.split_inclusive(['<', '>']) {
            let (words, mark) = part.split_at(part.len() - usize::from(part.ends_with(['<', '>'])));
            parts.extend([words, mark].into_iter().filter(|part| !part.is_empty()));
        }
        parts
    }

    fn placed(source: &str, answer: &str) -> String {
        let source = parts(source);
        let span = |part: &&str| match *part {
            "<" => Span::Open { inline: 0, pair: 0, mark: Mark::Emphasis },
            ">" => Span::Close { inline: 1, pair: 0 },
            text => Span::Text(text.to_owned()),
        };
        let segment = Segment::of(source.iter().map(span).collect());
        let mut target: Vec<TargetSpan> = parts(answer)
            .into_iter()
            .map(|part| match source.iter().position(|mark| *mark == part && part.starts_with(['<', '>'])) {
                Some(mark) => TargetSpan::Source(mark),
                None => TargetSpan::Text(part.to_owned()),
            })
            .collect();
        place(&segment, &mut target);
        let shown = target.iter().map(|span| match span {
            TargetSpan::Text(text) => text,
            TargetSpan::Source(index) => source[*index],
        });
        shown.collect()
    }

    #[test]
    fn a_sign_stands_on_the_side_where_the_source_has_it() {
        for (source, answer, expected) in [
            ("<It is fixed.> It works.", "<Corregido>. Funciona.", "<Corregido.> Funciona."),
            ("<It is fixed.>", "<Corregido>.", "<Corregido.>"),
            ("It is <fixed>. It works.", "Se <corrigió.> Funciona.", "Se <corrigió>. Funciona."),
            ("It is <fixed>.", "Se <corrigió.>", "Se <corrigió>."),
            ("<Impact:> none", "<Impacto>: nada", "<Impacto:> nada"),
            ("<Fixed.> It works", "<Corregido.> Funciona", "<Corregido.> Funciona"),
            ("<Fixed> It works", "<Corregido>. Funciona", "<Corregido>. Funciona"),
            ("<Fixed.> It works", "<Corregido>... Funciona", "<Corregido>... Funciona"),
        ] {
            assert_eq!(placed(source, answer), expected, "{source}");
        }
    }
}
