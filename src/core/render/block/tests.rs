mod apart;

use super::*;
use crate::check::{self, Draft};
use crate::document::{self, Format, Report};
use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::segment::{self, Glossary, Spelling};

/// What a reader gets where an engine answers `answer` for `body`, which it sees as `sent`.
#[track_caller]
fn reads(tag: &str, body: &str, sent: &str, answer: &str, expected: &str) {
    let bundles = Bundles::built_in().expect("the built-in bundles");
    let locale: Locale = tag.parse().expect("a locale");
    let document = document::read(&Report::example(Format::Text, body)).expect("a readable report");
    let segments = segment::segments(&document, Glossary::default().for_locale(&locale));
    let segment = segments.last().expect("a segment");
    let protected = segment::protect(segment, Spelling::Bracketed);
    assert_eq!(protected.text, sent);
    let source = "en".parse().expect("a locale");
    let draft = Draft { segment, protected: &protected, text: answer, source: &source, target: &locale };
    let origin = Origin::Machine { engine: "test".to_owned(), model: None };
    let checked = check::check(&draft, origin).expect("a good candidate");
    let pieces = pieces(segment, &checked, &Notation::new(&locale, &bundles)).expect("a translation");
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Inline(_) => "*",
        })
        .collect();
    assert_eq!(text, expected);
}

#[test]
fn terms_are_tied_into_the_sentence() {
    reads(
        "es",
        "We found the cause of the outage in the logs of the load balancer.",
        "We found the cause of the [PH1] in the logs of the [PH2].",
        "Encontramos la causa del [PH1] en los registros del [PH2].",
        "Encontramos la causa de la interrupción en los registros del balanceador de carga.",
    );
    reads(
        "it",
        "The outage was caused by a failover of the shard.",
        "The [PH1] was caused by a [PH2] of the [PH3].",
        "Lo [PH1] è stato causato da uno [PH2] di lo [PH3].",
        "L'interruzione è stata causata da un failover dello shard.",
    );
    reads(
        "pt-BR",
        "Some requests waited in the queue. An outage followed.",
        "Some requests waited in the [PH1]. An [PH2] followed.",
        "Algumas solicitações esperaram no [PH1]. Um [PH2] seguiu.",
        "Algumas solicitações esperaram na fila. Uma interrupção seguiu.",
    );
    reads(
        "es",
        "No downtime is expected, although no outage was planned.",
        "[PH1] is expected, although [PH2] was planned.",
        "[PH1] está esperado, aunque [PH2] fue planificado.",
        "Ningún tiempo de inactividad está esperado, aunque ninguna interrupción fue planificada.",
    );
}

#[test]
fn what_describes_a_term_stands_behind_it() {
    reads(
        "pt-BR",
        "The migration ended with a 3 minutes downtime on the cluster.",
        "The migration ended with a [PH1] [PH2] on the cluster.",
        "A migração terminou com um [PH1] [PH2] no cluster.",
        "A migração terminou com um tempo de inatividade de 3 minutos no cluster.",
    );
    reads(
        "es",
        "The db-7.internal outage was short.",
        "The [PH1] [PH2] was short.",
        "El [PH1] [PH2] fue corto.",
        "La interrupción de db-7.internal fue corta.",
    );
    reads(
        "es",
        "There was an impact (1-2 min outage) on us.",
        "There was an impact ([PH1] [PH2]) on us.",
        "Hubo un impacto ([PH1] [PH2]) en nosotros.",
        "Hubo un impacto (interrupción de 1-2 minutos) en nosotros.",
    );
    // Where the engine has put a word between, nothing moves.
    reads(
        "es",
        "It was a db-7.internal outage for us.",
        "It was a [PH1] [PH2] for us.",
        "Fue para [PH1] un [PH2] para nosotros.",
        "Fue para db-7.internal una interrupción para nosotros.",
    );
}

#[test]
fn capitals_are_those_of_the_place_and_of_the_source() {
    reads(
        "es",
        "Outage resolved for all.",
        "[PH1] resolved for all.",
        "[PH1] resuelto para todos.",
        "Interrupción resuelta para todos.",
    );
    reads(
        "es",
        "outage resolved for all",
        "[PH1] resolved for all",
        "[PH1] resuelto para todos",
        "interrupción resuelta para todos",
    );
    reads(
        "it",
        "[Closing] Outage is over.",
        "[Closing] [PH1] is over.",
        "[Fine] [PH1] è finito.",
        "[Fine] Interruzione è finita.",
    );
    reads("es", "MAJOR OUTAGE ended.", "[PH1] ended.", "[PH1] acabó.", "INTERRUPCIÓN GRAVE acabó.");
}

