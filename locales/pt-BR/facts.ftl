### Datas, horas e quantidades dentro de um texto traduzido.

## Um momento na sua frase

fact-on-date = { $weekday ->
    [none] { $day ->
       *[other] em { $date }
    }
    [saturday] no { $date }
    [sunday] no { $date }
   *[other] na { $date }
 }
fact-at-time = { $hour ->
    [1] à { $time }
   *[other] às { $time }
 }
fact-the-date = { $weekday ->
    [none] { $day ->
       *[other] { $date }
    }
    [saturday] o { $date }
    [sunday] o { $date }
   *[other] a { $date }
 }
fact-the-time = { $hour ->
    [1] a { $time }
   *[other] as { $time }
 }
fact-since-date = { $weekday ->
    [none] { $day ->
       *[other] desde { $date }
    }
    [saturday] desde o { $date }
    [sunday] desde o { $date }
   *[other] desde a { $date }
 }
fact-since-time = { $hour ->
    [1] desde a { $time }
   *[other] desde as { $time }
 }
fact-until-date = { $weekday ->
    [none] { $day ->
       *[other] até { $date }
    }
    [saturday] até o { $date }
    [sunday] até o { $date }
   *[other] até a { $date }
 }
fact-until-time = { $hour ->
    [1] até a { $time }
   *[other] até as { $time }
 }
fact-by-date = { $weekday ->
    [none] { $day ->
       *[other] até { $date }
    }
    [saturday] até o { $date }
    [sunday] até o { $date }
   *[other] até a { $date }
 }
fact-by-time = { $hour ->
    [1] até a { $time }
   *[other] até as { $time }
 }
fact-before-date = { $weekday ->
    [none] { $day ->
       *[other] antes de { $date }
    }
    [saturday] antes do { $date }
    [sunday] antes do { $date }
   *[other] antes da { $date }
 }
fact-before-time = { $hour ->
    [1] antes da { $time }
   *[other] antes das { $time }
 }
fact-after-date = { $weekday ->
    [none] { $day ->
       *[other] após { $date }
    }
    [saturday] após o { $date }
    [sunday] após o { $date }
   *[other] após a { $date }
 }
fact-after-time = { $hour ->
    [1] após a { $time }
   *[other] após as { $time }
 }
fact-around-date = { $weekday ->
    [none] { $day ->
       *[other] por volta de { $date }
    }
    [saturday] por volta do { $date }
    [sunday] por volta do { $date }
   *[other] por volta da { $date }
 }
fact-around-time = { $hour ->
    [1] por volta da { $time }
   *[other] por volta das { $time }
 }
fact-from-date = { $weekday ->
    [none] { $day ->
       *[other] a partir de { $date }
    }
    [saturday] a partir do { $date }
    [sunday] a partir do { $date }
   *[other] a partir da { $date }
 }
fact-from-time = { $hour ->
    [1] a partir da { $time }
   *[other] a partir das { $time }
 }
fact-span-from-date = { $weekday ->
    [none] { $day ->
       *[other] de { $date }
    }
    [saturday] do { $date }
    [sunday] do { $date }
   *[other] da { $date }
 }
fact-span-from-time = { $hour ->
    [1] da { $time }
   *[other] das { $time }
 }
fact-span-to-date = { $weekday ->
    [none] { $day ->
       *[other] a { $date }
    }
    [saturday] ao { $date }
    [sunday] ao { $date }
   *[other] à { $date }
 }
fact-span-to-time = { $hour ->
    [1] à { $time }
   *[other] às { $time }
 }
fact-span-from-weekday = { $weekday ->
   *[other] de { $date }
 }
fact-span-to-weekday = { $weekday ->
   *[other] a { $date }
 }
fact-genitive-date = { $weekday ->
    [none] { $day ->
       *[other] de { $date }
    }
    [saturday] do { $date }
    [sunday] do { $date }
   *[other] da { $date }
 }
fact-genitive-time = { $hour ->
    [1] da { $time }
   *[other] das { $time }
 }

fact-of-date = { $weekday ->
    [none] { $day ->
       *[other] { $moment } de { $date }
    }
    [saturday] { $moment } do { $date }
    [sunday] { $moment } do { $date }
   *[other] { $moment } da { $date }
 }
fact-date-time = { $date } { $time }
fact-moment = { $date }, { $time }

## Meses

fact-month = { $name } de { $year }
fact-in-month = { $number ->
   *[other] em { $month }
 }
fact-since-month = { $number ->
   *[other] desde { $month }
 }
fact-until-month = { $number ->
   *[other] até { $month }
 }
fact-by-month = { $number ->
   *[other] até { $month }
 }
fact-before-month = { $number ->
   *[other] antes de { $month }
 }
fact-after-month = { $number ->
   *[other] após { $month }
 }
fact-from-month = { $number ->
   *[other] a partir de { $month }
 }
fact-genitive-month = { $number ->
   *[other] de { $month }
 }
fact-span-from-month = { $number ->
   *[other] de { $month }
 }
fact-span-to-month = { $number ->
   *[other] a { $month }
 }
fact-early = início { $month }
    .form = genitive
fact-mid = meados { $month }
    .form = genitive
fact-late = fim { $month }
    .form = genitive
fact-in-part = { $part ->
    [mid] em { $month }
   *[other] no { $month }
 }
fact-of-part = { $part ->
    [mid] de { $month }
   *[other] do { $month }
 }
fact-since-part = { $part ->
    [mid] desde { $month }
   *[other] desde o { $month }
 }
fact-until-part = { $part ->
    [mid] até { $month }
   *[other] até o { $month }
 }
