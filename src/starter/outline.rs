//! Data: the sections of a new document for each type, with a hint below each heading.

/// A heading, and a hint about what to write below it.
pub(super) type Section = (&'static str, &'static str);

const POLICY: &[Section] = &[
    ("Policy statement", "State the commitments, each worded so that anyone can see whether it is kept."),
    ("Who this applies to", "Name the people, suppliers and sites that must follow this policy."),
    ("Rules", "Give one rule a line: who must or must not do what."),
    ("Exceptions", "Say who may allow an exception, for how long, and where it is recorded."),
    ("Monitoring compliance", "Name each check, the role that makes it, and how often."),
];
const PROCESS: &[Section] = &[
    ("Purpose", "Say in one or two sentences what the process achieves, and for whom."),
    ("Scope", "Say what the process covers and, by name, what it does not."),
    ("Trigger", "Name the events that start the process."),
    ("Inputs", "List what the process needs, and who provides it."),
    ("Activities", "Describe each step in order, with its role and its time limit."),
    ("Outputs", "List what the process produces, and who receives it."),
    ("Roles", "Show in a table who is responsible, accountable, consulted and informed for each step."),
    ("Measures", "Give each measure with its target, its source and how often it is taken."),
    ("Interfaces", "Link the processes that this one receives from and passes work to."),
];
const PROCEDURE: &[Section] = &[
    (
        "When to use this procedure",
        "Name the situations in which this procedure applies, and those in which another one does.",
    ),
    ("Steps", "Number the steps. For each, say who does what, by when, and what to do if it fails."),
    ("Records", "Say what is recorded, where, and how long it is kept."),
];
const PLAN: &[Section] = &[
    ("Aim", "Say what the plan achieves, and by which date."),
    ("Actions", "Give each action with its role and its due date."),
    ("Resources and dates", "Name the people, the money and the milestones."),
    ("Evaluation", "Say which figures show whether the plan worked, who judges them, and when."),
];
const WORK_INSTRUCTION: &[Section] = &[
    ("Before you start", "List what must be ready: access rights, tools, and the people to inform."),
    ("Steps", "Number the steps so that somebody doing the work for the first time can follow them."),
    ("Afterwards", "Say how to check the result, and what to record."),
];
const GUIDELINE: &[Section] = &[
    ("Purpose", "Say who this guideline helps, and with what."),
    ("Recommendations", "Give each recommendation with its reason, so that a reader can see when it does not fit."),
];
const AGREEMENT: &[Section] = &[
    ("Parties", "Name both parties, and the roles that represent them."),
    ("Services", "Name what is provided, during which hours, and what is not included."),
    ("Service targets", "Give each target, and say how it is measured."),
    ("Responsibilities", "Say what each party does for the other."),
    ("Disputes", "Say who talks to whom, and within what time."),
    ("Review and termination", "Say when the agreement is reviewed, and how it ends."),
];
const CATALOGUE: &[Section] = &[
    ("How to read this catalogue", "Explain the columns."),
    ("Live services", "Give each service with its users, hours, owner and dependencies."),
    ("Maintenance", "Say who updates the catalogue, how often, and after which events."),
];
const REGISTER: &[Section] = &[
    ("How to read this register", "Explain the columns and the terms used in them."),
    ("Entries", "Put the table here, with one row for each entry."),
    ("Maintenance", "Say who adds entries, who checks the whole register, and how often."),
];
const SPECIFICATION: &[Section] = &[
    ("Purpose", "Say what is specified, and who relies on it."),
    ("Requirements", "Number each requirement, and word it so that it can be checked."),
    ("Verification", "Say how each requirement is shown to be met, by whom and when."),
];
const ANALYSIS: &[Section] = &[
    ("Question", "Say what the analysis must find out, and which decision depends on it."),
    ("Method", "Say how the data was collected, and what the scales mean."),
    ("Results", "Show the findings."),
    ("Conclusions", "Say what follows from the findings, and what remains uncertain."),
    ("Next steps", "Give each action with its role and due date, and say when the analysis is repeated."),
];
const REPORT: &[Section] = &[
    ("Summary", "Say in three sentences what was measured, whether it is good enough, and what follows."),
    ("Results", "Show each figure beside its target, with its source."),
    ("Analysis", "Explain the results."),
    ("Decisions and actions", "Give each decision and action with its role and due date."),
];
const RECORD: &[Section] = &[
    ("Records covered", "Say which evidence this record covers, and since when it has been kept."),
    ("Location", "Name the system and the place in it, and say who may read it."),
    ("Finding an entry", "Explain how somebody who does not know the system can find an entry."),
    ("Sample check", "Say how many entries were checked on which day, by whom, and how many were right."),
    ("Ownership", "Name the role that owns these records, and say when they are next checked."),
];
const TEMPLATE: &[Section] = &[
    ("How to use this template", "Say when to use it, and where the completed form is kept."),
    ("Form", "Put the form here."),
];

/// The house structure of each type that comes with Clausebook.
const STRUCTURES: [(&str, &[Section]); 14] = [
    ("policy", POLICY),
    ("process", PROCESS),
    ("procedure", PROCEDURE),
    ("plan", PLAN),
    ("work-instruction", WORK_INSTRUCTION),
    ("guideline", GUIDELINE),
    ("agreement", AGREEMENT),
    ("catalogue", CATALOGUE),
    ("register", REGISTER),
    ("specification", SPECIFICATION),
    ("analysis", ANALYSIS),
    ("report", REPORT),
    ("record", RECORD),
    ("template", TEMPLATE),
];
/// The structure of a handbook's custom types.
const DEFAULT_SECTIONS: &[Section] = &[
    ("Purpose", "Say what this document is for, and who relies on it."),
    ("Content", "Write the rules, facts or steps here."),
];
/// The hint below a heading that comes from the settings and is in no house structure.
const CUSTOM_SECTION_HINT: &str = "Write what the handbook's settings require in this section.";

/// Returns the headings of a new document with their hints: the headings in the settings, or else the house structure.
pub(super) fn sections<'s>(kind: &str, configured: &'s [String]) -> Vec<(&'s str, &'static str)> {
    let house = STRUCTURES.iter().find(|(name, _)| *name == kind).map_or(DEFAULT_SECTIONS, |(_, sections)| sections);
    if configured.is_empty() {
        return house.to_vec();
    }
    let known_sections = || house.iter().chain(STRUCTURES.iter().flat_map(|(_, sections)| *sections));
    let hint = |heading: &str| {
        known_sections()
            .find(|(name, _)| name.eq_ignore_ascii_case(heading))
            .map_or(CUSTOM_SECTION_HINT, |(_, hint)| hint)
    };
    configured.iter().map(|heading| (heading.as_str(), hint(heading))).collect()
}
