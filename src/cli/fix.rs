//! `clausebook check --fix` and `--diff`: applies or shows automatic fixes.
//!
//! An edit that would change an approved or reviewed text is never applied; it is only shown, because the new text
//! needs an approval. The check that follows reports everything else.

use super::interrupt::Interrupt;
use super::unified_diff::unified_diff;
use super::{Failure, check, output};
use crate::assess::{Assessed, Clock, assess};
use crate::edit::{Edits, read_current};
use crate::fix::{apply_edits, edits_on_disk};
use crate::handbook::Reading;
use crate::judge::{FileFixes, Fixes, fixes, judge};
use crate::place::SourceText;
use crate::project::Project;
use crate::report::{count_noun, without_controls};

/// Maximum number of rounds: one fix may reveal another, for example a path in different letter case.
const MAX_ROUNDS: usize = 8;

/// Applies every permitted fix, and shows those that need an approval.
pub(super) fn fix_all(
    project: &Project,
    clock: impl Fn(&Reading) -> Clock,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let (mut findings, mut files) = (0, std::collections::BTreeSet::new());
    for _ in 0..MAX_ROUNDS {
        let Fixes { immediate: free, needs_approval } = find_fixes(project, &clock)?.1;
        if free.is_empty() {
            report(findings, files.len());
            return show_held(project, &needs_approval);
        }
        save(project, &free, interrupt)?;
        findings += free.iter().map(|file| file.findings).sum::<usize>();
        files.extend(free.into_iter().map(|file| file.path));
    }
    report(findings, files.len());
    Ok(())
}

/// Shows the first round of what [`fix_all`] would change, and what needs an approval, without changing anything.
pub(super) fn show_all(project: &Project, clock: impl Fn(&Reading) -> Clock) -> Result<(), Failure> {
    let Fixes { immediate: free, needs_approval } = find_fixes(project, &clock)?.1;
    for file in &free {
        let (old, new) = fixed_text(project, file)?;
        output::print(&unified_diff(&file.path, &old, &new))?;
    }
    show_held(project, &needs_approval)
}

fn find_fixes(project: &Project, clock: &impl Fn(&Reading) -> Clock) -> Result<(Reading, Fixes), Failure> {
    let reading = check::read(project)?;
    let assessment = judge(&reading, assess(&reading, clock(&reading)), Vec::new());
    let fixes = fixes(Assessed { reading: &reading, assessment: &assessment });
    // In a file that has changed since it was read, the places are different.
    for file in fixes.immediate.iter().chain(&fixes.needs_approval) {
        let raw = read_file(project, &file.path)?;
        let read_text = reading.text(&file.path).map(SourceText::as_str);
        if read_text != Some(SourceText::new("", &raw).as_str()) {
            return Err(Failure::new(format!(
                "`{}` has just changed; run the command again",
                without_controls(&file.path)
            )));
        }
    }
    Ok((reading, fixes))
}

fn read_file(project: &Project, path: &str) -> Result<String, Failure> {
    read_current(project.root(), path)
        .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", without_controls(path))))
}

/// The content of a file on disk, and with its fixes.
fn fixed_text(project: &Project, file: &FileFixes) -> Result<(String, String), Failure> {
    let old = read_file(project, &file.path)?;
    let new = apply_edits(&old, &edits_on_disk(&old, &file.edits));
    Ok((old, new))
}

fn save(project: &Project, files: &[FileFixes], interrupt: &Interrupt) -> Result<(), Failure> {
    let mut edits = Edits::new(project.root());
    for file in files {
        let (old, new) = fixed_text(project, file)?;
        edits.replace(&file.path, &old, &new);
    }
    // The author's files are changed either all together or not at all.
    let _finishes = interrupt.critical_section();
    Ok(edits.save()?)
}

fn report(findings: usize, files: usize) {
    if findings > 0 {
        output::note(&format!("fixed {} in {}", count_noun(findings, "finding"), count_noun(files, "file")));
    }
}

fn show_held(project: &Project, files: &[FileFixes]) -> Result<(), Failure> {
    for file in files {
        let (old, new) = fixed_text(project, file)?;
        let what = if file.findings == 1 { "1 fix".to_owned() } else { format!("{} fixes", file.findings) };
        output::note(&format!(
            "{what} not made in `{}`: the text was approved or reviewed, and the new text needs an approval:\n{}",
            without_controls(&file.path),
            unified_diff(&file.path, &old, &new).trim_end()
        ));
    }
    Ok(())
}
