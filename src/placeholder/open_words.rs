//! Short texts that say that something is not there yet: `to be written`, `in Vorbereitung`, `no proof yet`.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::person::normalize_words;
use crate::text::is_listed;

/// Words that deny what they stand beside.
const DENIALS: &str = "not,no,none,nothing,never,without,nicht,kein,keine,keinen,keinerlei,nichts,ohne,nie,non,pas,sans,aucun,aucune,sin,\
     ningún,ninguna,não,sem,nenhum,nenhuma,senza,nessun,nessuna,niet,geen,zonder,bez,brak";
/// Words that put something off.
const LATER: [&str; 4] = [
    // English
    "be,being,will,pending,planned,scheduled,outstanding,awaited,awaiting,follow,follows,later,soon,coming,upcoming,forthcoming,\
     ongoing,running,open,tbd,tbc,tba,missing,lacking,unfinished,incomplete,undone,unavailable,delayed,postponed,requested",
    // German
    "wird,werden,zu,geplant,vorgesehen,ausstehend,steht,folgt,folgen,später,bald,demnächst,künftig,zukünftig,läuft,laufen,offen,offene,\
     fehlt,fehlen,verschoben,beantragt",
    // French, Spanish, Portuguese and Italian
    "à,venir,prévu,prévue,prévus,prévues,attente,manque,manquant,por,pendiente,pendientes,previsto,prevista,previstos,\
     previstas,falta,pendente,planejado,planeado,da,previsti,previste,attesa,manca,mancante",
    // Dutch and Polish
    "te,wordt,worden,gepland,volgt,ontbreekt,do,planowane,planowany,planowana",
];
/// Of these, the words that say that something is left. Denied, they say that all is done: `nothing missing`.
const LEFT: &str = "open,pending,outstanding,missing,lacking,unfinished,incomplete,offen,offene,fehlt,ausstehend,manque,pendiente,\
     falta,pendente,manca";
/// Work on something that is under way, behind a preposition: `in preparation`.
const STAGES: &str = "preparation,progress,development,planning,construction,drafting,analysis,investigation,work,introduction,discussion,\
     vorbereitung,planung,entwicklung,überarbeitung,bearbeitung,arbeit,abstimmung,klärung,einführung,erstellung,analyse,\
     cours,préparation,élaboration,rédaction,développement,curso,preparación,elaboración,desarrollo,corso,preparazione,\
     elaborazione,sviluppo,andamento,preparação,elaboração,voorbereiding,ontwikkeling,bewerking,trakcie,toku,przygotowaniu,\
     opracowaniu";
const PREPOSITIONS: &str = "in,under,im,en,em,w";
/// What is done to something, and how far that got.
const WORK: [&str; 4] = [
    "finished,ready,started,done,written,rewritten,reworked,defined,completed,complete,added,extended,introduced,applied,implemented,implementation,\
     rollout,go,live,approved,approval,decided,described,documented,detailed,drafted,prepared,provided,revised,updated,agreed,\
     discussed,confirmed,clarified,determined,analysed,analyzed,investigated,investigation,analysis,found,identified,points,items",
    "fertig,begonnen,erledigt,ergänzt,geschrieben,definiert,festgelegt,beschrieben,eingeführt,umgesetzt,umsetzung,überarbeitet,\
     angewendet,freigegeben,freigabe,erstellt,abgestimmt,geklärt,durchgeführt,nachgereicht,punkte,ermittelt,analysieren,klären,\
     ergänzen,erstellen,definieren,beschreiben",
    "compléter,définir,rédiger,décrire,préciser,faire,déterminer,analyser,fini,fait,définir,définie,appliqué,completar,redactar,\
     hacer,definir,determinar,hecho,terminado,fazer,feito,definire,completare,redigere,fare,determinare,fatto,attuato,attuati",
    "bepalen,definiëren,invullen,doen,klaar,gereed,ingevoerd,uitgevoerd,bekend,zrobienia,uzupełnienia,ustalenia,gotowe,\
     wdrożone,wykonane",
];
/// Words that change nothing about the others.
const SMALL_WORDS: [&str; 3] = [
    "yet,still,so,far,now,at,present,currently,moment,is,are,was,were,has,have,had,been,to,in,by,for,of,on,the,a,an,this,it,its,all,as,\
     we,must,need,needs,next,year,month,week,quarter,early,late,mid,end,until,from,under,january,february,march,april,may,june,\
     july,august,september,october,november,december",
    "noch,bisher,derzeit,aktuell,momentan,ist,sind,hat,der,die,das,den,im,am,bis,zum,zur,und,aus,muss,jahr,nächstes,nächsten,\
     januar,februar,märz,mai,juni,juli,oktober,dezember",
    "encore,est,sont,de,du,la,le,les,l,d,en,été,se,está,están,aún,todavía,el,los,las,ainda,em,o,è,sono,ancora,il,lo,nog,het,een,\
     zijn,jest,są,jeszcze,w,na",
];
/// Parts of texts in languages without spaces.
const UNSPACED: [&str; 20] = [
    "検討中",
    "対応中",
    "作成中",
    "準備中",
    "計画中",
    "改訂中",
    "確認中",
    "調査中",
    "受講中",
    "交渉中",
    "進行中",
    "待ち",
    "予定",
    "计划中",
    "处理中",
    "制定中",
    "编写中",
    "准备中",
    "进行中",
    "待定",
];
/// Maximum number of words of such a text.
const MAX_WORDS: usize = 8;

