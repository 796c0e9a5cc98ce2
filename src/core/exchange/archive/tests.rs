use std::collections::BTreeMap;

use super::*;

type Fields = BTreeMap<String, String>;

fn fields(text: &str) -> Fields {
    BTreeMap::from([("text".to_owned(), text.to_owned())])
}

fn moment() -> Timestamp {
    Timestamp::from_second(1_720_000_000).expect("in range")
}

fn written(texts: &[&str]) -> Vec<u8> {
    let mut writer = ArchiveWriter::new(Vec::new(), moment()).expect("writes");
    let rows = Extent { revisions: texts.len() as u64, ..Extent::default() };
    writer.write_incident(&fields("head"), rows).expect("writes");
    for text in texts {
        writer.write(RowKind::Revision, &fields(text)).expect("writes");
    }
    let (counts, bytes) = writer.finish().expect("writes");
    assert_eq!(counts, Counts { incidents: 1, revisions: texts.len() as u64, ..Counts::default() });
    bytes
}

/// Line and reason of everything that is refused.
fn refusals(bytes: &[u8], most: usize) -> Vec<(u64, String)> {
    let (_, mut reader) = ArchiveReader::bounded(bytes, most).expect("an archive");
    let mut refusals = Vec::new();
    while let Some(read) = reader.read().expect("reads") {
        match read {
            ArchiveRecord::Refused { line, reason } => refusals.push((line, reason)),
            ArchiveRecord::Row(line) if line.kind != RowKind::Incident => {
                refusals.extend(line.row::<Fields>().err().map(|reason| (line.number, reason)));
            }
            ArchiveRecord::Row(line) => {
                refusals.extend(line.incident::<Fields>().err().map(|reason| (line.number, reason)));
            }
            ArchiveRecord::End { .. } => {}
        }
    }
    refusals
}

fn with_lines(lines: &[&[u8]]) -> Vec<u8> {
    let head = b"{\"polypost\":\"export\",\"format\":1,\"program\":\"0\",\"created_at\":\"2024-07-05T13:52:00Z\"}";
    [&[&head[..]], lines].concat().join(&b'\n')
}

#[test]
fn what_is_written_is_read_again() {
    let texts = ["", "line\nbreak \u{2028} \"quoted\" \\ \u{0} ünïcödé 🎈"];
    let bytes = written(&texts);
    let (head, mut reader) = ArchiveReader::new(bytes.as_slice()).expect("an archive");
    assert_eq!((head.format, head.created_at), (FORMAT, moment()));
    let Some(ArchiveRecord::Row(line)) = reader.read().expect("reads") else { panic!("an incident") };
    let rows = Extent { revisions: 2, ..Extent::default() };
    assert_eq!((line.number, line.incident()), (2, Ok((fields("head"), rows))));
    for (number, text) in (3..).zip(texts) {
        let Some(ArchiveRecord::Row(line)) = reader.read().expect("reads") else { panic!("a row") };
        assert_eq!((line.number, line.kind, line.row()), (number, RowKind::Revision, Ok(fields(text))));
    }
    let counts = Counts { incidents: 1, revisions: 2, ..Counts::default() };
    assert_eq!(reader.read().expect("reads"), Some(ArchiveRecord::End { line: 5, counts }));
    assert_eq!(reader.read().expect("reads"), None);
}

#[test]
fn the_first_line_is_as_documented() {
    let bytes = written(&[]);
    let line = bytes.split(|byte| *byte == b'\n').next().expect("a line");
    let program = env!("CARGO_PKG_VERSION");
    let wanted =
        format!(r#"{{"polypost":"export","format":2,"program":"{program}","created_at":"2024-07-03T09:46:40Z"}}"#);
    assert_eq!(String::from_utf8_lossy(line), wanted);
}

#[test]
fn what_is_no_archive_is_refused_at_once() {
    for (bytes, part) in [
        (&b""[..], "it is empty"),
        (b"\n", "EOF"),
        (b"<tmx/>", "expected value (byte 1)"),
        (b"\xff\xfe{\0", "it is not UTF-8 (byte 1)"),
        (b"{\"polypost\":\"import\",\"format\":1}", "`polypost` is not `export`"),
        (b"{\"polypost\":\"export\",\"format\":1,\"program\":\"0\"}", "missing field `created_at`"),
        (b"{\"polypost\":\"export\",\"format\":3,\"program\":\"9.0\",\"new\":[]}", "written by polypost 9.0"),
    ] {
        let error = ArchiveReader::new(bytes).expect_err("is no archive").to_string();
        assert!(error.starts_with("line 1: ") && error.contains(part), "{part} in {error}");
    }
    let bytes = [b"\xef\xbb\xbf", written(&[]).as_slice()].concat();
    assert!(ArchiveReader::new(bytes.as_slice()).is_ok(), "a byte order mark does no harm");
}

#[test]
fn a_line_that_cannot_be_used_is_told_and_the_next_one_is_read() {
    let long = format!("{{\"memory\":{{\"text\":\"{}\"}}}}", "x".repeat(600));
    let bytes = with_lines(&[
        b"{\"memory\":{\"text\":\"a\"}}\r",
        b"",
        b"{\"memory\":{\"text\":\"\xff\"}}",
        long.as_bytes(),
        b"[]",
        b"{\"thing\":{}}",
        b"{\"memory\":{\"text\":1}}",
        b"{\"memory\":{},\"answer\":{}}",
        b"{\"memory\":{\"text\":\"a\"}",
        b"{\"incident\":{}}",
        b"{\"end\":{\"incidents\":0}}",
        b"  { \"memory\": {\"text\":\"a\"}}",
    ]);
    let refusals = refusals(&bytes, 500);
    let lines: Vec<u64> = refusals.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [4, 5, 6, 7, 8, 9, 10, 11, 12], "{refusals:#?}");
    for ((_, reason), part) in refusals.iter().zip([
        "it is not UTF-8 (byte 20)",
        "it has more than 500 bytes",
        "it is not a JSON object",
        "`thing` is no kind of row",
        "invalid type: integer `1`, expected a string (byte 19)",
        "it has 2 rows instead of one",
        "EOF while parsing",
        "missing field `rows`",
        "missing field `revisions`",
    ]) {
        assert!(reason.contains(part), "{part} in {reason}");
    }
}

#[test]
fn a_line_may_have_just_so_many_bytes() {
    let row = |length: usize| format!("{{\"memory\":{{\"text\":\"{}\"}}}}", "x".repeat(length - 22));
    for (length, refused) in [(499, 0), (500, 0), (501, 1), (502, 1), (1001, 1), (5000, 1)] {
        let row = row(length);
        assert_eq!(row.len(), length);
        for lines in [&[row.as_bytes()][..], &[row.as_bytes(), b"{\"memory\":{}}"]] {
            assert_eq!(refusals(&with_lines(lines), 500).len(), refused, "{length}");
        }
    }
}
