//! Generates front matter with every key that a careful author sets.

use std::fmt::Write;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::Dialect;
use super::plan::{Plan, PlannedDocument, PlannedState};
use super::prose::{ROLES, SUBJECTS, fill, sentence};
use super::random::Random;

/// The date in the handbook's settings.
const AS_OF: Date = Date::constant(2026, 11, 22);

const DRAFTS: [&str; 2] = ["draft", "in-review"];
const CLASSIFICATIONS: [&str; 4] = ["internal", "internal", "confidential", "public"];
const TAGS: [&str; 8] = ["change", "operations", "security", "supplier", "customer", "night", "finance", "people"];

/// The dates and interval that give a document its planned state.
struct Dates {
    approved: Date,
    review: String,
}

/// The front matter with its fences. `links` are the documents that the body links to.
pub fn front_matter(plan: &Plan, number: usize, links: &[usize], dialect: Dialect, random: &mut Random) -> String {
    let document = &plan.documents[number];
    let dates = dates(document, random);
    let roles = random.sample(ROLES, 5);
    let major = random.within(1..=4);
    let version =
        if document.state == PlannedState::Draft { "0.3".to_owned() } else { format!("{major}.{}", random.below(12)) };
    let mut text = format!("---\nid: {}\ntitle: {}\n", document.id, document.title);
    // Hugo uses `type` to choose templates.
    let type_key = if dialect == Dialect::Hugo { "kind" } else { "type" };
    let status = if document.state == PlannedState::Draft { random.pick(&DRAFTS) } else { "approved" };
    write_lines(
        &mut text,
        &[(type_key, &document.document_type), ("version", &format!("\"{version}\"")), ("status", status)],
    );
    write_lines(&mut text, &[("owner", roles[0]), ("author", roles[1])]);
    write_lifecycle(&mut text, document, &dates, roles[2]);
    write_claims(&mut text, plan, document, dialect, random);
    write_relations(&mut text, plan, document, &links[..links.len().min(3)]);
    write_lines(&mut text, &[("classification", random.pick(&CLASSIFICATIONS))]);
    write_list(&mut text, "audience", &[roles[3], roles[4]]);
    write_list(&mut text, "services", &random.sample(SUBJECTS, 2));
    if document.state != PlannedState::Draft {
        write_changes(&mut text, major, &version, &dates, roles[1], random);
    }
    write_list(&mut text, "tags", &random.sample(&TAGS, 2));
    text.push_str("---\n");
    text
}

fn dates(document: &PlannedDocument, random: &mut Random) -> Dates {
    let months = random.pick(&[6, 12, 12, 12, 24]);
    let days = match document.state {
        PlannedState::Overdue => months * 31 + random.within(10..=150),
        // Records may be due monthly, so a current one must be recent.
        _ if document.provides.is_some() => random.within(2..=24),
        _ => random.within(2..=months * 30 - 40),
    };
    let review = match document.state {
        PlannedState::DueSoon => format!("{{next: {}}}", AS_OF + (random.within(5..=29) as i64).days()),
        _ => format!("{months} months"),
    };
    Dates { approved: days_before(AS_OF, days), review }
}

fn days_before(date: Date, days: usize) -> Date {
    date - Span::new().days(days as i64)
}

fn write_lifecycle(text: &mut String, document: &PlannedDocument, dates: &Dates, approver: &str) {
    if document.state != PlannedState::Draft {
        let approved = dates.approved.to_string();
        write_lines(text, &[("approver", approver), ("approved", &approved), ("effective", &approved)]);
    }
    if matches!(document.document_type.as_str(), "record" | "report") {
        write_lines(text, &[("date", &days_before(dates.approved, 1).to_string())]);
    }
    if document.document_type == "record" {
        write_lines(text, &[("retention", "36 months, then deleted"), ("location", "the service desk tool")]);
    }
    write_lines(text, &[("review", &dates.review)]);
}

fn write_claims(text: &mut String, plan: &Plan, document: &PlannedDocument, dialect: Dialect, random: &mut Random) {
    let clause = &plan.units[document.unit].clause;
    let other = &plan.units[random.below(plan.units.len())].clause;
    let _ = writeln!(text, "clauses:\n  - \"{clause}\"");
    if other != clause && random.chance(40) {
        let _ = match dialect {
            Dialect::Handbook => {
                writeln!(text, "  - {{clause: \"{other}\", extent: partial, note: \"Only for its part.\"}}")
            }
            Dialect::Hugo => writeln!(text, "  - \"{other}\""),
        };
    }
    if let Some(item) = &document.provides {
        write_list(text, "provides", &[item]);
    }
}

fn write_relations(text: &mut String, plan: &Plan, document: &PlannedDocument, links: &[usize]) {
    let related: Vec<&str> = links.iter().map(|&link| plan.documents[link].id.as_str()).collect();
    if !related.is_empty() && document.state != PlannedState::Draft {
        write_list(text, "related", &related);
    }
}

fn write_changes(text: &mut String, major: usize, version: &str, dates: &Dates, author: &str, random: &mut Random) {
    let summary = sentence(random).replace(['`', '"'], "");
    text.push_str("changes:\n");
    let mut entry = |version: &str, on: Date, summary: &str| {
        let _ = writeln!(text, "  - {{version: \"{version}\", on: {on}, by: {author}, summary: \"{summary}\"}}");
    };
    entry(version, dates.approved, &summary);
    for age in 1..major {
        let summary = fill("Added ~object~ for ~subject~.", random);
        entry(&format!("{}.0", major - age), days_before(dates.approved, age * 300), &summary);
    }
}

fn write_lines(text: &mut String, entries: &[(&str, &str)]) {
    for (key, value) in entries {
        let _ = writeln!(text, "{key}: {value}");
    }
}

fn write_list<T: AsRef<str>>(text: &mut String, key: &str, values: &[T]) {
    let values: Vec<&str> = values.iter().map(T::as_ref).collect();
    let _ = writeln!(text, "{key}: [{}]", values.join(", "));
}