#[derive(Default)]
struct WordSets {
    denials: AHashSet<&'static str>,
    later: AHashSet<&'static str>,
    stages: AHashSet<&'static str>,
    others: AHashSet<&'static str>,
}

static WORDS: LazyLock<WordSets> = LazyLock::new(|| WordSets {
    denials: DENIALS.split(',').collect(),
    later: LATER.iter().flat_map(|list| list.split(',')).collect(),
    stages: STAGES.split(',').collect(),
    others: WORK.iter().chain(&SMALL_WORDS).flat_map(|list| list.split(',')).collect(),
});

/// Whether a short text says of something that it is not there yet. `nouns` are words for the thing itself, separated
/// by commas.
pub(crate) fn says_open(text: &str, nouns: &str) -> bool {
    let words = normalize_words(text);
    if words.is_empty() || words.split(' ').count() > MAX_WORDS {
        return false;
    }
    says_open_without_spaces(&words) || says_open_in_words(&words, nouns)
}

fn says_open_in_words(words: &str, nouns: &str) -> bool {
    let mut is_open = false;
    let mut before = "";
    for word in words.split(' ') {
        let is_denial = WORDS.denials.contains(word);
        let is_left = is_listed(LEFT, word);
        let is_later = WORDS.later.contains(word);
        let is_stage = WORDS.stages.contains(word);
        if is_left && WORDS.denials.contains(before) {
            return false;
        }
        is_open |= is_denial || is_later || is_stage && is_listed(PREPOSITIONS, before);
        let is_number = || word.bytes().all(|byte| byte.is_ascii_digit());
        let is_known = is_denial || is_later || is_stage || WORDS.others.contains(word);
        if !(is_known || is_number() || is_listed(nouns, word)) {
            return false;
        }
        before = word;
    }
    is_open
}

fn says_open_without_spaces(words: &str) -> bool {
    const MAX_CHARS: usize = 8;
    !words.is_ascii()
        && words.chars().count() <= MAX_CHARS
        && (words.starts_with('未') || UNSPACED.iter().any(|end| words.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::says_open;

    #[test]
    fn texts_about_what_is_to_come_differ_from_answers() {
        for text in [
            "to be written",
            "will be done in January",
            "not ready",
            "in preparation",
            "approval pending",
            "coming soon",
            "wird noch ergänzt",
            "in Vorbereitung",
            "zu klären",
            "à compléter",
            "en cours",
            "por definir",
            "da definire",
            "volgt",
            "w przygotowaniu",
            "検討中",
            "未実施",
            "no proof yet",
            "kein Nachweis",
            "Nachweis folgt",
        ] {
            assert!(says_open(text, "proof,nachweis"), "{text}");
        }
        for text in [
            "",
            "done",
            "implemented",
            "No open points",
            "nothing missing",
            "Planning",
            "Analysis of the incident",
            "Not at night",
            "proof",
            "in DMS",
            "2026",
            "使用中",
            "Will be audited in 2027",
        ] {
            assert!(!says_open(text, "proof,nachweis"), "{text}");
        }
    }
}
