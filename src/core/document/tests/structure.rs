//! Nested documents: whatever is built of the elements that reports have is written back byte for byte, and with every
//! text replaced it reads as the same structure: the same blocks, links, code and nesting.

use proptest::prelude::*;

use super::*;

/// What a translation may say, with the marks of all notations in it.
const TELLINGS: [&str; 4] = [
    "Wort",
    "a *b* __c__ ~~d~~ `e` [f](g) ![h][i] <b>j</b> &amp; k",
    "l \"m\" 'n' (o) \\ p | q > r < s -- # t ] u [ v {{% w %}} {{< x >}} y",
    "1. eins - zwei\n\n# drei </p></td></summary> --> ende",
];

/// The part with all of its words replaced by these, read again.
fn retold_and_read(part: &Part, telling: &str) -> Part {
    again(part, &retold(part, |text| tell(text, telling)))
}

fn tell(text: &str, telling: &str) -> String {
    if !text.contains(char::is_alphanumeric) {
        return text.to_owned();
    }
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    format!("{start}{telling}{end}")
}

/// Blocks as lines: kind and notation, texts as they are told (or as told by `telling`), marks by their bytes without
/// the texts inside of them and the quotes of those.
fn structure(part: &Part, telling: Option<&str>) -> Vec<String> {
    let single_spaced = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.trim().is_empty() { " ".to_owned() } else { words }
    };
    let inline = |block: &Block, inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => single_spaced(&telling.map_or(text.clone(), |telling| tell(text, telling))),
        InlineKind::Open { pair } => format!("⟦{pair} {}⟧", mark(part, &inline.range)),
        InlineKind::Close { pair } => {
            let close = mark(part, &inline.range);
            // A label that was the text itself is named.
            let open = block.inlines.iter().find(|open| open.kind == InlineKind::Open { pair: *pair }).unwrap();
            let label = part.source[open.range.end..inline.range.start].to_owned();
            let close = if matches!(close.as_str(), "]" | "][]") { format!("][{label}]") } else { close };
            format!("⟦/{pair} {close}⟧")
        }
        InlineKind::Atom { text } | InlineKind::Literal { text } => format!("⟦{}={text}⟧", mark(part, &inline.range)),
    };
    let line = |block: &Block| {
        let syntax = match block.syntax {
            Syntax::HtmlAttribute { .. } => Syntax::HtmlAttribute { quote: None },
            syntax => syntax,
        };
        let texts: String = block.inlines.iter().map(|each| inline(block, each)).collect();
        format!("{:?} {syntax:?} {}", block.kind, texts.trim())
    };
    part.blocks.iter().map(line).collect()
}

fn mark(part: &Part, range: &Range<usize>) -> String {
    let mut bytes = String::new();
    let mut end = range.start;
    for block in
        part.blocks.iter().filter(|block| range.contains(&block.range.start) && block.kind == BlockKind::Attribute)
    {
        let before = &part.source[end..block.range.start];
        let is_unquoted = block.syntax == Syntax::HtmlAttribute { quote: None };
        bytes.push_str(before);
        bytes.push_str(if is_unquoted { "\"…\"" } else { "…" });
        end = block.range.end;
    }
    bytes.push_str(&part.source[end..range.end]);
    match bytes.as_str() {
        // Where a delimiter could not stand, the element that it means stands.
        "*" | "_" | "<em>" | "</em>" => "emphasis".to_owned(),
        "**" | "__" | "<strong>" | "</strong>" => "strong".to_owned(),
        "~" | "~~" | "<del>" | "</del>" => "deleted".to_owned(),
        _ => bytes,
    }
}

fn check(format: Format, source: &str) {
    let part = body(format, source);
    assert_tiled(&part);
    assert_eq!(part.write(&vec![None; part.blocks.len()]), source);
    assert_tiled(&again(&part, &retold(&part, |text| tell(text, TELLINGS[1]))));
    let part = bare(&part);
    assert_tiled(&part);
    assert_eq!(part.write(&vec![None; part.blocks.len()]), source);
    let same: Vec<_> =
        part.blocks.iter().map(|block| Some((0..block.inlines.len()).map(Piece::Inline).collect())).collect();
    if format == Format::Html {
        assert_eq!(part.write(&same), source);
    }
    for telling in TELLINGS {
        let again = retold_and_read(&part, telling);
        assert_eq!(structure(&again, None), structure(&part, Some(telling)), "{source}\n\nbecomes\n\n{}", again.source);
    }
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["We", "saw errors", "in the EU", "at 13:52 UTC", "AT&amp;T", "(again)", "née", "障害"])
        .prop_map(str::to_owned)
}

fn inline(html: bool) -> impl Strategy<Value = String> {
    let either = move |markdown: &'static str, markup: &'static str| if html { markup } else { markdown };
    let leaf = prop_oneof![
        4 => words(),
        1 => prop::sample::select(vec![
            either("`a < b`", "<code>a &lt; b</code>"),
            "<kbd>Ctrl</kbd>",
            "<var data-x='date'>5</var>",
            "<span translate=\"no\">Acme <b title=\"not this\">One</b></span>",
            "<i class=\"x notranslate\">Acme</i>",
            "<img alt=\"An image\" src=\"https://i.example/a.png\" title='Its title'>",
            "<img src=x alt=unquoted>",
            "<abbr title='Recovery time'>RTO</abbr>",
            "<br>",
            "<!-- a comment -->",
            "<wbr>",
            either("![A *graph* of](https://i.example/b.png \"A title\")", "<svg><text>not this</text></svg>"),
            either("![An image][r]", "<input placeholder=\"Type here\" aria-label=Field>"),
            either("<https://b.example>", "<select title=Choice><option>not this</option></select>"),
            either("[page](https://c.example 'The page')", "<a href=\"https://c.example\" title=\"The page\">page</a>"),
            either("[defined][r]", "<textarea placeholder=\"Text\">not this</textarea>"),
            either("\\*not\\*", "&lt;not&gt;"),
        ]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let content = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.join(" "));
        (prop::sample::select(if html { HTML_PAIRS } else { MARKDOWN_PAIRS }), content, words(), words())
            .prop_map(|((open, close), content, first, last)| format!("{open}{first} {content} {last}{close}"))
    })
}

