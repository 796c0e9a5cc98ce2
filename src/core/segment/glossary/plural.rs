//! English plurals: the obvious rule, for the last word of a term. What does not follow it is written in the glossary.

/// `rollbacks`, `patches`, `queries`.
pub(super) fn of(form: &str) -> String {
    let lower = form.to_lowercase();
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| lower.ends_with(ending));
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|ending| lower.ends_with(ending));
    match form.strip_suffix('y') {
        Some(stem) if !vowel_before_y && !stem.is_empty() => format!("{stem}ies"),
        _ if sibilant => format!("{form}es"),
        _ => format!("{form}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_obvious_rule_is_followed() {
        for (form, plural) in [
            ("rollback", "rollbacks"),
            ("hotfix", "hotfixes"),
            ("patch", "patches"),
            ("query", "queries"),
            ("delay", "delays"),
            ("memory leak", "memory leaks"),
            ("RCA", "RCAs"),
            ("", "s"),
        ] {
            assert_eq!(of(form), plural);
        }
    }
}
