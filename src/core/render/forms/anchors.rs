//! Anchors: the places in a report's own text that its links point to, and the names that GitHub gives to headings.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

/// What a text's links point to within it: `](#next-steps)`, `href="#next-steps"`, `]: #next-steps`.
pub(super) fn wanted(source: &str) -> HashSet<String> {
    static FRAGMENT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?:[(<"'=]|: ?)#([^\s()<>"']{1,200})"#).ok());
    let found = FRAGMENT.iter().flat_map(|pattern| pattern.captures_iter(source));
    found.filter_map(|found| found.get(1)).map(|name| name.as_str().to_owned()).collect()
}

/// The names of headings so far.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    used: HashMap<String, usize>,
}

impl Slugs {
    /// The next heading's name: lower case, without marks, spaces as hyphens, numbered where it was there before.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let slug: String = heading
            .trim()
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'))
            .map(|sign| if sign == ' ' { '-' } else { sign })
            .collect();
        let count = self.used.entry(slug.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_named_as_github_names_them() {
        let mut slugs = Slugs::default();
        for (heading, slug) in [
            ("Next steps", "next-steps"),
            ("What's new? (v2.1)", "whats-new-v21"),
            ("Next steps", "next-steps-1"),
            ("API & CLI", "api--cli"),
            ("snake_case", "snake_case"),
        ] {
            assert_eq!(slugs.next(heading), slug);
        }
    }
}
