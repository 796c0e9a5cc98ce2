### O aviso que acompanha cada relatório.

disclaimer-publisher = quem publica este relatório

disclaimer-version-english = versão em inglês
disclaimer-version-original = versão original

disclaimer-label-machine = Tradução automática
disclaimer-label-reviewed = Tradução revisada
disclaimer-label-partial = Tradução automática incompleta
disclaimer-label-interim = Tradução em andamento
disclaimer-label-stale = Tradução de uma versão anterior
disclaimer-label-source = Ainda não traduzido
disclaimer-label-official = Versão oficial

disclaimer-machine = Este relatório foi traduzido automaticamente para oferecer uma compreensão básica do conteúdo.
disclaimer-reviewed = Este relatório foi traduzido automaticamente e depois revisado por uma pessoa.
disclaimer-partial = Alguns trechos não puderam ser traduzidos de forma confiável e permanecem no idioma original.
disclaimer-interim = Este relatório foi atualizado; os trechos novos ou alterados ainda não foram traduzidos e permanecem no idioma original.
disclaimer-stale = O relatório mudou desde que esta tradução foi feita; por isso, este texto pode estar desatualizado.
disclaimer-source = Este relatório ainda não foi traduzido; o que você vê é a { $official }, que é a oficial.
disclaimer-official = Esta é a versão oficial deste relatório.

disclaimer-effort = Foram feitos esforços razoáveis para traduzi-lo com exatidão, mas { $organisation } não garante a exatidão da tradução.
disclaimer-authority = Em caso de dúvida, consulte a { $official }, que é a oficial.

disclaimer-translated-on = Data da tradução: { $date }.
disclaimer-reviewed-on = Data da revisão: { $date }.
