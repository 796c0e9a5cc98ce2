//! Each check on its own: what it rejects or remarks upon, and the like of it that it lets pass.

use super::{PLAIN, pairs, passes, rejecting, rejects, remarks};

#[test]
fn an_empty_translation_is_rejected() {
    for nothing in ["", " ", "…", "- "] {
        rejects("empty", "es", PLAIN, nothing);
    }
    passes("es", "⟨ERR-5⟩ — ", "⟨1⟩ — ");
}

#[test]
fn added_figures_are_rejected() {
    let source = "The error rate rose for some customers.";
    passes("es", source, "La tasa de errores aumentó para algunos clientes.");
    for (tag, translation) in [
        ("es", "La tasa de errores aumentó 5 veces para algunos clientes."),
        ("es", "La tasa de errores aumentó un % para algunos clientes."),
        ("es", "La tasa de errores aumentó por la noche (p. m.) para clientes."),
        ("es", "La tasa de errores aumentó PM para algunos clientes."),
        ("es", "La tasa de errores aumentó UTC para algunos clientes."),
        ("ar", "ارتفع معدل الأخطاء لدى ٥ من العملاء اليوم"),
        ("es", "La tasa de errores aumentó ½ para algunos clientes."),
        ("es", "La tasa de errores aumentó € para algunos clientes."),
    ] {
        rejects("figures", tag, source, translation);
    }
    passes("de", "On Monday we saw errors for some customers.", "Am Montag sahen wir am Morgen Fehler bei Kunden.");
    passes("fr", "The service was degraded for customers.", "LE SERVICE EST DÉGRADÉ POUR LES CLIENTS.");
    passes("zh", "A customer reported one problem today.", "今天一位客户报告了一个问题。");
}

#[test]
fn added_addresses_are_rejected() {
    for planted in [
        "https://evil.example/x",
        "evil.example",
        "www.malo",
        "soporte@malo.example",
        "javascript:alert",
        "ｅｖｉｌ．ｃｏｍ",
        "Evil.Com",
        "mailto:soporte",
        "data:text/html,x",
    ] {
        rejects(
            "addresses",
            "es",
            PLAIN,
            &format!("Estamos investigando informes de rendimiento degradado {planted}."),
        );
    }
    passes("es", PLAIN, "Estamos investigando, p.ej., informes de rendimiento degradado.");
    passes("it", PLAIN, "Stiamo esaminando segnalazioni (p.es. dei clienti) di prestazioni ridotte.");
    passes("es", PLAIN, "Estamos investigando informes de los EE.UU. sobre rendimiento degradado.");
    passes("it", PLAIN, "Stiamo esaminando i seguenti data: segnalazioni di prestazioni ridotte.");
}

#[test]
fn nothing_sticks_to_an_address_or_a_figure() {
    let source = "See ⟨https://status.example.com⟩ for details.";
    passes("es", source, "Consulte ⟨1⟩ para más detalles.");
    passes("es", source, "Para más detalles, consulte ⟨1⟩.");
    passes("ja", source, "詳細は⟨1⟩をご覧ください。");
    for translation in [
        "Consulte evil⟨1⟩ para detalles.",
        "Consulte ⟨1⟩.evil para detalles.",
        "Consulte а⟨1⟩ para detalles.",
        "Consulte ⟨1⟩/x para detalles.",
        "Consulte x@⟨1⟩ para detalles.",
    ] {
        assert!(rejecting("es", source, translation).iter().any(|name| name == "glue"), "{translation}");
    }
    let source = "Requests in ⟨eu-west-1⟩ failed today.";
    remarks("glue", "de", source, "Anfragen in der ⟨1⟩-Region sind heute fehlgeschlagen.");
    rejects("glue", "de", source, "Anfragen in ⟨1⟩Region sind heute fehlgeschlagen.");
    let source = "The queue held ⟨40⟩ jobs.";
    passes("es", source, "La cola contenía ⟨1⟩ trabajos.");
    rejects("glue", "es", source, "La cola contenía -⟨1⟩ trabajos.");
    passes("es", "The queue was at -⟨40⟩ jobs.", "La cola estaba en -⟨1⟩ trabajos.");
}

