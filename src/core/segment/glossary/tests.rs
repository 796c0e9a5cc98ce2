use super::*;
use crate::document::fact::{self, Gender, Value, Verbatim};

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

fn read(bytes: &[u8], format: FileFormat) -> Result<Glossary, GlossaryError> {
    Glossary::empty().with_file(bytes, format)
}

fn csv(text: &str) -> Glossary {
    read(text.as_bytes(), FileFormat::Csv).expect("a good file")
}

#[track_caller]
fn refuses(text: &str, expected: &[&str]) {
    let error = read(text.as_bytes(), FileFormat::Csv).expect_err("problems");
    assert_eq!(error.0, expected);
}

#[track_caller]
fn refuses_toml(text: &str, expected: &[&str]) {
    let error = read(text.as_bytes(), FileFormat::Toml).expect_err("problems");
    assert_eq!(error.0, expected);
}

/// Names in brackets, renderings in braces.
fn marked(glossary: &Glossary, tag: &str, text: &str) -> String {
    let mut out = String::new();
    let mut end = 0;
    for found in fact::find(text, glossary.for_locale(&locale(tag))) {
        out.push_str(&text[end..found.range.start]);
        end = found.range.end;
        match &found.fact.value {
            Value::Term(term) => out += &["{", &term.rendering, "}"].concat(),
            Value::Verbatim(Verbatim::Name) => out += &["[", &found.fact.source, "]"].concat(),
            _ => out.push_str(&found.fact.source),
        }
    }
    out + &text[end..]
}

#[test]
fn the_built_in_file_is_good_and_whole() {
    let definitions =
        definitions(include_bytes!("../../../../locales/glossary.csv"), FileFormat::Csv, TermOrigin::BuiltIn);
    let definitions = definitions.unwrap_or_else(|error| panic!("{error}"));
    assert!(definitions.iter().filter(|definition| definition.keep).count() > 40);
    let terms: Vec<&Definition> = definitions.iter().filter(|definition| !definition.keep).collect();
    assert!(terms.len() > 50, "{}", terms.len());
    for term in terms {
        for tag in ["es", "it", "pt-BR"] {
            let rendering = term.renderings.get(&locale(tag)).unwrap_or_else(|| panic!("{} in {tag}", term.term));
            assert!(term.plural.is_empty() || rendering.plural.is_some(), "{}: no plural in {tag}", term.term);
        }
    }
}

#[test]
fn a_locales_revision_changes_with_what_is_said_for_it() {
    let glossary = csv("term,es,it\noutage,corte,interruzione\n");
    let (spanish, italian, german) = ("es", "it", "de");
    let revision = |glossary: &Glossary, tag: &str| glossary.revision(&locale(tag)).to_owned();
    let changed = csv("term,es,it\noutage,apagón,interruzione\n");
    assert_ne!(revision(&changed, spanish), revision(&glossary, spanish));
    assert_ne!(revision(&changed, spanish), revision(&changed, italian));
    assert_eq!(revision(&changed, italian), revision(&glossary, italian));
    assert_eq!(revision(&changed, "es-MX"), revision(&changed, spanish));
    assert_eq!(revision(&changed, german), revision(&glossary, german), "names alone");
    assert_eq!(
        revision(&csv("term,es,it\n# moved\noutage,corte,interruzione\n"), spanish),
        revision(&glossary, spanish)
    );
}

#[test]
fn lists_of_names_are_kept() {
    for glossary in [
        csv("Talk\nTalk Partner Edition\n"),
        csv("\u{feff}term\r\n\r\nTalk\r\n# a comment, with \" in it\r\n\"Talk Partner Edition\"\r\n"),
        csv("term,keep\nTalk,yes\nTalk Partner Edition,true\n"),
        read(b"keep = ['Talk', 'Talk Partner Edition']", FileFormat::Toml).expect("a good file"),
    ] {
        let text = "Talk and Talk Partner Edition, not talk or Talks";
        let expected = "[Talk] and [Talk Partner Edition], not talk or Talks";
        assert_eq!(marked(&glossary, "es", text), expected);
        assert_eq!(fact::find(text, glossary.as_ref()).len(), 2);
    }
}

