//! Baselines: known findings of a handbook, so that only new ones fail a check.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::identity::FindingIdentity;
use crate::config::SETTINGS_FILE;
use crate::finding::{Finding, RuleId, Severity, closing};
use crate::rules::UNBOUND_APPROVAL;

/// The schema version of the file.
const SCHEMA: &str = "clausebook/baseline/2";

/// Findings that a baseline never accepts: an empty check, and losses against another revision.
const NEVER_IN_BASELINE: [RuleId; 3] = [closing::NOTHING_CHECKED, closing::COVERAGE_DROP, closing::LOST_ID];

/// Known findings, each with its number of occurrences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Baseline {
    entries: BTreeMap<FindingIdentity, BaselineEntry>,
}

/// A known finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaselineEntry {
    /// The identity of the finding.
    pub(crate) identity: FindingIdentity,
    /// The file of the finding, for human readers only.
    pub(crate) file: String,
    /// The message, for human readers only; it is not part of the identity.
    pub(crate) message: String,
    /// The number of occurrences.
    pub(crate) count: usize,
}

/// Why a file is not a valid baseline.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BaselineError {
    /// It is not JSON of the expected form.
    #[error("it is not a baseline: {0}")]
    InvalidJson(#[from] serde_json::Error),
    /// It has another schema version.
    #[error(
        "its schema is `{0}`, not `{SCHEMA}`; rewrite it with `clausebook check --baseline FILE --update-baseline`"
    )]
    Schema(String),
}

/// The field that every version of the file has.
#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    document: String,
    rule: String,
    subject: String,
    count: usize,
    file: String,
    message: String,
}

/// The comparison of a baseline with today's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BaselineMatch {
    /// Whether the baseline contains each finding, in the given order.
    pub(crate) is_known: Vec<bool>,
    /// The findings in the baseline that no longer occur.
    pub(crate) fixed: Vec<BaselineEntry>,
}

impl BaselineMatch {
    /// The number of new findings.
    pub(crate) fn new_count(&self) -> usize {
        self.is_known.iter().filter(|known| !**known).count()
    }
}

impl Baseline {
    /// Creates a baseline of exactly these findings, except those that a baseline never accepts.
    pub(crate) fn from_findings<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Baseline {
        let mut baseline = Baseline::default();
        for finding in findings.into_iter().filter(|finding| !NEVER_IN_BASELINE.contains(&finding.problem.rule)) {
            let (file, message) = (finding.problem.place.file.to_string(), finding.problem.message.clone());
            baseline.add(BaselineEntry { identity: FindingIdentity::from_finding(finding), file, message, count: 1 });
        }
        baseline
    }

    /// Keeps the messages of an older baseline for findings that both contain. A message may count days, and the file
    /// should change only if findings do.
    pub(crate) fn with_messages_of(mut self, old: &Baseline) -> Baseline {
        for (identity, entry) in &mut self.entries {
            if let Some(old) = old.entries.get(identity) {
                entry.message.clone_from(&old.message);
            }
        }
        self
    }

    fn add(&mut self, entry: BaselineEntry) {
        let count = entry.count;
        let merged = self.entries.entry(entry.identity.clone()).or_insert(BaselineEntry { count: 0, ..entry });
        merged.count = merged.count.saturating_add(count);
    }

    /// Parses the output of [`Baseline::to_json`].
    ///
    /// # Errors
    /// If the text has another form or schema version.
    pub(crate) fn from_json(text: &str) -> Result<Baseline, BaselineError> {
        let head: Head = serde_json::from_str(text)?;
        if head.schema != SCHEMA {
            return Err(BaselineError::Schema(head.schema));
        }
        let file: BaselineFile = serde_json::from_str(text)?;
        let mut baseline = Baseline::default();
        for Entry { document, rule, subject, count, file, message } in file.findings {
            baseline.add(BaselineEntry { identity: FindingIdentity { rule, document, subject }, file, message, count });
        }
        Ok(baseline)
    }

