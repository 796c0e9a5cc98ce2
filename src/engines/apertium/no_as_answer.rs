//! The answer `no`: Apertium takes it for a number sign (`Núm.`) wherever it ends its clause. `not`, which English does
//! not say there, comes back as the answer in all its languages.

/// What stands before an answer, the end of a clause apart.
const OPENING: [char; 11] = ['.', '!', '?', ':', ';', ',', '/', '(', '"', '“', '—'];

/// An English text as it is sent.
pub(super) fn spelled(text: &str) -> String {
    let mut sent = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.char_indices().filter(|(_, letter)| matches!(letter, 'n' | 'N')) {
        let Some(word) = text.get(at..at + 2).filter(|word| word.eq_ignore_ascii_case("no")) else { continue };
        if is_answer(text.get(..at).unwrap_or_default(), text.get(at + 2..).unwrap_or_default()) {
            sent.push_str(text.get(from..at + 2).unwrap_or_default());
            sent.push(if word == "NO" { 'T' } else { 't' });
            from = at + 2;
        }
    }
    sent.push_str(text.get(from..).unwrap_or_default());
    sent
}

/// Whether a `no` between these is an answer, and no number sign (`Case no. 4711`) or article (`no data`).
fn is_answer(before: &str, after: &str) -> bool {
    let touched = before.ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '_'));
    let words = before.trim_end();
    let last = words.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let opens = words.is_empty() || words.ends_with(OPENING) || matches!(last, "or" | "said" | "say" | "says");
    let ends = match after.chars().next() {
        None | Some('!' | '?' | ';' | ')' | '"' | '”' | '…' | '\n') => true,
        Some('.') => {
            let rest = after.trim_start_matches('.');
            let next = rest.trim_start().chars().next();
            next.is_none_or(|next| rest.starts_with(char::is_whitespace) && next.is_uppercase())
                || after.starts_with("..")
        }
        Some(next) => next.is_whitespace() && after.trim().is_empty(),
    };
    !touched && opens && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_sent_as_a_word_that_apertium_knows() {
        for (text, sent) in [
            ("No.", "Not."),
            ("no", "not"),
            ("NO!", "NOT!"),
            ("Data loss: no", "Data loss: not"),
            ("Is it fixed? No. We wait.", "Is it fixed? Not. We wait."),
            ("Yes or no", "Yes or not"),
            ("No... we wait", "Not... we wait"),
        ] {
            assert_eq!(spelled(text), sent);
        }
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "No data was lost.",
            "Case No. [PH1]",
            "Acct. No. 12",
            "No, it failed.",
            "a piano.",
            "non-no",
            "é no ñ",
            "",
        ] {
            assert_eq!(spelled(text), text);
        }
    }
}
