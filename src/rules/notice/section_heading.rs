//! Headings of sections that say that the section is not in force, or only in part.

use super::is_loud;
use super::things::{names_event, names_part, names_things, names_time};
use super::title_status::{SEPARATORS, find_status};
use crate::name::fold_case;
use crate::placeholder::normalize_words;
use crate::source::{affirms_approval, denies_approval, is_not_in_force};
use crate::text::is_listed;

/// States of a section. Things can be in them, too: the word before the state shows which is meant.
const STATES: [&str; 4] = [
    "archived,deprecated,expired,obsolete,outdated,replaced,retired,revoked,superseded,withdrawn,suspended,on hold,removed,\
     deleted,old,in progress,in work,proposed,not used,not in use,unused,not active,inactive",
    "abgelaufen,archiviert,ersetzt,ungültig,veraltet,widerrufen,zurückgezogen,ausgesetzt,gelöscht,entfernt,alt,in arbeit,\
     nicht genutzt,nicht verwendet,inaktiv",
    "obsolète,obsolètes,retiré,retirés,expiré,expirés,archivés,suspendu,suspendus,supprimé,caducado,caducados,obsoleto,\
     obsoletos,suspendido,scaduto,scaduti,obsoleti,sospeso",
    "vervallen,opgeschort,in bewerking,wycofane,zawieszone,nieaktualne",
];

/// Words that say that a section is there in part, or not yet. Only events are planned or partial themselves.
const LIMITS: [&str; 3] = [
    "planned,partial,partially,partly,in part,incomplete,unfinished,future,pilot only,geplant,teilweise,unvollständig,zukünftig",
    "partiel,partielle,partiellement,incomplet,prévu,parcial,parcialmente,incompleto,previsto,parziale,parzialmente,\
     pianificato",
    "gedeeltelijk,onvolledig,gepland,częściowo,częściowy,planowane",
];

/// Words that only a text is described with.
const OPEN: [&str; 3] = [
    "to be done,to do,todo,tbd,tbc,n a,not applicable,does not apply,not needed,not implemented,not introduced,not covered,not live,\
     not in place,not in scope,not done,not complete,not defined,not written",
    "entfällt,nicht anwendbar,nicht zutreffend,nicht umgesetzt,nicht eingeführt,nicht abgedeckt,à faire,sans objet,\
     non applicable,non mis en œuvre",
    "no aplicable,no aplica,no implementado,non applicabile,non attuato,niet van toepassing,niet ingevoerd,nie dotyczy,\
     nie wdrożono,未実施,対象外",
];

/// First words of a text that puts something off.
const NOT_YET: &str = "not yet,still to be,noch nicht,pas encore,aún no,todavía no,non ancora,nog niet,ainda não,\
     jeszcze nie";
/// First words of a text that plans something.
const PLANNED_FOR: &str = "planned for,planned in,geplant für,geplant ab,prévu pour";
/// First words of a text that takes something out.
const EXCEPT: &str = "except,excluding,excl,other than,but not,ausser,ausgenommen,sauf,hormis,excepto,salvo,\
     eccetto,behalve,oprócz";
/// First words of a text that leaves something out, if a time follows.
const WITHOUT: &str = "without,ohne,sans,sin,senza,zonder,bez";
/// First words of a text that keeps to something.
const ONLY: &str = "only,nur,seulement,solo,sólo,alleen";
/// Words after those that say how, and not how far: `only by phone`.
const MEANS: &str = "by,via,per,with,über,mit,par,avec,con,tramite,door,met";
/// First words of a text with the last day of something.
const UNTIL: &str = "until,till,valid until,bis,gültig bis,jusqu au,jusqu à,hasta,fino al,tot";

/// Words before the name of a stage: `Step 3 – In review`.
const STAGES: &str = "step,stage,phase,schritt,stufe,étape,etapa,paso,fase,passo,stap,etap";

/// Whether the heading of a section says that the section is not in force: `Handling (withdrawn)`. Things can be
/// in such a state themselves: `Requests (withdrawn)`.
pub(in crate::rules) fn section_status(heading: &str) -> bool {
    find_status(heading, |state| is_state(state) && names_things(heading)).is_some() && !is_stage(heading)
}

/// Whether the heading of a section limits what the section says: `Calls (partly)`, `Calls (except at night)`.
pub(in crate::rules) fn limits_section(heading: &str) -> bool {
    heading.contains('🚧') || remark_of(heading).is_some_and(|remark| remark.limits())
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
    let at = heading.rfind(['(', '[', '（', '【', '–', '—', ':', '：', ',']).or_else(|| heading.rfind(" - "))?;
    let (head, text) = heading.split_at(at);
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let sign = heading[at..].trim_start().chars().next()?;
    Some(Remark { head: head.trim(), sign, text }).filter(|remark| !remark.head.is_empty())
}

impl Remark<'_> {
    /// Whether the remark limits what its heading announces. After a colon or a comma, only a whole state does.
    fn limits(&self) -> bool {
        let head = self.head;
        let words = normalize_words(self.text);
        let words = words.as_str();
        let after = |starts: &str| starts.split(',').find_map(|start| words.strip_prefix(start)?.strip_prefix(' '));
        if is_one_of(&OPEN, words) || after(NOT_YET).is_some() {
            return true;
        }
        let is_aside = !matches!(self.sign, ':' | '：' | ',');
        if let Some(rest) = after(ONLY).filter(|_| is_aside) {
            let is_means = rest.split(' ').next().is_some_and(|word| is_listed(MEANS, word));
            return !is_means && !names_time(head);
        }
        let leaves_out = after(EXCEPT).is_some() || after(WITHOUT).is_some_and(names_time);
        let is_planned_for = || after(PLANNED_FOR).is_some();
        is_aside && leaves_out && !names_time(head)
            || is_one_of(&STATES, words) && !names_things(head)
            || (is_one_of(&LIMITS, words) || is_planned_for()) && !names_event(head)
            || is_share(self.text) && names_part(head)
    }
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

fn is_state(state: &str) -> bool {
    is_one_of(&STATES, &normalize_words(state)) && !is_loud(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_limit_a_section_unless_they_describe_its_subject() {
        for heading in [
            "Known errors (planned)",
            "Calls (partly)",
            "Calls – only mail",
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
        ] {
            assert!(!limits_section(heading), "{heading}");
        }
    }

    #[test]
    fn states_of_sections_differ_from_those_of_things() {
        for heading in [
            "Known errors (not in force)",
            "Contracts (draft)",
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
        ] {
            assert!(!section_status(heading), "{heading}");
        }
    }
}
