//! Formatting marks across the real engines: 40 paragraphs with bold, italics and links in every position go through
//! the whole house; what comes out has the same marks, once each, nested, round words, and no link is lost or swapped.

use std::collections::BTreeMap;
use std::sync::Arc;

use polypost_core::check::Origin;
use polypost_core::document::{self, Format, InlineKind, PartPosition, Report};
use polypost_core::render::SegmentRecord;
use polypost_engines::Engine;

use polypost_test_service::house::House;

const PARAGRAPHS: [&str; 40] = [
    // Adjectives and noun phrases.
    "We are investigating a **critical** problem.",
    "The **new** configuration was removed from all servers.",
    "Customers in the **European** region are affected.",
    "The [status page](https://status.example.com) shows the current state.",
    "Please contact our **support team** for more information.",
    "The **database server** was restarted by our engineers.",
    "The cause was a *network failure* in our data center.",
    "The problem was caused by an **expired certificate**.",
    // Clauses and verb phrases.
    "The service **is available again**.",
    "Customers **could not sign in** during the incident.",
    "We will publish a report *when the investigation is complete*.",
    "If you still see errors, [please contact us](https://example.com/contact).",
    "We **identified the problem** and are working on a solution.",
    "The recordings are **not available** at this moment.",
    // At the beginning and at the end.
    "**Update**: the problem has been solved.",
    "**Update:** the problem has been solved.",
    "[Our documentation](https://docs.example.com) explains the details.",
    "**No data** was lost during the outage.",
    "You can read the full story in [our blog](https://blog.example.com).",
    "The service is now **fully operational**.",
    "Messages were delayed *for several hours*",
    // Round everything.
    "**The incident has been resolved.**",
    "[Read the full report](https://example.com/report)",
    "***All systems are working.***",
    // Nested.
    "See [the **status** page](https://status.example.com/a) for updates.",
    "See **the [status page](https://status.example.com/b) of the region** for updates.",
    "**[Contact our support](https://example.com/support)** if the problem persists.",
    "We are *very **very** sorry* for this incident.",
    // Several in a sentence.
    "Read [the documentation](https://example.com/docs) or [our blog](https://example.com/blog).",
    "The [support team](https://example.com/team) will answer on [this page](https://example.com/page) tomorrow.",
    "The **servers** and the **databases** were restarted.",
    "The **old** *servers* were replaced.",
    "**Affected**: *all customers* in [Europe](https://example.com/europe).",
    // Round and beside facts and code.
    "The error rate was **4.5%** for all customers.",
    "The incident began at **10:54 UTC** and affected [version v2.3.1](https://example.com/v2).",
    "Run [`kubectl get pods`](https://example.com/kubectl) to see the state.",
    "The command **`make all`** failed on *db-7.example.com* yesterday.",
    "**At 12:30 UTC** our engineers restarted the server.",
    // Several sentences.
    "The problem is solved. **Thank you for your patience.** We apologize for the inconvenience.",
    "We are sorry. See [the report](https://example.com/final) for the details. It is **long**.",
];

fn report(body: &str) -> Report {
    let mut report = House::report("marks.md", b"---\ntitle: Orders could not be saved\n---\n\nx");
    report.format = Format::Markdown;
    body.clone_into(&mut report.body);
    report
}

/// A paragraph's opening marks with the rest of their pair, and the words within each.
fn marks(body: &str) -> Vec<Vec<(String, String)>> {
    let document = document::read(&report(body)).unwrap();
    let part = document.parts.iter().find(|part| part.position == PartPosition::Body).unwrap();
    part.blocks
        .iter()
        .map(|block| {
            let mut open: Vec<(usize, String, String)> = Vec::new();
            let mut found = Vec::new();
            for inline in &block.inlines {
                let bytes = &part.source[inline.range.clone()];
                match &inline.kind {
                    InlineKind::Open { pair } => open.push((*pair, bytes.to_owned(), String::new())),
                    InlineKind::Close { pair } => {
                        let (opened, begin, words) = open.pop().unwrap();
                        assert_eq!(opened, *pair, "{body}");
                        found.push((format!("{begin}…{bytes}"), words));
                    }
                    InlineKind::Text(text) | InlineKind::Atom { text } | InlineKind::Literal { text } => {
                        for (_, _, words) in &mut open {
                            words.push_str(text);
                        }
                    }
                }
            }
            assert!(open.is_empty(), "{body}");
            found
        })
        .collect()
}

fn is_link(mark: &str) -> bool {
    mark.starts_with('[')
}

#[derive(Debug, Default)]
struct Tally {
    marks: usize,
    /// Put where the engine's first way has them.
    placed: usize,
    /// In a text that a later rung made.
    later: usize,
    /// Emphasis left out, with a finding.
    dropped: usize,
    /// In a paragraph that stands in English.
    english: usize,
}

