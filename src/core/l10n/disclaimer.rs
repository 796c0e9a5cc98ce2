//! The disclaimer: what a text is and who stands for it, as a notice in the reader's language, in text and HTML. Each
//! kind says what is true of it; nothing that is put into it can add markup of its own.

use super::{Argument, Bundles};
use crate::locale::Locale;

/// What stands for the link while the sentences are made; a private-use character, removed from all that comes in.
const LINK: &str = "\u{E000}";

/// What a text is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisclaimerKind {
    /// Translated by machine; nobody has read it.
    Machine,
    /// Translated by machine and reviewed by a person.
    Reviewed,
    /// Translated by machine; some passages still stand in the source language.
    Partial,
    /// Translated by machine from an older revision; the newer one is under way.
    Stale,
    /// Of a revision whose translation is under way: what was translated before, and the rest in the source language.
    Interim,
    /// The source itself.
    Source,
}

/// A notice in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclaimer {
    /// One line; the official version's address stands in brackets.
    pub text: String,
    /// Inline HTML, escaped: a label in `<strong>`, sentences, and an `<a>` to the official version.
    pub html: String,
}

/// The notice for a text of this kind.
///
/// `organisation` is who publishes (empty: “the publisher of this report”). `date` stands as it is, so in the reader's
/// notation: the day of the review for [`DisclaimerKind::Reviewed`], of the translation otherwise. `link` is the
/// official version's address; only `http` and `https` are linked or shown, and paths linked. `link_language` is the
/// official version's language: a [`DisclaimerKind::Source`] in the reader's own language is simply the official
/// version.
#[must_use]
pub fn disclaimer(
    bundles: &Bundles,
    locale: &Locale,
    kind: DisclaimerKind,
    organisation: &str,
    date: Option<&str>,
    link: &str,
    link_language: &str,
) -> Disclaimer {
    let language = link_language.parse::<Locale>().ok();
    let spoken = language.as_ref().map(Locale::language);
    let official = kind == DisclaimerKind::Source && spoken == Some(locale.language());
    let (label, sentences) = if official { (None, OFFICIAL) } else { wording(kind) };

    let organisation = plain(organisation);
    let organisation = match organisation.trim() {
        "" => bundles.message(locale, "disclaimer-publisher", &[]),
        name => name.to_owned(),
    };
    let date = date.map(plain);
    let mut arguments = vec![("organisation", Argument::Text(&organisation)), ("official", Argument::Text(LINK))];
    if let Some(date) = &date {
        arguments.push(("date", Argument::Text(date)));
    }
    let message = |id: &&str| bundles.message(locale, id, &arguments);
    let dated = if kind == DisclaimerKind::Reviewed { "disclaimer-reviewed-on" } else { "disclaimer-translated-on" };
    let dated = (date.is_some() && kind != DisclaimerKind::Source).then_some(dated);

    let label = label.map(|id| bundles.message(locale, id, &[]));
    let notice = sentences.iter().chain(&dated).map(message).collect::<Vec<_>>().join(" ");
    let words = if spoken == Some("en") { "disclaimer-version-english" } else { "disclaimer-version-original" };
    let words = bundles.message(locale, words, &[]);
    let link = web_address(link);
    let anchor = link.map_or_else(|| escape(&words), |link| anchor(link, language.as_ref(), &words));
    // A path says nothing to whoever reads the text elsewhere.
    let mention = link.filter(|link| !link.starts_with('/'));
    let mention = mention.map_or_else(|| words.clone(), |link| format!("{words} ({link})"));
    let text = notice.replace(LINK, &mention);
    let html = escape(&notice).replace(LINK, &anchor);
    match label {
        Some(label) => Disclaimer {
            text: format!("{label}: {text}"),
            html: format!("<strong>{}:</strong> {html}", escape(&label)),
        },
        None => Disclaimer { text, html },
    }
}

const OFFICIAL: &[&str] = &["disclaimer-official"];

