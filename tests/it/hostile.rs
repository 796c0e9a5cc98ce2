//! Malformed and hostile reports: a clear refusal, or a faithful version with a finding; never a panic, never markup
//! that runs.

use std::sync::Arc;

use polypost::publish::PublishError;
use polypost_core::document::{Format, Report};
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_engines::EngineResponse;
use polypost_engines::pseudo::Pseudo;
use polypost_store::State;
use polypost_test_service::program::{TestProgram, locale};
use polypost_test_service::told::{Told, disguised};

fn report(format: Format, body: &str) -> Report {
    let mut report = TestProgram::report("hostile.html", b"<title>Something is wrong</title><p>x</p>");
    report.format = format;
    body.clone_into(&mut report.body);
    report
}

async fn program() -> TestProgram {
    TestProgram::new(vec![Arc::new(Pseudo)], &["es"]).await
}

#[test]
fn files_that_are_no_reports_are_refused_with_a_reason() {
    let refused = |name: &str, bytes: &[u8]| {
        let problems =
            file::report(name, bytes, &Overrides::default(), Defaults { source_locale: &locale("en"), ending: "" })
                .map(|received| received.report)
                .expect_err(name);
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    assert!(refused("empty.md", b"").contains("empty"));
    assert!(refused("title.txt", b"We are investigating.\n").contains("title"));
    assert!(refused("binary.md", b"\x7fELF\0\0\0\x01").contains("NUL"));
    assert!(refused("utf8.txt", b"caf\xe9").contains("byte 3"));
    assert!(refused("long.txt", &vec![b'a'; 10 * 1024 * 1024]).contains("1048576"));
}

#[tokio::test]
async fn what_is_nested_too_deeply_is_refused() {
    let program = program().await;
    let bombs = [
        (Format::Html, "<div>".repeat(10_000)),
        (Format::Html, "<ul><li>".repeat(10_000)),
        (Format::Html, "<b>".repeat(10_000)),
        (Format::Markdown, ">".repeat(16_000)),
        (Format::Markdown, (0..10_000).flat_map(|depth| ["  ".repeat(depth % 400), "- x\n".to_owned()]).collect()),
    ];
    for (format, body) in bombs {
        let start: String = body.chars().take(20).collect();
        match program.publish(report(format, &body)).await {
            Err(PublishError::Refused(problems)) => {
                assert!(problems.iter().any(|problem| problem.field == "body"), "{start}: {problems:?}");
            }
            other => panic!("{start}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_people_read_in_attributes_is_translated_and_stays_an_attribute() {
    let program = program().await;
    let body = "<p>The graph <a href=\"https://a.example/x\" title='All &quot;errors&quot; of today'>is here \
                <img src=\"https://i.example/g.png\" alt=\"A graph of errors & delays\"></a> in <code>x_y</code></p>\
                <p translate=no title=\"Not this\">Acme Talk</p>";
    program.publish(report(Format::Html, body)).await.expect("a good report");
    program.work().await;
    let rendition = program.served("hostile", "es").await.expect("a version").rendition;
    let html = &rendition.body.html;
    let segments: Vec<&str> = rendition.segments.iter().map(|segment| segment.source.as_str()).collect();
    assert_eq!(
        segments[1..],
        ["The graph is here  in x_y", "All \"errors\" of today", "A graph of errors & delays"],
        "{html}"
    );
    for segment in &rendition.segments[2..] {
        assert_ne!(segment.source, segment.target);
        let value = segment.target.replace('&', "&amp;").replace('"', "&quot;");
        assert!(html.contains(&format!("=\"{value}\"")), "{value}: {html}");
    }
    for kept in ["href=\"https://a.example/x\"", "src=\"https://i.example/g.png\"", "<code>x_y</code>", "Acme Talk"] {
        assert!(html.contains(kept), "{kept}: {html}");
    }
    assert!(html.contains("title=\"Not this\"") && !html.contains("alt=\"A graph"), "{html}");
}

#[tokio::test]
async fn hostile_text_is_published_faithfully_or_refused() {
    let bodies = [
        (Format::Markdown, "Unclosed ```code and `more and **bold and [link](http://x"),
        (Format::Markdown, "```\nnever closed\nGET /v1"),
        (Format::Markdown, "<script>alert(1)</script>\n\nWe are <img src=x onerror=alert(1)> investigating."),
        (Format::Markdown, "[click](javascript:alert(1)) and ![x](data:text/html,x) for the details"),
        (Format::Html, "<p>We are <svg><annotation-xml><script>alert(1)</script></svg> investigating</p>"),
        (Format::Html, "<p onclick=alert(1)>We are investigating <a href=\"javascript:alert(1)\">here</a></p><p"),
        (
            Format::Html,
            "<p>See <img src=x onerror=alert(1) alt='The graph is \" onload=alert(1) x=\"'> of our service</p>",
        ),
        (Format::Markdown, "See [our page](https://a.example \"A title <script>alert(1)</script>\") for more details"),
        (Format::Markdown, "<div title='The title is \"><script>alert(1)</script>'>\n\nThe service is down\n\n</div>"),
        (Format::Text, "The text [PH1] and _PH2_ and PH3 and {0} and %s stays as it is."),
        (Format::Text, "The name \u{202e}gpj.exe\u{202c} is written from right to left."),
        (Format::Text, "On February 30, 2024 at 25:61 UTC nothing could have happened to us."),
        (Format::Text, "July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT\nThe sides do not agree here."),
        (Format::Text, "A word \u{0} with a null character."),
        (Format::Text, "&lt;script&gt;alert(1)&lt;/script&gt; is only text for everybody who reads it."),
    ];
    for (format, body) in bodies {
        let program = program().await;
        match program.publish(report(format, body)).await {
            Err(PublishError::Refused(problems)) => assert!(!problems.is_empty(), "{body}"),
            Err(error) => panic!("{body}: {error}"),
            Ok(receipt) => {
                program.work().await;
                program.assert_state("hostile", "es", State::Current).await;
                let rendition = program.served("hostile", "es").await.expect("a version").rendition;
                let html = rendition.body.html.to_lowercase();
                for forbidden in ["<script", "<svg", "<img src=x", "onerror=", "onclick=", "javascript:", "data:"] {
                    let in_tag = html
                        .match_indices(forbidden)
                        .any(|(at, _)| forbidden.starts_with('<') || html[..at].rfind('<') > html[..at].rfind('>'));
                    assert!(!in_tag, "{body}: {html}");
                }
                if body.contains("February 30") {
                    assert!(receipt.findings.iter().any(|finding| finding.check == "impossible-date"), "{receipt:?}");
                }
                if body.contains("07:52 AM PT") {
                    assert!(
                        receipt.findings.iter().any(|finding| finding.check == "timestamp-disagrees"),
                        "{receipt:?}"
                    );
                    assert!(rendition.body.text.contains("July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT"));
                }
                if body.contains("[PH1]") {
                    let text = &rendition.body.text;
                    for kept in ["[PH1]", "_PH2_", "PH3", "{0}", "%s"] {
                        assert!(text.contains(kept), "{kept}: {text}");
                    }
                }
            }
        }
    }
}

/// What an engine adds in letters and signs that look like others is read by people and browsers all the same.
#[tokio::test]
async fn no_look_alike_of_an_address_or_of_markup_reaches_a_reader() {
    let additions = [
        "𝐞𝐯𝐢𝐥.𝐞𝐱𝐚𝐦𝐩𝐥𝐞",
        "evil․com",
        "evil。com",
        "evil[.]com",
        "evil(dot)com",
        "ᴇᴠɪʟ.ᴄᴏᴍ",
        "hxxp://evil",
        "＜script＞",
        "＆lt；",
        "４２",
        "ＵＴＣ",
        "🎉",
        "★",
    ];
    for addition in additions {
        let engine = Told::new("told", move |texts: &[String]| {
            let answer = |text: &String| {
                let text =
                    if text.contains("sorry") { format!("Lo sentimos mucho {addition}.") } else { disguised(text) };
                Ok(text.into())
            };
            Ok(EngineResponse { candidates: texts.iter().map(answer).collect(), model: None })
        });
        let program = TestProgram::new(vec![engine], &["es"]).await;
        program.publish(report(Format::Text, "We are sorry.\n\nThe service is back.")).await.expect("a good report");
        program.work().await;
        program.assert_state("hostile", "es", State::Partial).await;
        let body = program.served("hostile", "es").await.expect("a version").rendition.body;
        for text in [&body.text, &body.html, &body.markdown] {
            assert!(!text.contains(addition) && text.contains("We are sorry."), "{addition}: {text}");
        }
    }
}