/// Holds one paragraph's marks against the source's.
fn hold(source: &[(String, String)], target: &[(String, String)], record: &SegmentRecord, tally: &mut Tally) {
    let count = |marks: &[(String, String)]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (mark, _) in marks {
            *counts.entry(mark.clone()).or_default() += 1;
        }
        counts
    };
    let (wanted, found) = (count(source), count(target));
    let lost: usize = wanted.iter().map(|(mark, count)| count - found.get(mark).copied().unwrap_or_default()).sum();
    assert!(found.iter().all(|(mark, count)| wanted.get(mark).is_some_and(|wanted| count <= wanted)), "{record:?}");
    let findings =
        record.findings.iter().filter(|finding| finding.check == "marks" && finding.message.ends_with("is lost"));
    assert_eq!(findings.count(), lost, "what is dropped is said: {record:?}");
    for (mark, words) in target {
        assert!(!words.trim().is_empty(), "{mark} round nothing: {record:?}");
    }
    for mark in wanted.keys().filter(|mark| is_link(mark)) {
        assert!(found.contains_key(mark), "{mark} is lost: {record:?}");
    }
    tally.marks += source.len();
    tally.dropped += lost;
    if record.origin == Origin::Source {
        tally.english += target.len();
    } else if record.attempts.is_empty() {
        tally.placed += target.len();
    } else {
        tally.later += target.len();
    }
}

/// The words of the link to `address`.
fn link<'marks>(marks: &'marks [Vec<(String, String)>], address: &str) -> &'marks str {
    let found = marks.iter().flatten().find(|(mark, _)| mark.contains(&format!("({address})")));
    &found.unwrap_or_else(|| panic!("{address} is lost")).1
}

async fn run(engine: Arc<dyn Engine>, target: &str) -> (Tally, Vec<Vec<(String, String)>>) {
    let house = House::new(vec![engine], &[target]).await;
    let body = PARAGRAPHS.join("\n\n");
    house.publish(report(&body)).await.unwrap();
    house.work().await;
    let rendition = house.served("marks", target).await.expect("a version").rendition;
    let (source, translated) = (marks(&body), marks(&rendition.body.markdown));
    let records: Vec<&SegmentRecord> = rendition.segments.iter().filter(|record| record.place == "body").collect();
    assert_eq!((source.len(), translated.len(), records.len()), (40, 40, 40), "{}", rendition.body.markdown);
    let written: Vec<&str> = rendition.body.markdown.split("\n\n").map(str::trim).collect();
    let mut tally = Tally::default();
    for (index, record) in records.iter().enumerate() {
        hold(&source[index], &translated[index], record, &mut tally);
        let rungs: Vec<&str> = record.attempts.iter().map(|attempt| attempt.offered.as_str()).collect();
        println!("{target} {:<50} <- {} {rungs:?}", written[index], PARAGRAPHS[index]);
        for finding in record.findings.iter().filter(|finding| finding.check == "marks") {
            println!("     {}", finding.message);
        }
    }
    println!("{target}: {tally:?}");
    (tally, translated)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_neural_engine_places_marks_and_loses_no_link() {
    let Some(neural) = polypost_test_service::neural::engine() else { return };
    let (tally, marks) = run(neural, "pt-BR").await;
    assert!(tally.placed * 100 >= tally.marks * 80, "{tally:?}");
    for (address, words) in [
        ("https://example.com/docs", "documentação"),
        ("https://example.com/blog", "blog"),
        ("https://example.com/team", "suporte"),
        ("https://example.com/page", "página"),
        ("https://example.com/europe", "Europa"),
    ] {
        assert!(link(&marks, address).contains(words), "{address}: {}", link(&marks, address));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_engines_in_a_row_place_marks_and_lose_no_link() {
    let Some(pivot) = polypost_test_service::pivot::engine() else { return };
    let (tally, marks) = run(pivot, "es").await;
    assert!(tally.placed * 100 >= tally.marks * 80, "{tally:?}");
    for (address, words) in [
        ("https://example.com/docs", "documentación"),
        ("https://example.com/blog", "blog"),
        ("https://example.com/team", "soporte"),
        ("https://example.com/page", "página"),
        ("https://example.com/europe", "Europa"),
    ] {
        assert!(link(&marks, address).contains(words), "{address}: {}", link(&marks, address));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn apertium_places_marks_and_loses_no_link() {
    let Some(apertium) = polypost_test_service::apertium::engine() else { return };
    for (target, documentation, page) in [("es", "documentación", "página"), ("it", "documentazione", "pagina")] {
        let (tally, marks) = run(Arc::clone(&apertium), target).await;
        assert!(tally.placed * 100 >= tally.marks * 80, "{target}: {tally:?}");
        for (address, words) in [
            ("https://example.com/docs", documentation),
            ("https://example.com/blog", "blog"),
            ("https://example.com/page", page),
        ] {
            assert!(link(&marks, address).contains(words), "{target} {address}: {}", link(&marks, address));
        }
    }
}
