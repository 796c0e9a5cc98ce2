//! Keeps the first leg's translations where the second leg failed, so that they are not paid for again when the same is
//! asked for; each is used once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::{Candidate, EngineRequest};
use polypost_core::locale::Locale;

/// For how long they are kept: the longest pause before another try by default, and some.
const LIFE: Duration = Duration::from_mins(20);

/// How many are kept; with more, second legs have failed for so long that most of these are too old.
const MOST: usize = 2000;

/// What the first leg made of a text.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) candidate: Candidate,
    pub(super) model: Option<String>,
}

/// All that decides what a first leg answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    source: Locale,
    text: String,
    spans: Vec<Range<usize>>,
    context: Option<String>,
}

#[derive(Default)]
pub(super) struct Drafts(Mutex<HashMap<Key, (Instant, Draft)>>);

impl Drafts {
    /// What is there of the request's texts, by position; it is not there any more then.
    pub(super) fn take(&self, request: &EngineRequest<'_>) -> Vec<Option<Draft>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (since, _)| since.elapsed() < LIFE);
        if kept.is_empty() {
            return request.texts.iter().map(|_| None).collect();
        }
        (0..request.texts.len()).map(|index| kept.remove(&key(request, index)).map(|(_, draft)| draft)).collect()
    }

    /// Keeps those that are translations: what was declined may be asked for again.
    pub(super) fn keep(&self, request: &EngineRequest<'_>, drafts: Vec<Option<Draft>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, draft) in drafts.into_iter().enumerate() {
            if let Some(draft) = draft.filter(|draft| draft.candidate.is_ok())
                && kept.len() < MOST
            {
                kept.insert(key(request, index), (Instant::now(), draft));
            }
        }
    }
}

fn key(request: &EngineRequest<'_>, index: usize) -> Key {
    Key {
        source: request.source.clone(),
        text: request.texts.get(index).cloned().unwrap_or_default(),
        spans: request.spans_of(index).to_vec(),
        context: request.context.map(str::to_owned),
    }
}
