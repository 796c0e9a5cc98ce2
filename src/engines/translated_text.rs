//! A text as an engine translated it, with what it knows of where words went: edits to the text keep both together.

use polypost_core::segment::Alignment;

/// An engine's text for one text sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranslatedText {
    pub text: String,
    /// What of it renders what of the text sent, as far as the engine was asked for it and can tell.
    pub alignment: Alignment,
    /// Words of other languages that it has, in lower case, where the engine says which words it did not know.
    pub unknown: Vec<String>,
    /// The same text as the engine translates it in other ways, the better ones first.
    pub alternatives: Vec<TranslatedText>,
}

impl From<String> for TranslatedText {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl TranslatedText {
    /// Writes the text anew, character by character: `write` gets each with its position and what is written so far.
    pub(super) fn rewrite(&mut self, mut write: impl FnMut(usize, char, &mut String)) {
        let mut written = String::with_capacity(self.text.len());
        let mut positions = Vec::with_capacity(self.text.len() + 1);
        for (at, letter) in self.text.char_indices() {
            positions.resize(at + 1, written.len());
            write(at, letter, &mut written);
        }
        positions.resize(self.text.len() + 1, written.len());
        for (_, to) in &mut self.alignment {
            let moved = |at: usize| positions.get(at).copied().unwrap_or(written.len());
            *to = moved(to.start)..moved(to.end);
        }
        self.alignment.retain(|(_, to)| !to.is_empty());
        self.text = written;
    }

    /// Keeps a span of the text alone.
    pub(super) fn keep(&mut self, range: &std::ops::Range<usize>) {
        if *range != (0..self.text.len()) {
            self.rewrite(|at, letter, written| written.extend(range.contains(&at).then_some(letter)));
        }
    }

    /// Adds the translation of what comes next in the same text.
    pub(super) fn append(&mut self, next: Self) {
        let offset = self.text.len();
        self.text.push_str(&next.text);
        self.unknown.extend(next.unknown);
        self.alignment.extend(next.alignment.into_iter().map(|(from, to)| (from, to.start + offset..to.end + offset)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(translation: &TranslatedText) -> Vec<&str> {
        translation.alignment.iter().map(|(_, to)| &translation.text[to.clone()]).collect()
    }

    #[test]
    fn the_alignment_follows_every_edit() {
        let mut translation = TranslatedText {
            text: " o \"status\" aberto.".to_owned(),
            alignment: vec![(0..3, 1..2), (4..10, 4..10), (0..1, 18..19)],
            ..TranslatedText::default()
        };
        assert_eq!(words(&translation), ["o", "status", "."]);
        translation.rewrite(|_, letter, written| match letter {
            '"' => written.push('”'),
            letter => written.extend(letter.to_uppercase()),
        });
        assert_eq!((translation.text.as_str(), words(&translation)), (" O ”STATUS” ABERTO.", vec!["O", "STATUS", "."]));
        translation.keep(&(1..translation.text.len() - 1));
        assert_eq!((translation.text.as_str(), words(&translation)), ("O ”STATUS” ABERTO", vec!["O", "STATUS"]));
        let mut whole = TranslatedText::from("É ".to_owned());
        whole.append(translation);
        assert_eq!(words(&whole), ["O", "STATUS"]);
    }
}
