//! Numerals that are words: words of a language come in, the numbers that they say go out. Figures are facts and not seen
//! here.

/// Words of units below twenty, from two on; what has several forms has them joined by `/`.
const ENGLISH: (&str, &str) = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
     nineteen",
    "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
);
const SPANISH: (&str, &str) = (
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis/dieciseis diecisiete \
     dieciocho diecinueve",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
);
const ITALIAN: (&str, &str) = (
    "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette \
     diciotto diciannove",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
);
const PORTUGUESE: (&str, &str) = (
    "dois/duas três quatro cinco seis sete oito nove dez onze doze treze quatorze/catorze quinze dezesseis/dezasseis \
     dezessete/dezassete dezoito dezenove/dezanove",
    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
);

fn words(language: &str) -> Option<(&'static str, &'static str)> {
    match language {
        "en" => Some(ENGLISH),
        "es" => Some(SPANISH),
        "it" => Some(ITALIAN),
        "pt" => Some(PORTUGUESE),
        _ => None,
    }
}

/// Whether a word is a numeral of the language, `one` aside, which is an article in most.
pub(super) fn is_numeral(language: &str, word: &str) -> bool {
    value(language, word).is_some()
}

/// The numbers that words say, in their order: `forty-eight`, `cuarenta y ocho` and `quarantotto` are one each.
pub(super) fn numbers(language: &str, words: &[&str]) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut position = 0;
    while let Some(word) = words.get(position) {
        position += 1;
        if let Some(times) = times(language, word) {
            numbers.push(times);
            continue;
        }
        let Some(mut number) = value(language, word) else { continue };
        if number >= 20 && number % 10 == 0 {
            let joined = matches!(words.get(position), Some(&("y" | "e" | "ed")));
            let unit = words.get(position + usize::from(joined)).and_then(|word| unit(language, word));
            if let Some(unit) = unit.filter(|_| joined || language == "en") {
                number += unit;
                position += 1 + usize::from(joined);
            }
        }
        numbers.push(number);
    }
    numbers
}

/// `twice` is `dos veces`.
fn times(language: &str, word: &str) -> Option<u32> {
    match (language, word) {
        ("en", "twice") => Some(2),
        ("en", "thrice") => Some(3),
        _ => None,
    }
}

fn value(language: &str, word: &str) -> Option<u32> {
    // It is `you are` as well.
    if word == "sei" && language == "it" {
        return None;
    }
    let (units, tens) = words(language)?;
    position(units, word).map(|at| at + 2).or_else(|| position(tens, word).map(|at| (at + 2) * 10)).or_else(|| {
        // `veinticuatro`, `ventiquattro`, `quarantotto`.
        let mut tens = tens.split(' ').zip(2..);
        tens.find_map(|(ten, number)| {
            let (stem, _) = ten.char_indices().next_back().map(|(at, last)| (ten.get(..at), last))?;
            let rest = word.strip_prefix(stem?)?;
            let rest = rest.strip_prefix(['i', 'a']).unwrap_or(rest);
            let fused = matches!(language, "it") || matches!((language, number), ("es", 2));
            Some(number * 10 + unit(language, rest).filter(|_| fused)?)
        })
    })
}

/// A number below ten, `one` among them.
fn unit(language: &str, word: &str) -> Option<u32> {
    let one: &[&str] = match language {
        "en" => &["one"],
        "es" => &["uno", "un", "una", "ún"],
        "it" => &["uno", "un"],
        _ => &["um", "uma"],
    };
    if one.contains(&word) {
        return Some(1);
    }
    let accented = match word {
        "trés" => "tres",
        "dós" => "dos",
        "séis" => "seis",
        "tré" => "tre",
        other => other,
    };
    position(words(language)?.0, accented).map(|at| at + 2).filter(|number| *number < 10)
}

fn position(list: &str, word: &str) -> Option<u32> {
    list.split(' ').zip(0..).find(|(forms, _)| forms.split('/').any(|form| form == word)).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_several_words_are_one_number() {
        let all = |language, text: &str| numbers(language, &text.split(' ').collect::<Vec<_>>());
        assert_eq!(all("en", "twenty four hosts and three of seventeen"), [24, 3, 17]);
        assert_eq!(all("es", "cuarenta y ocho de veinticuatro y dos"), [48, 24, 2]);
        assert_eq!(all("it", "quarantotto e ventiquattro ventuno trentatré sei"), [48, 24, 21, 33]);
        assert_eq!(all("pt", "vinte e quatro e duas catorze"), [24, 2, 14]);
        assert!(all("fr", "deux").is_empty());
        assert_eq!(all("es", "veinte y"), [20]);
    }
}
