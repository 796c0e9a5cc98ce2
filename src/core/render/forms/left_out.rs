//! Names what a report's forms leave out of its text, so that nothing is lost without a finding.

use super::Official;
use crate::document::markup::{self, HtmlTokenKind};
use crate::document::{Format, Layout, limits};
use crate::finding::{Finding, Severity};

/// The name under which these findings are reported.
const CHECK: &str = "left-out";

/// As many of them are named.
const NAMED: usize = 5;

/// Findings about what a text has and its forms have not: images and links that lead nowhere without the address of the
/// official page, and what no page of ours shows.
#[must_use]
pub fn left_out(format: Format, text: &str, official: Official<'_>) -> Vec<Finding> {
    let html = match format {
        Format::Text => return Vec::new(),
        Format::Markdown if limits::check_containers(text).is_err() => return Vec::new(),
        Format::Markdown => {
            super::from_markdown::html(&Layout { text: text.to_owned(), ..Layout::default() }, official)
        }
        Format::Html => text.to_owned(),
    };
    let (mut images, mut links, mut files, mut embedded, mut people, mut hidden) =
        (Names::default(), Names::default(), Names::default(), Names::default(), Names::default(), Names::default());
    for piece in markup::tokens(&html) {
        let HtmlTokenKind::Start { name, attributes } = piece.kind else { continue };
        let attribute =
            |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        if markup::is_out_of_sight(&name, &attributes) {
            hidden.add(&name);
        }
        match name.as_str() {
            "img" if !is_followed(attribute("src").unwrap_or_default(), &["http", "https"], official) => {
                images.add(attribute("src").or(attribute("alt")).unwrap_or_default());
            }
            "a" => {
                if let Some(address) = attribute("href").filter(|address| !address.trim().starts_with('#'))
                    && !is_followed(address, &["http", "https", "mailto"], official)
                {
                    links.add(address);
                }
            }
            "ri:attachment" => files.add(attribute("ri:filename").unwrap_or_default()),
            "ri:user" => {
                let person = attribute("ri:account-id").or(attribute("ri:username")).or(attribute("ri:userkey"));
                people.add(person.unwrap_or_default());
            }
            "iframe" | "video" | "audio" | "object" | "embed" | "canvas" | "svg" | "form" | "select" => {
                embedded.add(&name);
            }
            _ => {}
        }
    }
    [
        images.finding("images without an address that readers could follow: give the report's `url`"),
        links.finding("links without an address that readers could follow, kept as words: give the report's `url`"),
        files.finding("attachments, which have no address"),
        people.finding("people, who have no name here"),
        hidden.finding("elements that the report hides, which are not shown"),
        embedded.finding("elements that are not shown"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_followed(address: &str, schemes: &[&str], official: Official<'_>) -> bool {
    let whole = official.resolve(address.trim());
    ammonia::Url::parse(&whole).is_ok_and(|url| schemes.contains(&url.scheme()))
}

/// Things of one kind.
#[derive(Default)]
struct Names {
    count: usize,
    first: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &str) {
        self.count += 1;
        let name: String = name.chars().filter(|sign| !sign.is_control() && *sign != '`').take(80).collect();
        if self.first.len() < NAMED && !self.first.contains(&name) {
            self.first.push(name);
        }
    }

    fn finding(&self, what: &str) -> Option<Finding> {
        let names = self.first.join("`, `");
        (self.count > 0).then(|| Finding::new(CHECK, Severity::Warn, format!("{} {what} (`{names}`)", self.count)))
    }
}
