//! What Italian says of each pole; the form is described in [`super`].

pub(super) const WORDS: &str = "
least: almeno per_lo_meno come_minimo più_di più_del più_della più_dei più_delle più_degli più_dell oltre_# non_meno_di un_minimo_di ?oltre ?superior* ?minim* ?supera* ?sopra ?o_più ?più ?ecced* ?maggior*
most: al_massimo tutt_al_più non_più_di meno_di meno_del meno_della meno_dei meno_delle meno_degli meno_dell fino_a_# un_massimo_di al_di_sotto_di_# ?fino ?inferior* ?massim* ?sotto ?entro ?o_meno ?meno ?quasi ?sino
more: più ?maggior* ?altr* ?ulterior* ?aument* ?oltre ?inoltre ?anche ?nuov*
fewer: meno ?minor* ?inferior* ?ridott* ?ridu* ?poch*
before: prima precedentemente ?precedent* ?anticip* ?vigilia ?fino ?davanti ?innanzi ?preced* ?fa ?entro
after: dopo successivamente in_seguito_a ?seguito ?successiv* ?quando ?una_volta ?seguent* ?poi ?appena ?dopodiché ?da ?dal ?dall ?dalla ?passat* ?trascors* ?segu* ?a_partire ?più_tardi ?all ?al ?alla
until: fino finché fintanto sino ?a_meno ?mentre ?prima ?entro ?salvo ?quando ?al ?a ?per ?in_attesa ?non
since: a_partire sin_da sin_dal sin_dalla fin_da fin_dal fin_dalla ?da ?dal ?dall ?dalla ?dalle ?dai ?dagli ?dallo ?poiché ?perché ?siccome ?dato ?visto ?in_quanto ?fa ?dopo ?per ?di
increase: aument* cresc* cresciut* increment* salit* sale salgono alz* innalz* superiore superiori maggiore maggiori impenn* ?più ?picc* ?elev* ?alt* ?cresciu* ?rialz* ?ampli* ?raddopp* ?aggrav* ?sollev* ?moltiplic* ?sal* ?rinforz*
decrease: diminu* cal* ridu* ridott* scend* sces* abbass* inferiore inferiori minore minori crollat* ?meno ?bass* ?croll* ?cadut* ?cad* ?minor* ?ribass* ?attenu* ?declin* ?persi ?pers* ?scart* ?rifiut* ?abbandon* ?interrott*
high: alto alta alti alte elevato elevata elevati elevate ?maggior* ?grand* ?fort* ?intens* ?superior* ?molt* ?notevol*
low: basso bassa bassi basse scarso scarsa ?ridott* ?minor* ?inferior* ?poc* ?scars* ?minim* ?debol*
up: disponibile disponibili online funziona funzionano operativ* raggiungibile raggiungibili in_funzione ?funzion* ?attiv* ?accessib* ?ripristin* ?normal* ?recuper* ?tornat* ?ripres* ?risal* ?servizio ?in_piedi
down: fuori_servizio fuori_uso offline indisponib* irraggiungib* inaccessib* ?fuori ?non ?interrott* ?interruzion* ?guast* ?inattiv* ?disconness* ?giù ?bloccat* ?cadut* ?ferm* ?senza ?sospes* ?ko ?manc*
degraded: degradat* ?degrad* ?lent* ?deterior* ?prestazion* ?limitat* ?parzial* ?ridott* ?peggior* ?rallent* ?compromess* ?scad* ?mal*
dead: fuori_servizio fuori_uso offline indisponib* irraggiungib* ?interrott*
enable: abilit* attivato attivata attivati attivate attiva attivare attivano acces* ?attiv* ?accend* ?consent* ?permett* ?permess* ?avvi* ?inser*
disable: disabilit* disattiv* spent* spegn* ?disinserit* ?non ?senza ?blocc* ?sospes* ?ferm* ?rimoss* ?inattiv* ?esclus*
start: inizi* cominci* avviato avviata avviati avviate avvia avviare ?avvi* ?part* ?dall ?dal ?dalla ?esord* ?lanci* ?apert* ?apr* ?principi* ?prim* ?insorg* ?ripres* ?riprend* ?entrat*
stop: terminat* termina terminano terminò terminare terminerà finito finita finiti finite finisce finiscono concluso conclusa conclus* conclud* cessat* cessa cessano fermat* ferma fermare fermano smess* smett* interrott* ?interromp* ?arrest* ?sospes* ?fin* ?non ?blocc* ?chius* ?chiud* ?complet* ?cess* ?spent* ?risolt* ?esaur* ?termin* ?tronc* ?fine ?impedi* ?evit*
accept: accett* approvat* accolt* ?approv* ?concess* ?consent* ?permess* ?permett* ?autorizz* ?ammess* ?ammett*
reject: respint* rifiut* negat* ?nega* ?respin* ?rigett* ?non ?blocc* ?viet* ?scart* ?declin* ?fall* ?impedi*
all: tutti tutte tutta ogni ?tutt* ?complet* ?inter* ?total* ?ciascun* ?qualsiasi ?entramb* ?integral* ?sempre ?pien* ?nessun* ?chiunque
half: metà la_metà ?mezz* ?dimezz*
third: un_terzo ?terz*
quarter: un_quarto ?quart* ?trimestr*
most_of: la_maggior_parte la_maggioranza ?maggior* ?quasi ?più ?gran
few: pochi poche ?poc* ?alcun* ?qualche ?qualcun* ?pai* ?manciat* ?divers* ?rar* ?minoranza ?limitat* ?ridott* ?cert* ?meno ?isolat* ?piccol*
many: molti molte ?molt* ?numeros* ?divers* ?vari* ?tant* ?parecch* ?più ?gran* ?maggior* ?numero ?elevat*
some: ?alcun* ?qualche ?divers* ?molt* ?cert* ?parte ?maggior* ?poch* ?vari* ?un ?una ?dei ?delle ?degli ?qualcun* ?determinat* ?parecch* ?più ?non_tutt* ?un_po ?gruppo
nobody: nessun nessuno nessuna
minor: lieve lievi minore minori piccolo piccola piccoli piccole trascurabil* ?leggera* ?legger* ?liev* ?piccol* ?poc* ?minor* ?secondari* ?marginal* ?minim* ?scars*
major: grave gravi critico critica critici critiche serio seria severo severa ?grav* ?important* ?critic* ?sever* ?seri* ?grand* ?maggior* ?principal* ?significativ* ?fort* ?notevol* ?urgent* ?ampi* ?rilevant* ?considerevol*
intermittent: intermittent* sporadic* occasional* saltuari* ?a_tratti ?volt* ?tanto ?intermittenz* ?saltuar* ?singhiozzo
constant: continuo continua continui continue continuamente costante costanti costantemente persistent* permanente permanenti ininterrott* ?continu* ?persist* ?sempre ?tutt* ?incessant* ?perman* ?stabil*
temporary: temporane* provvisori* transitori* ?momentane* ?breve* ?per_ora ?tampone ?brev*
permanent: permanente permanenti permanentemente definitiv* ?sempre ?durevol* ?perman* ?durat* ?final* ?stabil*
must: devono deve dovete bisogna obbligatori* ?dev* ?dov* ?bisogn* ?necess* ?obblig* ?occorr* ?tenut* ?richiest* ?richied* ?serv* ?va ?vanno
may: possono può potete potrebbe potrebbero potranno potrà possa possano ?poss* ?può ?pot* ?poss* ?forse ?possibil* ?facoltativ* ?magari ?eventual* ?rischi* ?probab* ?capac* ?permett* ?riesc* ?riusc* ?consent* ?impossib*
yesterday: ieri ?stanotte
today: oggi ?odiern* ?attual* ?quest* ?ora ?giorno ?adesso ?stamattina ?stasera
tomorrow: domani ?domattina ?prossimo ?indomani
morning: mattina mattine mattino stamattina stamani domattina ?mattutin* ?mattinata ?alba ?presto ?domani
afternoon: pomeriggio pomeriggi ?pomeridian*
evening: sera sere serata stasera ?pomeriggio ?notte ?seral*
night: notte notti nottata stanotte ?mezzanotte ?notturn* ?sera ?serata
monday: lunedì
tuesday: martedì
wednesday: mercoledì
thursday: giovedì
friday: venerdì
saturday: sabato sabati ?settimana ?weekend
sunday: domenica domeniche ?settimana ?weekend
january: gennaio
february: febbraio
march: marzo
april: aprile
may_month: maggio
june: giugno
july: luglio
august: agosto
september: settembre
october: ottobre
november: novembre
december: dicembre
second: al_secondo secondi ogni_secondo un_secondo ?secondo ?second* ?attim* ?istant* ?moment*
minute: minuto minuti ?moment* ?minut* ?quarto
hour: ore all_ora un_ora ogni_ora ?ora ?orar* ?oraria ?mezz* ?notte
day: giorno giorni giornalier* quotidian* ?giornat* ?oggi ?ore ?ieri ?domani ?lavorativ*
week: settimana settimane settimanal* ?settimanal* ?weekend ?lavorativ*
month: mese mesi mensil* ?trimestr*
year: anno anni annual* annuo ?annu* ?anniversari* ?trimestr*
dollar: dollaro dollari
euro: euro
pound: sterlin* ?libbr* ?libr*
yen: yen
mile: miglio miglia
kilometer: chilometro chilometri
meter: metro metri ?metr*
foot: ?pied*
inch: pollice pollici
celsius: celsius ?centigrad*
fahrenheit: fahrenheit
kilobyte: kilobyte
megabyte: megabyte ?mega
gigabyte: gigabyte ?giga
terabyte: terabyte ?tera
dozens: dozzina dozzine ?dodici ?decine
hundreds: centinaio centinaia ?cento ?duecento ?trecento ?quattrocento ?cinquecento ?seicento ?settecento ?ottocento ?novecento
thousands: migliaio migliaia ?mille ?mila ?duemila ?tremila ?diecimila ?centomila
millions: milione milioni
billions: miliardo miliardi
first: primo prima_volta primi prime ?prima ?inizial* ?inizi* ?dapprima ?prim* ?quando ?appena
second_place: il_secondo seconda seconde ?second* ?altr* ?due ?secondari* ?successiv*
third_place: terzo terza terzi terze
fourth_place: quarta ?quart* ?sala
fifth_place: quinto quinta
agree: concord* d_accordo ?accord* ?condivid* ?accett* ?conven* ?concordat* ?pattui*
disagree: dissent* in_disaccordo discord* ?non ?disaccord* ?contrari* ?contro
recommend: raccomand* consigliamo consiglia consigliato suggeriamo ?consigl* ?sugger* ?raccomand* ?propon*
discourage: sconsigl* ?non ?contro ?evit*
work: funzionato funzionava funzionavano ?funzion* ?success* ?riuscit* ?buon* ?andat* ?riusc* ?lavor* ?avuto ?ottenut* ?complet*
fail: fallit* fallisc* fallì fallire ?fall* ?error* ?non ?guast* ?smess* ?manc* ?senza ?interrott* ?rott* ?blocc* ?cadut* ?pers* ?impossib* ?scadut* ?problem* ?esito ?rifiut* ?saltat*
lost: pers* perdut* perd* eliminat* ?elimin* ?cancell* ?distrutt* ?non ?smarrit* ?sparit* ?senza
kept: conservat* preservat* conserva ?conserv* ?mantenut* ?salv* ?intatt* ?recuperat* ?ripristinat* ?preserv* ?manten* ?rest*
incoming: in_entrata in_ingresso in_arrivo entranti ?ricevut* ?entrat* ?entr* ?arriv* ?ricez* ?ricev*
outgoing: in_uscita uscenti ?inviat* ?invi* ?uscit* ?usc* ?spedit* ?mandat* ?pubblic* ?lasc*
internal: interno interna interni interne internamente ?dentro ?propri* ?intern* ?in ?privat*
external: esterno esterna esterni esterne esternamente ?fuori ?terz* ?pubblic* ?fornitor* ?estern* ?ester* ?stranier*
oldest: vecchio vecchia vecchi vecchie antico antica datat* ?precedent* ?vecchi* ?antic* ?obsolet* ?anzian* ?anni
newest: nuovo nuova nuovi nuove recente recenti ?nuov* ?ultim* ?modern* ?recent* ?novità ?altr*
open: apri aprire aprite apra aperto aperta aperti aperte ?apr* ?apert* ?avvi* ?inizi* ?pubblic*
close: chius* chiud* ?vicin* ?conclu* ?concl* ?termin*
primary: primario primaria primari primarie principale principali ?prim* ?princip*
secondary: secondari* ?second* ?riserva ?replic* ?standby ?ausiliar*
north: nord ?settentr* ?nordest ?nordovest ?nord*
south: sud ?meridion* ?sud* ?sudest
east: ?est ?orient* ?nord* ?sud*
west: ovest ?occident* ?nordovest ?sudovest
left: pannello_sinistro pulsante_sinistro sinistra ?sinistr* ?lasci* ?uscit* ?rest* ?riman*
right: destro destra ?destr* ?giust* ?corrett* ?diritt* ?proprio ?subito
add: aggiunto aggiunta aggiunti aggiunte aggiung* ?aggiunt* ?inclu* ?inser* ?alleg* ?integr*
remove: rimosso rimossa rimossi rimosse rimuov* eliminat* tolto tolta ?toglie* ?tolt* ?elimin* ?cancell* ?ritir* ?rimoz* ?disinstall* ?estra* ?esclu* ?svuot*
create: creato creata creati create crea creare ?cre* ?gener* ?costru* ?prodott* ?produc* ?stabil* ?apert*
upload: caricament* upload ?caric* ?invi* ?sal*
download: scaricament* download ?scaric*
lock: bloccato bloccata bloccati bloccate ?blocc* ?chius* ?blocco
unlock: sblocc* ?apert* ?liber* ?apr*
fast: veloce veloci velocemente rapid* ?veloc* ?pront* ?immediat* ?presto ?celer* ?subito ?brev*
slow: lent* ?rallent* ?piano ?ritard* ?lentezz*
last: scorso scorsa scorsi scorse passato passata passati passate ?ultim* ?precedent* ?dur* ?fa ?final* ?ieri ?recent* ?stanotte ?finalmente ?tard*
next: prossimo prossima prossimi prossime ?prossim* ?successiv* ?seguent* ?futur* ?presto ?poi ?dopo ?accanto ?vicin* ?veni* ?imminent*
better: migliorat* miglior* ?meglio ?ben* ?preferib* ?ottimizz*
worse: peggio peggior* ?aggrav* ?degrad* ?deterior* ?mal* ?brutt*
optional: facoltativ* opzional* ?volont* ?scelta
mandatory: obbligatori* ?obblig* ?necessari* ?richiest* ?tassativ* ?forz*
known: noto nota noti note conosciuto conosciuta conosciuti conosciute ?conosc* ?sapp* ?identificat* ?consapevol* ?risaput* ?riconosc* ?chiamat* ?individuat*
unknown: sconosciut* ignoto ignota ignoti ignote ?non ?ignot* ?ignor* ?incert*
encrypt: crittografat* cifrato cifrata cifrati cifrate ?crittograf* ?cifra*
decrypt: decifrat* decrittograf* ?non ?senza ?decritt* ?decifr* ?in_chiaro
yes_correct: corretto corretta corretti corrette correttamente ?corrett* ?giust* ?bene ?esatt* ?valid* ?regolar* ?success* ?correg*
incorrect: errato errata errati errate scorrett* sbagliat* erroneamente ?erron* ?non ?invalid* ?fals* ?difett* ?errat* ?inesatt* ?mal*
safe: sicuro sicura sicuri sicure ?sicur* ?salv* ?cert*
unsafe: insicur* pericolos* ?non ?vulnerabil* ?rischi* ?espost* ?poco
full: pieno piena pieni piene ?pien* ?riemp* ?complet* ?satur* ?total* ?inter*
empty: vuoto vuota vuoti vuote ?vuot* ?svuot* ?senza
read: lettura letture leggere ?legg* ?lett* ?lesse
write: scrittura scritture scrivere ?scri*
expected: previsto prevista previsti previste atteso attesi ?prev* ?att* ?aspett*
unexpected: inattes* imprevist* inaspettat* ?sorpres*
gained: guadagn* ?acqui* ?ott* ?vin*
spain: spagna ?spagnol*
france: francia ?frances*
italy: italia ?italian*
germany: germania ?tedesc*
portugal: portogallo ?portoghes*
brazil: brasile ?brasilian*
mexico: messico ?messican*
argentina: argentina ?argentin*
britain: inghilterra bretagna ?regno_unito ?britannic* ?ingles*
ireland: irlanda ?irland*
netherlands: olanda paesi_bassi ?oland* ?bassi
poland: polonia ?polacc*
japan: giappone ?giappon*
china: cina ?cines*
india: india ?indian*
canada: canada ?canades*
australia: australia ?austral*
europe: europa europeo europea europei europee ?europ* ?eurozona ?ue ?comunitar*
america: america americano americana americani americane ?american* ?stati_uniti ?statunitens* ?usa
asia: asia ?asiatic*
africa: africa ?african*
london: londra ?londines*
lisbon: lisbona
paris: parigi ?parigin*
madrid: madrid
rome: roma ?roman*
milan: milano ?milanes*
berlin: berlino
frankfurt: francoforte
dublin: dublino
tokyo: tokyo tokio
paulo: são_paulo san_paolo ?paolo
-: a_meno_che più_o_meno né_più_né_meno per_la_prima_volta più_tardi al_più_presto non_più di_più finora fino_ad_ora fin_d_ora ogni_tanto al_giorno_d_oggi buon_giorno di_seconda_mano new_york corea_del_sud corea_del_nord america_del_nord america_del_sud america_latina sud_africa in_primo_luogo a_prima_vista alta_disponibilità bassa_latenza tra_l_altro prima_di_tutto per_sempre come_prima di_nuovo
";
