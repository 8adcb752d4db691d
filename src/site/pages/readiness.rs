//! The readiness checklist as pages show it.

use crate::assess::{CheckOutcome, ChecklistLine, Readiness, ReadinessCheck};
use crate::site::links::url;
use crate::site::model::{CheckLine, Checklist, Link, Mark, Tone};
use crate::site::portal::Portal;

/// The maximum number of clauses or entries listed in a line.
const MAX_NAMED: usize = 12;

/// The readiness for the next visit.
pub(super) fn checklist(portal: &Portal<'_>) -> Checklist {
    let ready = Readiness::assess(portal.assessed(), None);
    let labels = portal.labels;
    let visit = match ready.next.and_then(|next| next.audit) {
        Some(index) => portal.entry(index).entry.title().to_owned(),
        None => labels.text(&format!("audit_kind.{}", ready.visit.as_str())).to_owned(),
    };
    let [pass, fail, later] =
        [CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::NotYet].map(|outcome| ready.count(outcome));
    let (tone, key) = match (fail, later) {
        (0, 0) => (Tone::Current, "ready.yes"),
        (0, _) => (Tone::Future, "ready.not_yet"),
        _ => (Tone::Overdue, "ready.no"),
    };
    let numbers = [pass, ready.lines.len(), fail, later].map(|number| number.to_string());
    let [pass, all, fail, later] = &numbers;
    Checklist {
        title: labels.fill("ready.title", &[("visit", &visit)]),
        mark: portal.tone(tone, key),
        sentence: labels.fill("ready.sentence", &[("pass", pass), ("all", all), ("fail", fail), ("later", later)]),
        lines: ready.lines.iter().map(|line| row(portal, line)).collect(),
    }
}

fn row(portal: &Portal<'_>, line: &ChecklistLine) -> CheckLine {
    let labels = portal.labels;
    let figure = match line.check {
        ReadinessCheck::NoErrors | ReadinessCheck::NoOverdue => line.passed.to_string(),
        ReadinessCheck::Reviewed => String::new(),
        ReadinessCheck::FindingsOfVisit if line.checked == 0 => String::new(),
        _ => labels.fill("ready.ratio", &[("part", &line.passed.to_string()), ("whole", &line.checked.to_string())]),
    };
    CheckLine {
        mark: outcome(portal, line.outcome),
        title: labels.text(&format!("check.{}", line.check.as_str())).to_owned(),
        figure,
        text: line.keys.join(", "),
        links: links(portal, line),
    }
}

fn outcome(portal: &Portal<'_>, outcome: CheckOutcome) -> Mark {
    let tone = match outcome {
        CheckOutcome::Pass => Tone::Current,
        CheckOutcome::NotYet => Tone::Future,
        CheckOutcome::Fail => Tone::Overdue,
    };
    portal.tone(tone, &format!("ready.{}", outcome.as_str()))
}

/// Links to open items, to entries that will resolve them, and to the page with all details.
fn links(portal: &Portal<'_>, line: &ChecklistLine) -> Vec<Link> {
    let clause = |key: &crate::id::ClauseKey| {
        let link = portal.clause_link(*key);
        Link { text: link.number, url: link.url }
    };
    let clauses = line.clauses.iter().take(MAX_NAMED).map(clause);
    let entries = line.entries.iter().take(MAX_NAMED).map(|index| portal.entry_link(*index));
    clauses.chain(entries).chain(details_link(portal, line.check)).collect()
}

fn details_link(portal: &Portal<'_>, check: ReadinessCheck) -> Option<Link> {
    let key = match check {
        ReadinessCheck::Covered => "matrix",
        ReadinessCheck::Provided => "information",
        ReadinessCheck::NoErrors => "findings",
        ReadinessCheck::Audited | ReadinessCheck::AuditedForVisit => "audits",
        ReadinessCheck::Reviewed => "management_reviews",
        ReadinessCheck::FindingsOfVisit | ReadinessCheck::NoOverdue => "nonconformities",
        ReadinessCheck::Certificate => return None,
    };
    let listed_page = portal.navigation_pages.iter().find(|page| page.key == key)?;
    let path = crate::site::layout::own_path(&listed_page.path);
    Some(Link { text: portal.labels.text(&format!("pages.{key}")).to_owned(), url: url(&path) })
}
