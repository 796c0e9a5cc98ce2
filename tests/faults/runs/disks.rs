//! Run e (R8, R9): the disk is full, cannot be written, or fails when it is told to keep something. What could not be
//! kept is refused, reading goes on, and when the disk recovers so does the deployment, by itself.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::backend::{Backend, file, has_tool};
use crate::client::Publication;
use crate::deployment::Deployment;
use crate::history::{Answer, Seen};
use polypost_test_support::postgres::Settings;

const TIMEOUT: Duration = Duration::from_mins(1);
/// Publications that are refused before space returns.
const REFUSED: usize = 5;

/// A file system of its own, that goes with its handle.
struct Disk {
    directory: TempDir,
}

impl Disk {
    /// `None` where it cannot be mounted, which is said.
    fn of_megabytes(size: u32) -> Option<Self> {
        let disk = Self { directory: tempfile::tempdir().expect("a directory") };
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}m,mode=1777"), "tmpfs"]).arg(disk.directory.path());
        if mount.output().is_ok_and(|output| output.status.success()) {
            return Some(disk);
        }
        // Only root may mount, in CI too.
        eprintln!("skipped: no tmpfs could be mounted (root may)");
        None
    }

    fn ballast(&self) -> PathBuf {
        self.directory.path().join("ballast")
    }

    /// Takes all the space that is left.
    fn fill(&self) {
        let mut ballast = std::fs::File::create(self.ballast()).expect("a file");
        for size in [1 << 20, 1 << 12, 1] {
            while std::io::Write::write_all(&mut ballast, &vec![0; size]).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.ballast()).expect("it is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.directory.path()).output();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_full_sqlite_disk_refuses_and_recovers() {
    let Some(disk) = Disk::of_megabytes(3) else { return };
    let backend = Backend::Sqlite(tempfile::tempdir_in(disk.directory.path()).expect("a directory"));
    fill_and_free(&disk, backend).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_full_postgres_disk_refuses_and_recovers() {
    let Some(disk) = Disk::of_megabytes(200) else { return };
    let settings = Settings {
        durable: true,
        place: Some(disk.directory.path().to_owned()),
        parameters: vec![("max_wal_size", "32MB".to_owned()), ("min_wal_size", "32MB".to_owned())],
    };
    let Some(backend) = Backend::postgres_with(settings) else { return };
    fill_and_free(&disk, backend).await;
}

async fn fill_and_free(disk: &Disk, backend: Backend) {
    let deployment = Deployment::new(backend, 1);
    let (mut server, mut worker) = (deployment.server(0), deployment.worker("0"));
    deployment.ready(0).await;
    let client = deployment.client(1, 0);
    for incident in 0..10 {
        client.publish_until_told(&Publication::new(incident, 0), TIMEOUT).await;
    }
    deployment.settled(TIMEOUT).await;

    disk.fill();
    let (mut refused, mut accepted, mut incident) = (0, 0, 10);
    while refused < REFUSED {
        match client.publish(&Publication::new(incident, 0)).await {
            Answer::Refused(status) => {
                assert!([503, 507].contains(&status), "{status}");
                refused += 1;
            }
            Answer::Acknowledged { .. } => accepted += 1,
            other => panic!("{other:?}: {:?}", deployment.logs()),
        }
        incident += 1;
        assert!(incident < 10_000, "the disk is never full");
        for locale in ["en", "es"] {
            let seen = client.read("incident-3", locale).await;
            assert!(matches!(seen, Seen::Text(_)), "reading goes on: {seen:?}");
        }
    }
    assert_eq!(client.status("/health/live").await, Some(200));
    disk.free();
    let restarted = restart_where_it_ended(&deployment);
    let tries = client.publish_until_told(&Publication::new(incident, 0), TIMEOUT).await;
    for again in 10..incident {
        client.publish_until_told(&Publication::new(again, 0), TIMEOUT).await;
    }
    let settled = deployment.settled(TIMEOUT).await;
    assert!(server.is_running() && worker.is_running(), "{:?}", deployment.logs());
    let history = deployment.verify().await;
    let (read, unread) = history.reads();
    println!(
        "disks: {:8} full while publishing ({accepted} still fitted) | {refused} refused with 503, {read} reads and \
         {unread} without answer; with space again stored at try {tries}{restarted}, all {incident} current \
         {settled:.1?} later, 0 violations",
        deployment.backend.name(),
    );
}

/// Where PostgreSQL gave up for lack of space, whoever runs it starts it again.
fn restart_where_it_ended(deployment: &Deployment) -> &'static str {
    let Some(cluster) = deployment.backend.cluster() else { return "" };
    let mut cluster = cluster.lock().expect("no panic");
    if cluster.is_running() {
        return "";
    }
    cluster.restart();
    " after PostgreSQL was started again"
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_file_that_must_not_be_written_is_refused_in_words() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = file(&directory);
    let deployment = Deployment::new(Backend::Sqlite(directory), 1);
    deployment.backend.open().await.close().await;
    let mode = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("our own file");
    mode(0o444);
    let mut server = deployment.server(0);
    let status = server.ended(TIMEOUT).await.expect("it does not serve");
    assert_eq!(status.code(), Some(1), "{:?}", deployment.logs());
    let said = deployment.logs().remove(0).1;
    assert!(said.contains("read-only") && said.contains("chmod u+w"), "{said}");
    mode(0o644);
    let _server = deployment.server(0);
    deployment.ready(0).await;
    deployment.client(1, 0).publish_until_told(&Publication::new(0, 0), TIMEOUT).await;
    let _worker = deployment.worker("0");
    deployment.settled(TIMEOUT).await;
    deployment.verify().await;
    println!(
        "disks: sqlite   a read-only file | refused in words, exit 1; served when it may be written, 0 violations"
    );
}

/// Calls of `fsync` that fail, counted by thread.
const FAILING: std::ops::RangeInclusive<usize> = 20..=24;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn what_the_disk_did_not_keep_is_not_acknowledged() {
    if !has_tool("strace") {
        return;
    }
    let deployment = Deployment::new(Backend::sqlite(), 1);
    let inject = format!("--inject=fdatasync,fsync:error=EIO:when={}..{}", FAILING.start(), FAILING.end());
    let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "--trace=fdatasync,fsync", &inject];
    let server = deployment.server_by(&strace, 0);
    deployment.ready(0).await;
    let client = deployment.client(1, 0);
    let (mut refused, mut tries) = (0, 0);
    for incident in 0..40 {
        let answer = client.publish(&Publication::new(incident, 0)).await;
        assert_ne!(answer, Answer::Unknown);
        refused += usize::from(matches!(answer, Answer::Refused(503)));
        tries += client.publish_until_told(&Publication::new(incident, 0), TIMEOUT).await;
        client.read(&Publication::new(incident, 0).id(), "en").await;
    }
    server.kill().await;
    let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
    deployment.ready(0).await;
    let settled = deployment.settled(TIMEOUT).await;
    let history = deployment.verify().await;
    println!(
        "disks: sqlite   EIO from calls {FAILING:?} of fsync in each thread | {refused} refused with 503, {} acknowledged ({tries} tries), all \
         current {settled:.1?} after kill -9 and a new start, 0 violations",
        history.acknowledged(),
    );
    assert!(refused > 0, "no failure reached a commit");
}

