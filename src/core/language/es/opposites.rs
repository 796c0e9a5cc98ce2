//! What Spanish says of each pole; the form is described in [`super`].

pub(super) const WORDS: &str = "
least: al_menos por_lo_menos como_mínimo cuando_menos más_de no_menos_de un_mínimo_de por_encima_de_# ?superior* ?mínim* ?supera* ?encima ?exced* ?o_más ?más ?sobre ?mayor* ?largo ?pas* ?menos
most: como_máximo como_mucho a_lo_sumo menos_de no_más_de hasta_# un_máximo_de por_debajo_de_# ?hasta ?inferior* ?máxim* ?debajo ?o_menos ?menos ?dentro ?casi ?menor* ?tope ?límite
more: más ?mayor* ?otra ?otro ?otros ?otras ?adicional* ?aument* ?super* ?además ?demás ?nuev*
fewer: menos ?menor* ?inferior* ?reduc* ?poc*
before: antes previamente previo previa ?anterior* ?anticip* ?víspera ?hasta ?primero ?delante ?preced* ?hace
after: después tras luego posteriormente a_raíz_de ?posterior* ?cuando ?una_vez ?siguiente* ?desde ?tan_pronto ?al ?pasad* ?pas* ?seguid* ?partir ?más_tarde ?a_continuación ?ya ?en_cuanto ?a_los
until: hasta ?a_menos ?mientras ?antes ?tanto ?salvo ?no ?cuando ?a ?al ?para ?en
since: desde ?partir ?porque ?ya_que ?puesto ?dado ?como ?debido ?pues ?lleva* ?hace ?de ?del ?tras ?después ?por ?con
increase: aument* increment* crec* subi* sube* suben subía* elev* alz* dispar* mayor mayores superior superiores ?más ?pico* ?agrav* ?acentu* ?multiplic* ?ampli* ?alt* ?repunt* ?intensific* ?dobl* ?duplic* ?plante* ?levant* ?surg* ?cultiv* ?gener*
decrease: disminu* baj* reduc* cay* cae caen caía* descend* descens* menor menores inferior inferiores mengu* decrec* ?menos ?caíd* ?mer* ?remit* ?recort* ?rebaj* ?dej* ?rechaz* ?descart* ?perd* ?desplom* ?acort* ?rechaz* ?interrump* ?abandon* ?elimin* ?cort* ?declin* ?deneg*
high: alto alta altos altas elevado elevada elevados elevadas ?mayor* ?gran* ?much* ?fuerte ?intens* ?superior* ?muy ?importante*
low: baja bajas bajos escas* ?bajo ?poc* ?reducid* ?menor* ?inferior* ?mínim* ?débil*
up: operativ* en_línea en_funcionamiento funciona funcionan funcionaba disponible disponibles ?funcion* ?activ* ?accesib* ?restablec* ?recuper* ?normal* ?restaur* ?march* ?vuelv* ?volv* ?levant* ?servicio ?respond*
down: caído caída caídos caídas fuera_de_servicio fuera_de_línea inaccesib* indisponib* inoperativ* ?cay* ?cae ?no ?fuera ?interrump* ?interrupc* ?fall* ?inactiv* ?desconect* ?dej* ?ca* ?par* ?baj* ?sin ?suspend* ?abaj*
degraded: degradad* ?degrad* ?lent* ?deterior* ?rendimiento ?limit* ?parcial* ?merma* ?redu* ?mal ?peor ?afect* ?empeor* ?disminu* ?irregular*
dead: caído caída caídos caídas fuera_de_servicio fuera_de_línea indisponible indisponibles inoperativ* ?interrump*
enable: habilit* activó activa activas activan activado activada activados activadas activaron activamos encendió encendido encendida encendimos activará ?activ* ?encend* ?permit* ?posibilit* ?conect* ?pus* ?inici* ?puest*
disable: deshabilit* desactiv* inhabilit* apag* ?desconect* ?anul* ?no ?sin ?bloque* ?suspend* ?detuv* ?inactiv* ?discapac* ?quit* ?cerr*
start: empez* empiez* comenz* comienz* inició iniciar iniciaron iniciado iniciada iniciamos inicia inician arranc* ?inici* ?parti* ?desde ?lanz* ?pus* ?princip* ?abr* ?apert* ?emprend* ?puest* ?dio ?surg* ?primer* ?entr*
stop: terminó terminaron terminado terminada termina terminan termine terminar terminará terminamos finaliz* cesó cesaron cesado cesar deten* detien* detuv* detenid* paró pararon paramos dejó_de dejaron_de dejar_de concluy* concluid* acabó acabaron ?acab* ?termin* ?conclu* ?dej* ?cese* ?suspend* ?interrump* ?par* ?fin ?final ?finales ?cerr* ?complet* ?ces* ?ya_no ?no ?apag* ?resolv* ?resuel* ?cort* ?evit* ?hasta ?cabo ?imped*
accept: acept* aprob* aprueb* conced* admit* admiti* ?permit* ?autoriz* ?otorg* ?acog* ?asum*
reject: rechaz* deneg* denieg* ?neg* ?niega* ?no ?bloque* ?prohib* ?desestim* ?desech* ?refut* ?fall* ?impid* ?imped* ?recus* ?dispens*
all: todos todas toda la_totalidad ?todo ?cada ?complet* ?enter* ?total* ?cualquier* ?ambos ?íntegr* ?siempre ?plen* ?ningun* ?ningún ?nadie ?sin_excepción
half: la_mitad mitad ?medi* ?mitades
third: un_tercio tercera_parte ?tercio* ?tercer*
quarter: un_cuarto cuarta_parte ?cuart* ?trimestr*
most_of: la_mayoría la_mayor_parte ?mayor* ?casi ?más
few: pocos pocas ?poc* ?algun* ?algún ?unos ?unas ?par ?puñado ?escas* ?rara* ?minorí* ?varios ?varias ?limitad* ?reducid* ?pequeñ* ?poco ?ciert* ?menos ?aislad*
many: muchos muchas ?much* ?numeros* ?vari* ?gran ?múltiples ?divers* ?cantidad* ?multitud ?mayor* ?bastant* ?más ?número ?alt*
some: ?algun* ?algún ?vari* ?much* ?unos ?unas ?ciert* ?parte ?mayor* ?poc* ?divers* ?un ?una ?determinad* ?no_tod* ?algo ?grupo ?puñado ?par ?unas_cuantas
nobody: ningún ninguna ninguno nadie ningunos ningunas
minor: leve leves menor menores pequeño pequeña pequeños pequeñas insignificante* ?ligera* ?leve* ?liger* ?pequeñ* ?poc* ?menor* ?secundari* ?escas* ?trivial* ?mínim* ?levemente ?despreciable* ?algo
major: grave graves crítico crítica críticos críticas severo severa serio seria serios serias ?grave* ?importante* ?crític* ?sever* ?seri* ?gran* ?mayor* ?principal* ?significativ* ?fuerte* ?considerable* ?general* ?urgent* ?masiv* ?gravemente
intermittent: intermitent* esporádic* ocasional* ?puntual* ?vez_en_cuando ?a_veces ?ocasion* ?rato* ?transitori* ?aislad* ?veces
constant: continuo continua continuos continuas continuamente constante constantes constantemente persistente* permanente permanentes ininterrumpid* ?continu* ?persist* ?permanent* ?siempre ?tod* ?sostenid* ?seguid* ?sin_interrup* ?sigu*
temporary: temporal temporales temporalmente provisional* provisori* transitori* ?momentáne* ?tempor* ?breve* ?por_ahora ?pasajer* ?corto
permanent: permanente permanentes permanentemente definitiv* ?siempre ?permanent* ?perman* ?larg* ?final*
must: deben debe debe_de tienen_que tiene_que hay_que obligatori* ?deb* ?tien* ?tendr* ?necesit* ?obligad* ?obligator* ?preciso ?necesari* ?exig* ?requ* ?haga ?falta ?hay ?ten* ?oblig* ?imprescindible ?precis* ?hac*
may: pueden puede podrá podrán podría podrían puedan pueda opcional ?pued* ?podr* ?pud* ?pod* ?posib* ?quizá* ?tal_vez ?acaso ?es_posible ?opcional* ?riesgo* ?eventual* ?probab* ?capaz* ?permit* ?cabe ?lograr* ?logr* ?consig* ?imposib*
yesterday: ayer ?anoche ?anteayer
today: hoy ?actual* ?este ?esta ?ahora ?día
tomorrow: mañana ?próximo ?siguiente
morning: mañana mañanas ?madrugada ?matin* ?matutin* ?temprano
afternoon: por_la_tarde de_la_tarde esta_tarde ?tarde ?tardes ?vespertin*
evening: ?tarde ?tardes ?noche ?noches ?nocturn* ?anoche ?vespertin* ?por_la_tarde ?de_la_tarde ?esta_tarde
night: noche noches anoche nocturn* ?madrugada ?medianoche ?tarde ?por_la_tarde ?de_la_tarde ?esta_tarde
monday: lunes
tuesday: martes
wednesday: miércoles
thursday: jueves
friday: viernes
saturday: sábado sábados ?semana
sunday: domingo domingos ?semana
january: enero
february: febrero
march: marzo
april: abril
may_month: mayo
june: junio
july: julio
august: agosto
september: septiembre ?setiembre
october: octubre
november: noviembre
december: diciembre
second: segundo segundos ?segund* ?momento* ?instant* ?otra ?el_segundo ?del_segundo
minute: minuto minutos ?momento* ?minuta* ?cuarto
hour: hora horas ?horari* ?día ?media ?noche ?rato
day: día días diario diaria diariamente ?diari* ?jornada* ?hoy ?cotidian* ?horas ?ayer ?mañana ?fecha* ?madrugada
week: semana semanas semanal semanales semanalmente ?semanal* ?quincena* ?entre_semana ?laborab*
month: mes meses mensual mensuales mensualmente ?mensual* ?trimestr*
year: año años anual anuales anualmente ?anual* ?anivers* ?trimestr*
dollar: dólar dólares
euro: euro euros
pound: ?libra ?libras libras_esterlinas ?kilo*
yen: yen yenes
mile: milla millas
kilometer: kilómetro kilómetros
meter: metro metros ?medidor*
foot: ?pie ?pies
inch: pulgada pulgadas
celsius: celsius ?centígrad*
fahrenheit: fahrenheit
kilobyte: kilobyte kilobytes
megabyte: megabyte megabytes ?megas
gigabyte: gigabyte gigabytes ?gigas
terabyte: terabyte terabytes ?teras
dozens: docena docenas ?doce ?decenas
hundreds: centenar centenares cientos ?cien ?ciento ?centen* ?doscient* ?trescient* ?cuatrocient* ?quinient* ?seiscient* ?setecient* ?ochocient* ?novecient*
thousands: miles ?mil ?millar*
millions: millón millones
billions: mil_millones ?millar* ?billon*
first: primer primera primero primeros primeras ?inicial* ?princip* ?antes ?una_vez ?cuando ?un ?una
second_place: el_segundo del_segundo segundo_intento segunda segundas ?segund* ?otr* ?dos ?secundari* ?nuev* ?siguiente*
third_place: tercer tercera tercero terceros terceras ?tercio*
fourth_place: cuarta ?cuart* ?sala*
fifth_place: quinto quinta
agree: de_acuerdo coincid* ?acord* ?acuerd* ?coincid* ?acept* ?convin* ?comparti* ?pact* ?conven*
disagree: discrep* en_desacuerdo disent* disient* ?no ?desacuerd* ?contrari* ?contra
recommend: recomend* recomiend* aconsej* sugerimos sugiere ?sugier* ?suger* ?aconsej* ?convien* ?propon*
discourage: desaconsej* ?no ?contra ?evit* ?disua*
work: funcionó funcionaron ?funcion* ?éxito* ?logr* ?consig* ?march* ?tuvo ?bien ?surt* ?trabaj* ?sirv* ?dio ?serv* ?complet*
fail: falló fallaron falla fallan fracas* ?fall* ?error* ?no ?caíd* ?cay* ?dej* ?ca* ?sin ?romp* ?averi* ?rechaz* ?interrump* ?imposib* ?incorrect* ?suspend* ?agot* ?perd* ?mal ?problema*
lost: perdi* perdió pierd* perdid* perd* ?elimin* ?borr* ?destru* ?desaparec* ?no ?supr* ?sin ?extravi*
kept: conserv* preserv* ?guard* ?manten* ?mantuv* ?mantien* ?intact* ?salvo ?recuper* ?restaur* ?sigui* ?retuv* ?almacen*
incoming: entrante entrantes ?recib* ?entrad* ?entr* ?lleg* ?recepci*
outgoing: saliente salientes ?envi* ?enví* ?salid* ?sal* ?emit* ?mand* ?remit* ?public* ?llam*
internal: interno interna internos internas internamente ?dentro ?propi* ?interior* ?intern* ?en ?privad*
external: externo externa externos externas externamente ?fuera ?exterior* ?tercer* ?públic* ?proveedor* ?ajen* ?extern* ?extranjer*
oldest: viejo vieja viejos viejas antiguo antigua antiguos antiguas ?anterior* ?antig* ?viej* ?obsolet* ?previ* ?legad* ?años ?anciano*
newest: nuevo nueva nuevos nuevas reciente recientes ?nuev* ?últim* ?modern* ?recient* ?novedad* ?otr*
open: abri* abra abre abren abiert* ?abr* ?inici* ?apert* ?inaugur* ?público* ?habilit*
close: cerr* cierr* ?clausur* ?cierre* ?conclu* ?cerc* ?finaliz* ?próxim* ?termin*
primary: principal principales primario primaria primarios primarias ?primer* ?maestr* ?primordial* ?elemental*
secondary: secundari* ?segund* ?reserva ?réplica ?respaldo ?auxiliar*
north: norte ?nort* ?septentrional* ?nórdic* ?norde* ?noro*
south: sur ?sureñ* ?meridional* ?sud* ?sure* ?suro* ?austral*
east: este_de ?este ?orient* ?nor* ?sur* ?sud* ?oriente
west: oeste ?occident* ?noroeste ?suroeste ?sudoeste
left: izquierd* ?dej* ?sali* ?queda*
right: derecho derecha ?derech* ?correct* ?bien ?justo ?permis*
add: añad* agreg* incorpor* ?sum* ?anad* ?inclu* ?insert* ?adicion* ?adjunt* ?integr*
remove: elimin* quit* retir* borr* suprim* ?extra* ?desinstal* ?sac* ?descart* ?purg* ?supr* ?excl* ?vaci*
create: creó crearon crear creado creada creados creadas creamos ?crea* ?creó ?creo ?gener* ?constru* ?produc* ?estable* ?abr* ?provoc*
upload: subida subidas cargas ?sub* ?carg* ?envi* ?sub ?aument*
download: descarg* ?baj*
lock: bloque* ?cerr* ?cierr* ?interbloque* ?fij* ?candado*
unlock: desbloque* ?abr* ?liber*
fast: rápid* ?veloz* ?veloc* ?pront* ?ágil* ?inmediat* ?deprisa ?breve* ?prest*
slow: lent* ?despacio ?ralent* ?retras* ?tard* ?demor* ?paulatin*
last: pasado pasada pasados pasadas último última últimos últimas ?últim* ?anterior* ?dur* ?anoche ?hace ?final* ?ayer ?recient* ?por_fin ?atrás ?tarde ?antepas*
next: próximo próxima próximos próximas ?próxim* ?siguiente* ?que_viene ?luego ?futur* ?venider* ?pronto ?continuación ?despu* ?junto ?posterior*
better: mejor mejoró mejoraron mejorado mejorada mejora mejoran mejores ?mejor* ?preferib* ?bien ?perfeccion*
worse: peor peores empeor* ?agrav* ?deterior* ?degrad* ?mal*
optional: opcional opcionales opcionalmente facultativ* ?volunt* ?opci*
mandatory: obligatori* ?imprescind* ?necesari* ?oblig* ?requer* ?forz*
known: conocido conocida conocidos conocidas ?conoc* ?sab* ?identific* ?const* ?consciente* ?consab* ?sabid* ?reconoc* ?llamad* ?célebre*
unknown: desconocid* ?no ?ignor* ?desconoc* ?sin ?incógnit* ?incierto*
encrypt: cifrado cifrada cifrados cifradas cifra cifran ?cifr* ?encript*
decrypt: descifr* desencript* ?sin ?no ?desencript*
yes_correct: correcto correcta correctos correctas correctamente ?correct* ?bien ?adecuad* ?debid* ?exact* ?válid* ?éxito ?corrig* ?correg*
incorrect: incorrect* erróne* ?equivoc* ?mal ?no ?errad* ?inválid* ?fals* ?inexact* ?defect* ?indebid* ?falla* ?falló ?sin ?erron*
safe: seguro segura seguros seguras ?segur* ?salvo ?asegur* ?ciert*
unsafe: peligros* insegur* ?peligr* ?no ?vulnerab* ?riesg* ?expuest* ?poco
full: lleno llena llenos llenas ?llen* ?complet* ?plen* ?total* ?satur* ?enter*
empty: vacío vacía vacíos vacías ?vac* ?vací* ?sin ?limpi*
read: lectura lecturas leer ?leí* ?lect* ?lee* ?leo ?consult*
write: escritura escrituras escribir ?escri*
expected: previsto prevista previstos previstas esperado esperada esperados esperadas ?previst* ?esper* ?prev*
unexpected: inesperad* imprevist* ?sorpres*
gained: ganó ganaron ganado ganar gana ganan ganamos ?gan* ?obt* ?consig* ?aument* ?adquir*
spain: españa ?español*
france: francia ?francés* ?frances*
italy: italia ?italian*
germany: alemania ?alemán* ?aleman*
portugal: portugal ?portugues*
brazil: brasil ?brasileñ*
mexico: méxico ?mexican*
argentina: argentina ?argentin*
britain: inglaterra bretaña ?reino_unido ?británic* ?ingles*
ireland: irlanda ?irland*
netherlands: holanda países_bajos ?holand* ?neerland*
poland: polonia ?polac*
japan: japón ?japon*
china: china ?chin*
india: india ?indi*
canada: canadá ?canad*
australia: australia ?austral*
europe: europa europeo europea europeos europeas ?eurozona ?europ* ?ue ?comunitari*
america: américa americano americana americanos americanas ?americ* ?estadounid* ?unidos ?latinoam* ?norteam* ?sudam*
asia: asia ?asiátic*
africa: áfrica ?african*
london: londres ?londinens*
lisbon: lisboa ?lisboet*
paris: parís ?parisin*
madrid: madrid ?madrileñ*
rome: roma ?roman*
milan: milán ?milan*
berlin: berlín ?berlin*
frankfurt: fráncfort frankfurt ?francfort
dublin: dublín ?dublin
tokyo: tokio ?tokyo
paulo: são_paulo ?paulo
-: a_menos_que más_o_menos ni_más_ni_menos todo_menos todos_menos una_y_otra_vez más_tarde a_más_tardar más_adelante cada_vez por_primera_vez hasta_ahora hasta_el_momento para_siempre de_nuevo otra_vez día_a_día al_día hoy_en_día buenos_días de_segunda_mano nueva_york carolina_del_norte carolina_del_sur corea_del_sur corea_del_norte américa_del_norte américa_del_sur américa_latina es_mejor_que áfrica_del_sur por_cierto en_primer_lugar a_primera_vista primer_plano bajo_demanda en_caso_contrario nada_más junto_a alta_disponibilidad baja_latencia baja_por dar_de_alta dar_de_baja darse_de_baja dado_de_baja segundo_plano en_segundo_plano
";
