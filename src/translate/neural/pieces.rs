//! What of a text goes to a model: a text comes in, sentences that fit the model's window go out, and come back joined
//! as the source was. Nothing is cut silently: a text that cannot be made to fit is declined.

use std::ops::Range;

use fxtranslate::spm::SpmVocab;

use super::alphabet::Alphabet;
use crate::locale::Locale;
use crate::translate::{placeholder, sentences};

/// Tokens per sentence. The models' window is 128, of which placeholders are lost near the end.
const TOKENS: usize = 100;

/// One text, ready for a model.
pub(super) struct Prepared {
    text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    range: Range<usize>,
    /// The place in the sentence that it was cut from: not its first, not its last part.
    is_continuation: bool,
    is_continued: bool,
    has_words: bool,
}

/// Splits a text into what the model can take.
///
/// # Errors
/// A character that the model lacks, or a word that is longer than its window.
pub(super) fn prepare(text: &str, vocabulary: &SpmVocab, alphabet: &Alphabet) -> Result<Prepared, String> {
    // Fewer bytes than tokens there cannot be.
    let fits = |piece: &str| piece.len() < TOKENS || vocabulary.encode(piece).len() <= TOKENS;
    let mut pieces = Vec::new();
    for sentence in sentences::sentences(text) {
        let ranges = sentences::clauses(text, sentence.clone(), &fits);
        for range in ranges {
            let content = text.get(range.clone()).unwrap_or_default();
            if !fits(content) {
                return Err("a word is longer than the model's window".to_owned());
            }
            pieces.push(Piece {
                is_continuation: range.start != sentence.start,
                is_continued: range.end != sentence.end,
                has_words: placeholder::has_words(content),
                range,
            });
        }
    }
    let prepared = Prepared { text: text.to_owned(), pieces };
    for piece in prepared.sent() {
        alphabet.spell(vocabulary, piece).map_err(|letter| format!("the model has no `{letter}`"))?;
    }
    Ok(prepared)
}

impl Prepared {
    fn sent(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter(|piece| piece.has_words).filter_map(|piece| self.text.get(piece.range.clone()))
    }

    /// The sentences to translate, in the model's characters.
    pub(super) fn sentences(&self, vocabulary: &SpmVocab, alphabet: &Alphabet) -> Vec<String> {
        // What cannot be spelled has been declined already.
        self.sent().map(|piece| alphabet.spell(vocabulary, piece).unwrap_or_else(|_| piece.to_owned())).collect()
    }

    /// The text with its sentences' translations, taken from `translations` as many as there are sentences.
    ///
    /// # Errors
    /// Where the model had nothing to say to a sentence.
    pub(super) fn join(
        &self,
        target: &Locale,
        translations: &mut impl Iterator<Item = String>,
    ) -> Result<String, String> {
        let mut outputs = Vec::with_capacity(self.pieces.len());
        let mut is_empty = false;
        for piece in &self.pieces {
            let source = self.text.get(piece.range.clone()).unwrap_or_default();
            if !piece.has_words {
                outputs.push(source.to_owned());
                continue;
            }
            let translation = translations.next().unwrap_or_default();
            is_empty |= translation.trim().is_empty();
            let translation = without_invention(source, translation.trim());
            outputs.push(fitted(source, translation, piece, target));
        }
        if is_empty {
            return Err("the model answered with nothing".to_owned());
        }
        let ranges: Vec<Range<usize>> = self.pieces.iter().map(|piece| piece.range.clone()).collect();
        let joined = sentences::reassemble(&self.text, &ranges, &outputs);
        Ok(if is_written_without_spaces(target) { without_spaces(&self.text, &ranges, &outputs) } else { joined })
    }
}

/// The translation without a parenthesis at its end that the source has nothing of. To short texts the models add what
/// their training data, translated web pages, had there: `Back office (a)`, `Status page (em inglês)`.
fn without_invention<'text>(source: &str, translation: &'text str) -> &'text str {
    let openings = ['(', '（'];
    if source.contains(['(', ')', '（', '）']) || !translation.ends_with([')', '）']) {
        return translation;
    }
    match translation.rfind(openings).and_then(|at| translation.get(..at)).map(str::trim_end) {
        // A placeholder is a fact, and losing one is for the checks to see.
        Some(rest) if placeholder::has_words(rest) && placeholder::ranges(rest) == placeholder::ranges(translation) => {
            rest
        }
        _ => translation,
    }
}

