//! What the headings of sections are about: things, events and times in the operation of services, or parts of a
//! document.

use super::title_status::SEPARATORS;
use crate::name::fold_case;
use crate::text::is_listed;

/// Stems of times; what is said about them describes their hours.
const TIMES: &str = "night,weekend,holiday,sunday,saturday,hours,days,nacht,nächt,nachts,wochenende,feiertag,zeiten,nuit,\
     week-end,férié,horaire,noche,festivo,horario,notte,orari,weekeinde,godziny";

/// Stems of events in the operation of services, which are planned, partial or incomplete themselves.
const EVENTS: &str = "absence,audit,availab,backup,blackout,budget,capacity,change,closure,cost,cutover,deliver,demand,\
     deploy,downtime,exercise,failover,failure,freeze,growth,improvement,interrupt,intervention,loss,\
     maintenance,meeting,migration,move,outage,patch,peak,project,reboot,recover,release,resource,restart,\
     restor,review,rollout,shutdown,switch,test,training,upgrade,update,visit,window,ausfall,ausfäll,\
     abschalt,änderung,kapazität,lieferung,sicherung,störun,umzug,unterbrech,wartung,wiederherstell,\
     panne,coupure,arrêt,sauvegarde,chiusur,interruzion,manutenzion,caída,corte,mantenimiento,storing,\
     onderhoud,wyłącz";

/// Nouns for parts of a document: what it describes in so many words. What is said about them is said about the text.
const PARTS: [&str; 4] = [
    "steps,procedure,procedures,process,processes,workflow,workflows,handling,escalation,escalations,classification,prioritization,\
     prioritisation,categorization,registration,communication,diagnosis,approach,rules,roles,\
     responsibilities,principles,instructions,guidelines,methods,method,details,basics,section,chapter,annex,appendix,policy,\
     introduction,purpose,definitions,overview",
    "schritte,ablauf,abläufe,verfahren,vorgehen,vorgehensweise,prozess,prozesse,eskalation,bearbeitung,behandlung,\
     erfassung,einstufung,kommunikation,regeln,regelung,regelungen,rollen,zuständigkeiten,verantwortlichkeiten,grundsätze,\
     anweisungen,anleitung,methoden,einzelheiten,abschnitt,kapitel,anhang,zweck,begriffe",
    "étapes,procédure,procédures,processus,déroulement,traitement,règles,rôles,responsabilités,principes,pasos,\
     procedimiento,proceso,tratamiento,escalado,reglas,funciones,passi,procedura,procedure,processo,gestione,regole,ruoli,\
     passos,procedimento,tratamento,regras",
    "stappen,werkwijze,afhandeling,escalatie,regels,rollen,kroki,procedura,przebieg,obsługa,zasady,手順,手続,手続き,規則,\
     役割,步骤,流程,规则,职责",
];

/// Texts that have a state of their own: `Contract (draft)`.
const TEXTS: &str = "contract,invoice,quote,quotation,report,minutes,agreement,offer,letter,message,article,record,document,proposal,protokoll,bericht,vertrag,\
     verträge,angebot,dokument,contrat,rapport,contrato,informe,contratto,verslag,umowa";

/// Things in the singular, or with a plural that is not formed with `s`.
const THINGS: &str = "backup,data,equipment,hardware,media,software,stock,staff,anlagen,anwendungen,ausweise,benutzer,\
     daten,dienste,dokumente,formulare,geräte,konten,kunden,lieferanten,lizenzen,passwörter,protokolle,\
     schlüssel,systeme,teile,verträge,zertifikate,zugänge,dati,contratti,certificati,richieste,contracten,\
     accounts,umowy,konta,certyfikaty,contrats";

/// The noun that the first words of a heading are about: `loss` in `Loss of service`.
fn noun_of(heading: &str) -> String {
    const OF: [&str; 9] = ["of", "for", "von", "der", "de", "des", "di", "van", "du"];
    let head = heading.split(SEPARATORS).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default();
    let folded = fold_case(head.split(',').next().unwrap_or_default());
    folded.split_whitespace().take_while(|word| !OF.contains(word)).last().unwrap_or_default().to_owned()
}

/// Whether a heading names a part of a document: `Steps`, `Handling of requests`, `Change management`.
pub(super) fn names_part(heading: &str) -> bool {
    let noun = noun_of(heading);
    PARTS.iter().any(|list| is_listed(list, &noun)) || names_activity(&noun)
}

/// Whether a noun is an activity, whatever it is about: `management`, `Störungsbearbeitung`.
fn names_activity(noun: &str) -> bool {
    ["management", "bearbeitung", "behandlung", "verfahren", "prozess"].iter().any(|end| noun.ends_with(end))
}

/// Whether a heading names texts that have a state of their own: `Contracts (draft)`.
pub(super) fn names_text(heading: &str) -> bool {
    let noun = noun_of(heading);
    is_listed(TEXTS, &noun) || noun.strip_suffix('s').is_some_and(|noun| is_listed(TEXTS, noun))
}

/// Whether the words of a heading before its remark name several things, as opposed to an activity or to parts of
/// a document.
pub(super) fn names_things(heading: &str) -> bool {
    let noun = noun_of(heading);
    let is_plural = noun.ends_with('s') && !["ss", "is", "us"].iter().any(|end| noun.ends_with(end));
    let is_thing = is_plural || THINGS.split(',').any(|thing| noun.ends_with(thing));
    is_thing && !names_part(heading)
}

/// Whether a heading is about an event in the operation of services.
pub(in crate::rules) fn names_event(heading: &str) -> bool {
    let noun = noun_of(heading);
    // `Change management` is an activity.
    EVENTS.split(',').any(|stem| noun.starts_with(stem) || stem.len() > 5 && noun.contains(stem))
        && !names_activity(&noun)
}

/// Whether a text names a time: `nights`.
pub(super) fn names_time(text: &str) -> bool {
    let folded = fold_case(text);
    folded.split_whitespace().any(|word| TIMES.split(',').any(|time| word.starts_with(time)))
}
