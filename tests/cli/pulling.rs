//! `polypost engines pull` is asked for by hand: what failed a short while ago does not stand in its way.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::sandbox::{REPORT, Sandbox};

/// A publisher of models that hangs up, and how often it was asked.
fn publisher() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/records", listener.local_addr().expect("an address"));
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            drop(connection);
        }
    });
    (address, asked)
}

#[test]
fn pulling_asks_again_whatever_failed_before_and_forgets_it() {
    let (address, asked) = publisher();
    let sandbox = Sandbox::new()
        .with("POLYPOST_ENGINES__ROUTE", "neural")
        .with("POLYPOST_ENGINES__NEURAL__RECORDS_URL", &address)
        .with("POLYPOST_LOCALES__TARGETS", "es");
    sandbox.write("outage.md", REPORT);
    let translate = || {
        let before = asked.load(Ordering::SeqCst);
        assert_eq!(sandbox.run(&["publish", "outage.md", "--wait"]).code, 1);
        asked.load(Ordering::SeqCst) - before
    };
    assert!(translate() > 0, "the publisher is asked at first use");
    sandbox.run(&["retranslate", "outage"]).succeeded();
    assert_eq!(translate(), 0, "and then not for a while");
    for fetch in ["true", "false"] {
        let before = asked.load(Ordering::SeqCst);
        let pulled = sandbox.run(&["--config", &configured(&sandbox, fetch), "engines", "pull", "es"]);
        assert_eq!((pulled.code, pulled.stdout.as_str()), (1, ""));
        assert!(pulled.stderr.contains("engine `neural`, locale `es`: no model"), "{}", pulled.stderr);
        assert!(!pulled.stderr.contains("not tried again"), "{}", pulled.stderr);
        assert!(asked.load(Ordering::SeqCst) > before, "engines.neural.fetch = {fetch}");
    }
    sandbox.run(&["retranslate", "outage"]).succeeded();
    assert!(translate() > 0, "nothing is remembered");
}

fn configured(sandbox: &Sandbox, fetch: &str) -> String {
    let name = format!("fetch-{fetch}.toml");
    sandbox.write(&name, &format!("[engines.neural]\nfetch = {fetch}\n"));
    name
}
