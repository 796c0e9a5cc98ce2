//! A deployment of real processes on one store: servers, workers, clients over HTTP, and in the end the checker.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use polypost_store::{Backlog, RetranslateFilter, Store, token_hash};
use tempfile::TempDir;
use tokio::process::Command;

use crate::backend::{self, Backend};
use crate::check;
use crate::client::{Client, Publication, TOKEN};
use crate::history::{History, Recorder};
use crate::process::Process;
use crate::snapshot;
use polypost_test_support::postgres::free_port;

pub(crate) struct Deployment {
    pub(crate) backend: Backend,
    pub(crate) recorder: Arc<Recorder>,
    /// Environment of every process.
    pub(crate) settings: BTreeMap<String, String>,
    directory: TempDir,
    ports: Vec<u16>,
}

/// Seconds of a lease here: short, so that runs are.
pub(crate) const LEASE: Duration = Duration::from_secs(2);

impl Deployment {
    /// Nothing runs yet. The engine is `pseudo`, the targets `es` and `it`.
    pub(crate) fn new(backend: Backend, servers: usize) -> Self {
        let settings = [
            ("POLYPOST_STORE__URL", backend.url()),
            ("POLYPOST_PUBLISH__TOKEN_HASHES", token_hash(TOKEN)),
            ("POLYPOST_ENGINES__ROUTE", "pseudo".to_owned()),
            ("POLYPOST_WORKER__LEASE_SECONDS", LEASE.as_secs().to_string()),
            ("POLYPOST_WORKER__HEARTBEAT_SECONDS", "1".to_owned()),
            ("POLYPOST_WORKER__POLL_SECONDS", "1".to_owned()),
            ("POLYPOST_WORKER__RETRY_FIRST_SECONDS", "1".to_owned()),
            ("POLYPOST_WORKER__RETRY_LONGEST_SECONDS", "2".to_owned()),
            ("POLYPOST_LOG__FILTER", "polypost=info".to_owned()),
            ("POLYPOST_LOG__FORMAT", "json".to_owned()),
        ];
        Self {
            settings: settings.map(|(name, value)| (name.to_owned(), value)).into(),
            backend,
            recorder: Arc::new(Recorder::new()),
            directory: tempfile::tempdir().expect("a temporary directory"),
            ports: (0..servers).map(|_| free_port()).collect(),
        }
    }

    pub(crate) fn set(&mut self, name: &str, value: impl std::fmt::Display) {
        self.settings.insert(format!("POLYPOST_{name}"), value.to_string());
    }

    /// The program with its arguments, run by way of `wrapper` (`strace …`) where there is one.
    pub(crate) fn command(&self, wrapper: &[&str], arguments: &[&str]) -> Command {
        let words = [wrapper, &[backend::program()], arguments].concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(self.directory.path());
        // The program refuses what is for the suite.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("POLYPOST_FAULTS_"))
        {
            command.env_remove(name);
        }
        command.envs(&self.settings);
        command
    }

    pub(crate) fn server(&self, index: usize) -> Process {
        self.server_by(&[], index)
    }

    pub(crate) fn server_by(&self, wrapper: &[&str], index: usize) -> Process {
        let address = format!("127.0.0.1:{}", self.ports[index]);
        let command = self.command(wrapper, &["serve", "--no-worker", "--listen", &address]);
        Process::start(command, &self.log(&format!("server-{index}")))
    }

    /// A worker; processes that follow each other under one name share a log.
    pub(crate) fn worker(&self, name: &str) -> Process {
        self.worker_by(&[], name)
    }

    pub(crate) fn worker_by(&self, wrapper: &[&str], name: &str) -> Process {
        Process::start(self.command(wrapper, &["worker"]), &self.log(&format!("worker-{name}")))
    }

    pub(crate) fn servers(&self) -> usize {
        self.ports.len()
    }

    fn log(&self, name: &str) -> PathBuf {
        self.directory.path().join(format!("{name}.log"))
    }

