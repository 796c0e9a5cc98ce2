//! What an engine is asked, and what it answers.

use std::ops::Range;

use tokio_util::sync::CancellationToken;

use crate::TranslatedText;
use crate::purchases::{MAX_PURCHASES, Purchases};
use polypost_core::locale::Locale;

/// A batch of texts for one target locale.
#[derive(Clone, Debug)]
pub struct EngineRequest<'run> {
    pub source: &'run Locale,
    pub target: &'run Locale,
    /// Protected texts: placeholders where facts were. Each one block; engines that want sentences split themselves.
    pub texts: &'run [String],
    /// For each text, by position, the spans (in bytes) whose place in the translation is wanted. A text that has
    /// none, or no entry, is translated without an alignment.
    pub spans: &'run [Vec<Range<usize>>],
    /// What the texts are about, for engines that read along: the report's title.
    pub context: Option<&'run str>,
    /// Whether readers wait for it now: a text of an open incident goes before all others, at every engine.
    pub is_urgent: bool,
    /// Cancelled once no further call is to be begun. What was answered by then is in the failure's
    /// [`Partial`](crate::Partial): it is paid for.
    pub cancellation: Option<&'run CancellationToken>,
    /// Where it is counted how often each text is bought, and said how often it may be; `None`: [`MAX_PURCHASES`], and
    /// nobody counts.
    pub purchases: Option<&'run Purchases>,
}

impl<'run> EngineRequest<'run> {
    /// Texts and nothing else: no spans are wanted, there is no context, nobody waits, and there is time.
    #[must_use]
    pub fn new(source: &'run Locale, target: &'run Locale, texts: &'run [String]) -> Self {
        Self { source, target, texts, spans: &[], context: None, is_urgent: false, cancellation: None, purchases: None }
    }

    /// What comes of `waiting`; `None` where no further call is to be begun before it ends.
    pub(crate) async fn until_cancelled<T>(&self, waiting: impl Future<Output = T>) -> Option<T> {
        let Some(ending) = self.cancellation else { return Some(waiting.await) };
        tokio::select! {
            biased;
            () = ending.cancelled() => None,
            done = waiting => Some(done),
        }
    }

    /// How often all of these texts may still be bought.
    pub(crate) fn purchases_left(&self, texts: Range<usize>) -> u32 {
        self.purchases.map_or(MAX_PURCHASES, |purchases| purchases.remaining(texts))
    }

    /// Says that who makes the calls counts what is bought.
    pub(crate) fn counts_purchases(&self) {
        if let Some(purchases) = self.purchases {
            purchases.are_counted();
        }
    }

    /// Counts that these texts were bought once more.
    pub(crate) fn bought(&self, texts: Range<usize>) {
        if let Some(purchases) = self.purchases {
            texts.for_each(|index| purchases.add(index, 1));
        }
    }

    /// What is wanted of the text at `index`.
    #[must_use]
    pub fn spans_of(&self, index: usize) -> &[Range<usize>] {
        self.spans.get(index).map_or(&[], Vec::as_slice)
    }
}

/// An engine's answer: as many candidates as texts, by position.
#[derive(Clone, Debug)]
pub struct EngineResponse {
    pub candidates: Vec<Candidate>,
    /// The model or version as the engine names it. Kept with the text; the translation memory's keys have the one that
    /// was asked for ([`Engine::variant`](crate::Engine::variant)), so that a vendor's silent update changes nothing
    /// that is published.
    pub model: Option<String>,
}

/// One text's outcome: the translation, or why the engine would not translate just this one.
pub type Candidate = Result<TranslatedText, String>;
