//! The threads of a model, which take sentences from a queue. No translation runs on an asynchronous thread, and none
//! is begun that nobody waits for any more.
//!
//! `fxtranslate`'s engine may be shared between threads but not sent to one, so the thread that loads it keeps it and
//! lends it to the others.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use fxtranslate::engine::{Aligned, Engine};
use fxtranslate::shortlist::Shortlist;
use tokio::sync::oneshot;

use super::models::Files;

/// How many batches are translated at the same time, over all models.
pub(super) struct Permits {
    free: Mutex<usize>,
    freed: Condvar,
    count: usize,
}

impl Permits {
    /// `count` 0: as many as there are processors.
    pub(super) fn new(count: usize) -> Self {
        let count = if count == 0 { thread::available_parallelism().map_or(1, NonZero::get) } else { count };
        Self { free: Mutex::new(count), freed: Condvar::new(), count }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    fn hold<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut free = locked(&self.free);
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        drop(free);
        let result = work();
        *locked(&self.free) += 1;
        self.freed.notify_one();
        result
    }
}

/// The threads of one loaded model; they end when this is dropped.
pub(super) struct Workers {
    queue: Arc<Queue>,
    permits: Arc<Permits>,
    batch: usize,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    closed: bool,
}

struct Job {
    texts: Vec<String>,
    is_aligned: bool,
    is_urgent: bool,
    reply: oneshot::Sender<Vec<Output>>,
}

/// A sentence to translate, in the model's characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    pub text: String,
    /// Whether it is wanted where its words went. Such sentences are translated one by one, which is slower.
    pub is_aligned: bool,
}

/// What became of a sentence.
pub(super) enum Output {
    Plain(String),
    Aligned(Aligned),
    /// The model failed on it, or on another of its batch.
    Failed,
}

impl Workers {
    /// Loads the model on a thread of its own and starts as many more as there are permits.
    ///
    /// # Errors
    /// Why the files are no model, or why there are no threads.
    pub(super) async fn start(files: &Files, permits: Arc<Permits>, batch: usize) -> Result<Self, String> {
        let queue = Arc::new(Queue::default());
        let (ready, loaded) = oneshot::channel();
        let (files, shared, lent) = (files.clone(), Arc::clone(&queue), Arc::clone(&permits));
        let name = format!("neural {}", files.pair);
        let owner = move || match catch_unwind(|| load(&files)).unwrap_or_else(|_| Err("the model is malformed".into()))
        {
            Ok(engine) => {
                if ready.send(Ok(())).is_ok() {
                    serve(&engine, &shared, &lent, &files.pair);
                }
            }
            Err(message) => drop(ready.send(Err(message))),
        };
        thread::Builder::new()
            .name(name)
            .spawn(owner)
            .map_err(|error| format!("no thread could be started: {error}"))?;
        let workers = Self { queue, permits, batch: batch.max(1) };
        loaded.await.unwrap_or_else(|_| Err("the thread that loads the model died".to_owned()))?;
        Ok(workers)
    }

    /// Translates sentences, those of like length together. As many as came, in their order.
    pub(super) async fn translate(&self, sentences: Vec<Sentence>, is_urgent: bool) -> Vec<Output> {
        let count = sentences.len();
        let mut order: Vec<(usize, Sentence)> = sentences.into_iter().enumerate().collect();
        // The longest first: what is left for last should be short, so that all threads end at about the same time.
        order.sort_by_key(|(index, sentence)| (sentence.is_aligned, std::cmp::Reverse(sentence.text.len()), *index));
        let first_aligned = order.partition_point(|(_, sentence)| !sentence.is_aligned);
        let aligned = order.split_off(first_aligned);
        let mut waiting = Vec::new();
        for (mut order, is_aligned) in [(order, false), (aligned, true)] {
            let batch = if is_aligned { 1 } else { self.batch_of(order.len()) };
            while !order.is_empty() {
                let rest = order.split_off(batch.min(order.len()));
                let batch = std::mem::replace(&mut order, rest);
                let (indices, texts) = batch.into_iter().map(|(index, sentence)| (index, sentence.text)).unzip();
                let (reply, answer) = oneshot::channel();
                self.queue.push(Job { texts, is_aligned, is_urgent, reply });
                waiting.push((indices, answer));
            }
        }
        let mut outputs: Vec<Output> = std::iter::repeat_with(|| Output::Failed).take(count).collect();
        for (indices, answer) in waiting {
            let indices: Vec<usize> = indices;
            for (index, output) in indices.into_iter().zip(answer.await.unwrap_or_default()) {
                if let Some(place) = outputs.get_mut(index) {
                    *place = output;
                }
            }
        }
        outputs
    }

    /// Sentences per batch: at most the configured number, and so many batches that every thread has as many.
    fn batch_of(&self, count: usize) -> usize {
        let threads = self.permits.count();
        let rounds = count.div_ceil(threads * self.batch).max(1);
        count.div_ceil(threads * rounds).max(1)
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        locked(&self.queue.state).closed = true;
        self.queue.changed.notify_all();
    }
}

impl Queue {
    fn push(&self, job: Job) {
        let mut state = locked(&self.state);
        // What is urgent goes before what is not, behind its like.
        let place = if job.is_urgent { state.jobs.partition_point(|job| job.is_urgent) } else { state.jobs.len() };
        state.jobs.insert(place, job);
        drop(state);
        self.changed.notify_one();
    }

    /// The next job that somebody waits for; `None` once the queue is closed.
    fn next(&self) -> Option<Job> {
        let mut state = locked(&self.state);
        loop {
            if state.closed {
                return None;
            }
            match state.jobs.pop_front() {
                Some(job) if job.reply.is_closed() => {}
                Some(job) => return Some(job),
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

fn load(files: &Files) -> Result<Engine, String> {
    let engine = Engine::load_mmapped(&files.model, &files.source_vocabulary, &files.target_vocabulary)?;
    let Some(shortlist) = &files.shortlist else { return Ok(engine) };
    Ok(engine
        .with_shortlist(Shortlist::load(shortlist).map_err(|error| format!("`{}`: {error}", shortlist.display()))?))
}

fn serve(engine: &Engine, queue: &Queue, permits: &Permits, pair: &str) {
    thread::scope(|scope| {
        for number in 1..permits.count() {
            let builder = thread::Builder::new().name(format!("neural {pair} {number}"));
            // With fewer threads than wished for it is only slower.
            let _ = builder.spawn_scoped(scope, || work(engine, queue, permits));
        }
        work(engine, queue, permits);
    });
}

fn work(engine: &Engine, queue: &Queue, permits: &Permits) {
    while let Some(Job { texts, is_aligned, reply, .. }) = queue.next() {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let translate = || -> Vec<Output> {
            if is_aligned {
                texts.iter().map(|text| Output::Aligned(engine.translate_aligned(text))).collect()
            } else {
                engine.translate_batch(&texts).into_iter().map(Output::Plain).collect()
            }
        };
        let translated = permits.hold(|| catch_unwind(AssertUnwindSafe(translate)));
        // Without an answer the waiting side learns that the model failed on this batch.
        if let Ok(translated) = translated {
            let _ = reply.send(translated);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
