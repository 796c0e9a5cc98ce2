//! What a vendor's glossary holds for a locale: sorted entries made of the program's terms, and their hash.
//!
//! Where names and terms stand as such they are placeholders, and no vendor sees them. These entries are for what is
//! left in the text: a noun in front of another noun (`outage reports`), and forms that the program's glossary does not
//! list.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::dependencies::Terms;
use polypost_core::document::fact::{Case, Meaning};
use polypost_core::document::hex;
use polypost_core::locale::Locale;
use polypost_core::segment::{Definition, PartOfSpeech};

/// Changes when the same terms are to be stored anew because they are written otherwise.
const SCHEME: &str = "1";

/// Hexadecimal digits of a hash in a name.
pub(super) const HASH_DIGITS: usize = 16;

/// What a vendor takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryLimits {
    /// Of a term and of its rendering, in bytes of UTF-8.
    pub(crate) bytes: usize,
    /// Whether `Outage` is not found by an entry for `outage`.
    pub(crate) is_case_sensitive: bool,
}

/// One locale's entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    /// Each term with its rendering, sorted, each term once.
    entries: BTreeMap<String, String>,
    /// Of source, locale and entries; empty where there are none.
    pub(super) hash: String,
}

impl Content {
    pub(super) fn of(engine: &str, terms: &Terms, locale: &Locale, limits: EntryLimits) -> Self {
        let chain = locale.chain();
        let mut entries: BTreeMap<String, String> = BTreeMap::new();
        let mut dropped = 0;
        for (term, rendering) in terms.glossary.definitions().iter().flat_map(|one| pairs(one, &chain, limits)) {
            let fits = |text: &str| text.len() <= limits.bytes && !text.is_empty() && !text.chars().any(is_control);
            if fits(&term) && fits(&rendering) {
                // Of definitions for the same words the first one counts: names go before terms.
                entries.entry(term).or_insert(rendering);
            } else {
                dropped += 1;
            }
        }
        if dropped > 0 {
            tracing::warn!(engine, %locale, dropped, "terms that the service does not take are left out of its glossary");
        }
        let hash = if entries.is_empty() { String::new() } else { hash(&terms.source, locale, &entries) };
        Self { entries, hash }
    }

