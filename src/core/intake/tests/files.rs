//! Files as a whole: what they are, where their titles come from, and what the command line adds.

use super::*;

#[test]
fn a_headings_id_is_not_the_titles() {
    assert_eq!(read("a.md", "# Search is down {#search}\n\nText\n").expect("right").title, "Search is down");
}

#[test]
fn titles_come_from_headings_where_nothing_better_is_there() {
    let report = read("2024-07 Outage.md", "\u{FEFF}Intro\n\n# The `API` is *down*\n\nText\n").expect("right");
    assert_eq!((report.title.as_str(), report.id.as_str()), ("The API is down", "2024-07-outage"));
    assert!(report.body.contains("# The `API`"), "a heading further down stays");
    let report = read("x.md", "Calls fail\n==========\n\nText\n").expect("right");
    assert_eq!((report.title.as_str(), report.body.as_str()), ("Calls fail", "Text\n"));
    let report = read("x.md", "---\r\ntitle: Other\r\n---\r\n# Calls fail\r\n\r\nText\r\n").expect("right");
    assert_eq!((report.title.as_str(), report.body.as_str()), ("Other", "# Calls fail\r\n\r\nText\r\n"));
    assert!(message(read("x.md", "Text only\n"), "title").contains("--title"));
    assert!(message(read("x.txt", "Text only\n"), "title").contains("--title"));
}

#[test]
fn an_html_page_is_a_report() {
    let report = from_file("complete.html", &fixture("complete.html"), &Overrides::default()).expect("right");
    assert_eq!(report.title, "Call recordings unavailable & more");
    assert_eq!(report.body, "<p>Some customers &lt;could&gt; not reach them.</p>");
    assert_eq!((report.format, report.id.as_str()), (Format::Html, "complete"));
    let fragment = read("x.htm", "<p>a</p><h1>Down <em>again</em></h1><p>b</p>").expect("right");
    assert_eq!(fragment.title, "Down again");
    assert_eq!(fragment.body, "<p>a</p><h1>Down <em>again</em></h1><p>b</p>");
}

#[test]
fn the_command_line_has_the_last_word() {
    let overrides = Overrides {
        id: Some("mine".to_owned()),
        title: Some("Mine".to_owned()),
        url: Some("https://example.com/".to_owned()),
        locales: vec!["fr".parse().expect("a locale")],
    };
    for (name, text) in [
        ("x.txt", "words"),
        ("x.json", r#"{"id": "BAD", "title": 5, "body": "words", "locales": ["???"], "url": "nowhere"}"#),
        ("x.md", "---\nid: BAD\ntitle: theirs\n---\nwords"),
    ] {
        let report = from_file(name, text.as_bytes(), &overrides).expect("right");
        assert_eq!(
            (report.id.as_str(), report.title.as_str(), report.body.trim()),
            ("mine", "Mine", "words"),
            "{name}"
        );
        assert_eq!((report.url.as_deref(), report.locales.len()), (Some("https://example.com/"), 1));
    }
    let bad = Overrides { id: Some("Not One".to_owned()), ..Overrides::default() };
    assert_eq!(fields(from_file("x.md", b"# a\nb", &bad)), ["id"]);
}

#[test]
fn standard_input_is_looked_at() {
    assert_eq!(read("-", "{\"title\": \"x\", \"body\": \"y\"}").expect("JSON").title, "x");
    assert_eq!(read("-", "---\ntitle: x\n---\ny").expect("Markdown").format, Format::Markdown);
    assert_eq!(read("-", "# Calls fail\ny").expect("Markdown").id.as_str(), "calls-fail-qwerty");
    assert_eq!(read("-", "<h1>x</h1><p>y</p>").expect("HTML").format, Format::Html);
    let titled = Overrides { title: Some("x".to_owned()), ..Overrides::default() };
    assert_eq!(from_file("-", b"< 5 words", &titled).expect("text").format, Format::Text);
}

#[test]
fn files_that_are_no_text_are_refused() {
    let of = |bytes: &[u8]| from_file("x.txt", bytes, &Overrides::default());
    assert!(message(of(b"abc\xFFdef"), "file").contains("byte 3"));
    assert!(message(of(b"abc\0def"), "file").contains("NUL"));
    assert!(message(of(b"\xFF\xFEa\0"), "file").contains("UTF-16"));
    for empty in [b"".as_slice(), b" \n", b"\xEF\xBB\xBF"] {
        assert!(message(of(empty), "file").contains("empty"));
    }
    assert!(message(of(&vec![b'a'; 10_000_000]), "file").contains("10000000"));
}
