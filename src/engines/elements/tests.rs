use super::*;

const TEXT: &str = "From [PH1] our <team> fixed R&D [PH2].";

fn span(words: &str) -> Range<usize> {
    let start = TEXT.find(words).unwrap();
    start..start + words.len()
}

#[test]
fn both_dialects_are_well_formed_and_come_back_as_sent() {
    let spans = [span("our <team>"), span("<team>"), span("R&D [PH2]")];
    let xml = encode(TEXT, &spans, Dialect::Xml, 0);
    assert_eq!(
        xml,
        "From <x id=\"1\"/> <g id=\"1\">our <g id=\"2\">&lt;team&gt;</g></g> fixed <g id=\"3\">R&amp;D <x id=\"2\"/></g>."
    );
    let html = encode(TEXT, &spans, Dialect::Html, 0);
    assert!(html.starts_with("From <span translate=\"no\" class=\"notranslate\" id=\"x1\">[PH1]</span> <b id=\"g1\">"));
    for (dialect, sent) in [(Dialect::Xml, xml), (Dialect::Html, html)] {
        let read = decode(TEXT, &spans, dialect, 0, &sent).unwrap();
        assert_eq!(read.text, TEXT);
        let mut places = read.alignment.clone();
        places.sort_by_key(|(from, _)| (from.start, Reverse(from.end)));
        assert_eq!(places, spans.iter().map(|range| (range.clone(), range.clone())).collect::<Vec<_>>());
    }
}

#[test]
fn what_moved_is_found_where_it_went() {
    let spans = [span("our <team>")];
    let answer = "<g id=\"1\">nuestro equipo</g> arregl&#243; I&amp;D <x id=\"2\"></x> desde <x id=\"1\"/>.";
    let read = decode(TEXT, &spans, Dialect::Xml, 0, answer).unwrap();
    assert_eq!(read.text, "nuestro equipo arregló I&D [PH2] desde [PH1].");
    assert_eq!(read.alignment, [(spans[0].clone(), 0..14)]);
    let answer = "Desde <span id=\"x1\" translate=no class=notranslate> [ph 1] </span>.";
    assert_eq!(decode(TEXT, &spans, Dialect::Html, 0, answer).unwrap().text, "Desde [PH1].");
}

#[test]
fn spans_that_cross_or_are_empty_are_left_out() {
    let text = "one two three";
    assert_eq!(encode(text, &[0..7, 4..13, 5..5], Dialect::Xml, 0), "<g id=\"1\">one two</g> three");
    assert_eq!(encode(text, &[0..3, 0..3], Dialect::Xml, 0), "<g id=\"1\"><g id=\"2\">one</g></g> two three");
}

#[test]
fn the_answer_to_another_text_is_refused() {
    let (first, second) = ("Orders failed at [PH1].", "Orders were saved at [PH1].");
    let spans = [0..6, 7..9];
    for dialect in [Dialect::Xml, Dialect::Html] {
        let before = numbers(first, &spans);
        let answers = [encode(first, &spans, dialect, 0), encode(second, &spans, dialect, before)];
        assert_eq!(decode(second, &spans, dialect, before, &answers[1]).unwrap().text, second);
        assert!(decode(second, &spans, dialect, before, &answers[0]).is_err());
        assert!(decode(first, &spans, dialect, 0, &answers[1]).is_err());
    }
}

#[test]
fn markup_that_was_not_sent_is_refused() {
    for answer in [
        "<script>alert(1)</script>",
        "<x id=\"3\"/>",
        "<x id=\"0\"/>",
        "<x/>",
        "<g id=\"9\">a</g>",
        "<g id=\"1\">a",
        "a</g>",
        "<x id=\"1\">",
        "<!-- a -->",
        "<b>a</b>",
        "<a href=\"https://x.example\">a</a>",
    ] {
        assert!(decode(TEXT, std::slice::from_ref(&(0..4)), Dialect::Xml, 0, answer).is_err(), "{answer}");
    }
    assert!(decode(TEXT, &[], Dialect::Html, 0, "<b id=\"g1\">a</b>").is_err());
}
