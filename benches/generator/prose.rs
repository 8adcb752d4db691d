//! Words and sentences: templates with `~name~` placeholders that are filled from lists.

use super::random::Random;

/// Roles that own, write, approve and act.
pub const ROLES: &[&str] = &[
    "Service Management Lead",
    "Service Operations Manager",
    "Service Desk Manager",
    "Service Desk Analyst",
    "Incident Manager",
    "Problem Manager",
    "Change Manager",
    "Release Manager",
    "Transition Manager",
    "Configuration Manager",
    "Service Level Manager",
    "Relationship Manager",
    "Supplier Manager",
    "Capacity Manager",
    "Continuity Manager",
    "Information Security Manager",
    "Platform Team Lead",
    "Network Team Lead",
    "Document Controller",
    "Internal Auditor",
];

/// Subjects of documents.
pub const SUBJECTS: &[&str] = &[
    "mail and calendars",
    "the customer portal",
    "remote access",
    "the payroll service",
    "branch networks",
    "printing",
    "the data warehouse",
    "backup and restore",
    "managed workplaces",
    "the telephone platform",
    "identity and access",
    "file exchange",
    "the booking service",
    "virtual machines",
    "the test environment",
    "mobile devices",
    "meeting rooms",
    "the document archive",
    "monitoring",
    "certificates",
    "the order interface",
    "storage",
    "shop tills",
    "the warehouse scanners",
];

/// Headings after purpose and scope.
pub const HEADINGS: &[&str] = &[
    "Roles and responsibilities",
    "Activities",
    "Inputs and outputs",
    "Measures and targets",
    "Escalation",
    "Exceptions",
    "Interfaces",
    "Tools and access",
    "Risks and controls",
    "Training",
    "Communication",
    "Review and improvement",
    "Handover between shifts",
    "Working with suppliers",
    "Outside support hours",
    "Classification and priority",
    "Acceptance criteria",
    "Reporting",
    "Emergencies",
    "Back-out and recovery",
    "Costs and charging",
    "Preparation",
];

const VERBS: &[&str] = &[
    "records",
    "reviews",
    "approves",
    "closes",
    "assigns",
    "checks",
    "reports",
    "escalates",
    "plans",
    "confirms",
    "compares",
    "withdraws",
    "publishes",
    "files",
    "corrects",
    "measures",
];

const PARTICIPLES: &[&str] = &[
    "recorded",
    "reviewed",
    "approved",
    "closed",
    "assigned",
    "checked",
    "reported",
    "planned",
    "confirmed",
    "compared",
    "published",
    "corrected",
    "measured",
    "archived",
];

const OBJECTS: &[&str] = &[
    "every open request",
    "the weekly figures",
    "the affected configuration items",
    "each failed job",
    "the list of known errors",
    "the draft agreement",
    "all entries older than the limit",
    "the cause and the workaround",
    "the service report",
    "the customer's answer",
    "the risk and its owner",
    "the result of the test",
    "the planned window",
    "the change and its back-out plan",
    "the evidence",
    "the contact list",
    "the capacity forecast",
    "the minutes",
];

const TIMES: &[&str] = &[
    "within ~n~ working days",
    "before the weekly meeting",
    "at least ~n~ days ahead",
    "every ~n~ weeks",
    "on the same day",
    "within ~n~ minutes",
    "at the end of the month",
    "before work begins",
    "after each release",
    "when the window of ~n~ hours has passed",
];

const CONDITIONS: &[&str] = &[
    "more than ~n~ users are affected",
    "a target was missed twice in ~n~ months",
    "the supplier has not answered after ~n~ hours",
    "the queue is longer than ~n~ entries",
    "no owner is known",
    "the test fails",
    "a customer objects",
    "the entry touches personal data",
    "the costs rise by more than ~n~ %",
    "two services depend on the same item",
];

const THINGS: &[&str] =
    &["requests", "incidents", "changes", "records", "tests", "reviews", "deliveries", "accounts", "contracts"];

const REASONS: &[&str] = &[
    "the next shift finds what it needs",
    "nobody has to ask twice",
    "the figures of two months can be compared",
    "an auditor can follow the entry",
    "the customer hears it from us first",
    "costs are charged where they arise",
    "a mistake shows before it spreads",
];

const NOUNS: &[&str] = &[
    "backup",
    "queue",
    "ticket",
    "gateway",
    "account",
    "window",
    "release",
    "report",
    "mailbox",
    "volume",
    "session",
    "token",
    "branch",
    "contract",
    "threshold",
    "replica",
    "handover",
    "invoice",
    "calendar",
    "archive",
];

const SENTENCES: &[&str] = &[
    "The ~role~ ~verb~ ~object~ ~time~.",
    "The ~role~ ~verb~ ~object~, so that ~reason~.",
    "If ~condition~, the ~role~ ~verb~ ~object~ ~time~.",
    "At least ~n~ % of all ~things~ are ~done~ ~time~.",
    "When ~condition~, **the ~role~ decides** and ~verb~ ~object~.",
    "Exceptions are granted by the ~role~ for at most ~n~ days and kept under `EX-~n~~n~`.",
    "A missing entry is treated as *not ~done~* until the ~role~ has ~done~ it.",
    "The limit of ~n~ ~things~ in `~noun~.~noun~_limit` is set by the ~role~.",
    "Nothing is ~done~ twice: the ~role~ ~verb~ ~object~, and the ~role~ ~verb~ the rest.",
    "What was ~done~ ~time~ counts; what was said does not.",
];

/// The lists, by the name of the placeholder that they fill.
const LIST_BY_PLACEHOLDER: &[(&str, &[&str])] = &[
    ("role", ROLES),
    ("subject", SUBJECTS),
    ("verb", VERBS),
    ("done", PARTICIPLES),
    ("object", OBJECTS),
    ("time", TIMES),
    ("condition", CONDITIONS),
    ("things", THINGS),
    ("reason", REASONS),
    ("noun", NOUNS),
    ("sentence", SENTENCES),
];

/// Fills the gaps of a template. A replacement may contain gaps itself. `~n~` is a number.
pub fn fill(template: &str, random: &mut Random) -> String {
    let mut text = String::new();
    // The parts between marks are alternately text and names of gaps.
    for (index, part) in template.split('~').enumerate() {
        match LIST_BY_PLACEHOLDER.iter().find(|(name, _)| *name == part) {
            Some((_, list)) if index % 2 == 1 => text.push_str(&fill(list[random.below(list.len())], random)),
            None if part == "n" && index % 2 == 1 => text.push_str(&random.within(2..=95).to_string()),
            _ => text.push_str(part),
        }
    }
    text
}

/// A sentence.
pub fn sentence(random: &mut Random) -> String {
    fill("~sentence~", random)
}

/// A paragraph without its final line break, which may be wrapped into lines.
pub fn paragraph(random: &mut Random) -> String {
    let sentences: Vec<String> = (0..random.within(2..=5)).map(|_| sentence(random)).collect();
    sentences.join(if random.chance(50) { "\n" } else { " " })
}

/// The text with its first letter capitalized.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
