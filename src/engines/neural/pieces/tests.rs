use super::*;

fn piece(range: Range<usize>, is_sent: bool) -> Piece {
    let sent = Sent { spelled: Spelled::default(), is_in_capitals: false, is_aligned: false };
    Piece { range, is_continuation: false, is_continued: false, sent: is_sent.then_some(sent) }
}

fn prepared(text: &str) -> Prepared {
    let pieces = sentences::sentences(text)
        .into_iter()
        .map(|range| piece(range.clone(), placeholder::has_words(&text[range])))
        .collect();
    Prepared { text: text.to_owned(), pieces, is_aligned: true }
}

fn join(text: &str, target: &str, outputs: &[&str]) -> Result<String, String> {
    let mut outputs = outputs.iter().map(|output| Output::Plain((*output).to_owned()));
    let joined = prepared(text).join(&target.parse().unwrap(), &mut outputs)?;
    for (from, to) in joined.alignment {
        assert!(text.get(from).is_some() && joined.text.get(to).is_some_and(|sentence| sentence == sentence.trim()));
    }
    Ok(joined.text)
}

#[test]
fn separators_are_the_sources_own_and_wordless_sentences_stay() {
    assert_eq!(
        join(" One.  Two.\n[PH1]\nThree. ", "es", &["Uno.", "Dos.", "Tres."]).unwrap(),
        " Uno.  Dos.\n[PH1]\nTres. "
    );
    assert_eq!(join("One. Two.\nThree.", "zh-Hans", &["一。", "二。", "三。"]).unwrap(), "一。二。\n三。");
    assert!(join("One. Two.", "es", &["Uno.", " "]).is_err());
}

#[test]
fn what_stands_between_arrows_goes_by_itself() {
    for (text, expected) in [
        ("[PH1] down → [PH2] degraded → [PH3] up", vec!["[PH1] down", "[PH2] degraded", "[PH3] up"]),
        ("pending -> running  -> done", vec!["pending", "running", "done"]),
        ("→ down → up", vec!["→ down", "up"]),
        ("a→b", vec!["a→b"]),
        ("It went from bad to worse.", vec!["It went from bad to worse."]),
    ] {
        let found: Vec<&str> = links(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_parenthesis_that_the_model_invented_goes() {
    for (source, translation, expected) in [
        ("Back office", "Back office (a)", "Back office"),
        ("See the status page", "Ver a página (em inglês)", "Ver a página"),
        ("Back office (EU)", "Back office (UE)", "Back office (UE)"),
        ("Back office", "(a)", "(a)"),
        ("At [PH1] it failed.", "Falhou ([PH1])", "Falhou ([PH1])"),
        ("It failed at [PH1]", "Falhou em [PH1] (em inglês)", "Falhou em [PH1]"),
        ("后台", "后台（a）", "后台"),
        ("Smile :)", "Sorriso :) (a)", "Sorriso :) (a)"),
        ("Calls (all", "Chamadas (a)", "Chamadas (a)"),
        ("It failed.", "Falhou.", "Falhou."),
        ("It is down.", "Está em baixo (em inglês).", "Está em baixo."),
        ("Hello", "Olá,", "Olá"),
        ("Hello,", "Olá,", "Olá,"),
    ] {
        assert_eq!(join(source, "pt", &[translation]).unwrap(), expected, "{source}");
    }
}

#[test]
fn a_part_of_a_sentence_does_not_look_like_a_whole_one() {
    let fitted = |source: &str, text: &str, is_continuation, is_continued, target: &str| {
        let piece = Piece { is_continuation, is_continued, ..piece(0..0, true) };
        let mut translation = TranslatedText::from(text.to_owned());
        fit(source, &mut translation, &piece, &target.parse().unwrap());
        translation.text
    };
    assert_eq!(fitted("which failed,", "Que falló,.", true, true, "es"), "que falló,");
    assert_eq!(fitted("servers failed.", "Server fielen aus.", true, false, "de"), "Server fielen aus.");
    assert_eq!(fitted("api failed.", "API falló.", true, false, "es"), "API falló.");
    assert_eq!(fitted("It failed.", "Falló.", false, false, "es"), "Falló.");
}
