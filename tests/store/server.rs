//! PostgreSQL for the stores' tests: one cluster that those share which run at the same time, a database for each.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use polypost::store::{self, Migrations, Store};

use crate::postgres::{Cluster, Settings};

/// The one that runs, as long as somebody holds it: a cluster in a static would outlive the tests.
static RUNNING: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// An empty database and the cluster that it is in, which ends with the last of them.
pub(crate) struct Server {
    pub(crate) url: String,
    _cluster: Arc<Cluster>,
}

impl Server {
    /// `None` where PostgreSQL is missing, which has been said then.
    pub(crate) fn new() -> Option<Self> {
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

    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        store::open(&self.url, Migrations::Apply).await.expect("opens")
    }
}
