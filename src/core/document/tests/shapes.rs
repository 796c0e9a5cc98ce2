//! What the readers make of known texts.

use super::*;

#[test]
fn a_title_is_one_heading_whatever_it_holds() {
    let document = read(&Report::example(Format::Markdown, "")).unwrap();
    assert_eq!(document.parts.len(), 1);
    assert_eq!(shape(&document.parts[0]), ["Heading Call recordings unavailable"]);
    assert_eq!(document.parts[0].format, Format::Text);
}

#[test]
fn plain_text_has_headings_items_and_paragraphs_by_lines() {
    let part = body(
        Format::Text,
        "Summary\r\nOn July 5, 2024 we failed.\n\nTimeline:\nJuly 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT\n\
         We are taking the following steps:\n  - Testing: more of it\n1. Alerts\nPOST-MORTEM\nWe are investigating",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Heading Summary",
            "Paragraph On July 5, 2024 we failed.",
            "Heading Timeline:",
            "Paragraph July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT",
            "Paragraph We are taking the following steps:",
            "Item Testing: more of it",
            "Item Alerts",
            "Heading POST-MORTEM",
            "Paragraph We are investigating",
        ]
    );
}

#[test]
fn markdown_marks_are_pairs_and_code_is_kept() {
    let part = body(
        Format::Markdown,
        "# A *b* title #\n\nSee **the [page](https://a.example \"t\")** and `x_y` at <https://b.example>, ~~not~~ &amp; \\*now.\n",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Heading A ⟦0:*⟧b⟦/0:*⟧ title",
            "Paragraph See ⟦0:**⟧the ⟦1:[⟧page⟦/1:](https://a.example \"t\")⟧⟦/0:**⟧ and ⟦`x_y`=x_y⟧ at \
             ⟦<https://b.example>=https://b.example⟧, ⟦2:~~⟧not⟦/2:~~⟧ & *now.",
            "Attribute t",
        ]
    );
}

#[test]
fn markdown_containers_stay_out_of_the_text() {
    let part = body(
        Format::Markdown,
        "> quoted *on\n> two* lines\\\n> and a third\n\n- one\n  more\n  - [x] two\n\n| a | b \\| c |\n|---|---|\n| `x` d | |\n\n```\ncode\n```\n\n<div>\nraw & *more*\n</div>\n\n![alt *text*](a.png)\n",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Paragraph quoted ⟦0:*⟧on two⟦/0:*⟧ lines",
            "Paragraph and a third",
            "Item one more",
            "Item two",
            "Cell a",
            "Cell b | c",
            "Cell ⟦`x`=x⟧ d",
            "Paragraph raw & *more*",
            "Attribute alt ⟦0:*⟧text⟦/0:*⟧",
        ]
    );
}

#[test]
fn markdown_keeps_shortcodes_comments_footnotes_and_front_matter() {
    let part = body(
        Format::Markdown,
        "---\ntitle: x\n---\n*Fixed* at {{< track \"2024-07-05 *x* 10:00\" >}} <!-- note --> now[^1].\n\n[^1]: A note.\n",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Paragraph ⟦0:*⟧Fixed⟦/0:*⟧ at ⟦{{< track \"2024-07-05 *x* 10:00\" >}}={{< track \"2024-07-05 *x* 10:00\" >}}⟧ \
             ⟦<!-- note -->=⟧ now⟦[^1]=[1]⟧.",
            "Paragraph A note.",
        ]
    );
}

#[test]
fn html_blocks_are_bound_by_block_elements() {
    let part = body(
        Format::Html,
        "<h2>Root &amp; cause</h2>\n<p>We <b>saw\n <a href=\"x\">errors</a></b> in <code>a&lt;b</code>.<br>\nThen <img alt=\"a graph\" src=g> it ended.</p>\
         <ul><li>one<li>two <p>three</ul><table><tr><td>a<td><i>b</i></table><pre>code</pre><p translate=no>Name</p>",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Heading Root & cause",
            "Paragraph We ⟦0:<b>⟧saw ⟦1:<a href=\"x\">⟧errors⟦/1:</a>⟧⟦/0:</b>⟧ in ⟦<code>a&lt;b</code>=a<b⟧.",
            "Paragraph Then ⟦<img alt=\"a graph\" src=g>=⟧ it ended.",
            "Attribute a graph",
            "Item one",
            "Item two",
            "Item three",
            "Cell a",
            "Cell ⟦0:<i>⟧b⟦/0:</i>⟧",
        ]
    );
}

