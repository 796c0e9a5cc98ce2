//! The glossary: a file with names comes in, the names that are never translated go out. Nothing is half loaded: every
//! problem is named with its line.

use serde::Deserialize;

/// The longest name, in characters.
const NAME_LONGEST: usize = 100;

/// Names of the trade that every language of ours writes alike, and that engines take for words: one of them makes a
/// vegetable of `API`.
const ACRONYMS: [&str; 52] = [
    "API", "APIs", "CDN", "CLI", "CPU", "CPUs", "CSS", "CSV", "DDoS", "DHCP", "DNS", "DNSSEC", "FTP", "GPU", "GPUs",
    "HTML", "HTTP", "HTTPS", "IMAP", "IP", "IPs", "JDK", "JSON", "JWT", "LDAP", "MFA", "NTP", "OAuth", "PDF", "RAM",
    "REST", "SAML", "SDK", "SDKs", "SLA", "SMS", "SMTP", "SQL", "SSH", "SSL", "SSO", "TCP", "TLS", "UDP", "URL",
    "URLs", "VM", "VMs", "VPC", "VPN", "XML", "YAML",
];

/// Names that stay as they are in every language, longest first: those of the file, and the trade's acronyms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glossary {
    names: Vec<String>,
}

impl Default for Glossary {
    fn default() -> Self {
        Self::with(Vec::new())
    }
}

/// Everything that is wrong with a glossary file.
#[derive(Debug, thiserror::Error)]
#[error("the glossary cannot be used: {}", .0.join("; "))]
pub struct GlossaryError(pub Vec<String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    keep: Vec<String>,
}

impl Glossary {
    /// Reads TOML (`keep = ["Talk", "Guide"]`).
    ///
    /// # Errors
    /// Where the file is not of that form, or holds empty, overlong or repeated names.
    pub fn from_toml(text: &str) -> Result<Self, GlossaryError> {
        let file: File =
            toml::from_str(text).map_err(|error| GlossaryError(vec![error.to_string().trim().to_owned()]))?;
        Self::from_names(file.keep.into_iter().enumerate().map(|(index, name)| (format!("name {}", index + 1), name)))
    }

    /// Reads one name a line; the first column where the line has several, a header `term` or `name` is passed over.
    ///
    /// # Errors
    /// As [`Glossary::from_toml`].
    pub fn from_csv(text: &str) -> Result<Self, GlossaryError> {
        let rows = text.lines().enumerate().filter_map(|(index, line)| {
            let name = line.split(',').next().unwrap_or_default().trim().trim_matches('"');
            let is_header = index == 0 && (name.eq_ignore_ascii_case("term") || name.eq_ignore_ascii_case("name"));
            (!line.trim().is_empty() && !is_header).then(|| (format!("line {}", index + 1), name.to_owned()))
        });
        Self::from_names(rows)
    }

    fn from_names(rows: impl Iterator<Item = (String, String)>) -> Result<Self, GlossaryError> {
        let mut names: Vec<String> = Vec::new();
        let mut problems = Vec::new();
        for (place, name) in rows {
            let name = name.trim().to_owned();
            if name.is_empty() {
                problems.push(format!("{place}: a name is empty"));
            } else if name.chars().count() > NAME_LONGEST {
                problems.push(format!("{place}: a name is longer than {NAME_LONGEST} characters"));
            } else if names.contains(&name) {
                problems.push(format!("{place}: `{name}` stands twice"));
            } else {
                names.push(name);
            }
        }
        if !problems.is_empty() {
            return Err(GlossaryError(problems));
        }
        Ok(Self::with(names))
    }

    fn with(mut names: Vec<String>) -> Self {
        names.extend(ACRONYMS.map(str::to_owned));
        names.sort_by(|left, right| right.len().cmp(&left.len()).then_with(|| left.cmp(right)));
        names.dedup();
        Self { names }
    }

    /// Longest first.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_names_come_first() {
        let glossary = Glossary::from_csv("term\nTalk\nTalk Partner Edition\n\nGuide,product\n").expect("good file");
        assert_eq!(glossary.names()[..2], ["Talk Partner Edition", "DNSSEC"]);
        assert!(glossary.names().iter().any(|name| name == "Guide"));
        assert!(Glossary::from_toml("keep = ['Talk']").expect("good file").names().iter().any(|name| name == "Talk"));
    }

    #[test]
    fn every_problem_is_named_with_its_line() {
        let error = Glossary::from_csv("Talk\nTalk\n\"\"\n").expect_err("two problems");
        assert_eq!(error.0, ["line 2: `Talk` stands twice", "line 3: a name is empty"]);
    }
}
