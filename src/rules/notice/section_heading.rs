//! Headings of sections that say that the section is not in force, or only in part.

use super::is_loud;
use super::things::{names_event, names_part, names_text, names_time};
use super::title_status::{SEPARATORS, find_status};
use crate::name::fold_case;
use crate::placeholder::{is_to_be_filled, normalize_words, says_open};
use crate::source::{affirms_approval, denies_approval, denies_limit, is_not_in_force, is_state, says_partial};
use crate::text::is_listed;

/// States of a text's part, beside those of documents.
const STATES: [&str; 4] = [
    "old,old version,removed,deleted,cancelled,in progress,in work,proposed,proposal,suggestion,idea,planned,future,not used,not in use,\
     unused,not active,inactive,partial,incomplete,unfinished,to do,todo,pilot,pilot only,trial,experimental,outline,skeleton,stub,placeholder,phase 2,later",
    "alt,gestrichen,überholt,obsolet,hinfällig,gelöscht,entfernt,ausgesetzt,in arbeit,nicht genutzt,nicht verwendet,inaktiv,teilweise,unvollständig,geplant,\
     zukünftig,künftig,in planung,idee,platzhalter",
    "retirés,expirés,archivés,suspendu,suspendus,supprimé,supprimés,supprimée,supprimées,obsolètes,prévu,caducados,obsoletos,\
     suspendido,eliminado,partiel,partielle,parcial,parziale,incomplet,incompleto,previsto,scaduti,obsoleti,sospeso,pianificato",
    "opgeschort,gedeeltelijk,onvolledig,in bewerking,gepland,zawieszone,nieaktualne,planowane",
];

/// Remarks that nothing but a text can have.
const OF_TEXTS: [&str; 3] = [
    "to be done,tbd,tbc,n a,not applicable,does not apply,not needed,not implemented,not introduced,not covered,not live,not in place,\
     not in scope,not defined,not written,partly,partially,in part",
    "entfällt,nicht anwendbar,nicht zutreffend,nicht umgesetzt,nicht eingeführt,nicht abgedeckt,à faire,sans objet,\
     non applicable,non mis en œuvre,partiellement",
    "no aplicable,no aplica,no implementado,parcialmente,non applicabile,non attuato,parzialmente,niet van toepassing,\
     niet ingevoerd,nie dotyczy,nie wdrożono,częściowo,未実施,対象外",
];
/// What is not yet done with a text, and not with what it is about.
const DONE_WITH_TEXTS: &str = "implemented,introduced,covered,written,described,defined,documented,in force,valid,applicable,effective,\
     umgesetzt,eingeführt,abgedeckt,beschrieben,in kraft,gültig,en vigueur,couvert,couverts,attuati,attuato,ingevoerd,wdrożone";

/// First words of a text that puts something off.
const NOT_YET: &str = "not yet,still to be,noch nicht,pas encore,aún no,todavía no,non ancora,nog niet,ainda não,\
     jeszcze nie";
/// First words of a text that denies something of a part, and the words behind them: `not at night`, `no longer
/// applied`.
const NOT: &str = "not,nicht,pas,non,não,niet,nie";
const NO_LONGER: &str = "no longer,nicht mehr,non più,niet meer";
const AFTER_NOT: &str =
    "at,for,in,on,during,by,all,every,für,bei,im,am,in,alle,pour,la,le,les,para,per,voor,in,bij,w,dla";
/// First words of a text that plans something.
const PLANNED_FOR: &str =
    "planned for,planned in,rollout,go live,geplant für,geplant ab,prévu pour,prévue pour,previsto para";
/// First words of a text that leaves something out, if a time follows.
const WITHOUT: &str = "without,ohne,sans,sin,senza,zonder,bez";
/// Words that say how, and not how far: `only by phone`.
const MEANS: &str = "by,via,per,with,über,mit,par,avec,con,tramite,door,met";
/// Grades of what a part describes: `Procedure (basic)`.
const GRADES: &str = "basic,minimum,minimal,reduced,temporary,interim";
/// Words between a state and its day: `withdrawn on 2026-10-31`.
const BEFORE_DAY: &str = "on,in,since,as,of,am,im,seit,zum,le,depuis,el,desde,il,dal,op,sinds,dnia";
/// First words of a text with the last day of something.
const UNTIL: &str = "until,till,valid until,bis,gültig bis,jusqu au,jusqu à,hasta,fino al,tot";
/// First words of a text with the first day of something.
const FROM: &str = "from,as of,starting,starting in,starting from,effective,effective from,valid from,in force from,ab,gilt ab,gültig ab,\
     à partir de,à partir du,dès,a partir de,desde,dal,a partire da,vanaf,geldig vanaf,od";

