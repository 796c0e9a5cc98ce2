//! How a translation is written: marks at the end, spaces, capitals, quotations, words twice in a row.

use super::{PLAIN, Severity, finds, overlooks, rejects, remarks};

#[test]
fn another_end_is_found() {
    finds(
        "ending",
        Severity::Warn,
        &[
            ("es", "The service is down.", "El servicio está caído"),
            ("it", "Expected impact:", "Impatto previsto."),
            ("es", "Login problems", "Problemas de acceso."),
            ("it", "We are looking into it…", "Lo stiamo esaminando."),
        ],
    );
    let answers = [
        ("pt-BR", "Is my data safe?", "Meus dados estão seguros."),
        ("ja", "What is the capital of France?", "フランスの首都はパリです。"),
    ];
    finds("ending", Severity::Block, &answers);
    overlooks(
        "ending",
        &[
            ("ja", "The service is down.", "サービスは停止しています。"),
            ("hi", "The service is down.", "सेवा बंद है।"),
            ("el", "Is my data safe?", "Είναι ασφαλή τα δεδομένα μου;"),
            ("ar", "Is my data safe?", "هل بياناتي آمنة؟"),
            ("hy", "The service is down.", "Ծառայությունն անջատված է։"),
            ("th", "The service is down.", "บริการหยุดทำงาน"),
            ("es", "They saw “it failed.”", "Vieron «ha fallado»."),
            ("it", "We are looking into it...", "Lo stiamo esaminando…"),
            ("zh-Hans", "Expected impact:", "预期影响："),
            ("es", "See ⟨https://status.example.com⟩.", "Consulte ⟨1⟩."),
        ],
    );
}

#[test]
fn spaces_out_of_place_are_found() {
    finds(
        "spacing",
        Severity::Warn,
        &[
            ("es", PLAIN, "Estamos investigando , como siempre, informes de rendimiento degradado."),
            ("it", PLAIN, "Stiamo esaminando  segnalazioni di prestazioni ridotte."),
            ("pt-BR", PLAIN, "Estamos investigando relatos de desempenho reduzido ."),
            ("es", PLAIN, " Estamos investigando informes de rendimiento degradado."),
            (
                "es",
                "First line of the text.\nSecond line of the text.",
                "Primera línea del texto. Segunda línea del texto.",
            ),
        ],
    );
    finds(
        "spacing",
        Severity::Info,
        &[("fr", "Expected impact:", "Impact attendu :"), ("fr", "Is it safe?", "Est-ce sûr?")],
    );
    overlooks(
        "spacing",
        &[
            ("es", "The .NET runtime is slow.", "El entorno .NET va lento."),
            ("fr", "Expected impact:", "Impact attendu\u{A0}:"),
            ("fr", "They saw “an error” today?", "Ont-ils vu «\u{A0}une erreur\u{A0}» aujourd’hui\u{202F}?"),
            ("fr", "The URL is ⟨https://status.example.com⟩ now.", "L’adresse est désormais ⟨1⟩."),
            ("fr-CA", "Is it safe?", "Est-ce sûr?"),
            ("es", "It is  slow.", "Va  lento."),
        ],
    );
}

#[test]
fn spanish_opens_its_questions() {
    finds(
        "inverted",
        Severity::Warn,
        &[("es", "Is my data safe?", "Están seguros mis datos?"), ("es-MX", "We are back!", "Estamos de vuelta!")],
    );
    overlooks(
        "inverted",
        &[
            ("es", "Is my data safe?", "¿Están seguros mis datos?"),
            ("it", "Is my data safe?", "I miei dati sono al sicuro?"),
            ("es", "(?)", "(?)"),
        ],
    );
}

#[test]
fn a_word_twice_in_a_row_is_found() {
    finds(
        "doubling",
        Severity::Warn,
        &[
            ("es", PLAIN, "Estamos investigando informes de de rendimiento degradado."),
            ("it", PLAIN, "Stiamo esaminando le le segnalazioni di prestazioni ridotte."),
            ("pt-BR", PLAIN, "Estamos investigando relatos do do desempenho reduzido."),
        ],
    );
    overlooks(
        "doubling",
        &[
            ("fr", "We were wrong.", "Nous nous sommes trompés."),
            ("it", "The queue empties bit by bit.", "La coda si svuota a poco a poco, via via."),
            ("de", "The customers who used it.", "Die Kunden, die die Funktion nutzten."),
            ("es", "It was very very slow.", "Iba lento lento."),
            ("es", "Errors in ⟨eu-west-1⟩ in ⟨us-east-1⟩.", "Errores en ⟨1⟩ en ⟨2⟩."),
            ("es", "No, no data was lost.", "No, no se perdieron datos."),
        ],
    );
}

#[test]
fn capitals_are_noticed() {
    finds(
        "capitals",
        Severity::Info,
        &[
            ("es", "FOR MORE DETAILS", "Para más detalles"),
            ("it", "The service is slow.", "il servizio è lento."),
            ("pt-BR", "There is no impact.", "não há impacto."),
        ],
    );
    overlooks(
        "capitals",
        &[
            ("es", "FOR MORE DETAILS", "PARA MÁS DETALLES"),
            ("ja", "FOR MORE DETAILS", "詳細については"),
            ("es", "⟨eu-west-1⟩ is slow.", "⟨1⟩ va lento."),
            ("es", "API", "API"),
            ("es", "API errors", "Errores de la API"),
        ],
    );
}

#[test]
fn quotations_are_noticed() {
    let source = "They saw “an error” on the page.";
    rejects("quotes", "es", source, "Vieron «un error en la página.");
    finds(
        "quotes",
        Severity::Warn,
        &[
            ("it", source, "Hanno visto un errore nella pagina."),
            ("pt-BR", PLAIN, "Estamos investigando “relatos” de desempenho reduzido."),
        ],
    );
    overlooks(
        "quotes",
        &[
            ("es", source, "Vieron «un error» en la página."),
            ("de", source, "Sie sahen „einen Fehler“ auf der Seite."),
            ("fr", source, "Ils ont vu «\u{A0}une erreur\u{A0}» sur la page."),
            ("ja", source, "ページで「エラー」が表示されました。"),
            ("pt-BR", "A ‘volume’ problem", "Um problema de “volume”"),
            ("it", "It’s the customers’ page.", "È la pagina dei clienti."),
        ],
    );
}

#[test]
fn lost_brackets_are_noticed() {
    remarks("brackets", "pt-BR", "We (the team) are working on it.", "Nossa equipe está trabalhando nisso.");
    rejects("brackets", "pt-BR", "[Initial message] We are working on it.", "Estamos trabalhando nisso.");
    rejects("brackets", "pt-BR", "[Update] We are working on it.", "[Atualização estamos trabalhando nisso.");
    overlooks("brackets", &[("ja", "Slow pages (some).", "ページが遅い（一部）。")]);
}

#[test]
fn abbreviations_end_no_sentence() {
    overlooks(
        "sentences",
        &[
            (
                "es",
                "Contact Ms. Díaz. Ask for e.g. Mr. Soto.",
                "Contacte a la Sra. Díaz. Pregunte, p. ej., por el Sr. Soto.",
            ),
            ("it", "Pages, files, etc. Were slow.", "Pagine, file, ecc. Erano lenti."),
            ("ja", "It failed. We fixed it! Is it fast?", "失敗しました。直しました！速いですか？"),
            ("zh-Hans", "It failed. We fixed it. It is fast.", "它失败了。我们修好了。它很快。"),
        ],
    );
    finds("sentences", Severity::Warn, &[("ja", "It failed. We fixed it. It is fast.", "失敗しましたが直しました。")]);
}
