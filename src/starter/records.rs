//! Data: the instructions that replace the fictional organization's evidence.

/// A document of the model handbook that is evidence.
pub(super) struct Evidence {
    /// The document ID.
    pub(crate) id: &'static str,
    /// The title without a date.
    pub(crate) title: &'static str,
    /// The old and new name of the file without `.md`, if the name in the model handbook contains a date.
    pub(crate) renamed_file: Option<(&'static str, &'static str)>,
    /// The instruction for the person who keeps the record.
    pub(crate) instructions: &'static str,
}

const fn evidence(id: &'static str, title: &'static str, record: &'static str) -> Evidence {
    Evidence { id, title, renamed_file: None, instructions: record }
}

const fn renamed(
    id: &'static str,
    title: &'static str,
    old: &'static str,
    new: &'static str,
    record: &'static str,
) -> Evidence {
    Evidence { id, title, renamed_file: Some((old, new)), instructions: record }
}

/// Every record and report of the model handbook.
pub(super) const EVIDENCE: [Evidence; 20] = [
    evidence(
        "REC-CMP-001",
        "Records of competence, awareness and policy communication",
        "Say where the evidence of competence, of awareness and of the communication of the policy is kept. Draw a sample, check that each level of competence is backed by evidence, and set `date` to the day of the check.",
    ),
    evidence(
        "REC-CFG-001",
        "Configuration information and its verification",
        "Say where configuration information is kept. Compare a sample of items with reality at planned intervals, record how many were correct and what was changed, and set `date` to the day of the verification.",
    ),
    evidence(
        "REC-BRM-001",
        "Records of complaints, service reviews and satisfaction",
        "Say where complaints, minutes of service reviews and results of surveys are kept. Record how many complaints there were, how they were resolved, and how customers rated each service.",
    ),
    evidence(
        "REC-INC-001",
        "Records of incidents, requests, problems and known errors",
        "Say in which tool they are kept and how an auditor finds one. Draw a sample of each kind, record how many were complete, and set `date` to the day of the check.",
    ),
    evidence(
        "REC-CHG-001",
        "Records of changes and their decisions",
        "Say in which tool they are kept and how an auditor finds one. Draw a sample, record whether each change was approved by the right role and reviewed in time, and set `date` to the day of the check.",
    ),
    evidence(
        "REC-IMP-001",
        "Records of nonconformities, corrective actions and finished improvements",
        "Enter each nonconformity with its source, cause, action and closing date, and later whether the action worked. Enter each improvement with its target and its effect.",
    ),
    renamed(
        "REC-MRV-001",
        "Minutes of the management review",
        "management-review-2026-10",
        "management-review-minutes",
        "Hold the first review and record its minutes here: what was presented on each input, how top management judged it, and each decision with its owner and due date.",
    ),
    renamed(
        "RPT-SRV-001",
        "Service report",
        "service-report-2026-q3",
        "service-report",
        "Measure a whole period against the targets of the service level agreements. Report missed targets first, each with its cause and the action taken.",
    ),
    renamed(
        "RPT-AUD-001",
        "Internal audit report",
        "audit-report-a26-3",
        "audit-report",
        "Hold the first internal audit of the programme. Record which clauses were audited and on which samples, each finding with its grade, and the corrective actions agreed.",
    ),
    renamed(
        "RPT-MEA-001",
        "Measurement report",
        "measurement-report-2026-q3",
        "measurement-report",
        "Measure the indicators and objectives at the end of a period. Record the target, result and assessment of each, and where to find the evidence that processes ran as planned.",
    ),
    renamed(
        "RPT-SUP-001",
        "Supplier performance and contract review",
        "supplier-review-2026-h1",
        "supplier-review",
        "Review each supplier against its targets and each contract against your current needs, and record disputes and how they were resolved.",
    ),
    renamed(
        "RPT-INC-001",
        "Major incident report",
        "major-incident-report-2026-09-15",
        "major-incident-report",
        "Write this after a major incident: the timeline, the cause, the effect on customers, what went well and badly, and the actions. Make a copy for each major incident.",
    ),
    renamed(
        "RPT-CAP-001",
        "Demand, capacity and cost report",
        "demand-capacity-cost-report-2026-q3",
        "demand-capacity-cost-report",
        "For a whole period, compare demand with its forecast, the use of each resource with its thresholds, and cost with the budget. Give the cause of each difference.",
    ),
    renamed(
        "RPT-CON-001",
        "Continuity test report",
        "continuity-test-2026-09-27",
        "continuity-test-report",
        "Test the continuity plan. Record what was tested, the recovery time and the loss of data beside their targets, what failed, and the actions.",
    ),
    renamed(
        "RPT-SEC-001",
        "Security incidents and control review",
        "security-report-2026-h1",
        "security-report",
        "Record the number of security incidents by type and severity, what they had in common, and how well the controls worked.",
    ),
    renamed(
        "RPT-SDT-001",
        "Acceptance and transition report",
        "transition-report-backup",
        "transition-report",
        "Write this after a new or changed service has gone live: the results against the acceptance criteria, and the outcomes achieved beside those intended.",
    ),
    renamed(
        "RPT-CHG-001",
        "Change trend and release analysis",
        "change-and-release-analysis-2026",
        "change-and-release-analysis",
        "Count the changes and releases of a period by category and success, find out what the unsuccessful ones have in common, and decide what to change.",
    ),
    evidence(
        "REC-AUD-001",
        "Impartiality of the internal auditors",
        "Record who may audit what and why, how each assignment was checked before the audit, and what was audited again because an auditor had a part in the work.",
    ),
    renamed(
        "REC-AUD-003",
        "Certification audit",
        "surveillance-1-2026-05",
        "certification-audit",
        "Write this after each audit by the certification body: what was audited, each finding with its grade, how you responded, and whether the response was accepted. Make a copy for each audit.",
    ),
    renamed(
        "REC-OPS-001",
        "Change to the SMS",
        "sms-change-2026-03",
        "sms-change",
        "Record one change to the management system: the request, the assessment, the decision, the steps with their dates, and what the review of its effect showed. Make a copy for each change.",
    ),
];

