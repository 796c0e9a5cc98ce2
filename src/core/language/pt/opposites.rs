//! What Portuguese says of each pole; the form is described in [`super`].

pub(super) const WORDS: &str = "
least: pelo_menos ao_menos no_mínimo mais_de mais_do_que não_menos_de acima_de_# um_mínimo_de ?acima ?superior* ?mínim* ?supera* ?exced* ?ou_mais ?mais ?sobre ?maior* ?além ?ultrapass* ?menos
most: no_máximo menos_de menos_do_que até_# não_mais_de um_máximo_de abaixo_de_# ?até ?inferior* ?máxim* ?abaixo ?ou_menos ?menos ?dentro ?quase ?menor*
more: mais ?maior* ?outr* ?adiciona* ?aument* ?além ?demais ?nov*
fewer: menos ?menor* ?inferior* ?reduz* ?pouc*
before: antes previamente ?anterior* ?prévi* ?anteced* ?véspera ?até ?primeiro ?diante ?preced* ?atrás
after: depois após posteriormente na_sequência ?posterior* ?quando ?assim_que ?seguinte* ?desde ?logo ?ao ?passad* ?pass* ?segu* ?partir ?mais_tarde ?uma_vez
until: até enquanto ?a_menos ?antes ?salvo ?não ?quando
since: desde ?partir ?porque ?já_que ?visto ?dado ?como ?devido ?pois ?há ?de ?da ?do ?após ?depois ?por
increase: aument* cresc* subiu subiram subindo subir sobe sobem elevou elevaram elevamos superior superiores maior maiores dispar* ?elev* ?mais ?pico* ?alt* ?ampli* ?cresc* ?dobr* ?agrav* ?suba* ?increment* ?levant* ?sub*
decrease: diminu* reduz* reduç* caiu caíram caindo cair cai caem baixou baixaram baixamos inferior inferiores menor menores declin* ?baix* ?menos ?qued* ?caíd* ?decresc* ?perd* ?descart* ?rejeit* ?interromp* ?abandon* ?cort* ?recus*
high: alto alta altos altas elevado elevada elevados elevadas ?maior* ?grand* ?fort* ?intens* ?superior* ?muit*
low: baixo baixa baixos baixas ?menor* ?inferior* ?pouc* ?reduzid* ?escass* ?mínim* ?frac*
up: disponível disponíveis no_ar on_line online funcionando operacional operacionais ?funcion* ?ativ* ?acessív* ?restabelec* ?normal* ?recuper* ?volt* ?restaur* ?serviço ?retom*
down: fora_do_ar fora_de_serviço indisponív* inacessív* inoperante* ?caiu ?caí* ?não ?fora ?interromp* ?interrup* ?falh* ?inativ* ?desconect* ?desligad* ?off* ?par* ?deix* ?sem ?suspens* ?baix*
degraded: degradad* ?degrad* ?lent* ?deterior* ?desempenho ?limitad* ?parcia* ?reduz* ?pior* ?comprometid* ?prejudic* ?afetad* ?mal
dead: fora_do_ar fora_de_serviço indisponív* inoperante* ?caiu ?interromp*
enable: ativou ativado ativada ativados ativadas ativamos ativar ativa habilit* ligou ligado ligada ligamos ?ativ* ?lig* ?permit* ?possibilit* ?inici*
disable: desativ* desabilit* deslig* ?inativ* ?não ?sem ?bloque* ?suspens* ?remov* ?par*
start: começ* iniciou iniciado iniciada iniciamos iniciaram iniciar inicia ?inic* ?iníc* ?partir ?lanç* ?abr* ?desde ?surg* ?primeir* ?retom* ?entr* ?liga*
stop: terminou terminaram terminado terminada termina terminar encerrou encerraram encerrado encerrada encerra encerrar acabou acabaram parou pararam paramos parar finaliz* cessou cessaram concluí* deixou_de deixaram_de deixar_de interrompe* interrompid* ?conclu* ?fim ?final ?cess* ?deix* ?suspend* ?par* ?fech* ?não ?complet* ?termin* ?encerr* ?acab* ?deslig* ?resolv* ?trav* ?corta* ?imped* ?evit* ?até ?interromp*
accept: aceit* aprov* conced* ?permit* ?autoriz* ?admit*
reject: rejeit* recus* negad* negou ?neg* ?não ?bloque* ?proib* ?falh* ?imped* ?dispens*
all: todos todas toda ?todo ?tudo ?cada ?complet* ?inteir* ?total* ?qualquer ?quaisquer ?ambos ?íntegr* ?sempre ?integral* ?nenhum* ?ninguém
half: metade a_metade ?mei*
third: um_terço terça_parte ?terç* ?terceir*
quarter: um_quarto quarta_parte ?quart* ?trimestr*
most_of: a_maioria a_maior_parte ?maior* ?quase ?mais
few: poucos poucas ?pouc* ?algu* ?uns ?umas ?punhad* ?vári* ?rar* ?minoria ?limitad* ?pequen* ?reduzid* ?cert* ?menos ?isolad*
many: muitos muitas ?muit* ?numeros* ?vári* ?divers* ?grande ?múltipl* ?maior* ?bastant* ?mais ?número ?elevad*
some: ?algu* ?vári* ?muit* ?uns ?umas ?cert* ?parte ?parcela ?maior* ?pouc* ?divers* ?um ?uma ?determinad* ?nem_tod* ?grupo ?algo
nobody: nenhum nenhuma nenhuns nenhumas ninguém
minor: pequeno pequena pequenos pequenas leve leves insignificante* ?menor* ?ligeir* ?leve* ?pouc* ?secundári* ?trivia* ?mínim*
major: grave graves crítico crítica críticos críticas sério séria sérios sérias severo severa ?grave* ?important* ?crític* ?sever* ?séri* ?grand* ?maior* ?principa* ?significativ* ?fort* ?urgent* ?ampl* ?consider*
intermittent: intermitent* esporádic* ocasiona* ?vez* ?moment* ?pontua* ?intermit* ?transitóri* ?isolad*
constant: contínuo contínua contínuos contínuas continuamente constante constantes constantemente persistent* permanente permanentes ininterrupt* ?contin* ?persist* ?permanent* ?sempre ?tod* ?constant*
temporary: temporári* provisóri* transitóri* ?momentâne* ?breve* ?por_enquanto ?tempor*
permanent: permanente permanentes permanentemente definitiv* ?sempre ?perman* ?duradour* ?fina*
must: devem deve é_preciso obrigatóri* têm_de tem_de têm_que tem_que precisam precisa ?dev* ?precis* ?necess* ?obrig* ?exig* ?requer* ?ter* ?tem ?têm ?tenh*
may: podem pode poderá poderão poderia poderiam possa possam ?pod* ?poss* ?talvez ?risco* ?eventua* ?prova* ?opciona* ?capaz* ?conseg* ?permit* ?pud* ?impossív*
yesterday: ontem ?anteontem
today: hoje ?atua* ?este ?esta ?neste ?nesta ?agora ?dia
tomorrow: amanhã ?próximo ?seguinte
morning: manhã manhãs ?madrugada ?matin* ?matutin* ?cedo
afternoon: da_tarde à_tarde ?tarde ?tardes ?vespertin*
evening: ?tarde ?tardes ?noite ?noites ?noturn* ?anoitecer
night: noite noites ?madrugada ?meia_noite ?noturn* ?meia ?tarde
monday: segunda_feira ?segunda ?segundas
tuesday: terça_feira ?terça ?terças
wednesday: quarta_feira ?quarta ?quartas
thursday: quinta_feira ?quinta ?quintas
friday: sexta_feira ?sexta ?sextas
saturday: sábado sábados ?semana
sunday: domingo domingos ?semana
january: janeiro
february: fevereiro
march: março
april: abril
may_month: maio
june: junho
july: julho
august: agosto
september: setembro
october: outubro
november: novembro
december: dezembro
second: segundo segundos ?segund* ?moment* ?instant* ?o_segundo ?do_segundo ?no_segundo
minute: minuto minutos ?moment* ?minut* ?quarto
hour: hora horas ?horári* ?mei* ?noite
day: dia dias diário diária diariamente ?diári* ?hoje ?horas ?cotidian* ?ontem ?amanhã ?jornad* ?data*
week: semana semanas semanal semanais semanalmente ?semana* ?quinzen* ?úte*
month: mês meses mensal mensais mensalmente ?mensa* ?trimestr*
year: ano anos anual anuais anualmente ?anua* ?anivers* ?trimestr*
dollar: dólar dólares
euro: euro euros
pound: libras_esterlinas ?libra ?libras ?quilo*
yen: iene ienes
mile: milha milhas
kilometer: quilômetro quilômetros quilómetro quilómetros
meter: metro metros ?medidor*
foot: ?pé ?pés
inch: polegada polegadas
celsius: celsius ?centígrad*
fahrenheit: fahrenheit
kilobyte: kilobyte kilobytes ?quilobyte*
megabyte: megabyte megabytes
gigabyte: gigabyte gigabytes
terabyte: terabyte terabytes
dozens: dúzia dúzias ?doze ?dezenas
hundreds: centena centenas ?cem ?cento ?centos ?duzent* ?trezent* ?quatrocent* ?quinhent* ?seiscent* ?setecent* ?oitocent* ?novecent*
thousands: milhares milhar ?mil
millions: milhão milhões
billions: bilhão bilhões ?mil_milhões
first: primeiro primeira primeiros primeiras ?inicia* ?iníc* ?antes ?primeir* ?assim_que ?quando
second_place: o_segundo do_segundo no_segundo segunda segundas segundo_ponto ?segund* ?outr* ?dois ?duas ?secundári* ?nov* ?seguinte*
third_place: terceiro terceira terceiros terceiras ?terç*
fourth_place: ?quart* ?sala
fifth_place: quinto ?quint*
agree: concord* de_acordo ?acord* ?aceit* ?combin*
disagree: discord* em_desacordo ?não ?desacord* ?contrári* ?contra
recommend: recomend* aconselh* sugerimos ?suger* ?sugir* ?aconselh* ?propo*
discourage: desaconselh* ?não ?contra ?evit* ?desencoraj*
work: funcionou funcionaram ?funcion* ?sucesso ?êxito ?consegu* ?deu ?certo ?bem ?trabalh* ?resolv* ?complet* ?conclu*
fail: falhou falharam falha falham fracass* ?falh* ?erro* ?não ?caiu ?caí* ?deix* ?sem ?romp* ?interromp* ?impossív* ?rejeit* ?expir* ?perd* ?esgot* ?problema* ?trav* ?par*
lost: perd* perdid* ?exclu* ?apag* ?delet* ?destru* ?não ?elimin* ?desaparec* ?sem ?sum*
kept: preserv* conserv* mantid* ?mant* ?guard* ?intact* ?salv* ?recuper* ?restaur* ?continu* ?armazen* ?ret*
incoming: recebidas recebidos de_entrada ?receb* ?entrad* ?entra* ?cheg* ?recep*
outgoing: enviadas enviados de_saída ?envi* ?saíd* ?sai* ?mand* ?post* ?public* ?saindo
internal: interno interna internos internas internamente ?dentro ?própri* ?interior* ?intern* ?em ?privad*
external: externo externa externos externas externamente ?fora ?exterior* ?terceir* ?públic* ?fornecedor* ?extern* ?estrangeir*
oldest: velho velha velhos velhas antigo antiga antigos antigas ?anterior* ?antig* ?velh* ?obsolet* ?prévi* ?anos ?idos*
newest: novo nova novos novas recente recentes ?nov* ?últim* ?modern* ?recent* ?outr*
open: abriu abra abrir abre abrem aberto aberta abertos abertas ?abr* ?abert* ?inici*
close: fech* encerr* ?conclu* ?perto ?próxim* ?termin*
primary: principal principais primário primária primários primárias ?primeir* ?mestr* ?primári*
secondary: secundári* ?segund* ?reserva ?réplica ?backup ?auxiliar*
north: norte ?nort* ?nordeste ?noroeste ?setentr*
south: sul ?sulist* ?meridion* ?sud* ?sul*
east: ?leste ?orient* ?nordeste ?sudeste ?lest*
west: oeste ?ocident* ?noroeste ?sudoeste
left: esquerd* ?deix* ?saiu ?sair* ?rest* ?fic*
right: direito direita ?direit* ?corret* ?certo ?logo
add: adicion* acrescent* ?inclu* ?inser* ?som* ?agreg* ?anex*
remove: remov* exclu* retir* apag* delet* ?elimin* ?tir* ?desinstal* ?descart* ?limp* ?remo*
create: criado criada criados criadas criou criamos criaram criar ?cri* ?ger* ?constr* ?produz* ?estabelec* ?abr*
upload: uploads upload envios ?envi* ?carreg* ?upload*
download: downloads download ?baix* ?descarreg* ?download*
lock: bloquead* bloque* ?trav* ?fechad* ?tranc*
unlock: desbloque* ?abr* ?liber* ?abert* ?destranc*
fast: rápid* ?veloz* ?veloc* ?pront* ?ágil* ?imediat* ?depressa ?breve* ?logo
slow: lent* ?devagar ?atras* ?demor* ?lentid*
last: passado passada passados passadas último última últimos últimas ?últim* ?anterior* ?dur* ?há ?ontem ?fina* ?recent* ?atrás ?retrasad* ?tard*
next: próximo próxima próximos próximas ?próxim* ?seguint* ?que_vem ?futur* ?logo ?breve ?depois ?lado ?posterior*
better: melhor* ?bem ?aprimor* ?preferív* ?otimiz*
worse: pior piores piorou pioraram piorar ?pior* ?agrav* ?degrad* ?deterior* ?mal ?rui*
optional: opcional opcionais opcionalmente facultativ* ?volunt* ?opç*
mandatory: obrigatóri* ?obrig* ?necessári* ?exig* ?requer* ?forç*
known: conhecido conhecida conhecidos conhecidas ?conhec* ?sab* ?identific* ?ciente* ?reconhec* ?consta* ?chamad*
unknown: desconhecid* ?não ?ignor* ?desconhec* ?incert* ?sem
encrypt: criptografad* cifrad* ?criptograf* ?cifr* ?encript*
decrypt: descriptograf* decifrad* ?não ?sem ?descript* ?decifr*
yes_correct: correto correta corretos corretas corretamente ?corret* ?cert* ?bem ?adequad* ?devid* ?exat* ?válid* ?sucesso ?corrig*
incorrect: incorret* errado errada errados erradas errone* ?errône* ?erro* ?mal ?não ?inválid* ?fals* ?defeit* ?inadequad* ?indevid* ?equivoc*
safe: seguro segura seguros seguras ?segur* ?salv* ?cert*
unsafe: insegur* perigos* ?não ?vulneráv* ?risc* ?expost* ?pouco
full: cheio cheia cheios cheias ?ench* ?complet* ?lotad* ?total* ?plen* ?integr*
empty: vazio vazia vazios vazias ?vazi* ?esvazi* ?sem
read: leitura leituras ler ?lê* ?leu ?lid* ?lei*
write: escrita escritas escrever gravações ?escr* ?grav*
expected: previsto prevista previstos previstas esperado esperada esperados esperadas ?esper* ?prev*
unexpected: inesperad* imprevist* ?surpres*
gained: ganh* ?obt* ?conqu* ?adquir* ?aument*
spain: espanha ?espanh*
france: frança ?franc*
italy: itália ?italian*
germany: alemanha ?alem*
portugal: portugal ?portugu*
brazil: brasil ?brasileir*
mexico: méxico ?mexican*
argentina: argentina ?argentin*
britain: inglaterra bretanha ?reino_unido ?britânic* ?ingl*
ireland: irlanda ?irland*
netherlands: holanda países_baixos ?holand* ?baixos
poland: polônia ?polon* ?polac*
japan: japão ?japon*
china: china ?chin*
india: índia ?indian*
canada: canadá ?canad*
australia: austrália ?austral*
europe: europa europeu europeia europeus europeias ?europ* ?ue
america: américa americano americana americanos americanas ?americ* ?estadunid* ?unidos ?eua
asia: ásia ?asiátic*
africa: áfrica ?african*
london: londres ?londrin*
lisbon: lisboa ?lisboet*
paris: paris ?parisiens*
madrid: madri madrid
rome: roma ?roman*
milan: milão ?milan*
berlin: berlim
frankfurt: frankfurt
dublin: dublin dublim
tokyo: tóquio
paulo: são_paulo ?paulo
-: a_menos_que mais_ou_menos nem_mais_nem_menos mais_tarde mais_tardar pela_primeira_vez cada_vez até_agora até_o_momento para_sempre de_novo dia_a_dia em_dia hoje_em_dia bom_dia boa_tarde boa_noite de_segunda_mão nova_york carolina_do_norte carolina_do_sul coreia_do_sul coreia_do_norte américa_do_norte américa_do_sul américa_latina áfrica_do_sul em_primeiro_lugar à_primeira_vista alta_disponibilidade baixa_latência segundo_plano em_segundo_plano nada_mais não_mais
";
