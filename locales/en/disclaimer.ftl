### The notice that stands beside every report. It must stay truthful: see each message's comment.

## Variables: $organisation (who publishes), $official (the words of disclaimer-version-*, linked where there is an
## address), $date (already in the reader's notation).

# What the organisation is called in a sentence when no name is configured.
disclaimer-publisher = the publisher of this report

# The words for the official text: where it is in English, and where it is in another language.
disclaimer-version-english = English version
disclaimer-version-original = original version

# Words in front of the notice.
disclaimer-label-machine = Machine translation
disclaimer-label-reviewed = Reviewed translation
disclaimer-label-partial = Incomplete machine translation
disclaimer-label-interim = Translation under way
disclaimer-label-stale = Translation of an earlier version
disclaimer-label-source = Not translated yet
disclaimer-label-official = Official version

# A machine made the text and nobody has read it.
disclaimer-machine = This report was translated by machine to give a basic understanding of its content.
# A person has checked the machine's text.
disclaimer-reviewed = This report was translated by machine and then reviewed by a person.
# Some passages could not be translated reliably.
disclaimer-partial = Some passages could not be translated reliably and remain in the original language.
# The report has changed, and what is new or changed in it is not translated yet.
disclaimer-interim = This report has been updated; passages that are new or have changed have not been translated yet and remain in the original language.
# The report has changed since, whether or not a newer translation is on its way.
disclaimer-stale = The report has changed since this translation was made, so this text may be out of date.
# The reader's language is not there yet.
disclaimer-source = This report has not been translated yet; what you see is the { $official }, which is the official one.
# The reader reads the official text itself.
disclaimer-official = This is the official version of this report.

disclaimer-effort = Reasonable efforts were made to translate it accurately, but { $organisation } does not guarantee the accuracy of the translation.
disclaimer-authority = If in doubt, please refer to the { $official }, which is the official one.

disclaimer-translated-on = Translated on { $date }.
disclaimer-reviewed-on = Reviewed on { $date }.
