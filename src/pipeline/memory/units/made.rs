//! Finds out which engine, or whether a human, made a unit of another program. A text that says a machine made it never
//! counts as a human's, however it came here, unless a human has changed it since.

use polypost_core::exchange::tmx::Made;

/// The engine of texts whose machine is not known by name. No engine is called so.
pub(in crate::pipeline::memory) const MACHINE: &str = "mt";

/// What the names of machines have in them, and our engines for them.
const MACHINES: [(&str, &str); 22] = [
    ("deepl", "deepl"),
    ("google translate", "google"),
    ("googletranslate", "google"),
    ("google cloud", "google"),
    ("google mt", "google"),
    ("microsoft translat", "azure"),
    ("bing translat", "azure"),
    ("azure", "azure"),
    ("amazon translate", "amazon"),
    ("modernmt", "modernmt"),
    ("libretranslate", "libretranslate"),
    ("apertium", "apertium"),
    ("openai", "openai"),
    ("chatgpt", "openai"),
    ("gpt-", "openai"),
    ("machine trans", MACHINE),
    ("machinetrans", MACHINE),
    ("automatic trans", MACHINE),
    ("automatictrans", MACHINE),
    ("systran", MACHINE),
    ("language weaver", MACHINE),
    ("languageweaver", MACHINE),
];

/// What tools call a machine for short: `MT!` (Trados), `NMT`, `AMT`.
const SHORT: [&str; 6] = ["mt", "nmt", "smt", "amt", "rbmt", "machine"];

/// The engine that made a text; `None` where a human did, or nothing is said.
pub(super) fn machine(made: &Made) -> Option<&'static str> {
    let changed = Some(made.changed_by.as_str()).filter(|by| !by.is_empty());
    let last = changed.unwrap_or(&made.created_by);
    // Whoever has changed a machine's text answers for it; what only says where it came from is older than that.
    let is_edited = changed.is_some_and(|by| by != made.created_by && named(by).is_none());
    if is_edited {
        return None;
    }
    named(&made.origin).or_else(|| named(last)).or_else(|| named(&made.tool))
}

/// The machine that a name is of. An address is a person's.
fn named(name: &str) -> Option<&'static str> {
    if name.contains('@') {
        return None;
    }
    let lower = name.to_lowercase();
    if let Some((_, engine)) = MACHINES.iter().find(|(part, _)| lower.contains(part)) {
        return Some(engine);
    }
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| SHORT.contains(&word)).then_some(MACHINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maker([tool, created_by, changed_by, origin]: [&str; 4]) -> Option<&'static str> {
        let [tool, created_by, changed_by, origin] = [tool, created_by, changed_by, origin].map(str::to_owned);
        machine(&Made { tool, created_by, changed_by, origin })
    }

    #[test]
    fn what_says_that_a_machine_made_it_is_the_machines() {
        for (made, engine) in [
            (["", "MT!", "", ""], "mt"),
            (["", "MT!", "MT!", ""], "mt"),
            (["SDL Language Platform", "anna", "MT", ""], "mt"),
            (["memoQ", "anna", "anna", "MT"], "mt"),
            (["", "", "", "nmt"], "mt"),
            (["DeepL Pro", "", "", ""], "deepl"),
            (["", "Google Translate", "", ""], "google"),
            (["", "ModernMT", "", ""], "modernmt"),
            (["", "", "", "Machine Translation"], "mt"),
            (["Microsoft Translator Hub", "", "", ""], "azure"),
        ] {
            assert_eq!(maker(made), Some(engine), "{made:?}");
        }
    }

    #[test]
    fn what_a_human_made_or_changed_is_the_humans() {
        for made in [
            ["", "", "", ""],
            ["OmegaT", "anna", "", ""],
            ["memoQ", "MT", "anna", ""],
            ["SDL Language Platform", "MT!", "ACME\\bruno", "MT"],
            ["Phrase", "carla@google.com", "", "TM"],
            ["Google Translator Toolkit", "smtp-team", "", "interactive"],
        ] {
            assert_eq!(maker(made), None, "{made:?}");
        }
    }
}
