//! The sections of a new document by its type, with a hint under each: data only.

/// A heading and what to write below it.
pub(super) type Section = (&'static str, &'static str);

const POLICY: &[Section] = &[
    ("What we decide", "State the commitments, each so that one can see whether it is kept."),
    ("Who it binds", "Name the people, suppliers and sites to which it applies."),
    ("Rules", "Give the rules that follow, one a line: who must do or not do what."),
    ("Exceptions", "Say who may allow one, for how long, and where it is recorded."),
    ("How we know it is followed", "Name the check, who makes it, and how often."),
];
const PROCESS: &[Section] = &[
    ("Purpose", "Say in two sentences what the process achieves and for whom."),
    ("Scope", "Say what belongs to it and, by name, what does not."),
    ("Trigger", "Name what starts it."),
    ("Inputs", "List what it needs, and who gives it."),
    ("Activities", "Give each step with its role and its time limit, in the order in which they are done."),
    ("Outputs", "List what it produces, and who gets it."),
    ("Roles", "Show in a table who is responsible, accountable, consulted and informed for each step."),
    ("Measures", "Give each measure with its target, its source and how often it is taken."),
    ("Interfaces", "Link the processes from which it takes and to which it gives."),
];
const PROCEDURE: &[Section] = &[
    ("When to use it", "Name the situation, and the situations for which it is not made."),
    ("Steps", "Number the steps: who, what, by when, and what to do if it fails."),
    ("Records", "Say what is recorded, where, and how long it is kept."),
];
const PLAN: &[Section] = &[
    ("Aim", "Say what is reached when the plan is carried out, and by which day."),
    ("What is done", "Give each action with its role and its day."),
    ("Resources and dates", "Name the people, the money and the milestones."),
    ("How the result is judged", "Say by which figures, by whom and when."),
];
const WORK_INSTRUCTION: &[Section] = &[
    ("Before you start", "List what must be ready: rights, tools, people to be told."),
    ("Steps", "Number the steps so that somebody can follow them who does it for the first time."),
    ("Afterwards", "Say how to check the result, and what to record."),
];
const GUIDELINE: &[Section] = &[
    ("What it is for", "Say whom it helps, and with what."),
    ("What we advise", "Give the advice with its reason, so that a reader can tell when it does not fit."),
];
const AGREEMENT: &[Section] = &[
    ("Parties", "Name both, with the roles that speak for them."),
    ("Services", "Name what is provided, in which hours, and what is not part of it."),
    ("Service targets", "Give each target with how it is measured."),
    ("Duties", "Say what each party does for the other."),
    ("Disputes", "Say who talks to whom, and in which time."),
    ("Review and end", "Say when it is reviewed, and how it ends."),
];
const CATALOGUE: &[Section] = &[
    ("How to read it", "Explain the columns."),
    ("Live services", "Give each with its users, its hours, its owner and what it depends on."),
    ("How this catalogue is kept", "Say who changes it, when, and after which event."),
];
const REGISTER: &[Section] = &[
    ("How to read it", "Explain the columns and the words used in them."),
    ("Entries", "Put the table here, one line for each entry."),
    ("How it is kept", "Say who makes an entry, who checks the whole, and how often."),
];
const SPECIFICATION: &[Section] = &[
    ("Purpose", "Say what is specified, and who relies on it."),
    ("Requirements", "Give each requirement a number, and word it so that it can be checked."),
    ("Verification", "Say how each requirement is shown to be met, by whom and when."),
];
const ANALYSIS: &[Section] = &[
    ("Question", "Say what is to be found out, and which decision waits for it."),
    ("Method", "Say how the input was taken, and what the scales mean."),
    ("Results", "Show what was found."),
    ("Conclusions", "Say what follows, and what remains unsure."),
    ("Next", "Name the actions with role and day, and when the analysis is made again."),
];
const REPORT: &[Section] = &[
    ("Summary", "Say in three sentences what was measured, whether it is good enough, and what follows."),
    ("Results", "Show figures beside their targets, with their source."),
    ("Analysis", "Say what lies behind the results."),
    ("Decisions and actions", "Give each with role and day."),
];
const RECORD: &[Section] = &[
    ("What this stands for", "Say which evidence this record stands for, and since when it is kept."),
    ("Where it is", "Name the system and the place in it, and who may read it."),
    ("How to find an entry", "Say how somebody who does not know the system finds one."),
    ("Sample checked", "Say how many entries were checked on which day, by whom, and what was found."),
    ("Who answers for it", "Name the role, and when it is checked next."),
];
const TEMPLATE: &[Section] =
    &[("How to use it", "Say when it is used, and where the result goes."), ("Form", "Put the form here.")];

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
/// For types of a handbook's own.
const OTHER: &[Section] =
    &[("Purpose", "Say what this document is for, and who relies on it."), ("Content", "Write what holds.")];
/// Below a heading of the handbook's own that no structure knows.
const OWN_SECTION: &str = "Write what the handbook's settings want here.";

/// The headings of a new document with their hints: those that the settings lay down, else the house structure.
pub(super) fn sections<'s>(kind: &str, laid_down: &'s [String]) -> Vec<(&'s str, &'static str)> {
    let house = STRUCTURES.iter().find(|(name, _)| *name == kind).map_or(OTHER, |(_, sections)| sections);
    if laid_down.is_empty() {
        return house.to_vec();
    }
    let known = || house.iter().chain(STRUCTURES.iter().flat_map(|(_, sections)| *sections));
    let hint = |heading: &str| {
        known().find(|(name, _)| name.eq_ignore_ascii_case(heading)).map_or(OWN_SECTION, |(_, hint)| hint)
    };
    laid_down.iter().map(|heading| (heading.as_str(), hint(heading))).collect()
}
