//! What a line of the checklist checks, and what it comes to.

/// What a line checks.
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
    /// What the last visit found is closed, and its effect checked or not yet due.
    FindingsOfVisit,
    /// No nonconformity is late.
    NoOverdue,
    /// The settings say everything of the certificate.
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

/// What a line comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// It is as it must be.
    Pass,
    /// It is not yet, and something is planned in time that will bring it.
    NotYet,
    /// It is not.
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
