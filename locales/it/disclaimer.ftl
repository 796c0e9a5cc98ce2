### L’avviso che accompagna ogni rapporto.

disclaimer-publisher = chi pubblica questo rapporto

disclaimer-version-english = versione inglese
disclaimer-version-original = versione originale

disclaimer-label-machine = Traduzione automatica
disclaimer-label-reviewed = Traduzione revisionata
disclaimer-label-partial = Traduzione automatica incompleta
disclaimer-label-interim = Traduzione in corso
disclaimer-label-stale = Traduzione di una versione precedente
disclaimer-label-source = Non ancora tradotto
disclaimer-label-official = Versione ufficiale

disclaimer-machine = Questo rapporto è stato tradotto automaticamente per fornire una comprensione di base del contenuto.
disclaimer-reviewed = Questo rapporto è stato tradotto automaticamente e poi revisionato da una persona.
disclaimer-partial = Non è stato possibile tradurre in modo affidabile alcuni passaggi, che restano nella lingua originale.
disclaimer-interim = Questo rapporto è stato aggiornato; i passaggi nuovi o modificati non sono ancora stati tradotti e restano nella lingua originale.
disclaimer-stale = Il rapporto è cambiato dopo questa traduzione, perciò questo testo potrebbe non essere aggiornato.
disclaimer-source = Questo rapporto non è ancora stato tradotto; quella visualizzata è la { $official }, che è quella ufficiale.
disclaimer-official = Questa è la versione ufficiale di questo rapporto.

disclaimer-effort = È stato compiuto ogni ragionevole sforzo per tradurlo con accuratezza, ma { $organisation } non garantisce l’accuratezza della traduzione.
disclaimer-authority = In caso di dubbio, fare riferimento alla { $official }, che è quella ufficiale.

disclaimer-translated-on = Data della traduzione: { $date }.
disclaimer-reviewed-on = Data della revisione: { $date }.
