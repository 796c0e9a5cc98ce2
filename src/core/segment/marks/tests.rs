use proptest::prelude::*;

use super::*;
use crate::document::fact::{Fact, Value, Verbatim};

use crate::segment::{protect, restore, spell};

/// A segment from a notation: `{…}` a fact, `*…*` emphasis, `<…>` a link, `|` a code that nobody sees.
fn segment(notation: &str) -> Segment {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let (mut pairs, mut in_fact) = (0, false);
    for letter in notation.chars() {
        let inline = spans.len();
        match letter {
            '{' => {
                in_fact = true;
                spans.push(Span::Fact(Fact { source: String::new(), value: Value::Verbatim(Verbatim::Identifier) }));
            }
            '}' => in_fact = false,
            '|' => spans.push(Span::Code { inline, text: String::new() }),
            '*' | '<' if open.last().is_none_or(|(last, _)| *last != letter || letter == '<') => {
                let mark = if letter == '<' { Mark::Essential } else { Mark::Emphasis };
                spans.push(Span::Open { inline, pair: pairs, mark });
                open.push((letter, pairs));
                pairs += 1;
            }
            '*' | '>' => spans.extend(open.pop().map(|(_, pair)| Span::Close { inline, pair })),
            letter => match spans.last_mut() {
                Some(Span::Fact(fact)) if in_fact => fact.source.push(letter),
                Some(Span::Text(text)) => text.push(letter),
                _ => spans.push(Span::Text(letter.to_string())),
            },
        }
    }
    assert!(open.is_empty(), "{notation}");
    Segment::of(spans)
}

/// A target in the same notation, facts without braces.
fn seen(segment: &Segment, target: &[TargetSpan]) -> String {
    let written = |span: &TargetSpan| match span {
        TargetSpan::Text(text) => text.clone(),
        TargetSpan::Source(index) => match &segment.spans[*index] {
            Span::Open { mark: Mark::Essential, .. } => "<".to_owned(),
            Span::Open { .. } => "*".to_owned(),
            Span::Close { pair: wanted, .. } => {
                let is_link = segment
                    .spans
                    .iter()
                    .any(|span| matches!(span, Span::Open { pair, mark: Mark::Essential, .. } if pair == wanted));
                if is_link { ">" } else { "*" }.to_owned()
            }
            other => other.text().to_owned(),
        },
    };
    target.iter().map(written).collect()
}

/// Aligns by numbers: words that begin with the same digit render each other.
fn by_digits(source: &str, target: &str) -> Alignment {
    let words = |text: &str| -> Vec<(char, Range<usize>)> {
        let mut found = Vec::new();
        for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            found.extend(
                word.chars().next().filter(char::is_ascii_digit).map(|digit| (digit, start..start + word.len())),
            );
        }
        found
    };
    let sent = words(source);
    words(target)
        .into_iter()
        .filter_map(|(digit, to)| Some((sent.iter().find(|(other, _)| *other == digit)?.1.clone(), to)))
        .collect()
}

fn projected(notation: &str, answer: &str) -> Result<(String, Vec<Finding>), Vec<Finding>> {
    let segment = segment(notation);
    let protected = protect_unmarked(&segment, Spelling::Bracketed);
    let alignment = by_digits(&protected.text, answer);
    project(&segment, &protected, answer, &alignment).map(|(target, findings)| (seen(&segment, &target), findings))
}

#[test]
fn the_text_is_sent_without_marks() {
    for (notation, sent) in [
        ("see <the page> at {F7}.", "see the page at [PH1]."),
        ("*all of it*", "all of it"),
        ("|<*both*>", "both"),
        ("*Update*: x", "Update: x"),
        ("at *{F7}* and <{F8}> on", "at [PH1] and [PH2] on"),
        ("a {F7}<b>c", "a [PH1] bc"),
        ("a *{F7}s* b", "a [PH1] s b"),
        ("a *b*{F7}*c* d", "a b [PH1] c d"),
    ] {
        assert_eq!(protect_unmarked(&segment(notation), Spelling::Bracketed).text, sent, "{notation}");
    }
}

#[test]
fn marks_follow_their_words() {
    for (notation, answer, expected) in [
        ("the *1status 2page* is 3open", "a 2página de 1status está 3aberta", "a *2página de 1status* está 3aberta"),
        ("the *1red* 2car", "o 2carro 1vermelho", "o 2carro *1vermelho*"),
        ("<1a> and <2b>", "2b und 1a", "<2b> und <1a>"),
        ("*1Update:* 2it works", "1Atualização: 2funciona", "*1Atualização:* 2funciona"),
        ("see <1this *2good* page>, 3now", "veja 1esta 2boa página, 3agora", "veja <1esta *2boa*> página, 3agora"),
        ("at {F7} *1s* 2b", "2b 1s às [PH1]", "2b *1s* às F7"),
        ("*1a {F7}* b", "b [PH1] 1a", "b *F7 1a*"),
        ("*1One* *2two*", "1um 2dois", "*1um* *2dois*"),
        ("*1One* <2two>", "2dois1um", "<2dois1um>"),
    ] {
        let (text, findings) =
            projected(notation, answer).unwrap_or_else(|findings| panic!("{notation}: {findings:?}"));
        assert_eq!(text, expected, "{notation}");
        assert!(findings.is_empty(), "{notation}: {findings:?}");
    }
}

