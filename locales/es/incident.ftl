### Las palabras que se repiten en los informes de incidentes.

## Títulos

heading-summary = Resumen
heading-executive-summary = Resumen ejecutivo
heading-incident-summary = Resumen del incidente
heading-incident-report = Informe del incidente
heading-overview = Descripción general
heading-introduction = Introducción
heading-background = Antecedentes
heading-description = Descripción
heading-details = Detalles
heading-symptoms = Síntomas
heading-what-happened = Qué sucedió
heading-what-happened-question = ¿Qué sucedió?
heading-why-it-happened = Por qué sucedió
heading-why-it-happened-question = ¿Por qué sucedió?

heading-timeline = Cronología
heading-duration = Duración
heading-start-time = Hora de inicio
heading-end-time = Hora de finalización
heading-date = Fecha

heading-impact = Impacto
heading-customer-impact = Impacto en los clientes
heading-scope = Alcance
heading-severity = Gravedad
heading-affected-services = Servicios afectados
heading-affected-components = Componentes afectados
heading-affected-regions = Regiones afectadas
heading-affected-customers = Clientes afectados

heading-root-cause = Causa raíz
heading-root-causes = Causas raíz
heading-root-cause-analysis = Análisis de causa raíz
heading-cause = Causa
heading-contributing-factors = Factores contribuyentes
heading-trigger = Desencadenante
heading-detection = Detección
heading-diagnosis = Diagnóstico
heading-investigation = Investigación

heading-response = Respuesta
heading-resolution = Resolución
heading-remediation = Remediación
heading-remediation-items = Medidas de remediación
heading-corrective-actions = Acciones correctivas
heading-preventive-actions = Acciones preventivas
heading-mitigation = Mitigación
heading-recovery = Recuperación
heading-workaround = Solución alternativa
heading-prevention = Prevención

heading-lessons-learned = Lecciones aprendidas
heading-what-went-well = Qué salió bien
heading-what-went-well-question = ¿Qué salió bien?
heading-what-went-wrong = Qué salió mal
heading-what-went-wrong-question = ¿Qué salió mal?
heading-where-we-got-lucky = En qué tuvimos suerte
heading-what-we-are-doing = Qué estamos haciendo
heading-action-items = Plan de acción
heading-next-steps = Próximos pasos
heading-follow-up = Seguimiento
heading-conclusion = Conclusión

heading-post-mortem = Post-mortem
heading-update = Actualización
heading-updates = Actualizaciones
heading-status = Estado
heading-current-status = Estado actual
heading-maintenance = Mantenimiento
heading-scheduled-maintenance = Mantenimiento programado
heading-note = Nota
heading-notes = Notas
heading-references = Referencias
heading-appendix = Apéndice
heading-more-information = Para más información

## Estados de un incidente o de un mantenimiento

status-investigating = Investigando
status-identified = Identificado
status-monitoring = Supervisando
status-resolved = Resuelto
status-postmortem = Post-mortem
status-scheduled = Programado
status-in-progress = En curso
status-verifying = Verificando
status-completed = Completado
status-update = Actualización

## Niveles de impacto

impact-none = Ninguno
impact-minor = Leve
impact-major = Grave
impact-critical = Crítico
impact-maintenance = Mantenimiento

## Palabras que están solas en una línea

remark-thanks = Gracias
remark-down = Fuera de servicio
remark-back-up = De nuevo en servicio

## Etiquetas de los avisos de un informe: `> [!WARNING]`

alert-note = Nota
alert-tip = Consejo
alert-important = Importante
alert-warning = Advertencia
alert-caution = Precaución

## Etiquetas que no son títulos, y valores de las etiquetas

label-affected = Afecta a
label-priority = Prioridad

label-agreement =
    { $label ->
        [heading-affected-regions] feminine
        [heading-cause] feminine
        [heading-duration] feminine
        [heading-root-cause] feminine
        [heading-severity] feminine
        [heading-workaround] feminine
        [label-priority] feminine
       *[other] masculine
    }

value-none =
    { $agreement ->
        [feminine] ninguna
       *[masculine] ninguno
    }
value-all =
    { $agreement ->
        [feminine] todas
       *[masculine] todos
    }
value-all-customers = todos los clientes
value-all-regions = todas las regiones
value-all-services = todos los servicios
value-all-users = todos los usuarios
value-critical =
    { $agreement ->
        [feminine] crítica
       *[masculine] crítico
    }
value-high =
    { $agreement ->
        [feminine] alta
       *[masculine] alto
    }
value-low =
    { $agreement ->
        [feminine] baja
       *[masculine] bajo
    }
value-major = grave
value-medium =
    { $agreement ->
        [feminine] media
       *[masculine] medio
    }
value-minor = leve
value-moderate =
    { $agreement ->
        [feminine] moderada
       *[masculine] moderado
    }
value-ongoing = en curso
value-unknown =
    { $agreement ->
        [feminine] desconocida
       *[masculine] desconocido
    }
