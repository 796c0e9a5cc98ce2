### Date, ore e quantità dentro un testo tradotto.

## Un momento nella sua frase

fact-on-date = { $weekday ->
    [none] { $day ->
        [1] l’{ $date }
        [8] l’{ $date }
        [11] l’{ $date }
       *[other] il { $date }
    }
   *[other] { $date }
 }
fact-at-time = { $hour ->
    [1] all’{ $time }
   *[other] alle { $time }
 }
fact-the-date = { $weekday ->
    [none] { $day ->
        [1] l’{ $date }
        [8] l’{ $date }
        [11] l’{ $date }
       *[other] il { $date }
    }
   *[other] { $date }
 }
fact-the-time = { $hour ->
    [1] l’{ $time }
   *[other] le { $time }
 }
fact-since-date = { $weekday ->
    [none] { $day ->
        [1] dall’{ $date }
        [8] dall’{ $date }
        [11] dall’{ $date }
       *[other] dal { $date }
    }
   *[other] da { $date }
 }
fact-since-time = { $hour ->
    [1] dall’{ $time }
   *[other] dalle { $time }
 }
fact-until-date = { $weekday ->
    [none] { $day ->
        [1] fino all’{ $date }
        [8] fino all’{ $date }
        [11] fino all’{ $date }
       *[other] fino al { $date }
    }
   *[other] fino a { $date }
 }
fact-until-time = { $hour ->
    [1] fino all’{ $time }
   *[other] fino alle { $time }
 }
fact-by-date = { $weekday ->
    [none] { $day ->
        [1] entro l’{ $date }
        [8] entro l’{ $date }
        [11] entro l’{ $date }
       *[other] entro il { $date }
    }
   *[other] entro { $date }
 }
fact-by-time = { $hour ->
    [1] entro l’{ $time }
   *[other] entro le { $time }
 }
fact-before-date = { $weekday ->
    [none] { $day ->
        [1] prima dell’{ $date }
        [8] prima dell’{ $date }
        [11] prima dell’{ $date }
       *[other] prima del { $date }
    }
   *[other] prima di { $date }
 }
fact-before-time = { $hour ->
    [1] prima dell’{ $time }
   *[other] prima delle { $time }
 }
fact-after-date = { $weekday ->
    [none] { $day ->
        [1] dopo l’{ $date }
        [8] dopo l’{ $date }
        [11] dopo l’{ $date }
       *[other] dopo il { $date }
    }
   *[other] dopo { $date }
 }
fact-after-time = { $hour ->
    [1] dopo l’{ $time }
   *[other] dopo le { $time }
 }
fact-around-date = { $weekday ->
    [none] { $day ->
        [1] intorno all’{ $date }
        [8] intorno all’{ $date }
        [11] intorno all’{ $date }
       *[other] intorno al { $date }
    }
   *[other] intorno a { $date }
 }
fact-around-time = { $hour ->
    [1] intorno all’{ $time }
   *[other] intorno alle { $time }
 }
fact-from-date = { $weekday ->
    [none] { $day ->
        [1] dall’{ $date }
        [8] dall’{ $date }
        [11] dall’{ $date }
       *[other] dal { $date }
    }
   *[other] da { $date }
 }
fact-from-time = { $hour ->
    [1] dall’{ $time }
   *[other] dalle { $time }
 }
fact-span-from-date = { $weekday ->
    [none] { $day ->
        [1] dall’{ $date }
        [8] dall’{ $date }
        [11] dall’{ $date }
       *[other] dal { $date }
    }
   *[other] da { $date }
 }
fact-span-from-time = { $hour ->
    [1] dall’{ $time }
   *[other] dalle { $time }
 }
fact-span-to-date = { $weekday ->
    [none] { $day ->
        [1] all’{ $date }
        [8] all’{ $date }
        [11] all’{ $date }
       *[other] al { $date }
    }
   *[other] a { $date }
 }
fact-span-to-time = { $hour ->
    [1] all’{ $time }
   *[other] alle { $time }
 }
fact-span-from-weekday = { $weekday ->
   *[other] da { $date }
 }
fact-span-to-weekday = { $weekday ->
   *[other] a { $date }
 }
fact-genitive-date = { $weekday ->
    [none] { $day ->
        [1] dell’{ $date }
        [8] dell’{ $date }
        [11] dell’{ $date }
       *[other] del { $date }
    }
   *[other] di { $date }
 }
fact-genitive-time = { $hour ->
    [1] dell’{ $time }
   *[other] delle { $time }
 }

fact-of-date = { $weekday ->
    [none] { $day ->
        [1] { $moment } dell’{ $date }
        [8] { $moment } dell’{ $date }
        [11] { $moment } dell’{ $date }
       *[other] { $moment } del { $date }
    }
   *[other] { $moment } di { $date }
 }
fact-date-time = { $date } { $time }
fact-moment = { $date }, { $time }

## Mesi

fact-month = { $name } { $year }
fact-in-month = { $number ->
    [4] ad { $month }
    [8] ad { $month }
   *[other] a { $month }
 }
fact-since-month = { $number ->
   *[other] da { $month }
 }
fact-until-month = { $number ->
    [4] fino ad { $month }
    [8] fino ad { $month }
   *[other] fino a { $month }
 }
fact-by-month = { $number ->
   *[other] entro { $month }
 }
fact-before-month = { $number ->
   *[other] prima di { $month }
 }
fact-after-month = { $number ->
   *[other] dopo { $month }
 }
fact-from-month = { $number ->
   *[other] da { $month }
 }
fact-genitive-month = { $number ->
   *[other] di { $month }
 }
fact-span-from-month = { $number ->
   *[other] da { $month }
 }