#[test]
fn terms_have_forms_numbers_and_one_rendering_by_locale() {
    let glossary = csv("term,forms,plural,es,es_plural,es_gender,it,pt-BR\n\
        rollback,roll-back,,reversión,reversiones,f,rollback|rollback,reversão\n\
        status page,,,página de estado|páginas de estado,,f,,\n");
    let text = "Rollback, rollbacks, ROLL-BACKS and roll-back; our status\npage.";
    assert_eq!(
        marked(&glossary, "es-MX", text),
        "{reversión}, {reversiones}, {reversiones} and {reversión}; our {página de estado}."
    );
    // A plural without a rendering is left to the engine.
    assert_eq!(marked(&glossary, "pt-BR", "a rollback, rollbacks"), "a {reversão}, rollbacks");
    assert_eq!(marked(&glossary, "fr", text), text);
    assert_eq!(marked(&glossary, "it", "status page, rollbacks"), "status page, {rollback}");
    let languages: Vec<&str> = glossary.locales().map(Locale::as_str).collect();
    assert_eq!(languages, ["es", "it", "pt-BR"]);
}

#[test]
fn a_term_may_be_quoted_and_written_in_toml() {
    let quoted = csv("term,es\n\"terms, conditions\",\"términos «y» \"\"condiciones\"\"\"\n");
    assert_eq!(marked(&quoted, "es", "our terms, conditions"), "our {términos «y» \"condiciones\"}");
    let toml = "keep = ['Talk']\n[[term]]\nterm = 'rollback'\npart_of_speech = 'noun'\nes = 'reversión'\n\
        es_plural = 'reversiones'\nes_gender = 'f'\n[[term]]\nterm = 'Guide'\nkeep = true\ncontext = ['article', 'app']\n";
    let glossary = read(toml.as_bytes(), FileFormat::Toml).expect("a good file");
    assert_eq!(
        marked(&glossary, "es", "Guide yourself. Guide articles. Guide article: the rollbacks of Guide"),
        "Guide yourself. Guide articles. [Guide] article: the {reversiones} of [Guide]"
    );
    let rollback = glossary.definitions().iter().find(|one| one.term == "rollback").expect("a term");
    assert_eq!((rollback.line, rollback.part_of_speech), (2, PartOfSpeech::Noun));
    assert_eq!(rollback.renderings[&locale("es")].gender, Some(Gender::Feminine));
}

#[test]
fn a_word_is_a_name_where_its_capital_says_so() {
    let glossary = csv("term,keep,context,es\nSupport,yes,tickets|in,\nsupport,,,asistencia\n");
    for (text, expected) in [
        ("Agents in Support saw errors", "Agents [in] Support"),
        ("We asked Support for help.", "We asked [Support] for help."),
        ("Support is here to help.", "{asistencia} is here to help."),
        ("Support tickets were late.", "[Support] tickets were late."),
        ("We are sorry. Support was slow.", "We are sorry. {asistencia} was slow."),
        ("Support Delays", "{asistencia} Delays"),
        ("Our support is here.", "Our {asistencia} is here."),
        ("Support, Guide and Talk", "{asistencia}, Guide and Talk"),
    ] {
        let expected = expected.replace("Agents [in] Support", "Agents in [Support] saw errors");
        assert_eq!(marked(&glossary, "es", text), expected);
    }
}

#[test]
fn nouns_are_replaced_and_verbs_are_not() {
    let glossary = Glossary::default();
    for (text, expected) in [
        ("We will upgrade the database.", "We will upgrade the database."),
        ("The upgrade of the database", "The {actualización} of the database"),
        ("During a scheduled upgrade, we", "During a scheduled {actualización}, we"),
        ("The upgrade process failed", "The upgrade process failed"),
        ("We are monitoring the situation", "We are monitoring the situation"),
        ("Requests queue up", "Requests queue up"),
        ("requests in the queue", "requests in the {cola}"),
        ("the system alerts users", "the system alerts users"),
        ("an outage-like event", "an outage-like event"),
        ("the outage's cause", "the {interrupción}'s cause"),
        ("the outage's over", "the outage's over"),
        ("the outage's cause analysis", "the outage's cause analysis"),
        ("We will rollback, so that nodes failover", "We will rollback, so that nodes failover"),
        ("It is time to rollback, due to failover", "It is time to rollback, due to {conmutación por error}"),
        ("the service which caches results", "the service which caches results"),
        ("We cache results and roll back deploys", "We cache results and roll back deploys"),
        ("The partial outage was a major outage", "The {interrupción parcial} was a {interrupción grave}"),
    ] {
        assert_eq!(marked(&glossary, "es", text), expected);
    }
}

