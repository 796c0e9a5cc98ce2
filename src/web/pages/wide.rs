//! Code and tables may be wider than a telephone. What scrolls has to be reached by keyboard, too (WCAG 2.1.1; axe's
//! rule `scrollable-region-focusable`), and to say what it is.

use crate::document::escape;

/// Sanitised HTML in which every code block and table has an element round it that scrolls and takes the focus.
pub(super) fn focusable(html: &str, code: &str, table: &str) -> String {
    let (code, table) = (opening(code), opening(table));
    let mut written = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    // What stands in a table scrolls with it.
    let mut depth = 0_usize;
    while let Some((text, tag, behind)) = next_tag(rest) {
        written.push_str(text);
        match name(tag) {
            element @ ("pre" | "table") => {
                if depth == 0 {
                    written.push_str(if element == "pre" { &code } else { &table });
                }
                depth += 1;
                written.push_str(tag);
            }
            "/pre" | "/table" => {
                depth = depth.saturating_sub(1);
                written.push_str(tag);
                if depth == 0 {
                    written.push_str("</div>");
                }
            }
            _ => written.push_str(tag),
        }
        rest = behind;
    }
    written.push_str(rest);
    written
}

fn opening(label: &str) -> String {
    format!("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">", escape::attribute(label))
}

/// `pre` of `<pre lang="x">`, `/pre` of `</pre>`.
fn name(tag: &str) -> &str {
    tag.trim_matches(['<', '>']).split(' ').next().unwrap_or_default()
}

/// The text before the next tag, the tag, and what is behind it. Values of attributes stand in double quotes, as the
/// sanitiser writes them, and may have angle brackets.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let begins = html.find('<')?;
    let (text, tag_and_rest) = html.split_at(begins);
    let mut is_quoted = false;
    let ends = tag_and_rest.find(|character| {
        is_quoted ^= character == '"';
        character == '>' && !is_quoted
    })?;
    let (tag, behind) = tag_and_rest.split_at(ends + 1);
    Some((text, tag, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_tables_take_the_focus_once() {
        let wide = |label: &str| format!("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">");
        let (code, table) = (wide("C"), wide("T &amp; U"));
        for (html, expected) in [
            ("<p>a</p>".to_owned(), "<p>a</p>".to_owned()),
            ("<pre>a &lt;pre&gt;</pre>b".to_owned(), format!("{code}<pre>a &lt;pre&gt;</pre></div>b")),
            ("<pre lang=\"x\"><code>a</code></pre>".to_owned(), {
                format!("{code}<pre lang=\"x\"><code>a</code></pre></div>")
            }),
            ("<p title=\"<pre>\">a</p>".to_owned(), "<p title=\"<pre>\">a</p>".to_owned()),
            ("<table><tr><td><table><tr><td><pre>a</pre></td></tr></table></td></tr></table>b".to_owned(), {
                format!("{table}<table><tr><td><table><tr><td><pre>a</pre></td></tr></table></td></tr></table></div>b")
            }),
            ("<p>a".to_owned(), "<p>a".to_owned()),
            ("a < b".to_owned(), "a < b".to_owned()),
        ] {
            assert_eq!(focusable(&html, "C", "T & U"), expected);
        }
    }
}