fact-by-part = { $part ->
    [mid] até { $month }
   *[other] até o { $month }
 }

## Dias da semana

fact-weekday-day = { $weekday }, dia { $day }
fact-weekday-range = { $weekday ->
   *[other] de { $start } a { $end }
 }

## Notas sobre o fuso horário

fact-times-are-in-zone = { $all ->
    [yes] todos os horários estão em { $zone }
   *[other] os horários estão em { $zone }
 }
fact-times-in-zone = { $all ->
    [yes] todos os horários em { $zone }
   *[other] horários em { $zone }
 }

## Preposições de várias palavras

fact-moved-to = para { $moment }
    .form = the
fact-starting = a partir { $moment }
    .form = genitive
fact-as-of = a partir { $moment }
    .form = genitive
fact-effective = com efeito a partir { $moment }
    .form = genitive
fact-no-later-than = o mais tardar { $moment }
    .form = at
fact-no-earlier-than = não antes { $moment }
    .form = genitive
fact-prior-to = antes { $moment }
    .form = genitive
fact-following = após { $moment }
    .form = the
fact-during = durante { $moment }
    .form = the
fact-throughout = ao longo { $moment }
    .form = genitive
fact-shortly-before = pouco antes { $moment }
    .form = genitive
fact-shortly-after = pouco depois { $moment }
    .form = genitive
fact-just-before = logo antes { $moment }
    .form = genitive
fact-just-after = logo após { $moment }
    .form = the
fact-past = depois { $moment }
    .form = genitive
fact-onwards = { $moment } em diante
    .form = span-from
fact-on-or-around = por volta { $moment }
    .form = genitive
fact-exactly = exatamente { $moment }
    .form = at
fact-through = { $moment } inclusive
    .form = until
fact-into = { $moment }
    .form = until

## Intervalos

fact-from-to = { $start } { $end }
fact-between = entre { $start } e { $end }
fact-approximately = aproximadamente { $span }
fact-on-days = nos dias { $date }

## Quantidades

fact-and = { $start } e { $end }
fact-money-million = { $count ->
    [one] { $currency }{"\u00A0"}{ $amount } milhão
   *[other] { $currency }{"\u00A0"}{ $amount } milhões
 }
fact-money-billion = { $count ->
    [one] { $currency }{"\u00A0"}{ $amount } bilhão
   *[other] { $currency }{"\u00A0"}{ $amount } bilhões
 }
# O substantivo não é conhecido: no masculino, a forma mais frequente (nó, relatório, servidor).
fact-ordinal = { $ending ->
   *[other] { $number }º
 }
fact-unit-millisecond = { $count ->
    [one] { $amount } milissegundo
   *[other] { $amount } milissegundos
 }
# O que se conta por unidade de tempo: 2,5 erros/s.
fact-things = { $thing ->
    [alert] { $count ->
        [one] alerta
       *[other] alertas
    }
    [call] { $count ->
        [one] chamada
       *[other] chamadas
    }
    [connection] { $count ->
        [one] conexão
       *[other] conexões
    }
    [email] { $count ->
        [one] e-mail
       *[other] e-mails
    }
   *[error] { $count ->
        [one] erro
       *[other] erros
    }
    [event] { $count ->
        [one] evento
       *[other] eventos
    }
    [failure] { $count ->
        [one] falha
       *[other] falhas
    }
    [file] { $count ->
        [one] arquivo
       *[other] arquivos
    }
    [job] { $count ->
        [one] tarefa
       *[other] tarefas
    }
    [login] { $count ->
        [one] login
       *[other] logins
    }
    [message] { $count ->
        [one] mensagem
       *[other] mensagens
    }
    [operation] { $count ->
        [one] operação
       *[other] operações
    }
    [order] { $count ->
        [one] pedido
       *[other] pedidos
    }
    [packet] { $count ->
        [one] pacote
       *[other] pacotes
    }
    [query] { $count ->
        [one] consulta
       *[other] consultas
    }
    [read] { $count ->
        [one] leitura
       *[other] leituras
    }
    [record] { $count ->
        [one] registro
       *[other] registros
    }
    [request] { $count ->
        [one] solicitação
       *[other] solicitações
    }
    [row] { $count ->
        [one] linha
       *[other] linhas
    }
    [session] { $count ->
        [one] sessão
       *[other] sessões
    }
    [transaction] { $count ->
        [one] transação
       *[other] transações
    }
    [user] { $count ->
        [one] usuário
       *[other] usuários
    }
    [write] { $count ->
        [one] gravação
       *[other] gravações
    }
 }
fact-unit-second = { $count ->
    [one] { $amount } segundo
   *[other] { $amount } segundos
 }
fact-unit-minute = { $count ->
    [one] { $amount } minuto
   *[other] { $amount } minutos
 }
fact-unit-hour = { $count ->
    [one] { $amount } hora
   *[other] { $amount } horas
 }
fact-unit-day = { $count ->
    [one] { $amount } dia
   *[other] { $amount } dias
 }
fact-unit-week = { $count ->
    [one] { $amount } semana
   *[other] { $amount } semanas
 }
fact-unit-month = { $count ->
    [one] { $amount } mês
   *[other] { $amount } meses
 }
fact-unit-year = { $count ->
    [one] { $amount } ano
   *[other] { $amount } anos
 }
fact-unit-percentile = { $count ->
   *[other] percentil { $amount }
 }
fact-unit-fold = { $count ->
   *[other] { $amount } vezes
 }
fact-number-sign = n.º { $number }
fact-number-signs = n.os { $number }