/// A document of the model handbook that a new handbook does not include.
pub(super) struct OmittedDocument {
    /// The document ID.
    pub id: &'static str,
    /// The name of the file, without `.md`.
    pub file: &'static str,
    /// The name, without `.md`, of the file in a new handbook that links to it point to instead.
    pub replacement: &'static str,
}

const fn omitted(id: &'static str, file: &'static str, instead: &'static str) -> OmittedDocument {
    OmittedDocument { id, file, replacement: instead }
}

/// Further evidence of a kind that is already in [`EVIDENCE`], and documents that are no longer in use.
pub(super) const OMITTED_DOCUMENTS: [OmittedDocument; 12] = [
    omitted("RPT-AUD-002", "audit-report-a25-1", "audit-report"),
    omitted("RPT-AUD-003", "audit-report-a25-2", "audit-report"),
    omitted("RPT-AUD-004", "audit-report-a25-3", "audit-report"),
    omitted("RPT-AUD-005", "audit-report-a25-4", "audit-report"),
    omitted("RPT-AUD-006", "audit-report-a26-1", "audit-report"),
    omitted("RPT-AUD-007", "audit-report-a26-2", "audit-report"),
    omitted("REC-AUD-002", "certification-stage-2-2025-05", "certification-audit"),
    omitted("REC-MRV-002", "management-review-2026-04", "management-review-minutes"),
    omitted("REC-MRV-003", "management-review-2025-10", "management-review-minutes"),
    omitted("REC-MRV-004", "management-review-2025-04", "management-review-minutes"),
    omitted("PRC-AVL-001", "availability-management", "availability-and-continuity-management"),
    omitted("TPL-DOC-001", "signed-cover-sheet", "document-control"),
];

/// Whether a new handbook does not include a document.
pub(super) fn is_omitted(id: &str) -> bool {
    OMITTED_DOCUMENTS.iter().any(|document| document.id == id)
}

/// The entry of a document.
pub(super) fn find_evidence(id: &str) -> Option<&'static Evidence> {
    EVIDENCE.iter().find(|evidence| evidence.id == id)
}

/// The instruction below a heading: a word of the heading in lower case, and the text. The first match applies.
pub(super) const SECTION_INSTRUCTIONS: [(&str, &str); 27] = [
    ("summary", "Say in three sentences what was measured or done, whether it is good enough, and what follows."),
    ("timeline", "Enter each event with its time, taken from the log and not from memory."),
    (
        "cause",
        "Explain what led to it, what is proven and what is still assumed, and give the number of the problem record.",
    ),
    ("impact", "Say who was affected, for how long, and what it meant for their work."),
    ("findings", "Enter each finding with a number, the rule concerned, the evidence and the grade."),
    ("sample", "Say how the sample was drawn and by whom, and enter the result."),
    ("verification", "Say how the sample was drawn and by whom, and enter the result."),
    ("corrective action", "Enter what was done about each cause, and later whether it worked."),
    ("decision", "Enter each decision with its owner and its due date."),
    ("action", "Enter each action with its owner, its due date and its state."),
    ("input", "Enter what was presented on each input, and how it was judged."),
    ("conclusion", "Say whether the results are suitable, adequate and effective, and why."),
    ("analysis", "Explain the results: trends, common causes, and a comparison with the previous period."),
    ("complaint", "Count complaints by cause, and say how each was resolved."),
    ("survey", "Say who was asked and how many responded, and enter the results."),
    ("minutes", "Enter what was agreed in each review, with the role and the date."),
    ("nonconformit", "Enter each nonconformity with its source, cause, action and closing date."),
    ("improvement", "Enter each improvement with its target and its measured effect."),
    ("dispute", "Enter each dispute with its cause and how it was resolved, or state that there was none."),
    ("contract", "State when each contract was reviewed, and with what result."),
    ("supplier", "Enter the results of each supplier beside its targets."),
    ("records covered", "Say which evidence this record covers, and since when it has been kept."),
    ("location", "Name the system and the place in it, and say who may read it."),
    ("finding an entry", "Explain how somebody who does not know the system can find an entry."),
    ("ownership", "Name the role that owns these records, and say when they are next checked."),
    ("acceptance", "Enter each criterion beside its result and the role that judged it."),
    ("result", "Enter the measured figures for the whole period, with their source."),
];

/// The instruction below every other heading.
pub(super) const DEFAULT_INSTRUCTION: &str = "Enter what your own evidence shows, with its source and its date.";

/// Headings of sections that say where evidence is kept, rather than what it shows.
pub(super) const KEPT_HEADINGS: [&str; 4] = ["Records covered", "Location", "Finding an entry", "Ownership"];

/// The beginning of a paragraph that lists what is recorded.
pub(super) const FIELDS_PREFIX: &str = "Fields: ";

/// The names of months, which are removed from headings with the rest of a date.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Words that lead up to a date and are removed with it.
pub(super) const DATE_PREPOSITIONS: [&str; 8] = ["on", "of", "in", "for", "to", "against", "at", "since"];