/// What a reader sees where an engine answers `answer` in a Markdown report, marks as `*`; the findings where the
/// answer is refused.
fn shown(tag: &str, body: &str, answer: &str) -> Result<String, String> {
    let bundles = Bundles::built_in().expect("the built-in bundles");
    let glossary = Glossary::default();
    let locale: Locale = tag.parse().expect("a locale");
    let document = document::read(&Report::example(Format::Markdown, body)).expect("a readable report");
    let segments = segment::segments(&document, glossary.for_locale(&locale));
    let segment = segments.last().expect("a segment");
    let notation = Notation::new(&locale, &bundles).with_genders(glossary.genders(&locale));
    if matches!(segment.treatment, Treatment::Timestamp(_) | Treatment::Invariant) {
        return Ok(seen(segment, &Checked::invariant(segment), &notation));
    }
    let protected = segment::protect(segment, Spelling::Bracketed);
    let refused = |findings: Vec<crate::finding::Finding>| format!("{}: {findings:?}", protected.text);
    let target = segment::restore(segment, &protected, answer).map_err(refused)?;
    let target = segment::mend(segment, target, &locale);
    let source = "en".parse().expect("a locale");
    let origin = Origin::Machine { engine: "test".to_owned(), model: None };
    let checked = check::placed(segment, (target, Vec::new()), &source, &locale, origin).map_err(refused)?;
    Ok(seen(segment, &checked, &notation))
}

/// The block as its reader sees it, codes by their text.
fn seen(segment: &Segment, checked: &Checked, notation: &Notation<'_>) -> String {
    let pieces = pieces(segment, checked, notation).expect("a translation");
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Inline(inline) => {
            let code = segment.spans.iter().find_map(|span| match span {
                Span::Code { inline: own, text } if own == inline => Some(text.clone()),
                _ => None,
            });
            code.unwrap_or_else(|| "*".to_owned())
        }
    };
    pieces.iter().map(text).collect()
}

/// Each line of the files: locale, source, an engine's answer, and what readers get; `!` and a check's name where the
/// answer must be refused.
#[test]
fn answers_read_as_they_should() {
    let mut wrong = Vec::new();
    let read = |name: &str| {
        let file = format!("{}/../../tests/fixtures/answers/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(file).expect("the answers")
    };
    let files = ["glue", "articles", "capitals"].map(read);
    for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [tag, source, answer, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("`{line}`") };
        let is_right = match (shown(tag, source, answer), expected.strip_prefix('!')) {
            (Err(findings), Some(check)) if findings.contains(&format!("check: \"{check}\"")) => continue,
            (Ok(text), None) if text.replace('\u{a0}', " ") == expected => continue,
            (other, _) => other,
        };
        wrong.push(format!("{tag} {source}\n  {answer}\n  expected {expected}\n  {is_right:?}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Answers in which all articles, endings and capitals are right: readers get them byte for byte.
#[test]
fn right_answers_stay_as_they_are() {
    let mut wrong = Vec::new();
    for tag in ["es", "it", "pt-BR"] {
        let file = format!("{}/../../tests/fixtures/answers/right-{tag}.tsv", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).expect("the answers");
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert!(lines.len() >= 40, "{tag}");
        for line in lines {
            let (source, right) = line.split_once('\t').unwrap_or_else(|| panic!("`{line}`"));
            let mut answer = String::new();
            for (number, part) in right.split('{').enumerate() {
                let (fact, rest) = part.split_once('}').unwrap_or(("", part));
                assert_eq!(fact.is_empty(), number == 0, "`{line}`");
                if number > 0 {
                    answer.extend(["[PH", &number.to_string(), "]"]);
                }
                answer += rest;
            }
            let shown = shown(tag, source, &answer);
            if shown.as_ref().ok().map(|text| text.replace('\u{a0}', " ")) != Some(right.replace(['{', '}'], "")) {
                wrong.push(format!("{tag} {source}\n  {right}\n  {shown:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
