//! Run i (R1): `kill -9` at named points inside the program: a process and the n-th time that one of its threads makes
//! a system call, which then is not made. That falls before, inside and after commits, between a commit and the answer,
//! and on both sides of the engine's call. The program itself knows nothing of it: `strace` does it from outside.

use std::collections::BTreeMap;
use std::fmt;
use std::os::unix::process::ExitStatusExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::RngExt;
use rand::rngs::StdRng;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::backend::{Backend, has_tool};
use crate::client::Publication;
use crate::deployment::Deployment;
use crate::engine::Engine;
use crate::supervisor::{chance, seed};

const PATIENCE: Duration = Duration::from_mins(1);
/// How long a process may take to come to its point; one that does not is counted as such.
const REACHED: Duration = Duration::from_secs(15);
const PUBLISHERS: usize = 2;
/// That a worker has under way: rows, by default, and texts of each.
const UNDER_WAY: usize = 4 * 3;
/// Of the points of a store, in each round.
const KILLED_AT_LEAST: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Server,
    Worker,
}

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Anything,
    /// The SQLite file with this at the end of its name: nothing, `-wal` for the write-ahead log, `-shm` for its index,
    /// where the locks are.
    File(&'static str),
}

const DATABASE: About = About::File("");
const LOG: About = About::File("-wal");
const LOCKS: About = About::File("-shm");

/// Calls and their numbers in a thread.
type Calls = &'static [(&'static str, About, &'static [usize])];

/// `fsync` of the log makes a commit durable, `pwrite64` writes its parts, and what follows `fsync` and lets go of the
/// locks is durable and told to nobody yet. The database itself is written in checkpoints.
const SQLITE_SERVER: Calls = &[
    ("fsync", LOG, &[1, 2, 3, 5, 8, 13]),
    ("pwrite64", LOG, &[1, 2, 9, 17, 18, 40, 95, 170]),
    ("fcntl", LOCKS, &[58, 59, 60, 61, 62, 63, 64]),
    ("pwrite64", DATABASE, &[2, 11]),
    ("fsync", DATABASE, &[1]),
    // The answer to a publisher.
    ("writev", About::Anything, &[1, 3, 7, 12]),
];
const SQLITE_WORKER: Calls = &[
    ("fsync", LOG, &[1, 2, 3, 4, 5, 8, 21]),
    ("pwrite64", LOG, &[1, 2, 9, 17, 18, 40, 95, 170]),
    ("fcntl", LOCKS, &[58, 59, 60, 61, 62, 63, 64]),
    ("pwrite64", DATABASE, &[2, 11]),
    ("fsync", DATABASE, &[1]),
    // What an engine is asked, and its answer.
    ("writev", About::Anything, &[1, 2, 5]),
    ("recvfrom", About::Anything, &[2, 5]),
];
/// `sendto` sends a statement or the end of a transaction, `recvfrom` reads what became of it. The first twenty and
/// forty are those of the start.
const POSTGRES_SERVER: Calls = &[
    ("sendto", About::Anything, &[10, 24, 27, 31, 36, 42, 49, 57, 66, 76, 88]),
    ("recvfrom", About::Anything, &[20, 40, 45, 51, 58, 66, 75, 85, 96, 108, 121]),
    ("writev", About::Anything, &[1, 3, 7, 12]),
];
const POSTGRES_WORKER: Calls = &[
    ("sendto", About::Anything, &[10, 24, 27, 31, 36, 42, 49, 57, 66, 76, 88]),
    ("recvfrom", About::Anything, &[20, 40, 45, 51, 58, 66, 75, 85, 96, 108, 121]),
    ("writev", About::Anything, &[1, 2, 5]),
];
/// Where a server makes the schema.
const SQLITE_BEGINNING: Calls =
    &[("fsync", About::Anything, &[1, 2, 4, 5, 7]), ("pwrite64", About::Anything, &[1, 10, 19, 30, 50])];
const POSTGRES_BEGINNING: Calls = &[("sendto", About::Anything, &[2, 5, 9, 14, 20, 27])];

