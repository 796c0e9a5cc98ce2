use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Result<Vec<TmxRecord>, TmxError> {
    let mut reader = TmxReader::new(bytes)?;
    let mut units = Vec::new();
    while let Some(unit) = reader.read()? {
        units.push(unit);
    }
    Ok(units)
}

fn file(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n\
         <header creationtool=\"x\" srclang=\"en\"><note>n</note></header>\n<body>\n{body}\n</body>\n</tmx>\n"
    )
}

fn tu(english: &str, spanish: &str) -> String {
    format!("<tu><tuv xml:lang=\"en\"><seg>{english}</seg></tuv><tuv xml:lang=\"es\"><seg>{spanish}</seg></tuv></tu>")
}

fn only(body: &str) -> TmxRecord {
    let mut units = read(file(body).as_bytes()).unwrap();
    assert_eq!(units.len(), 1);
    units.remove(0)
}

fn text_of(read: &TmxRecord) -> Vec<&TmxPiece> {
    match read {
        TmxRecord::Unit(unit) => unit.variants[0].pieces.iter().collect(),
        TmxRecord::Refused { reason, .. } => panic!("{reason}"),
    }
}

fn reason(body: &str) -> String {
    match only(body) {
        TmxRecord::Refused { reason, .. } => reason,
        TmxRecord::Unit(unit) => panic!("{unit:?}"),
    }
}

