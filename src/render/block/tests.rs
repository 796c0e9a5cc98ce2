use super::*;
use crate::check::{self, Draft};
use crate::document::{self, Format, Report};
use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::segment::{self, Glossary, Spelling};

/// What a reader gets where an engine answers `answer` for `body`, which it sees as `sent`.
#[track_caller]
fn reads(tag: &str, body: &str, sent: &str, answer: &str, expected: &str) {
    let bundles = Bundles::load(None).expect("the built-in bundles");
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
