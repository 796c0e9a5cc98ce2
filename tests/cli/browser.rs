//! Pages as people see them: in Chromium, driven through the W3C protocol for drivers, on a telephone and on a desk, by
//! day and by night, with the keyboard, and looked over by axe-core.

use std::io::{BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::sandbox::{LISTENING, SERVE, Sandbox, address, message};
use polypost_test_support::missing;
use polypost_test_support::postgres::free_port;

const PATIENCE: Duration = Duration::from_secs(30);
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.components/axe/axe.min.js");
/// Telephone and desk, in CSS pixels.
const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 900)];
/// Keys, as W3C `WebDriver`, section 17.4.2, numbers them.
const TAB: &str = "\u{E004}";
const ARROW_RIGHT: &str = "\u{E014}";

const WIDE: &str = "\
---
id: wide
title: Orders could not be saved
status: monitoring
impact: major
components: [Back office, API]
date: 2024-07-05T10:00:00Z
---

## Summary

For 2 hours, orders could not be saved.

```
curl --header 'authorization: …' https://status.example.com/a/path/that/is/longer/than/any/telephone/is/wide/x/y/z
```

| Region | First | Second | Third | Fourth | Fifth | Sixth | Seventh | Eighth | Ninth | Tenth | Eleventh |
|---|---|---|---|---|---|---|---|---|---|---|---|
| eu-west-1 | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% | 99.95% |
";

