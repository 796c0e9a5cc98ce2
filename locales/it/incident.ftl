### Le parole ricorrenti nei rapporti sugli incidenti.

## Titoli

heading-summary = Riepilogo
heading-executive-summary = Sintesi
heading-incident-summary = Riepilogo dell’incidente
heading-incident-report = Rapporto sull’incidente
heading-overview = Panoramica
heading-introduction = Introduzione
heading-background = Contesto
heading-description = Descrizione
heading-details = Dettagli
heading-symptoms = Sintomi
heading-what-happened = Cosa è successo
heading-what-happened-question = Cosa è successo?
heading-why-it-happened = Perché è successo
heading-why-it-happened-question = Perché è successo?

heading-timeline = Cronologia
heading-duration = Durata
heading-start-time = Ora di inizio
heading-end-time = Ora di fine
heading-date = Data

heading-impact = Impatto
heading-customer-impact = Impatto sui clienti
heading-scope = Ambito
heading-severity = Gravità
heading-affected-services = Servizi interessati
heading-affected-components = Componenti interessati
heading-affected-regions = Regioni interessate
heading-affected-customers = Clienti interessati

heading-root-cause = Causa principale
heading-root-causes = Cause principali
heading-root-cause-analysis = Analisi della causa principale
heading-cause = Causa
heading-contributing-factors = Fattori concomitanti
heading-trigger = Evento scatenante
heading-detection = Rilevamento
heading-diagnosis = Diagnosi
heading-investigation = Indagine

heading-response = Risposta
heading-resolution = Risoluzione
heading-remediation = Misure correttive
heading-remediation-items = Elementi correttivi
heading-corrective-actions = Azioni correttive
heading-preventive-actions = Azioni preventive
heading-mitigation = Mitigazione
heading-recovery = Ripristino
heading-workaround = Soluzione alternativa
heading-prevention = Prevenzione

heading-lessons-learned = Lezioni apprese
heading-what-went-well = Cosa è andato bene
heading-what-went-well-question = Cosa è andato bene?
heading-what-went-wrong = Cosa è andato storto
heading-what-went-wrong-question = Cosa è andato storto?
heading-where-we-got-lucky = Dove siamo stati fortunati
heading-what-we-are-doing = Cosa stiamo facendo
heading-action-items = Azioni da intraprendere
heading-next-steps = Prossimi passi
heading-follow-up = Follow-up
heading-conclusion = Conclusione

heading-post-mortem = Post-mortem
heading-update = Aggiornamento
heading-updates = Aggiornamenti
heading-status = Stato
heading-current-status = Stato attuale
heading-maintenance = Manutenzione
heading-scheduled-maintenance = Manutenzione programmata
heading-note = Nota
heading-notes = Note
heading-references = Riferimenti
heading-appendix = Appendice
heading-more-information = Per maggiori informazioni

## Stati di un incidente o di una manutenzione

status-investigating = Analisi in corso
status-identified = Identificato
status-monitoring = Monitoraggio in corso
status-resolved = Risolto
status-postmortem = Post-mortem
status-scheduled = Programmato
status-in-progress = In corso
status-verifying = Verifica in corso
status-completed = Completato
status-update = Aggiornamento

## Livelli di impatto

impact-none = Nessuno
impact-minor = Lieve
impact-major = Grave
impact-critical = Critico
impact-maintenance = Manutenzione

## Parole che stanno da sole in una riga

remark-thanks = Grazie
remark-down = Non disponibile
remark-back-up = Di nuovo disponibile

## Etichette degli avvisi di un rapporto: `> [!WARNING]`

alert-note = Nota
alert-tip = Suggerimento
alert-important = Importante
alert-warning = Avviso
alert-caution = Attenzione

## Etichette che non sono titoli, e valori delle etichette

label-affected = Interessa
label-priority = Priorità

label-agreement =
    { $label ->
        [heading-affected-regions] feminine
        [heading-cause] feminine
        [heading-duration] feminine
        [heading-root-cause] feminine
        [heading-severity] feminine
        [heading-workaround] feminine
        [label-priority] feminine
       *[other] masculine
    }

value-none =
    { $agreement ->
        [feminine] nessuna
       *[masculine] nessuno
    }
value-all =
    { $agreement ->
        [feminine] tutte
       *[masculine] tutti
    }
value-all-customers = tutti i clienti
value-all-regions = tutte le regioni
value-all-services = tutti i servizi
value-all-users = tutti gli utenti
value-critical =
    { $agreement ->
        [feminine] critica
       *[masculine] critico
    }
value-high =
    { $agreement ->
        [feminine] alta
       *[masculine] alto
    }
value-low =
    { $agreement ->
        [feminine] bassa
       *[masculine] basso
    }
value-major = grave
value-medium =
    { $agreement ->
        [feminine] media
       *[masculine] medio
    }
value-minor = lieve
value-moderate =
    { $agreement ->
        [feminine] moderata
       *[masculine] moderato
    }
value-ongoing = in corso
value-unknown =
    { $agreement ->
        [feminine] sconosciuta
       *[masculine] sconosciuto
    }
