//! A report of 600 words, as often as wanted.

const REPORT: &[u8] = include_bytes!("../../../../tests/fixtures/reports/six-hundred-words.txt");

/// The report with other words in nearly every line for every number below 512, so that nothing that remembers (the
/// translation memory, an engine's server) has seen them; the same number of words each time.
pub fn text(number: usize) -> String {
    const ARTICLES: [&str; 8] = ["the", "this", "that", "our", "your", "their", "every", "each"];
    const CONJUNCTIONS: [&str; 4] = ["and", "or", "but", "while"];
    const MACHINES: [&str; 4] = ["servers", "machines", "computers", "routers"];
    const THINGS: [&str; 4] = ["messages", "letters", "calls", "orders"];
    String::from_utf8_lossy(REPORT)
        .replace(" the ", &format!(" {} ", ARTICLES[number % 8]))
        .replace(" and ", &format!(" {} ", CONJUNCTIONS[number / 8 % 4]))
        .replace("servers", MACHINES[number / 32 % 4])
        .replace("messages", THINGS[number / 128 % 4])
}

pub fn title(number: usize) -> String {
    format!("Messages were delayed in region {number}")
}
