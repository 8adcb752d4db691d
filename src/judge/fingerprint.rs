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

/// A message without the numbers that change by themselves: lines, and counts of days and pages.
pub(crate) fn stable(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (number, after) = number.split_at(end);
        out.push_str(before);
        let moves = before.ends_with("line ")
            || after.starts_with(" day")
            || after.starts_with(" other page")
            || after.starts_with(" other file");
        out.push_str(if moves { "#" } else { number });
        rest = after;
    }
    out + rest
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_days_do_not_count_and_every_other_number_does() {
        for (message, expected) in [
            ("`id` is written twice; the first is on line 12", "`id` is written twice; the first is on line #"),
            ("was due on 2026-03-01, 266 days ago", "was due on 2026-03-01, # days ago"),
            ("1 day late", "# day late"),
            ("`a.html` and 12 other pages link to `b`", "`a.html` and # other pages link to `b`"),
            ("no document answers clause 8.6.3 Problems", "no document answers clause 8.6.3 Problems"),
            ("", ""),
            ("ends with line 7", "ends with line #"),
            ("é 12", "é 12"),
        ] {
            assert_eq!(stable(message), expected);
        }
    }
}
