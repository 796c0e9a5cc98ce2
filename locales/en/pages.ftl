### What readers' pages say beside the reports themselves.

## Every page. $organisation is the publisher's name; what ends in -unnamed stands where none is configured.

locale-name = English
site-title = Incident reports – { $organisation }
site-title-unnamed = Incident reports
skip-to-content = Skip to content
languages-label = Languages
language-current = Current language
feed-label = News feed
feed-description = Incident reports of { $organisation }, as they are published and updated.
feed-description-unnamed = Incident reports, as they are published and updated.

## The list

incidents-heading = Incident reports
incidents-none = No incidents have been reported yet.
# $count decides the form, $shown is the same number in the reader's notation.
incidents-count =
    { $count ->
        [one] { $shown } incident report
       *[other] { $shown } incident reports
    }
page-previous = Previous page
page-next = Next page
pages-label = Pages

## One report. $engine and $person are names.

label-status = Status
label-impact = Impact
label-components = Affected components
label-published = Published
label-updated = Updated
label-last-updated = Last updated
label-translation = Translation
label-translated = Translated
label-version = Version
label-incident = Incident
translated-by = Translated by { $engine }
reviewed-by = Reviewed by { $person }
original-version = Original version
official-version = Official version
read-report = Read the report
back-to-list = All incident reports
label-code = Code
label-table = Table
untranslated-passage = This passage has not been translated.

## How far a translation is: words that qualify “translation”

state-pending = Pending
state-translating = Being translated
state-current = Up to date
state-stale = Out of date
state-partial = Incomplete
state-failed = Failed
state-held = On hold

## When there is no report to show

not-found-heading = Page not found
not-found-text = There is no page or incident report at this address.
gone-heading = Report withdrawn
gone-text = This incident report has been withdrawn by { $organisation }.
gone-text-unnamed = This incident report has been withdrawn.
error-heading = Something went wrong
error-text = The page could not be shown. Please try again in a moment.
bad-request-heading = Request not understood
bad-request-text = Please check the address.
busy-heading = Too many requests
busy-text = Please try again in a moment.
