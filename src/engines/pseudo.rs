//! The `pseudo` engine: writes accents on a text, makes it longer and puts the pair of locales in front, for tests,
//! previews and dry runs. It serves every locale, answers the same for the same, adds no digit and touches no
//! placeholder, no figure and no address.

use std::sync::Arc;

use async_trait::async_trait;

use super::section::EngineSection;
use super::{Capabilities, Engine, EngineDependencies, EngineError, EngineRequest, EngineResponse, placeholder};
use polypost_core::locale::Locale;
use polypost_settings::Violations;

/// By how much text grows, in tenths: German and Finnish run to about 30 % over English.
const GROWTH_TENTHS: usize = 3;

/// The engine, and its section of the configuration, which is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pseudo;

impl Pseudo {
    /// The disguise of one text: `[en→es] ` and accented, longer words.
    #[must_use]
    pub fn rewrite(text: &str, source: &Locale, target: &Locale) -> String {
        format!("[{}→{}] {}", label(source), label(target), disguise(text))
    }
}

impl EngineSection for Pseudo {
    fn check(&self, _violations: &mut Violations) {}

    fn build(&self, _dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(Arc::new(Self))
    }
}

#[async_trait]
impl Engine for Pseudo {
    #[expect(clippy::unnecessary_literal_bound, reason = "the trait's signature")]
    fn name(&self) -> &str {
        "pseudo"
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    fn bills(&self) -> bool {
        false
    }

    async fn capabilities(&self, _source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        Ok(Capabilities { code: Some(label(target)), ..Capabilities::default() })
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        // Where there is nothing to translate, a label would be an invention.
        let rewrite = |text: &String| match text.trim() {
            "" => Ok(text.clone().into()),
            _ => Ok(Self::rewrite(text, request.source, request.target).into()),
        };
        let candidates = request.texts.iter().map(rewrite).collect();
        Ok(EngineResponse { candidates, model: Some("1".to_owned()) })
    }
}

/// The locale without subtags that have digits (`es-419` is `es`): an engine adds none.
fn label(locale: &Locale) -> String {
    let subtags: Vec<&str> =
        locale.as_str().split('-').filter(|subtag| !subtag.contains(|letter: char| letter.is_ascii_digit())).collect();
    subtags.join("-")
}

fn disguise(text: &str) -> String {
    let mut disguised = String::with_capacity(text.len() * 2);
    let mut from = 0;
    let mut budget = Budget::default();
    for range in placeholder::ranges(text) {
        accent(text.get(from..range.start).unwrap_or_default(), &mut budget, &mut disguised);
        disguised.push_str(text.get(range.clone()).unwrap_or_default());
        from = range.end;
    }
    accent(text.get(from..).unwrap_or_default(), &mut budget, &mut disguised);
    disguised
}

#[derive(Default)]
struct Budget {
    seen: usize,
    added: usize,
}

/// Word by word, so that whatever is no plain word (an address, a path, something with digits) stays as it is.
fn accent(text: &str, budget: &mut Budget, disguised: &mut String) {
    for word in text.split_inclusive(char::is_whitespace) {
        budget.seen += word.chars().count();
        if word.contains(|letter: char| letter.is_ascii_digit() || "@/\\<>{}=_`".contains(letter)) {
            disguised.push_str(word);
            continue;
        }
        for letter in word.chars() {
            let accented = accented(letter);
            disguised.push(accented);
            if "aeiouAEIOU".contains(letter) && budget.added * 10 < budget.seen * GROWTH_TENTHS {
                disguised.extend(accented.to_lowercase());
                budget.added += 1;
            }
        }
    }
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aeiounycszgjlrtdAEIOUNYCSZGJLRTD";
    const ACCENTED: &str = "áéíóúñýçšžğĵľřťďÁÉÍÓÚÑÝÇŠŽĞĴĽŘŤĎ";
    PLAIN.chars().zip(ACCENTED.chars()).find_map(|(plain, other)| (plain == letter).then_some(other)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translate(target: &str, text: &str) -> String {
        let (source, target) = ("en".parse().unwrap(), target.parse().unwrap());
        let texts = [text.to_owned()];
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let request = EngineRequest::new(&source, &target, &texts);
        let mut answer = runtime.block_on(Pseudo.translate(request)).unwrap();
        assert_eq!(answer.candidates.len(), 1);
        answer.candidates.remove(0).unwrap().text
    }

    const SENTENCE: &str = "Customers were unable to play call recordings between [PH1] and _PH2_ because PH3 failed.";

    #[test]
    fn the_pair_stands_in_front_and_placeholders_stay() {
        let text = translate("es", SENTENCE);
        assert!(text.starts_with("[en→es] Ç"), "{text}");
        for placeholder in ["[PH1]", "_PH2_", "PH3"] {
            assert_eq!(text.matches(placeholder).count(), 1, "{text}");
        }
    }

    #[test]
    fn text_grows_by_about_a_third_and_the_same_gives_the_same() {
        let text = translate("it", SENTENCE);
        let grown = text.chars().count() - "[en→it] ".chars().count();
        let share = grown * 100 / SENTENCE.chars().count();
        assert!((115..=135).contains(&share), "{share} %: {text}");
        assert_eq!(text, translate("it", SENTENCE));
    }

    #[test]
    fn no_digit_is_added_and_addresses_stay() {
        let text =
            translate("es-419", "See https://status.example.com/a?b=c or run `make all` on v2.3.1 at me@example.com");
        assert!(text.starts_with("[en→es] "), "{text}");
        for kept in ["https://status.example.com/a?b=c", "v2.3.1", "me@example.com"] {
            assert!(text.contains(kept), "{text}");
        }
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        assert_eq!(digits(&text), "231");
    }

    #[test]
    fn whitespace_and_other_scripts_pass() {
        assert_eq!(translate("ja", "  \n"), "  \n");
        assert_eq!(translate("zh-Hant", "日本"), "[en→zh-Hant] 日本");
    }
}
