### Dates, times and amounts inside a translated text. They are written by the program, never by an engine.
###
### $date and $time are finished figures in the reader's notation, zone label included. For articles and elisions
### there are, beside $date, $day (1 to 31) and $weekday (`none`, or `monday` to `sunday` where $date begins with one),
### and beside $time, $hour (as the figure shows it). English needs none of these; it names them so that every
### language may.

## A moment in its sentence

fact-on-date = { $weekday ->
   *[none] { $day ->
       *[other] on { $date }
    }
 }
fact-at-time = { $hour ->
   *[other] at { $time }
 }
fact-the-date = { $weekday ->
   *[none] { $day ->
       *[other] { $date }
    }
 }
fact-the-time = { $hour ->
   *[other] { $time }
 }
fact-since-date = { $weekday ->
   *[none] { $day ->
       *[other] since { $date }
    }
 }
fact-since-time = { $hour ->
   *[other] since { $time }
 }
fact-until-date = { $weekday ->
   *[none] { $day ->
       *[other] until { $date }
    }
 }
fact-until-time = { $hour ->
   *[other] until { $time }
 }
fact-by-date = { $weekday ->
   *[none] { $day ->
       *[other] by { $date }
    }
 }
fact-by-time = { $hour ->
   *[other] by { $time }
 }
fact-before-date = { $weekday ->
   *[none] { $day ->
       *[other] before { $date }
    }
 }
fact-before-time = { $hour ->
   *[other] before { $time }
 }
fact-after-date = { $weekday ->
   *[none] { $day ->
       *[other] after { $date }
    }
 }
fact-after-time = { $hour ->
   *[other] after { $time }
 }
fact-around-date = { $weekday ->
   *[none] { $day ->
       *[other] around { $date }
    }
 }
fact-around-time = { $hour ->
   *[other] around { $time }
 }
fact-from-date = { $weekday ->
   *[none] { $day ->
       *[other] from { $date }
    }
 }
fact-from-time = { $hour ->
   *[other] from { $time }
 }
fact-span-from-date = { $weekday ->
   *[none] { $day ->
       *[other] from { $date }
    }
 }
fact-span-from-time = { $hour ->
   *[other] from { $time }
 }
fact-span-to-date = { $weekday ->
   *[none] { $day ->
       *[other] to { $date }
    }
 }
fact-span-to-time = { $hour ->
   *[other] to { $time }
 }
fact-span-from-weekday = { $weekday ->
   *[other] from { $date }
 }
fact-span-to-weekday = { $weekday ->
   *[other] to { $date }
 }
fact-genitive-date = { $weekday ->
   *[none] { $day ->
       *[other] of { $date }
    }
 }
fact-genitive-time = { $hour ->
   *[other] of { $time }
 }

# A clock time on a date: $moment is a phrase such as "since 13:52 UTC".
fact-of-date = { $weekday ->
   *[none] { $day ->
       *[other] { $moment } on { $date }
    }
 }
# A date and a clock time, both with their words: "on July 5, 2024" and "at 13:52 UTC".
fact-date-time = { $date } { $time }
# The same without words.
fact-moment = { $date }, { $time }

## Months alone

fact-month = { $name } { $year }
# $month is the finished "July 2024", $number the month's own, 1 to 12.
fact-in-month = { $number ->
   *[other] in { $month }
 }
fact-since-month = { $number ->
   *[other] since { $month }
 }
fact-until-month = { $number ->
   *[other] until { $month }
 }
fact-by-month = { $number ->
   *[other] by { $month }
 }
fact-before-month = { $number ->
   *[other] before { $month }
 }
fact-after-month = { $number ->
   *[other] after { $month }
 }
fact-from-month = { $number ->
   *[other] from { $month }
 }
fact-genitive-month = { $number ->
   *[other] of { $month }
 }
fact-span-from-month = { $number ->
   *[other] from { $month }
 }
fact-span-to-month = { $number ->
   *[other] to { $month }
 }
# Parts of a month: "early July".
fact-early = early { $month }
    .form = the
fact-mid = mid-{ $month }
    .form = the
fact-late = late { $month }
    .form = the
# $month is one of these, $part its name: `early`, `mid` or `late`.
fact-in-part = { $part ->
   *[other] in { $month }
 }
fact-of-part = { $part ->
   *[other] of { $month }
 }
fact-since-part = { $part ->
   *[other] since { $month }
 }
fact-until-part = { $part ->
   *[other] until { $month }
 }
fact-by-part = { $part ->
   *[other] by { $month }
 }

## Weekdays without a date

# A weekday and the day of its month: "Thursday the 5th".
fact-weekday-day = { $weekday } { $day }
# $start and $end are weekdays: "Monday to Friday"; $weekday is the first one's key.
fact-weekday-range = { $weekday ->
   *[other] { $start } to { $end }
 }

## Notes on the zone of a text's times; $all is `yes` where it says "all times", else `no`

fact-times-are-in-zone = { $all ->
    [yes] all times are in { $zone }
   *[other] times are in { $zone }
 }
fact-times-in-zone = { $all ->
    [yes] all times in { $zone }
   *[other] times in { $zone }
 }

