//! PostgreSQL for tests: one cluster that those share which run at the same time, a database for each; and the choice
//! between it and a file for tests that are to hold on both (`POLYPOST_TEST_STORE=postgres`).

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::postgres::{Cluster, Settings};

/// The one that runs, as long as somebody holds it: a cluster in a static would outlive the tests.
static RUNNING: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// An empty database and the cluster that it is in, which ends with the last of them.
#[derive(Debug)]
pub struct Server {
    pub url: String,
    _cluster: Arc<Cluster>,
}

impl Server {
    /// `None` where PostgreSQL is missing, which has been said then.
    pub fn new() -> Option<Self> {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let cluster = match running.upgrade() {
            Some(cluster) => cluster,
            None => Arc::new(Cluster::start(Settings::default())?),
        };
        *running = Arc::downgrade(&cluster);
        drop(running);
        let name = format!("store{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        cluster.create_database(&name, None);
        Some(Self { url: cluster.url(&name), _cluster: cluster })
    }
}

/// Where a test's store is.
#[derive(Debug)]
pub struct StoreLocation {
    pub url: String,
    server: Option<Server>,
}

impl StoreLocation {
    /// An empty database where that is asked for and PostgreSQL is there; else a file in the directory, to be made.
    pub fn new(directory: &Path) -> Self {
        let asked_for = std::env::var("POLYPOST_TEST_STORE").as_deref() == Ok("postgres");
        match asked_for.then(Server::new).flatten() {
            Some(server) => Self { url: server.url.clone(), server: Some(server) },
            None => Self { url: format!("sqlite://{}", directory.join("polypost.db").display()), server: None },
        }
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        self.server.is_none()
    }
}