#[test]
fn attributes_that_people_read_are_blocks_of_their_own() {
    let part = body(
        Format::Html,
        "<p title='A tip'>See <a href=x title=\"The page\">it <img src=x alt=' A &quot;graph&quot;&#10;of it '></a> \
         <input placeholder=Search value=x><span translate=no title=x>N</span></p><img alt=unquoted title=''>\
         <textarea aria-label='A field' placeholder=\"It's here\">not this</textarea>",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Attribute A tip",
            "Paragraph See ⟦0:<a href=x title=\"The page\">⟧it ⟦<img src=x alt=' A &quot;graph&quot;&#10;of it '>=⟧⟦/0:</a>⟧ \
             ⟦<input placeholder=Search value=x>=⟧⟦<span translate=no title=x>N</span>=N⟧",
            "Attribute The page",
            "Attribute A \"graph\" of it",
            "Attribute Search",
            "Attribute unquoted",
            "Attribute A field",
            "Attribute It's here",
        ]
    );
    let written = part
        .write(&retold(&part, |text| if text.trim().is_empty() { text.to_owned() } else { "\"a\" & 'b'".to_owned() }));
    assert_eq!(
        written,
        "<p title='\"a\" &amp; &#39;b&#39;'>\"a\" &amp; 'b'<a href=x title=\"&quot;a&quot; &amp; 'b'\">\"a\" &amp; 'b'\
         <img src=x alt=' \"a\" &amp; &#39;b&#39; '></a> <input placeholder=\"&quot;a&quot; &amp; 'b'\" value=x>\
         <span translate=no title=x>N</span></p><img alt=\"&quot;a&quot; &amp; 'b'\" title=''>\
         <textarea aria-label='\"a\" &amp; &#39;b&#39;' placeholder=\"&quot;a&quot; &amp; 'b'\">not this</textarea>"
    );
    let mut targets = vec![None; part.blocks.len()];
    targets[3] = Some(vec![Piece::Text("b".to_owned())]);
    assert!(part.write(&targets).contains("it <img src=x alt=' b '></a>"), "only the attribute is translated");
}

#[test]
fn html_within_markdown_is_read_as_html() {
    let part = body(
        Format::Markdown,
        "> <details open>\n> <summary>What *happened*</summary>\n> Some\n> text <b>goes\n> on</b>.\n>\n> **More**\n>\n> </details>\n\n\
         A <b title=\"tip\">bold</b> <code>x *y*</code><br>line <span translate=no>*N* <i>o</i></span> <!-- c --> end </u>.\n\n\
         <div translate=no>\n\nNot this\n\n<p title=x>nor this</p>\n</div>\n\nBut this\n",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Paragraph What *happened*",
            "Paragraph Some text ⟦0:<b>⟧goes on⟦/0:</b>⟧.",
            "Paragraph ⟦0:**⟧More⟦/0:**⟧",
            "Paragraph A ⟦0:<b title=\"tip\">⟧bold⟦/0:</b>⟧ ⟦<code>x *y*</code>=x y⟧",
            "Attribute tip",
            "Paragraph line ⟦<span translate=no>*N* <i>o</i></span>=N o⟧ ⟦<!-- c -->=⟧ end ⟦</u>=⟧.",
            "Paragraph But this",
        ]
    );
    assert_eq!(
        part.write(&retold(&part, str::to_uppercase)),
        "> <details open>\n> <summary>WHAT *HAPPENED*</summary>\n> SOME TEXT <b>GOES ON</b>.\n>\n> **MORE**\n>\n> </details>\n\n\
         A <b title=\"TIP\">BOLD</b> <code>x *y*</code><br>LINE <span translate=no>*N* <i>o</i></span> <!-- c --> END </u>.\n\n\
         <div translate=no>\n\nNot this\n\n<p title=x>nor this</p>\n</div>\n\nBUT THIS\n"
    );
}

