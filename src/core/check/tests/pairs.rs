//! Incident prose with translations as a careful translator writes them. `⟨…⟩` is a fact; in the target, its number.

pub(super) const PAIRS: &[(&str, &str, &str)] = &[
    (
        "es",
        "We are currently investigating reports of errors when loading the dashboard.",
        "Estamos investigando informes de errores al cargar el panel de control.",
    ),
    (
        "it",
        "We are currently investigating reports of errors when loading the dashboard.",
        "Stiamo esaminando segnalazioni di errori durante il caricamento della dashboard.",
    ),
    (
        "pt-BR",
        "We are currently investigating reports of errors when loading the dashboard.",
        "Estamos investigando relatos de erros ao carregar o painel.",
    ),
    (
        "es",
        "The issue has been identified and a fix is being implemented.",
        "Se ha identificado el problema y se está implementando una solución.",
    ),
    (
        "it",
        "The issue has been identified and a fix is being implemented.",
        "Il problema è stato identificato ed è in corso l’implementazione di una soluzione.",
    ),
    (
        "pt-BR",
        "The issue has been identified and a fix is being implemented.",
        "O problema foi identificado e uma correção está sendo implementada.",
    ),
    (
        "es",
        "A fix has been implemented and we are monitoring the results.",
        "Se ha implementado una solución y estamos supervisando los resultados.",
    ),
    (
        "it",
        "A fix has been implemented and we are monitoring the results.",
        "È stata implementata una correzione e stiamo monitorando i risultati.",
    ),
    (
        "pt-PT",
        "A fix has been implemented and we are monitoring the results.",
        "Foi implementada uma correção e estamos a monitorizar os resultados.",
    ),
    ("es", "This incident has been resolved.", "Este incidente se ha resuelto."),
    ("it", "This incident has been resolved.", "Questo incidente è stato risolto."),
    ("pt-BR", "This incident has been resolved.", "Este incidente foi resolvido."),
    ("es", "Call recordings unavailable", "Grabaciones de llamadas no disponibles"),
    ("it", "Call recordings unavailable", "Registrazioni delle chiamate non disponibili"),
    ("pt-BR", "Call recordings unavailable", "Gravações de chamadas indisponíveis"),
    (
        "es",
        "From ⟨10:54 UTC⟩ to ⟨13:36 UTC⟩, some customers could not reach their call recordings.",
        "De ⟨1⟩ a ⟨2⟩, algunos clientes no pudieron acceder a sus grabaciones de llamadas.",
    ),
    (
        "it",
        "From ⟨10:54 UTC⟩ to ⟨13:36 UTC⟩, some customers could not reach their call recordings.",
        "Da ⟨1⟩ a ⟨2⟩ alcuni clienti non hanno potuto accedere alle registrazioni delle chiamate.",
    ),
    (
        "pt-BR",
        "From ⟨10:54 UTC⟩ to ⟨13:36 UTC⟩, some customers could not reach their call recordings.",
        "De ⟨1⟩ a ⟨2⟩, alguns clientes não conseguiram acessar suas gravações de chamadas.",
    ),
    (
        "es",
        "A database failover in ⟨eu-west-1⟩ caused about ⟨12⟩ of requests to fail with ⟨ERR-5012⟩.",
        "Una conmutación por error de la base de datos en ⟨1⟩ hizo que cerca del ⟨2⟩ de las solicitudes fallaran con ⟨3⟩.",
    ),
    (
        "it",
        "A database failover in ⟨eu-west-1⟩ caused about ⟨12⟩ of requests to fail with ⟨ERR-5012⟩.",
        "Un failover del database in ⟨1⟩ ha causato, per circa il ⟨2⟩ delle richieste, l’errore ⟨3⟩.",
    ),
    (
        "pt-BR",
        "A database failover in ⟨eu-west-1⟩ caused about ⟨12⟩ of requests to fail with ⟨ERR-5012⟩.",
        "Um failover do banco de dados em ⟨1⟩ fez com que cerca de ⟨2⟩ das solicitações falhassem com ⟨3⟩.",
    ),
    (
        "es",
        "Once the problem was identified, we rolled back the change and restored normal service.",
        "Una vez identificado el problema, revertimos el cambio y restablecimos el servicio normal.",
    ),
    (
        "it",
        "Once the problem was identified, we rolled back the change and restored normal service.",
        "Una volta individuato il problema, abbiamo annullato la modifica e ripristinato il normale servizio.",
    ),
    (
        "pt-BR",
        "Once the problem was identified, we rolled back the change and restored normal service.",
        "Assim que o problema foi identificado, revertemos a alteração e restabelecemos o serviço normal.",
    ),
    (
        "es",
        "Thank you for your patience. We will post another update soon.",
        "Gracias por su paciencia. Publicaremos otra actualización pronto.",
    ),
    (
        "it",
        "Thank you for your patience. We will post another update soon.",
        "Grazie per la pazienza. Pubblicheremo presto un altro aggiornamento.",
    ),
    (
        "pt-BR",
        "Thank you for your patience. We will post another update soon.",
        "Obrigado pela paciência. Publicaremos outra atualização em breve.",
    ),
    (
        "es",
        "If you have questions, contact ⟨support@example.com⟩ or see ⟨https://status.example.com⟩.",
        "Si tiene preguntas, escriba a ⟨1⟩ o consulte ⟨2⟩.",
    ),
    (
        "it",
        "If you have questions, contact ⟨support@example.com⟩ or see ⟨https://status.example.com⟩.",
        "Per domande, contatta ⟨1⟩ o consulta ⟨2⟩.",
    ),
    (
        "pt-BR",
        "If you have questions, contact ⟨support@example.com⟩ or see ⟨https://status.example.com⟩.",
        "Se tiver dúvidas, entre em contato com ⟨1⟩ ou consulte ⟨2⟩.",
    ),
    (
        "es",
        "Improved testing: We will extend our test process to catch similar issues before they reach production.",
        "Pruebas mejoradas: ampliaremos nuestro proceso de pruebas para detectar problemas similares antes de que lleguen a producción.",
    ),
    (
        "it",
        "Improved testing: We will extend our test process to catch similar issues before they reach production.",
        "Test migliorati: estenderemo il processo di test per rilevare problemi simili prima che arrivino in produzione.",
    ),
    (
        "pt-BR",
        "Improved testing: We will extend our test process to catch similar issues before they reach production.",
        "Testes aprimorados: ampliaremos nosso processo de testes para detectar problemas semelhantes antes que cheguem à produção.",
    ),
    (
        "es",
        "Email delivery is delayed (no mail is lost).",
        "La entrega de correo se retrasa (no se pierde ningún mensaje).",
    ),
    (
        "it",
        "Email delivery is delayed (no mail is lost).",
        "La consegna delle e-mail è in ritardo (nessun messaggio va perso).",
    ),
    (
        "pt-BR",
        "Email delivery is delayed (no mail is lost).",
        "A entrega de e-mails está atrasada (nenhuma mensagem foi perdida).",
    ),
    ("es", "Scheduled maintenance", "Mantenimiento programado"),
    ("it", "Database connection error", "Errore di connessione al database"),
    ("pt-BR", "API latency", "Latência da API"),
    ("es", "No downtime is expected.", "No se espera ninguna interrupción."),
    ("it", "No downtime is expected.", "Non sono previste interruzioni."),
    ("pt-BR", "No downtime is expected.", "Nenhuma indisponibilidade é esperada."),
    (
        "es",
        "The root cause was a misconfigured load balancer, e.g. stale health checks; i.e. traffic went to dead hosts.",
        "La causa raíz fue un balanceador de carga mal configurado, p. ej., comprobaciones de estado obsoletas; es decir, el tráfico iba a servidores caídos.",
    ),
    (
        "it",
        "The root cause was a misconfigured load balancer, e.g. stale health checks; i.e. traffic went to dead hosts.",
        "La causa principale era un bilanciatore di carico configurato male, ad es. controlli di integrità obsoleti; il traffico andava cioè a host non attivi.",
    ),
    (
        "pt-BR",
        "Customers on legacy plans may see “Sorry, something went wrong” when signing in.",
        "Clientes em planos antigos podem ver “Desculpe, algo deu errado” ao fazer login.",
    ),
    (
        "es",
        "Customers on legacy plans may see “Sorry, something went wrong” when signing in.",
        "Los clientes con planes antiguos pueden ver «Lo sentimos, algo ha ido mal» al iniciar sesión.",
    ),
    ("it", "SSO logins fail!", "Gli accessi SSO non riescono!"),
    (
        "es",
        "Is my data safe? Yes, no data was lost at any time.",
        "¿Están seguros mis datos? Sí, en ningún momento se perdieron datos.",
    ),
    (
        "de",
        "We are investigating increased error rates and will provide an update within the hour.",
        "Wir untersuchen erhöhte Fehlerraten und werden innerhalb der nächsten Stunde ein Update veröffentlichen.",
    ),
    (
        "fr",
        "We are investigating increased error rates and will provide an update within the hour.",
        "Nous enquêtons sur une hausse des taux d’erreur et publierons une mise à jour dans l’heure.",
    ),
    (
        "nl",
        "We are investigating increased error rates and will provide an update within the hour.",
        "We onderzoeken verhoogde foutpercentages en geven binnen een uur een update.",
    ),
    (
        "pl",
        "We are investigating increased error rates and will provide an update within the hour.",
        "Badamy zwiększoną liczbę błędów i w ciągu godziny przekażemy nowe informacje.",
    ),
    (
        "ru",
        "We are investigating increased error rates and will provide an update within the hour.",
        "Мы расследуем рост числа ошибок и сообщим новости в течение часа.",
    ),
    (
        "ja",
        "We are investigating increased error rates and will provide an update within the hour.",
        "エラー率の上昇を調査しており、一時間以内に最新情報をお知らせします。",
    ),
    (
        "zh-Hans",
        "We are investigating increased error rates and will provide an update within the hour.",
        "我们正在调查错误率上升的问题，并将在一小时内提供最新信息。",
    ),
    (
        "ko",
        "We are investigating increased error rates and will provide an update within the hour.",
        "오류율 증가를 조사하고 있으며 한 시간 이내에 업데이트를 제공하겠습니다.",
    ),
    (
        "ar",
        "We are investigating increased error rates and will provide an update within the hour.",
        "نحقق في ارتفاع معدلات الخطأ وسنقدم تحديثًا خلال الساعة.",
    ),
];
