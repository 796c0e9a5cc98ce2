### Lo que dicen las páginas, además de los propios informes.

## Todas las páginas

locale-name = Español
site-title = Informes de incidentes – { $organisation }
site-title-unnamed = Informes de incidentes
skip-to-content = Ir al contenido
languages-label = Idiomas
language-current = Idioma actual
feed-label = Canal de noticias
feed-description = Informes de incidentes de { $organisation }, a medida que se publican y actualizan.
feed-description-unnamed = Informes de incidentes, a medida que se publican y actualizan.

## La lista

incidents-heading = Informes de incidentes
incidents-none = Todavía no se ha publicado ningún incidente.
incidents-count =
    { $count ->
        [one] { $shown } informe de incidente
        [many] { $shown } de informes de incidentes
       *[other] { $shown } informes de incidentes
    }
page-previous = Página anterior
page-next = Página siguiente
pages-label = Páginas

## Un informe

label-status = Estado
label-impact = Impacto
label-components = Componentes afectados
label-published = Publicado
label-updated = Actualizado
label-last-updated = Última actualización
label-translation = Traducción
label-translated = Traducido
label-version = Versión
label-incident = Incidente
translated-by = Traducido por { $engine }
reviewed-by = Revisado por { $person }
original-version = Versión original
official-version = Versión oficial
read-report = Leer el informe
back-to-list = Todos los informes de incidentes
label-code = Código
label-table = Tabla
untranslated-passage = Este pasaje no se ha traducido.

## Estado de una traducción

state-pending = Pendiente
state-translating = En curso
state-current = Actualizada
state-stale = Desactualizada
state-partial = Incompleta
state-failed = Fallida
state-held = Suspendida

## Cuando no hay informe que mostrar

not-found-heading = Página no encontrada
not-found-text = No hay ninguna página ni informe de incidente en esta dirección.
gone-heading = Informe retirado
gone-text = { $organisation } ha retirado este informe de incidente.
gone-text-unnamed = Este informe de incidente se ha retirado.
error-heading = Se ha producido un error
error-text = No se pudo mostrar la página. Inténtelo de nuevo dentro de un momento.
bad-request-heading = Solicitud no válida
bad-request-text = Compruebe la dirección.
busy-heading = Demasiadas solicitudes
busy-text = Inténtelo de nuevo dentro de un momento.