#[test]
fn what_is_not_to_be_translated_ends_with_its_element() {
    let part = body(
        Format::Html,
        "<p translate=no>A<p>b<div class='x notranslate'>C<p title=x>D</p><b translate=yes>E</b></div>f \
         <i translate=NO>G <br>H</i><span translate=no><p>I</p></span>j<ul translate=no><li>K<li>L</ul>m",
    );
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Paragraph b",
            "Paragraph f ⟦<i translate=NO>G <br>H</i>=G \nH⟧⟦<span translate=no>=⟧",
            "Paragraph j",
            "Paragraph m"
        ]
    );
}

#[test]
fn html_marks_that_cross_become_atoms() {
    let part =
        body(Format::Html, "<p><b>one <i>two</b> three</i> <span class=notranslate>Acme</span></p><b><p>four</p></b>");
    assert_tiled(&part);
    assert_eq!(
        shape(&part),
        [
            "Paragraph ⟦0:<b>⟧one ⟦<i>=⟧two⟦/0:</b>⟧ three⟦</i>=⟧ ⟦<span class=notranslate>Acme</span>=Acme⟧",
            "Paragraph four",
        ]
    );
}

#[test]
fn each_text_that_is_refused_is_named() {
    let mut refused = Report::example(Format::Html, &"<div>".repeat(100));
    refused.title = "a\0b".to_owned();
    refused.updates =
        vec![Update { id: "u".to_owned(), at: None, status: None, body: format!("<p>{}", "x".repeat(20_000)) }];
    let errors: Vec<String> = read(&refused).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "`title` has the control character U+0000 in line 1: send plain text, not binary data",
            "`body` nests quotes, lists or elements more than 64 deep in line 1: flatten it",
            "`updates[0].body` has a paragraph of more than 16384 bytes in line 1: divide it",
        ]
    );
    assert_eq!(
        read(&Report::example(Format::Text, &"word\n".repeat(2_001))).unwrap_err()[0].problem,
        TextError::TooManySegments
    );
}

#[test]
fn a_translation_takes_the_place_of_the_words_alone() {
    let part =
        body(Format::Markdown, "## Summary\n\n- We **failed** at `x`  \n  and [more][m].\n\n[m]: https://a.example\n");
    assert_eq!(
        part.write(&retold(&part, str::to_uppercase)),
        "## SUMMARY\n\n- WE **FAILED** AT `x`  \n  AND [MORE][m].\n\n[m]: https://a.example\n"
    );
    let part =
        body(Format::Markdown, "See [the page] or [it][].\n\n[the page]: https://a.example\n[it]: https://b.example\n");
    assert_eq!(
        part.write(&retold(&part, str::to_uppercase)),
        "See [THE PAGE][the page] OR [IT][it].\n\n[the page]: https://a.example\n[it]: https://b.example\n"
            .replace("See", "SEE")
    );
}

#[test]
fn markdown_is_escaped_where_it_must_be_and_only_there() {
    let part = body(Format::Markdown, "x\n");
    let write = |text: &str| part.write(&[Some(vec![Piece::Text(text.to_owned())])]);
    for same in [
        "SSL_ERROR_BAD_CERT https://a.example/a_b_c?x=1&y=2 ~5 min, 2 * 3, a < b, AT&T, [Final message] done #4",
        "July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT",
    ] {
        assert_eq!(write(same), format!("{same}\n"));
    }
    for (text, written) in [
        ("*a* _b_", r"\*a\* \_b\_"),
        ("1. a", r"1\. a"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("[a](b)", r"[a\](b)"),
        ("<b> &amp; `c`", r"\<b> \&amp; \`c\`"),
        ("a\n\nb", "a  b"),
        ("{{< x >}}", r"{\{< x >}}"),
    ] {
        assert_eq!(write(text), format!("{written}\n"));
    }
}

#[test]
fn emphasis_that_markdown_cannot_hold_becomes_an_element() {
    let part = body(Format::Markdown, "This is **important** text.\n");
    let pieces = vec![
        Piece::Text("これは".to_owned()),
        Piece::Inline(1),
        Piece::Text("「重要」".to_owned()),
        Piece::Inline(3),
        Piece::Text("です。".to_owned()),
    ];
    assert_eq!(part.write(&[Some(pieces)]), "これは<strong>「重要」</strong>です。\n");
}
