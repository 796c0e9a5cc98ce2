//! Cuts texts into pieces short enough for the server, and groups them into calls. Nothing is cut inside a word.

use std::ops::Range;

use crate::{placeholder, sentences};

/// Characters per call. APy cuts longer texts into chunks of 1000 characters when it is busy and drops what is over
/// ten.
pub(super) const CALL: usize = 900;

/// Characters per piece: the second leg's text is longer than the first one's by a fifth, and must still fit.
const PIECE: usize = 700;

/// What stands between two texts of one call; Apertium takes it for the end of a sentence and keeps it.
pub(super) const BLANK_LINE: &str = "\n\n";

/// The pieces of a text, in order, with nothing but separators and wordless paragraphs between them.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let fits = |piece: &str| piece.chars().count() <= PIECE;
    let mut pieces = Vec::new();
    for paragraph in paragraphs(text) {
        let content = text.get(paragraph.clone()).unwrap_or_default();
        if !placeholder::has_words(content) {
            continue;
        }
        if fits(content) {
            pieces.push(paragraph);
            continue;
        }
        let mut open: Option<Range<usize>> = None;
        for sentence in sentences::sentences(content) {
            let sentence = paragraph.start + sentence.start..paragraph.start + sentence.end;
            let joined = open.as_ref().map(|open| open.start..sentence.end);
            match joined.filter(|joined| text.get(joined.clone()).is_some_and(fits)) {
                Some(joined) => open = Some(joined),
                None => {
                    if let Some(done) = open.replace(sentence) {
                        pieces.extend(sentences::clauses(text, done, &fits));
                    }
                }
            }
        }
        if let Some(last) = open {
            pieces.extend(sentences::clauses(text, last, &fits));
        }
    }
    pieces
}

/// The paragraphs of a text: what blank lines part, without the whitespace around it.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut blank = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let Some(content) = sentences::trimmed(text, range) else {
            blank = true;
            continue;
        };
        match paragraphs.last_mut() {
            Some(last) if !blank => last.end = content.end,
            _ => paragraphs.push(content),
        }
        blank = false;
    }
    paragraphs
}

/// Groups of neighbours whose joined length is at most [`CALL`] characters; a longer one is alone.
pub(super) fn groups<'text>(texts: impl Iterator<Item = &'text str>) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut length = 0;
    for (index, text) in texts.enumerate() {
        let characters = text.chars().count();
        match groups.last_mut() {
            Some(last) if length + BLANK_LINE.len() + characters <= CALL => {
                last.end = index + 1;
                length += BLANK_LINE.len() + characters;
            }
            _ => {
                groups.push(index..index + 1);
                length = characters;
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_filled_by_characters_and_a_long_text_is_alone() {
        let texts = ["a".repeat(400), "b".repeat(400), "c".repeat(96), "d".repeat(1000), "e".into()];
        assert_eq!(groups(texts.iter().map(String::as_str)), [0..3, 3..4, 4..5]);
        assert!(groups(std::iter::empty()).is_empty());
    }

    #[test]
    fn a_long_text_is_cut_at_sentences_and_rejoins() {
        let text = "The service was slow for many customers. ".repeat(60);
        let pieces = pieces(&text);
        assert!(pieces.len() >= 4, "{}", pieces.len());
        for piece in &pieces {
            let piece = &text[piece.clone()];
            assert!(piece.chars().count() <= PIECE && piece.ends_with('.'), "{piece}");
        }
        let outputs: Vec<String> = pieces.iter().map(|piece| text[piece.clone()].to_owned()).collect();
        assert_eq!(sentences::reassemble(&text, &pieces, &outputs), text);
    }

    #[test]
    fn blank_lines_and_wordless_paragraphs_are_not_sent() {
        let text = " One\nline.\n \n[PH1] | [PH2]\n\nTwo.\n";
        let pieces: Vec<&str> = pieces(text).into_iter().map(|piece| &text[piece]).collect();
        assert_eq!(pieces, ["One\nline.", "Two."]);
    }
}
