//! What a translation says: denials, scope, the language of its words, and that it is a translation at all.

use super::{Severity, finds, overlooks, pairs};

#[test]
fn a_lost_denial_is_rejected() {
    finds(
        "negation",
        Severity::Block,
        &[
            ("es", "Customers in Europe were not affected.", "Los clientes de Europa resultaron afectados."),
            ("it", "Customers in Europe were not affected.", "I clienti in Europa sono stati interessati."),
            ("pt-BR", "Customers in Europe were not affected.", "Os clientes na Europa foram afetados."),
            ("es", "No data was lost.", "Se perdieron datos."),
            ("it", "No data was lost.", "I dati sono andati persi."),
            ("pt-BR", "No data was lost.", "Os dados foram perdidos no serviço."),
            ("ca", "No data was lost.", "Es van perdre dades."),
            ("fr", "No data was lost.", "Des données ont été perdues."),
            ("de", "No data was lost.", "Daten gingen verloren."),
            ("es", "The change wasn’t rolled back.", "El cambio se revirtió."),
            ("it", "Calls never reached the queue.", "Le chiamate hanno raggiunto la coda."),
            ("pt-BR", "The upgrade finished without downtime.", "A atualização terminou com tempo de inatividade."),
            ("es", "Users cannot sign in.", "Los usuarios pueden iniciar sesión."),
            ("es", "The issue is not resolved yet.", "El problema ya está resuelto."),
            ("es", "Users are no longer affected.", "Los usuarios siguen afectados."),
            ("es", "Not all customers were affected.", "Todos los clientes resultaron afectados."),
            (
                "es",
                "The fix did not work. However, calls go through.",
                "El arreglo funcionó. Sin embargo, las llamadas pasan.",
            ),
            ("es", "There were no failures.", "Hubo fallos."),
            (
                "it",
                "No interruption is expected except for calls.",
                "È prevista un’interruzione tranne che per le chiamate.",
            ),
            ("es", "The service is unavailable.", "El servicio está disponible."),
            ("it", "The service is unavailable.", "Il servizio è disponibile."),
            ("pt-BR", "The service is unavailable.", "O serviço está disponível."),
            ("pt-BR", "Agents were unable to answer.", "Os agentes conseguiram atender."),
            ("es", "Customers in Europe are unaffected.", "Los clientes de Europa están afectados."),
        ],
    );
}

#[test]
fn an_added_denial_is_rejected() {
    finds(
        "negation",
        Severity::Block,
        &[
            ("es", "The service is available again.", "El servicio no está disponible de nuevo."),
            ("it", "The service is available again.", "Il servizio non è di nuovo disponibile."),
            ("pt-BR", "The service is available again.", "O serviço não está disponível novamente."),
            ("fr", "The service is available again.", "Le service n’est pas à nouveau disponible."),
            ("de", "The service is available again.", "Der Dienst ist nicht wieder verfügbar."),
            ("es", "The issue affected all customers.", "El problema no afectó a todos los clientes."),
        ],
    );
}

#[test]
fn a_denial_may_be_said_in_many_ways() {
    overlooks(
        "negation",
        &[
            ("es", "No customers were affected.", "Ningún cliente resultó afectado."),
            ("es", "Nobody was affected at any time.", "En ningún momento se vio afectado nadie."),
            ("it", "No customers were affected.", "Nessun cliente è stato interessato."),
            ("pt-BR", "No customers were affected.", "Nenhum cliente foi afetado."),
            ("es", "Calls did not go through.", "Las llamadas fallaron."),
            ("it", "Calls did not go through.", "Le chiamate sono fallite."),
            ("pt-BR", "Calls did not go through.", "As chamadas falharam."),
            ("es", "The page was not reachable.", "La página estaba inaccesible."),
            ("pt-BR", "The page was not available.", "A página ficou indisponível."),
            ("es", "Agents were unable to answer.", "Los agentes no podían contestar."),
            ("it", "Agents failed to answer.", "Gli agenti non sono riusciti a rispondere."),
            ("pt-BR", "Recordings are missing.", "As gravações não existem."),
            (
                "es",
                "Not only calls but also messages were delayed.",
                "Se retrasaron tanto las llamadas como los mensajes.",
            ),
            ("it", "Only calls were affected.", "Non sono state interessate che le chiamate."),
            ("es", "We will post an update no later than noon.", "Publicaremos novedades a más tardar a mediodía."),
            ("es", "Please contact our support team.", "No dude en ponerse en contacto con nuestro equipo de soporte."),
            ("it", "We will write as soon as we know more.", "Scriveremo non appena ne sapremo di più."),
            ("es", "Nevertheless the service is stable.", "No obstante, el servicio es estable."),
            (
                "es",
                "Users saw “Could not connect” on the page.",
                "Los usuarios vieron «Could not connect» en la página.",
            ),
            ("pt-BR", "The problem was in the database.", "O problema estava no banco de dados."),
            ("es", "The queue stays closed until we are done.", "La cola no se abre hasta que terminemos."),
            ("es", "The service is unavailable.", "El servicio está caído."),
            ("it", "The page was unreachable.", "La pagina era irraggiungibile."),
            ("pt-BR", "The service is unavailable.", "O serviço está fora do ar."),
            ("ru", "No data was lost.", "Данные были потеряны."),
            ("es", "We don’t expect further errors.", "No esperamos más errores."),
            ("fr", "No data was lost.", "Aucune donnée n’a été perdue."),
            ("de", "No data was lost.", "Es gingen keine Daten verloren."),
        ],
    );
}