/// Words before the name of a stage: `Step 3 – In review`.
const STAGES: &str = "step,stage,phase,schritt,stufe,étape,etapa,paso,fase,passo,stap,etap";

/// Whether the heading of a section says that the section is not in force: `Handling (withdrawn)`. Things can be
/// in such a state themselves: `Contract (expired)`, `Requests (withdrawn)`.
pub(in crate::rules) fn section_status(heading: &str) -> bool {
    let is_part = remark_of(heading).is_none_or(|remark| names_part(remark.head));
    let is_of_things = |state: &str| {
        let is_of_text = is_state_of_text(state) && !names_text(heading);
        !(is_part || is_of_text || is_loud(state))
    };
    find_status(heading, is_of_things).is_some() && !is_stage(heading)
}

/// Whether only a text can be in a state: `draft`, `not in force`.
fn is_state_of_text(state: &str) -> bool {
    const WORDS: [&str; 13] = [
        "draft",
        "wip",
        "work in progress",
        "force",
        "entwurf",
        "kraft",
        "brouillon",
        "vigueur",
        "borrador",
        "vigor",
        "bozza",
        "rascunho",
        "案",
    ];
    let folded = fold_case(state);
    WORDS.iter().any(|word| folded.contains(word))
}

/// Whether the heading of a section limits what the section says: `Steps (partly)`, `Steps (except at night)`.
pub(in crate::rules) fn limits_section(heading: &str) -> bool {
    const SIGNS: [char; 4] = ['🚧', '❌', '⏳', '🔴'];
    heading.contains(SIGNS)
        || remark_of(heading).is_some_and(|remark| remark.limits())
        || remark_before(heading).is_some_and(says_planned)
        || remark_behind(heading).is_some_and(puts_off)
}

/// Whether a whole heading is the name of a state.
pub(in crate::rules) fn is_state_name(heading: &str) -> bool {
    is_not_in_force(heading) || affirms_approval(heading) || denies_approval(heading) && !heading.contains(' ')
}

/// A remark at the end of a heading: in brackets, or after a dash, colon or comma.
struct Remark<'a> {
    /// The words of the heading before the remark.
    head: &'a str,
    /// The sign between the two.
    sign: char,
    text: &'a str,
}

fn remark_of(heading: &str) -> Option<Remark<'_>> {
    let heading = heading.trim().trim_end_matches([')', ']', '）', '】']);
    let at = heading.rfind(['(', '[', '（', '【', '–', '—', ':', '：', ',']).or_else(|| heading.rfind(" - "));
    let at = at.or_else(|| heading.rfind(" / "))?;
    let (head, text) = heading.split_at(at);
    let sign = heading[at..].trim_start().chars().next()?;
    // `Steps (?)`
    let is_question = text.ends_with('?') && !text.contains(char::is_alphanumeric);
    let text = if is_question { "?" } else { text.trim_start_matches(|c: char| !c.is_alphanumeric()) };
    Some(Remark { head: head.trim(), sign, text }).filter(|remark| !remark.head.is_empty())
}

/// The remark before the name of a part: `not yet implemented` in `Not yet implemented: Steps`.
fn remark_before(heading: &str) -> Option<&str> {
    let (remark, part) =
        heading.strip_prefix('(').map_or_else(|| heading.split_once(": "), |rest| rest.split_once(')'))?;
    names_part(part.trim()).then_some(remark)
}

/// The words behind the name of a part, without a sign between them: `not yet implemented` in `Steps not yet
/// implemented`.
fn remark_behind(heading: &str) -> Option<&str> {
    let (part, remark) = heading.split_once(' ')?;
    names_part(part).then_some(remark)
}

/// Whether words behind the name of a part put it off: `Steps not yet implemented`, `Steps WIP`.
fn puts_off(remark: &str) -> bool {
    matches!(remark, "WIP" | "TODO" | "TBD") || begins_with(NOT_YET, &normalize_words(remark)).is_some()
}

