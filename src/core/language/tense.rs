//! The shape of a language's forms that say when something happens, and how they are read.

/// A language's forms of the future and the past. Read by the check `opposites`; source: the language's grammar. Only
/// forms that are one or the other beyond doubt are listed, but for [`done`](Self::done).
#[derive(Debug)]
pub struct TenseForms {
    /// Endings of the future in words of four letters and more.
    pub future: &'static [&'static str],
    /// Words that end so and are no verbs.
    pub not_future: &'static [&'static str],
    /// Verbs that with the word behind them, where there is one, say what is about to happen: `va a`.
    pub about_to: (&'static [&'static str], Option<&'static str>),
    /// Words that say that something has happened, and endings of such verbs of five letters and more.
    pub past: (&'static [&'static str], &'static [&'static str]),
    /// Words and endings that may say so.
    pub done: (&'static [&'static str], &'static [&'static str]),
}

impl TenseForms {
    /// Whether a word is a verb in the future beyond doubt.
    #[must_use]
    pub fn is_future(&self, word: &str) -> bool {
        word.chars().count() > 3 && ends(word, self.future) && !self.not_future.contains(&word)
    }

    /// `va a implementarse`, `vai perder`.
    #[must_use]
    pub fn is_about_to(&self, words: &[&str]) -> bool {
        let (verbs, next) = self.about_to;
        words.iter().enumerate().any(|(at, word)| {
            verbs.contains(word) && next.is_none_or(|next| words.get(at + 1).is_some_and(|word| *word == next))
        })
    }

    /// Whether a word says beyond doubt that something has happened.
    #[must_use]
    pub fn is_past(&self, word: &str) -> bool {
        let (words, endings) = self.past;
        words.contains(&word) || word.chars().count() > 4 && ends(word, endings)
    }

    /// Whether a word may say that something has happened.
    #[must_use]
    pub fn is_done(&self, word: &str) -> bool {
        let (words, endings) = self.done;
        words.contains(&word) || ends(word, endings)
    }
}

fn ends(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}
