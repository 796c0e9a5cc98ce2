//! Tests of the forms: what readers get of known texts, and what no reader ever gets.

use proptest::prelude::*;

use super::*;
use crate::document::markup::{self, HtmlTokenKind};

/// Attacks from the OWASP cheat sheet, the advisories of other sanitisers, and the project's own.
const PAYLOADS: [&str; 58] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://e.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script\u{c}>alert(1)</script\u{c}>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\"onerror=\"alert(1)\">",
    "<img/src='x'/onerror=alert(1)>",
    "<IMG SRC=javascript:alert('XSS')>",
    "<img src=\"https://e.example/x.png\" onload=alert(1) style=\"x\">",
    "<img src=data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java&#x0A;script:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"//e.example\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"file:///etc/passwd\">x</a>",
    "<a href='https://a.example' onclick=alert(1) target=_blank>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><annotation-xml><foreignobject><style><!--</style><p id=\"--><img src=x onerror=alert(1)>\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<style>@import 'https://e.example/x.css';</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=\"background:URL(https://e.example/)\">x</div>",
    "<link rel=stylesheet href=https://e.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"javascript:alert(1)//\">",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><input type=submit><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<template><script>alert(1)</script></template>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><td><a href=javascript:alert(1)>x",
    "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<plaintext><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![x](data:text/html,1) <javascript:alert(1)> [y](<java\tscript:alert(1)>)",
    "https://a.example/\"onmouseover=\"alert(1) https://a.example/<script>alert(1)</script>",
];

/// Parses HTML anew and holds every tag of it against what readers may get.
fn assert_safe(html: &str, from: &str) {
    for piece in markup::tokens(html) {
        let HtmlTokenKind::Start { name, attributes } = piece.kind else { continue };
        assert!(!markup::is_opaque(&name) || name == "pre", "element `{name}` of {from:?} in {html:?}");
        assert!(
            !matches!(
                name.as_str(),
                "input"
                    | "button"
                    | "form"
                    | "link"
                    | "meta"
                    | "base"
                    | "embed"
                    | "source"
                    | "g"
                    | "mglyph"
                    | "annotation-xml"
            ),
            "element `{name}` of {from:?} in {html:?}"
        );
        for (attribute, value) in &attributes {
            assert!(!attribute.starts_with("on") && attribute != "style", "`{attribute}` of {from:?} in {html:?}");
            if matches!(attribute.as_str(), "href" | "src" | "cite" | "action" | "data" | "srcset" | "poster") {
                if value.starts_with("#report-") {
                    continue;
                }
                let scheme = value.split(':').next().unwrap_or_default();
                assert!(matches!(scheme, "http" | "https" | "mailto"), "`{value}` of {from:?} in {html:?}");
            }
        }
        let rel = attributes.iter().find(|(attribute, _)| attribute == "rel").map(|(_, value)| value.as_str());
        assert!(name != "a" || rel == Some("nofollow noopener noreferrer"), "link of {from:?} in {html:?}");
    }
}

fn all() -> [Format; 3] {
    [Format::Text, Format::Markdown, Format::Html]
}

#[test]
fn no_attack_reaches_a_reader_in_any_format() {
    for payload in PAYLOADS {
        for wrapped in [
            payload.to_owned(),
            format!("before {payload} after"),
            format!("- item\n\n  {payload}\n\n| a |\n|---|\n| {payload} |\n"),
            format!("<table><tr><td>{payload}</td></tr></table>"),
            format!("<h1>{payload}</h1><p>{payload}"),
        ] {
            for format in all() {
                let forms = forms(format, &wrapped, Official::default());
                assert_safe(&forms.html, &wrapped);
                assert_safe(&super::forms(Format::Markdown, &forms.markdown, Official::default()).html, &wrapped);
                assert_eq!(html::sanitise(&forms.html, Official::default()), forms.html, "{wrapped:?}");
            }
        }
    }
}

#[test]
fn plain_text_shows_markup_as_it_is() {
    let forms = forms(
        Format::Text,
        "Summary\n<b>not bold</b> & *not* https://a.example/x_(y).\n- one\n- two\n3. three\nTail",
        Official::default(),
    );
    assert_eq!(
        forms.html,
        "<h2>Summary</h2>\n<p>&lt;b&gt;not bold&lt;/b&gt; &amp; *not* \
         <a href=\"https://a.example/x_(y)\" rel=\"nofollow noopener noreferrer\">https://a.example/x_(y)</a>.</p>\n\
         <ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<ol start=\"3\">\n<li>three</li>\n</ol>\n<p>Tail</p>\n"
    );
    assert_eq!(
        forms.markdown,
        "## Summary\n\n\\<b>not bold\\</b> & \\*not\\* https://a.example/x_(y).\n\n- one\n- two\n3. three\n\nTail\n"
    );
}

