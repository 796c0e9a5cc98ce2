//! Words of English by which it is told among other languages: those that incidents are told with, the ones that other
//! languages borrow, and those that make its sentences. Read by the checks `echo` and `untranslated`; source: the
//! reports that the program was tried with, and dictionaries of Spanish, Italian and Portuguese for what they borrow.

use super::super::WordSet;

/// What an incident report is written with and no Romance language has, beyond [`FUNCTION`] words.
pub static INCIDENT: WordSet = WordSet::of(
    "accepted accessed accessing across activated added adding affected affecting again agents agreed all allowed \
         almost already another answer anyone applied around asked assigned available awaiting aware away backlog \
         became been began behaving behind being believe below better beyond blocked bring broken brought build \
         building built busy calls came cannot caught caused causing change changes check checked checking choose \
         cleared clearing clicking closed comes complete completed connect contact contacted continue continued \
         continues continuing corrected could crashed crashing created creating currently customer customers data \
         decided decreased degraded delay delayed delays deleted deleting delivered delivery deploy deployed \
         deployment* detected did disabled dispatched does done down downtime drained dropped during early easily \
         either elevated elsewhere empty enabled encountered ended ending engaged engineers enough ensure entered \
         errors escalated even every everything expected experienced experiencing expired explained exports extended \
         faced facing failed failing fails failure* faster few filled finally find finish finished finishing fix \
         fixed fixing flapping flushed follow followed following forced forgot found freed frozen gained gave get \
         getting give given gives giving goes going gone good got grew growing had half hanging happen happened \
         happening happens has have heard held help helped here high higher hold hope hours hung identified \
         immediately impact impacted imports improved inbound including incoming increase increased increases indeed \
         informed initially instead intermittently introduced investigated investigating investigation isolated issue \
         issues join joined joining just keep keeping kept killed knew known large larger late latency later learn \
         learned least leave leaving left less lessons likely little load loading logged longer look looking looks \
         lose loses losing loss lost lower lowered made mail mails maintenance make makes making merged messages \
         migrated minute minutes missing mitigated mitigating monitored monitoring more mostly moved moving must \
         near need needed needs never new news next nobody nothing noticed now occurred occurring occurs offline \
         older once ongoing only opened opening other ourselves outage outages outbound overall overloaded own owner \
         page pages partial paused payments pending performed performing placed planned please prepared preparing \
         prevented preventing previous previously provided provides pulled pushed queue* quick quickly raised ran \
         rates rather reached reading ready rebooted rebooting rebuilt received recently reconnected recovered \
         recovering recovery redeployed reduced refused rejected released remain remained remains removed removing \
         renewed repaired replaced replacing replied reported reports requests rerouted reset resolved resolving \
         respond responded responding responds restart restarted restored restoring results resumed retired returned \
         returning reverted reverting roll rollback rolled rolling rose running said saturated saw say says scheduled \
         search searches security see seeing seems seen sending sent service services several shipped shorter shortly \
         should showed showing shown shows shut sign signed since slow slowdown slower slowly some soon sorry spent \
         spike spiked split stabilised stabilized stale started starting stay stayed still stopped strange stuck \
         subset such suffered suffering summary switched switching system systems taken taking tell tested testing \
         than thanks their they things think this thought threw tightened till timed today together told tomorrow \
         tonight took tracked truncated trying turned turning twice unable unavailable under understand understood \
         unexpected unknown unlikely unreachable unresponsive unstable until upcoming update updated updates upgrade* \
         upstream used users using usual usually vendor* very wait waiting wants warning watched watching we website \
         week went whole wider will wiped workaround* working works wrong wrote yesterday yet you",
);

/// Those that a Romance language writes, too, with another meaning: `data` is a date in Italian.
pub static FALSE_FRIENDS: WordSet = WordSet::of("broker data has made late lose some");

/// Words that other languages borrow as they are, in the singular: of one of these nobody can say that it was left
/// untranslated.
pub static LOANS: WordSet = WordSet::of(
    "account alert app array backbone backend backlog backoff backup ban bandwidth banner batch benchmark beta \
         big bit blog bloom boot bot branch broadcast broker browser budget buffer bug build bundle bus business byte \
         cache cached callback chat check checklist checkout chip chunk click client cloud club cluster code commit \
         computer container cookie core crash crawl crawler cron dashboard database datacenter dataset datastore \
         deadlock debug default deploy desk desktop dev digest disk display dns docker domain down downgrade download \
         downtime draft drive driver dump edge email endpoint engine event exit failback failover fallback farm fast \
         feature feed feedback fiber file filter firewall firmware flag flash flow folder footer framework freelance \
         frontend gadget gap garbage gate gateway git glitch grid group handshake hardware hash header heap help \
         helpdesk hit home host hosting hostname hotfix hotspot hub inbox indexer ingress init input install internet \
         intranet jitter job join kernel key keyboard kit lag laptop laser layout leader leasing ledger link live \
         load lock log logging login logout lookup loop mail mailbox mailing malware manager mapping marketing master \
         match media meeting merge mesh middleware mirror mobile mock modem monitor mount multicast network node \
         notebook offline offset online open orchestrator outbox output overhead overlay overload package packet \
         padding pagerank paging parser partner password patch path payload peer peering phishing ping pipeline pixel \
         playbook plugin pod podcast poll polling pool popup port post postmortem premium probe processor prod \
         product production prompt provider provisioning proxy pull push query queue quorum rack ram ransomware real \
         record redis refresh relay release render replay repository request reset retry roadmap roaming rollback \
         rollout rollover root round router routing runbook runner runtime sandbox scale scan scheduler schema script \
         scripting scroll seed server set setup shard sharding shell shop shutdown sidebar sidecar site slider slot \
         smart smartphone snapshot socket software spam speed spike spin split sponsor spool spot sprint stack stage \
         staging standard standby startup stateless status step stick stock stop storage store stream streaming stub \
         support swap switch switchboard switchover sync syslog tablet tag tar target task team tech template tenant \
         test testing thread threshold throttling throughput ticket tier timeout timer timestamp tip token tool \
         tooltip top touch trace tracing tracker tracking trend trial trigger trunk tuning tunnel turnover tutorial \
         tweet unicast update upgrade uplink upload upstream uptime url username vendor video virtual wallet watchdog \
         wave web webhook website widget wifi wiki window wireless wizard worker workflow workload workstation \
         wrapper zip",
);

/// Function words that are no words of the languages that are written in Latin letters and published most.
pub static FUNCTION: WordSet = WordSet::of(
    "about after again and any are because been before being between both by could did does during each every for \
         from has have having how into is it its may might must of our out should since some than that the their them \
         then there these they this those through to under until we were what when where which while who why with without \
         would you your",
);

/// Words that other languages have too, or that say nothing on their own.
pub static COMMON: WordSet = WordSet::of(
    "a all also an as at be but can currently do had he he here if in just more most no not now on only or other \
         please see so still such thank us was will yet",
);

/// Words that make sentences and are no words of Spanish, Italian and Portuguese, nor parts of what they borrow (`out
/// of memory`).
pub static STRAY: WordSet = WordSet::of(
    "about after again and are at because been before being by cannot could did does during from have how is it its \
         might not our should than that the their them then there these they this those through to until was we were what \
         when where which while who why will with without would you your",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_is_superfluous() {
        let found: Vec<&str> =
            [&INCIDENT, &FALSE_FRIENDS, &LOANS].into_iter().filter_map(WordSet::superfluous).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