fn begins_with<'t>(starts: &str, words: &'t str) -> Option<&'t str> {
    starts.split(',').filter_map(|start| words.strip_prefix(start)?.strip_prefix(' ')).min_by_key(|rest| rest.len())
}

impl Remark<'_> {
    /// Whether the remark limits what its heading announces. Most remarks do so only of a part of a document; things
    /// are planned, withdrawn or incomplete themselves.
    fn limits(&self) -> bool {
        let (head, text) = (self.head, self.text);
        let words = normalize_words(text);
        if is_one_of(&OF_TEXTS, &words) {
            return !names_event(head);
        }
        if let Some(rest) = begins_with(NOT_YET, &words) {
            return names_part(head) || is_listed(DONE_WITH_TEXTS, rest);
        }
        if !names_part(head) || names_event(head) {
            return false;
        }
        // After a colon or a comma, only a whole state limits the part.
        let is_aside = !matches!(self.sign, ':' | '：' | ',');
        says_planned(text) || is_share(text) || is_over(&words) || is_aside && keeps_out(head, text, &words)
    }
}

/// Whether a remark says that a part is not there yet: `to be written`, `geplant für 2027`, `?`.
fn says_planned(remark: &str) -> bool {
    let words = normalize_words(remark);
    remark == "?"
        || is_one_of(&STATES, &words)
        || begins_with(PLANNED_FOR, &words).is_some()
        || begins_with(NOT_YET, &words).is_some()
        || is_to_be_filled(remark)
        || says_open(remark, "")
        || is_state(remark)
}

/// Whether a remark says that a part is no longer there, or since when: `discontinued`, `withdrawn on 2026-10-31`.
fn is_over(words: &str) -> bool {
    let is_day = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || is_listed(BEFORE_DAY, word);
    let state: Vec<&str> = words.split(' ').take_while(|word| !is_day(word)).collect();
    is_state(&state.join(" "))
}

/// Whether a remark keeps something out of a part: `only mail`, `not at night`, `nights missing`. Times belong to
/// the subject of some parts, and so does the way in which something is done: `Escalation (nights only)`.
fn keeps_out(head: &str, remark: &str, words: &str) -> bool {
    let is_means = words.split(' ').nth(1).is_some_and(|word| is_listed(MEANS, word));
    let is_excepted =
        |rest: &str| names_time(rest) || rest.split(' ').next().is_some_and(|word| is_listed(AFTER_NOT, word));
    let leaves_out = begins_with(WITHOUT, words).is_some_and(names_time)
        || begins_with(NOT, words).is_some_and(is_excepted)
        || begins_with(NO_LONGER, words).is_some();
    let is_time = || words.ends_with("only") && names_time(remark);
    let is_partial = says_partial(remark) && !is_listed(GRADES, words);
    (leaves_out || is_partial) && !denies_limit(words) && !is_means && !names_time(head) && !is_time()
}

/// Whether a text is a share that is less than everything: `50 %`.
fn is_share(remark: &str) -> bool {
    let number = remark.trim().strip_suffix('%').map(str::trim);
    number.and_then(|number| number.parse::<u8>().ok()).is_some_and(|share| share < 100)
}

/// The text after a word such as `until` in a heading's remark.
pub(in crate::rules) fn last_day_of(heading: &str) -> Option<String> {
    let remark = remark_of(heading)?;
    let folded = fold_case(remark.text);
    let day = UNTIL.split(',').find_map(|until| folded.strip_prefix(until)?.strip_prefix(' '))?;
    (!names_event(remark.head)).then(|| day.to_owned())
}

/// The text behind a word such as `from` in the remark of a part's heading.
pub(in crate::rules) fn first_day_of(heading: &str) -> Option<String> {
    let remark = remark_of(heading)?;
    let folded = fold_case(remark.text);
    let day =
        begins_with(FROM, &folded).or_else(|| folded.strip_suffix("から")).or_else(|| folded.strip_suffix('起'))?;
    names_part(remark.head).then(|| day.to_owned())
}

/// Whether a heading ends with a last day of a part: `Steps (until 2025)`.
pub(in crate::rules) fn ends_part(heading: &str) -> bool {
    remark_of(heading).is_some_and(|remark| names_part(remark.head))
}

/// Whether a heading is a numbered or labelled stage in the life of something: `Step 3 – In review`, `Stage: draft`.
fn is_stage(heading: &str) -> bool {
    let head = heading.split(SEPARATORS).next().unwrap_or_default();
    let folded = fold_case(head);
    let mut words = folded.split_whitespace();
    let is_numbered = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    words.next().is_some_and(|word| is_listed(STAGES, word)) && words.all(is_numbered) && head.len() < heading.len()
}