#[test]
fn a_file_adds_to_the_built_in_terms_and_overrides_them() {
    let file = "term,keep,es,it\noutage,,caída,\nDashboard,yes,,\nAPI,,interfaz,\nback office,,oficina,ufficio\n";
    let glossary = Glossary::default().with_file(file.as_bytes(), FileFormat::Csv).expect("a good file");
    assert_eq!(marked(&glossary, "es", "an outage, a back office"), "an {caída}, a {oficina}");
    // The file gives no Italian for it: the built-in rendering stays.
    assert_eq!(marked(&glossary, "it", "an outage"), "an {interruzione}");
    assert_eq!(marked(&glossary, "es", "our Dashboard, a dashboard"), "our [Dashboard], a {panel de control}");
    assert_eq!(marked(&glossary, "es", "the API and DNS"), "the {interfaz} and [DNS]");
    assert_eq!(glossary.definitions().iter().filter(|one| one.term == "outage").count(), 1);
    assert!(Glossary::empty().definitions().is_empty());
}

#[test]
fn every_problem_is_named_with_its_line() {
    refuses("Talk\nTalk\n\"\"\n", &["line 2: `Talk` stands in line 1 already", "line 3: the term is empty"]);
    refuses(
        "term,es,klingon,xx,es,es_plural\n\na,b,c,d,,\n\n,e,,,,\nf,,,,,\ng,h\n",
        &[
            "line 1: `klingon` is neither a column of glossaries nor a known locale",
            "line 1: `xx` is neither a column of glossaries nor a known locale",
            "line 1: the column `es` stands twice",
            "line 5: the term is empty",
            "line 6: `f` is neither kept nor has it a rendering",
            "line 7: the line has 2 cells where the header has 6",
        ],
    );
    let long = "x".repeat(101);
    refuses(
        &format!("term,keep,case,es,es_gender\n{long},yes,,,\na,maybe,,b,\nc,,upper,d,n\ne,yes,,f,\n"),
        &[
            "line 2: `xxxxxxxxxxxxxxxxxxxx…` has 101 characters; there may be 100",
            "line 3: `keep` is `maybe`; it can be `yes` or `no`",
            "line 4: `case` is `upper`; it can be `exact` or `any`",
            "line 4: a gender is `n`; it can be `m` or `f`",
            "line 5: `e` is kept and has renderings; it can have one of both",
        ],
    );
    refuses("term;es\na;b\n", &["line 1: the first line must name the columns, `term` first, set apart by commas"]);
    refuses("term,es\na,\"b\nc,d\n", &["line 2: a quotation mark is not closed"]);
    refuses("term,es\na,\"b\nc\"\n", &["line 2: a cell holds a line break or control character"]);
}

#[test]
fn renderings_that_lead_back_are_refused() {
    refuses(
        "term,es,it\nalpha,el beta,x\nbeta,un alpha viejo,y\n",
        &["line 3: the renderings of `alpha`, `beta` in `es` lead back to one another"],
    );
    refuses(
        "term,es\na1,b1\nb1,c1\nc1,a1\n",
        &["line 4: the renderings of `a1`, `b1`, `c1` in `es` lead back to one another"],
    );
    assert_eq!(csv("term,es,it\nalpha,beta,x\nbeta,gamma,alpha\ncache,cache,cache\n").definitions().len(), 3);
}

#[test]
fn problems_of_toml_are_named_with_their_lines() {
    refuses_toml("keep = ['Talk',\n'Talk']\n", &["line 2: `Talk` stands in line 1 already"]);
    refuses_toml(
        "[[term]]\nterm = 'outage'\nbogus = 1\nes = 2\n",
        &[
            "line 3: `bogus` is neither a column of glossaries nor a known locale",
            "line 4: `es` is `2`; a text, a list of texts or a flag is wanted",
        ],
    );
    refuses_toml(
        "\n[[term]]\nterm = 'a'\nes = 'b'\nxyz = 'c'\n",
        &["line 5: `xyz` is neither a column of glossaries nor a known locale"],
    );
    let error = read(b"keep = ['Talk'\n\n[[term]\n", FileFormat::Toml).expect_err("broken");
    assert!(error.0.len() == 1 && error.0[0].starts_with("line "), "{error}");
    let error = read(b"\nkept = ['Talk']\n", FileFormat::Toml).expect_err("unknown");
    assert!(error.0[0].starts_with("line 2: unknown field `kept`"), "{error}");
}

