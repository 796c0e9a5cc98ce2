//! The trap suite: texts that machine translation gets wrong, through the whole program and every engine that runs
//! here. `make quality` prints the table; every fact must stand in every translation.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use polypost_core::check::Origin;
use polypost_core::document::{Format, Report};
use polypost_engines::Engine;
use polypost_engines::pseudo::Pseudo;
use polypost_store::{State, Version};

use crate::corpus::hold_reports;
use polypost_test_service::answering::Mirror;
use polypost_test_service::program::TestProgram;

const TRAPS: &str = include_str!("../fixtures/traps.txt");

/// The locales in the order of a fact's spellings.
const LOCALES: [&str; 3] = ["es", "it", "pt-BR"];

#[derive(Debug, Default)]
struct Trap {
    kind: String,
    text: String,
    /// Each fact in the spellings of [`LOCALES`].
    facts: Vec<[String; 3]>,
    html: Vec<String>,
    negated: bool,
    findings: Vec<String>,
}

/// Reads the fixture, whose head describes its form.
fn traps() -> Vec<Trap> {
    let mut traps: Vec<Trap> = Vec::new();
    let mut kind = String::new();
    let mut fresh = true;
    for line in TRAPS.lines().filter(|line| *line != "#" && !line.starts_with("# ")) {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut kind);
        } else if line.is_empty() {
            fresh = true;
        } else if fresh {
            traps.push(Trap { kind: kind.clone(), text: line.to_owned(), ..Trap::default() });
            fresh = false;
        } else {
            let trap = traps.last_mut().expect("a text comes first");
            match line.split_at_checked(2).expect("a mark and a blank") {
                ("= ", fact) => {
                    let spellings: Vec<&str> = fact.split(" | ").collect();
                    let spelling = |at: usize| spellings[if spellings.len() == 3 { at } else { 0 }].to_owned();
                    let is_line = spellings.len() == 2;
                    trap.facts.push(std::array::from_fn(|at| if is_line { fact.to_owned() } else { spelling(at) }));
                }
                ("< ", part) => trap.html.push(part.to_owned()),
                ("? ", finding) => trap.findings.push(finding.to_owned()),
                ("! ", _) => trap.negated = true,
                other => panic!("`{line}` is not of the fixture's form: {other:?}"),
            }
        }
    }
    traps
}

/// Whether a translation negates somewhere. `pseudo` keeps no words.
fn negates(locale: usize, text: &str) -> bool {
    let words: [&[&str]; 3] = [
        &[
            "no",
            "ningún",
            "ninguna",
            "ninguno",
            "nada",
            "nunca",
            "sin",
            "nadie",
            "ni",
            "imposible",
            "incapaces",
            "incapaz",
        ],
        &[
            "non",
            "nessun",
            "nessuno",
            "nessuna",
            "niente",
            "mai",
            "senza",
            "né",
            "incapaci",
            "impossibile",
            "alcun",
            "alcuna",
            // Apertium's grammar, and yet the meaning.
            "no",
        ],
        &["não", "nenhum", "nenhuma", "nada", "nunca", "sem", "nem", "incapazes", "impossível"],
    ];
    text.to_lowercase().split(|letter: char| !letter.is_alphabetic()).any(|word| words[locale].contains(&word))
}

/// No-break spaces of a notation as plain ones.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if matches!(letter, '\u{a0}' | '\u{202f}') { ' ' } else { letter }).collect()
}

/// What is wrong with a version of a trap.
fn faults(trap: &Trap, locale: usize, is_pseudo: bool, version: &Version) -> Vec<String> {
    let record = version.rendition.segments.iter().find(|record| record.place == "body").expect("the body's segment");
    let in_english = record.origin == Origin::Source;
    let target = plain(&record.target);
    let mut faults = Vec::new();
    if in_english {
        if record.target != record.source {
            faults.push("the English is not the source's".to_owned());
        }
    } else {
        let mut rest = target.clone();
        let mut facts: Vec<&String> = trap.facts.iter().map(|spellings| &spellings[locale]).collect();
        facts.sort_by_key(|fact| std::cmp::Reverse(fact.len()));
        for fact in facts {
            match rest.find(fact.as_str()) {
                Some(at) => rest.replace_range(at..at + fact.len(), "\u{fffc}"),
                None => faults.push(format!("`{fact}` is missing")),
            }
        }
        if rest.chars().any(|letter| letter.is_ascii_digit()) || rest.contains("://") || rest.contains('@') {
            faults.push(format!("something was added: `{rest}`"));
        }
        if trap.negated && !is_pseudo && !negates(locale, &target) {
            faults.push("it negates no more".to_owned());
        }
    }
    for part in &trap.html {
        if !version.rendition.body.html.contains(part) {
            faults.push(format!("`{part}` is not in `{}`", version.rendition.body.html));
        }
    }
    faults.iter().map(|fault| format!("{fault}\n    {}\n    {target}", trap.text)).collect()
}

