//! The checks of the checklist, and their outcomes.

/// The check that a line reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Check {
    /// Every coverage unit is covered.
    Covered,
    /// Every required item is provided.
    Provided,
    /// No finding is an error.
    NoErrors,
    /// Every coverage unit was audited within the interval.
    Audited,
    /// Every coverage unit will have been audited in time for the visit.
    AuditedForVisit,
    /// A management review was held within a year, since the last visit and after the last internal audit.
    Reviewed,
    /// The findings of the last visit are closed, and their effect is checked or not yet due.
    FindingsOfVisit,
    /// No nonconformity is late.
    NoOverdue,
    /// The settings describe the certificate completely.
    Certificate,
}

impl Check {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Check::Covered => "covered",
            Check::Provided => "provided",
            Check::NoErrors => "no-errors",
            Check::Audited => "audited",
            Check::AuditedForVisit => "audited-for-visit",
            Check::Reviewed => "reviewed",
            Check::FindingsOfVisit => "findings-of-visit",
            Check::NoOverdue => "no-overdue",
            Check::Certificate => "certificate",
        }
    }
}

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// The check passes.
    Pass,
    /// The check does not pass yet, but work is planned that will make it pass in time.
    NotYet,
    /// The check fails.
    Fail,
}

impl Outcome {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::NotYet => "not-yet",
            Outcome::Fail => "fail",
        }
    }

    pub(super) fn of(passes: bool) -> Outcome {
        if passes { Outcome::Pass } else { Outcome::Fail }
    }
}