#[test]
fn files_of_another_encoding_or_size_are_refused() {
    let error = read(b"term\ncaf\xe9\n", FileFormat::Csv).expect_err("latin 1");
    assert_eq!(error.0, ["line 2: a character is not UTF-8; save the file as UTF-8"]);
    let error = read(b"\xff\xfet\0", FileFormat::Csv).expect_err("UTF-16");
    assert_eq!(error.0, ["line 1: the file is UTF-16; save it as UTF-8"]);
    let error = read(&vec![b'a'; FILE_LARGEST + 1], FileFormat::Csv).expect_err("too large");
    assert!(error.0[0].contains("1048577 bytes"), "{error}");
    let many: Vec<String> = (0..=TERMS_MOST).map(|number| format!("name{number}")).collect();
    let error = read(many.join("\n").as_bytes(), FileFormat::Csv).expect_err("too many");
    assert_eq!(error.0, ["line 10001: 10001 terms are more than the 10000 that there may be"]);
}

/// How long that takes is for `benches/hostile.rs` to measure.
#[test]
fn terms_that_begin_alike_are_told_apart() {
    let many: Vec<String> = (0..TERMS_MOST).map(|number| format!("a a a a a b{number}")).collect();
    let glossary = csv(&many.join("\n"));
    let text = "a ".repeat(100_000);
    assert_eq!(fact::find(&text, glossary.as_ref()).len(), 0);
    assert_eq!(marked(&glossary, "es", "a a a a a a b77"), "a [a a a a a b77]");
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = read(&bytes, FileFormat::Csv);
        let _ = read(&bytes, FileFormat::Toml);
    }

    #[test]
    fn no_file_of_cells_panics(text in "term,es,es_gender,context,keep\n([a-c|\" -]{0,6},){0,4}[a-c\",\n]{0,9}") {
        let _ = read(text.as_bytes(), FileFormat::Csv);
    }
}

mod segments {
    use super::*;
    use crate::document::{self, Format, Report};
    use crate::segment::{Segment, Span, Treatment, segments};

    fn read_in(body: &str, glossary: &Glossary, tag: &str) -> Vec<Segment> {
        let report = Report::example(Format::Markdown, body);
        let document = document::read(&report).expect("a readable report");
        segments(&document, glossary.for_locale(&locale(tag)))
    }

    #[test]
    fn a_heading_of_the_vocabulary_is_no_term() {
        let segments = read_in("## Root cause\n\nThe root cause\n\n**Outage**", &Glossary::default(), "es");
        assert!(matches!(segments[1].treatment, Treatment::Vocabulary(_)), "{:?}", segments[1]);
        assert_eq!(segments[2].treatment, Treatment::Translate);
        assert_eq!(segments[3].treatment, Treatment::Invariant);
    }

    #[test]
    fn a_text_is_another_as_soon_as_a_term_in_it_is() {
        let body = "The outage was long.\n\nThe queue was long.\n\nTalk was slow.";
        let typed = |file: &str, tag: &str| {
            let glossary = Glossary::default().with_file(file.as_bytes(), FileFormat::Csv).expect("a good file");
            let segments = read_in(body, &glossary, tag);
            // As the translation memory tells texts apart.
            let key = |span: &Span| match span {
                Span::Fact(fact) => fact.value.key().into_owned(),
                other => other.text().to_owned(),
            };
            segments.iter().skip(1).map(|segment| segment.spans.iter().map(key).collect::<String>()).collect::<Vec<_>>()
        };
        let first = typed("term,es\nother,otro\n", "es");
        let second = typed("term,es\noutage,corte\n", "es");
        assert_ne!(first[0], second[0]);
        assert_eq!(first[1..], second[1..]);
        assert_ne!(first[2], typed("Talk\n", "es")[2]);
        assert_eq!(first, typed("term,es,it\nother,otro,\noutage,,caduta\n", "es"));
    }

    #[test]
    fn bold_words_in_a_sentence_do_not_open_it() {
        let glossary = csv("term,keep,context\nTalk,yes,calls\n");
        let facts = |body: &str| {
            let segments = read_in(body, &glossary, "es");
            segments[1].spans.iter().filter(|span| matches!(span, Span::Fact(_))).count()
        };
        assert_eq!(facts("We saw that **Talk** was slow"), 1);
        assert_eq!(facts("**Talk** to us"), 0);
        assert_eq!(facts("We are sorry. **Talk** to us"), 0);
    }
}