#[derive(Default)]
struct Row {
    traps: usize,
    passed: usize,
    english: usize,
}

/// One engine's run over the suite; returns what is wrong.
async fn run(
    name: &str,
    engine: Arc<dyn Engine>,
    locale: usize,
    table: &mut Vec<(String, BTreeMap<String, Row>)>,
) -> Vec<String> {
    let tag = LOCALES[locale];
    let is_pseudo = engine.name() == "pseudo";
    let program = TestProgram::new(vec![engine], &[tag]).await;
    let traps = traps();
    let mut wrong = Vec::new();
    for (index, trap) in traps.iter().enumerate() {
        let mut report =
            TestProgram::report(&format!("trap-{index}.html"), b"<title>Service disruption in Europe</title><p>x</p>");
        report.format = Format::Markdown;
        trap.text.clone_into(&mut report.body);
        let receipt = program.publish(report).await.unwrap_or_else(|error| panic!("{}: {error}", trap.text));
        for finding in &trap.findings {
            if !receipt.findings.iter().any(|known| known.check == *finding) {
                wrong.push(format!("{}: no finding `{finding}`\n    {}", trap.kind, trap.text));
            }
        }
    }
    program.work().await;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (index, trap) in traps.iter().enumerate() {
        let row = rows.entry(trap.kind.clone()).or_default();
        row.traps += 1;
        let id = format!("trap-{index}");
        let translation = program.translation(&id, tag).await;
        let Some(version) = program.served(&id, tag).await else {
            assert_eq!(translation.state, State::Failed, "{translation:?}");
            // Readers have the English report.
            row.passed += 1;
            row.english += 1;
            continue;
        };
        row.english += usize::from(
            version.rendition.segments.iter().any(|record| record.place == "body" && record.origin == Origin::Source),
        );
        let faults = faults(trap, locale, is_pseudo, &version);
        row.passed += usize::from(faults.is_empty());
        wrong.extend(faults.iter().map(|fault| format!("{name} {tag}, {}: {fault}", trap.kind)));
    }
    table.push((format!("{name} {tag}"), rows));
    wrong
}

fn print(table: &[(String, BTreeMap<String, Row>)]) {
    println!("passed of traps (in English) per kind and engine");
    let heads: Vec<String> = table.iter().map(|(name, _)| format!("{name:>24}")).collect();
    println!("{:<16}{}", "", heads.join(""));
    let cell = |row: &Row| {
        let english = if row.english > 0 { format!(" ({})", row.english) } else { String::new() };
        format!("{:>24}", format!("{}/{}{english}", row.passed, row.traps))
    };
    let kinds: Vec<&String> = table.first().map(|(_, rows)| rows.keys().collect()).unwrap_or_default();
    for kind in kinds {
        let cells: Vec<String> = table.iter().map(|(_, rows)| cell(&rows[kind])).collect();
        println!("{kind:<16}{}", cells.join(""));
    }
    let sums = table.iter().map(|(_, rows)| {
        cell(&rows.values().fold(Row::default(), |sum, row| Row {
            traps: sum.traps + row.traps,
            passed: sum.passed + row.passed,
            english: sum.english + row.english,
        }))
    });
    println!("{:<16}{}", "all", sums.collect::<String>());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_engine_falls_into_a_trap() {
    assert!(traps().len() >= 150, "{} traps", traps().len());
    let mut table = Vec::new();
    let mut wrong = run("pseudo", Arc::new(Pseudo), 0, &mut table).await;
    wrong.extend(run("pseudo", Arc::new(Pseudo), 1, &mut table).await);
    if let Some(apertium) = polypost_test_service::apertium::engine() {
        wrong.extend(run("apertium", Arc::clone(&apertium), 0, &mut table).await);
        wrong.extend(run("apertium", apertium, 1, &mut table).await);
    }
    if let Some(neural) = polypost_test_service::neural::engine() {
        wrong.extend(run("neural", neural, 2, &mut table).await);
    }
    if let Some(pivot) = polypost_test_service::pivot::engine() {
        wrong.extend(run(polypost_test_service::pivot::NAME, pivot, 0, &mut table).await);
    }
    print(&table);
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// The traps, and the reports of the other fixtures, through an engine that changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_keeps_every_fact_of_the_traps_and_of_the_fixtures() {
    let mut reports: Vec<(String, Report)> = Vec::new();
    let mut add = |name: String, bytes: &[u8]| {
        let report = TestProgram::titled(&name, bytes, Some("Service disruption"));
        reports.push((name, report));
    };
    for (index, trap) in traps().into_iter().enumerate() {
        add(format!("trap-{index}.md"), trap.text.as_bytes());
    }
    for folder in ["injection", "markup"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        for entry in std::fs::read_dir(folder).expect("the fixtures") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            add(name, &std::fs::read(path).expect("a readable file"));
        }
    }
    hold_reports(reports, vec![Arc::new(Mirror)], "en-GB").await;
}