fact-span-to-month = { $number ->
    [4] ad { $month }
    [8] ad { $month }
   *[other] a { $month }
 }
fact-early = inizio { $month }
    .form = the
fact-mid = metà { $month }
    .form = the
fact-late = fine { $month }
    .form = the
fact-in-part = { $part ->
   *[other] a { $month }
 }
fact-of-part = { $part ->
   *[other] di { $month }
 }
fact-since-part = { $part ->
   *[other] da { $month }
 }
fact-until-part = { $part ->
   *[other] fino a { $month }
 }
fact-by-part = { $part ->
   *[other] entro { $month }
 }

## Giorni della settimana

fact-weekday-day = { $weekday } { $day }
fact-weekday-range = { $weekday ->
   *[other] da { $start } a { $end }
 }

## Note sul fuso orario

fact-times-are-in-zone = { $all ->
    [yes] tutti gli orari sono in { $zone }
   *[other] gli orari sono in { $zone }
 }
fact-times-in-zone = { $all ->
    [yes] tutti gli orari in { $zone }
   *[other] orari in { $zone }
 }

## Preposizioni di più parole

fact-moved-to = { $moment }
    .form = span-to
fact-starting = a partire { $moment }
    .form = span-from
fact-as-of = a partire { $moment }
    .form = span-from
fact-effective = con effetto { $moment }
    .form = span-from
fact-no-later-than = non oltre { $moment }
    .form = the
fact-no-earlier-than = non prima { $moment }
    .form = genitive
fact-prior-to = prima { $moment }
    .form = genitive
fact-following = dopo { $moment }
    .form = the
fact-during = durante { $moment }
    .form = the
fact-throughout = per tutto { $moment }
    .form = the
fact-shortly-before = poco prima { $moment }
    .form = genitive
fact-shortly-after = poco dopo { $moment }
    .form = the
fact-just-before = appena prima { $moment }
    .form = genitive
fact-just-after = subito dopo { $moment }
    .form = the
fact-past = dopo { $moment }
    .form = the
fact-onwards = { $moment } in poi
    .form = span-from
fact-on-or-around = intorno { $moment }
    .form = span-to
fact-exactly = esattamente { $moment }
    .form = at
fact-through = { $moment } compreso
    .form = until
fact-into = { $moment }
    .form = until

## Intervalli

fact-from-to = { $start } { $end }
fact-between = tra { $start } e { $end }
fact-approximately = all’incirca { $span }
fact-on-days = nei giorni { $date }

## Quantità

fact-and = { $start } e { $end }
fact-money-million = { $count ->
    [one] { $amount } milione di { $currency }
   *[other] { $amount } milioni di { $currency }
 }
fact-money-billion = { $count ->
    [one] { $amount } miliardo di { $currency }
   *[other] { $amount } miliardi di { $currency }
 }
# Il sostantivo non è noto: al maschile, la forma più frequente (tentativo, nodo, rapporto).
fact-ordinal = { $ending ->
   *[other] { $number }º
 }
fact-unit-millisecond = { $count ->
    [one] { $amount } millisecondo
   *[other] { $amount } millisecondi
 }
# Ciò che si conta per unità di tempo: 2,5 errori/s.
fact-things = { $thing ->
    [alert] { $count ->
        [one] avviso
       *[other] avvisi
    }
    [call] { $count ->
        [one] chiamata
       *[other] chiamate
    }
    [connection] { $count ->
        [one] connessione
       *[other] connessioni
    }
    [email] e-mail
   *[error] { $count ->
        [one] errore
       *[other] errori
    }
    [event] { $count ->
        [one] evento
       *[other] eventi
    }
    [failure] { $count ->
        [one] guasto
       *[other] guasti
    }
    [file] file
    [job] { $count ->
        [one] processo
       *[other] processi
    }
    [login] { $count ->
        [one] accesso
       *[other] accessi
    }
    [message] { $count ->
        [one] messaggio
       *[other] messaggi
    }
    [operation] { $count ->
        [one] operazione
       *[other] operazioni
    }
    [order] { $count ->
        [one] ordine
       *[other] ordini
    }
    [packet] { $count ->
        [one] pacchetto
       *[other] pacchetti
    }
    [query] query
    [read] { $count ->
        [one] lettura
       *[other] letture
    }
    [record] record
    [request] { $count ->
        [one] richiesta
       *[other] richieste
    }
    [row] { $count ->
        [one] riga
       *[other] righe
    }
    [session] { $count ->
        [one] sessione
       *[other] sessioni
    }
    [transaction] { $count ->
        [one] transazione
       *[other] transazioni
    }
    [user] { $count ->
        [one] utente
       *[other] utenti
    }
    [write] { $count ->
        [one] scrittura
       *[other] scritture
    }
 }
fact-unit-second = { $count ->
    [one] { $amount } secondo
   *[other] { $amount } secondi
 }
fact-unit-minute = { $count ->
    [one] { $amount } minuto
   *[other] { $amount } minuti
 }
fact-unit-hour = { $count ->
    [one] { $amount } ora
   *[other] { $amount } ore
 }
fact-unit-day = { $count ->
    [one] { $amount } giorno
   *[other] { $amount } giorni
 }
fact-unit-week = { $count ->
    [one] { $amount } settimana
   *[other] { $amount } settimane
 }
fact-unit-month = { $count ->
    [one] { $amount } mese
   *[other] { $amount } mesi
 }
fact-unit-year = { $count ->
    [one] { $amount } anno
   *[other] { $amount } anni
 }
fact-unit-percentile = { $count ->
   *[other] { $amount }º percentile
 }
fact-unit-fold = { $count ->
   *[other] { $amount } volte
 }
fact-number-sign = n. { $number }
fact-number-signs = nn. { $number }
