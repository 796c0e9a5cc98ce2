//! What holds for every text.

use proptest::prelude::*;

use super::*;

/// Markup of all three formats, cut and mixed.
#[expect(clippy::too_many_lines, reason = "a list, one line for each")]
fn markup() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        prop::sample::select(vec![
            "*",
            "**",
            "_",
            "~~",
            "`",
            "``",
            "[",
            "](u)",
            "][r]",
            "]",
            "![",
            "\n",
            "\n\n",
            "  \n",
            "\\\n",
            "> ",
            "- ",
            "1. ",
            "    ",
            "# ",
            "## ",
            "\n---\n",
            "\n===\n",
            "| a | b |\n|---|---|\n",
            "|",
            "\n```\n",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<a href='x'>",
            "</a>",
            "<p>",
            "</p>",
            "<li>",
            "<ul>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<br>",
            "<code>",
            "</code>",
            "<!-- c -->",
            "<!--",
            "<script>",
            "</script>",
            "<svg>",
            "</svg>",
            "<pre>",
            "</pre>",
            "&amp;",
            "&",
            "&#x41;",
            "\\",
            "\\*",
            "<https://a.example>",
            "{{< x >}}",
            "{{<",
            "[^1]",
            "\n[r]: u\n",
            "\n[^1]: note\n",
            "[ ] ",
            "\r\n",
            "\u{a0}",
            "é",
            "漢字",
            "👩‍💻",
            "\u{301}",
            "a",
            "word",
            " ",
            ".",
            "!",
            "(",
            ")",
            "#",
            "<span translate=no>",
            "</span>",
            "<img alt=x>",
            "<img alt=\"x y\" title='z'>",
            "<i title=\"",
            "\">",
            "<p translate=no title=x>",
            "<div>",
            "</div>",
            "\n<div class=notranslate>\n",
            "\n\n</div>\n\n",
            "<details><summary>",
            "<kbd>",
            "</kbd>",
            "<svg/>",
            "<select>",
            "](u \"t\")",
            "](u 't",
            "](<u> (t))",
            "\n[s]: u (t)\n",
            "[s]",
            "![s][]",
            "</",
            "<",
            ">",
            "=",
            "+",
            "-",
            "1.",
            "~",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z]{1,6} ",
    ];
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::Text, Format::Markdown, Format::Html])
}

fn words(part: &Part) -> Vec<String> {
    let text = |block: &Block| {
        let texts = block.inlines.iter().filter_map(|inline| match &inline.kind {
            InlineKind::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    part.blocks.iter().map(text).collect()
}

fn check(format: Format, source: &str) {
    let Ok(document) = read(&Report::example(format, source)) else { return };
    for part in &document.parts {
        assert_tiled(part);
        let none = vec![None; part.blocks.len()];
        assert_eq!(part.write(&none), part.source);
        let same: Vec<_> =
            part.blocks.iter().map(|block| Some((0..block.inlines.len()).map(Piece::Inline).collect())).collect();
        if part.format == Format::Html {
            assert_eq!(part.write(&same), part.source);
        } else {
            let _ = part.write(&same);
        }
        let _ = part.write(&retold(part, str::to_owned));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nothing_translated_is_the_source_for_any_text(format in format(), source in any::<String>()) {
        check(format, &source);
    }

    #[test]
    fn nothing_translated_is_the_source_for_any_markup(format in format(), source in markup()) {
        check(format, &source);
    }

    #[test]
    fn a_hostile_translation_reads_back_as_text(format in format(), text in markup(), place in 0..8_usize) {
        let source = match format {
            Format::Text => "Summary\n\nOne thing happened.\n- an item\n",
            Format::Markdown => {
                "# Title\n\nA *b* [c](https://c.example) `d` e.\n\n- item\n  - inner **x** item\n\n> quote\n> more  \n> and\n\n\
                 | h | i |\n|---|---|\n| j | **k** |\n\nSet\n---\n\n[r]: https://r.example\n"
            }
            Format::Html => "<h2>Title</h2><p>A <b>b</b> <a href=\"c\">c</a> <code>d</code></p><ul><li>i</ul><table><tr><td>x</table>",
        };
        let part = body(format, source);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!text.is_empty() && text.chars().any(char::is_alphanumeric));
        let place = place % part.blocks.len();
        let mut targets = vec![None; part.blocks.len()];
        targets[place] = Some(vec![Piece::Text(text.clone())]);
        let again = again(&part, &targets);
        prop_assert_eq!(again.blocks.len(), part.blocks.len(), "{}", again.source);
        if format != Format::Text {
            let mut expected = words(&part);
            expected[place] = text;
            prop_assert_eq!(words(&again), expected, "{}", again.source);
            prop_assert!(again.blocks[place].inlines.len() == 1, "{:?}", again);
        }
    }

    #[test]
    fn a_hostile_translation_between_marks_reads_back_too(format in format(), a in markup(), b in markup(), c in markup()) {
        let source = match format {
            Format::Text => return Ok(()),
            Format::Markdown => "A **b** `d` e.\n\nC [d](https://d.example) _e_\n\nlast\n",
            Format::Html => "<p>A <b>b</b> <code>d</code> e.<p>C <a href=d>d</a> <i>e</i><p>last",
        };
        let part = body(format, source);
        let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (a, b, c) = (clean(&a), clean(&b), clean(&c));
        prop_assume!([&a, &b, &c].iter().all(|text| text.chars().any(char::is_alphanumeric)));
        let mut targets = retold(&part, str::to_owned);
        for target in targets.iter_mut().take(2) {
            let texts = target.as_mut().unwrap().iter_mut().filter_map(|piece| match piece {
                Piece::Text(text) => Some(text),
                Piece::Inline(_) => None,
            });
            for (text, new) in texts.zip([&a, &b, &c]) {
                *text = format!("x{new} ");
            }
        }
        let again = again(&part, &targets);
        prop_assert_eq!(again.blocks.len(), part.blocks.len(), "{}", again.source);
        let expected: Vec<String> = part.blocks.iter().zip(&targets).map(|(block, target)| {
            let Some(pieces) = target else { return String::new() };
            let texts = pieces.iter().filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                Piece::Inline(_) => None,
            });
            assert!(!block.inlines.is_empty());
            texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        }).collect();
        prop_assert_eq!(words(&again), expected, "{}", again.source);
    }
}

#[test]
fn real_reports_are_written_back_byte_for_byte() {
    for (name, source) in corpus("cstate") {
        let body = source.splitn(3, "---\n").nth(2).unwrap_or(&source);
        for text in [body, &source] {
            let part = super::body(Format::Markdown, text);
            assert_tiled(&part);
            assert_eq!(part.write(&[]), text, "{name}");
            let part = bare(&part);
            let retold = again(&part, &retold(&part, str::to_owned));
            assert_eq!(shape(&retold), shape(&part), "{name}\n{}", retold.source);
        }
    }
    for (name, source) in corpus("seeds") {
        let part = super::body(Format::Text, &source);
        assert_tiled(&part);
        assert_eq!(part.write(&retold(&part, str::to_owned)), source, "{name}");
    }
}
