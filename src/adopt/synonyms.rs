//! Names that other people and programs use for keys, statuses, types, levels and intervals.

/// Other names of keys, in addition to those that every check knows.
pub(super) const KEY_SYNONYMS: [(&str, &str); 43] = [
    ("weight", "order"),
    ("sidebar-position", "order"),
    ("nav-order", "order"),
    ("position", "order"),
    ("doc-id", "id"),
    ("document-id", "id"),
    ("document-number", "id"),
    ("document-code", "id"),
    ("policy-id", "id"),
    ("identifier", "id"),
    ("document-title", "title"),
    ("doc-title", "title"),
    ("summary", "description"),
    ("abstract", "description"),
    ("document-owner", "owner"),
    ("doc-owner", "owner"),
    ("policy-owner", "owner"),
    ("process-owner", "owner"),
    ("responsible", "owner"),
    ("maintainer", "owner"),
    ("maintainers", "owner"),
    ("owners", "owner"),
    ("written-by", "author"),
    ("prepared-by", "author"),
    ("document-author", "author"),
    ("reviewed-by", "reviewers"),
    ("reviewer", "reviewers"),
    ("revision", "version"),
    ("rev", "version"),
    ("document-version", "version"),
    ("last-approved", "approved"),
    ("applies-to", "audience"),
    ("keywords", "tags"),
    ("redirect-from", "aliases"),
    ("permalink", "aliases"),
    ("url", "aliases"),
    ("redirects", "aliases"),
    ("language", "lang"),
    ("locale", "lang"),
    ("confidentiality", "classification"),
    ("sensitivity", "classification"),
    ("security-classification", "classification"),
    ("replaces", "supersedes"),
];

/// Keys whose `true` and `false` say whether a page is a draft.
pub(super) const DRAFT_FLAGS: [&str; 2] = ["draft", "published"];

/// Other words for a status.
pub(super) const STATUS_SYNONYMS: [(&str, &str); 38] = [
    ("published", "approved"),
    ("live", "approved"),
    ("final", "approved"),
    ("active", "approved"),
    ("current", "approved"),
    ("released", "approved"),
    ("release", "approved"),
    ("effective", "approved"),
    ("in force", "approved"),
    ("in effect", "approved"),
    ("accepted", "approved"),
    ("adopted", "approved"),
    ("wip", "draft"),
    ("work in progress", "draft"),
    ("in progress", "draft"),
    ("proposed", "draft"),
    ("proposal", "draft"),
    ("new", "draft"),
    ("unpublished", "draft"),
    ("true", "draft"),
    ("false", "draft"),
    ("in review", "in-review"),
    ("review", "in-review"),
    ("under review", "in-review"),
    ("reviewing", "in-review"),
    ("pending", "in-review"),
    ("pending approval", "in-review"),
    ("awaiting approval", "in-review"),
    ("for approval", "in-review"),
    ("for review", "in-review"),
    ("archived", "retired"),
    ("obsolete", "retired"),
    ("deprecated", "retired"),
    ("superseded", "retired"),
    ("withdrawn", "retired"),
    ("replaced", "retired"),
    ("expired", "retired"),
    ("inactive", "retired"),
];

/// Other words for a type, which may also occur in names of files and folders.
pub(super) const TYPE_SYNONYMS: [(&str, &str); 39] = [
    ("policies", "policy"),
    ("policy", "policy"),
    ("processes", "process"),
    ("process", "process"),
    ("procedures", "procedure"),
    ("procedure", "procedure"),
    ("sop", "procedure"),
    ("sops", "procedure"),
    ("plans", "plan"),
    ("plan", "plan"),
    ("runbook", "work-instruction"),
    ("runbooks", "work-instruction"),
    ("playbook", "work-instruction"),
    ("playbooks", "work-instruction"),
    ("howto", "work-instruction"),
    ("how to", "work-instruction"),
    ("checklist", "work-instruction"),
    ("checklists", "work-instruction"),
    ("instruction", "work-instruction"),
    ("work instruction", "work-instruction"),
    ("guide", "guideline"),
    ("guides", "guideline"),
    ("guidance", "guideline"),
    ("guidelines", "guideline"),
    ("manual", "guideline"),
    ("handbook", "guideline"),
    ("standard", "specification"),
    ("sla", "agreement"),
    ("contract", "agreement"),
    ("agreements", "agreement"),
    ("template", "template"),
    ("templates", "template"),
    ("form", "template"),
    ("forms", "template"),
    ("registers", "register"),
    ("register", "register"),
    ("reports", "report"),
    ("minutes", "record"),
    ("records", "record"),
];

/// Other words for a level of classification.
pub(super) const LEVEL_SYNONYMS: [(&str, &str); 9] = [
    ("open", "public"),
    ("unclassified", "public"),
    ("external", "public"),
    ("internal only", "internal"),
    ("internal use", "internal"),
    ("internal use only", "internal"),
    ("secret", "restricted"),
    ("strictly confidential", "restricted"),
    ("highly confidential", "restricted"),
];

/// Other words for an interval.
pub(super) const INTERVAL_SYNONYMS: [(&str, &str); 8] = [
    ("annually", "12 months"),
    ("yearly", "12 months"),
    ("every year", "12 months"),
    ("once a year", "12 months"),
    ("half-yearly", "6 months"),
    ("biannually", "6 months"),
    ("every six months", "6 months"),
    ("every two years", "24 months"),
];

/// Looks up a word in a table, ignoring letter case and treating `-` and `_` as spaces.
pub(super) fn find_meaning(table: &'static [(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace(['-', '_'], " ");
    table.iter().find(|(other, _)| other.replace('-', " ") == word).map(|(_, meaning)| *meaning)
}

/// The type that the name of a file or folder indicates: its last word that is a type.
pub(crate) fn type_in(name: &str) -> Option<&'static str> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter_map(|word| find_meaning(&TYPE_SYNONYMS, word)).next_back()
}
