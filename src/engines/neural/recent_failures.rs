//! Remembers a failed fetch for a while, in this process and, by a small file beside the models, in the next, so that a
//! publisher that cannot be reached is not asked again and again. Nothing is fetched here.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::ErrorKind;

/// A failure and for how long it still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub kind: ErrorKind,
    pub message: String,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    kind: StoredKind,
    message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StoredKind {
    Transient,
    Rejected,
    Broken,
}

/// The failures of one directory of models.
pub(super) struct RecentFailures {
    directory: PathBuf,
    life: Duration,
    failures: Mutex<HashMap<String, (Instant, Failure)>>,
}

impl RecentFailures {
    pub(super) fn new(directory: &Path, life: Duration) -> Self {
        Self { directory: directory.to_owned(), life, failures: Mutex::default() }
    }

    /// How long a failure stands.
    pub(super) fn life(&self) -> Duration {
        self.life
    }

    /// The failure that still stands for `key` and how long it does. It asks for no wait: asking again costs nothing,
    /// and whoever waited for this engine would keep the next one of the route waiting too.
    pub(super) fn recall(&self, key: &str) -> Option<(Failure, Duration)> {
        let known = self.failures.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        let (age, failure) = match known {
            Some((since, failure)) => (since.elapsed(), failure),
            None => self.read(key)?,
        };
        let left = self.life.checked_sub(age).filter(|left| !left.is_zero())?;
        let kind = match failure.kind {
            ErrorKind::Transient { .. } => ErrorKind::Transient { after: None },
            other => other,
        };
        Some((Failure { kind, ..failure }, left))
    }

    pub(super) fn note(&self, key: &str, failure: Failure) {
        let kind = match failure.kind {
            ErrorKind::Transient { .. } | ErrorKind::Quota => StoredKind::Transient,
            ErrorKind::Rejected | ErrorKind::TextsRejected => StoredKind::Rejected,
            ErrorKind::Broken => StoredKind::Broken,
        };
        let stored = Stored { kind, message: failure.message.clone() };
        // Where the directory cannot be written this process alone remembers.
        if let Ok(json) = serde_json::to_vec(&stored)
            && fs::create_dir_all(&self.directory).is_ok()
        {
            let _ = fs::write(self.file(key), json);
        }
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.insert(key.to_owned(), (Instant::now(), failure));
    }

    pub(super) fn forget(&self, key: &str) {
        let _ = fs::remove_file(self.file(key));
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn read(&self, key: &str) -> Option<(Duration, Failure)> {
        let path = self.file(key);
        // A file from the future says nothing about its age, and counts for nothing.
        let age = fs::metadata(&path).ok()?.modified().ok()?.elapsed().ok()?;
        let stored: Stored = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        let kind = match stored.kind {
            StoredKind::Transient => ErrorKind::Transient { after: None },
            StoredKind::Rejected => ErrorKind::Rejected,
            StoredKind::Broken => ErrorKind::Broken,
        };
        Some((age, Failure { kind, message: stored.message }))
    }

    fn file(&self, key: &str) -> PathBuf {
        self.directory.join(format!(".{key}.failure.json"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    const LIFE: Duration = Duration::from_mins(10);

    fn failure() -> Failure {
        Failure { kind: ErrorKind::Transient { after: None }, message: "nothing answers".into() }
    }

    #[test]
    fn the_next_process_remembers_too_until_the_time_is_over() {
        let directory = tempfile::tempdir().unwrap();
        RecentFailures::new(directory.path(), LIFE).note("en-es", failure());
        let next = RecentFailures::new(directory.path(), LIFE);
        let (recalled, left) = next.recall("en-es").unwrap();
        assert_eq!(recalled, failure());
        assert!(left <= LIFE && left > LIFE / 2);
        assert_eq!(next.recall("en-it"), None);

        let file = fs::File::options().write(true).open(next.file("en-es")).unwrap();
        file.set_modified(SystemTime::now() - LIFE).unwrap();
        assert_eq!(next.recall("en-es"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn this_process_remembers_until_the_time_is_over() {
        let directory = tempfile::tempdir().unwrap();
        let memory = RecentFailures::new(directory.path(), LIFE);
        memory.note("en-es", failure());
        fs::remove_file(memory.file("en-es")).unwrap();
        tokio::time::advance(LIFE / 2).await;
        let (recalled, left) = memory.recall("en-es").unwrap();
        assert_eq!((recalled, left), (failure(), LIFE / 2));
        tokio::time::advance(LIFE / 2).await;
        assert_eq!(memory.recall("en-es"), None);
    }

    #[test]
    fn what_is_forgotten_is_gone_everywhere() {
        let directory = tempfile::tempdir().unwrap();
        let memory = RecentFailures::new(directory.path(), LIFE);
        memory.note("en-es", failure());
        memory.forget("en-es");
        assert_eq!(memory.recall("en-es"), None);
        assert_eq!(RecentFailures::new(directory.path(), LIFE).recall("en-es"), None);
    }
}
