//! Words of keys of other programs and people, in lower case, without accents and with umlauts transcribed.

/// Last words of keys that refer to a subject without stating it, such as `review_notes`.
pub(super) const ABOUT: &[&str] = &[
    "board", "colour", "color", "comment", "comments", "contact", "file", "href", "icon", "id", "image", "images",
    "link", "links", "log", "note", "notes", "number", "page", "path", "ref", "team", "title", "url", "nr", "nummer",
    "numero", "author",
];

/// Last words of keys that name a clause or say who deals with it, and not how far it is addressed.
pub(super) const CLAUSE_FACTS: &[&str] = &["title", "name", "names", "owner", "checked", "titel", "group", "count"];

/// Words for where and how long something is kept once it is no longer needed.
pub(super) const RETENTION_WORDS: &[&str] = &[
    "after", "dauer", "duration", "folder", "frist", "lieu", "location", "ort", "period", "place", "years", "jahre",
    "plazo", "duree",
];

/// Words of keys that refer to the past.
pub(super) const PAST: &[&str] = &[
    "former", "last", "letzte", "letzter", "letztes", "prev", "previous", "laatste", "derniere", "dernier", "ultima",
    "ultimo", "ostatni", "ostatnia", "anterior",
];

/// Stems of words for documents that are not in force, or only until some day.
pub(super) const ENDED_STEMS: &[&str] = &[
    "abgelaufen",
    "ablauf",
    "archiv",
    "cancel",
    "deprecat",
    "embargo",
    "entwuerf",
    "entwurf",
    "expir",
    "inactiv",
    "obsolet",
    "outdated",
    "retire",
    "revoke",
    "suspend",
    "ungueltig",
    "unpublish",
    "verfall",
    "veraltet",
    "widerruf",
    "withdraw",
];

/// Whole words for the same, because as stems they would match other words: a `publisher`, `drafted_by`.
pub(super) const ENDED_WORDS: &[&str] =
    &["draft", "drafts", "publication", "publish", "published", "sunset", "wip", "zurueckgezogen", "until"];

/// Stems of words for being replaced by another document.
pub(super) const REPLACED_STEMS: &[&str] = &[
    "obsolete", "ersetz", "replace", "succeed", "supersed", "remplac", "sustitu", "reemplaz", "substitu", "sostitu",
    "vervang", "zastap",
];

/// Words for replacing another document.
pub(super) const REPLACES: &[&str] = &[
    "cancels",
    "deprecates",
    "obsoletes",
    "predecessor",
    "predecessors",
    "repeals",
    "replace",
    "replaces",
    "replacing",
    "supplants",
    "invalidates",
    "rescinds",
    "retires",
    "revokes",
    "supersede",
    "supersedes",
    "superseding",
    "withdraws",
    "ersetzt",
    "vorgaenger",
    "vorgaengerdokument",
    "vorgaengerversion",
    "vorversion",
    "remplace",
    "sustituye",
    "reemplaza",
    "sostituisce",
    "vervangt",
    "substitui",
    "zastepuje",
];

/// Words for documents of the past, beside one of [`DOCUMENT_WORDS`].
pub(super) const FORMER: &[&str] =
    &["former", "previous", "vorherige", "vorheriges", "anterior", "precedent", "precedente", "vorige"];

/// Words for documents in keys.
pub(super) const DOCUMENT_WORDS: &[&str] = &[
    "doc",
    "docs",
    "document",
    "documents",
    "edition",
    "policy",
    "procedure",
    "version",
    "versions",
    "dokument",
    "dokumente",
    "fassung",
    "ausgabe",
    "documento",
    "documentos",
    "documenti",
    "edicion",
    "edizione",
    "versione",
    "versie",
];

/// Words that change nothing about what a key names.
pub(super) const FILLERS: &[&str] =
    &["a", "dc", "dct", "dcterms", "relation", "et", "for", "id", "ids", "is", "list", "of", "schema", "the", "this"];

/// Words that turn a review into a pending one.
pub(super) const WAITING: &[&str] = &["awaiting", "in", "needs", "pending", "requires", "under"];

/// The words among them that do so after it as well.
pub(super) const WAITING_ANYWHERE: &[&str] = &["awaiting", "pending"];