/// A kind's label and sentences, by message id.
fn wording(kind: DisclaimerKind) -> (Option<&'static str>, &'static [&'static str]) {
    const EFFORT: &str = "disclaimer-effort";
    const AUTHORITY: &str = "disclaimer-authority";
    const MACHINE: &str = "disclaimer-machine";
    match kind {
        DisclaimerKind::Machine => (Some("disclaimer-label-machine"), &[MACHINE, EFFORT, AUTHORITY]),
        DisclaimerKind::Reviewed => (Some("disclaimer-label-reviewed"), &["disclaimer-reviewed", EFFORT, AUTHORITY]),
        DisclaimerKind::Partial => {
            (Some("disclaimer-label-partial"), &[MACHINE, "disclaimer-partial", EFFORT, AUTHORITY])
        }
        DisclaimerKind::Interim => {
            (Some("disclaimer-label-interim"), &[MACHINE, "disclaimer-interim", EFFORT, AUTHORITY])
        }
        DisclaimerKind::Stale => (Some("disclaimer-label-stale"), &["disclaimer-stale", MACHINE, EFFORT, AUTHORITY]),
        DisclaimerKind::Source => (Some("disclaimer-label-source"), &["disclaimer-source"]),
    }
}

fn anchor(link: &str, language: Option<&Locale>, words: &str) -> String {
    let hreflang = language.map(|language| format!(r#" hreflang="{language}""#)).unwrap_or_default();
    format!(r#"<a href="{}"{hreflang}>{}</a>"#, escape(link), escape(words))
}

/// The address where it is one that a browser may follow without harm.
fn web_address(link: &str) -> Option<&str> {
    let clean = !link.contains(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '\\');
    // A path on the same host; what begins with two slashes names another.
    if link.starts_with('/') {
        return (clean && !link.starts_with("//")).then_some(link);
    }
    let (scheme, rest) = link.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (web && clean && !rest.is_empty()).then_some(link)
}

/// One line without control characters and without the character that stands for the link.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect::<String>().replace(LINK, "")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK_TO: &str = "https://status.example.com/incidents/4711?a=1&b=2";

    fn notice(tag: &str, kind: DisclaimerKind, organisation: &str, date: Option<&str>, link: &str) -> Disclaimer {
        let bundles = Bundles::built_in().unwrap();
        disclaimer(&bundles, &tag.parse().unwrap(), kind, organisation, date, link, "en")
    }

    #[test]
    fn a_machine_translation_says_the_four_parts_in_the_readers_language() {
        let Disclaimer { text, html } =
            notice("es-MX", DisclaimerKind::Machine, "Acme", Some("5 de julio de 2024"), LINK_TO);
        assert_eq!(
            text,
            "Traducción automática: Este informe se ha traducido automáticamente para ofrecer una idea básica de su \
             contenido. Se han hecho esfuerzos razonables para traducirlo con exactitud, pero Acme no garantiza la \
             exactitud de la traducción. En caso de duda, consulte la versión en inglés \
             (https://status.example.com/incidents/4711?a=1&b=2), que es la oficial. Fecha de la traducción: 5 de \
             julio de 2024."
        );
        assert!(html.starts_with("<strong>Traducción automática:</strong> Este informe"), "{html}");
        assert!(
            html.contains(
                r#"consulte la <a href="https://status.example.com/incidents/4711?a=1&amp;b=2" hreflang="en">versión en inglés</a>, que es la oficial."#
            ),
            "{html}"
        );
    }

    #[test]
    fn each_kind_says_something_else_in_every_locale() {
        let bundles = Bundles::built_in().unwrap();
        for locale in bundles.locales() {
            let kinds = [
                DisclaimerKind::Machine,
                DisclaimerKind::Reviewed,
                DisclaimerKind::Partial,
                DisclaimerKind::Stale,
                DisclaimerKind::Source,
            ];
            let texts: std::collections::BTreeSet<String> = kinds
                .into_iter()
                .map(|kind| disclaimer(&bundles, &locale, kind, "Acme", None, LINK_TO, "en").text)
                .inspect(|text| assert!(!text.contains(['{', '}', '\u{E000}']), "{text}"))
                .collect();
            assert_eq!(texts.len(), kinds.len(), "{locale}");
        }
    }

    #[test]
    fn only_reviewed_names_a_person_and_only_the_others_a_lack_of_one() {
        let reviewed = notice("it", DisclaimerKind::Reviewed, "Acme", Some("6 luglio 2024"), LINK_TO).text;
        assert!(reviewed.contains("revisionato da una persona"), "{reviewed}");
        assert!(reviewed.ends_with("Data della revisione: 6 luglio 2024."), "{reviewed}");
        for kind in [DisclaimerKind::Machine, DisclaimerKind::Partial, DisclaimerKind::Stale] {
            let text = notice("it", kind, "Acme", None, LINK_TO).text;
            assert!(text.contains("tradotto automaticamente") && !text.contains("persona"), "{text}");
            assert!(!text.contains("Data della"), "{text}");
        }
    }

    #[test]
    fn the_source_is_official_to_those_who_read_its_language_and_untranslated_to_others() {
        for tag in ["en", "en-GB"] {
            let Disclaimer { text, html } = notice(tag, DisclaimerKind::Source, "Acme", Some("today"), LINK_TO);
            assert_eq!(text, "This is the official version of this report.");
            assert_eq!(html, text);
        }
        let spanish = notice("es", DisclaimerKind::Source, "Acme", None, LINK_TO).text;
        assert!(spanish.contains("todavía no se ha traducido"), "{spanish}");
        assert!(!spanish.contains("automática"), "{spanish}");
    }

    #[test]
    fn a_source_in_another_language_than_english_is_the_original() {
        let bundles = Bundles::built_in().unwrap();
        let found = disclaimer(&bundles, &"it".parse().unwrap(), DisclaimerKind::Machine, "Acme", None, LINK_TO, "de");
        assert!(found.html.contains(r#"hreflang="de">versione originale</a>"#), "{}", found.html);
    }

    #[test]
    fn nothing_that_comes_in_becomes_markup() {
        let hostile = "<img src=x onerror=alert(1)>\u{E000}\n{ $date } & \"Co\"";
        let html = notice("es", DisclaimerKind::Machine, hostile, Some("<b>now</b>"), LINK_TO).html;
        assert_eq!(html.matches('<').count(), 4, "{html}");
        assert!(
            html.contains("&lt;img src=x onerror=alert(1)&gt; { $date } &amp; &quot;Co&quot; no garantiza"),
            "{html}"
        );
        let bundles = Bundles::built_in().unwrap();
        let quoted = disclaimer(
            &bundles,
            &"es".parse().unwrap(),
            DisclaimerKind::Machine,
            "Acme",
            None,
            "https://a.example/\"><script>",
            "en\" onclick=\"",
        );
        assert!(quoted.html.contains(r#"<a href="https://a.example/&quot;&gt;&lt;script&gt;">versión original</a>"#));
    }

    #[test]
    fn only_web_addresses_are_linked_or_shown() {
        for link in
            ["", "javascript:alert(1)", "JAVASCRIPT://%0aalert(1)", "ftp://a", "//a.example", "https://", "https://a b"]
        {
            let Disclaimer { text, html } = notice("pt-BR", DisclaimerKind::Machine, "Acme", None, link);
            assert!(!html.contains("<a"), "{html}");
            assert!(text.contains("consulte a versão em inglês, que é a oficial."), "{text}");
        }
        assert!(
            notice("pt-BR", DisclaimerKind::Machine, "", None, "HTTP://a.example")
                .html
                .contains(r#"href="HTTP://a.example""#)
        );
    }

    #[test]
    fn without_a_name_the_publisher_is_described() {
        let text = notice("es", DisclaimerKind::Machine, " \n", None, "").text;
        assert!(text.contains("pero quien publica este informe no garantiza"), "{text}");
    }

    #[test]
    fn a_language_without_a_bundle_is_told_in_english() {
        let text = notice("fr", DisclaimerKind::Source, "Acme", None, "").text;
        assert!(text.contains("has not been translated yet; what you see is the English version"), "{text}");
    }
}
