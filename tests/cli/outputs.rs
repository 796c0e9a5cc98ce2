//! Where commands write: the file that is named, whatever it is, and the store's file.

use super::sandbox::{REPORT, Sandbox};

#[cfg(unix)]
mod files {
    use std::fs::{self, Permissions};
    use std::io::Read as _;
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::Sandbox;

    const EXPORTS: [&[&str]; 2] = [&["export"], &["memory", "export"]];

    fn export(sandbox: &Sandbox, call: &[&str], file: &str) {
        sandbox.run(&[call, &[file]].concat()).succeeded();
    }

    #[test]
    fn a_pipe_is_written_to_and_stays_one() {
        let sandbox = Sandbox::published();
        for call in EXPORTS {
            let pipe = sandbox.path("pipe");
            assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
            // Open at both ends, so that nobody waits for the other.
            let mut reader = fs::File::options().read(true).write(true).open(&pipe).expect("opened");
            export(&sandbox, call, "pipe");
            assert!(fs::symlink_metadata(&pipe).expect("there").file_type().is_fifo(), "{call:?}");
            let mut written = vec![0; 1 << 16];
            let length = reader.read(&mut written).expect("read");
            let written = String::from_utf8_lossy(&written[..length]).into_owned();
            assert!(written.starts_with(['<', '{']) && written.ends_with('\n'), "{written}");
            assert!(!sandbox.path("pipe.unfinished").exists());
            fs::remove_file(pipe).expect("removed");
        }
    }

    #[test]
    fn a_link_is_followed_and_a_file_keeps_its_mode() {
        let sandbox = Sandbox::published();
        for call in EXPORTS {
            fs::create_dir_all(sandbox.path("elsewhere")).expect("made");
            let (target, link) = (sandbox.path("elsewhere/kept"), sandbox.path("link"));
            fs::write(&target, "old").expect("written");
            fs::set_permissions(&target, Permissions::from_mode(0o600)).expect("set");
            symlink("elsewhere/kept", &link).expect("linked");
            export(&sandbox, call, "link");
            assert!(fs::symlink_metadata(&link).expect("there").is_symlink(), "{call:?}");
            let metadata = fs::symlink_metadata(&target).expect("there");
            assert!(metadata.is_file() && metadata.len() > 3, "{call:?}");
            assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{call:?}");

            fs::remove_file(&target).expect("removed");
            export(&sandbox, call, "link");
            assert!(target.is_file() && link.is_symlink(), "{call:?}: also where the link leads to nothing yet");
            fs::remove_file(link).expect("removed");
            fs::remove_file(target).expect("removed");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_copy_of_the_stores_file_alone_has_everything() {
    let sandbox = Sandbox::new().with("POLYPOST_STORE__URL", "sqlite://polypost.db");
    let copied = Sandbox::new().with("POLYPOST_STORE__URL", "sqlite://polypost.db");
    let copy = |what: &str| {
        let log = std::fs::metadata(sandbox.path("polypost.db-wal")).map_or(0, |log| log.len());
        assert_eq!(log, 0, "{what} leaves nothing in the log");
        std::fs::copy(sandbox.path("polypost.db"), copied.path("polypost.db")).expect("copied");
    };
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md"]).succeeded();
    copy("publish");
    assert!(copied.run(&["show", "outage"]).succeeded().stdout.contains("db-7.internal"));
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    copy("publish --wait");
    assert!(copied.run(&["show", "outage", "--locale", "es"]).succeeded().stdout.contains("db-7.internal"));
    assert_eq!(sandbox.run(&["rollback", "outage", "--locale", "es", "--version", "9"]).code, 1);
    copy("a failure");
    sandbox.run(&["retranslate", "outage", "--force"]).succeeded();
    assert_eq!(sandbox.serve_and_stop(&["serve", "--listen", "127.0.0.1:0"], "listening on http://"), Some(0));
    copy("serve");
    assert_eq!(sandbox.serve_and_stop(&["worker"], "working, "), Some(0));
    copy("worker");
    sandbox.run(&["export", "all.jsonl"]).succeeded();
    let other = Sandbox::new().with("POLYPOST_STORE__URL", "sqlite://polypost.db");
    other.write("all.jsonl", &std::fs::read_to_string(sandbox.path("all.jsonl")).expect("written"));
    other.run(&["import", "all.jsonl"]).succeeded();
    assert!(!other.path("polypost.db-wal").exists(), "import leaves no log");
}