/// A part of a sentence as a part: the model takes it for a whole one and gives it a capital and a full stop.
fn fitted(source: &str, translation: &str, piece: &Piece, target: &Locale) -> String {
    let mut fitted = translation.to_owned();
    if piece.is_continued && !source.ends_with('.') && fitted.ends_with('.') && !fitted.ends_with("..") {
        fitted.pop();
    }
    let nouns_have_capitals = target.as_str().split('-').next() == Some("de");
    if piece.is_continuation && source.starts_with(char::is_lowercase) && !nouns_have_capitals {
        let mut letters = fitted.chars();
        if let (Some(first), Some(second)) = (letters.next(), letters.next())
            && first.is_uppercase()
            && !second.is_uppercase()
        {
            fitted = first.to_lowercase().chain(std::iter::once(second)).chain(letters).collect();
        }
    }
    fitted
}

fn is_written_without_spaces(target: &Locale) -> bool {
    matches!(target.as_str().split('-').next(), Some("zh" | "ja"))
}

/// As [`sentences::reassemble`], but a plain space between two sentences goes.
fn without_spaces(text: &str, ranges: &[Range<usize>], outputs: &[String]) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut from = 0;
    for (index, (range, output)) in ranges.iter().zip(outputs).enumerate() {
        let between = text.get(from..range.start).unwrap_or_default();
        if index == 0 || between != " " {
            joined.push_str(between);
        }
        joined.push_str(output);
        from = range.end;
    }
    joined.push_str(text.get(from..).unwrap_or_default());
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(text: &str) -> Prepared {
        let pieces = sentences::sentences(text)
            .into_iter()
            .map(|range| Piece {
                has_words: placeholder::has_words(&text[range.clone()]),
                range,
                is_continuation: false,
                is_continued: false,
            })
            .collect();
        Prepared { text: text.to_owned(), pieces }
    }

    fn join(text: &str, target: &str, outputs: &[&str]) -> Result<String, String> {
        let mut outputs = outputs.iter().map(|output| (*output).to_owned());
        prepared(text).join(&target.parse().unwrap(), &mut outputs)
    }

    #[test]
    fn separators_are_the_sources_own_and_wordless_sentences_stay() {
        assert_eq!(
            join(" One.  Two.\n[PH1]\nThree. ", "es", &["Uno.", "Dos.", "Tres."]).unwrap(),
            " Uno.  Dos.\n[PH1]\nTres. "
        );
        assert_eq!(join("One. Two.\nThree.", "zh-Hans", &["一。", "二。", "三。"]).unwrap(), "一。二。\n三。");
        assert!(join("One. Two.", "es", &["Uno.", " "]).is_err());
    }

    #[test]
    fn a_parenthesis_that_the_model_invented_goes() {
        for (source, translation, expected) in [
            ("Back office", "Back office (a)", "Back office"),
            ("See the status page", "Ver a página (em inglês)", "Ver a página"),
            ("Back office (EU)", "Back office (UE)", "Back office (UE)"),
            ("Back office", "(a)", "(a)"),
            ("At [PH1] it failed.", "Falhou ([PH1])", "Falhou ([PH1])"),
            ("It failed at [PH1]", "Falhou em [PH1] (em inglês)", "Falhou em [PH1]"),
            ("后台", "后台（a）", "后台"),
            ("Smile :)", "Sorriso :) (a)", "Sorriso :) (a)"),
            ("Calls (all", "Chamadas (a)", "Chamadas (a)"),
            ("It failed.", "Falhou.", "Falhou."),
        ] {
            assert_eq!(join(source, "pt", &[translation]).unwrap(), expected, "{source}");
        }
    }

    #[test]
    fn a_part_of_a_sentence_does_not_look_like_a_whole_one() {
        let part =
            |is_continuation, is_continued| Piece { range: 0..0, is_continuation, is_continued, has_words: true };
        let (es, de) = ("es".parse().unwrap(), "de".parse().unwrap());
        assert_eq!(fitted("which failed,", "Que falló,.", &part(true, true), &es), "que falló,");
        assert_eq!(fitted("servers failed.", "Server fielen aus.", &part(true, false), &de), "Server fielen aus.");
        assert_eq!(fitted("api failed.", "API falló.", &part(true, false), &es), "API falló.");
        assert_eq!(fitted("It failed.", "Falló.", &part(false, false), &es), "Falló.");
    }
}
