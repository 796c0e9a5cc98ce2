### As palavras que se repetem nos relatórios de incidentes.

## Títulos

heading-summary = Resumo
heading-executive-summary = Resumo executivo
heading-incident-summary = Resumo do incidente
heading-incident-report = Relatório do incidente
heading-overview = Visão geral
heading-introduction = Introdução
heading-background = Contexto
heading-description = Descrição
heading-details = Detalhes
heading-symptoms = Sintomas
heading-what-happened = O que aconteceu
heading-what-happened-question = O que aconteceu?
heading-why-it-happened = Por que aconteceu
heading-why-it-happened-question = Por que aconteceu?

heading-timeline = Linha do tempo
heading-duration = Duração
heading-start-time = Horário de início
heading-end-time = Horário de término
heading-date = Data

heading-impact = Impacto
heading-customer-impact = Impacto nos clientes
heading-scope = Escopo
heading-severity = Gravidade
heading-affected-services = Serviços afetados
heading-affected-components = Componentes afetados
heading-affected-regions = Regiões afetadas
heading-affected-customers = Clientes afetados

heading-root-cause = Causa raiz
heading-root-causes = Causas raiz
heading-root-cause-analysis = Análise de causa raiz
heading-cause = Causa
heading-contributing-factors = Fatores contribuintes
heading-trigger = Gatilho
heading-detection = Detecção
heading-diagnosis = Diagnóstico
heading-investigation = Investigação

heading-response = Resposta
heading-resolution = Resolução
heading-remediation = Remediação
heading-remediation-items = Medidas de remediação
heading-corrective-actions = Ações corretivas
heading-preventive-actions = Ações preventivas
heading-mitigation = Mitigação
heading-recovery = Recuperação
heading-workaround = Solução de contorno
heading-prevention = Prevenção

heading-lessons-learned = Lições aprendidas
heading-what-went-well = O que deu certo
heading-what-went-well-question = O que deu certo?
heading-what-went-wrong = O que deu errado
heading-what-went-wrong-question = O que deu errado?
heading-where-we-got-lucky = Onde tivemos sorte
heading-what-we-are-doing = O que estamos fazendo
heading-action-items = Plano de ação
heading-next-steps = Próximos passos
heading-follow-up = Acompanhamento
heading-conclusion = Conclusão

heading-post-mortem = Post-mortem
heading-update = Atualização
heading-updates = Atualizações
heading-status = Status
heading-current-status = Status atual
heading-maintenance = Manutenção
heading-scheduled-maintenance = Manutenção programada
heading-note = Nota
heading-notes = Notas
heading-references = Referências
heading-appendix = Apêndice
heading-more-information = Para mais informações

## Status de um incidente ou de uma manutenção

status-investigating = Investigando
status-identified = Identificado
status-monitoring = Monitorando
status-resolved = Resolvido
status-postmortem = Post-mortem
status-scheduled = Agendado
status-in-progress = Em andamento
status-verifying = Verificando
status-completed = Concluído
status-update = Atualização

## Níveis de impacto

impact-none = Nenhum
impact-minor = Leve
impact-major = Grave
impact-critical = Crítico
impact-maintenance = Manutenção

## Palavras que ficam sozinhas em uma linha

remark-thanks = Obrigado
remark-down = Fora do ar
remark-back-up = De volta ao ar

## Rótulos dos avisos de um relatório: `> [!WARNING]`

alert-note = Observação
alert-tip = Dica
alert-important = Importante
alert-warning = Aviso
alert-caution = Cuidado

## Rótulos que não são títulos, e valores dos rótulos

label-affected = Afeta
label-priority = Prioridade

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
        [feminine] nenhuma
       *[masculine] nenhum
    }
value-all =
    { $agreement ->
        [feminine] todas
       *[masculine] todos
    }
value-all-customers = todos os clientes
value-all-regions = todas as regiões
value-all-services = todos os serviços
value-all-users = todos os usuários
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
        [feminine] baixa
       *[masculine] baixo
    }
value-major = grave
value-medium =
    { $agreement ->
        [feminine] média
       *[masculine] médio
    }
value-minor = leve
value-moderate =
    { $agreement ->
        [feminine] moderada
       *[masculine] moderado
    }
value-ongoing = em andamento
value-unknown =
    { $agreement ->
        [feminine] desconhecida
       *[masculine] desconhecido
    }
