//! Code and tables may be wider than a telephone. What scrolls has to be reached by keyboard, too (WCAG 2.1.1; axe's
//! rule `scrollable-region-focusable`), and to say what it is.

use polypost_core::document::escape;
use polypost_core::document::markup::{self, HtmlToken, HtmlTokenKind};

/// Sanitised HTML in which every code block and table has an element round it that scrolls and takes the focus.
pub(super) fn focusable(html: &str, code: &str, table: &str) -> String {
    let mut written = String::with_capacity(html.len() + html.len() / 16);
    let mut end = 0;
    // What stands in a table scrolls with it.
    let mut depth = 0_usize;
    let mut copy_to = |place: usize, written: &mut String| {
        written.push_str(html.get(end..place).unwrap_or_default());
        end = place;
    };
    for HtmlToken { range, kind } in markup::tokens(html) {
        match kind {
            HtmlTokenKind::Start { name, .. } if is_wide(&name) => {
                if depth == 0 {
                    copy_to(range.start, &mut written);
                    written.push_str(&opening(if name == "pre" { code } else { table }));
                }
                depth += 1;
            }
            HtmlTokenKind::End { name } if is_wide(&name) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    copy_to(range.end, &mut written);
                    written.push_str("</div>");
                }
            }
            _ => {}
        }
    }
    copy_to(html.len(), &mut written);
    written
}

fn is_wide(element: &str) -> bool {
    matches!(element, "pre" | "table")
}

fn opening(label: &str) -> String {
    format!("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">", escape::attribute(label))
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
