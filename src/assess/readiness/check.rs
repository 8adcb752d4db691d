//! The checks of the checklist, and their outcomes.

/// The check that a line reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReadinessCheck {
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

impl ReadinessCheck {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ReadinessCheck::Covered => "covered",
            ReadinessCheck::Provided => "provided",
            ReadinessCheck::NoErrors => "no-errors",
            ReadinessCheck::Audited => "audited",
            ReadinessCheck::AuditedForVisit => "audited-for-visit",
            ReadinessCheck::Reviewed => "reviewed",
            ReadinessCheck::FindingsOfVisit => "findings-of-visit",
            ReadinessCheck::NoOverdue => "no-overdue",
            ReadinessCheck::Certificate => "certificate",
        }
    }
}

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckOutcome {
    /// The check passes.
    Pass,
    /// The check does not pass yet, but work is planned that will make it pass in time.
    NotYet,
    /// The check fails.
    Fail,
}

impl CheckOutcome {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            CheckOutcome::Pass => "pass",
            CheckOutcome::NotYet => "not-yet",
            CheckOutcome::Fail => "fail",
        }
    }

    pub(super) fn from_bool(passes: bool) -> CheckOutcome {
        if passes { CheckOutcome::Pass } else { CheckOutcome::Fail }
    }
}