fn problem(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn a_unit_has_its_texts_dates_properties_and_line() {
    let body = "<tu creationdate=\"20240705T135200Z\" changedate=\"nonsense\">\n<note>a note</note>\n\
        <prop type=\"x-other\">no</prop><prop type=\"x-polypost-engine\">a&amp;b</prop>\n\
        <tuv xml:lang=\"en-US\"><prop type=\"p\">q</prop><seg>One &lt;b&gt; &#233;.</seg></tuv>\n\
        <tuv lang=\"ES\"><seg>Uno</seg></tuv></tu>";
    let TmxRecord::Unit(unit) = only(body) else { panic!("refused") };
    let texts: Vec<(&str, &[TmxPiece])> =
        unit.variants.iter().map(|variant| (variant.language.as_str(), variant.pieces.as_slice())).collect();
    let piece = |text: &str| vec![TmxPiece::Text(text.to_owned())];
    assert_eq!(texts, [("en-US", piece("One <b> é.").as_slice()), ("ES", piece("Uno").as_slice())]);
    assert_eq!((unit.number, unit.line), (1, 6));
    assert_eq!(unit.created_at, Some("2024-07-05T13:52:00Z".parse().unwrap()));
    assert_eq!(unit.changed_at, None);
    assert_eq!(unit.properties, [("x-polypost-engine".to_owned(), "a&b".to_owned())]);
}

#[test]
fn inline_elements_are_pieces_and_their_code_is_left_out() {
    let english = "a <bpt i=\"1\" x=\"3\" type=\"bold\">&lt;b&gt;</bpt>b<ept i=\"1\">&lt;/b&gt;</ept> <hi>c</hi>\
        <ph x=\"2\" type=\"x-moment\">13:52<sub>s</sub></ph>";
    let unit = only(&tu(english, "x"));
    let text = |text: &str| TmxPiece::Text(text.to_owned());
    let wanted = [
        text("a "),
        TmxPiece::Open { i: 1, x: Some(3), kind: Some("bold".to_owned()) },
        text("b"),
        TmxPiece::Close { i: 1 },
        text(" c"),
        TmxPiece::Placeholder { x: Some(2), kind: Some("x-moment".to_owned()), code: "13:52s".to_owned() },
    ];
    assert_eq!(text_of(&unit), wanted.iter().collect::<Vec<_>>());
}

#[test]
fn line_breaks_of_the_file_are_spaces_and_those_of_the_text_stay() {
    let unit = only(&tu("One\n      two &amp;\r\n three&#10;four\n", "x"));
    assert_eq!(text_of(&unit), [&TmxPiece::Text("One two & three\nfour ".to_owned())]);
}

#[test]
fn what_cannot_be_used_is_told_and_the_next_unit_is_read() {
    let long = "x".repeat(17 * 1024);
    for (body, part) in [
        (tu("a<mark pos=\"begin\">b</mark>", "x"), "`en` has the inline element `<mark>`"),
        (tu("a<bpt>b</bpt>", "x"), "`<bpt>` without its `i`"),
        (tu("a &custom; b", "x"), "entity `&custom;`, which is not defined"),
        (tu("a &#0; b", "x"), "entity `&#0;`"),
        (tu("a \u{b} b", "x"), "control characters"),
        (tu(&long, "x"), "`en` has more than 16384 bytes"),
        (tu(&"<ph/>".repeat(600), "x"), "more than 512 pieces"),
        ("<tu><tuv xml:lang=\"en\"/></tu>".to_owned(), "no `<seg>` for `en`"),
        ("<tu><tuv><seg>a</seg></tuv></tu>".to_owned(), "no `xml:lang`"),
        (format!("<tu>{}</tu>", "<tuv xml:lang=\"en\"><seg>a</seg></tuv>".repeat(300)), "more than 256 languages"),
    ] {
        assert!(reason(&body).contains(part), "{part}: {}", reason(&body));
        let both = read(file(&(body + &tu("a", "b"))).as_bytes()).unwrap();
        assert!(matches!(&both[..], [TmxRecord::Refused { number: 1, .. }, TmxRecord::Unit(unit)] if unit.number == 2));
    }
}

#[test]
fn a_broken_file_is_told_with_line_and_byte() {
    let whole = file(&tu("a", "b"));
    for (bytes, part) in [
        ("", "line 1, byte 0: there is no `<tmx>` in it"),
        ("just text", "there is no `<tmx>`"),
        ("<html><body/></html>", "it begins with `<html>`"),
        (&whole[..whole.len() - 15], "it ends within 2 open elements"),
        (&whole.replace("</seg></tuv></tu>", "</tuv></tu>"), "line 6, byte"),
        (&whole.replace("<tuv", "<tuv a"), "attribute"),
        (&whole.replace("\"tmx14.dtd\"", "\"tmx14.dtd\" [<!ENTITY a \"b\">]"), "the DOCTYPE defines entities"),
        (&whole.replace("UTF-8", "windows-1252"), "`windows-1252`: save it as UTF-8"),
        (&file(&"<a>".repeat(100)), "nest more than 64 deep"),
    ] {
        let problem = problem(bytes.as_bytes());
        assert!(problem.contains(part), "{part}: {problem}");
        assert!(problem.starts_with("line "), "{problem}");
    }
    let mut latin = whole.clone().into_bytes();
    let at = whole.find("<seg>a").unwrap() + 5;
    latin[at] = 0xe9;
    assert!(problem(&latin).contains("it is not UTF-8"), "{}", problem(&latin));
}

#[test]
fn an_entity_bomb_is_refused_before_it_is_lit() {
    let mut bomb = "<?xml version=\"1.0\"?><!DOCTYPE tmx [<!ENTITY a0 \"ha\">".to_owned();
    bomb.extend((1..30).map(|level| format!("<!ENTITY a{level} \"&a{0};&a{0};\">", level - 1)));
    bomb.push_str("]><tmx><body><tu><tuv xml:lang=\"en\"><seg>&a29;</seg></tuv></tu></body></tmx>");
    assert!(problem(bomb.as_bytes()).contains("which is refused"));
}

#[test]
fn no_token_is_held_that_is_longer_than_a_mebibyte() {
    for (head, filler) in [("<seg>", "text "), ("<!-- ", "text "), ("<ph a=\"", "text "), ("<", "name")] {
        let body = format!("<tu><tuv xml:lang=\"en\">{head}{}", filler.repeat(300_000));
        let problem = problem(file(&body).as_bytes());
        assert!(problem.contains("has more than 1048576 bytes"), "{head} {problem}");
    }
}

#[test]
fn every_encoding_that_xml_readers_must_know_is_read() {
    let whole = file(&tu("Caf\u{e9} \u{1f600} \u{2028}ok", "日本"));
    let utf16 = |unit: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let text = whole.replace("UTF-8", "UTF-16");
        let marked = if mark { format!("\u{feff}{text}") } else { text };
        marked.encode_utf16().flat_map(unit).collect()
    };
    let wanted = read(whole.as_bytes()).unwrap();
    for bytes in [
        [b"\xef\xbb\xbf", whole.as_bytes()].concat(),
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
        utf16(u16::to_be_bytes, false),
    ] {
        assert_eq!(read(&bytes).unwrap(), wanted);
    }
    let cut = utf16(u16::to_le_bytes, true);
    assert!(problem(&cut[..cut.len() - 1]).contains("not the UTF-16"));
    let mut torn = utf16(u16::to_le_bytes, true);
    let at = torn.windows(2).position(|pair| pair == 0xd83d_u16.to_le_bytes()).unwrap();
    torn.drain(at..at + 2);
    assert!(problem(&torn).contains("not the UTF-16"));
}