fn is_one_of(lists: &[&str], words: &str) -> bool {
    lists.iter().any(|list| is_listed(list, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_limit_a_section_unless_they_describe_its_subject() {
        for heading in [
            "Calls (partly)",
            "Steps (not yet implemented)",
            "Steps (not implemented)",
            "Steps (in progress)",
            "Schritte (in Arbeit)",
            "Steps (to do)",
            "Steps (proposed)",
            "Steps (future)",
            "Steps (planned for 2027)",
            "Schritte (geplant für 2027)",
            "Steps (not used)",
            "Steps (not applicable)",
            "Steps (n/a)",
            "Schritte (entfällt)",
            "Steps (removed)",
            "Steps (old)",
            "Steps (except nights)",
            "Steps (without nights)",
            "Schritte (außer nachts)",
            "Steps (50 %)",
            "Steps [partial]",
            "Steps: partial",
            "Steps, partial",
            "Steps 🚧",
            "Change management (planned)",
            "Handling of requests (suspended)",
            "Escalation (on hold)",
            "Requests (not yet covered)",
            "Steps (mail only)",
            "Steps (to be written)",
            "Steps (withdrawn on 2026-10-31)",
            "Steps (not at night)",
            "Steps (nights missing)",
            "Steps (approval pending)",
            "Steps / proposal",
            "Steps (?)",
            "Steps WIP",
            "Steps not yet implemented",
            "Not yet implemented: Steps",
            "Schritte (in Vorbereitung)",
            "Ablauf (wird überarbeitet)",
            "Störungsbearbeitung (zum Teil)",
            "Étapes (à compléter)",
            "Pasos (por definir)",
            "Stappen (volgt)",
            "手順（検討中）",
        ] {
            assert!(limits_section(heading), "{heading}");
        }
        for heading in [
            "Planned changes",
            "Capacity (planned)",
            "Calls (mail only on request)",
            "Maintenance windows (planned)",
            "Unavailability (planned)",
            "Abschaltung (geplant)",
            "Outages – partial",
            "Loss of service (partial)",
            "Ausfall (teilweise)",
            "Tickets (on hold)",
            "Zugänge (ausgesetzt)",
            "Comptes (suspendu)",
            "Calls – only by phone",
            "Nights – only on-call",
            "Nächte – nur Rufbereitschaft",
            "Discount (50 %)",
            "Service hours (except holidays)",
            "Changes (without approval)",
            "Wyłączenie (częściowo)",
            "Chiusura (parziale)",
            "Changes (proposed)",
            "Files (deleted)",
            "Access (rooms, data)",
            "Services (planned)",
            "Refund (partial)",
            "Board: to do",
            "Tasks (to do)",
            "Users (except guests)",
            "Response times (only P1)",
            "Arbeiten (geplant)",
            "Angaben (unvollständig)",
            "Steps (see annex A)",
            "Steps to follow",
            "Escalation (nights only)",
            "Handling (without priority)",
            "Handling (not urgent)",
            "Rules (no exceptions)",
            "Procedure (basic)",
            "Process (not only mail)",
            "Procedure (no approval needed)",
        ] {
            assert!(!limits_section(heading), "{heading}");
        }
    }

    #[test]
    fn states_of_sections_differ_from_those_of_things() {
        for heading in [
            "Known errors (not in force)",
            "Calls (draft)",
            "Steps (obsolete)",
            "Handling of incidents (withdrawn)",
            "Calls (DRAFT)",
            "Escalation – retired",
            "Requests (OBSOLETE)",
        ] {
            assert!(section_status(heading), "{heading}");
        }
        for heading in [
            "Changes (withdrawn)",
            "Known errors (obsolete)",
            "Passwords (expired)",
            "Ausweise (abgelaufen)",
            "Forms (obsolete)",
            "Step 3 – In review",
            "Stage: draft",
            "Services (retired)",
            "Contract (expired)",
            "Contracts (draft)",
            "Ticket (on hold)",
            "Requests (pending approval)",
            "Vertrag (abgelaufen)",
            "Contrat (expiré)",
        ] {
            assert!(!section_status(heading), "{heading}");
        }
    }
}
