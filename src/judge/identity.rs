//! The identity of findings, stable even if lines are added above them or a day passes.

use std::collections::HashMap;

use crate::finding::{Finding, RuleId};

/// The identity of a finding. It does not depend on the message, so messages can be reworded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FindingIdentity {
    /// The rule's name.
    pub(crate) rule: String,
    /// The ID of the document, or otherwise the file relative to the handbook's folder.
    pub(crate) document: String,
    /// The subject: a clause, an item, a name, or the words at its place.
    pub(crate) subject: String,
}

impl FindingIdentity {
    /// The identity of a finding.
    pub(crate) fn from_finding(finding: &Finding) -> FindingIdentity {
        let Finding { problem, document, subject, .. } = finding;
        let RuleId(rule) = problem.rule;
        let document = document.as_ref().map_or_else(|| problem.place.file.to_string(), ToString::to_string);
        FindingIdentity { rule: rule.to_owned(), document, subject: subject.clone() }
    }
}

/// Returns a fingerprint for each finding. Findings of equal identity are distinguished by their order.
pub(crate) fn fingerprints<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    let mut seen: HashMap<FindingIdentity, usize> = HashMap::new();
    let mut fingerprint = |finding| {
        let identity = FindingIdentity::from_finding(finding);
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        fingerprint(&identity, *count)
    };
    findings.into_iter().map(&mut fingerprint).collect()
}

/// The fingerprint of the `count`-th finding of an identity.
pub(crate) fn fingerprint(identity: &FindingIdentity, count: usize) -> String {
    let FindingIdentity { rule, document, subject } = identity;
    let hash = blake3::hash(format!("{rule}\0{document}\0{subject}\0{count}").as_bytes());
    hash.to_hex()[..32].to_owned()
}
