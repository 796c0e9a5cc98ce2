### Fechas, horas y cantidades dentro de un texto traducido.

## Un momento en su oración

fact-on-date = { $weekday ->
   *[none] { $day ->
       *[other] el { $date }
    }
 }
fact-at-time = { $hour ->
    [1] a la { $time }
   *[other] a las { $time }
 }
fact-the-date = { $weekday ->
   *[none] { $day ->
       *[other] el { $date }
    }
 }
fact-the-time = { $hour ->
    [1] la { $time }
   *[other] las { $time }
 }
fact-since-date = { $weekday ->
   *[none] { $day ->
       *[other] desde el { $date }
    }
 }
fact-since-time = { $hour ->
    [1] desde la { $time }
   *[other] desde las { $time }
 }
fact-until-date = { $weekday ->
   *[none] { $day ->
       *[other] hasta el { $date }
    }
 }
fact-until-time = { $hour ->
    [1] hasta la { $time }
   *[other] hasta las { $time }
 }
fact-by-date = { $weekday ->
   *[none] { $day ->
       *[other] a más tardar el { $date }
    }
 }
fact-by-time = { $hour ->
    [1] a más tardar a la { $time }
   *[other] a más tardar a las { $time }
 }
fact-before-date = { $weekday ->
   *[none] { $day ->
       *[other] antes del { $date }
    }
 }
fact-before-time = { $hour ->
    [1] antes de la { $time }
   *[other] antes de las { $time }
 }
fact-after-date = { $weekday ->
   *[none] { $day ->
       *[other] después del { $date }
    }
 }
fact-after-time = { $hour ->
    [1] después de la { $time }
   *[other] después de las { $time }
 }
fact-around-date = { $weekday ->
   *[none] { $day ->
       *[other] alrededor del { $date }
    }
 }
fact-around-time = { $hour ->
    [1] alrededor de la { $time }
   *[other] alrededor de las { $time }
 }
fact-from-date = { $weekday ->
   *[none] { $day ->
       *[other] desde el { $date }
    }
 }
fact-from-time = { $hour ->
    [1] desde la { $time }
   *[other] desde las { $time }
 }
fact-span-from-date = { $weekday ->
   *[none] { $day ->
       *[other] del { $date }
    }
 }
fact-span-from-time = { $hour ->
    [1] de la { $time }
   *[other] de las { $time }
 }
fact-span-to-date = { $weekday ->
   *[none] { $day ->
       *[other] al { $date }
    }
 }
fact-span-to-time = { $hour ->
    [1] a la { $time }
   *[other] a las { $time }
 }
fact-span-from-weekday = { $weekday ->
   *[other] del { $date }
 }
fact-span-to-weekday = { $weekday ->
   *[other] al { $date }
 }
fact-genitive-date = { $weekday ->
   *[none] { $day ->
       *[other] del { $date }
    }
 }
fact-genitive-time = { $hour ->
    [1] de la { $time }
   *[other] de las { $time }
 }

fact-of-date = { $weekday ->
   *[none] { $day ->
       *[other] { $moment } del { $date }
    }
 }
fact-date-time = { $date } { $time }
fact-moment = { $date }, { $time }

## Meses

fact-month = { $name } de { $year }
fact-in-month = { $number ->
   *[other] en { $month }
 }
fact-since-month = { $number ->
   *[other] desde { $month }
 }
fact-until-month = { $number ->
   *[other] hasta { $month }
 }
fact-by-month = { $number ->
   *[other] a más tardar en { $month }
 }
fact-before-month = { $number ->
   *[other] antes de { $month }
 }
fact-after-month = { $number ->
   *[other] después de { $month }
 }
