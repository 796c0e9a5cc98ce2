//! A real PostgreSQL cluster of a test's own: a data directory in a temporary place, `postgres` as a child on a free
//! loopback port. It can be killed, stopped, paused and started again like one that suffers in production; dropping it
//! ends it and removes its directory. Nothing of the machine's own clusters is touched.

use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::missing;

/// `postgres` refuses to run as root; Debian's package brings this user.
const ORDINARY_USER: &str = "postgres";
const SUPERUSER: &str = "postgres";
/// How long starting, which may mean recovering, and stopping may take.
const TIMEOUT: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(20);

/// What a cluster is to be like.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether commits wait for the disk. Tests about data that survives want that, others are quicker without.
    pub durable: bool,
    /// Where the directory is made; `None`: among the system's temporary files.
    pub place: Option<PathBuf>,
    /// Further settings: name and value.
    pub parameters: Vec<(&'static str, String)>,
}

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    binaries: PathBuf,
    directory: TempDir,
    port: u16,
    settings: Settings,
    owner: Option<Owner>,
    postmaster: Option<Child>,
}

/// Whom the cluster's processes and files belong to where the test itself runs as root.
#[derive(Clone, Copy, Debug)]
struct Owner {
    user: u32,
    group: u32,
}

impl Cluster {
    /// A new cluster, ready for connections; `None` where PostgreSQL is not installed, which has been said then.
    pub fn start(settings: Settings) -> Option<Self> {
        let Some(binaries) = newest_binaries(Path::new("/usr/lib/postgresql")) else {
            missing("PostgreSQL is not there (apt-get install postgresql)");
            return None;
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix("polypost-postgres-");
        let directory = match &settings.place {
            Some(place) => builder.tempdir_in(place),
            None => builder.tempdir(),
        };
        let directory = directory.expect("a temporary directory");
        let owner = owner();
        if let Some(owner) = owner {
            chown(directory.path(), Some(owner.user), Some(owner.group)).expect("root may give files away");
        }
        let mut cluster = Self { binaries, directory, port: free_port(), settings, owner, postmaster: None };
        cluster.initialise();
        cluster.launch();
        Some(cluster)
    }

    /// Where clients connect.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/{database}", self.port)
    }

    /// An empty database, or a copy of another to which nobody is connected.
    pub fn create_database(&self, name: &str, template: Option<&str>) {
        let template = template.map(|template| format!(" template \"{template}\"")).unwrap_or_default();
        self.ask("postgres", &format!("create database \"{name}\"{template}")).expect("a new database");
    }

