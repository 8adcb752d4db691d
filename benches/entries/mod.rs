//! A register with many entries of three kinds, for a handbook in which audits and findings have been kept for years.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::generator::Plan;

/// Roles that own entries.
const ROLES: usize = 20;

/// Gives the first document of the handbook in `folder`, where `write_handbook` wrote as many, a register with so many entries.
///
/// # Errors
/// When a file cannot be read or written.
pub fn add_entries(folder: &Path, documents: usize, entries: usize) -> io::Result<()> {
    let plan = Plan::new(documents);
    let Some(first) = plan.documents.first() else { return Ok(()) };
    let path = folder.join("content").join(first.path());
    let text = fs::read_to_string(&path)?;
    fs::write(&path, text.replacen("---\n", "---\nregisters: [/register.yaml]\n", 1))?;
    let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or_default();
    fs::write(folder.join("content/register.yaml"), register(entries, id))
}

fn register(entries: usize, report: &str) -> String {
    let tenth = (entries / 10).max(1);
    let mut out = String::from("audits:\n");
    for number in 0..tenth {
        let _ = write!(out, "- id: A-{number}\n  title: Audit {number}\n  kind: internal\n  held: {}\n", day(number));
        let _ = write!(out, "  report: {report}\n  clauses: [\"8.{}\"]\n", 1 + number % 7);
    }
    out.push_str("nonconformities:\n");
    for number in 0..entries.saturating_sub(2 * tenth) {
        finding(&mut out, number, tenth);
    }
    out.push_str("improvements:\n");
    for number in 0..tenth {
        let _ =
            write!(out, "- id: IMP-{number}\n  title: Improvement {number}\n  state: done\n  done: {}\n", day(number));
    }
    out
}

fn finding(out: &mut String, number: usize, audits: usize) {
    let role = format!("Role {}", number % ROLES);
    let _ = write!(
        out,
        "- id: NC-{number}\n  title: Finding {number}\n  grade: minor\n  found: {found}\n  source: A-{audit}\n  owner: {role}\n\
         \x20 clauses: [\"8.{clause}\"]\n  cause: Nobody had been told.\n  correction: It was done again.\n  actions:\n\
         \x20 - {{what: Tell everybody, who: {role}, due: {found}, done: {found}}}\n  closed: {found}\n\
         \x20 effect: {{who: Internal Auditor, checked: {found}, result: effective}}\n",
        found = day(number),
        audit = number % audits,
        clause = 1 + number % 7
    );
}

/// A day of the years before 2026.
fn day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 2016 + number % 10, 1 + number % 12, 1 + number % 28)
}
