### O que as páginas dizem além dos próprios relatórios.

## Todas as páginas

locale-name = Português (Brasil)
site-title = Relatórios de incidentes – { $organisation }
site-title-unnamed = Relatórios de incidentes
skip-to-content = Ir para o conteúdo
languages-label = Idiomas
language-current = Idioma atual
feed-label = Feed de notícias
feed-description = Relatórios de incidentes de { $organisation }, à medida que são publicados e atualizados.
feed-description-unnamed = Relatórios de incidentes, à medida que são publicados e atualizados.

## A lista

incidents-heading = Relatórios de incidentes
incidents-none = Nenhum incidente foi publicado ainda.
incidents-count =
    { $count ->
        [one] { $shown } relatório de incidente
        [many] { $shown } de relatórios de incidentes
       *[other] { $shown } relatórios de incidentes
    }
page-previous = Página anterior
page-next = Próxima página
pages-label = Páginas

## Um relatório

label-status = Status
label-impact = Impacto
label-components = Componentes afetados
label-published = Publicado
label-updated = Atualizado
label-last-updated = Última atualização
label-translation = Tradução
label-translated = Traduzido
label-version = Versão
label-incident = Incidente
translated-by = Traduzido por { $engine }
reviewed-by = Revisado por { $person }
original-version = Versão original
official-version = Versão oficial
read-report = Ler o relatório
back-to-list = Todos os relatórios de incidentes
label-code = Código
label-table = Tabela
untranslated-passage = Este trecho não foi traduzido.

## Estado de uma tradução

state-pending = Pendente
state-translating = Em andamento
state-current = Atualizada
state-stale = Desatualizada
state-partial = Incompleta
state-failed = Com falha
state-held = Suspensa

## Quando não há relatório para exibir

not-found-heading = Página não encontrada
not-found-text = Não há nenhuma página nem relatório de incidente neste endereço.
gone-heading = Relatório retirado
gone-text = { $organisation } retirou este relatório de incidente.
gone-text-unnamed = Este relatório de incidente foi retirado.
error-heading = Ocorreu um erro
error-text = Não foi possível exibir a página. Tente novamente em alguns instantes.
bad-request-heading = Solicitação inválida
bad-request-text = Verifique o endereço.
busy-heading = Solicitações em excesso
busy-text = Tente novamente em alguns instantes.