fact-from-month = { $number ->
   *[other] desde { $month }
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
fact-early = principios { $month }
    .form = genitive
fact-mid = mediados { $month }
    .form = genitive
fact-late = finales { $month }
    .form = genitive
fact-in-part = { $part ->
   *[other] a { $month }
 }
fact-of-part = { $part ->
   *[other] de { $month }
 }
fact-since-part = { $part ->
   *[other] desde { $month }
 }
fact-until-part = { $part ->
   *[other] hasta { $month }
 }
fact-by-part = { $part ->
   *[other] a más tardar a { $month }
 }

## Días de la semana

fact-weekday-day = { $weekday } { $day }
fact-weekday-range = { $weekday ->
   *[other] de { $start } a { $end }
 }

## Notas sobre la zona horaria

fact-times-are-in-zone = { $all ->
    [yes] todas las horas están en { $zone }
   *[other] las horas están en { $zone }
 }
fact-times-in-zone = { $all ->
    [yes] todas las horas en { $zone }
   *[other] horas en { $zone }
 }

## Preposiciones de varias palabras

fact-moved-to = { $moment }
    .form = span-to
fact-starting = a partir { $moment }
    .form = genitive
fact-as-of = a partir { $moment }
    .form = genitive
fact-effective = con efecto a partir { $moment }
    .form = genitive
fact-no-later-than = a más tardar { $moment }
    .form = at
fact-no-earlier-than = no antes { $moment }
    .form = genitive
fact-prior-to = antes { $moment }
    .form = genitive
fact-following = tras { $moment }
    .form = the
fact-during = durante { $moment }
    .form = the
fact-throughout = a lo largo { $moment }
    .form = genitive
fact-shortly-before = poco antes { $moment }
    .form = genitive
fact-shortly-after = poco después { $moment }
    .form = genitive
fact-just-before = justo antes { $moment }
    .form = genitive
fact-just-after = justo después { $moment }
    .form = genitive
fact-past = después { $moment }
    .form = genitive
fact-onwards = { $moment } en adelante
    .form = since
fact-on-or-around = en torno { $moment }
    .form = span-to
fact-exactly = justo { $moment }
    .form = at
fact-through = { $moment } inclusive
    .form = until
fact-into = hasta entrado { $moment }
    .form = the

## Intervalos

fact-from-to = { $start } { $end }
fact-between = entre { $start } y { $end }
fact-approximately = aproximadamente { $span }
fact-on-days = los días { $date }

## Cantidades

fact-and = { $start } y { $end }
fact-money-million = { $count ->
    [one] { $amount } millón de { $currency }
   *[other] { $amount } millones de { $currency }
 }
fact-money-billion = { $count ->
    [1] 1000 millones de { $currency }
   *[other] { $amount } mil millones de { $currency }
 }
# El sustantivo no se conoce: en masculino, la forma más frecuente (intento, nodo, informe).
fact-ordinal = { $ending ->
   *[other] { $number }.º
 }
fact-unit-millisecond = { $count ->
    [one] { $amount } milisegundo
   *[other] { $amount } milisegundos
 }
# Lo que se cuenta por unidad de tiempo: 2,5 errores/s.
fact-things = { $thing ->
    [alert] { $count ->
        [one] alerta
       *[other] alertas
    }
    [call] { $count ->
        [one] llamada
       *[other] llamadas
    }
    [connection] { $count ->
        [one] conexión
       *[other] conexiones
    }
    [email] { $count ->
        [one] correo
       *[other] correos
    }
   *[error] { $count ->
        [one] error
       *[other] errores
    }
    [event] { $count ->
        [one] evento
       *[other] eventos
    }
    [failure] { $count ->
        [one] fallo
       *[other] fallos
    }
    [file] { $count ->
        [one] archivo
       *[other] archivos
    }
    [job] { $count ->
        [one] trabajo
       *[other] trabajos
    }
    [login] { $count ->
        [one] inicio de sesión
       *[other] inicios de sesión
    }
    [message] { $count ->
        [one] mensaje
       *[other] mensajes
    }
    [operation] { $count ->
        [one] operación
       *[other] operaciones
    }
    [order] { $count ->
        [one] pedido
       *[other] pedidos
    }
    [packet] { $count ->
        [one] paquete
       *[other] paquetes
    }
    [query] { $count ->
        [one] consulta
       *[other] consultas
    }
    [read] { $count ->
        [one] lectura
       *[other] lecturas
    }
    [record] { $count ->
        [one] registro
       *[other] registros
    }
    [request] { $count ->
        [one] solicitud
       *[other] solicitudes
    }
    [row] { $count ->
        [one] fila
       *[other] filas
    }
    [session] { $count ->
        [one] sesión
       *[other] sesiones
    }
    [transaction] { $count ->
        [one] transacción
       *[other] transacciones
    }
    [user] { $count ->
        [one] usuario
       *[other] usuarios
    }
    [write] { $count ->
        [one] escritura
       *[other] escrituras
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
    [one] { $amount } día
   *[other] { $amount } días
 }
fact-unit-week = { $count ->
    [one] { $amount } semana
   *[other] { $amount } semanas
 }
fact-unit-month = { $count ->
    [one] { $amount } mes
   *[other] { $amount } meses
 }
fact-unit-year = { $count ->
    [one] { $amount } año
   *[other] { $amount } años
 }
fact-unit-percentile = { $count ->
   *[other] percentil { $amount }
 }
fact-unit-fold = { $count ->
   *[other] { $amount } veces
 }
fact-number-sign = n.º { $number }
fact-number-signs = n.os { $number }
