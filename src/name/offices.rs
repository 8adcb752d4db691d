//! Words for offices and departments, and the titles, articles and marks that stand beside names.

use std::sync::LazyLock;

use ahash::AHashSet;

/// Words that name an office, a department or a job, and are no part of a person's name.
const OFFICES: &[&str] = &[
    // English
    "accounting administration administrator advisor agent analyst architect assistant associate auditor auditors \
     authority board business buyer capacity chair chairman chairperson chairwoman change chief clerk commission \
     committee compliance configuration consultant contact continuity controller coordinator council counsel customer \
     customers cybersecurity data delivery department deployment deputy desk developer development director directors \
     dispatcher division employee employees engineer engineering executive expert facilities finance function general \
     governance group head helpdesk human incident information infrastructure legal lead leader logistics maintenance \
     management manager managing marketing network office officer operation operations operator organization owner \
     panel partner personnel planner planning president principal problem procurement product production programme \
     project protection purchasing quality recruitment registrar release representative resources risk sales secretary \
     security service services specialist sponsor staff steering steward supervisor supplier suppliers support team \
     technical technician technology tester testing trainer training treasurer vendor warehouse workforce",
    // German
    "abteilung ausschuss beauftragter beauftragte bereich betrieb betriebsrat buchhaltung controlling datenschutz \
     direktion direktor direktorin einkauf entwicklung finanzen fachbereich gremium koordinator koordinatorin kundendienst \
     lager leiter leiterin leitung marketing mitarbeiter mitarbeiterin personal planung produktion prokurist \
     qualität qualitätssicherung recht referat referent referentin revision sachbearbeiter sachbearbeiterin sekretariat \
     sicherheit stabsstelle stelle technik verantwortliche verantwortlicher vertrieb verwaltung vorsitz vorsitzende \
     vorsitzender vorstand",
    // French
    "achats administrateur administratrice adjoint adjointe chef cheffe comité commission comptabilité conseil directeur \
     direction directrice équipe exploitation gérant gérante gestionnaire juridique président présidente qualité \
     responsable sécurité service technicien ventes",
    // Spanish, Portuguese and Italian
    "administrador administradora analista calidad comité compras coordinador coordinadora dirección director directora \
     encargado equipo gerencia gerente jefa jefe presidente responsable seguridad servicio soporte ventas comissão \
     coordenador diretor diretora direção diretoria equipe gestor gestora qualidade segurança serviço amministratore capo \
     comitato coordinatore direttore direttrice direzione dirigente gruppo qualità responsabile sicurezza servizio ufficio",
    // Dutch, Polish and the Nordic languages
    "afdeling beheerder bestuur beveiliging coördinator directeur directie hoofd inkoop kwaliteit leidinggevende \
     medewerker verantwoordelijke verkoop voorzitter dyrektor dyrektorka dział kierownik kierowniczka koordynator prezes \
     specjalista zarząd zespół avdeling avdelning chef direktør direktör leder ledelse styre styrelse",
];

static OFFICE_WORDS: LazyLock<AHashSet<&'static str>> =
    LazyLock::new(|| OFFICES.iter().flat_map(|words| words.split_whitespace()).collect());

/// Endings of German and Nordic compounds for offices: `Qualitätsleiterin`, `Geschäftsführung`.
const COMPOUND_ENDINGS: [&str; 14] = [
    "leiter",
    "leiterin",
    "leitung",
    "führer",
    "führerin",
    "führung",
    "manager",
    "managerin",
    "beauftragte",
    "beauftragter",
    "verantwortliche",
    "verantwortlicher",
    "abteilung",
    "ansvarlig",
];

/// Endings of offices and departments in Chinese and Japanese.
const EASTERN_ENDINGS: [&str; 22] = [
    "長",
    "长",
    "部",
    "課",
    "科",
    "室",
    "局",
    "係",
    "者",
    "役",
    "員",
    "员",
    "经理",
    "監督",
    "总监",
    "主任",
    "担当",
    "委員会",
    "会社",
    "組",
    "组",
    "班",
];