    pub(crate) fn logs(&self) -> Vec<(String, String)> {
        let files = std::fs::read_dir(self.directory.path()).expect("the directory").filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.strip_suffix(".log")?.to_owned();
            Some((name, String::from_utf8_lossy(&std::fs::read(&path).ok()?).into_owned()))
        });
        files.collect()
    }

    /// A client of one server; its number tells it from others in the history.
    pub(crate) fn client(&self, number: usize, server: usize) -> Client {
        let base = format!("http://127.0.0.1:{}", self.ports[server]);
        Client::new((number, server), base, Arc::clone(&self.recorder))
    }

    /// So many incidents that are published, translated and kept by the client's server.
    pub(crate) async fn makes_known(&self, client: &Client, incidents: usize, patience: Duration) {
        for incident in 0..incidents {
            client.publish_until_told(&Publication::new(incident, 0), patience).await;
        }
        self.settled(patience).await;
        for incident in 0..incidents {
            client.read(&Publication::new(incident, 0).id(), "es").await;
        }
    }

    /// Waits until a server answers.
    pub(crate) async fn ready(&self, server: usize) {
        let client = self.client(0, server);
        let deadline = Instant::now() + Duration::from_secs(30);
        while client.status("/health/ready").await != Some(200) {
            assert!(Instant::now() < deadline, "the server does not start: {:?}", self.logs());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until everything is translated: nothing waits, runs or has failed. How long that took.
    pub(crate) async fn settled(&self, at_most: Duration) -> Duration {
        let store = self.backend.open().await;
        let began = Instant::now();
        loop {
            // Rows that have failed are tried again in a moment.
            if let Ok(backlog) = store.backlog(snapshot::now()).await {
                if backlog.waiting + backlog.running + backlog.failed == 0 {
                    store.close().await;
                    return began.elapsed();
                }
                if began.elapsed() > at_most {
                    let what = self.unfinished(&*store).await;
                    panic!("I6: after {at_most:?} there still is {backlog:?}\n{what}");
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Some of the rows that have something to do, and what each process said last.
    async fn unfinished(&self, store: &dyn Store) -> String {
        let rows = store.matching(&RetranslateFilter::default(), snapshot::now()).await.unwrap_or_default();
        let open = rows.iter().filter(|row| row.next_attempt_at.is_some()).take(5);
        let mut told: Vec<String> = open.map(|row| format!("{row:?}")).collect();
        for (name, log) in self.logs() {
            let last: Vec<&str> = log.lines().rev().take(3).collect();
            told.push(format!("{name}, latest first: {last:#?}"));
        }
        told.join("\n")
    }

    /// Waits until so many rows are under a lease.
    pub(crate) async fn holding(&self, rows: u64) {
        let deadline = Instant::now() + Duration::from_secs(30);
        let store = self.backend.open().await;
        loop {
            let backlog = store.backlog(snapshot::now()).await.expect("the store answers");
            if backlog.running >= rows {
                store.close().await;
                return;
            }
            assert!(Instant::now() < deadline, "nobody takes {rows} rows: {backlog:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) async fn backlog(&self) -> Backlog {
        let store = self.backend.open().await;
        let backlog = store.backlog(snapshot::now()).await.expect("the store answers");
        store.close().await;
        backlog
    }

    /// Everything that was seen, logged and stored obeys the rules; the store itself says that it is in order.
    pub(crate) async fn verify(&self) -> History {
        for (name, log) in self.logs() {
            let told = ["cannot use", "We repaired"].into_iter().find(|text| log.contains(text));
            assert_eq!(told, None, "{name} has logged a report's text");
        }
        let history = History { events: self.recorder.events(), logged: snapshot::logged(&self.logs()) };
        let store = self.backend.open().await;
        store.check().await.expect("the store is in order");
        let kept = snapshot::take(&*store).await;
        store.close().await;
        let violations = check::violations(&history, &kept);
        let shown: Vec<String> = violations.iter().take(20).map(ToString::to_string).collect();
        assert!(violations.is_empty(), "{} violations, the first:\n{}", violations.len(), shown.join("\n"));
        history
    }

    pub(crate) async fn snapshot(&self) -> crate::history::Snapshot {
        let store = self.backend.open().await;
        let kept = snapshot::take(&*store).await;
        store.close().await;
        kept
    }
}