const KILL: (&str, i32) = ("KILL", 9);
/// A process that is asked to stop before it has begun to work has nothing to finish.
const TERMINATE: (&str, i32) = ("TERM", 15);

#[derive(Clone, Copy, Debug)]
struct Point {
    who: Who,
    call: &'static str,
    about: About,
    number: usize,
}

impl Point {
    fn name(self) -> String {
        let about = match self.about {
            About::Anything => "",
            DATABASE => " database",
            LOG => " log",
            About::File(_) => " locks",
        };
        format!("{:?} {}{about}", self.who, self.call)
    }

    /// The same some calls later.
    fn moved(self, chance: &mut StdRng) -> Self {
        Self { number: self.number + chance.random_range(0..=self.number.max(4) / 2), ..self }
    }
}

fn points(who: Who, calls: Calls) -> Vec<Point> {
    let mut all = Vec::new();
    for &(call, about, numbers) in calls {
        all.extend(numbers.iter().map(|&number| Point { who, call, about, number }));
    }
    all
}

/// What became of the processes that were to die.
#[derive(Debug, Default)]
struct Tally {
    killed: BTreeMap<String, usize>,
    killed_workers: usize,
    unreached: Vec<String>,
}

impl Tally {
    fn killed(&self) -> usize {
        self.killed.values().sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (killed, unreached) = (self.killed(), &self.unreached);
        write!(formatter, "killed at {killed} of {} points", killed + unreached.len())?;
        let each: Vec<String> = self.killed.iter().map(|(name, times)| format!("{name} {times}")).collect();
        write!(formatter, " ({}), not reached {unreached:?}", each.join(", "))
    }
}

/// Runs a process up to its point, where it gets the signal.
async fn run_to(deployment: &Deployment, point: Point, (signal, number): (&str, i32), tally: &mut Tally) {
    let traced = format!("--trace={}", point.call);
    let injected = format!("--inject={}:signal={signal}:when={}", point.call, point.number);
    let mut strace = vec!["strace", "-f", "-qq", "-o", "/dev/null", &traced, &injected];
    let path = match point.about {
        About::Anything => String::new(),
        About::File(end) => format!("{}{end}", deployment.backend.url().trim_start_matches("sqlite://")),
    };
    if !path.is_empty() {
        strace.extend(["-P", &path]);
    }
    let mut process = match point.who {
        Who::Server => deployment.server_by(&strace, 0),
        Who::Worker => deployment.worker_by(&strace, "0"),
    };
    match process.ended(REACHED).await {
        // `strace` ends as what it traced did.
        Some(status) if status.signal() == Some(number) => {
            *tally.killed.entry(point.name()).or_default() += 1;
            tally.killed_workers += usize::from(point.who == Who::Worker);
        }
        Some(status) => panic!("{point:?}: it ended by itself, {status}: {:?}", deployment.logs()),
        None => {
            tally.unreached.push(format!("{} {}", point.name(), point.number));
            process.kill().await;
        }
    }
}