    /// The content of the file, sorted by document, rule and subject, so that it changes only if findings do.
    pub(crate) fn to_json(&self) -> String {
        let entry = |baseline_entry: &BaselineEntry| {
            let BaselineEntry { identity: FindingIdentity { rule, document, subject }, file, message, count } =
                baseline_entry.clone();
            Entry { document, rule, subject, count, file, message }
        };
        let mut findings: Vec<Entry> = self.entries.values().map(entry).collect();
        findings.sort_by(|a, b| (&a.document, &a.rule, &a.subject).cmp(&(&b.document, &b.rule, &b.subject)));
        let file = BaselineFile { schema: SCHEMA.to_owned(), findings };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// The total number of findings in the baseline.
    pub(crate) fn len(&self) -> usize {
        self.entries.values().fold(0, |sum, known| sum.saturating_add(known.count))
    }

    /// Separates known findings from new ones, and lists those that no longer occur.
    pub(crate) fn compare<'f>(&self, findings: impl IntoIterator<Item = &'f Finding>) -> BaselineMatch {
        let mut left = self.entries.clone();
        let of_all =
            self.entries.keys().find(|known| known.rule == UNBOUND_APPROVAL.0 && known.document == SETTINGS_FILE);
        let mut take = |finding: &Finding| match left.get_mut(&FindingIdentity::from_finding(finding)) {
            Some(remaining) if remaining.count > 0 && !NEVER_IN_BASELINE.contains(&finding.problem.rule) => {
                remaining.count -= 1;
                true
            }
            // Once one approval has a digest, each of the others gets its own note.
            _ if finding.problem.rule == UNBOUND_APPROVAL && finding.severity == Severity::Note => {
                let remaining = of_all.and_then(|of_all| left.get_mut(of_all));
                remaining.map(|known| known.count = 0).is_some()
            }
            _ => false,
        };
        let known = findings.into_iter().map(&mut take).collect();
        BaselineMatch { is_known: known, fixed: left.into_values().filter(|known| known.count > 0).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Problem;
    use crate::place::{Place, Position};

    fn finding(line: u32, subject: &str, message: &str) -> Finding {
        let position = Some(Position { line, column: 1 });
        let place = Place { position, ..Place::file("content/a.md") };
        let problem = Problem::new(RuleId("broken-link"), place, message);
        Finding { severity: Severity::Error, problem, document: None, subject: subject.to_owned() }
    }

    #[test]
    fn known_findings_match_by_identity_and_count() {
        let baseline = Baseline::from_findings(&[finding(3, "b.md", "no `b.md`"), finding(9, "c.md", "no `c.md`")]);
        let matched = baseline.compare(&[finding(40, "b.md", "`b.md` is missing"), finding(41, "b.md", "no `b.md`")]);
        assert_eq!(matched.is_known, [true, false]);
        assert_eq!(matched.new_count(), 1);
        let fixed: Vec<_> = matched.fixed.iter().map(|known| (known.message.as_str(), known.count)).collect();
        assert_eq!(fixed, [("no `c.md`", 1)]);
    }

    #[test]
    fn what_is_written_is_read_back_and_is_the_same_in_whatever_order_findings_come() {
        let [a, b] = ["a", "b"].map(|subject| finding(1, subject, "x"));
        let one = Baseline::from_findings(&[b.clone(), a.clone(), a.clone()]);
        let other = Baseline::from_findings(&[a.clone(), b, a]);
        assert_eq!(one.to_json(), other.to_json());
        assert_eq!(Baseline::from_json(&one.to_json()).ok(), Some(one));
        for text in ["", "[]", "{}", r#"{"schema": "clausebook/baseline/9", "findings": []}"#] {
            assert!(Baseline::from_json(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_baseline_of_the_older_schema_is_refused_with_the_command_that_rewrites_it() {
        let old = r#"{"schema": "clausebook/baseline/1", "findings": [{"file": "a.md", "rule": "x", "message": "y", "count": 1}]}"#;
        let error = Baseline::from_json(old).expect_err("an older schema").to_string();
        assert!(error.contains("--update-baseline"), "{error}");
    }
}
