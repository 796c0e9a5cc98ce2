//! Where the deployment keeps its data in a run: an SQLite file in a temporary directory, or a PostgreSQL cluster.
//! Every run that makes sense on both is written once.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use polypost_store::{Migrations, Store};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use polypost_test_support::missing;
use polypost_test_support::postgres::{Cluster, Settings};

const DATABASE: &str = "polypost";

pub(crate) enum Backend {
    Sqlite(TempDir),
    Postgres { url: String, cluster: Box<Mutex<Cluster>> },
}

impl Backend {
    pub(crate) const SQLITE: &str = "sqlite";
    pub(crate) const POSTGRES: &str = "postgres";

    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().expect("a temporary directory"))
    }

    /// A cluster that waits for the disk; `None` where there is none to be had, which has been said then.
    pub(crate) fn postgres() -> Option<Self> {
        Self::postgres_with(Settings { durable: true, ..Settings::default() })
    }

    pub(crate) fn postgres_with(settings: Settings) -> Option<Self> {
        Cluster::start(settings).map(Self::of)
    }

    /// A database of our own in a cluster.
    pub(crate) fn of(cluster: Cluster) -> Self {
        cluster.create_database(DATABASE, None);
        Self::Postgres { url: cluster.url(DATABASE), cluster: Box::new(Mutex::new(cluster)) }
    }

    /// One of each kind, or of the kind that is asked for (`POLYPOST_FAULTS_STORE`).
    pub(crate) fn each() -> Vec<Self> {
        [Self::SQLITE, Self::POSTGRES].into_iter().filter_map(Self::named).collect()
    }

    /// One of the kind that [`Backend::name`] says; `None` where it is not to be had or another is asked for.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let wanted = std::env::var("POLYPOST_FAULTS_STORE").unwrap_or_else(|_| name.to_owned());
        match wanted.as_str() {
            Self::SQLITE | Self::POSTGRES if wanted != name => None,
            Self::SQLITE => Some(Self::sqlite()),
            Self::POSTGRES => Self::postgres(),
            other => panic!("POLYPOST_FAULTS_STORE is `{other}`: `sqlite` or `postgres` is wanted"),
        }
    }

    /// A new one of each kind for each of these.
    pub(crate) fn each_with<T: Copy>(variants: &[T]) -> impl Iterator<Item = (Self, T)> {
        variants.iter().flat_map(|variant| Self::each().into_iter().map(|backend| (backend, *variant)))
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => Self::SQLITE,
            Self::Postgres { .. } => Self::POSTGRES,
        }
    }

    /// The value of `store.url`.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(directory) => format!("sqlite://{}", file(directory).display()),
            Self::Postgres { url, .. } => url.clone(),
        }
    }

    /// The database's processes, where it has any.
    pub(crate) fn cluster(&self) -> Option<&Mutex<Cluster>> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres { cluster, .. } => Some(cluster),
        }
    }

    /// Keeps everybody from writing for a while, as a long transaction does; it has begun when this returns.
    pub(crate) async fn hold_writers(&self, time: Duration) -> JoinHandle<()> {
        match self {
            Self::Sqlite(directory) => {
                let options = SqliteConnectOptions::new().filename(file(directory));
                let mut connection = options.connect().await.expect("the file opens");
                sqlx::query("begin immediate").execute(&mut connection).await.expect("the lock");
                tokio::spawn(async move {
                    tokio::time::sleep(time).await;
                    connection.close().await.expect("the end");
                })
            }
            Self::Postgres { cluster, .. } => {
                let seconds = time.as_secs_f64();
                let held =
                    format!("begin; lock table incidents in exclusive mode; select pg_sleep({seconds}); rollback");
                let asking = cluster.lock().expect("no panic").asking(DATABASE, &held);
                let waiting = "select count(*) from pg_locks where mode = 'ExclusiveLock' and granted and relation = \
                               'incidents'::regclass";
                while self.ask(waiting).as_deref() != Ok("1") {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                tokio::task::spawn_blocking(move || {
                    asking.wait_with_output().expect("psql ends");
                })
            }
        }
    }

    /// A statement for PostgreSQL.
    pub(crate) fn ask(&self, statement: &str) -> Result<String, String> {
        match self.cluster() {
            None => Err("this is SQLite".to_owned()),
            Some(cluster) => cluster.lock().expect("no panic").ask(DATABASE, statement),
        }
    }

    /// The store, from within the test.
    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        polypost_store::open(&self.url(), Migrations::Apply).await.expect("the store opens")
    }
}

pub(crate) fn file(directory: &TempDir) -> PathBuf {
    directory.path().join("polypost.db")
}

/// The program: this build's, or another that is to stand the same (`POLYPOST_FAULTS_PROGRAM`, such as the release
/// before).
pub(crate) fn program() -> &'static str {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| {
        std::env::var("POLYPOST_FAULTS_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_polypost").to_owned())
    });
    &PROGRAM
}

/// A tool that a run needs; `false` where it is not installed, which has been said then.
pub(crate) fn has_tool(name: &str) -> bool {
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .any(|directory| directory.join(name).is_file());
    if !found {
        missing(&format!("`{name}` is not there (apt-get install {name})"));
    }
    found
}
