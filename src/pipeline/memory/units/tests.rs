use std::fmt::Write as _;

use super::*;
use crate::pipeline::memory::typed::Typed;
use polypost_core::document::{self, Format};
use polypost_core::exchange::tmx::{TmxPiece, TmxReader, TmxRecord};
use polypost_core::segment::{self, FileFormat, Segment};
use polypost_test_support::fixtures::plain_report;

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

fn text(text: &str) -> Vec<TmxPiece> {
    vec![TmxPiece::Text(text.to_owned())]
}

fn foreign(texts: &[(&str, &str)]) -> TranslationUnit {
    let variants = texts.iter().map(|(tag, words)| Variant {
        language: (*tag).to_owned(),
        pieces: text(words),
        ..Variant::default()
    });
    TranslationUnit { variants: variants.collect(), ..TranslationUnit::default() }
}

fn take(unit: &TranslationUnit, glossary: &Glossary) -> Taken {
    let bundles = Bundles::built_in().unwrap();
    let targets = ["es", "it", "pt-BR"].map(locale);
    let context = UnitContext { source: &locale("en"), targets: &targets, glossary, bundles: &bundles, makers: &[] };
    entries(unit, context, Timestamp::UNIX_EPOCH)
}

fn pair(english: &str, spanish: &str) -> Result<MemoryEntry, String> {
    pair_in("es", english, spanish)
}

fn pair_in(tag: &str, english: &str, text: &str) -> Result<MemoryEntry, String> {
    let mut taken = take(&foreign(&[("en", english), (tag, text)]), &Glossary::default());
    match (taken.entries.pop(), taken.problems.pop()) {
        (Some(entry), None) => Ok(entry),
        (None, Some(problem)) => Err(problem),
        other => panic!("{other:?}"),
    }
}

/// A report's segments, as the pipeline has them.
fn segments(markdown: &str) -> Vec<Segment> {
    let report = plain_report("", Format::Markdown, markdown);
    segment::segments(&document::read(&report).unwrap(), &Glossary::default())
}

fn entry_of(segment: &Segment, target: &str, engine: Option<&str>) -> MemoryEntry {
    let typed = Typed::of(segment);
    let maker = engine.map(|engine| Maker { engine, variant: String::new() });
    MemoryEntry {
        key: typed.key(&locale("en"), &locale("es"), maker.as_ref()),
        context: Some("c0ffee".to_owned()),
        source_locale: locale("en"),
        locale: locale("es"),
        source: typed.protected.text.clone(),
        target: target.to_owned(),
        kinds: typed.kinds,
        engine: engine.map(str::to_owned),
        model: engine.map(|_| "1".to_owned()),
        created_at: "2024-07-05T13:52:00Z".parse().unwrap(),
        changed_at: "2024-07-06T13:52:00Z".parse().unwrap(),
    }
}

#[test]
fn a_foreign_text_is_found_by_the_segment_of_a_report() {
    for (english, spanish, kept) in [
        ("We are investigating.", "Lo estamos investigando.", "Lo estamos investigando."),
        (
            "The service was down for 30 minutes.",
            "El servicio no funcionó durante 30 minutos.",
            "El servicio no funcionó durante [PH1].",
        ),
        (
            "On July 5, 2024, some calls failed.",
            "El 5 de julio de 2024, fallaron algunas llamadas.",
            "[PH1], fallaron algunas llamadas.",
        ),
        (
            "About 38.5% of 14,208 requests failed.",
            "Falló cerca del 38,5\u{a0}% de 14.208 solicitudes.",
            "Falló cerca del [PH1] de [PH2] solicitudes.",
        ),
        (
            "About 38.5% of requests failed.",
            "Falló cerca del 38,5% de las solicitudes.",
            "Falló cerca del [PH1] de las solicitudes.",
        ),
        (
            "For ERR-5012 see https://status.example.com/a now.",
            "Vea https://status.example.com/a si ve ERR-5012 ahora.",
            "Vea [PH2] si ve [PH1] ahora.",
        ),
        (
            "5 errors in 5 minutes are too many.",
            "Son demasiados 5 errores en 5 minutos.",
            "Son demasiados [PH1] errores en [PH2].",
        ),
    ] {
        let entry = pair(english, spanish).unwrap_or_else(|problem| panic!("{english}: {problem}"));
        assert_eq!(entry.target, kept, "{english}");
        let segment = segments(english).remove(0);
        assert_eq!(entry.key, Typed::of(&segment).key(&locale("en"), &locale("es"), None), "{english}");
        assert_eq!((entry.engine, entry.model, entry.context), (None, None, None));
    }
}

