//! Words in the heads of tables that are revision histories, and in the headings over them.

/// Heads of columns of versions in languages without spaces.
pub(super) const VERSION_HEADS: [&str; 4] = ["版", "版数", "版本", "バージョン"];

/// Heads of columns of days in languages without spaces.
pub(super) const DAY_HEADS: [&str; 3] = ["日付", "日期", "改訂日"];

/// Words in the heads of columns of days.
pub(super) const DAY_WORDS: [&str; 10] =
    ["date", "datum", "fecha", "data", "day", "approved", "freigabe", "dato", "stand", "freigabedatum"];

/// Words of heads over things that have versions of their own.
pub(super) const THING_WORDS: [&str; 34] = [
    "service",
    "services",
    "system",
    "systems",
    "software",
    "component",
    "product",
    "application",
    "server",
    "asset",
    "ci",
    "configuration",
    "baseline",
    "package",
    "module",
    "document",
    "file",
    "dienst",
    "komponente",
    "produkt",
    "anwendung",
    "dokument",
    "datei",
    "logiciel",
    "composant",
    "produit",
    "servicio",
    "sistema",
    "aplicación",
    "producto",
    "servizio",
    "prodotto",
    "dienstverlening",
    "usługa",
];

/// Headings over the history of a document.
pub(super) const HEADINGS: [&str; 40] = [
    "revision history",
    "revisions",
    "version history",
    "document history",
    "document revision history",
    "document control",
    "change history",
    "change log",
    "changelog",
    "history of changes",
    "history of revisions",
    "amendment history",
    "record of changes",
    "revision record",
    "versionshistorie",
    "versionsverlauf",
    "änderungshistorie",
    "änderungsverzeichnis",
    "änderungsnachweis",
    "änderungsverlauf",
    "änderungsprotokoll",
    "dokumentenhistorie",
    "dokumenthistorie",
    "revisionshistorie",
    "revisionsverlauf",
    "historique des versions",
    "historique des révisions",
    "historique des modifications",
    "suivi des modifications",
    "historial de cambios",
    "historial de versiones",
    "historial de revisiones",
    "control de cambios",
    "histórico de revisões",
    "histórico de alterações",
    "storico delle revisioni",
    "revisiehistorie",
    "versiebeheer",
    "改訂履歴",
    "変更履歴",
];
