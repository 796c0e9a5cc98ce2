//! Words that English tells of incidents with and that no Romance language has: where one stands, it is left over from
//! the source. Nothing here judges.

use std::sync::LazyLock;

use super::lexicon::Lexicon;

/// What an incident report is written with, beyond the function words of [`untranslated`](super::untranslated).
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
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
    )
});

/// Those that a Romance language writes, too, with another meaning: `data` is a date in Italian.
static FALSE_FRIENDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of("broker data has made late lose some"));

/// Words of English that other languages borrow as they are, in the singular: of one of these nobody can say that it was
/// left untranslated.
static LOANS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
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
    )
});

/// Whether a word in lower case is one of English that the target's language has not, be it with another meaning or
/// borrowed.
pub(super) fn is_left(word: &str, language: &str) -> bool {
    is_sure(word) || !is_loan(word) && !FALSE_FRIENDS.has(word) && !fits(word, language)
}

/// Whether a word is English beyond doubt, and no name in small letters, as `keycloak` is.
pub(super) fn is_sure(word: &str) -> bool {
    !is_loan(word) && !FALSE_FRIENDS.has(word) && (ENGLISH.has(word) || is_verb(word))
}

/// Whether a word is a verb of English by its shape.
pub(super) fn is_verb(word: &str) -> bool {
    is_past(word) || is_participle(word)
}

/// Whether other languages borrow a word.
pub(super) fn is_loan(word: &str) -> bool {
    let singular = |ending: &str| word.strip_suffix(ending).is_some_and(|stem| LOANS.has(stem));
    let of_y = || word.strip_suffix("ies").is_some_and(|stem| LOANS.has(&format!("{stem}y")));
    LOANS.has(word) || singular("s") || singular("es") || of_y()
}

/// Whether a word is a verb of English and can be nothing else: a form of the past that is no participle.
pub(super) fn is_past(word: &str) -> bool {
    const PAST: [&str; 11] =
        ["wrote", "broke", "took", "went", "froze", "drew", "threw", "gave", "came", "fell", "knew"];
    word.len() > 3 && PAST.iter().any(|ending| word.ends_with(ending))
}

/// Whether a word is a participle of English by its shape: `spiked`, `rerouted`. Nouns in `ing` are borrowed.
pub(super) fn is_participle(word: &str) -> bool {
    const NOUNS: [&str; 5] = ["embed", "feed", "seed", "shed", "speed"];
    word.len() > 4 && word.is_ascii() && word.ends_with("ed") && !NOUNS.iter().any(|noun| word.ends_with(noun))
}

/// Whether a word may be a native one of Spanish, Italian or Portuguese, by the letters it has and how it ends. Of other
/// languages nothing is said.
pub(super) fn fits(word: &str, language: &str) -> bool {
    // Of English endings, what no Romance word ends in.
    const ENDINGS: [&str; 12] =
        ["dle", "ed", "eds", "ely", "ing", "ings", "ness", "ous", "sion", "tion", "tions", "tle"];
    if !matches!(language, "es" | "it" | "pt") || !word.is_ascii() || word.len() < 4 {
        return true;
    }
    let english = word.contains(['k', 'w'])
        || ["th", "ph", "ck"].iter().any(|pair| word.contains(pair))
        || word.starts_with("sh")
        || word.contains("oo") && !word.starts_with("coo")
        || ENDINGS.iter().any(|ending| word.ends_with(ending));
    !english && is_doubled_well(word, language) && ends_well(word, language)
}

/// Whether the language doubles the consonants that a word has doubled.
fn is_doubled_well(word: &str, language: &str) -> bool {
    let allowed: &[u8] = match language {
        "es" => b"lrcn",
        "pt" => b"rs",
        _ => return true,
    };
    let is_fault = |[one, other]: &[u8; 2]| one == other && !b"aeiou".contains(one) && !allowed.contains(one);
    !word.as_bytes().array_windows().any(is_fault)
}

/// Whether words of the language end so.
fn ends_well(word: &str, language: &str) -> bool {
    let mut back = word.bytes().rev();
    let (Some(last), before) = (back.next(), back.next()) else { return true };
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    if is_vowel(last) {
        return true;
    }
    let follows_vowel = before.is_some_and(is_vowel);
    match language {
        "es" => follows_vowel && b"nsrldzyj".contains(&last),
        "pt" => (follows_vowel && b"srlmznx".contains(&last)) || word.ends_with("ns"),
        // What Italian cuts short: `quel`, `nessun`, `poter`.
        _ => follows_vowel && b"lnr".contains(&last),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::superfluous;
    use super::*;

    #[test]
    fn no_entry_is_superfluous() {
        let found: Vec<&str> =
            [&*ENGLISH, &*FALSE_FRIENDS, &*LOANS].into_iter().filter_map(|table| superfluous(table)).collect();
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn words_of_english_are_told_by_their_shape() {
        let english = "spiked merged rebooting watch pump clients tokens shards plugging queues";
        for language in ["es", "it", "pt"] {
            for word in english.split(' ').filter(|word| *word != "queues" || language == "it") {
                assert!(!fits(word, language), "{language}: {word}");
            }
        }
    }

    #[test]
    fn native_words_have_their_shape() {
        let words = [
            ("es", "coordinar deshabilitar reloj estoy ley velocidad calle innovar acción terror feliz"),
            ("it", "cooperare righe tutti nessun quel poter abbiamo anche oggi messaggio"),
            ("pt", "bens serviços passou correr fazer foram jovem itens cooperar essas nariz"),
        ];
        for (language, words) in words {
            for word in words.split(' ') {
                assert!(fits(word, language), "{language}: {word}");
            }
        }
    }

    #[test]
    fn what_is_borrowed_is_not_left_over() {
        for word in ["webhook", "webhooks", "proxies", "patches", "data"] {
            assert!(!is_left(word, "it"), "{word}");
        }
        for word in ["outage", "spiked", "muted", "rose"] {
            assert!(is_left(word, "it"), "{word}");
        }
    }
}
