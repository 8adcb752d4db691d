//! Findings that a handbook is known to have, so that only new ones fail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fingerprint::{Identity, stable};
use crate::finding::{Finding, RuleId, closing};

/// The version of the file's shape.
const SCHEMA: &str = "clausebook/baseline/1";

/// What nobody can get used to: a check of nothing, and a loss against another revision.
const NEVER_KNOWN: [RuleId; 2] = [closing::NOTHING_CHECKED, closing::COVERAGE_DROP];

/// Known findings, each with how often it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Baseline {
    known: BTreeMap<Identity, usize>,
}

/// Why a text is no baseline.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BaselineError {
    /// It is no JSON of the right shape.
    #[error("this is not a baseline file: {0}")]
    Shape(#[from] serde_json::Error),
    /// It was written by another version.
    #[error("its schema is `{0}`, not `{SCHEMA}`; write it anew with --update-baseline")]
    Schema(String),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    rule: String,
    message: String,
    count: usize,
}

/// A baseline held against today's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matched {
    /// For each finding, in the order given, whether the baseline knows it.
    pub(crate) known: Vec<bool>,
    /// What the baseline knows and is no longer wrong, with how often.
    pub(crate) fixed: Vec<(Identity, usize)>,
}

impl Matched {
    /// How many findings are new.
    pub(crate) fn new_count(&self) -> usize {
        self.known.iter().filter(|known| !**known).count()
    }
}

impl Baseline {
    /// A baseline that knows exactly these findings, but for those that must never be known.
    pub(crate) fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Baseline {
        let mut known = BTreeMap::new();
        for finding in findings.into_iter().filter(|finding| !NEVER_KNOWN.contains(&finding.fault.rule)) {
            *known.entry(Identity::of(finding)).or_default() += 1;
        }
        Baseline { known }
    }

    /// Reads what [`Baseline::to_json`] wrote.
    ///
    /// # Errors
    /// When the text has another shape or is of another version.
    pub(crate) fn from_json(text: &str) -> Result<Baseline, BaselineError> {
        let file: File = serde_json::from_str(text)?;
        if file.schema != SCHEMA {
            return Err(BaselineError::Schema(file.schema));
        }
        let mut known = BTreeMap::new();
        for Entry { file, rule, message, count } in file.findings {
            let times: &mut usize = known.entry(Identity { rule, file, message: stable(&message) }).or_default();
            *times = times.saturating_add(count);
        }
        Ok(Baseline { known })
    }

    /// The file's text: sorted by file, rule and message, so that it changes only where findings do.
    pub(crate) fn to_json(&self) -> String {
        let entry = |(identity, count): (&Identity, &usize)| {
            let Identity { rule, file, message } = identity.clone();
            Entry { file, rule, message, count: *count }
        };
        let mut findings: Vec<Entry> = self.known.iter().map(entry).collect();
        findings.sort_by(|a, b| (&a.file, &a.rule, &a.message).cmp(&(&b.file, &b.rule, &b.message)));
        let file = File { schema: SCHEMA.to_owned(), findings };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// How many findings it knows.
    pub(crate) fn len(&self) -> usize {
        self.known.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Tells known findings from new ones, and names those that are gone.
    pub(crate) fn matched<'f>(&self, findings: impl IntoIterator<Item = &'f Finding>) -> Matched {
        let mut left = self.known.clone();
        let mut take = |finding: &Finding| match left.get_mut(&Identity::of(finding)) {
            Some(count) if *count > 0 && !NEVER_KNOWN.contains(&finding.fault.rule) => {
                *count -= 1;
                true
            }
            _ => false,
        };
        let known = findings.into_iter().map(&mut take).collect();
        Matched { known, fixed: left.into_iter().filter(|(_, count)| *count > 0).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Fault, RuleId, Severity};
    use crate::place::{Place, Position};

    fn finding(line: u32, message: &str) -> Finding {
        let position = Some(Position { line, column: 1 });
        let place = Place { position, ..Place::file("content/a.md") };
        Finding { severity: Severity::Error, fault: Fault::new(RuleId("broken-link"), place, message), document: None }
    }

    #[test]
    fn a_known_finding_is_known_wherever_it_moves_and_only_as_often_as_it_was() {
        let baseline = Baseline::of(&[finding(3, "no `b.md`"), finding(9, "no `c.md`")]);
        let matched = baseline.matched(&[finding(40, "no `b.md`"), finding(41, "no `b.md`")]);
        assert_eq!(matched.known, [true, false]);
        assert_eq!(matched.new_count(), 1);
        let fixed: Vec<_> = matched.fixed.iter().map(|(identity, count)| (identity.message.as_str(), *count)).collect();
        assert_eq!(fixed, [("no `c.md`", 1)]);
    }

    #[test]
    fn what_is_written_is_read_back_and_is_the_same_in_whatever_order_findings_come() {
        let one = Baseline::of(&[finding(1, "b"), finding(2, "a"), finding(3, "a")]);
        let other = Baseline::of(&[finding(3, "a"), finding(1, "b"), finding(2, "a")]);
        assert_eq!(one.to_json(), other.to_json());
        assert_eq!(Baseline::from_json(&one.to_json()).ok(), Some(one));
        for text in ["", "[]", "{}", r#"{"schema": "clausebook/baseline/9", "findings": []}"#] {
            assert!(Baseline::from_json(text).is_err(), "{text}");
        }
    }
}
