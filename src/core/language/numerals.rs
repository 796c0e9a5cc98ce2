//! The shape of a language's numerals that are words, and how they are read. Figures are facts, and never seen here.

/// A language's numerals. Read by the checks `opposites` and `negation`; source: the language's grammar.
#[derive(Debug)]
pub struct Numerals {
    /// From two to nineteen, separated by blanks; what has several forms has them joined by `/`.
    pub units: &'static str,
    /// From twenty to ninety, in the same way.
    pub tens: &'static str,
    /// The forms of one behind a ten. Alone they are no numerals: they are articles in most languages.
    pub one: &'static [&'static str],
    /// Words between a ten and its unit; where there are none, the unit stands right behind the ten.
    pub and: &'static [&'static str],
    /// The tens (2 is twenty) that are written as one word with their units: `veinticuatro`.
    pub fused: &'static [u32],
    /// Units that have an accent in such a word, and as they are otherwise.
    pub accented: &'static [(&'static str, &'static str)],
    /// Numerals that are read as something else: `sei` is Italian for `you are`, too.
    pub ambiguous: &'static [&'static str],
    /// Adverbs that are a number: `twice`.
    pub times: &'static [(&'static str, u32)],
    /// Stems of what may stand for `one`.
    pub one_stems: &'static [&'static str],
    /// Stems of words that say a number without its numeral: `two` is `both` or `a pair`.
    pub otherwise: &'static [(u32, &'static [&'static str])],
}

impl Numerals {
    /// Whether a word is a numeral, `one` aside.
    #[must_use]
    pub fn is_numeral(&self, word: &str) -> bool {
        self.value(word).is_some()
    }

    /// The numbers that words say, in their order: `forty-eight`, `cuarenta y ocho` and `quarantotto` are one each.
    #[must_use]
    pub fn numbers(&self, words: &[&str]) -> Vec<u32> {
        let mut numbers = Vec::new();
        let mut position = 0;
        while let Some(word) = words.get(position) {
            position += 1;
            if let Some((_, times)) = self.times.iter().find(|(known, _)| known == word) {
                numbers.push(*times);
                continue;
            }
            let Some(mut number) = self.value(word) else { continue };
            if number >= 20 && number % 10 == 0 {
                let joined = words.get(position).is_some_and(|word| self.and.contains(word));
                let unit = words.get(position + usize::from(joined)).and_then(|word| self.unit(word));
                if let Some(unit) = unit.filter(|_| joined || self.and.is_empty()) {
                    number += unit;
                    position += 1 + usize::from(joined);
                }
            }
            numbers.push(number);
        }
        numbers
    }

    fn value(&self, word: &str) -> Option<u32> {
        if self.ambiguous.contains(&word) {
            return None;
        }
        let unit = position(self.units, word).map(|at| at + 2);
        unit.or_else(|| position(self.tens, word).map(|at| (at + 2) * 10)).or_else(|| {
            // `veinticuatro`, `ventiquattro`, `quarantotto`.
            let mut tens = self.tens.split(' ').zip(2..);
            tens.find_map(|(ten, number)| {
                let (stem, _) = ten.char_indices().next_back().map(|(at, last)| (ten.get(..at), last))?;
                let rest = word.strip_prefix(stem?)?;
                let rest = rest.strip_prefix(['i', 'a']).unwrap_or(rest);
                Some(number * 10 + self.unit(rest).filter(|_| self.fused.contains(&number))?)
            })
        })
    }

    /// A number below ten, `one` among them.
    fn unit(&self, word: &str) -> Option<u32> {
        if self.one.contains(&word) {
            return Some(1);
        }
        let plain = self.accented.iter().find(|(accented, _)| *accented == word).map_or(word, |(_, plain)| plain);
        position(self.units, plain).map(|at| at + 2).filter(|number| *number < 10)
    }
}

fn position(list: &str, word: &str) -> Option<u32> {
    list.split(' ').zip(0..).find(|(forms, _)| forms.split('/').any(|form| form == word)).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::super::Language;

    #[test]
    fn numerals_of_several_words_are_one_number() {
        let all = |language, text: &str| {
            let numerals = Language::named(language).numerals.unwrap();
            numerals.numbers(&text.split(' ').collect::<Vec<_>>())
        };
        assert_eq!(all("en", "twenty four hosts and three of seventeen"), [24, 3, 17]);
        assert_eq!(all("es", "cuarenta y ocho de veinticuatro y dos"), [48, 24, 2]);
        assert_eq!(all("it", "quarantotto e ventiquattro ventuno trentatré sei"), [48, 24, 21, 33]);
        assert_eq!(all("pt", "vinte e quatro e duas catorze"), [24, 2, 14]);
        assert!(Language::named("fr").numerals.is_none());
        assert_eq!(all("es", "veinte y"), [20]);
    }
}