/// A browser of its own, closed when dropped.
struct Browser {
    driver: Child,
    address: String,
    session: String,
    profile: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // What the driver has started ends with its session, not with itself.
        if let Ok(mut connection) = TcpStream::connect(&self.address)
            && !self.session.is_empty()
        {
            let _ = connection.set_read_timeout(Some(PATIENCE));
            let _ = write!(connection, "DELETE /session/{} HTTP/1.1\r\nhost: {}\r\n\r\n", self.session, self.address);
            let _ = connection.read(&mut [0]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// `None` where it is not installed, which has been said then.
    fn start(language: &str) -> Option<Self> {
        let program = Path::new("/usr/bin/chromedriver");
        if !program.exists() || !Path::new(AXE).exists() {
            missing("Chromium or axe-core is not there (apt-get install chromium chromium-driver, make components)");
            return None;
        }
        let profile = tempfile::tempdir().expect("a directory");
        let port = free_port();
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = command.env("HOME", profile.path()).spawn().expect("started");
        let mut browser = Self { driver, address: format!("127.0.0.1:{port}"), session: String::new(), profile };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(&browser.address).is_err() {
            assert!(Instant::now() < deadline, "the driver does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        // The tests' machines may have no user but root, and little shared memory.
        let profile = format!("--user-data-dir={}", browser.profile.path().display());
        let arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", &profile];
        let options = json!({ "args": arguments, "prefs": { "intl.accept_languages": language } });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let session = browser.send("POST", "/session", &wanted);
        session["sessionId"].as_str().expect("a session").clone_into(&mut browser.session);
        Some(browser)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        let head = format!("{head}content-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        let (status, document) = exchange(&self.address, &format!("{head}{body}"));
        assert!(status.starts_with("HTTP/1.1 200"), "{path}: {document}");
        let mut document: Value = serde_json::from_str(&document).expect("JSON");
        document["value"].take()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", &format!("/session/{}{path}", self.session), body)
    }

    fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// The path that it is at, with its query.
    fn path(&self) -> String {
        self.run("return location.pathname + location.search").as_str().expect("text").to_owned()
    }

    fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    fn text(&self, script: &str) -> String {
        self.run(script).as_str().unwrap_or_default().to_owned()
    }

    fn resize(&self, (width, height): (u32, u32)) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.execute("Emulation.setDeviceMetricsOverride", &metrics);
    }

    fn prefer_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.execute("Emulation.setEmulatedMedia", &media);
    }

    fn execute(&self, command: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    fn press(&self, key: &str) {
        let action = |kind: &str| json!({ "type": kind, "value": key });
        let keyboard = json!({ "type": "key", "id": "k", "actions": [action("keyDown"), action("keyUp")] });
        self.post("/actions", &json!({ "actions": [keyboard] }));
    }

    /// Follows the link with this text, as a click does.
    fn follow(&self, link: &str) {
        let found = self.post("/element", &json!({ "using": "link text", "value": link }));
        let id = found.as_object().and_then(|element| element.values().next()).and_then(Value::as_str).expect("a link");
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    /// What axe finds, by rule and element.
    fn barriers(&self, axe: &str) -> Vec<String> {
        let script = format!(
            "{axe};\nconst done = arguments[arguments.length - 1];\n\
             axe.run(document, {{ resultTypes: ['violations'] }}).then(found => done(found.violations.flatMap(\
             rule => rule.nodes.map(node => rule.id + ' ' + node.target + ': ' + node.html)))).catch(error => done([String(error)]));"
        );
        let found = self.post("/execute/async", &json!({ "script": script, "args": [] }));
        found.as_array().expect("a list").iter().map(ToString::to_string).collect()
    }
}

/// The status line and the body of what is answered to a request; the driver does not close the connection.
fn exchange(address: &str, request: &str) -> (String, String) {
    let mut connection = TcpStream::connect(address).expect("it listens");
    connection.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    connection.write_all(request.as_bytes()).expect("sent");
    message(&mut BufReader::new(connection)).expect("an answer")
}

/// A sandbox with a report that waits for its new paragraph's translation, and a list of two pages.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new().with("POLYPOST_ORGANISATION__NAME", "Example");
    sandbox.write("wide.md", WIDE);
    let names: Vec<String> = (0..21).map(|number| format!("small-{number}.md")).collect();
    for name in &names {
        sandbox.write(name, &format!("---\ntitle: Delays in {name}\nstatus: resolved\n---\n\nMail was late.\n"));
    }
    let files = ["wide.md"].into_iter().chain(names.iter().map(String::as_str));
    sandbox.run(&["publish"].into_iter().chain(files).chain(["--wait"]).collect::<Vec<_>>()).succeeded();
    sandbox.write("wide.md", &WIDE.replace("```\ncurl", "A fix is being rolled out.\n\n```\ncurl"));
    sandbox.run(&["publish", "wide.md"]).succeeded();
    sandbox
}

#[test]
fn people_find_their_way_and_meet_no_barrier() {
    let Some(browser) = Browser::start("es-MX,es") else { return };
    let axe = std::fs::read_to_string(AXE).expect("axe");
    let sandbox = sandbox();
    let code = sandbox.serve_while(&SERVE, LISTENING, |said| {
        let base = format!("http://{}", address(said, LISTENING));
        for_everybody(&browser, &base, &axe);
        by_keyboard(&browser, &base);
        in_each_language(&browser, &base);
        through_the_list(&browser, &base);
    });
    assert_eq!(code, Some(0));
}

fn for_everybody(browser: &Browser, base: &str, axe: &str) {
    for size in SIZES {
        browser.resize(size);
        for is_dark in [false, true] {
            browser.prefer_dark(is_dark);
            for path in
                ["/es/", "/en/incidents/wide", "/es/incidents/wide", "/it/incidents/small-3", "/es/incidents/none"]
            {
                browser.open(&format!("{base}{path}"));
                let barriers = browser.barriers(axe);
                assert!(barriers.is_empty(), "{path} {size:?}, dark: {is_dark}\n{}", barriers.join("\n"));
                let width = browser.run("return document.documentElement.scrollWidth - innerWidth");
                assert!(width.as_i64().expect("a number") <= 0, "{path} {size:?} scrolls sideways by {width}");
            }
        }
    }
    browser.prefer_dark(false);
    // It would have been found otherwise.
    browser.resize(SIZES[0]);
    browser.open(&format!("{base}/es/incidents/wide"));
    browser.run("document.querySelectorAll('.wide').forEach(wide => wide.removeAttribute('tabindex'))");
    let barriers = browser.barriers(axe);
    assert!(barriers.iter().any(|found| found.contains("scrollable-region-focusable")), "{barriers:?}");
}

fn by_keyboard(browser: &Browser, base: &str) {
    browser.resize(SIZES[0]);
    browser.open(&format!("{base}/es/incidents/wide"));
    browser.press(TAB);
    assert_eq!(browser.text("return document.activeElement.className"), "skip", "first of all, past the menu");
    let mut reached = Vec::new();
    for _ in 0..20 {
        if reached.len() == 2 {
            break;
        }
        browser.press(TAB);
        if browser.text("return document.activeElement.className") == "wide" {
            reached.push(browser.text("return document.activeElement.getAttribute('aria-label')"));
            browser.press(ARROW_RIGHT);
            let deadline = Instant::now() + PATIENCE;
            while browser.run("return document.activeElement.scrollLeft").as_f64() == Some(0.0) {
                assert!(Instant::now() < deadline, "{reached:?} does not scroll");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
    assert_eq!(reached, ["Código", "Tabla"]);
}

fn in_each_language(browser: &Browser, base: &str) {
    browser.resize(SIZES[1]);
    browser.open(&format!("{base}/incidents/wide"));
    assert_eq!(browser.path(), "/es/incidents/wide", "by the browser's own languages");
    // The new paragraph is there, in English, and says that it is.
    let passage = "const passage = document.querySelector('.body [lang=en]'); ";
    assert_eq!(browser.text(&format!("{passage} return passage.innerText")), "A fix is being rolled out.");
    let note = browser.text(&format!("{passage} return getComputedStyle(passage, '::after').content"));
    assert!(note.contains("Este pasaje no se ha traducido"), "{note}");
    assert_eq!(browser.text("return document.documentElement.lang"), "es");
    let menu = browser.text("return document.querySelector('.languages').innerText").replace('\n', " ");
    assert_eq!(menu, "English Español (Desactualizada) Italiano (Desactualizada)");
    browser.follow("Italiano");
    assert_eq!(browser.path(), "/it/incidents/wide");
    assert_eq!(browser.text("return document.querySelector('[aria-current=page]').innerText"), "Italiano");
}

fn through_the_list(browser: &Browser, base: &str) {
    browser.open(&format!("{base}/"));
    assert_eq!(browser.path(), "/es/");
    let titles = "return [...document.querySelectorAll('h2')].map(title => title.innerText)";
    let first = browser.run(titles);
    browser.follow("Página siguiente");
    assert!(browser.path().starts_with("/es/?cursor="), "{}", browser.path());
    let second = browser.run(titles);
    assert_eq!((first.as_array().map(Vec::len), second.as_array().map(Vec::len)), (Some(20), Some(2)));
    browser.follow("Italiano");
    assert!(browser.path().starts_with("/it/?cursor="), "the same page in Italian: {}", browser.path());
    browser.follow("Pagina precedente");
    browser.follow("Español");
    assert_eq!(browser.run(titles), first);
    browser.open(&format!("{base}/nowhere/at/all"));
    assert_eq!(browser.text("return document.querySelector('h1').innerText"), "Página no encontrada");
}