#[test]
fn added_markup_is_rejected() {
    for planted in [
        "<b>informes</b>",
        "<img src=x onerror=x>",
        "</script>",
        "&amp;",
        "&#39;",
        "**informes**",
        "`informes`",
        "[informes](x)",
        "~~informes~~",
        "<svg><annotation-xml>",
    ] {
        let rejecting = rejecting("es", PLAIN, &format!("Estamos investigando {planted} de rendimiento degradado."));
        assert!(rejecting.iter().any(|name| name == "markup"), "{planted}: {rejecting:?}");
    }
    rejects("markup", "es", PLAIN, "## Estamos investigando informes de rendimiento degradado.");
    rejects("markup", "es", PLAIN, "- Estamos investigando informes de rendimiento degradado.");
    passes("es", "R&D and Q&A are slow today; we are sorry.", "I&D y Q&A van lentos hoy; lo sentimos.");
    passes("es", "Latency < normal, throughput > normal again.", "Latencia < normal, rendimiento > normal otra vez.");
}

#[test]
fn leftovers_of_the_machinery_are_rejected() {
    for planted in [
        "PH1", "[PH1]", "[ph 2]", "_PH3_", "[PH", "{0}", "<unk>", "⁇", "*reports", "@reports", "#reports", "▁de", "⟦",
        "{{x}}", "%s",
    ] {
        let rejecting = rejecting("es", PLAIN, &format!("Estamos investigando {planted} de rendimiento degradado."));
        assert!(rejecting.iter().any(|name| name == "leftovers"), "{planted}: {rejecting:?}");
    }
    passes("es", "Please call our phone line or the PHP team.", "Llame a nuestra línea telefónica o al equipo de PHP.");
    rejects("leftovers", "es", PLAIN, "Estamos investigando \u{FFFC} informes de rendimiento degradado.");
}

#[test]
fn invisible_characters_are_rejected() {
    for planted in [
        '\u{202E}',
        '\u{200B}',
        '\u{2066}',
        '\u{FEFF}',
        '\0',
        '\u{1B}',
        '\n',
        '\u{E001}',
        '\u{AD}',
        '\u{E0041}',
        '\u{2028}',
    ] {
        rejects("control", "es", PLAIN, &format!("Estamos investigando {planted}informes de rendimiento degradado."));
    }
    rejects(
        "control",
        "es",
        PLAIN,
        &format!("Estamos investigando i{}nformes de rendimiento degradado.", "\u{301}".repeat(9)),
    );
    passes("es", PLAIN, "Estamos investigando informes de rendimiento degradado.\n");
    remarks("control", "fa", PLAIN, "ما در حال بررسی گزارش‌های کاهش عملکرد هستیم.");
    passes("fr", PLAIN, "Nous étudions des rapports\u{202F}: performances dégradées.");
}

#[test]
fn the_source_over_again_is_rejected() {
    rejects("echo", "es", PLAIN, PLAIN);
    rejects("echo", "es", PLAIN, "WE ARE INVESTIGATING REPORTS OF DEGRADED PERFORMANCE.");
    rejects("echo", "es", PLAIN, "We are investigating reports of degraded performance hoy.");
    rejects(
        "echo",
        "es",
        "We are investigating reports of slow jobs",
        "We are investigating reports of la lentitud en trabajos",
    );
    remarks("echo", "es", "Zendesk Talk Partner Edition", "Zendesk Talk Partner Edition");
    rejects("echo", "it", "Plugins upgrade", "Plugins upgrade");
    passes("es", "Error", "Error");
    passes("en-GB", PLAIN, PLAIN);
}

#[test]
fn a_quoted_message_may_stay_in_english() {
    remarks(
        "echo",
        "es",
        "Agents saw the message “Sorry, Talk is not available at the moment” in the call console and could not answer.",
        "Los agentes vieron el mensaje “Sorry, Talk is not available at the moment” en la consola de llamadas y no podían contestar.",
    );
}

#[test]
fn a_translation_of_another_length_is_rejected() {
    let source = "We have identified the cause of the problem and are working on a fix that we will roll out soon.";
    rejects("length", "es", source, "Identificado.");
    rejects(
        "length",
        "es",
        source,
        &"Hemos identificado cierto problema largo y otros distintos asuntos nuevos. ".repeat(5),
    );
    passes("es", "Down", "Fuera de servicio");
    passes("ja", source, "問題の原因を特定し、まもなく展開する修正に取り組んでいます。");
    rejects(
        "length",
        "es",
        "Thanks.",
        "Gracias por su paciencia mientras trabajamos para resolver este asunto cuanto antes.",
    );
}

