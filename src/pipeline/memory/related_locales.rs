//! Which other locales' texts may be used for a job's locale. A human's text in the language serves the
//! regions that inherit from it by CLDR; its facts are slots, which are written in the reader's own notation. An
//! engine's text serves every locale that the engine has the same code for: it would answer the same again.

use std::sync::Arc;

use super::typed::Maker;
use polypost_core::locale::Locale;
use polypost_engines::Engine;
use polypost_store::Job;

/// A locale whose machines' texts serve another.
#[derive(Debug)]
pub(in crate::pipeline) struct Sibling<'run> {
    pub(super) locale: Locale,
    pub(super) makers: Vec<Maker<'run>>,
}

/// The locales whose texts serve this one, the nearest first: `es-419` and `es` for `es-MX`.
pub(super) fn parents(locale: &Locale) -> Vec<Locale> {
    let chain = locale.chain();
    // CLDR's `pt` is that of Brazil, and `pt-PT` the parent of all others, who spell and say much differently.
    let is_european = chain.iter().any(|link| link.as_str() == "pt-PT");
    chain.into_iter().skip(1).filter(|link| !(is_european && link.as_str() == "pt")).collect()
}

/// The locales among `targets` for which engines have the code that they have for the job's, and the same settings. No
/// model is fetched; an engine that does not say has none.
pub(in crate::pipeline) async fn siblings<'run>(
    engines: &'run [Arc<dyn Engine>],
    job: &Job,
    targets: &[Locale],
) -> Vec<Sibling<'run>> {
    let is_near = |target: &&Locale| **target != job.locale && target.language() == job.locale.language();
    let mut siblings: Vec<Sibling<'run>> =
        targets.iter().filter(is_near).map(|locale| Sibling { locale: locale.clone(), makers: Vec::new() }).collect();
    if siblings.is_empty() {
        return siblings;
    }
    for engine in engines {
        let engine = engine.as_ref();
        let Some(code) = code(engine, job, &job.locale).await else { continue };
        let variant = engine.variant(&job.locale);
        for Sibling { locale, makers } in &mut siblings {
            if self::code(engine, job, locale).await.as_ref() == Some(&code) && engine.variant(locale) == variant {
                makers.push(Maker { engine: engine.name(), variant: variant.clone() });
            }
        }
    }
    siblings.retain(|sibling| !sibling.makers.is_empty());
    siblings
}

async fn code(engine: &dyn Engine, job: &Job, target: &Locale) -> Option<String> {
    engine.capabilities(&job.report.source_locale, target).await.ok()?.code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_serves_the_regions_that_inherit_from_it() {
        for (locale, expected) in [
            ("es", ""),
            ("es-419", "es"),
            ("es-MX", "es-419 es"),
            ("es-ES", "es"),
            ("it-CH", "it"),
            ("pt-BR", "pt"),
            ("pt-PT", ""),
            ("pt-AO", "pt-PT"),
            ("zh-TW", "zh-Hant"),
        ] {
            let found: Vec<String> = parents(&locale.parse().unwrap()).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), expected, "{locale}");
        }
    }
}
