use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey};
use fluent_syntax::parser;

use super::*;

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

/// The built-in bundles with files over them: `(path, text)`.
fn laid_over(files: &[(&str, &str)]) -> Result<Bundles, BundleError> {
    Bundles::load(files.iter().map(|(path, text)| {
        let folder = path.split('/').next().unwrap();
        Ok(BundleFile { path: (*path).to_owned(), locale: locale(folder), text: (*text).to_owned() })
    }))
}

/// What the files of one shipped locale hold.
#[derive(Default)]
struct Shipped {
    /// Message id, or `id.attribute`, to its variables.
    variables: BTreeMap<String, BTreeSet<String>>,
    /// Message id to the keys of each selection over a variable.
    selections: Vec<(String, BTreeSet<String>)>,
}

fn shipped() -> BTreeMap<String, Shipped> {
    let mut locales: BTreeMap<String, Shipped> = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for folder in folders {
        let shipped = locales.entry(folder.file_name().unwrap().to_str().unwrap().to_owned()).or_default();
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let text = fs::read_to_string(&file).unwrap();
            let marks: Vec<char> = text.chars().filter(|letter| ('\u{2066}'..='\u{2069}').contains(letter)).collect();
            assert!(marks.is_empty(), "{}: isolating marks", file.display());
            let resource = parser::parse(text.as_str()).unwrap_or_else(|_| panic!("{}: syntax", file.display()));
            collect(&resource, shipped, &file);
        }
    }
    locales
}

fn collect(resource: &Resource<&str>, shipped: &mut Shipped, file: &Path) {
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name.to_owned();
        let attributes =
            message.attributes.iter().map(|attribute| (format!("{id}.{}", attribute.id.name), &attribute.value));
        let value = message.value.iter().map(|value| (id.clone(), value));
        for (id, pattern) in value.chain(attributes) {
            let mut variables = BTreeSet::new();
            walk(pattern, &id, &mut variables, &mut shipped.selections);
            let before = shipped.variables.insert(id.clone(), variables);
            assert!(before.is_none(), "{}: `{id}` stands twice", file.display());
        }
    }
}

fn walk(
    pattern: &Pattern<&str>,
    id: &str,
    variables: &mut BTreeSet<String>,
    selections: &mut Vec<(String, BTreeSet<String>)>,
) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_variables(inline, variables),
            Expression::Select { selector, variants } => {
                inline_variables(selector, variables);
                let keys = variants.iter().map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                selections.push((id.to_owned(), keys.collect()));
                for variant in variants {
                    walk(&variant.value, id, variables, selections);
                }
            }
        }
    }
}

fn inline_variables(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| inline_variables(argument, variables));
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inline) = &**expression {
                inline_variables(inline, variables);
            }
        }
        _ => {}
    }
}

#[test]
fn every_shipped_locale_has_englishs_messages_and_variables() {
    let locales = shipped();
    assert!(locales.len() >= 4);
    let english = &locales["en"].variables;
    for (tag, shipped) in &locales {
        assert_eq!(&shipped.variables, english, "{tag}");
        assert_eq!(Bundles::built_in().unwrap().missing(&locale(tag)), Vec::<String>::new());
    }
}

#[test]
fn every_plural_has_the_forms_that_its_language_needs() {
    const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    for (tag, shipped) in shipped() {
        let rules = icu::plurals::PluralRules::try_new_cardinal((&locale(&tag).identifier()).into()).unwrap();
        let needed: BTreeSet<String> =
            (0_usize..=200).map(|number| format!("{:?}", rules.category_for(number)).to_lowercase()).collect();
        for (id, keys) in shipped.selections {
            if keys.iter().any(|key| CATEGORIES.contains(&key.as_str()) && key != "other") {
                assert!(needed.is_subset(&keys), "{tag}: `{id}` lacks one of {needed:?}");
            }
        }
    }
}

#[test]
fn the_scan_for_messages_agrees_with_the_parser() {
    let english = &shipped()["en"].variables;
    let mut scanned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in source::embedded().unwrap().iter().filter(|file| file.locale.as_str() == "en") {
        for message in source::messages(file.resource.source()) {
            scanned.insert(message.id.to_owned(), message.variables.iter().map(ToString::to_string).collect());
        }
    }
    scanned.retain(|id, _| english.contains_key(id));
    let values: BTreeMap<_, _> = english.iter().filter(|(id, _)| !id.contains('.')).collect();
    assert_eq!(scanned.iter().collect::<BTreeMap<_, _>>(), values);
}

