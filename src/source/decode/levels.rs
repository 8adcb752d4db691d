//! Words for levels of confidentiality in the values of other programs' and people's keys.

use super::meaning::{key_forms, normalize_key, own_key_for};
use crate::place::Located;
use crate::placeholder::normalize_words;
use crate::source::front_matter::FrontMatter;
use crate::source::state_words::says_no;
use crate::text::{is_dash, is_listed};

/// Words for the lowest level.
const PUBLIC: &[&str] = &[
    "public",
    "öffentlich",
    "publique",
    "público",
    "pública",
    "pubblico",
    "pubblica",
    "openbaar",
    "publiczny",
    "公開",
    "公开",
    "clear",
    "white",
    "tlp clear",
    "tlp white",
    "unclassified",
    "everyone",
    "all",
    "open",
    "publiczne",
    "publiczna",
];

/// Words for the other levels, with the names that handbooks give these levels unless they have their own.
const CLOSED: [(&str, &[&str]); 3] = [
    (
        "internal",
        &[
            "internal",
            "internal only",
            "internal use",
            "internal use only",
            "for internal use only",
            "staff only",
            "intern",
            "nur intern",
            "interne",
            "usage interne",
            "interno",
            "interna",
            "uso interno",
            "wewnętrzny",
            "wewnętrzne",
            "do użytku wewnętrznego",
            "社内",
            "社内限り",
            "内部",
            "tlp green",
            "official",
        ],
    ),
    (
        "confidential",
        &[
            "confidential",
            "company confidential",
            "vertraulich",
            "confidentiel",
            "confidentielle",
            "confidencial",
            "confidenziale",
            "riservato",
            "riservata",
            "vertrouwelijk",
            "poufny",
            "poufne",
            "社外秘",
            "機密",
            "秘",
            "保密",
            "tlp amber",
            "tlp amber strict",
            "official sensitive",
        ],
    ),
    (
        "restricted",
        &[
            "restricted",
            "strictly confidential",
            "secret",
            "top secret",
            "streng vertraulich",
            "geheim",
            "eingeschränkt",
            "restreint",
            "secreto",
            "restringido",
            "restringida",
            "restrito",
            "segreto",
            "geheim",
            "strikt vertrouwelijk",
            "zastrzeżone",
            "tajne",
            "極秘",
            "厳秘",
            "绝密",
            "tlp red",
        ],
    ),
];

/// Keys that name a level, so that a negative answer means the lowest one: `confidential: no`.
const LEVEL_FLAGS: [&str; 13] = [
    "private",
    "internal",
    "confidential",
    "secret",
    "restricted",
    "sensitive",
    "vertraulich",
    "intern",
    "geheim",
    "confidentiel",
    "confidencial",
    "riservato",
    "vertrouwelijk",
];

/// Words in keys whose value `internal` is not a level: `audit_type: internal`.
const OTHER_SUBJECTS: [&str; 18] = [
    "kind",
    "type",
    "typ",
    "art",
    "audit",
    "audits",
    "origin",
    "source",
    "provider",
    "supplier",
    "team",
    "department",
    "customer",
    "customers",
    "contact",
    "status",
    "scope",
    "category",
];

impl FrontMatter {
    /// Makes the classification unclear if unknown keys name a higher level than it is: `label: confidential`. Beside
    /// a classification, only keys about secrecy count, so that `auditor: internal` changes nothing.
    pub(in crate::source) fn doubt_lower_level(&mut self, ladder: &[String]) {
        let own = self.classification.as_ref().and_then(|own| ladder.iter().position(|level| *level == own.value));
        let loose = self.loosely_hinted_level.filter(|_| own.is_none());
        let is_lower = self.hinted_level.max(loose).is_some_and(|hinted| hinted > own.unwrap_or(0));
        if is_lower {
            self.doubt_classification();
        }
    }

    /// Makes the classification unclear, so that no edition shows the document.
    pub(crate) fn doubt_classification(&mut self) {
        FrontMatter::key_index("classification").into_iter().for_each(|index| self.note_unclear(index));
    }

    /// The tag that names the highest level of confidentiality, as an index into the levels, if any does.
    pub(crate) fn level_of_tags(&self, levels: &[String]) -> Option<(usize, &Located<String>)> {
        self.tags.iter().filter_map(|tag| Some((named_level(&tag.value, levels)?, tag))).max_by_key(|(level, _)| *level)
    }
}