#[test]
fn what_translators_write_is_taken_in_any_notation_and_wording() {
    let cases = include_str!("../../../../tests/fixtures/tmx/texts.txt").lines().filter(|line| line.contains(" => "));
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases {
        let [tag, english, text, expected] = case.split(" => ").collect::<Vec<_>>()[..] else { panic!("{case}") };
        let found = pair_in(tag, english, text).map(|entry| entry.target);
        let is_right = match expected.strip_prefix("! ") {
            Some(reason) => found.as_ref().is_err_and(|found| found.contains(reason)),
            None => found.as_deref() == Ok(expected),
        };
        if !is_right {
            wrong.push(format!("{case}\n  {found:?}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_text_whose_facts_are_not_certain_is_refused() {
    for (english, spanish, part) in [
        ("It lasted 30 minutes.", "Duró 45 minutos.", "`30 minutes` is not found"),
        ("It lasted 30 minutes.", "Duró media hora.", "`30 minutes` is not found"),
        ("It lasted 30 minutes.", "Duró 30 minutos y 5 segundos.", "`figures`"),
        ("It failed 5 times.", "Falló 15 veces.", "`5` is not found"),
        ("It failed 5 times.", "Falló 2.5 veces.", "`5` is not found"),
        ("It failed 5 times.", "Falló -5 veces.", "`5` is not found"),
        ("From 5 hosts to 5 hosts more.", "De 5 servidores a 5 servidores más.", "which `5` is which"),
        ("It failed 5 times.", "Falló 5 veces, sí, 5 veces.", "which `5` is which"),
        ("The API is down.", "La API no funciona; la API volverá.", "which `API` is which"),
        ("The host db.internal is slow.", "El servidor db.internal.example va lento.", "not found"),
        ("It is down.", "No funciona [PH1].", "looks like a placeholder"),
        ("It is down.", "No funciona [ ph 1 ].", "looks like a placeholder"),
        ("It is down.", "Vea https://evil.example.com.", "does not pass the check"),
        ("The changes were reverted by our team.", "The changes were reverted by our team.", "does not pass the check"),
        ("It is down.", "", "does not pass the check `empty`"),
        ("Summary", "Resumen", "nothing in it to translate"),
        ("July 5, 2024 01:52 PM UTC", "5 de julio de 2024, 13:52 UTC", "nothing in it to translate"),
    ] {
        let problem = pair(english, spanish).expect_err(english);
        assert!(problem.contains(part), "{english}: {problem}");
    }
    let many: Vec<String> = (0..70).map(|number| format!("{number} a")).collect();
    assert!(pair(&many.join(" "), &many.join(" ")).expect_err("too many").contains("more than 64"));
}

#[test]
fn a_glossary_name_in_the_translation_is_the_sources() {
    let glossary = Glossary::empty().with_file(b"term,keep\nTalk,yes\n", FileFormat::Csv).unwrap();
    let taken = take(&foreign(&[("en", "Talk is down."), ("es", "Talk no funciona.")]), &glossary);
    assert_eq!(taken.entries[0].target, "[PH1] no funciona.");
    assert_eq!(taken.entries[0].kinds, ["name"]);
    let taken = take(&foreign(&[("en", "Talk is down."), ("es", "Charla no funciona.")]), &glossary);
    assert!(taken.problems[0].contains("`Talk` is not found"), "{taken:?}");
}

#[test]
fn marks_of_other_programs_are_found_by_bold_text() {
    let marked = |words: [&str; 3]| {
        let [before, inside, behind] = words.map(|words| TmxPiece::Text(words.to_owned()));
        vec![before, TmxPiece::Open { i: 7, x: None, kind: None }, inside, TmxPiece::Close { i: 7 }, behind]
    };
    let mut unit = foreign(&[("en", ""), ("es", "")]);
    unit.variants[0].pieces = marked(["Press ", "Save", " for 5 seconds."]);
    unit.variants[1].pieces = marked(["Pulse ", "Guardar", " durante 5 segundos."]);
    let taken = take(&unit, &Glossary::default());
    let segment = segments("Press **Save** for 5 seconds.").remove(0);
    assert_eq!(taken.entries[0].key, Typed::of(&segment).key(&locale("en"), &locale("es"), None), "{taken:?}");
    assert_eq!(taken.entries[0].target, "Pulse [PH1]Guardar[PH2] durante [PH3].");
    unit.variants[1].pieces = text("Pulse Guardar durante 5 segundos.");
    assert!(take(&unit, &Glossary::default()).problems[0].contains("placeholders"));
}

#[test]
fn what_other_tools_write_is_taken() {
    let file = include_bytes!("../../../../tests/fixtures/tmx/tools.tmx");
    let mut reader = TmxReader::new(&file[..]).unwrap();
    let mut told = String::new();
    while let Some(read) = reader.read().unwrap() {
        let TmxRecord::Unit(unit) = read else { panic!("{read:?}") };
        let taken = take(&unit, &Glossary::default());
        for entry in taken.entries {
            let engine = entry.engine.unwrap_or_else(|| "human".to_owned());
            writeln!(told, "{} {engine} {:?} {:?}", entry.locale, entry.target, entry.kinds).unwrap();
        }
        told.extend(taken.problems.iter().map(|problem| format!("! {problem}\n")));
    }
    assert_eq!(told, include_str!("../../../../tests/fixtures/tmx/tools.txt"), "{told}");
}

#[test]
fn a_placeholder_that_the_translation_lacks_is_refused() {
    let mut unit = foreign(&[("en", "It is down"), ("es", "No funciona")]);
    unit.variants[0].pieces.push(TmxPiece::Placeholder {
        x: Some(1),
        kind: Some("x-moment".to_owned()),
        code: String::new(),
    });
    let taken = take(&unit, &Glossary::default());
    assert!(taken.entries.is_empty() && taken.problems[0].contains("is missing"), "{taken:?}");
}

#[test]
fn languages_are_matched_by_inheritance_and_others_are_told() {
    let unit = foreign(&[
        ("es-ES", "Funciona."),
        ("en-US", "It works."),
        ("pt-PT", "Funciona."),
        ("pt-BR", "Está funcionando."),
        ("es-MX", "Ya funciona."),
        ("de", "Es geht."),
        ("not a tag", "?"),
    ]);
    let taken = take(&unit, &Glossary::default());
    let found: Vec<(&str, &str)> =
        taken.entries.iter().map(|entry| (entry.locale.as_str(), entry.target.as_str())).collect();
    assert_eq!(found, [("es", "Funciona."), ("pt-BR", "Está funcionando.")]);
    assert!(taken.entries.iter().all(|entry| entry.source_locale == locale("en")));
    assert_eq!(taken.mapped, [("es-ES".to_owned(), locale("es"))]);
    assert_eq!(taken.foreign, ["pt-PT", "es-MX", "de", "not a tag"]);

    let none = take(&foreign(&[("de", "Es geht."), ("es", "Funciona.")]), &Glossary::default());
    assert!(none.entries.is_empty() && none.problems.is_empty());
    assert_eq!(none.foreign, ["de", "es"]);
    let taken = take(&foreign(&[("en", "It works."), ("es-ES", "Va."), ("es", "Funciona.")]), &Glossary::default());
    assert_eq!((taken.entries[0].target.as_str(), taken.foreign), ("Funciona.", vec!["es-ES".to_owned()]));
}

#[test]
fn a_language_is_taken_for_the_regions_that_inherit_from_it() {
    let bundles = Bundles::built_in().unwrap();
    let glossary = Glossary::default();
    let targets = ["es-MX", "pt-PT"].map(locale);
    let context =
        UnitContext { source: &locale("en"), targets: &targets, glossary: &glossary, bundles: &bundles, makers: &[] };
    let unit = foreign(&[("en", "It works."), ("es", "Funciona."), ("es-ES", "Va."), ("pt", "Está funcionando.")]);
    let taken = entries(&unit, context, Timestamp::UNIX_EPOCH);
    let found: Vec<(&str, &str)> =
        taken.entries.iter().map(|entry| (entry.locale.as_str(), entry.target.as_str())).collect();
    assert_eq!(found, [("es", "Funciona.")]);
    assert_eq!(taken.foreign, ["es-ES", "pt"]);
}

#[test]
fn what_is_exported_is_taken_back_as_it_was() {
    for (markdown, target) in [
        ("It is down.", "No funciona."),
        ("It failed at 13:52 UTC.", "Falló [PH1]."),
        ("Press **Save** or *Go on* now.", "Pulse ahora [PH1]Guardar[PH2] o [PH3]Seguir[PH4]."),
        ("Press **Save** on **5** hosts.", "Pulse [PH1]Guardar[PH2] en [PH3][PH4][PH5] servidores."),
        (
            "The host `db-7` and ![](https://a.example/x.png) its twin (ERR-5012) failed.",
            "El [PH1] y [PH2] su gemelo ([PH3]) fallaron.",
        ),
        ("See [the page](https://a.example) for preF7s.", "Vea [PH1]la página[PH2] de [PH3]."),
        ("See [the page](https://a.example)", "Vea [PH1]la página[PH2]"),
    ] {
        for engine in [None, Some("pseudo")] {
            let segment = segments(markdown).remove(0);
            let entry = entry_of(&segment, target, engine);
            let unit = unit(&entry);
            let taken = take(&unit, &Glossary::default());
            assert_eq!(taken.problems, Vec::<String>::new(), "{markdown} {unit:?}");
            assert_eq!(taken.entries, [entry], "{markdown}");
        }
    }
}

#[test]
fn marks_in_pairs_are_exported_as_pairs() {
    let segment = segments("Press **Save** or *Go on* at 13:52 UTC.").remove(0);
    let unit = unit(&entry_of(&segment, "A [PH5] [PH3] b [PH4] [PH1] c [PH2]", None));
    let shape: String = unit.variants[1]
        .pieces
        .iter()
        .map(|piece| match piece {
            TmxPiece::Text(_) => "t".to_owned(),
            TmxPiece::Placeholder { x, kind, .. } => format!("({x:?} {kind:?})"),
            TmxPiece::Open { i, x, .. } => format!("<{i} {x:?}"),
            TmxPiece::Close { i } => format!("{i}>"),
        })
        .collect();
    assert_eq!(shape, "t(Some(5) Some(\"x-moment\"))t<2 Some(3)t2>t<1 Some(1)t1>");
}

#[test]
fn what_was_edited_since_the_export_is_read_anew() {
    let segment = segments("It failed at 13:52 UTC.").remove(0);
    let mut unit = unit(&entry_of(&segment, "Falló [PH1].", None));
    for (variant, more) in unit.variants.iter_mut().zip([" It took 5 minutes.", " Duró 5 minutos."]) {
        variant.pieces.push(TmxPiece::Text(more.to_owned()));
    }
    let taken = take(&unit, &Glossary::default());
    let segment = segments("It failed at 09:10 UTC. It took 7 minutes.").remove(0);
    assert_eq!(taken.entries[0].key, Typed::of(&segment).key(&locale("en"), &locale("es"), None), "{taken:?}");
    assert_eq!(taken.entries[0].target, "Falló [PH1]. Duró [PH2].");

    unit.variants[1].pieces.retain(|piece| matches!(piece, TmxPiece::Text(_)));
    assert!(take(&unit, &Glossary::default()).problems[0].contains("placeholders"));
    unit.properties[0].1 = "9".to_owned();
    assert!(take(&unit, &Glossary::default()).problems[0].contains("later version"));
}
