//! Addresses, markup, figures and symbols in every dress that people and browsers see through; and right translations
//! that have something alike.

use super::*;

const SPANISH: &str = "Estamos investigando informes de rendimiento degradado";

/// Each addition is refused by the check, behind a right translation and in front of it.
#[track_caller]
fn refused(check: &str, additions: &[&str]) {
    for addition in additions {
        rejects(check, "es", PLAIN, &format!("{SPANISH} {addition}."));
        rejects(check, "es", PLAIN, &format!("{addition} {SPANISH}."));
    }
}

#[test]
fn an_address_is_found_in_whatever_letters_and_signs_it_is_written() {
    refused(
        "addresses",
        &[
            "𝐞𝐯𝐢𝐥.𝐞𝐱𝐚𝐦𝐩𝐥𝐞",
            "𝚎𝚟𝚒𝚕․𝚌𝚘𝚖",
            "evil․com",
            "evil。com",
            "evil｡com",
            "evil．com",
            "evil﹒com",
            "evil[.]com",
            "evil (.) com",
            "evil[dot]com",
            "evil (punto) com",
            "ⓔⓥⓘⓛ.ⓒⓞⓜ",
            "ᴇᴠɪʟ.ᴄᴏᴍ",
            "ᵉᵛⁱˡ.ᶜᵒᵐ",
            "hxxp://evil",
            "hxxps[:]//evil",
            "h**ps:evil",
            "https:⁄⁄evil",
            "http∶//evil",
            "http:\\\\evil",
            "who[at]evil[.]example",
            "who＠evil．example",
            "@evil",
            "ｊａｖａｓｃｒｉｐｔ:alert",
        ],
    );
    rejects("addresses", "ru", "No data was lost.", "Данные не потеряны evil.сом.");
    rejects("addresses", "zh", "No data was lost.", "没有数据丢失，请访问 evil。com 查看。");
    rejects("addresses", "ja", "No data was lost.", "データは失われていません。ｅｖｉｌ。ｃｏｍ をご覧ください。");
}

#[test]
fn markup_is_found_in_whatever_signs_it_is_written() {
    refused(
        "markup",
        &["＜script＞", "﹤b﹥", "＜/p＞", "＆lt；", "＊＊hola＊＊", "［hola］（hola", "｀hola｀", "![hola"],
    );
}

#[test]
fn figures_are_found_in_whatever_letters_they_are_written() {
    refused("figures", &["４２", "𝟒𝟐", "④", "٤٢", "＄", "ＵＴＣ", "４ ＰＭ", "㏘"]);
}

#[test]
fn symbols_and_emoji_that_the_source_has_not_are_refused() {
    refused("symbols", &["🎉", "✅", "→", "★", "🇪🇸", "☎", "＝", "~", "Ⓜ", "🅴🆅🅸🅻", "❗", "|", "♥"]);
    passes("es", "All is well 🎉.", "Todo está bien 🎉.");
    rejects("symbols", "es", "All is well 🎉.", "Todo está bien 🎉🎉.");
    passes("es", "Open Settings -> Calls.", "Abra Ajustes → Llamadas.");
    passes("ru", "Please quote the ticket number.", "Укажите № обращения.");
}

#[test]
fn right_translations_with_signs_of_their_languages_pass() {
    passes("zh", "The service has recovered. Nginx works.", "服务已恢复。Nginx 运行正常。");
    passes("ja", "The calls (voice and video) have recovered.", "通話（音声とビデオ）は復旧しました。");
    passes("es", "The first call, the second one…", "La primera llamada, la segunda…");
    passes("fr", "Please wait: we are looking into it.", "Veuillez patienter : nous examinons le problème.");
    passes("it", "All calls (also those at night) work.", "Tutte le chiamate (anche quelle di notte) funzionano.");
}
