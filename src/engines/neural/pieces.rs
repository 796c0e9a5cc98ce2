//! Cuts a text into sentences that fit a model's window, and joins their translations as the source was. Nothing is cut
//! silently: a text that cannot be made to fit is declined.

use std::ops::Range;

use fxtranslate::spm::SpmVocab;

use super::alphabet::{Alphabet, Spelled};
use super::workers::{Output, Sentence};
use super::{alignment, typography};
use crate::{TranslatedText, placeholder, sentences};
use polypost_core::locale::Locale;

/// Tokens per sentence. The models' window is 128, of which placeholders are lost near the end.
const TOKENS: usize = 100;

/// Signs that lead from one thing to the next, with their spaces.
const ARROWS: [&str; 8] = [" → ", " ⇒ ", " ➔ ", " ➜ ", " ⟶ ", " -> ", " => ", " --> "];

/// One text, ready for a model.
pub(super) struct Prepared {
    text: String,
    pieces: Vec<Piece>,
    /// Whether it is wanted where its words go.
    is_aligned: bool,
}

struct Piece {
    range: Range<usize>,
    /// The place in the sentence that it was cut from: not its first, not its last part.
    is_continuation: bool,
    is_continued: bool,
    /// `None` where there is nothing to translate.
    sent: Option<Sent>,
}

/// A piece as the model gets it.
struct Sent {
    spelled: Spelled,
    /// Written in capitals, and sent in lower case.
    is_in_capitals: bool,
    /// Whether a span whose place is wanted begins or ends in it.
    is_aligned: bool,
}

/// Splits a text into what the model can take. `spans` are those whose places in the translation are wanted.
///
/// # Errors
/// A character that the model lacks, or a word that is longer than its window.
pub(super) fn prepare(
    text: &str,
    spans: &[Range<usize>],
    vocabulary: &SpmVocab,
    alphabet: &Alphabet,
) -> Result<Prepared, String> {
    // Fewer bytes than tokens there cannot be.
    let fits = |piece: &str| piece.len() < TOKENS || vocabulary.encode(piece).len() <= TOKENS;
    let mut borders: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    borders.sort_unstable();
    let mut pieces = Vec::new();
    for sentence in sentences::sentences(text) {
        for range in
            sentences::clauses(text, sentence.clone(), &fits).into_iter().flat_map(|clause| links(text, clause))
        {
            let content = text.get(range.clone()).unwrap_or_default();
            if !fits(content) {
                return Err("a word is longer than the model's window".to_owned());
            }
            let next = borders.partition_point(|border| *border <= range.start);
            let is_aligned = borders.get(next).is_some_and(|border| *border < range.end);
            let sent = placeholder::has_words(content).then(|| Sent::new(content, is_aligned, vocabulary, alphabet));
            pieces.push(Piece {
                is_continuation: range.start != sentence.start,
                is_continued: range.end != sentence.end,
                sent: sent.transpose()?,
                range,
            });
        }
    }
    Ok(Prepared { text: text.to_owned(), pieces, is_aligned: !spans.is_empty() })
}

/// What stands between arrows: of `down → degraded → up` models lose the end. The arrows themselves stay as they are.
fn links(text: &str, clause: Range<usize>) -> Vec<Range<usize>> {
    let content = text.get(clause.clone()).unwrap_or_default();
    let mut links = Vec::new();
    let mut from = 0;
    let arrows = ARROWS.iter().flat_map(|arrow| content.match_indices(arrow).map(|(at, arrow)| at..at + arrow.len()));
    let mut arrows: Vec<Range<usize>> = arrows.collect();
    arrows.sort_unstable_by_key(|arrow| arrow.start);
    for end in arrows.into_iter().chain(std::iter::once(content.len()..content.len())) {
        let link = content.get(from..end.start).unwrap_or_default();
        let start = from + link.len() - link.trim_start().len();
        if !link.trim().is_empty() {
            links.push(clause.start + start..clause.start + start + link.trim().len());
        }
        from = end.end;
    }
    // Between the pieces of a text stands what is copied, before the first and behind the last nothing.
    let is_whole = links.first().is_some_and(|first| first.start == clause.start)
        && links.last().is_some_and(|last| last.end == clause.end);
    if is_whole { links } else { vec![clause] }
}

impl Sent {
    fn new(content: &str, is_aligned: bool, vocabulary: &SpmVocab, alphabet: &Alphabet) -> Result<Self, String> {
        let lowered = typography::lowered(content);
        let spelled = alphabet
            .spell(vocabulary, lowered.as_deref().unwrap_or(content))
            .map_err(|letter| format!("the model has no `{letter}`"))?;
        Ok(Self { spelled, is_in_capitals: lowered.is_some(), is_aligned })
    }