    /// What a statement answers, one line per row, or what the server said against it.
    pub fn ask(&self, database: &str, statement: &str) -> Result<String, String> {
        let output = self.asking(database, statement).wait_with_output().map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// A statement that is being worked on.
    pub fn asking(&self, database: &str, statement: &str) -> Child {
        let mut command = self.command("psql");
        command.args(["--no-psqlrc", "--no-align", "--tuples-only", "--quiet", "--set=ON_ERROR_STOP=1"]);
        command.arg("--dbname").arg(self.url(database)).args(["--command", statement]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("psql runs")
    }

    /// Cuts every connection but the one that cuts; how many there were.
    pub fn terminate_backends(&self) -> usize {
        let cut = "select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity \
                   where backend_type = 'client backend' and pid <> pg_backend_pid()) as cut";
        self.ask("postgres", cut).ok().and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// `SIGKILL` for all of its processes, as when memory runs out. [`Cluster::restart`] recovers it.
    pub fn kill(&mut self) {
        // First so that it starts no further process, which nobody would kill and which would keep its memory.
        if let Some(postmaster) = &self.postmaster {
            signal("STOP", &[postmaster.id()]);
        }
        self.signal_all("KILL");
        self.reap();
    }

    /// An immediate shutdown: no checkpoint, clients are cut off; the next start recovers.
    pub fn stop_immediately(&mut self) {
        if let Some(postmaster) = &self.postmaster {
            signal("QUIT", &[postmaster.id()]);
        }
        self.reap();
    }

    /// Starts what was killed or stopped, on the same port.
    pub fn restart(&mut self) {
        assert!(!self.is_running(), "it still runs");
        self.launch();
    }

    /// Whether the server process lives; it may end by itself, as when the disk is full.
    pub fn is_running(&mut self) -> bool {
        self.postmaster.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Nothing of it moves until [`Cluster::resume`]; connections stay open.
    pub fn pause(&self) {
        self.signal_all("STOP");
    }

    pub fn resume(&self) {
        self.signal_all("CONT");
    }

    /// Every process of it, and those to come, fails each time it is the given time that it tells the disk to keep what
    /// was committed; until the answer, a `strace`, is ended. `trace` gets a line for each such call.
    pub fn fail_commits(&self, time: usize, trace: &Path) -> Child {
        let postmaster = self.postmaster.as_ref().expect("it runs").id();
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "--signal=none", "--trace=fdatasync", "-o"]).arg(trace);
        strace.arg(format!("--inject=fdatasync:error=EIO:when={time}"));
        for process in [postmaster].into_iter().chain(children(postmaster)) {
            strace.arg(format!("--attach={process}"));
        }
        strace.stdin(Stdio::null()).spawn().expect("strace runs")
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn initialise(&self) {
        let mut command = self.command("initdb");
        command
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--username", SUPERUSER, "--pgdata"])
            .arg(self.data());
        if !self.settings.durable {
            command.arg("--no-sync");
        }
        let output = command.stdin(Stdio::null()).output().expect("initdb runs");
        assert!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Starts the server and waits until it answers. What was killed a moment ago may still hold shared memory.
    fn launch(&mut self) {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let log = std::fs::File::options().create(true).append(true).open(self.directory.path().join("log"));
            let mut command = self.command("postgres");
            command.arg("-D").arg(self.data()).args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-k"]);
            command.arg(self.directory.path());
            let durable = if self.settings.durable { "on" } else { "off" };
            for name in ["fsync", "synchronous_commit", "full_page_writes"] {
                command.arg("-c").arg(format!("{name}={durable}"));
            }
            for (name, value) in &self.settings.parameters {
                command.arg("-c").arg(format!("{name}={value}"));
            }
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log.expect("a log file"));
            self.postmaster = Some(command.spawn().expect("postgres runs"));
            while self.is_running() && Instant::now() < deadline {
                if self.is_ready() {
                    return;
                }
                std::thread::sleep(LOOK);
            }
            assert!(Instant::now() < deadline, "PostgreSQL does not start: {}", self.log());
        }
    }

    fn is_ready(&self) -> bool {
        let mut command = self.command("pg_isready");
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-t", "1"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }

    /// A program of PostgreSQL's, as the cluster's owner.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.binaries.join(program));
        command.current_dir(self.directory.path());
        if let Some(owner) = self.owner {
            command.uid(owner.user).gid(owner.group);
        }
        command
    }

    /// The postmaster first, so that it starts no more.
    fn signal_all(&self, name: &str) {
        let Some(postmaster) = &self.postmaster else { return };
        let mut all = vec![postmaster.id()];
        all.extend(children(postmaster.id()));
        signal(name, &all);
    }

    fn reap(&mut self) {
        if let Some(mut postmaster) = self.postmaster.take() {
            postmaster.wait().expect("it ends");
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The directory of programs of the newest version below Debian's `/usr/lib/postgresql`.
fn newest_binaries(versions: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(versions).ok()?.filter_map(|entry| {
        let path = entry.ok()?.path();
        let version: u32 = path.file_name()?.to_str()?.parse().ok()?;
        path.join("bin/postgres").is_file().then_some((version, path.join("bin")))
    });
    versions.max().map(|(_, binaries)| binaries)
}

/// Another user for root, nobody else for everybody else.
fn owner() -> Option<Owner> {
    use std::os::unix::fs::MetadataExt;
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let line = users.lines().find(|line| line.split(':').next() == Some(ORDINARY_USER)).filter(|_| is_root)?;
    let mut numbers = line.split(':').skip(2).map_while(|field| field.parse().ok());
    Some(Owner { user: numbers.next()?, group: numbers.next()? })
}

/// The processes that a process has started and that live.
fn children(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").expect("Linux");
    let ids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        // `1 (name) S parent …`, where a name may hold anything.
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        after_name.split_whitespace().nth(1) == Some(&parent.to_string())
    })
    .collect()
}

/// Sends a signal; processes that have ended meanwhile do not matter.
fn signal(name: &str, processes: &[u32]) {
    let ids = processes.iter().map(u32::to_string);
    let _ = Command::new("/bin/kill").arg(format!("-{name}")).args(ids).stderr(Stdio::null()).status();
}

/// A loopback port on which nothing listens, and that the system gives to no client: one that tries again and again to
/// reach a server that is down would else come to sit on the server's own port, connected to itself.
pub fn free_port() -> u16 {
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let first_of_clients = range.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(32_768);
    let mut ports = (0..1000).map(|_| rand::random_range(10_000..first_of_clients.max(10_001)));
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
