//! Determines which new findings a change to a register would cause, by reading and assessing the handbook with the new
//! text.

use std::sync::Arc;

use super::Failure;
use super::build::refusal_failure;
use super::entry::Registers;
use crate::assess::{Clock, assess};
use crate::finding::{Finding, Severity};
use crate::handbook::Reading;
use crate::judge::judge;
use crate::project::read_file;
use crate::register::RegisterFile;
use crate::report::without_controls;

/// Errors that state facts which must be recorded: something is late, or does not exist yet.
const FACT_RULES: [&str; 6] = [
    "nonconformity-overdue",
    "contract-ended",
    "supplier-without-contract",
    "surveillance-late",
    "certificate-expired",
    "missing-register",
];
/// Warnings about what an entry still needs.
const INCOMPLETE_RULES: [&str; 6] = [
    "risk-untreated",
    "risk-not-scored",
    "auditor-audits-own-work",
    "audit-without-auditor",
    "not-planned",
    "value-missing",
];
/// Warnings about mistakes in the entry itself.
const MISTAKE_RULES: [&str; 2] = ["rejected-without-reason", "effect-checked-by-owner"];
/// Errors that may be reported at either of two places.
const PAIRED_RULES: [&str; 3] = ["id-case-clash", "duplicate-id", "ambiguous-name"];

/// Maximum number of findings in other files that are listed.
const MAX_OTHER_NOTES: usize = 8;

/// Refuses a register in which `check` would report a new mistake: an error that is not in [`FACT_RULES`], or a warning
/// in [`MISTAKE_RULES`]. Otherwise, returns one note per line for each new finding that says that something is late or
/// incomplete, or that is in another file (at most [`MAX_OTHER_NOTES`]).
pub(super) fn refuse_reported(registers: &Registers<'_>, after: RegisterFile) -> Result<String, Failure> {
    let path = after.source.path().clone();
    let before = judge_findings(registers, registers.reading);
    let reading = reading_after(registers, after)?;
    let added = new_findings(before, judge_findings(registers, &reading));
    let is_relevant =
        |finding: &&Finding| *finding.problem.place.file == *path || PAIRED_RULES.contains(&finding.problem.rule.0);
    let is_true = |finding: &Finding| FACT_RULES.contains(&finding.problem.rule.0);
    let is_wrong = |finding: &&Finding| match finding.severity {
        Severity::Error => !is_true(finding),
        _ => MISTAKE_RULES.contains(&finding.problem.rule.0),
    };
    if let Some(finding) = added.iter().filter(is_relevant).find(is_wrong) {
        let (rule, problem) = (finding.problem.rule.0, &finding.problem);
        let help = problem.help.as_deref().map_or_else(String::new, |help| format!("; {}", without_controls(help)));
        let message =
            format!("nothing was written: `check` would report {rule}: {}{help}", without_controls(&problem.message));
        return Err(Failure::new(message));
    }
    let is_late = |finding: &&Finding| {
        let rule = finding.problem.rule.0;
        let is_noted = is_true(finding) || rule.ends_with("-overdue") || INCOMPLETE_RULES.contains(&rule);
        finding.severity != Severity::Note && is_noted
    };
    let line = |finding: &Finding| {
        format!("\nNote: {} ({})", without_controls(&finding.problem.message), finding.problem.rule.0)
    };
    let late: String = added.iter().filter(is_relevant).filter(is_late).map(line).collect();
    Ok(late + &notes_elsewhere(&added.iter().filter(|finding| !is_relevant(finding)).collect::<Vec<_>>()))
}

/// Notes about new findings in other files, for example those that refer to an entry by its former title.
fn notes_elsewhere(added: &[&Finding]) -> String {
    let line = |finding: &&Finding| {
        let problem = &finding.problem;
        let (place, message) = (without_controls(&problem.place.to_string()), without_controls(&problem.message));
        format!("\nNote: {place}: {message} ({})", problem.rule.0)
    };
    let weighs = |finding: &&&Finding| finding.severity != Severity::Note;
    let lines: Vec<String> = added.iter().filter(weighs).map(line).collect();
    let rest_line = match lines.len().saturating_sub(MAX_OTHER_NOTES) {
        0 => String::new(),
        1 => "\nNote: `check` reports 1 more of these".to_owned(),
        more => format!("\nNote: `check` reports {more} more of these"),
    };
    lines.into_iter().take(MAX_OTHER_NOTES).collect::<String>() + &rest_line
}

/// The handbook after the change.
fn reading_after(registers: &Registers<'_>, after: RegisterFile) -> Result<Reading, Failure> {
    let project = registers.project;
    let output = project.root().join(&registers.reading.settings.output);
    let gathered = project.gather(&[output], |entry, settings, vocabulary| {
        read_file(entry, settings, vocabulary).map(|file| Arc::new(file.without_html()))
    });
    gathered.map_err(refusal_failure)?.with_register(after).assemble(None).map_err(refusal_failure)
}

fn judge_findings(registers: &Registers<'_>, reading: &Reading) -> Vec<Finding> {
    let clock = Clock { as_of: registers.today, warning_days: reading.settings.warning_days };
    judge(reading, assess(reading, clock), Vec::new()).findings
}

/// The findings that are new, regardless of line numbers. The finding about an entry that was closed too early changes
/// as its gaps are filled one by one; that does not count as new.
fn new_findings(mut before: Vec<Finding>, after: Vec<Finding>) -> Vec<Finding> {
    let mut is_known = |finding: &Finding| {
        let same = |earlier: &Finding| {
            let (old, new) = (&earlier.problem, &finding.problem);
            old.rule == new.rule && old.message == new.message && old.place.file == new.place.file
        };
        let is_less = |earlier: &Finding| {
            let rule = earlier.problem.rule;
            rule.0 == "closed-too-early" && rule == finding.problem.rule
        };
        let at = before.iter().position(same).or_else(|| before.iter().position(is_less));
        at.map(|at| before.swap_remove(at)).is_some()
    };
    after.into_iter().filter(|finding| !is_known(finding)).collect()
}
