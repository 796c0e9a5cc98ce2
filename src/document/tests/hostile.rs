//! Inputs made to be expensive: each is refused, or read and rendered at once.

use super::*;

/// Name, text; each at the size limit of a report (1 MiB) or the size at which the pattern is known to hurt.
pub(super) fn bombs() -> Vec<(&'static str, String)> {
    const MEBIBYTE: usize = 1 << 20;
    let fill = |pattern: &str| pattern.repeat(MEBIBYTE / pattern.len());
    let numbered = |pattern: &str| (0..40_000).map(|number| pattern.replace('#', &number.to_string())).collect::<String>();
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
        ("lists by indentation", (0..1_400).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect()),
        ("lists by two", (0..1_000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect()),
        ("list and blank lines", format!("{}\n{}", "- ".repeat(60), fill("\n"))),
        ("backticks", (1..1_400).map(|length| "`".repeat(length) + " ").collect()),
        ("backtick lines", fill("`a\n")),
        ("tables", fill("|a")),
        ("table rows", format!("|a|\n|-|\n{}", fill("|b|\n"))),
        ("wide table", format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|b\n".repeat(100_000))),
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
        ("div, ended", "<div>".repeat(60_000) + &"</div>".repeat(60_000)),
        ("spans", fill("<span>")),
        ("bold with attributes", numbered("<b a=#>")),
        ("bold across paragraphs", fill("<b><p>")),
        ("misnested", fill("<b><i></b></i>")),
        ("misnested over blocks", fill("<b><p></b>")),
        ("unknown elements", fill("<x>")),
        ("unknown elements, wrong ends", "<x>".repeat(100_000) + &"</y>".repeat(100_000)),
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
        ("code and ends", "<code>".repeat(60_000) + "<p>" + &"</code>".repeat(60_000)),
        ("table code", format!("<table>{}<p>{}", "<code>".repeat(60_000), "</code>".repeat(60_000))),
        ("anchors", fill("<a href=x>")),
        ("paragraphs", fill("<p>")),
        ("items", fill("<li>")),
        ("nested lists", fill("<ul><li>")),
        ("bare links", fill("https://a.example/(")),
        ("scheme starts", fill("http://")),
    ]
}

#[test]
fn hostile_texts_are_refused_or_read_at_once() {
    for format in [Format::Text, Format::Markdown, Format::Html] {
        for (name, text) in bombs() {
            let started = std::time::Instant::now();
            let outcome = read(&report(format, &text));
            let refused = outcome.as_ref().err().map(|errors| errors[0].problem.clone());
            if let Ok(document) = outcome {
                for part in &document.parts {
                    assert_tiled(part);
                    let _ = part.write(&retold(part, str::to_owned));
                }
            }
            // To be read by people (`--nocapture`): a bound on time would fail on a busy machine.
            println!("{format:?} {name}: {:?} {refused:?}", started.elapsed());
        }
    }
}