#[test]
fn a_denial_that_one_sentence_lost_is_rejected() {
    finds(
        "negation",
        Severity::Block,
        &[(
            "es",
            "Calls were not affected. No data was lost.",
            "Las llamadas resultaron afectadas. No se perdieron datos.",
        )],
    );
}

/// Every clean pair that denies, without its words of denial.
#[test]
fn no_clean_pair_may_lose_its_denial() {
    let denying = [("es", " no "), ("it", " non "), ("pt-BR", " não ")];
    let mut tried = 0;
    for (tag, source, translation) in pairs::PAIRS {
        let Some((_, word)) = denying.iter().find(|(known, _)| known == tag) else { continue };
        let begun = format!(" {}", translation.to_lowercase());
        if source.starts_with("No ") && begun.matches(word).count() == 1 && !begun.contains("ningun") {
            tried += 1;
            finds("negation", Severity::Block, &[(tag, source, &begun.replace(word, " "))]);
        }
    }
    assert!(tried > 0);
}

#[test]
fn another_scope_is_rejected() {
    finds(
        "scope",
        Severity::Block,
        &[
            ("es", "Some customers were affected.", "Todos los clientes resultaron afectados."),
            ("it", "Some customers were affected.", "Tutti i clienti sono stati interessati."),
            ("pt-BR", "Some customers were affected.", "Todos os clientes foram afetados."),
            ("es", "All customers were affected.", "Algunos clientes resultaron afectados."),
            ("it", "All customers were affected.", "Alcuni clienti sono stati interessati."),
            ("pt-BR", "All customers were affected.", "Alguns clientes foram afetados."),
            ("es", "Partial outage of the service", "Interrupción total del servicio"),
            ("it", "Partial outage of the service", "Interruzione totale del servizio"),
            ("pt-BR", "Partial outage of the service", "Interrupção completa do serviço"),
            ("es", "The service is fully restored.", "El servicio se ha restablecido parcialmente."),
            ("es", "Most customers were affected.", "Todos los clientes resultaron afectados."),
            ("it", "A subset of customers was affected.", "Tutti i clienti sono stati interessati."),
            ("fr", "Some customers were affected.", "Tous les clients ont été touchés."),
            ("de", "Some customers were affected.", "Alle Kunden waren betroffen."),
            ("ca", "Some customers were affected.", "Tots els clients han resultat afectats."),
        ],
    );
}

#[test]
fn a_lost_scope_is_found() {
    finds(
        "scope",
        Severity::Warn,
        &[
            ("es", "Only calls were affected.", "Las llamadas resultaron afectadas."),
            ("it", "All calls were affected.", "Le chiamate sono state interessate."),
            ("pt-BR", "A partial fix is in place.", "Uma correção está em vigor."),
            ("es", "Some customers were affected.", "Los clientes resultaron afectados."),
        ],
    );
}

#[test]
fn scope_may_be_said_in_many_ways() {
    overlooks(
        "scope",
        &[
            ("es", "The service is fully restored.", "El servicio se ha restablecido del todo."),
            ("it", "Some customers were affected.", "Parte dei clienti è stata interessata."),
            ("it", "Some customers saw errors.", "Dei clienti hanno visto errori."),
            ("pt-BR", "Each request was retried.", "Cada solicitação foi repetida."),
            ("es", "Every request was retried.", "Se repitió cada solicitud."),
            ("es", "We apologize to all of you.", "Pedimos disculpas a todos ustedes."),
            ("es", "It did not fail at all.", "No falló."),
            ("es", "The most recent release is fine.", "La última versión está bien."),
            ("pt-BR", "The disk is full.", "O disco está cheio."),
            ("es", "Some jobs run daily.", "Unos trabajos se ejecutan todos los días."),
            ("it", "The update is still running.", "Tuttavia l’aggiornamento è in corso."),
            ("es", "Only calls were affected.", "Solo las llamadas resultaron afectadas."),
            ("ja", "Some customers were affected.", "すべてのお客様に影響がありました。"),
        ],
    );
}

