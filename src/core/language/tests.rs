use std::collections::HashSet;

use super::en::{negation, scope};
use super::*;

fn denials() -> Vec<&'static Denial> {
    Language::all().iter().filter_map(|language| language.denial).collect()
}

#[test]
fn no_entry_is_superfluous() {
    let mut sets = vec![
        &negation::DENIAL,
        &negation::UNMISTAKABLE,
        &negation::CONTRACTED,
        &negation::LACK,
        &negation::CONTRARY,
        &negation::ADDITION,
        &negation::TROUBLE,
        &negation::NUMBERED,
        &scope::OPEN,
    ];
    for Denial { words, plain, lack, affirmed, trouble, turned, .. } in denials() {
        let Turned { still, at_last, rest, only, possible, .. } = turned;
        sets.extend([words, plain, lack, affirmed, still, at_last, rest, only, possible]);
        sets.extend(trouble);
    }
    for table in Language::all().iter().filter_map(|language| language.quantifiers).chain([&scope::QUANTIFIERS]) {
        sets.extend(QuantifierClass::EVERY.iter().map(|class| table.of(*class)));
        sets.extend([&table.each, &table.vague, &table.articles]);
    }
    for language in Language::all() {
        sets.extend(language.sister_words);
        sets.extend(language.abbreviations);
        if let Some(agreement) = language.agreement {
            let Agreement { leading, copulas, perfect, prepositions, irregular, invariable, .. } = agreement;
            sets.extend([leading, copulas, perfect, prepositions, irregular, invariable]);
        }
        if let Some(NounPhrases { before_articles, clause_openers, comparisons, quantifiers, .. }) =
            language.noun_phrases
        {
            sets.extend([before_articles, clause_openers, comparisons, quantifiers]);
        }
    }
    let found: Vec<&str> = sets.into_iter().filter_map(WordSet::superfluous).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_affirms_denies_in_no_table() {
    let words = ["disponible", "disponibile", "disponível", "verfügbar"];
    for denial in denials() {
        assert!(denial.affirmed.any(&words) && !denial.lack.any(&words) && !denial.words.any(&words));
    }
    for word in ["unable", "unavailable", "unaffected", "inaccessible", "unreachable"] {
        assert!(negation::CONTRARY.has(word) && negation::LACK.has(word), "{word}");
    }
}

#[test]
fn every_phrase_holds_what_it_excuses() {
    for idiom in negation::IDIOMS {
        assert!(negation::DENIAL.any(idiom) || idiom.contains(&"t"), "{idiom:?}");
    }
    for denial in denials() {
        for phrase in denial.hollow {
            assert_eq!(denial.words.count(phrase), 1, "{phrase:?}");
        }
        for phrase in denial.courtesies {
            assert_eq!(denial.plain.count(phrase), 1, "{phrase:?}");
        }
    }
}

#[test]
fn every_phrase_that_does_not_count_has_a_word_that_does() {
    for idiom in scope::UNCOUNTED {
        let count = |class: &QuantifierClass| scope::QUANTIFIERS.of(*class).count(idiom);
        assert_eq!(QuantifierClass::EVERY.iter().map(count).sum::<usize>(), 1, "{idiom:?}");
    }
}

#[test]
fn no_two_packs_are_of_one_language() {
    let mut seen = HashSet::new();
    for language in Language::all() {
        assert!(!language.subtags.is_empty());
        for subtag in language.subtags {
            assert!(seen.insert(*subtag), "`{subtag}` has two packs");
            assert!(std::ptr::eq(Language::named(subtag), *language));
        }
        for pattern in language.amounts {
            let of_tag = pattern.tag.split('-').next().unwrap_or_default();
            assert!(language.subtags.contains(&of_tag), "`{}` in the pack of `{}`", pattern.tag, language.subtag());
        }
    }
}

#[test]
fn a_language_without_a_pack_has_an_empty_one() {
    let unknown = Language::of(&"tlh".parse().unwrap());
    assert_eq!(unknown.subtag(), "");
    assert!(unknown.denial.is_none() && unknown.articles.is_none() && unknown.traits.is_empty());
    assert_eq!(Language::of(&"pt-BR".parse().unwrap()).subtag(), "pt");
}

#[test]
fn a_built_in_target_has_everything_and_an_unknown_language_nothing() {
    for tag in ["es", "it", "pt"] {
        let missing: Vec<&str> =
            Language::named(tag).has().iter().filter(|(_, has)| !has).map(|(name, _)| *name).collect();
        assert!(missing.is_empty(), "{tag}: {missing:?}");
    }
    assert!(Language::named("tlh").has().iter().all(|(_, has)| !has));
    let japanese = Language::named("ja").has();
    assert!(japanese.contains(&("denial", true)) && japanese.contains(&("length", true)));
    let names: HashSet<&str> = japanese.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), japanese.len());
}
