### El aviso que acompaña a cada informe.

disclaimer-publisher = quien publica este informe

disclaimer-version-english = versión en inglés
disclaimer-version-original = versión original

disclaimer-label-machine = Traducción automática
disclaimer-label-reviewed = Traducción revisada
disclaimer-label-partial = Traducción automática incompleta
disclaimer-label-interim = Traducción en curso
disclaimer-label-stale = Traducción de una versión anterior
disclaimer-label-source = Sin traducir todavía
disclaimer-label-official = Versión oficial

disclaimer-machine = Este informe se ha traducido automáticamente para ofrecer una idea básica de su contenido.
disclaimer-reviewed = Este informe se ha traducido automáticamente y después lo ha revisado una persona.
disclaimer-partial = Algunos pasajes no se pudieron traducir de forma fiable y siguen en el idioma original.
disclaimer-interim = Este informe se ha actualizado; los pasajes nuevos o modificados todavía no se han traducido y siguen en el idioma original.
disclaimer-stale = El informe ha cambiado desde que se hizo esta traducción, por lo que este texto puede estar desactualizado.
disclaimer-source = Este informe todavía no se ha traducido; lo que se muestra es la { $official }, que es la oficial.
disclaimer-official = Esta es la versión oficial de este informe.

disclaimer-effort = Se han hecho esfuerzos razonables para traducirlo con exactitud, pero { $organisation } no garantiza la exactitud de la traducción.
disclaimer-authority = En caso de duda, consulte la { $official }, que es la oficial.

disclaimer-translated-on = Fecha de la traducción: { $date }.
disclaimer-reviewed-on = Fecha de la revisión: { $date }.