/// Words of keys that say how secret a document is, and of loose names for that.
const SECRECY_WORDS: &str = "access,audience,class,classe,clase,clearance,confidentiality,dissemination,distribution,handling,label,labels,level,levels,\
     marking,markings,nda,secrecy,security,sensitivity,tlp,visibility,klasse,stufe,datenklasse,freigabestufe,sichtbarkeit,zugriff,niveau,accès,\
     nivel,acceso,livello,accesso,rubricering,toegang,acesso,dostęp,infosec,dataclass";
/// Words for readers that mean the second level under such a key.
const STAFF: [&str; 8] =
    ["staff", "employees", "employees only", "mitarbeiter", "mitarbeitende", "personal", "関係者限り", "関係者外秘"];

/// Whether a key is about how secret a document is, so that its value counts even beside a classification.
pub(super) fn is_about_secrecy(key: &str) -> bool {
    let is_named = own_key_for(key) == Some("classification");
    let key = normalize_key(key);
    let is_flag = key_forms(&key).any(|form| LEVEL_FLAGS.contains(&form));
    is_named
        || is_flag
        || key.split('-').any(|word| is_listed(SECRECY_WORDS, word))
        || ["機密", "取扱", "開示", "公開", "秘密"].iter().any(|word| key.contains(word))
}

/// The index of the level that a class such as `C3` names; the first class is the lowest level.
fn numbered_level(words: &str, ladder: &[String]) -> Option<usize> {
    let number: usize = words.strip_prefix(['c', 'k', 's'])?.parse().ok()?;
    (1..=9).contains(&number).then(|| (number - 1).min(ladder.len().saturating_sub(1)))
}

/// The index of the level of confidentiality that a key means with this value, from 0 for the lowest one. If the
/// handbook has no level of this name, it is the highest one.
pub(super) fn level(key: &str, value: &str, ladder: &[String]) -> Option<usize> {
    let key = normalize_key(key);
    let is_flag = key_forms(&key).any(|form| LEVEL_FLAGS.contains(&form));
    if is_flag && says_no(value) {
        return Some(0);
    }
    let is_other = key.split('-').any(|word| OTHER_SUBJECTS.contains(&word));
    if is_other {
        return None;
    }
    // `2 - internal`, `Confidential (draft)`
    let signs = |c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '-') || is_dash(c) && c != '-';
    let parts = || value.split(signs).flat_map(|part| part.split(" - "));
    let of_part = || parts().filter_map(|part| named_level(part, ladder)).max();
    let words = normalize_words(value);
    let is_staff = || STAFF.contains(&words.as_str()).then(|| 1.min(ladder.len().saturating_sub(1)));
    let loose = || of_part().or_else(is_staff).or_else(|| numbered_level(&words, ladder));
    named_level(value, ladder).or_else(|| if is_about_secrecy(&key) { loose() } else { None })
}

/// The index of the level that a text names; the highest one if the handbook has no level of this name.
fn named_level(text: &str, ladder: &[String]) -> Option<usize> {
    let words = normalize_words(text);
    let words = words.as_str();
    let find = |name: &str| ladder.iter().position(|level| normalize_words(level) == name);
    let closed = || CLOSED.iter().find(|(_, names)| names.contains(&words)).map(|(name, _)| *name);
    let highest = ladder.len().saturating_sub(1);
    let translated = || closed().map(|name| find(name).unwrap_or(highest));
    find(words).or_else(translated).or_else(|| PUBLIC.contains(&words).then_some(0)).filter(|_| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn levels_are_recognized_by_their_values() {
        let ladder = ["public", "internal", "confidential"].map(str::to_owned);
        for (key, value, expected) in [
            ("label", "Confidential", Some(2)),
            ("niveau", "interne", Some(1)),
            ("handling", "internal use only", Some(1)),
            ("marking", "OFFICIAL-SENSITIVE", Some(2)),
            ("clearance", "secret", Some(2)),
            ("visibility", "public", Some(0)),
            ("label", "Confidential – internal", Some(2)),
            ("class", "2 - internal", Some(1)),
            ("stufe", "3 (vertraulich)", Some(2)),
            ("class", "C3", Some(2)),
            ("level", "C1", Some(0)),
            ("audience_level", "staff", Some(1)),
            ("取扱", "関係者限り", Some(1)),
            ("author", "staff", None),
            ("room", "C3", None),
            ("remark", "Printed (internal)", None),
            ("label", "well-known", None),
            ("TLP", "white", Some(0)),
            ("private", "false", Some(0)),
            ("Vertraulich", "nein", Some(0)),
            ("visibility", "none", None),
            ("label", "billing", None),
            ("audit_type", "internal", None),
            ("label", "", None),
        ] {
            assert_eq!(level(key, value, &ladder), expected, "{key}: {value}");
        }
    }
}