#[test]
fn a_runaway_translation_is_rejected() {
    let source = "We are working on a fix and will post another update as soon as possible for all customers.";
    for translation in [
        "Estamos trabajando en una solución ______ y publicaremos otra actualización en cuanto podamos.",
        "Estamos trabajando en en en en una solución y publicaremos otra actualización en cuanto podamos.",
        "Estamos de la de la de la de la trabajando en una solución y publicaremos otra actualización pronto.",
        "una solución para esto hoy una solución para ello y una solución para todo con una solución para ti",
    ] {
        rejects("repetition", "es", source, translation);
    }
    passes("es", "Wait… no, no, no — that was too long ----", "Espere… no, no, no: eso duró demasiado ----");
}

#[test]
fn another_script_is_rejected() {
    rejects("script", "es", PLAIN, "Estamos investigando сообщения de rendimiento degradado.");
    rejects("script", "es", PLAIN, "Estamos investigаndo informes de rendimiento degradado.");
    rejects("script", "ru", PLAIN, "Estamos investigando informes de rendimiento degradado.");
    passes(
        "ru",
        "The API and the dashboard are slow for some customers.",
        "API и панель управления работают медленно у некоторых клиентов.",
    );
    rejects("script", "ru", PLAIN, "Мы изучаем coобщения о снижении производительности.");
    passes("ja", PLAIN, "パフォーマンス低下の報告を調査しています。");
    passes("zh-Hant", PLAIN, "我們正在調查效能下降的報告。");
    passes("ar", PLAIN, "نحن نحقق في تقارير عن تدهور الأداء.");
    passes("hi", PLAIN, "हम घटे हुए प्रदर्शन की रिपोर्टों की जाँच कर रहे हैं।");
}

#[test]
fn the_source_language_is_rejected() {
    let other = "Some customers may see errors when they open the page, and we are sorry for this.";
    rejects(
        "language",
        "es",
        "Our engineers have found the reason why pages fail to load and will act on it now.",
        other,
    );
}

#[test]
fn pseudo_text_passes_for_every_locale() {
    for (_, source, _) in pairs::PAIRS.iter().filter(|(tag, ..)| *tag == "es") {
        for tag in ["es", "it", "pt-BR", "fr", "de", "ru", "ja", "ar", "zh-Hant"] {
            passes(tag, source, &format!("[en→{tag}] {}", pseudo(source)));
        }
    }
    passes("es", "Users have been seeing it.", "[en→es] Úséérš hááv bééééñ šééííñğ ííť.");
}

/// Accents on every letter that has them, vowels doubled; facts by their numbers.
fn pseudo(source: &str) -> String {
    let mut text = String::new();
    for (number, piece) in source.split(['⟨', '⟩']).enumerate() {
        if number % 2 == 1 {
            text.extend(["⟨", &number.div_ceil(2).to_string(), "⟩"]);
            continue;
        }
        for letter in piece.chars() {
            match "aeiouncszgrtd".chars().zip("áéíóúñçšžğřťď".chars()).find(|(plain, _)| *plain == letter)
            {
                Some((plain, accented)) if "aeiou".contains(plain) => text.extend([accented, accented]),
                Some((_, accented)) => text.push(accented),
                None => text.push(letter),
            }
        }
    }
    text
}

#[test]
fn lost_sentences_are_noticed() {
    let source = "The cause is known. We reverted the change. Calls work again. Recordings will follow. We are sorry. Thank you.";
    rejects(
        "sentences",
        "es",
        source,
        "La causa es conocida, se ha revertido el cambio y las llamadas funcionan otra vez. Gracias.",
    );
    rejects(
        "sentences",
        "es",
        source,
        "La causa es conocida. Revertimos el cambio. Las llamadas funcionan. Lo sentimos, gracias.",
    );
    remarks(
        "sentences",
        "es",
        source,
        "La causa es conocida. Revertimos el cambio. Las llamadas funcionan y las grabaciones vendrán. Lo sentimos, gracias.",
    );
}

#[test]
fn brackets_are_noticed() {
    remarks("brackets", "pt-BR", PLAIN, "Estamos investigando relatos de desempenho reduzido (em inglês).");
    rejects("brackets", "pt-BR", "We are investigating (slow) reports.", "Estamos investigando (relatos lentos.");
}
