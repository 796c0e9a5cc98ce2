### Ciò che dicono le pagine, oltre ai rapporti stessi.

## Tutte le pagine

locale-name = Italiano
site-title = Rapporti sugli incidenti – { $organisation }
site-title-unnamed = Rapporti sugli incidenti
skip-to-content = Vai al contenuto
languages-label = Lingue
language-current = Lingua attuale
feed-label = Feed di notizie
feed-description = Rapporti sugli incidenti di { $organisation }, man mano che vengono pubblicati e aggiornati.
feed-description-unnamed = Rapporti sugli incidenti, man mano che vengono pubblicati e aggiornati.

## L’elenco

incidents-heading = Rapporti sugli incidenti
incidents-none = Non è ancora stato pubblicato alcun incidente.
incidents-count =
    { $count ->
        [one] { $shown } rapporto
        [many] { $shown } di rapporti
       *[other] { $shown } rapporti
    }
page-previous = Pagina precedente
page-next = Pagina successiva
pages-label = Pagine

## Un rapporto

label-status = Stato
label-impact = Impatto
label-components = Componenti interessati
label-published = Pubblicato
label-updated = Aggiornato
label-last-updated = Ultimo aggiornamento
label-translation = Traduzione
label-translated = Tradotto
label-version = Versione
label-incident = Incidente
translated-by = Tradotto da { $engine }
reviewed-by = Revisionato da { $person }
original-version = Versione originale
official-version = Versione ufficiale
read-report = Leggi il rapporto
back-to-list = Tutti i rapporti sugli incidenti
label-code = Codice
label-table = Tabella
untranslated-passage = Questo passaggio non è stato tradotto.

## Stato di una traduzione

state-pending = In attesa
state-translating = In corso
state-current = Aggiornata
state-stale = Non aggiornata
state-partial = Incompleta
state-failed = Non riuscita
state-held = Sospesa

## Quando non c’è alcun rapporto da mostrare

not-found-heading = Pagina non trovata
not-found-text = A questo indirizzo non c’è alcuna pagina né alcun rapporto.
gone-heading = Rapporto ritirato
gone-text = { $organisation } ha ritirato questo rapporto.
gone-text-unnamed = Questo rapporto è stato ritirato.
error-heading = Si è verificato un errore
error-text = Non è stato possibile visualizzare la pagina. Riprova tra qualche istante.
bad-request-heading = Richiesta non valida
bad-request-text = Controlla l’indirizzo.
busy-heading = Troppe richieste
busy-text = Riprova tra qualche istante.
