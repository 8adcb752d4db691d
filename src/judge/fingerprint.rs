//! What makes two findings the same finding, although lines were added above it or a day has passed.

use std::collections::HashMap;

use crate::finding::{Finding, RuleId};

/// What makes a finding the one it is: nothing of its message, so that messages can be reworded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Identity {
    /// The rule's name.
    pub(crate) rule: String,
    /// The id of the document that it is in, else the file, relative to the handbook's folder.
    pub(crate) document: String,
    /// What it is about: a clause, an item, a name, or the words at its place.
    pub(crate) subject: String,
}

impl Identity {
    /// The identity of a finding.
    pub(crate) fn of(finding: &Finding) -> Identity {
        let Finding { problem, document, subject, .. } = finding;
        let RuleId(rule) = problem.rule;
        let document = document.as_ref().map_or_else(|| problem.place.file.to_string(), ToString::to_string);
        Identity { rule: rule.to_owned(), document, subject: subject.clone() }
    }
}

/// A fingerprint for each finding: equal ones in one file are told apart by their order.
pub(crate) fn fingerprints<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    let mut seen: HashMap<Identity, usize> = HashMap::new();
    let mut fingerprint = |finding| {
        let identity = Identity::of(finding);
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        digest(&identity, *count)
    };
    findings.into_iter().map(&mut fingerprint).collect()
}

/// The fingerprint of the finding that is the `count`-th of its identity.
pub(crate) fn digest(identity: &Identity, count: usize) -> String {
    let Identity { rule, document, subject } = identity;
    let hash = blake3::hash(format!("{rule}\0{document}\0{subject}\0{count}").as_bytes());
    hash.to_hex()[..32].to_owned()
}
