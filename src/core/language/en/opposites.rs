//! What English says of each pole; the form is described in [`super`].

pub(super) const WORDS: &str = "
least: at_least no_fewer_than no_less_than more_than over_# above_# upwards_of a_minimum_of ?minimum ?exceed* ?beyond ?over ?above ?or_more ?most ?majority
most: at_most up_to no_more_than less_than fewer_than under_# below_# a_maximum_of as_many_as ?maximum ?within ?under ?below ?or_less ?or_fewer ?nearly ?almost ?until ?till ?through
more: more ?most ?additional ?extra ?further ?another ?increas* ?higher ?greater ?longer ?better
fewer: fewer less ?least ?except* ?lower ?reduc* ?decreas* ?short* ?but
before: before prior_to ahead_of ?earlier ?previous* ?until ?till ?first ?preced* ?ago ?former* ?yet ?by ?advance
after: after following afterwards ?since ?later ?once ?when ?upon ?then ?subsequent* ?behind ?on ?as ?next ?past ?from
until: until till ?up_to ?to ?through ?pending ?before ?by ?unless ?while ?end* ?as_long_as
since: since ?from ?as_of ?starting ?start* ?begin* ?began ?after ?because ?for ?ago ?effective
increase: increas* rise rises rising rose risen raise raised raises raising grow grows growing grew grown climb climbed climbing climbs higher spiked spikes surged surges ?spike ?surge ?peak* ?elevat* ?up ?more ?longer ?high ?scale* ?extend* ?expand* ?improv* ?double* ?major ?worse* ?upgrad* ?widen*
decrease: decreas* drops dropped dropping fell falls falling fallen lower lowered lowering lowers reduc* declined declining shrink* shrank shrunk diminish* ?drop ?fall ?down ?less ?fewer ?short* ?low ?declin* ?slow* ?loss ?lost ?recover* ?eas* ?minimi* ?mitigat* ?downgrad* ?minor ?subsid* ?degrad* ?cut*
high: high ?higher ?highest ?elevat* ?heav* ?rais* ?peak ?increas* ?top ?tall ?large ?great ?up
low: low ?lower ?lowest ?little ?poor* ?reduc* ?decreas* ?small ?few ?down ?minor ?below ?under ?slow
up: came_up comes_up come_up came_back_up is_*_up are_*_up was_*_up were_*_up stayed_up stays_up is_up are_up was_up were_up back_up up_again up_and_running online operational available reachable ?work* ?run* ?restor* ?recover* ?healthy ?respond* ?back ?normal ?use
down: is_down are_down was_down were_down went_down goes_down go_down still_down been_down remains_down be_down offline unavailable unreachable ?outage* ?fail* ?interrupt* ?crash* ?down ?disrupt* ?stop* ?broke* ?inaccessib* ?not ?out
degraded: degraded degradation ?slow* ?partial* ?reduc* ?poor* ?impair* ?limit*
dead: ?down ?unavailab* ?outage* ?offline ?fail* ?crash* ?interrupt* ?out ?unable ?cannot ?stop* ?disrupt* ?not ?no ?unreachab* ?unreliab*
enable: enabled enable enables enabling activated activate activates activating turned_on turn_on turns_on switched_on switch_on turned_*_on turned_*_*_on turn_*_on turn_*_*_on switched_*_*_on reenabl* ?on ?active* ?activ* ?allow* ?start*
disable: disabled disable disables disabling deactivat* turned_off turn_off turns_off switched_off switch_off turned_*_off turned_*_*_off turn_*_off turn_*_*_off switched_*_*_off ?off ?shut* ?inactiv* ?block* ?stop* ?remov* ?unavailab* ?down
start: started starts start starting began begin begins begun beginning commenc* resumed ?restart* ?initi* ?launch* ?kick* ?open* ?first ?trigger* ?onset ?since ?from ?boot* ?resum* ?enter* ?go* ?came ?come*
stop: stopped stops stop stopping ended ends ending finished finishes finish finishing ceased concluded ?complet* ?end ?done ?over ?halt* ?resolv* ?suspend* ?until ?shut* ?terminat* ?interrupt* ?paus* ?clos* ?cancel* ?kill* ?finally ?final ?last ?hang* ?hung ?stuck ?cut* ?just ?up
accept: accepted accept accepts accepting approved approve approves granted ?allow* ?permit* ?admit* ?let ?lets ?authori*
reject: rejected reject rejects rejecting refused refuse refuses denied deny denies declined ?block* ?forbid* ?fail* ?bounc* ?prohib* ?not ?unable ?den*
all: all every everyone everybody entire whole ?each ?any ?fully ?complete* ?always ?total* ?both ?throughout ?global* ?everything ?full* ?across ?whatever
half: half halves ?halv*
third: a_third one_third ?third ?thirds
quarter: a_quarter one_quarter ?quarter ?fourth
most_of: most majority ?mostly ?mainly ?largely ?bulk
few: few a_few a_handful_of ?handful ?several ?some ?couple ?small ?rare* ?limited ?little ?minority ?isolated ?fewer ?less ?subset
many: many ?numerous ?lots ?lot ?multiple ?several ?large ?much ?most ?majority ?plenty ?high ?more ?widespread
some: some several many a_few a_handful_of most ?certain ?part* ?subset ?multiple ?few ?any
nobody: ?no ?none ?nobody ?never ?neither ?nothing ?without ?nor ?zero
minor: minor slight slightly trivial negligible ?small ?little ?low ?minim* ?brief* ?less* ?marginal* ?limit*
major: major critical severe serious grave ?severe* ?serious* ?critical* ?big ?large ?significan* ?important ?main ?high ?great ?urgent ?heav* ?broad* ?wide*
intermittent: intermittent* sporadic* occasional* ?sometimes ?periodic* ?transient* ?time_to_time ?flak* ?some
constant: continuous continuously constant constantly persistent persistently ?continu* ?permanent* ?always ?steady ?ongoing ?non ?persist* ?all_the_time ?sustained
temporary: temporary temporarily ?tempor* ?interim ?brief* ?provisional* ?short* ?transient* ?meantime ?while
permanent: permanent permanently ?permanent* ?definit* ?forever ?for_good ?last* ?long* ?final*
must: must have_to has_to need_to needs_to required_to ?should ?need* ?requir* ?mandator* ?shall ?necess* ?ought ?oblig* ?had_to ?be_to ?is_to ?are_to ?please ?advis* ?recommend*
may: may might ?can ?could ?allow* ?possib* ?able ?optional* ?perhaps ?maybe ?risk ?potential* ?permit* ?would ?chance ?let* ?likely ?capab* ?cannot ?probabl* ?power* ?unable ?impossib* ?succeed* ?manag*
yesterday: yesterday ?night ?ago ?last
today: today ?tonight ?now ?this ?current* ?day
tomorrow: tomorrow ?next ?morning ?am
morning: morning mornings ?tomorrow ?early ?dawn ?am ?noon ?midday ?daybreak
afternoon: afternoon afternoons ?evening* ?late* ?pm ?noon
evening: evening evenings ?afternoon ?night* ?late* ?tonight ?overnight ?pm ?yesterday
night: night nights tonight overnight ?nightly ?midnight ?evening* ?late* ?nights ?dawn ?early
monday: monday mondays
tuesday: tuesday tuesdays
wednesday: wednesday wednesdays
thursday: thursday thursdays
friday: friday fridays
saturday: saturday saturdays ?weekend*
sunday: sunday sundays ?weekend*
january: january
february: february
march: ^march
april: april
may_month: ^may
june: june
july: july
august: ^august
september: september
october: october
november: november
december: december
second: second seconds ?moment* ?secondly ?instant*
minute: minute minutes ?moment* ?quarter
hour: hour hours hourly ?overnight ?time ?o_clock ?clock ?now
day: day days daily ?today ?daytime ?overnight ?everyday ?weekday* ?yesterday ?tomorrow ?birthday ?date ?business
week: week weeks weekly ?weekend* ?weekday* ?fortnight* ?biweekly
month: month months monthly ?quarter*
year: year years yearly annual* ?anniversar* ?quarter*
dollar: dollar dollars ?usd ?cents
euro: euro euros ?eur
pound: pounds ?gbp ?pound ?sterling ?weight
yen: yen
mile: mile miles ?mileage
kilometer: kilometer kilometers kilometre kilometres ?km
meter: meter meters metre metres
foot: feet foot ?ft
inch: inch inches
celsius: celsius ?centigrade
fahrenheit: fahrenheit
kilobyte: kilobyte kilobytes
megabyte: megabyte megabytes
gigabyte: gigabyte gigabytes
terabyte: terabyte terabytes
dozens: dozen dozens ?twelve
hundreds: hundred hundreds
thousands: thousand thousands
millions: million millions
billions: billion billions
first: first ?initial* ?firstly ?once ?one ?primar* ?before ?earl* ?begin*
second_place: second ?secondly ?seconds ?another ?two ?secondar* ?next ?other
third_place: third ?thirds ?thirdly ?tertiary
fourth_place: fourth ?quarter* ?room*
fifth_place: fifth
agree: agree agrees agreed ?agreement ?accord* ?accept* ?settl*
disagree: disagree disagrees disagreed ?not ?contrar* ?against ?differ*
recommend: recommend recommends recommended advise advised suggest suggested ?recommend* ?advi* ?suggest* ?encourag* ?propos*
discourage: advise_against advised_against recommend_against recommended_against discourage discouraged ?not ?against ?avoid* ?never ?don
work: worked works working succeeded succeeds ?work ?success* ?function* ?operat* ?run* ?complet* ?restor* ?recover* ?up ?availab* ?behav*
fail: failed fails failing fail ?failure* ?error* ?crash* ?broke* ?down ?unable ?not ?unsuccess* ?fault* ?miss* ?problem* ?issue* ?trouble ?bug* ?drop* ?reject* ?stop* ?time* ?denied ?lost ?outage*
lost: lost losing loses lose deleted destroyed ?loss* ?missing ?gone ?drop* ?delet* ?remov* ?wast* ?unavailab* ?disappear*
kept: kept keeps preserved retained intact ?sav* ?stor* ?recover* ?restor* ?keep* ?maintain* ?safe* ?protect* ?remain* ?back* ?hold* ?held
incoming: incoming inbound received ?receiv* ?input ?ingress ?enter* ?in ?arriv* ?into ?back ?get*
outgoing: outgoing outbound sent sending ?send* ?output ?egress ?leav* ?out ?exit* ?submit* ?forward* ?post* ?deliver* ?exhaust*
internal: internal internally ?inside ?within ?in ?own ?inner ?interior ?intern* ?private
external: external externally ?outside ?third_party ?public ?out ?outer ?vendor* ?extern* ?abroad ?foreign ?overseas
oldest: older oldest old ?former ?previous* ?legacy ?ancient ?outdated ?early ?earl*
newest: newer newest new latest ?recent* ?fresh* ?renew* ?again ?updat* ?last ?another ?modern
open: opened opens opening open ?start* ?launch* ?public ?unlock*
close: closed closes closing close ?shut* ?end* ?lock* ?conclud* ?near* ?finish* ?sign* ?log*
primary: primary ?main ?first ?lead* ?principal ?major ?prim* ?master
secondary: secondary ?standby ?second ?replica ?minor ?backup ?fallback ?side
north: north northern ?northeast* ?northwest* ?nordic
south: south southern ?southeast* ?southwest*
east: east eastern ?northeast* ?southeast* ?middle_east
west: west western ?northwest* ?southwest*
left: left_pane left_panel left_column left_menu left_button the_left left_side left_hand ?left
right: right_pane right_panel right_column right_menu right_button the_right right_side right_hand ?right ?rights
add: added adding adds add ?addition* ?includ* ?insert* ?creat* ?attach* ?append* ?put ?more ?annex* ?join* ?plus
remove: removed removing removes remove deleted deleting deletes delete ?delet* ?clear* ?withdr* ?purg* ?drop* ?eras* ?took ?tak* ?uninstall* ?discard* ?fix* ?exclud* ?eliminat* ?clean*
create: created creates create creating ?creat* ?generat* ?build* ?built ?produc* ?set_up ?establish* ?rais* ?open* ?believ*
upload: uploads upload uploaded uploading ?load* ?ris* ?rose ?rais* ?increas* ?push* ?climb* ?go* ?went
download: downloads download downloaded downloading ?drop* ?offload* ?discharg* ?pull* ?fetch* ?low* ?fell ?fall* ?decreas* ?dismiss* ?discard* ?unload*
lock: locked locks lock locking ?block* ?frozen ?freez* ?deadlock* ?stuck ?hang* ?hung ?clos* ?secur* ?crash*
unlock: unlocked unlocks unlock unlocking ?unblock* ?releas* ?open* ?unfreez* ?free*
fast: fast faster quick quickly rapid rapidly ?soon* ?prompt* ?immediate* ?swift* ?speed* ?short* ?brief* ?agil* ?sudden* ?express
slow: slow slower slowly slowness ?lag* ?delay* ?sluggish* ?laten* ?degrad* ?slow* ?down
last: last past previous ?lasts ?lasted ?late* ?final* ?former ?ago ?recent* ?earlier ?preced* ?happen*
next: next upcoming ?follow* ?future ?coming ?soon ?near* ?clos* ?then ?subsequent* ?later ?shortly ?approach* ?come*
better: better improved improves improving improve ?improv* ?best ?well ?great* ?optimi* ?enhanc* ?good
worse: worse worsened worsens worsening deteriorat* ?worst ?bad* ?degrad* ?poor*
optional: optional optionally ?option* ?volunt* ?choice ?may
mandatory: mandatory compulsory obligatory ?requir* ?must ?need* ?necess* ?forc* ?oblig*
known: known ?know* ?identif* ?aware ?recogn* ?well ?noted ?called ?name* ?understood ?celebrat*
unknown: unknown ?unclear ?unidentif* ?not ?unfamiliar ?un* ?no
encrypt: encrypted encrypt encrypts ?encrypt* ?cipher* ?cypher*
decrypt: decrypted decrypt decrypts unencrypted ?decrypt* ?not ?un* ?plain ?decipher*
yes_correct: correct correctly ?right* ?proper* ?accurate* ?valid* ?fix* ?success* ?correct*
incorrect: incorrect incorrectly wrong wrongly ?wrong* ?invalid* ?bad* ?faulty ?false* ?error* ?mis* ?in* ?not
safe: safe safely secure ?secur* ?safe* ?certain* ?sure* ?insur*
unsafe: dangerous unsafe insecure ?danger* ?vulnerab* ?expos* ?risk* ?in* ?not ?un*
full: full ?fill* ?complet* ?whole ?entire* ?fully ?total*
empty: empty emptied ?blank ?clear* ?drain* ?vacan* ?vacat* ?void ?idle ?no
read: read reads reading ?read*
write: write writes writing ?writ* ?wrote ?record*
expected: as_expected expected ?expect* ?plan* ?anticipat* ?schedul*
unexpected: unexpected unexpectedly ?surpris* ?unforeseen ?unanticipated ?unplanned ?sudden* ?un*
gained: gained gains gain ?win* ?won ?got ?get ?gets ?earn* ?acquir*
spain: spain
france: france
italy: italy
germany: germany
portugal: portugal
brazil: brazil
mexico: mexico
argentina: argentina
britain: britain england ?uk ?kingdom
ireland: ireland
netherlands: netherlands holland
poland: poland
japan: japan
china: china
india: india ?indian*
canada: canada
australia: australia
europe: europe european ?eu ?eurozone ?european*
america: america american ?america* ?american* ?states ?us ?usa
asia: asia asian ?asian*
africa: africa african ?african*
london: london
lisbon: lisbon
paris: paris
madrid: madrid
rome: rome
milan: milan
berlin: berlin
frankfurt: frankfurt
dublin: dublin
tokyo: tokyo
paulo: são_paulo sao_paulo
-: up_to_date up_to_now up_to_speed up_to_you no_later_than at_first first_of_all in_the_first_place first_name no_more any_more once_more more_or_less open_source next_to at_last the_rest more_and_more after_all before_long or_so so_far on_call at_any_time look_after had_better right_now right_away all_right right_after right_before close_to fall_back falls_back fell_back fail_over failed_over fails_over left_over in_order_to on_demand open_to day_to_day to_date start_over started_over end_up ended_up ends_up closed_captions first_class second_hand new_york new_jersey new_relic new_zealand new_mexico north_carolina north_dakota south_carolina south_dakota south_africa south_korea north_korea west_virginia north_america south_america good_morning good_afternoon good_evening good_night may_be_that high_availability low_latency working_hours business_hours working_day working_days working_week working_on work_on works_on worked_on still_working are_working we_are_working is_working_on working_with working_to add_up adds_up day_off days_off run_down shut_down more_than_one_time even_more all_over
";