#[test]
fn characters_cut_by_a_buffer_are_put_together() {
    let long = "\u{1f600}é".repeat(2000);
    let body: String = (0..20).map(|shift| tu(&format!("{}{long}", "x".repeat(shift)), "y")).collect();
    let text = format!("\u{feff}{}", file(&body));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf16).unwrap(), read(text.as_bytes()).unwrap());
}

#[test]
fn what_is_written_says_what_the_format_demands() {
    let writer = TmxWriter::new(Vec::new(), &"en-GB".parse().unwrap()).unwrap();
    let text = String::from_utf8(writer.finish().unwrap()).unwrap();
    for attribute in
        ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang=\"en-GB\"", "datatype"]
    {
        assert!(text.contains(attribute), "{attribute}");
    }
    assert_eq!(read(text.as_bytes()).unwrap(), []);
}

#[test]
fn a_control_character_cannot_be_written() {
    let unit = |text: &str| TranslationUnit {
        variants: vec![Variant {
            language: "en".to_owned(),
            pieces: vec![TmxPiece::Text(text.to_owned())],
            ..Variant::default()
        }],
        ..TranslationUnit::default()
    };
    assert!(is_writable(&unit("a\n\tb")));
    assert!(!is_writable(&unit("a\u{1}b")));
}

fn any_piece() -> impl Strategy<Value = TmxPiece> {
    let kind = prop::option::of("x-[a-z+]{1,8}");
    prop_oneof![
        "[ -~\n\r\té\u{a0}日\u{1f600}]{1,20}".prop_map(TmxPiece::Text),
        (prop::option::of(any::<u32>()), kind.clone(), "[ -~é]{0,9}")
            .prop_map(|(x, kind, code)| TmxPiece::Placeholder { x, kind, code }),
        (any::<u32>(), prop::option::of(any::<u32>()), kind).prop_map(|(i, x, kind)| TmxPiece::Open { i, x, kind }),
        any::<u32>().prop_map(|i| TmxPiece::Close { i }),
    ]
}

/// Texts beside each other are one text to a reader.
fn joined(pieces: Vec<TmxPiece>) -> Vec<TmxPiece> {
    let mut joined: Vec<TmxPiece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(TmxPiece::Text(last)), TmxPiece::Text(text)) => last.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_read_again(
        texts in prop::collection::vec(prop::collection::vec(any_piece(), 0..8), 1..4),
        engine in "[ -~é]{0,20}",
        second in prop::option::of(0..4_000_000_000_i64),
    ) {
        let variants = texts
            .into_iter()
            .map(|pieces| Variant {
                language: "zh-Hant".to_owned(),
                pieces: joined(pieces),
                ..Variant::default()
            })
            .collect();
        let unit = TranslationUnit {
            number: 1,
            line: 6,
            variants,
            properties: vec![(format!("{OWN}-engine"), engine)],
            created_at: second.map(|second| Timestamp::from_second(second).unwrap()),
            changed_at: None,
            made: Made { tool: "polypost".to_owned(), ..Made::default() },
        };
        let mut writer = TmxWriter::new(Vec::new(), &"en".parse().unwrap()).unwrap();
        writer.write(&unit).unwrap();
        let bytes = writer.finish().unwrap();
        prop_assert_eq!(read(&bytes).unwrap(), vec![TmxRecord::Unit(unit)]);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0..600_usize) {
        let mut whole = file(&tu("a <ph x=\"1\"/>", "b")).into_bytes();
        let at = at.min(whole.len());
        whole.splice(at..at, bytes);
        let _ = read(&whole);
    }

    #[test]
    fn no_tags_make_the_reader_panic(tags in prop::collection::vec(
        prop::sample::select(vec!["<tu>", "</tu>", "<tuv xml:lang='en'>", "</tuv>", "<seg>", "</seg>", "<ph/>", "x",
            "<hi>", "</hi>", "<prop type='x-polypost'>", "</prop>", "&amp;", "&x;", "<tmx>", "</tmx>", "<![CDATA[y]]>"]), 0..40))
    {
        let _ = read(file(&tags.concat()).as_bytes());
    }
}