#[test]
fn a_short_word_between_does_not_part_what_a_long_one_does() {
    for (answer, expected) in [("nossa equipe de suporte", Some("*equipe de suporte*")), ("equipe nossa suporte", None)]
    {
        let segment = segment("our *support team*");
        let protected = protect_unmarked(&segment, Spelling::Bracketed);
        let place = |text: &str, word: &str| text.find(word).map(|at| at..at + word.len());
        let alignment: Alignment = [("our", "nossa"), ("our", "de"), ("support", "suporte"), ("team", "equipe")]
            .into_iter()
            .filter_map(|(from, to)| Some((place("our support team", from)?, place(answer, to)?)))
            .collect();
        let (target, _) = project(&segment, &protected, answer, &alignment).unwrap();
        let seen = seen(&segment, &target);
        assert_eq!(expected.is_some(), seen.contains('*'), "{seen}");
        assert!(expected.is_none_or(|expected| seen.contains(expected)), "{seen}");
    }
}

#[test]
fn emphasis_without_a_certain_place_goes_and_the_text_stays() {
    for (notation, answer, expected) in [
        ("*1a 2b* 3c", "1a 3cccc 2b", "1a 3cccc 2b"),
        ("*1a* 2b", "2b", "2b"),
        ("*1a* *2b* 3c", "3c 2b", "3c *2b*"),
        ("*1a 2b* <3c> 4d", "1a 3cccc 2b 4d", "1a <3cccc> 2b 4d"),
    ] {
        assert_eq!(projected(notation, answer).map(|(text, _)| text), Ok(expected.to_owned()), "{notation}");
    }
}

#[test]
fn a_link_is_placed_widely_or_refused_and_never_lost() {
    let (text, findings) = projected("<1a 2b> 3c", "1a 3cccc 2b").unwrap();
    assert_eq!(text, "<1a 3cccc 2b>");
    assert!(findings.iter().any(|finding| finding.check == "marks" && finding.severity == Severity::Warn));
    for (notation, answer) in [("<1a> 2b", "2b"), ("<1a> 2b 3c", "1x 2bbbb 3cccc 2bbbb 1y"), ("<1a> <2b>", "1a 2b 1a")]
    {
        let findings = projected(notation, answer).unwrap_err();
        assert!(findings.iter().all(|finding| finding.check == "marks" && finding.severity == Severity::Block));
    }
}

#[test]
fn what_the_memory_keeps_comes_back_exactly() {
    for (notation, answer) in [
        ("*1Update*: {F7}s <2here>", "2aqui: [PH1] s 1Aviso"),
        ("*1a {F7}* b <2c>", "2c b [PH1] 1a"),
        ("*1a* 2b", "2b"),
        ("| *1all*", "1tudo"),
    ] {
        let segment = segment(notation);
        let protected = protect_unmarked(&segment, Spelling::Bracketed);
        let alignment = by_digits(&protected.text, answer);
        let (target, _) = project(&segment, &protected, answer, &alignment).unwrap();
        let remembered = protect(&segment, Spelling::Remembered);
        let kept = spell(&remembered, &target);
        assert_eq!(restore(&segment, &remembered, &kept), Ok(target), "{notation}: {kept}");
    }
}

#[test]
fn a_link_that_the_memory_lacks_is_missed() {
    let segment = segment("see <the page> *now*");
    let remembered = protect(&segment, Spelling::Remembered);
    assert!(restore(&segment, &remembered, "vea [PH1]la página[PH2] ahora").is_ok());
    for kept in ["vea la página [PH3]ahora[PH4]", "vea [PH1]la página ahora", "vea [PH1]la página[PH2] [PH3]ahora"] {
        assert!(restore(&segment, &remembered, kept).is_err(), "{kept}");
    }
}

proptest! {
    #[test]
    fn no_answer_and_no_alignment_makes_it_panic(
        notation in prop::sample::select(vec!["*a {F7}* b <c d> e", "<a *b*> {F7}*c*", "a | *b{F8}c* <{F9}>", "é *ü* <日本>"]),
        answer in "[a-e é日.,\\[\\]PH0-9]{0,40}",
        alignment in prop::collection::vec((0_usize..40, 0_usize..6, 0_usize..60, 0_usize..6), 0..12),
    ) {
        let segment = segment(notation);
        let protected = protect_unmarked(&segment, Spelling::Bracketed);
        let alignment: Alignment =
            alignment.into_iter().map(|(from, length, to, wide)| (from..from + length, to..to + wide)).collect();
        let answers = [answer.clone(), format!("{answer} [PH1] {answer}"), format!("[PH1]{answer}[PH2] x")];
        for answer in answers {
            if let Ok((target, _)) = project(&segment, &protected, &answer, &alignment) {
                let links = segment.spans.iter().filter(|span| matches!(span, Span::Open { mark: Mark::Essential, .. }));
                let seen = seen(&segment, &target);
                prop_assert_eq!(seen.matches('<').count(), links.count());
            }
        }
    }
}
