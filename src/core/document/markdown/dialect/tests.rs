//! Tests of dialects: what is read as one, what is not, and that nothing moves.

use proptest::prelude::*;

use super::*;

fn masked(source: &str) -> String {
    let text = read(source, 0).text.into_owned();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn titles_become_headings_and_signs_go() {
    for (source, expected) in [
        (":::caution Title\nText\n:::", "#          Title\nText\n"),
        (":::{admonition} Title\n:class: warning\nText", "#               Title\n\nText"),
        ("> [!WARNING]\n> Text", ">\n> Text"),
        ("!!! note \"Title\"\n    Text", "- #       Title\n    Text"),
        ("## Title {#id}\nText", "## Title\nText"),
        ("(id)=\n# Title", "\n# Title"),
        ("import A from 'a'\n\nText", "\n\nText"),
        ("{/* a\nb */}\nText", "\n\nText"),
    ] {
        assert_eq!(masked(source).trim_end(), expected.trim_end(), "{source}");
    }
}

#[test]
fn prose_is_no_dialect() {
    for source in [
        "Wow!!! note this",
        "!!! this is bad, all of it\nreally",
        "```\n:::note\n{/* a */}\n!!! note \"x\"\n```",
        "    :::note",
        "import all records from the backup",
        "Export const settings",
        "Errors in {user}",
        "## Errors in {user}",
        "[!] not an alert",
        "a {/* never closed",
        "`{/* code */}`",
        "(see)= x",
    ] {
        assert_eq!(read(source, 0).text, source);
        assert!(read(source, 0).notices.is_empty(), "{source}");
    }
}

proptest! {
    #[test]
    fn nothing_moves(parts in prop::collection::vec(prop_oneof![
        prop::sample::select(vec![
            ":::", "note", "warning", "{admonition}", "[Titel é]", "{#id}", "\n", "\n\n", "    ", "> ", "- ", "!!! ", "\"é\"", "[!TIP]",
            "{/*", "*/}", "```", "~~~", "import a from 'b'", "export const a = {", "(x)=", "](a|b)", "## ", "===", " ", ":class: x",
        ]).prop_map(str::to_owned),
        ".{0,4}",
    ], 0..30)) {
        let source = parts.concat();
        let dialect = read(&source, 0);
        prop_assert_eq!(dialect.text.len(), source.len());
        prop_assert!(dialect.notices.is_sorted_by_key(|notice| notice.at));
        let _ = shown(&source, &[]);
    }
}