    /// The model's output as the translation of `source`.
    fn read(&self, source: &str, output: Output) -> TranslatedText {
        let mut translation = match output {
            Output::Plain(text) => TranslatedText::from(text),
            Output::Aligned(aligned) => TranslatedText {
                alignment: alignment::read(source, &self.spelled, &aligned),
                text: aligned.target_text,
                ..TranslatedText::default()
            },
            Output::Failed => TranslatedText::default(),
        };
        let text = translation.text.as_str();
        let start = text.len() - text.trim_start().len();
        translation.keep(&(start..start + text.trim().len()));
        cut_invention(source, &mut translation);
        typography::restore(source, &mut translation);
        if self.is_in_capitals {
            typography::raise(&mut translation);
        }
        translation
    }
}

impl Prepared {
    /// The sentences to translate, in the model's characters.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Sentence> {
        self.pieces
            .iter()
            .filter_map(|piece| piece.sent.as_ref())
            .map(|sent| Sentence { text: sent.spelled.text.clone(), is_aligned: sent.is_aligned })
    }

    /// The text with its sentences' translations, taken from `outputs` as many as there are sentences.
    ///
    /// # Errors
    /// Where the model had nothing to say to a sentence, or failed.
    pub(super) fn join(
        &self,
        target: &Locale,
        outputs: &mut impl Iterator<Item = Output>,
    ) -> Result<TranslatedText, String> {
        let mut joined = TranslatedText::default();
        let (mut is_empty, mut has_failed) = (false, false);
        let mut from = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            let source = self.text.get(piece.range.clone()).unwrap_or_default();
            let mut translation = match &piece.sent {
                None => TranslatedText::from(source.to_owned()),
                Some(sent) => {
                    let output = outputs.next().unwrap_or_else(|| Output::Plain(String::new()));
                    has_failed |= matches!(output, Output::Failed);
                    sent.read(source, output)
                }
            };
            is_empty |= translation.text.is_empty();
            fit(source, &mut translation, piece, target);
            for (from, _) in &mut translation.alignment {
                *from = from.start + piece.range.start..from.end + piece.range.start;
            }
            if self.is_aligned && !piece.sent.as_ref().is_some_and(|sent| sent.is_aligned) {
                translation.alignment = vec![(piece.range.clone(), 0..translation.text.len())];
            }
            let between = self.text.get(from..piece.range.start).unwrap_or_default();
            if index == 0 || between != " " || !is_written_without_spaces(target) {
                joined.text.push_str(between);
            }
            joined.append(translation);
            from = piece.range.end;
        }
        joined.text.push_str(self.text.get(from..).unwrap_or_default());
        match () {
            () if has_failed => Err("the model failed on this text, or on one beside it".to_owned()),
            () if is_empty => Err("the model answered with nothing".to_owned()),
            () => Ok(joined),
        }
    }
}

/// Takes away a parenthesis or a comma at the end that the source has nothing of. To short texts the models add what
/// their training data, translated web pages, had there: `Back office (a)`, `Status page (em inglês)`, `Olá,`.
fn cut_invention(source: &str, translation: &mut TranslatedText) {
    let text = translation.text.as_str();
    if let Some(rest) = text.strip_suffix(',').filter(|_| !source.trim_end().ends_with(',')) {
        let end = rest.trim_end().len();
        translation.keep(&(0..end));
        return;
    }
    let stop = text.len() - text.trim_end_matches(['.', '!', '?', ':']).len();
    let Some(body) = text.get(..text.len() - stop) else { return };
    if source.contains(['(', ')', '（', '）']) || !body.ends_with([')', '）']) {
        return;
    }
    let Some(rest) = body.rfind(['(', '（']).and_then(|at| body.get(..at)).map(str::trim_end) else { return };
    // A placeholder is a fact, and losing one is for the checks to see.
    if placeholder::has_words(rest) && placeholder::ranges(rest) == placeholder::ranges(text) {
        let (start, end) = (rest.len(), body.len());
        translation.rewrite(|at, letter, written| written.extend((at < start || at >= end).then_some(letter)));
    }
}

/// Makes a part of a sentence look like one: the model takes it for a whole one and gives it a capital and a full stop.
fn fit(source: &str, translation: &mut TranslatedText, piece: &Piece, target: &Locale) {
    let text = translation.text.as_str();
    if piece.is_continued && !source.ends_with('.') && text.ends_with('.') && !text.ends_with("..") {
        translation.keep(&(0..text.len() - 1));
    }
    let nouns_have_capitals = target.as_str().split('-').next() == Some("de");
    if piece.is_continuation && source.starts_with(char::is_lowercase) && !nouns_have_capitals {
        let mut letters = translation.text.chars();
        if let (Some(first), Some(second)) = (letters.next(), letters.next())
            && first.is_uppercase()
            && !second.is_uppercase()
        {
            translation.rewrite(|at, letter, written| match at {
                0 => written.extend(letter.to_lowercase()),
                _ => written.push(letter),
            });
        }
    }
}

fn is_written_without_spaces(target: &Locale) -> bool {
    matches!(target.as_str().split('-').next(), Some("zh" | "ja"))
}

#[cfg(test)]
mod tests;
