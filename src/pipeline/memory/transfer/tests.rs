use std::sync::Arc;

use super::*;
use polypost_core::l10n::Bundles;
use polypost_core::segment::Glossary;
use polypost_store::Migrations;
use polypost_store::Store;

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

async fn store() -> Arc<dyn Store> {
    polypost_store::open("sqlite::memory:", Migrations::Apply).await.unwrap()
}

async fn take(store: &dyn Store, file: &str, replace: bool) -> (MemoryImport, Vec<MemoryImportProblem>) {
    let (bundles, glossary) = (Bundles::built_in().unwrap(), Glossary::default());
    let context = UnitContext {
        source: &locale("en"),
        targets: &[locale("es"), locale("it")],
        glossary: &glossary,
        bundles: &bundles,
        makers: &[],
    };
    let (mut imported, mut problems) = (MemoryImport::default(), Vec::new());
    let how = (replace, Timestamp::UNIX_EPOCH);
    import(store, file.as_bytes(), context, how, &mut imported, |problem| problems.push(problem)).await.unwrap();
    (imported, problems)
}

async fn file_of(store: &dyn Store, locales: &[Locale]) -> (MemoryExport, String) {
    let (exported, bytes) = export(store, locales, &locale("en"), Vec::new()).await.unwrap();
    (exported, String::from_utf8(bytes).unwrap())
}

fn file(texts: &[(&str, &str, &str)]) -> String {
    let units = texts.iter().map(|(english, tag, text)| {
        format!(
            "<tu>\n<tuv xml:lang=\"en\"><seg>{english}</seg></tuv><tuv xml:lang=\"{tag}\"><seg>{text}</seg></tuv></tu>\n"
        )
    });
    format!("<tmx version=\"1.4\">\n<body>\n{}</body></tmx>", units.collect::<String>())
}

#[tokio::test]
async fn an_import_counts_what_it_did_and_again_changes_nothing() {
    let store = store().await;
    let words: Vec<(String, String)> = (0..1200)
        .map(|number| {
            let word: String = number.to_string().chars().map(|digit| char::from(digit as u8 + 49)).collect();
            (format!("The part {word} works."), format!("La pieza {word} funciona."))
        })
        .collect();
    let mut texts: Vec<(&str, &str, &str)> =
        words.iter().map(|(english, spanish)| (english.as_str(), "es-ES", spanish.as_str())).collect();
    texts.extend([
        ("It lasted 5 minutes.", "it", "Durò 7 minuti."),
        ("It works.", "de", "Es geht."),
        ("It works.", "it", "Funziona."),
        ("It works.", "it", "Va bene."),
    ]);
    let (imported, problems) = take(&*store, &file(&texts), false).await;
    assert_eq!((imported.units, imported.added, imported.kept, imported.skipped), (1204, 1201, 1, 1));
    assert_eq!(imported.foreign, BTreeMap::from([("de".to_owned(), 1)]));
    assert_eq!(imported.mapped["es-ES"], Mapped { locale: locale("es"), texts: 1200 });
    assert_eq!((problems[0].unit, problems[0].line), (1201, 2403));
    assert!(problems[0].message.contains("`5 minutes` is not found"), "{problems:?}");

    let second = "another `it` text for the same source stands in line 2407, and stays";
    assert_eq!((problems[1].unit, problems[1].line, problems[1].message.as_str()), (1204, 2409, second));

    let before = file_of(&*store, &[]).await;
    let (again, _) = take(&*store, &file(&texts), false).await;
    assert_eq!((again.added, again.known, again.kept, again.replaced), (0, 1201, 1, 0));
    assert_eq!(file_of(&*store, &[]).await, before);
    let other = [("It works.", "it", "Va."), ("It works.", "it", "Va bene.")];
    let (_, told) = take(&*store, &file(&other[..1]), false).await;
    assert_eq!(told[0].message, "the memory has another `it` text for the same source, which stays");
    let (_, told) = take(&*store, &file(&other), true).await;
    assert!(told[0].message.starts_with("it takes the place of another `it` text") && told[0].line == 5, "{told:?}");
    take(&*store, &file(&[("It works.", "it", "Funziona.")]), true).await;
    let (replaced, _) = take(&*store, &file(&[("It works.", "it", "Va bene.")]), true).await;
    assert_eq!((replaced.replaced, replaced.added), (1, 0));
    assert_eq!(file_of(&*store, &[locale("it")]).await.0.entries, 1);
    assert!(file_of(&*store, &[locale("it")]).await.1.contains("Va bene."));
}

#[tokio::test]
async fn what_is_exported_is_imported_as_it_was() {
    let (store, other) = (store().await, store().await);
    let texts = [
        ("It failed at 13:52 UTC &amp; later.", "es", "Falló a las 13:52 UTC y después."),
        ("It works.", "es", "Funciona."),
        ("It works.", "it", "Funziona."),
    ];
    take(&*store, &file(&texts), false).await;
    let (exported, whole) = file_of(&*store, &[]).await;
    assert_eq!(exported.locales, BTreeMap::from([(locale("es"), 2), (locale("it"), 1)]));
    assert!(whole.contains(r#"Falló <ph x="1" type="x-moment"/> y después."#), "{whole}");
    let (imported, problems) = take(&*other, &whole, false).await;
    assert_eq!((imported.added, problems), (3, Vec::new()));
    assert_eq!(file_of(&*other, &[]).await.1, whole);
    assert_eq!(store.list_memory(&[], None, 9).await.unwrap(), other.list_memory(&[], None, 9).await.unwrap());
}

#[tokio::test]
async fn a_file_that_breaks_off_is_found_out_before_anything_is_stored() {
    let store = store().await;
    let whole = file(&[("It works.", "es", "Funciona.")]);
    let broken = whole.replace("</body></tmx>", "<tu>");
    assert!(verify(whole.as_bytes()).is_ok());
    let error = verify(broken.as_bytes()).unwrap_err();
    assert!(matches!(error, TmxError::Broken { line: 5, .. }), "{error}");
    let (bundles, glossary) = (Bundles::built_in().unwrap(), Glossary::default());
    let context = UnitContext {
        source: &locale("en"),
        targets: &[locale("es")],
        glossary: &glossary,
        bundles: &bundles,
        makers: &[],
    };
    let mut imported = MemoryImport::default();
    let how = (false, Timestamp::UNIX_EPOCH);
    let outcome =
        import(&*store, broken.as_bytes(), context, how, &mut imported, |problem| panic!("{problem:?}")).await;
    assert!(matches!(outcome, Err(MemoryImportError::File(_))));
    assert_eq!((imported.units, imported.added), (1, 0));
    assert!(store.list_memory(&[], None, 1).await.unwrap().is_empty());
}

#[test]
fn languages_are_counted_by_name_up_to_a_bound() {
    let mut imported = MemoryImport::default();
    for number in 0..500 {
        imported.count_languages(vec![format!("x{number}")], vec![(format!("y{number}"), locale("es"))]);
    }
    assert_eq!((imported.foreign.len(), imported.foreign["others"], imported.mapped.len()), (101, 400, 100));
}
