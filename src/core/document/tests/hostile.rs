//! Inputs made to be expensive: each is refused, or read and rendered at once.

use super::*;

/// A list of this many levels, each indented this much further.
fn list(levels: usize, indent: usize) -> String {
    (0..levels).flat_map(|level| [" ".repeat(level * indent), "- a\n".to_owned()]).collect()
}

/// Name, text; each of some 32 KiB, at which quadratic work shows, or of the size at which the pattern is known to
/// hurt.
#[expect(clippy::too_many_lines, reason = "a list, one line for each")]
fn bombs() -> Vec<(&'static str, String)> {
    const SIZE: usize = 32 << 10;
    let fill = |pattern: &str| pattern.repeat(SIZE / pattern.len());
    let numbered =
        |pattern: &str| (0..4_000).map(|number| pattern.replace('#', &number.to_string())).collect::<String>();
    vec![
        ("one word", fill("a")),
        ("quotes", ">".repeat(16_000)),
        ("quotes and text", fill("> ")),
        ("quote lines", fill(&format!("{}a\n", ">".repeat(60)))),
        ("brackets", fill("[")),
        ("brackets in lines", fill("[\n")),
        ("brackets and parentheses", fill("[a](")),
        ("images", fill("![")),
        ("images nested", fill("![a")),
        ("closing brackets", fill("a]")),
        ("bracket paragraphs", fill(&format!("{}\n\n", "[".repeat(16_000)))),
        ("emphasis", fill("*a **a ")),
        ("emphasis and underscores", fill("*a_ ")),
        ("emphasis paragraphs", fill(&format!("{}\n\n", "*a _b ".repeat(2_600)))),
        ("stars", fill("*")),
        ("tildes", fill("~a ~~b ")),
        ("lists on one line", fill("- ")),
        ("lists by indentation", list(1_400, 1)),
        ("lists by two", list(1_000, 2)),
        ("list and blank lines", format!("{}\n{}", "- ".repeat(60), fill("\n"))),
        ("backticks", (1..1_400).map(|length| "`".repeat(length) + " ").collect()),
        ("backtick lines", fill("`a\n")),
        ("tables", fill("|a")),
        ("table rows", format!("|a|\n|-|\n{}", fill("|b|\n"))),
        ("wide table", format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|b\n".repeat(1_000))),
        ("table of many", fill("a|\n-|\n")),
        ("entities", fill("&amp;")),
        ("entity starts", fill("&")),
        ("angle brackets", fill("<")),
        ("tag starts", fill("<a ")),
        ("comment starts", fill("<!--")),
        ("comments and declarations", fill("<!A ")),
        ("processing", fill("<?")),
        ("cdata", fill("<![CDATA[")),
        ("reference definitions", numbered("[a#]: u\n")),
        ("footnotes", numbered("[^a#]: u\n\n")),
        ("footnote references", format!("[^a]: u\n\n{}", fill("[^a]"))),
        ("references", format!("[a]: {}\n\n{}", "u".repeat(10_000), "[a]".repeat(5_000))),
        ("shortcodes", fill("{{< a >}}")),
        ("shortcode starts", fill("{{<")),
        ("combining marks", format!("a{}", "\u{301}".repeat(100_000))),
        ("div", fill("<div>")),
        ("div, ended", "<div>".repeat(6_000) + &"</div>".repeat(6_000)),
        ("spans", fill("<span>")),
        ("bold with attributes", numbered("<b a=#>")),
        ("bold across paragraphs", fill("<b><p>")),
        ("misnested", fill("<b><i></b></i>")),
        ("misnested over blocks", fill("<b><p></b>")),
        ("unknown elements", fill("<x>")),
        ("unknown elements, wrong ends", "<x>".repeat(10_000) + &"</y>".repeat(100_000)),
        ("lost ends", fill("</a>")),
        ("attributes", format!("<p {}>", numbered("a# "))),
        ("table, foster parents", format!("<table>{}", fill("<br>"))),
        ("table, foster text", format!("<table>{}", fill("a<tr>"))),
        ("table, foster after cell", format!("<table><tr><td><b></td>{}", fill("<br>"))),
        ("tables nested", fill("<table><tr><td>")),
        ("svg", fill("<svg>")),
        ("svg style", format!("<svg><style><![CDATA[ > <!-- ]]>{}", fill("<g>"))),
        ("select style", format!("<select><style></select>{}", fill("<div>"))),
        ("code", fill("<code>")),
        ("code and ends", "<code>".repeat(6_000) + "<p>" + &"</code>".repeat(6_000)),
        ("table code", format!("<table>{}<p>{}", "<code>".repeat(6_000), "</code>".repeat(6_000))),
        ("anchors", fill("<a href=x>")),
        ("paragraphs", fill("<p>")),
        ("items", fill("<li>")),
        ("nested lists", fill("<ul><li>")),
        ("alternative texts", fill("<img alt=a>")),
        ("alternative texts in a row", format!("<p>a{}", "<img alt='a b' title=c>".repeat(900))),
        ("attributes of one name", format!("<img {}>", "alt=a ".repeat(SIZE / 6))),
        ("images with titles", fill("![a](b 'c')")),
        ("links with titles", fill("[a](b \"c\") ")),
        ("an escaped title", format!("[a](b \"{}\")", "\\\"".repeat(8_000))),
        ("references with titles", format!("[a]: u \"{}\"\n\n{}", "t ".repeat(7_000), "[a] ".repeat(5_000))),
        ("titles of definitions", numbered("[a#]: u 'b'\n[a#]\n\n")),
        ("html blocks", fill("<div>a\n\n</div>\n\n")),
        ("html blocks, open", fill("<p>\n\na\n\n")),
        ("html blocks in quotes", fill("> <div>\n> a\n> </div>\n\n")),
        ("html lines", format!("<div>\n{}", fill("a\n"))),
        ("shortcodes in html", format!("<div>{}", fill("{{< a >}}"))),
        ("shortcodes between tags", format!("<div>{}", fill("{{<a>}}"))),
        ("not to be translated", fill("<i translate=no>a</i>")),
        ("not to be translated, open", fill("<p translate=no>a")),
        ("code in code", format!("a{}{}", "<code>a".repeat(60), "</code>".repeat(60)).repeat(40)),
        ("elements never closed", format!("a{}{}", "<b>".repeat(4_000), "</i>".repeat(4_000))),
        ("bare links", fill("https://a.example/(")),
        ("scheme starts", fill("http://")),
    ]
}

#[test]
fn hostile_texts_are_refused_or_read_written_and_shown_at_once() {
    for format in [Format::Text, Format::Markdown, Format::Html] {
        for (name, text) in bombs() {
            let started = std::time::Instant::now();
            let outcome = read(&Report::example(format, &text));
            let refused = outcome.as_ref().err().map(|errors| errors[0].problem.clone());
            for part in outcome.iter().flat_map(|document| &document.parts) {
                assert_tiled(part);
                assert_eq!(part.write(&vec![None; part.blocks.len()]), part.source);
                let written = part.write(&retold(part, str::to_owned));
                assert!(written.len() <= 10 * part.source.len() + 64, "{format:?} {name}");
            }
            // To be read by people (`--nocapture`): a bound on time would fail on a busy machine.
            println!("{format:?} {name}: {:?} {refused:?}", started.elapsed());
        }
    }
}

#[test]
fn what_would_be_expensive_is_refused() {
    use TextError::{LongSegment, Nesting, TooManySegments, TooMuchMarkup};
    const MEBIBYTE: usize = 1 << 20;
    let nested = |open: &str| open.repeat(10_000);
    let cases = [
        (Format::Text, "a".repeat(MEBIBYTE), LongSegment { line: 1 }),
        (Format::Markdown, "a".repeat(MEBIBYTE), LongSegment { line: 1 }),
        (Format::Html, "a".repeat(MEBIBYTE), LongSegment { line: 1 }),
        (Format::Markdown, format!("a{}", "\u{301}".repeat(100_000)), LongSegment { line: 1 }),
        (Format::Markdown, ">".repeat(16_000), Nesting { line: 1 }),
        (Format::Markdown, "[".repeat(65_536), TooMuchMarkup),
        (Format::Markdown, nested("- "), Nesting { line: 1 }),
        (Format::Markdown, nested("1. ") + "a", Nesting { line: 1 }),
        (Format::Markdown, list(1_000, 2), Nesting { line: 65 }),
        (Format::Markdown, format!("{}a{}", "*a **a ".repeat(70), "** a*".repeat(70)), Nesting { line: 1 }),
        (Format::Markdown, format!("|a|\n|-|\n{}", "|b|\n".repeat(10_000)), TooMuchMarkup),
        (Format::Html, nested("<div>"), Nesting { line: 1 }),
        (Format::Html, nested("<table><tr><td>"), TooMuchMarkup),
        (Format::Html, nested("<p>a"), TooManySegments),
        (Format::Html, "<br>".repeat(MEBIBYTE / 4), TooMuchMarkup),
        (Format::Text, "&&&&\n".repeat(MEBIBYTE / 5), TooMuchMarkup),
        (Format::Text, "a\n".repeat(10_000), TooManySegments),
    ];
    for (format, text, problem) in cases {
        let start: String = text.chars().take(20).collect();
        let found = read(&Report::example(format, &text)).map_err(|errors| errors[0].problem.clone());
        assert_eq!(found.err(), Some(problem), "{format:?} {start}");
    }
}