#[test]
fn the_scan_understands_comments_terms_quotes_and_many_lines() {
    let text = "# $no = 1\n-term = { $no }\na = US$ five { \"{ $no }\\\" $no\" } { $yes }\nb=\n  { $count ->\n    [one] x\n   *[other] { NUMBER($other, x: 1) }\n  }\n  .hint = { $hint }\nnot a message $no { $no }\n";
    let found = source::messages(text);
    let found: Vec<_> =
        found.iter().map(|found| (found.id, found.line, Vec::from_iter(found.variables.clone()))).collect();
    assert_eq!(found, [("a", 3, vec!["yes"]), ("b", 4, vec!["count", "hint", "other"])]);
}

#[test]
fn readers_get_their_own_words() {
    let bundles = Bundles::built_in().unwrap();
    for (tag, words) in [
        ("es", "Resuelto"),
        ("es-MX", "Resuelto"),
        ("it-CH", "Risolto"),
        ("pt-BR", "Resolvido"),
        ("pt", "Resolvido"),
        ("pt-PT", "Resolvido"),
        ("en-AU", "Resolved"),
        ("fr", "Resolved"),
    ] {
        assert_eq!(bundles.message(&locale(tag), "status-resolved", &[]), words, "{tag}");
    }
    assert_eq!(bundles.message(&locale("es"), "impact-major", &[]), "Grave");
    assert_eq!(bundles.find(&locale("fr"), "status-resolved", &[]), None);
    assert_eq!(bundles.find(&locale("es"), "nothing-of-the-kind", &[]), None);
    assert_eq!(bundles.message(&locale("es"), "nothing-of-the-kind", &[]), "nothing-of-the-kind");
    assert_eq!(bundles.locales(), ["en", "es", "it", "pt-BR"].map(locale));
}

#[test]
fn status_words_have_labels_and_unknown_ones_stay() {
    let bundles = Bundles::built_in().unwrap();
    for (family, word, label) in [
        ("status", "in_progress", "En curso"),
        ("status", "Resolved", "Resuelto"),
        ("impact", "major", "Grave"),
        ("state", "stale", "Desactualizada"),
        ("status", "Degradado_ya", "Degradado_ya"),
        ("status", "", ""),
    ] {
        assert_eq!(bundles.label(&locale("es"), family, word), label, "{word}");
    }
}

#[test]
fn numbers_choose_the_form() {
    let bundles = Bundles::built_in().unwrap();
    let count = |tag: &str, number: f64, shown: &str| {
        bundles.message(
            &locale(tag),
            "incidents-count",
            &[("count", Argument::Number(number)), ("shown", Argument::Text(shown))],
        )
    };
    assert_eq!(count("en", 1.0, "1"), "1 incident report");
    assert_eq!(count("it", 1.0, "1"), "1 rapporto");
    assert_eq!(count("es", 1234.0, "1.234"), "1.234 informes de incidentes");
    assert_eq!(count("pt-BR", 2.0, "2"), "2 relatórios de incidentes");
    for odd in [f64::NAN, f64::INFINITY, f64::MIN, -0.0, 1e300, 0.1 + 0.2, f64::MIN_POSITIVE] {
        assert!(count("es", odd, "x").starts_with("x "), "{odd}");
    }
}

#[test]
fn a_missing_argument_never_shows() {
    let bundles = Bundles::built_in().unwrap();
    assert_eq!(bundles.find(&locale("es"), "translated-by", &[]), None);
    assert_eq!(bundles.message(&locale("es"), "translated-by", &[]), "translated-by");
}

#[test]
fn an_argument_stays_as_it_is() {
    let bundles = Bundles::built_in().unwrap();
    let text = bundles.message(&locale("it"), "translated-by", &[("engine", Argument::Text("{ $x } \u{202e}<b>"))]);
    assert_eq!(text, "Tradotto da { $x } \u{202e}<b>");
}

#[test]
fn files_override_message_by_message() {
    let bundles = laid_over(&[
        ("es/ours.ftl", "\u{feff}status-resolved = Solucionado\r\n"),
        ("es-MX/ours.ftl", "heading-timeline = Línea de tiempo\n"),
        ("fr/theirs.ftl", "status-resolved = Résolu\n"),
    ])
    .unwrap();
    assert_eq!(bundles.message(&locale("es"), "status-resolved", &[]), "Solucionado");
    assert_eq!(bundles.message(&locale("es-MX"), "status-resolved", &[]), "Solucionado");
    assert_eq!(bundles.message(&locale("es-MX"), "heading-timeline", &[]), "Línea de tiempo");
    assert_eq!(bundles.message(&locale("es"), "heading-timeline", &[]), "Cronología");
    assert_eq!(bundles.message(&locale("fr-CA"), "status-resolved", &[]), "Résolu");
    assert_eq!(bundles.message(&locale("fr"), "heading-timeline", &[]), "Timeline");
    assert!(bundles.missing(&locale("fr")).contains(&"heading-timeline".to_owned()));
    assert!(bundles.missing(&locale("es-MX")).is_empty());
    assert!(bundles.locales().contains(&locale("fr")));
}