#[test]
fn markdown_becomes_html_and_text() {
    let forms = forms(
        Format::Markdown,
        "---\ntitle: x\n---\n# Title\n\nWe **saw** `a<b` at <https://a.example>, see [the page](https://b.example/x \"t\").\n\n\
         1. one\n2. two\n   - [x] inner\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode  here\n  more\n```\n\n> quote<script>x</script>\n",
        Official::default(),
    );
    assert_eq!(
        forms.text,
        "Title\n\nWe saw a<b at https://a.example, see the page (https://b.example/x).\n\n1. one\n2. two\n  - ☑ inner\n\n\
         a | b\nc | d\n\ncode  here\n  more\n\nquote\n"
    );
    assert!(
        forms.html.starts_with("<h2>Title</h2>\n<p>We <strong>saw</strong> <code>a&lt;b</code> at <a href="),
        "{}",
        forms.html
    );
    assert!(forms.html.contains("<table><thead><tr><th>a</th><th>b</th></tr></thead>"), "{}", forms.html);
    assert!(forms.markdown.starts_with("---\ntitle"));
}

#[test]
fn html_becomes_markdown_and_text() {
    let forms = forms(
        Format::Html,
        "<h1>Title</h1><h2>Part</h2><p lang=en class=x>We <b>saw</b> <a href=\"https://b.example\">errors</a> at \
         https://c.example.<br>Then <time datetime=\"2024-07-05\">July 5</time> <img src=\"https://i.example/g.png\" alt=graph>\
         <ul><li><p>one</p><li>two<ul><li>inner</ul></ul><table><tr><td>a<td>b</table>",
        Official::default(),
    );
    assert_eq!(
        forms.text,
        "Title\n\nPart\n\nWe saw errors (https://b.example) at https://c.example.\nThen July 5 graph\n\n- one\n- two\n  - inner\n\na | b\n"
    );
    assert!(forms.html.starts_with("<h2>Title</h2><h3>Part</h3><p lang=\"en\">We <b>saw</b> "), "{}", forms.html);
    assert!(forms.html.contains("<time datetime=\"2024-07-05\">"), "{}", forms.html);
    assert!(
        forms
            .markdown
            .starts_with("## Title\n\n### Part\n\nWe **saw** [errors](https://b.example) at <https://c.example>."),
        "{}",
        forms.markdown
    );
}

#[test]
fn what_readers_need_survives_the_sanitiser() {
    let url = ammonia::Url::parse("https://help.example/hc/1").unwrap();
    let official = Official { url: Some(&url), language: Some("en"), ..Official::default() };
    for (format, source, html) in [
        (
            Format::Markdown,
            "| a | b | c |\n|:--|--:|---|\n| d | e | f |\n",
            "<table><thead><tr><th align=\"left\">a</th><th align=\"right\">b</th><th>c</th></tr></thead><tbody>\n\
             <tr><td align=\"left\">d</td><td align=\"right\">e</td><td>f</td></tr>\n</tbody></table>\n",
        ),
        (Format::Markdown, "3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        (
            Format::Markdown,
            "```rust ignore\nx < y\n```\n",
            "<pre><code class=\"language-rust\">x &lt; y\n</code></pre>\n",
        ),
        (
            Format::Markdown,
            "<details open><summary>What</summary>\n\n**Text**\n\n</details>\n",
            "<details open=\"\"><summary>What</summary>\n<p><strong>Text</strong></p>\n</details>\n",
        ),
        (
            Format::Html,
            "<ol type=a reversed><li value=4>x</ol><p dir=rtl lang=he>y</p><p lang=en-US>z <bdi lang=en translate=no>N</bdi></p>",
            "<ol reversed=\"\" type=\"a\"><li value=\"4\">x</li></ol><p dir=\"rtl\" lang=\"he\">y</p><p>z <bdi lang=\"en\" \
             translate=\"no\">N</bdi></p>",
        ),
        (
            Format::Html,
            "<img src=\"/i.png\" alt='a \"b\"' title=t><img src=\"data:image/png;base64,x\" alt=c><img src=mailto:x alt=d>",
            "<img alt=\"a &quot;b&quot;\" src=\"https://help.example/i.png\" title=\"t\"><img alt=\"c\"><img alt=\"d\">",
        ),
        (
            Format::Html,
            "<a href='../2' title=t aria-label=l>x</a> <a href='#p'>y</a>",
            "<a aria-label=\"l\" href=\"https://help.example/2\" title=\"t\" rel=\"nofollow noopener noreferrer\">x</a> \
             <a href=\"https://help.example/hc/1#p\" rel=\"nofollow noopener noreferrer\">y</a>",
        ),
        (
            Format::Html,
            "<ul><li><input type=checkbox checked> done<li><input type=checkbox> open<li><input value=x> not</ul>",
            "<ul><li>☑ done</li><li>☐ open</li><li> not</li></ul>",
        ),
        (
            Format::Html,
            "<figure><img src=https://i.example/g.png alt=g><figcaption>caption</figcaption></figure>",
            "<figure><img alt=\"g\" src=\"https://i.example/g.png\"><figcaption>caption</figcaption></figure>",
        ),
    ] {
        assert_eq!(forms(format, source, official).html, html, "{source}");
    }
}

