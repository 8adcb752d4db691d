//! All findings in the order in which pages list them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::assess::Assessment;
use crate::finding::Severity;

/// Data shared by all parts of the list of findings.
#[derive(Debug)]
pub(crate) struct AllFindings {
    /// Every finding, as an index into the assessment's list; errors first.
    pub(crate) order: Vec<usize>,
    /// The rules that have findings.
    pub(crate) rules: BTreeSet<&'static str>,
    /// The number of findings of each severity, most severe first.
    pub(crate) counts: [(Severity, usize); 3],
}

impl AllFindings {
    /// Sorts the findings by severity.
    pub(super) fn new(assessment: &Assessment) -> AllFindings {
        let all = &assessment.findings;
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|at| (Reverse(all[*at].severity), *at));
        let count = |severity| (severity, assessment.count(severity));
        AllFindings {
            order,
            rules: all.iter().map(|finding| finding.problem.rule.0).collect(),
            counts: [Severity::Error, Severity::Warning, Severity::Note].map(count),
        }
    }
}
