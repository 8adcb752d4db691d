//! The content of registers: entries of each kind as careful authors would write them.

use std::fmt::Write as _;
use std::ops::Range;

use crate::generator::{Plan, ROLES, SUBJECTS};

/// The number of services.
pub const SERVICES: usize = SUBJECTS.len();

/// The context that entries refer to.
pub struct EntryContext<'p> {
    plan: &'p Plan,
    /// The number of entries of each kind.
    pub counts: Vec<(&'static str, usize)>,
}

/// A day in the years 2016 to 2025.
fn day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 2016 + number % 10, 1 + number / 10 % 12, 1 + number % 8)
}

/// The day 20 days after [`day`].
fn later_day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 2016 + number % 10, 1 + number / 10 % 12, 21 + number % 8)
}

/// A role other than the auditor, which is the last one.
fn role(number: usize) -> &'static str {
    ROLES[number % (ROLES.len() - 1)]
}

fn subject(number: usize) -> &'static str {
    SUBJECTS[number % SUBJECTS.len()]
}

impl<'p> EntryContext<'p> {
    /// Creates the context for a plan's handbook.
    pub fn new(plan: &'p Plan, counts: Vec<(&'static str, usize)>) -> EntryContext<'p> {
        EntryContext { plan, counts }
    }

    fn count(&self, kind: &str) -> usize {
        self.counts.iter().find(|(name, _)| *name == kind).map_or(1, |(_, count)| *count).max(1)
    }

    fn document(&self, number: usize) -> &str {
        &self.plan.documents[number % self.plan.documents.len()].id
    }

    fn clause(&self, number: usize) -> &str {
        &self.plan.units[number % self.plan.units.len()].clause
    }

    /// The file extension and content of a register with these entries.
    pub fn register(&self, kind: &str, numbers: Range<usize>) -> (&'static str, String) {
        if kind == "acknowledgements" {
            let mut out = String::from("id,title,document,version,date,asked,given,location\n");
            numbers.for_each(|number| self.acknowledgement(&mut out, number));
            return ("csv", out);
        }
        let mut out = format!("{kind}:\n");
        for number in numbers {
            match kind {
                "audits" => self.audit(&mut out, number),
                "nonconformities" => self.nonconformity(&mut out, number),
                "improvements" => self.improvement(&mut out, number),
                "indicators" => self.indicator(&mut out, number),
                "risks" => self.risk(&mut out, number),
                _ => self.short_entry(&mut out, kind, number),
            }
        }
        ("yaml", out)
    }

    fn acknowledgement(&self, out: &mut String, number: usize) {
        let (document, on, subject) = (self.document(number), day(number), subject(number));
        let requested = 10 + number % 90;
        let _ = writeln!(
            out,
            "ACK-{number},Reading list of {subject},{document},{}.0,{on},{requested},{requested},Learning system",
            1 + number / self.plan.documents.len()
        );
    }

    fn audit(&self, out: &mut String, number: usize) {
        let (on, report) = (day(number), self.document(number));
        let (role_name, clause, next) = (role(number), self.clause(3 * number), self.clause(3 * number + 1));
        let _ = write!(
            out,
            "- id: A-{number}\n  title: Audit of {}\n  kind: internal\n  planned: {on}\n  held: {on}\n\
             \x20 clauses: [\"{clause}\", \"{next}\"]\n  auditors: [Internal Auditor, {{who: {role_name}, clauses: [\"{next}\"]}}]\n\
             \x20 report: {report}\n  results: [{{clause: \"{clause}\", result: conforms}}]\n",
            subject(number)
        );
    }

    fn nonconformity(&self, out: &mut String, number: usize) {
        let (found_day, closed) = (day(number), later_day(number));
        // One finding in a hundred is open.
        let is_open = number % 100 == 9;
        let role_name = role(number);
        let _ = write!(
            out,
            "- id: NC-{number}\n  title: The list for {} was not complete\n  grade: {}\n  found: {found_day}\n  source: A-{}\n\
             \x20 owner: {role_name}\n  clauses: [\"{}\"]\n  documents: [{}]\n  correction: The list was completed on the same day.\n\
             \x20 cause: Nobody had been told that new entries are added by hand.\n  due: {closed}\n  actions:\n\
             \x20 - {{what: Have the tool refuse an entry without an owner, who: {role_name}, due: {closed}{}}}\n",
            subject(number),
            ["minor", "observation", "observation", "major"][number % 4],
            number % self.count("audits"),
            self.clause(number),
            self.document(number),
            if is_open { String::new() } else { format!(", done: {closed}") },
        );
        if !is_open {
            let _ = write!(
                out,
                "  closed: {closed}\n  effect: {{who: Internal Auditor, checked: {closed}, result: effective}}\n"
            );
        }
    }

    fn improvement(&self, out: &mut String, number: usize) {
        let (due, subject, role_name) = (later_day(number), subject(number), role(number));
        let state = if number % 50 == 9 { "state: approved".to_owned() } else { format!("state: done\n  done: {due}") };
        let _ = write!(
            out,
            "- id: IMP-{number}\n  title: Fewer calls about {subject}\n  owner: {role_name}\n  {state}\n  due: {due}\n\
             \x20 target: A tenth fewer calls within a year\n  source: [{}]\n  note: Agreed with the service desk.\n",
            self.document(number)
        );
    }

    /// An indicator with quarterly values for ten years.
    fn indicator(&self, out: &mut String, number: usize) {
        let _ = write!(
            out,
            "- id: K-{number}\n  title: Calls about {} answered in time\n  owner: {}\n  clauses: [\"{}\"]\n  target: \">= 90 %\"\n\
             \x20 period: quarter\n  values: {{",
            subject(number),
            role(number),
            self.clause(number)
        );
        for quarter in 0..43 {
            let gap = if quarter == 0 { "" } else { ", " };
            let _ = write!(
                out,
                "{gap}{}-Q{}: 9{}.{}",
                2016 + quarter / 4,
                1 + quarter % 4,
                (number + quarter) % 9,
                quarter % 10
            );
        }
        out.push_str("}\n");
    }

    fn risk(&self, out: &mut String, number: usize) {
        let (role_name, on) = (role(number), later_day(number));
        let _ = write!(
            out,
            "- id: R-{number}\n  title: No spare part for {subject}\n  kind: organization\n  owner: {role_name}\n\
             \x20 effect: Customers cannot work with {subject}\n  now: {{likelihood: {}, impact: {}}}\n\
             \x20 after: {{likelihood: 1, impact: 3}}\n  treatment: Spare parts are kept\n  scored: 2026-10-{:02}\n\
             \x20 actions:\n  - {{what: Buy a spare part, who: {role_name}, due: {on}, done: {on}}}\n",
            1 + number % 5,
            1 + number % 4,
            1 + number % 28,
            subject = subject(number),
        );
    }

    /// Single-line entries.
    fn short_entry(&self, out: &mut String, kind: &str, number: usize) {
        let (role_name, subject, document) = (role(number), subject(number), self.document(number));
        let on = format!("2026-0{}-{:02}", 1 + number % 9, 1 + number % 28);
        let rest = match kind {
            "management_reviews" => format!(
                "id: MR-{number}, title: Review {number}, held: {}, minutes: {document}, present: [{role_name}], \
                 inputs: {{feedback: Nothing new.}}, decisions: [{{id: D-{number}, what: Go on, who: {role_name}, due: {}, done: {}}}]",
                day(number),
                later_day(number),
                later_day(number)
            ),
            "requirements" => format!(
                "id: REQ-{number}, title: Answer about {subject}, party: Customers, documents: [{document}], reviewed: {on}"
            ),
            "issues" => format!(
                "id: ISS-{number}, title: Fewer makers of {subject}, kind: external, effect: Longer lead times, reviewed: {on}"
            ),
            "competences" => format!(
                "id: CMP-{number}, title: Knows {subject}, role: {role_name}, needed: Repairs faults alone, evidence: {document}"
            ),
            "objectives" => format!(
                "id: OBJ-{number}, title: Better {subject}, indicator: K-{}, ends: 2027-12-31, owner: {role_name}",
                number % self.count("indicators")
            ),
            "services" => format!(
                "id: SV-{number}, title: {subject}, state: live, owner: {role_name}, criticality: 2 important, rto: 4 hours, rpo: 1 hour"
            ),
            "locations" => format!("id: LO-{number}, title: Site {number}, inside: true"),
            "suppliers" => format!(
                "id: SU-{number}, title: Supplier {number}, kind: external, services: [{subject}], manager: {role_name}, \
                 contract: {{location: Safe, ends: 2029-12-31, review: 12 months, reviewed: {on}}}, performance: {{every: 12 months, last: {on}}}"
            ),
            _ => String::new(),
        };
        let _ = writeln!(out, "- {{{rest}}}");
    }
}