#[test]
fn misnested_html_keeps_its_words_and_comes_out_nested() {
    let forms = forms(
        Format::Html,
        "<table>stray<b>bold<tr><td>x<b></td>y</table><p><b>a<p>b</i></div>c<custom>d</custom>",
        Official::default(),
    );
    for word in ["stray", "bold", "x", "y", "a", "b", "c", "d"] {
        assert!(forms.text.contains(word), "{}", forms.text);
    }
    assert_eq!(html::sanitise(&forms.html, Official::default()), forms.html);
}

#[test]
fn too_deep_texts_keep_their_words() {
    for (format, open) in
        [(Format::Html, "<div>"), (Format::Markdown, "<div>"), (Format::Markdown, "> "), (Format::Markdown, "- ")]
    {
        let forms = forms(format, &format!("{}word", open.repeat(20_000)), Official::default());
        assert!(forms.text.contains("word") || forms.html.contains("word"), "{format:?} {open}");
        assert!(markup::tokens(&forms.html).count() < 20_000, "{format:?} {open}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn sanitising_twice_changes_nothing(parts in prop::collection::vec(prop_oneof![
        prop::sample::select(PAYLOADS.to_vec()).prop_map(str::to_owned),
        prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<i>", "<a href=https://a.example>", "</a>", "<table>", "<tr>", "<td>", "<caption>",
            "</table>", "<tbody>", "<ul>", "<li>", "</ul>", "<dl>", "<dt>", "<dd>", "<pre>", "\n", "</pre>", "<h1>", "</h1>", "<h6>",
            "<br>", "<hr>", "<code>", "</code>", "<div>", "</div>", "<blockquote>", "<center>", "<menu>", "<col>", "<thead>",
            "https://b.example/x).", "http://", "&amp;", "&lt;", "&nbsp;", "text", " ", "<summary>", "<details>", "<button>", "<s>",
            "<nobr>", "<font>", "<img alt=x>", "<time datetime=x>", "<ruby>", "<rt>", "<option>", "<svg>", "</svg>", "<form>",
            "<td style='a:b;text-align: RIGHT' colspan=2>", "<th align=center scope=col abbr=x>", "<td align=justify>",
            "<ol start=3 type=a reversed class=x>", "<code class=language-rust>", "<code class='language-a b'>",
            "<input type=checkbox checked>", "<input type=checkbox>", "<details open>", "<span lang=en-GB dir=rtl>",
            "<a href=/x aria-label='a &amp; b'>", "<img src=//i.example/x title=y>", "<img src=mailto:x>", "<bdi translate=no lang=en>",
        ]).prop_map(str::to_owned),
        ".{0,5}",
    ], 0..20)) {
        let source = parts.concat();
        let url = ammonia::Url::parse("https://help.example/hc/1").unwrap();
        for official in [Official::default(), Official { url: Some(&url), language: Some("en"), ..Official::default() }] {
            let once = html::sanitise(&source, official);
            assert_safe(&once, &source);
            prop_assert_eq!(&html::sanitise(&once, official), &once);
        }
    }

    #[test]
    fn no_text_in_any_format_is_dangerous_or_a_panic(format in prop::sample::select(all().to_vec()), text in any::<String>()) {
        let forms = forms(format, &text, Official::default());
        assert_safe(&forms.html, &text);
    }
}