#[test]
fn english_in_the_midst_is_rejected() {
    let source = "Agents could not answer calls because of the failed deployment, which we have reverted since then.";
    finds(
        "untranslated",
        Severity::Block,
        &[
            (
                "es",
                source,
                "Los agentes no podían contestar because of the failed deployment, que hemos revertido desde entonces.",
            ),
            (
                "it",
                source,
                "Gli agenti non potevano rispondere alle chiamate, which we have reverted nel frattempo, per la distribuzione.",
            ),
            (
                "pt-BR",
                source,
                "Os agentes não conseguiam atender chamadas because of the failed deployment, já revertido desde então.",
            ),
        ],
    );
    overlooks(
        "untranslated",
        &[
            ("es", "We fixed “Bring Your Own Key” in production.", "Arreglamos Bring Your Own Key en producción."),
            (
                "es",
                "Users saw “you have been signed out of this page” today.",
                "Los usuarios vieron «you have been signed out of this page» hoy.",
            ),
            ("es", "The plan is normal again.", "El plan vuelve a ser normal."),
            ("nl", "We know of the cause.", "We weten wat de oorzaak is van het probleem."),
        ],
    );
}

#[test]
fn single_words_of_english_are_named() {
    finds(
        "untranslated",
        Severity::Info,
        &[
            ("es", "The failover of the cluster took long.", "El failover del clúster tardó mucho."),
            ("it", "The network was slow.", "Il network era lento."),
        ],
    );
    overlooks("untranslated", &[("es", "The Kubernetes cluster is slow.", "El clúster de Kubernetes va lento.")]);
    // One that has its article is no name, and one noun in a longer text is not all of it.
    finds(
        "untranslated",
        Severity::Warn,
        &[
            ("es", "We repaired the pump.", "Reparamos el pump."),
            (
                "es",
                "Read the outage report, a plan and the minutes of our meeting.",
                "Lea el outage informe, un plan y las actas de nuestra reunión.",
            ),
        ],
    );
}

#[test]
fn a_space_before_a_closing_sign_and_none_behind_are_told() {
    finds(
        "spacing",
        Severity::Warn,
        &[
            ("es", "Errors rose; then they fell.", "Los errores subieron;luego bajaron."),
            ("it", "Is the API down?", "L’API è giù ?"),
            ("it", "Yes!", "Sì !"),
        ],
    );
    overlooks("spacing", &[("es", "Press :q! or type a,b.", "Pulse :q! o teclee a,b.")]);
}

#[test]
fn a_title_left_in_english_is_rejected() {
    for tag in ["es", "it", "pt-BR"] {
        for title in ["Login problems", "Degraded search performance", "Search is slow"] {
            super::rejects("echo", tag, title, title);
        }
    }
    super::passes("es", "GitHub Actions", "GitHub Actions");
}

#[test]
fn a_model_that_speaks_for_itself_is_rejected() {
    finds(
        "conversation",
        Severity::Block,
        &[
            ("es", super::PLAIN, "Here is the translation: Estamos investigando informes de rendimiento degradado."),
            ("es", super::PLAIN, "Traducción: Estamos investigando informes de rendimiento degradado."),
            ("it", super::PLAIN, "Ecco la traduzione: stiamo esaminando segnalazioni di prestazioni ridotte."),
            ("pt-BR", super::PLAIN, "Aqui está a tradução: Estamos investigando relatos de desempenho reduzido."),
            ("fr", super::PLAIN, "Traduction : nous étudions des signalements de performances réduites."),
            ("es", super::PLAIN, "As an AI language model, I cannot help with that request."),
            ("es", super::PLAIN, "<|assistant|> Estamos investigando informes de rendimiento degradado."),
            ("es", super::PLAIN, "Bad Gateway"),
        ],
    );
    overlooks(
        "conversation",
        &[
            ("es", "Users see “Bad Gateway” errors.", "Los usuarios ven errores «Bad Gateway»."),
            ("es", "Translation: the service is slow.", "Traducción: el servicio va lento."),
            ("es", "The translation of pages is slow.", "La traducción de páginas va lenta."),
        ],
    );
}

#[test]
fn denials_leave_a_sign_where_there_are_no_spaces() {
    let source = "No data was lost.";
    finds(
        "negation",
        Severity::Warn,
        &[("ja", source, "すべてのデータが失われました。"), ("zh-Hans", source, "所有数据都丢失了。")],
    );
    overlooks(
        "negation",
        &[
            ("ja", source, "データは失われていません。"),
            ("ja", "It works without a password.", "パスワードなしで使えます。"),
            ("zh-Hans", source, "没有数据丢失。"),
            ("ja", "It was fixed no later than noon.", "正午までに修正されました。"),
        ],
    );
}
