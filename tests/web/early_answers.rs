//! Answers that are given before the whole body was read: they arrive, whatever the client does meanwhile.

use std::process::{Command, Stdio};

use tokio::io::AsyncWriteExt as _;

use crate::served::{READ, Served, one_answer, rest};
use crate::test_server::{TOKEN, bearer};

const MEGABYTE: usize = 1_000_000;

/// A request with a body of so many bytes, without any of it.
fn head(method: &str, path: &str, kind: &str, length: usize) -> String {
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n")
}

/// The head of a request from one who may publish.
fn known(head: &str) -> String {
    head.replacen("host: localhost\r\n", &format!("host: localhost\r\nauthorization: {}\r\n", bearer()), 1)
}

/// The answer to somebody who sends the whole body before he reads.
async fn answer_after(served: &Served, head: &str, length: usize) -> String {
    let mut stream = served.connect().await;
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream.write_all(&vec![b' '; length]).await.expect("the body is taken");
    rest(&mut stream).await
}

async fn with_a_secret() -> Served {
    Served::with(|config| config.publish.token_hashes = vec![crate::test_server::hash(TOKEN)]).await
}

#[tokio::test]
async fn an_answer_before_the_body_arrives_and_says_that_it_is_the_last() {
    let served = with_a_secret().await;
    for (method, path, kind, length, status) in [
        ("POST", "/v1/incidents", "application/json", 2 * MEGABYTE, 401),
        ("POST", "/v1/incidents", "application/json", 8 * MEGABYTE, 401),
        ("POST", "/v1/nothing", "application/json", 2 * MEGABYTE, 404),
        ("PUT", "/v1/incidents", "text/plain", 2 * MEGABYTE, 405),
        ("GET", "/v1/incidents/calls?locale=es", "text/plain", 2 * MEGABYTE, 200),
    ] {
        let answer = answer_after(&served, &head(method, path, kind, length), length).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{method} {path}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{method} {path}: {answer}");
    }
    served.stopped().await;
}

#[tokio::test]
async fn what_is_too_large_or_no_json_is_told_to_who_sends_it() {
    let served = Served::with(|_| ()).await;
    for (kind, length, status) in [("application/json", 2 * MEGABYTE, 413), ("text/plain", 2 * MEGABYTE, 415)] {
        let answer = answer_after(&served, &known(&head("POST", "/v1/incidents", kind, length)), length).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    }
    // Not announced: it is read as far as it may go.
    let chunked = "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                   transfer-encoding: chunked\r\n\r\n1e8480\r\n";
    let answer = answer_after(&served, &known(chunked), 2 * MEGABYTE).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
    served.stopped().await;
}

#[tokio::test]
async fn a_head_that_cannot_be_read_is_answered_too() {
    let served = Served::with(|_| ()).await;
    let answer = answer_after(&served, "POST /v1/incidents HTTP/1.1\r\nbad header\r\n\r\n", 2 * MEGABYTE).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    served.stopped().await;
}

/// A small body that nobody wants is read, and the connection goes on.
#[tokio::test]
async fn a_connection_is_used_again_after_a_refusal() {
    let served = with_a_secret().await;
    let mut stream = served.connect().await;
    for _ in 0..3 {
        let request = format!("{}{}", head("POST", "/v1/incidents", "application/json", 500), " ".repeat(500));
        stream.write_all(request.as_bytes()).await.expect("sent");
        let refused = one_answer(&mut stream).await;
        assert!(refused.starts_with("HTTP/1.1 401 ") && !refused.contains("connection: close"), "{refused}");
        stream.write_all(READ.as_bytes()).await.expect("sent");
        assert!(one_answer(&mut stream).await.starts_with("HTTP/1.1 200 "));
    }
    drop(stream);
    served.stopped().await;
}

/// Who asks whether to send at all is answered without having to.
#[tokio::test]
async fn who_waits_for_the_word_to_go_on_is_not_made_to_send() {
    let served = with_a_secret().await;
    let mut stream = served.connect().await;
    let request = head("POST", "/v1/incidents", "application/json", 500);
    let request = request.replace("host: localhost", "host: localhost\r\nexpect: 100-continue");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 401 ") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
    served.stopped().await;
}

/// Runs a client that others have written, if it is there; what it prints.
async fn client(program: &str, arguments: &[&str], script: &str, address: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).args([script, address]).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic");
    match output {
        Ok(output) if output.status.success() => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        other => {
            eprintln!("skipped: `{program}` is wanted: {other:?}");
            None
        }
    }
}

#[tokio::test]
async fn pythons_client_reads_the_answer() {
    const SCRIPT: &str = "
import sys, urllib.request, urllib.error
for headers, size in [({'Content-Type': 'application/json'}, 2_000_000), ({'Content-Type': 'text/plain'}, 2_000_000)]:
    for _ in range(5):
        headers['Authorization'] = 'BEARER'
        request = urllib.request.Request(f'http://{sys.argv[1]}/v1/incidents', b' ' * size, headers)
        try:
            print(urllib.request.urlopen(request).status)
        except urllib.error.HTTPError as error:
            print(error.code, len(error.read()) > 0)
        except OSError as error:
            print('lost', error)
";
    let served = Served::with(|_| ()).await;
    if let Some(said) =
        client("python3", &["-c"], &SCRIPT.replace("BEARER", &bearer()), &served.address.to_string()).await
    {
        let expected = [["413 True"; 5], ["415 True"; 5]].concat();
        assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    }
    served.stopped().await;
}

#[tokio::test]
async fn nodes_client_reads_the_answer_and_uses_its_connections_again() {
    const SCRIPT: &str = "
const at = process.argv[1];
const post = async (size) => {
  try {
    const answer = await fetch(`http://${at}/v1/incidents`, {
      method: 'POST', headers: {'content-type': 'application/json'}, body: 'x'.repeat(size)});
    console.log(answer.status, (await answer.text()).length > 0);
  } catch (error) { console.log('lost', error.cause ?? error); }
};
for (const size of [5000000, 300]) for (let i = 0; i < 5; i++) await post(size);
for (let i = 0; i < 5; i++) { await post(200000); console.log((await fetch(`http://${at}/v1/locales`)).status); }
";
    let served = with_a_secret().await;
    if let Some(said) = client("node", &["-e"], SCRIPT, &served.address.to_string()).await {
        let expected = [vec!["401 true"; 10], ["401 true", "200"].repeat(5)].concat();
        assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    }
    served.stopped().await;
}