#[test]
fn a_target_has_every_text_without_those_of_the_source_language() {
    let bundles = laid_over(&[
        ("fr/some.ftl", "status-resolved = Résolu\n"),
        ("es/broken.ftl", "status-resolved = { status-resolved }\n"),
    ])
    .unwrap();
    let refused = |source: &str, target: &str| bundles.check_target(&locale(source), &locale(target)).err();
    for target in ["it", "it-CH", "pt-BR", "pt", "pt-AO"] {
        assert_eq!(refused("en", target), None, "{target}");
    }
    assert_eq!(refused("it", "en-AU"), None);
    let all = refused("en", "ja").expect("no texts");
    assert_eq!(all.missing.len(), all.of);
    assert!(all.missing.iter().any(|text| text.contains(".form")), "attributes count");
    assert_eq!(refused("en", "fr").expect("some").missing.len(), all.of - 1);
    let own = refused("en", "en-GB").expect("the source's own");
    assert!(own.to_string().contains("beside those of the source language (`en`)"), "{own}");
    let broken = refused("en", "es-MX").expect("one that cannot be formatted");
    assert_eq!(broken.missing, ["status-resolved"]);
    let of = all.of;
    assert_eq!(broken.to_string(), format!("no target yet: 1 of {of} texts in `es-MX` are missing: `status-resolved`"));
}

#[test]
fn every_problem_of_the_files_is_named_by_file_and_line() {
    let given = [
        ("es/bad.ftl", "status-resolved = Solucionado\n\nstatus-update = {\n"),
        ("it/wrong.ftl", "# ours\nstatus-resolvd = Risolto\ntranslated-by = di { $motor }\n"),
    ];
    let problems = laid_over(&given).unwrap_err().to_string();
    for expected in [
        "bad.ftl`, line ",
        "wrong.ftl`, line 2: `status-resolvd` is not one of the built-in messages",
        "wrong.ftl`, line 3: `$motor` is not a variable of the message `translated-by`: it has `$engine`",
    ] {
        assert!(problems.contains(expected), "{expected}\nnot in\n{problems}");
    }
}

#[test]
fn bundles_are_shared_between_threads() {
    fn shared<T: Send + Sync + std::fmt::Debug>(_: &T) {}
    let bundles = Bundles::built_in().unwrap();
    shared(&bundles);
    assert!(format!("{bundles:?}").contains("pt-BR"));
}

#[test]
fn shouting_is_the_locales_own() {
    assert_eq!(shout("Para más información", &locale("es")), "PARA MÁS INFORMACIÓN");
    assert_eq!(shout("istanbul", &locale("tr")), "İSTANBUL");
    assert_eq!(shout("Straße", &locale("de")), "STRASSE");
}

#[test]
fn nothing_a_reader_reads_is_an_autopsy() {
    for file in source::embedded().unwrap() {
        let text = file.resource.source().to_lowercase();
        for word in ["autopsi", "autópsia", "autopsy", "pós-morte", "obduc"] {
            assert!(!text.contains(word), "{}: {word}", file.locale);
        }
    }
}

#[test]
fn headings_are_worded_as_readers_know_them_from_a_vendor() {
    let bundles = Bundles::built_in().unwrap();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/seeds");
    let spanish = "heading-summary heading-timeline heading-post-mortem heading-root-cause-analysis heading-resolution \
                   heading-remediation heading-more-information";
    let italian = "heading-summary heading-timeline heading-post-mortem heading-root-cause-analysis \
                   heading-remediation-items heading-more-information";
    for (tag, file, ids) in [("es", "call-recordings.es.txt", spanish), ("it", "capability-tokens.it.txt", italian)] {
        let Ok(text) = fs::read_to_string(seeds.join(file)) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let lines: BTreeSet<&str> = text.lines().map(str::trim).collect();
        for id in ids.split_whitespace() {
            let heading = bundles.message(&locale(tag), id, &[]);
            let shouted = shout(&heading, &locale(tag));
            assert!(lines.contains(heading.as_str()) || lines.contains(shouted.as_str()), "{tag}: {heading}");
        }
    }
}
