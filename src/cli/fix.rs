//! `clausebook check --fix` and `--diff`: applies or shows automatic fixes.
//!
//! An edit that would change an approved or reviewed text is never applied; it is only shown, because the new text
//! needs an approval. The check that follows reports everything else.

use super::interrupt::Interrupt;
use super::unified::unified;
use super::{Failure, check, output};
use crate::assess::{Assessed, Clock, assess};
use crate::edit::{Edits, current};
use crate::fix::{apply, on_disk};
use crate::handbook::Reading;
use crate::judge::{FixedFile, Fixes, fixes, judge};
use crate::place::SourceText;
use crate::project::Project;
use crate::report::{counted, plain};

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
        let Fixes { free, held } = find_fixes(project, &clock)?.1;
        if free.is_empty() {
            report(findings, files.len());
            return show_held(project, &held);
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
    let Fixes { free, held } = find_fixes(project, &clock)?.1;
    for file in &free {
        let (old, new) = changed(project, file)?;
        output::print(&unified(&file.path, &old, &new))?;
    }
    show_held(project, &held)
}

fn find_fixes(project: &Project, clock: &impl Fn(&Reading) -> Clock) -> Result<(Reading, Fixes), Failure> {
    let reading = check::read(project)?;
    let assessment = judge(&reading, assess(&reading, clock(&reading)), Vec::new());
    let fixes = fixes(Assessed { reading: &reading, assessment: &assessment });
    // In a file that has changed since it was read, the places are different.
    for file in fixes.free.iter().chain(&fixes.held) {
        let raw = read(project, &file.path)?;
        let known = reading.text(&file.path).map(SourceText::as_str);
        if known != Some(SourceText::new("", &raw).as_str()) {
            return Err(Failure::new(format!("`{}` has just changed; run the command again", plain(&file.path))));
        }
    }
    Ok((reading, fixes))
}

fn read(project: &Project, path: &str) -> Result<String, Failure> {
    current(project.root(), path).map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", plain(path))))
}

/// The content of a file on disk, and with its fixes.
fn changed(project: &Project, file: &FixedFile) -> Result<(String, String), Failure> {
    let old = read(project, &file.path)?;
    let new = apply(&old, &on_disk(&old, &file.edits));
    Ok((old, new))
}

fn save(project: &Project, files: &[FixedFile], interrupt: &Interrupt) -> Result<(), Failure> {
    let mut edits = Edits::new(project.root());
    for file in files {
        let (old, new) = changed(project, file)?;
        edits.replace(&file.path, &old, &new);
    }
    // The author's files are changed either all together or not at all.
    let _finishes = interrupt.finish_first();
    Ok(edits.save()?)
}

fn report(findings: usize, files: usize) {
    if findings > 0 {
        output::note(&format!("fixed {} in {}", counted(findings, "finding"), counted(files, "file")));
    }
}

fn show_held(project: &Project, held: &[FixedFile]) -> Result<(), Failure> {
    for file in held {
        let (old, new) = changed(project, file)?;
        let what = if file.findings == 1 { "1 fix".to_owned() } else { format!("{} fixes", file.findings) };
        output::note(&format!(
            "{what} not made in `{}`: the text was approved or reviewed, and the new text needs an approval:\n{}",
            plain(&file.path),
            unified(&file.path, &old, &new).trim_end()
        ));
    }
    Ok(())
}
