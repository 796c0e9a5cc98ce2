//! Capitals: Apertium takes the first word that it knows for the beginning of the sentence, and so makes it upper case
//! behind a placeholder that begins it (`At 12:00 AM the job` becomes `A las 00:00 El trabajo`). Here that is undone.

use super::super::placeholder;

/// The translation, with the words behind leading placeholders lower case again where the source has them so. Words
/// that stand upper case in the source, which are names, are left alone.
pub(super) fn settle(source: &str, target: &str) -> String {
    let leading: Vec<&str> = placeholder::ranges(source)
        .into_iter()
        .filter(|range| begins_sentence(source.get(..range.start).unwrap_or_default()))
        .filter(|range| {
            let next = source.get(range.end..).and_then(|rest| rest.trim_start_matches([' ', ',']).chars().next());
            next.is_some_and(char::is_lowercase)
        })
        .filter_map(|range| source.get(range))
        .collect();
    let mut settled = target.to_owned();
    for range in placeholder::ranges(target).into_iter().rev() {
        if target.get(range.clone()).is_some_and(|found| leading.contains(&found)) {
            lower_next_word(&mut settled, range.end, source);
        }
    }
    settled
}

fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':'])
}

/// Lowers the first letter behind `from`, unless its word is the source's own or is all upper case.
fn lower_next_word(text: &mut String, from: usize, source: &str) {
    let Some(rest) = text.get(from..) else { return };
    let word = rest.trim_start_matches([' ', ',']);
    let start = from + rest.len() - word.len();
    let word: String = word.chars().take_while(|letter| letter.is_alphabetic()).collect();
    let mut letters = word.chars();
    let Some(first) = letters.next().filter(|first| first.is_uppercase()) else { return };
    if letters.any(char::is_uppercase) || source.contains(word.as_str()) {
        return;
    }
    text.replace_range(start..start + first.len_utf8(), &first.to_lowercase().to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_behind_a_leading_placeholder_is_lower_case_as_in_the_source() {
        assert_eq!(settle("[PH1] the job ran.", "[PH1] El trabajo corrió."), "[PH1] el trabajo corrió.");
        assert_eq!(settle("It ran. [PH1], the job", "Corrió. [PH1], El trabajo"), "Corrió. [PH1], el trabajo");
        assert_eq!(settle("[PH1] at noon", "[PH1] A mediodía"), "[PH1] a mediodía");
    }

    #[test]
    fn names_and_other_beginnings_stay_upper_case() {
        for (source, target) in [
            ("[PH1] Talk was down.", "[PH1] Charla estaba caída."),
            ("[PH1] the Madrid office", "[PH1] Madrid oficina"),
            ("The [PH1] is down.", "El [PH1] Está caído."),
            ("[PH1]. the job", "[PH1]. El trabajo"),
            ("[PH1]", "[PH1]"),
            ("", "El"),
        ] {
            assert_eq!(settle(source, target), target);
        }
    }
}
