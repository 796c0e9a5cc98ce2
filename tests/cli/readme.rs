//! The README's examples, taken out of it as they stand, so that what is tried is what is written.

const README: &str = include_str!("../../README.md");

/// The one code block of this language.
pub(crate) fn block(language: &str) -> String {
    let blocks = blocks(README, language);
    assert_eq!(blocks.len(), 1, "one block of `{language}`");
    blocks.concat()
}

/// Every code block of a language, in order.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(&format!("\n```{language}\n")) {
        let (block, behind) = behind.split_once("\n```").expect("it ends");
        blocks.push(format!("{block}\n"));
        rest = behind;
    }
    blocks
}