## Prepositions of more words, round one of the forms above

# $moment is a date, a time, a month or several of them in the form that the attribute `form` names: `at` (which is `on`
# for dates and `in` for months), `the`, `genitive`, `since`, `until`, `span-from` or `span-to`.
# Whoever replaces one of these messages writes its attribute, too.
# As in "moved to July 5", "postponed to 2 PM".
fact-moved-to = to { $moment }
    .form = the
fact-starting = starting { $moment }
    .form = at
fact-as-of = as of { $moment }
    .form = the
fact-effective = effective { $moment }
    .form = the
fact-no-later-than = no later than { $moment }
    .form = the
fact-no-earlier-than = no earlier than { $moment }
    .form = the
fact-prior-to = prior to { $moment }
    .form = the
fact-following = following { $moment }
    .form = the
fact-during = during { $moment }
    .form = the
fact-throughout = throughout { $moment }
    .form = the
fact-shortly-before = shortly before { $moment }
    .form = the
fact-shortly-after = shortly after { $moment }
    .form = the
fact-just-before = just before { $moment }
    .form = the
fact-just-after = just after { $moment }
    .form = the
fact-past = past { $moment }
    .form = the
fact-onwards = from { $moment } onwards
    .form = the
fact-on-or-around = on or around { $moment }
    .form = the
fact-exactly = exactly { $moment }
    .form = at
fact-through = through { $moment }
    .form = the
fact-into = into { $moment }
    .form = the

## Spans; $start and $end are phrases

fact-from-to = { $start } { $end }
fact-between = between { $start } and { $end }
# $span is a whole span: "from 10:54 UTC to 13:36 UTC".
fact-approximately = approximately { $span }
# Several days of one month: $date is "July 5, 6 and 7, 2024".
fact-on-days = on { $date }

## Amounts; $amount is the finished figure, $count only selects

# Two parts of a duration: "2 hours" and "15 minutes".
fact-and = { $start } and { $end }
fact-money-million = { $count ->
   *[other] { $currency }{"\u00A0"}{ $amount } million
 }
fact-money-billion = { $count ->
   *[other] { $currency }{"\u00A0"}{ $amount } billion
 }
# $ending is 1, 2 or 3 where English writes st, nd or rd.
fact-ordinal = { $ending ->
    [1] { $number }st
    [2] { $number }nd
    [3] { $number }rd
   *[other] { $number }th
 }
fact-unit-millisecond = { $count ->
    [one] { $amount } millisecond
   *[other] { $amount } milliseconds
 }
# What is counted in each unit of time: 2.5 errors/s.
fact-things = { $thing ->
    [alert] { $count ->
        [one] alert
       *[other] alerts
    }
    [call] { $count ->
        [one] call
       *[other] calls
    }
    [connection] { $count ->
        [one] connection
       *[other] connections
    }
    [email] { $count ->
        [one] email
       *[other] emails
    }
   *[error] { $count ->
        [one] error
       *[other] errors
    }
    [event] { $count ->
        [one] event
       *[other] events
    }
    [failure] { $count ->
        [one] failure
       *[other] failures
    }
    [file] { $count ->
        [one] file
       *[other] files
    }
    [job] { $count ->
        [one] job
       *[other] jobs
    }
    [login] { $count ->
        [one] login
       *[other] logins
    }
    [message] { $count ->
        [one] message
       *[other] messages
    }
    [operation] { $count ->
        [one] operation
       *[other] operations
    }
    [order] { $count ->
        [one] order
       *[other] orders
    }
    [packet] { $count ->
        [one] packet
       *[other] packets
    }
    [query] { $count ->
        [one] query
       *[other] queries
    }
    [read] { $count ->
        [one] read
       *[other] reads
    }
    [record] { $count ->
        [one] record
       *[other] records
    }
    [request] { $count ->
        [one] request
       *[other] requests
    }
    [row] { $count ->
        [one] row
       *[other] rows
    }
    [session] { $count ->
        [one] session
       *[other] sessions
    }
    [transaction] { $count ->
        [one] transaction
       *[other] transactions
    }
    [user] { $count ->
        [one] user
       *[other] users
    }
    [write] { $count ->
        [one] write
       *[other] writes
    }
 }
fact-unit-second = { $count ->
    [one] { $amount } second
   *[other] { $amount } seconds
 }
fact-unit-minute = { $count ->
    [one] { $amount } minute
   *[other] { $amount } minutes
 }
fact-unit-hour = { $count ->
    [one] { $amount } hour
   *[other] { $amount } hours
 }
fact-unit-day = { $count ->
    [one] { $amount } day
   *[other] { $amount } days
 }
fact-unit-week = { $count ->
    [one] { $amount } week
   *[other] { $amount } weeks
 }
fact-unit-month = { $count ->
    [one] { $amount } month
   *[other] { $amount } months
 }
fact-unit-year = { $count ->
    [one] { $amount } year
   *[other] { $amount } years
 }
fact-unit-percentile = { $count ->
   *[other] { $amount }th percentile
 }
fact-unit-fold = { $count ->
   *[other] { $amount }-fold
 }
fact-number-sign = No. { $number }
fact-number-signs = Nos. { $number }