    /// As CSV (RFC 4180, lines end in LF), behind a header row if one is wanted.
    pub(crate) fn csv(&self, header: Option<[&str; 2]>) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let entries = self.entries.iter().map(|(term, rendering)| [term.as_str(), rendering.as_str()]);
        for row in header.into_iter().chain(entries) {
            // Into memory, rows of one length: there is nothing to fail.
            let _ = writer.write_record(row);
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// What one definition has for a locale. What is also a verb has nothing, since a vendor would replace the verb as
/// well, and neither has what means something only beside other words.
fn pairs(definition: &Definition, chain: &[Locale], limits: EntryLimits) -> Vec<(String, String)> {
    if definition.part_of_speech == PartOfSpeech::NounOrVerb || !definition.contexts.is_empty() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for entry in definition.entries(chain) {
        let term = entry.form.trim().to_owned();
        let rendering = match entry.meaning {
            Meaning::Name => term.clone(),
            Meaning::Rendered(rendered) => rendered.rendering,
        };
        if limits.is_case_sensitive && entry.case == Case::Any {
            pairs.push((capitalised(&term), capitalised(&rendering)));
        }
        pairs.push((term, rendering));
    }
    pairs
}

/// As at the beginning of a sentence.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Vendors refuse control characters and every kind of line end.
fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

fn hash(source: &Locale, locale: &Locale, entries: &BTreeMap<String, String>) -> String {
    let mut digest = Sha256::new();
    let fields = entries.iter().flat_map(|(term, rendering)| [term.as_str(), rendering.as_str()]);
    for field in [SCHEME, source.as_str(), locale.as_str()].into_iter().chain(fields) {
        digest.update(field.as_bytes());
        digest.update([0]);
    }
    hex(&digest.finalize()).chars().take(HASH_DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use polypost_core::segment::{FileFormat, Glossary};

    const ANY: EntryLimits = EntryLimits { bytes: 1024, is_case_sensitive: false };

    fn terms(csv: &str) -> Terms {
        let glossary = Glossary::empty().with_file(csv.as_bytes(), FileFormat::Csv).unwrap();
        Terms { glossary: Arc::new(glossary), source: "en".parse().unwrap(), targets: Vec::new() }
    }

    fn content(csv: &str, locale: &str, limits: EntryLimits) -> Content {
        Content::of("deepl", &terms(csv), &locale.parse().unwrap(), limits)
    }

    const FILE: &str = "term,keep,part_of_speech,context,es,es_plural,es-MX,pt-BR\n\
        outage,,noun,,interrupción,interrupciones,,interrupção\n\
        post-mortem,,noun,,análisis,análisis,\"autopsia, \"\"así\"\"\",\n\
        cache,,noun or verb,,caché,cachés,,\n\
        Meet,yes,,call,,,,\n\
        Acme Cloud,yes,,,,,,\n";

    #[test]
    fn entries_are_names_and_terms_in_both_numbers_without_verbs_and_words_that_want_others() {
        let expected = "Acme Cloud,Acme Cloud\noutage,interrupción\noutages,interrupciones\npost-mortem,análisis\n\
                        post-mortems,análisis\n";
        assert_eq!(content(FILE, "es", ANY).csv(None), expected);
        // By the chain, and a term without a rendering is none.
        assert!(content(FILE, "es-AR", ANY).csv(None).contains("outage,interrupción\n"));
        assert!(content(FILE, "es-MX", ANY).csv(None).contains("post-mortem,\"autopsia, \"\"así\"\"\"\n"));
        assert_eq!(content(FILE, "it", ANY).csv(Some(["en", "it"])), "en,it\nAcme Cloud,Acme Cloud\n");
        let nothing = content("term,es\noutage,interrupción\n", "it", ANY);
        assert!(nothing.entries.is_empty() && nothing.hash.is_empty());
    }

    #[test]
    fn a_service_that_minds_capitals_gets_both() {
        let written = content(FILE, "es", EntryLimits { is_case_sensitive: true, ..ANY }).csv(None);
        assert!(
            written.starts_with("Acme Cloud,Acme Cloud\nOutage,Interrupción\nOutages,Interrupciones\n"),
            "{written}"
        );
        assert!(written.contains("\noutage,interrupción\n") && !written.contains("acme"), "{written}");
    }

    #[test]
    fn what_is_too_long_in_bytes_is_left_out() {
        let limits = EntryLimits { bytes: 12, ..ANY };
        assert_eq!(
            content(FILE, "es", limits).csv(None),
            "Acme Cloud,Acme Cloud\npost-mortem,análisis\npost-mortems,análisis\n"
        );
    }

    #[test]
    fn the_hash_is_of_everything_that_decides_and_of_no_order() {
        let es = content(FILE, "es", ANY).hash;
        assert!(es.len() == HASH_DIGITS && es.bytes().all(|byte| byte.is_ascii_hexdigit()), "{es}");
        let mut lines: Vec<&str> = FILE.lines().collect();
        lines[1..].reverse();
        assert_eq!(content(&lines.join("\n"), "es", ANY).hash, es);
        for (other, locale) in [
            (FILE.replace("interrupciones", "cortes"), "es"),
            (FILE.replace("Acme", "Apex"), "es"),
            (FILE.to_owned(), "es-AR"),
        ] {
            assert_ne!(content(&other, locale, ANY).hash, es, "{locale}");
        }
        // Of other locales nothing counts.
        assert_eq!(content(&FILE.replace("interrupção", "apagão"), "es", ANY).hash, es);
    }
}