/// How many rounds over all points; each but the first moves them.
fn rounds() -> usize {
    std::env::var("POLYPOST_FAULTS_POINTS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

/// One round: the server dies again and again beside a worker, then the worker beside a server.
async fn round(deployment: &Deployment, of_server: &[Point], of_worker: &[Point], tally: &mut Tally) {
    let before = tally.killed();
    let worker = deployment.worker("beside");
    for &point in of_server {
        run_to(deployment, point, KILL, tally).await;
    }
    worker.kill().await;
    let server = deployment.server(0);
    for &point in of_worker {
        run_to(deployment, point, KILL, tally).await;
    }
    server.kill().await;
    let killed = tally.killed() - before;
    assert!(killed >= KILLED_AT_LEAST, "{killed} were killed, not at {:?}", tally.unreached);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute: `make faults`"]
async fn kills_at_named_points_lose_and_double_nothing() {
    if !has_tool("strace") {
        return;
    }
    for backend in Backend::each() {
        let seed = seed();
        println!("points: {} with seed {seed}", backend.name());
        let (of_server, of_worker) = match backend {
            Backend::Sqlite(_) => (points(Who::Server, SQLITE_SERVER), points(Who::Worker, SQLITE_WORKER)),
            Backend::Postgres { .. } => (points(Who::Server, POSTGRES_SERVER), points(Who::Worker, POSTGRES_WORKER)),
        };
        let mut deployment = Deployment::new(backend, 1);
        let engine = Engine::start(&mut deployment, Duration::ZERO).await;
        deployment.backend.open().await.close().await;
        let deployment = Arc::new(deployment);
        let (stop, published) = (CancellationToken::new(), Arc::new(AtomicUsize::new(0)));
        let mut publishers = JoinSet::new();
        for number in 0..PUBLISHERS {
            publishers.spawn(publish(Arc::clone(&deployment), number, Arc::clone(&published), stop.clone()));
        }
        let (began, mut tally, mut chance) = (Instant::now(), Tally::default(), chance(seed, 0));
        round(&deployment, &of_server, &of_worker, &mut tally).await;
        for _ in 1..rounds() {
            let mut moved = |point: &Point| point.moved(&mut chance);
            let of_server: Vec<Point> = of_server.iter().map(&mut moved).collect();
            let of_worker: Vec<Point> = of_worker.iter().map(&mut moved).collect();
            round(&deployment, &of_server, &of_worker, &mut tally).await;
        }
        let storm = began.elapsed();
        let _last = [deployment.server(0), deployment.worker("0")];
        stop.cancel();
        publishers.join_all().await;
        let settled = deployment.settled(PATIENCE).await;
        let history = deployment.verify().await;
        let calls = engine.calls();
        let again: u32 = calls.values().map(|times| times - 1).sum();
        println!(
            "points: {:8} {tally} in {storm:.1?} | {} acknowledged, {} incidents in 2 locales, {again} of {} texts sent \
             again, {} stale writes refused; all current {settled:.1?} later, 0 violations",
            deployment.backend.name(),
            history.acknowledged(),
            published.load(Ordering::SeqCst),
            calls.len(),
            history.fenced(),
        );
        assert!(again as usize <= UNDER_WAY * (tally.killed_workers + 2 * rounds()), "I9: {again} texts sent again");
    }
}

/// Publishes and reads one incident after another, every fourth with a second text, whatever becomes of the server.
async fn publish(deployment: Arc<Deployment>, number: usize, published: Arc<AtomicUsize>, stop: CancellationToken) {
    let client = deployment.client(number, 0);
    while !stop.is_cancelled() {
        let incident = published.fetch_add(1, Ordering::SeqCst);
        for text in 0..=usize::from(incident.is_multiple_of(4)) {
            let publication = Publication::new(incident, text);
            client.publish_until_told(&publication, PATIENCE).await;
            client.read(&publication.id(), "en").await;
            client.read(&publication.id(), "es").await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A new store for each point, in the middle of whose making the server is killed or asked to stop (R11).
#[tokio::test(flavor = "multi_thread")]
#[ignore = "half a minute: `make faults`"]
async fn a_store_whose_maker_was_stopped_is_made_by_the_next() {
    if !has_tool("strace") {
        return;
    }
    let stores = [(Backend::SQLITE, SQLITE_BEGINNING), (Backend::POSTGRES, POSTGRES_BEGINNING)];
    for ((store, calls), signal) in stores.into_iter().flat_map(|store| [(store, KILL), (store, TERMINATE)]) {
        let mut tally = Tally::default();
        for point in points(Who::Server, calls) {
            let Some(backend) = Backend::named(store) else { break };
            let deployment = Deployment::new(backend, 1);
            run_to(&deployment, point, signal, &mut tally).await;
            let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
            deployment.ready(0).await;
            deployment.client(1, 0).publish_until_told(&Publication::new(0, 0), PATIENCE).await;
            deployment.settled(PATIENCE).await;
            deployment.verify().await;
        }
        let name = signal.0;
        println!("points: {store:8} SIG{name} while the schema is made, {tally} | made by the next, 0 violations");
        assert_eq!(tally.unreached, [""; 0], "a schema is made in the same steps each time");
    }
}
