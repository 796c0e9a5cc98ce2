//! What a language model does that was told to by the text.

use super::*;

#[test]
fn a_sentence_of_its_own_is_not_published() {
    let down = "The service is down.";
    for (tag, source, translation) in [
        ("es", down, "El servicio está caído. Todo va bien."),
        ("ja", down, "サービスは停止しています。すべて順調です。"),
        ("de", "Login problems", "Probleme beim Anmelden. Alles ist gut."),
    ] {
        rejects("sentences", tag, source, translation);
    }
    // What an engine takes for an end may be one.
    passes(
        "es",
        "It is down since noon. see more on our page.",
        "Está caído desde mediodía. Vea más en nuestra página.",
    );
    passes("es", "The Infra. team restarted it.", "El equipo de Infra. lo reinició.");
}

#[test]
fn names_that_change_places_are_noticed() {
    let source = "The cluster Aurora took over from Borealis.";
    finds(
        "names",
        Severity::Warn,
        &[
            ("es", source, "El clúster Borealis tomó el relevo de Aurora."),
            ("de", source, "Der Cluster Borealis hat von Aurora übernommen."),
            ("ja", source, "クラスター Borealis が Aurora から引き継ぎました。"),
        ],
    );
    overlooks(
        "names",
        &[
            ("es", source, "El clúster Aurora tomó el relevo de Borealis."),
            ("es", "Zendesk Talk is slow.", "Talk de Zendesk va lento."),
            ("pt-BR", "The JFrog's Artifactory service is slow.", "O serviço Artifactory do JFrog está lento."),
            ("it", "A job on Azure failed.", "Un lavoro A su Azure è fallito."),
        ],
    );
}

#[test]
fn addresses_in_other_letters_are_addresses() {
    for (tag, translation) in [
        ("ja", "サービスは停止しています。パスワード.コム"),
        ("zh-Hans", "服务已停止，请看 登录.中国"),
        ("ru", "Сервис не работает: вход.рф"),
    ] {
        rejects("addresses", tag, "The service is down.", translation);
    }
    passes("ja", "The service is down.", "サービスは停止しています。");
}

#[test]
fn accents_do_not_make_another_language_of_english() {
    let source = "In every text of this report our engineers are writing in English with accents.";
    let accented = "Ín évéry téxt óf thís répórt óur éngínéérs áré wrítíng ín Énglísh wíth áccénts.";
    for tag in ["es", "it", "pt-BR", "de"] {
        rejects("echo", tag, source, accented);
    }
}