const MARKDOWN_PAIRS: &[(&str, &str)] = &[
    ("**", "**"),
    ("*", "*"),
    ("~~", "~~"),
    ("[", "](https://a.example/x_(y))"),
    ("[", "](<https://a.example> (A title))"),
    ("[", "][r]"),
    ("<b>", "</b>"),
    ("<span title=\"A tip\">", "</span>"),
    ("", ""),
];

const HTML_PAIRS: &[(&str, &str)] = &[
    ("<b>", "</b>"),
    ("<em class=\"x\">", "</em>"),
    ("<a href=\"https://a.example\" title='A \"title\"'>", "</a>"),
    ("<span aria-label=Label>", "</span>"),
    ("", ""),
];

fn html_block() -> impl Strategy<Value = String> {
    let run = || prop::collection::vec(inline(true), 1..4).prop_map(|parts| parts.join(" "));
    let leaf = prop_oneof![
        run().prop_map(|run| format!("<p>{run}</p>\n")),
        run().prop_map(|run| format!("<h2 title=\"A part\">{run}</h2>")),
        run(),
        Just("<pre>not <b>this</b></pre>\n".to_owned()),
        Just("<p translate=no>Not this<p title=Tip>But this".to_owned()),
        Just("<div class=notranslate><p>Not <i>this</i></p></div>".to_owned()),
        Just("<hr><script>not(this)</script>".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let content = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.concat());
        let pairs = prop::sample::select(vec![
            ("<div>", "</div>\n"),
            ("<blockquote cite=x>", "</blockquote>"),
            ("<ul>\n  <li>", "\n  <li>Two</ul>\n"),
            ("<ol start=3><li>", "</li></ol>"),
            ("<table aria-label='A table'><tr><th abbr=Short>One<td>", "</table>"),
            ("<details><summary>What happened</summary>", "</details>\n"),
            ("<figure><img alt=\"A graph\" src=g><figcaption>A caption</figcaption>", "</figure>"),
        ]);
        (pairs, content).prop_map(|((open, close), content)| format!("{open}{content}{close}"))
    })
}

fn markdown_block() -> impl Strategy<Value = String> {
    let run = || prop::collection::vec(inline(false), 1..4).prop_map(|parts| parts.join(" "));
    let indented = |text: &str, indent: &str| text.trim_end().replace('\n', &format!("\n{indent}"));
    let leaf = prop_oneof![
        3 => run().prop_map(|run| format!("{run}\n")),
        1 => (run(), run()).prop_map(|(first, second)| format!("{first}  \n{second}\n{first}\\\n{second}\n")),
        1 => run().prop_map(|run| format!("## {run} ##\n")),
        1 => run().prop_map(|run| format!("{run}\n---\n")),
        1 => (run(), run()).prop_map(|(a, b)| format!("| {a} | Two |\n|:--|--:|\n| {b} | `a \\| b` |\n")),
        1 => Just("```text\nnot *this*\n```\n".to_owned()),
        1 => Just("{{< note title=\"x\" >}}\n".to_owned()),
        1 => run().prop_map(|run| format!("{run}\nand more *of* it\n")),
        1 => inline(true).prop_map(|inline| format!("<span title='A tip'>\nText {inline}\n</span>\n")),
        2 => html_block().prop_map(|html| format!("<div>\n{}\n</div>\n", html.trim_end())),
        1 => run().prop_map(|run| format!("<details>\n<summary>What *happened*</summary>\n\n{run}\n\n</details>\n")),
        1 => run().prop_map(|run| format!("<div translate=\"no\">\n\n{run}\n\n</div>\n")),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let content = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.join("\n"));
        (prop::sample::select(vec![("> ", "> "), ("- ", "  "), ("1. ", "   "), ("- [x] ", "  ")]), content)
            .prop_map(move |((first, other), content)| format!("{first}{}\n", indented(&content, other)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nested_html_keeps_its_structure(blocks in prop::collection::vec(html_block(), 1..4)) {
        check(Format::Html, &blocks.concat());
    }

    #[test]
    fn nested_markdown_keeps_its_structure(blocks in prop::collection::vec(markdown_block(), 1..4)) {
        check(Format::Markdown, &format!("{}\n[r]: https://r.example \"A definition\"\n", blocks.join("\n")));
    }
}

#[test]
fn real_markdown_keeps_its_structure() {
    for (_, source) in corpus("cstate") {
        let body = source.splitn(3, "---\n").nth(2).unwrap_or(&source);
        check(Format::Markdown, body);
    }
}

#[test]
fn help_centre_and_status_page_articles_keep_their_structure() {
    for (format, source) in [
        (Format::Html, include_str!("../../../../tests/fixtures/markup/help-centre.html")),
        (Format::Html, include_str!("../../../../tests/fixtures/markup/status-page.html")),
        (Format::Markdown, include_str!("../../../../tests/fixtures/markup/post-mortem.md")),
    ] {
        check(format, source);
        check(format, &source.replace('\n', "\r\n"));
    }
}