/// Words for being in force.
pub(super) const IN_FORCE_WORDS: &[&str] = &[
    "effective",
    "effectivity",
    "effektiv",
    "gueltig",
    "gueltigkeit",
    "inkrafttreten",
    "valid",
    "validity",
    "vigueur",
    "vigencia",
    "vigente",
    "vigor",
    "vigore",
    "effet",
    "geldig",
    "ingangsdatum",
    "obowiazuje",
];

/// Stems of words for an approval.
pub(super) const APPROVED_STEMS: &[&str] = &[
    "freigabe",
    "freigegeben",
    "genehmigt",
    "genehmigung",
    "approbation",
    "approuv",
    "aprobacion",
    "aprobado",
    "aprobada",
    "aprovac",
    "aprovad",
    "approvazione",
    "approvat",
    "goedgekeurd",
    "goedkeuring",
    "zatwierdzen",
    "zatwierdzon",
];

/// Words before the one who does something, or after it.
pub(super) const BY: &[&str] = &["by", "durch", "von", "par", "por", "da", "door", "przez"];

/// Stems of words, beside `clause`, for how far a document addresses the clauses that it claims.
pub(super) const LIMIT_STEMS: &[&str] = &[
    "klausel",
    "umfang",
    "abdeckung",
    "einschraenkung",
    "ausnahme",
    "geltungsbereich",
    "ausgeschlossen",
    "portee",
    "couverture",
    "alcance",
    "cobertura",
    "limitacion",
    "excepcion",
    "copertura",
    "limitazion",
    "eccezion",
    "dekking",
    "beperking",
    "uitzondering",
    "zakres",
    "ograniczen",
    "wylaczen",
    "limitac",
    "excec",
    "clausul",
    "適用範囲",
    "除外",
];

/// Words for being in force that mean something else unless one of [`FROM`] or [`UNTIL`] is present.
pub(super) const START_WORDS: &[&str] =
    &["applicable", "applies", "apply", "commencement", "effect", "force", "gilt", "kraft"];

/// Words before or after a first day.
pub(super) const FROM: &[&str] = &[
    "ab", "as", "begins", "date", "datum", "day", "from", "on", "seit", "since", "start", "starting", "starts", "takes",
];

/// Words before or after a last day.
pub(super) const UNTIL: &[&str] = &[
    "bis", "end", "ende", "ends", "through", "thru", "till", "until", "fin", "hasta", "jusqu", "fino", "tot", "ate",
    "do", "scadenza", "einde",
];

/// Stems of words for a review that mean something else unless one of [`RECURRENCE_STEMS`] is present.
pub(super) const CHECK_STEMS: &[&str] = &[
    "pruef",
    "recertification",
    "revalidation",
    "revision",
    "ueberpruef",
    "wiedervorlage",
    "revue",
    "revisao",
    "revisione",
    "herzien",
    "przeglad",
];

/// Stems of words for recurrence.
pub(super) const RECURRENCE_STEMS: &[&str] = &[
    "cycle",
    "due",
    "every",
    "frequency",
    "interval",
    "naechst",
    "next",
    "period",
    "recertification",
    "turnus",
    "wiedervorlage",
    "prochain",
    "proxim",
    "prossim",
    "volgende",
    "nastepn",
    "zyklus",
    "fecha",
];

/// Words for the status of a document.
pub(super) const STATUS: &[&str] = &["lifecycle", "state", "status", "workflow", "zustand"];

/// Words before a stage that is not the document's, but that of a team, or of a program on its way to users.
pub(super) const FOREIGN_STAGE_WORDS: &[&str] =
    &["author", "build", "deploy", "deployment", "devops", "owning", "pipeline", "product", "sales"];

/// Stems of words for confidentiality.
pub(super) const LEVEL_STEMS: &[&str] = &[
    "classif",
    "clearance",
    "confidencial",
    "confidential",
    "einstufung",
    "geheim",
    "klassifi",
    "klasyfik",
    "poufn",
    "private",
    "restricted",
    "riservat",
    "schutzbedarf",
    "schutzklasse",
    "schutzstufe",
    "sensitiv",
    "sigilo",
    "vertraulich",
    "vertrouwelijk",
    "visibility",
];

/// Things that have a level, and words for the level.
pub(super) const LEVEL_SUBJECT_WORDS: &[&str] =
    &["access", "data", "distribution", "document", "info", "information", "protection", "security"];
pub(super) const LEVEL_WORDS: &[&str] =
    &["class", "grade", "label", "level", "marking", "restriction", "restrictions", "statement"];