/// The commit of each connection to PostgreSQL that fails, and how long that goes on.
const FAILING_COMMIT: usize = 25;
const FAILING_FOR: Duration = Duration::from_secs(15);

/// PostgreSQL takes such a failure for the end: it stops all its processes and recovers, again and again here.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "half a minute: `make faults`"]
async fn what_the_disk_under_postgres_did_not_keep_is_not_acknowledged() {
    if !has_tool("strace") {
        return;
    }
    let Some(backend) = Backend::named("postgres") else { return };
    let deployment = Deployment::new(backend, 1);
    let (mut server, mut worker) = (deployment.server(0), deployment.worker("0"));
    deployment.ready(0).await;
    let directory = tempfile::tempdir().expect("a directory");
    let trace = directory.path().join("trace");
    let cluster = || deployment.backend.cluster().expect("PostgreSQL").lock().expect("no panic");
    let mut strace = cluster().fail_commits(FAILING_COMMIT, &trace);
    let (client, began) = (deployment.client(1, 0), Instant::now());
    let (mut incidents, mut refused) = (0, 0);
    while began.elapsed() < FAILING_FOR {
        let publication = Publication::new(incidents, 0);
        let answer = client.publish(&publication).await;
        assert!(matches!(answer, Answer::Acknowledged { .. } | Answer::Refused(503)), "{answer:?}");
        if matches!(answer, Answer::Refused(_)) {
            refused += 1;
            restart_where_it_ended(&deployment);
        }
        client.read(&publication.id(), "en").await;
        incidents += 1;
    }
    // It lets go of them when it is asked to end.
    let asked = Command::new("/bin/kill").arg(strace.id().to_string()).status();
    assert!(asked.is_ok_and(|status| status.success()), "strace still runs");
    strace.wait().expect("strace ends");
    let failed = std::fs::read_to_string(&trace).expect("a trace").matches("(INJECTED)").count();
    let stopped = cluster().log().matches("PANIC:  could not fdatasync").count();
    let restarted = restart_where_it_ended(&deployment);
    for incident in 0..incidents {
        client.publish_until_told(&Publication::new(incident, 0), TIMEOUT).await;
    }
    let settled = deployment.settled(TIMEOUT).await;
    assert!(server.is_running() && worker.is_running(), "{:?}", deployment.logs());
    deployment.verify().await;
    println!(
        "disks: postgres EIO from call {FAILING_COMMIT} of fdatasync in each of its processes, for {FAILING_FOR:?} | \
         {failed} failed, PostgreSQL gave up and recovered {stopped} times, {incidents} publications, {refused} refused \
         with 503, the others acknowledged{restarted}, all current {settled:.1?} later, 0 violations",
    );
    assert!(stopped > 0, "no failure reached a commit");
}

/// What was injected must be there to be found.
#[test]
fn a_full_disk_is_full_and_free_again() {
    let Some(disk) = Disk::of_megabytes(1) else { return };
    disk.fill();
    let other: &Path = &disk.directory.path().join("other");
    assert!(std::fs::write(other, b"text").is_err());
    disk.free();
    std::fs::write(other, b"text").expect("there is space");
}