/// Whether a word in lower case names an office, a department or a job.
pub(crate) fn is_office_word(word: &str) -> bool {
    let is_compound = || !word.is_ascii() || word.len() > MIN_COMPOUND;
    OFFICE_WORDS.contains(word)
        || is_compound() && COMPOUND_ENDINGS.iter().any(|ending| word.ends_with(ending))
        || !word.is_ascii() && EASTERN_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// The shortest compound that is read as an office, in bytes.
const MIN_COMPOUND: usize = 7;

/// Articles, titles and marks of signature before a name, in lower case and without full stops.
pub(super) const BEFORE_NAMES: &[&str] = &[
    "dr",
    "prof",
    "dipl",
    "ing",
    "mag",
    "mr",
    "mrs",
    "ms",
    "mx",
    "herr",
    "frau",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "señor",
    "señora",
    "sra",
    "sig",
    "dhr",
    "mevr",
    "pani",
    "gez",
    "gezeichnet",
    "signed",
    "approved",
    "approval",
    "approver",
    "reviewed",
    "reviewer",
    "checked",
    "verified",
    "author",
    "by",
    "freigegeben",
    "freigabe",
    "freigeber",
    "genehmigt",
    "geprüft",
    "unterschrieben",
    "von",
    "durch",
    "approuvé",
    "signé",
    "par",
    "aprobado",
    "firmado",
    "por",
    "aprovado",
    "assinado",
    "approvato",
    "firmato",
    "da",
    "goedgekeurd",
    "getekend",
    "door",
    "zatwierdził",
    "zatwierdziła",
    "acting",
    "interim",
    "kommissarischer",
    "kommissarische",
    "承認者",
    "承認",
    "責任者",
    "审批人",
    "批准",
];

/// Articles that begin no surname.
pub(super) const DEFINITE_ARTICLES: [&str; 4] = ["the", "der", "die", "das"];

/// Articles before the name of an office that may also begin a surname: `le Directeur`, but `Le Pen`.
pub(super) const ARTICLES: [&str; 12] = ["le", "la", "les", "l", "el", "los", "il", "lo", "o", "a", "de", "het"];

/// Degrees and marks of signature behind a name, in lower case and without full stops.
pub(super) const AFTER_NAMES: &[&str] = &[
    "gez",
    "gezeichnet",
    "signed",
    "approved",
    "approver",
    "unterschrieben",
    "freigegeben",
    "genehmigt",
    "signé",
    "firmado",
    "firmato",
    "assinado",
    "getekend",
    "phd",
    "dphil",
    "mba",
    "msc",
    "bsc",
    "ma",
    "ba",
    "jr",
    "sr",
    "on",
    "am",
    "vom",
    "per",
    "le",
    "el",
    "il",
    "op",
    "dnia",
    "den",
    "em",
    "様",
    "氏",
    "さん",
    "先生",
    "女士",
    "印",
];

/// Ways to write that somebody signed for another person, behind a name: `Ann Lee i. V.`
pub(super) const SIGNED_FOR: [&str; 12] =
    ["i. v.", "i.v.", "i. v", "i. a.", "i.a.", "i. a", "p. p.", "p.p.", "pp", "ppa.", "p.o.", "p. o."];

/// First words of remarks that somebody was not there.
pub(super) const ABSENCES: &[&str] = &[
    "absent",
    "absence",
    "apologies",
    "apology",
    "excused",
    "regrets",
    "away",
    "unavailable",
    "represented",
    "abwesend",
    "entschuldigt",
    "verhindert",
    "vertreten",
    "fehlte",
    "fehlt",
    "absente",
    "excusé",
    "excusée",
    "représenté",
    "représentée",
    "ausente",
    "excusado",
    "excusada",
    "representado",
    "representada",
    "assente",
    "giustificato",
    "rappresentato",
    "afwezig",
    "verontschuldigd",
    "vertegenwoordigd",
    "nieobecny",
    "nieobecna",
    "usprawiedliwiony",
    "frånvarande",
    "fraværende",
    "欠席",
    "缺席",
    "請假",
    "请假",
];
