//! Texts in capitals throughout: engines translate half of `DID YOU LOSE DATA?` and leave the rest, so they are offered
//! sentence case; whoever sends them puts the capitals back.

use super::{Segment, Span};

/// Words of fewer letters are as likely abbreviations.
const WORD: usize = 4;

/// The segment in sentence case, where all its prose is in capitals and has words that are no abbreviations; `None` for
/// every other. Facts, codes and marks are the same, and so are the numbers of the spans.
#[must_use]
pub fn lowered(segment: &Segment) -> Option<Segment> {
    let prose = || {
        segment.spans.iter().filter_map(|span| match span {
            Span::Text(text) => Some(text.as_str()),
            _ => None,
        })
    };
    let words = || prose().flat_map(|text| text.split(|letter: char| !letter.is_alphabetic() && letter != '\''));
    let is_shouted = words().filter(|word| word.len() > 1).count() > 1
        && words().any(|word| word.chars().count() >= WORD)
        && prose().all(|text| text.is_ascii() && !text.contains(|letter: char| letter.is_ascii_lowercase()));
    if !is_shouted {
        return None;
    }
    let mut lowered = segment.clone();
    let mut opens = true;
    for span in &mut lowered.spans {
        match span {
            Span::Text(text) => *text = sentence_case(text, &mut opens),
            Span::Fact(_) | Span::Code { .. } => opens = false,
            Span::Open { .. } | Span::Close { .. } => {}
        }
    }
    Some(lowered)
}

/// `opens` says whether the text begins a sentence, and then whether what follows it does. Single letters other than
/// the article stay, since they are names: `PLAN B`.
fn sentence_case(text: &str, opens: &mut bool) -> String {
    let mut written = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| !letter.is_ascii_alphabetic() && letter != '\'') {
        let letters = word.trim_end_matches(|letter: char| !letter.is_ascii_alphabetic());
        if letters.is_empty() || (letters.len() == 1 && letters != "A") {
            written.push_str(word);
        } else if *opens {
            written.push_str(&word[..1]);
            written.push_str(&word[1..].to_ascii_lowercase());
        } else {
            written.push_str(&word.to_ascii_lowercase());
        }
        *opens = word.ends_with(['.', '!', '?']) || (*opens && letters.is_empty());
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(segment: &str) -> Option<String> {
        lowered(&Segment::of(vec![Span::Text(segment.to_owned())])).map(|segment| segment.source_text())
    }

    #[test]
    fn capitals_become_sentence_case() {
        for (shouted, expected) in [
            ("DID YOU LOSE DATA?", "Did you lose data?"),
            ("ALL CUSTOMERS ARE AFFECTED. USE PLAN B!", "All customers are affected. Use plan B!"),
            ("WE'RE ON IT", "We're on it"),
            ("IT IS A LONG DAY", "It is a long day"),
        ] {
            assert_eq!(text(shouted).as_deref(), Some(expected));
        }
    }

    #[test]
    fn abbreviations_and_other_texts_stay() {
        for kept in ["EC, AN, SD", "API", "DATABASE", "Did you LOSE DATA?", "ÉTAT DU SERVICE", "", "A B C"] {
            assert_eq!(text(kept), None, "{kept}");
        }
    }

    #[test]
    fn a_text_goes_on_behind_a_mark_or_a_code() {
        let span = |text: &str| Span::Text(text.to_owned());
        let code = Span::Code { inline: 0, text: "x".to_owned() };
        let segment = Segment::of(vec![span("THE SERVER "), code, span(" HAS FAILED")]);
        assert_eq!(lowered(&segment).unwrap().source_text(), "The server x has failed");
    }
}
