//! Messages about registers that cannot be read in full.

use crate::finding::Problem;
use crate::handbook::Reading;
use crate::register::{Kind, RegisterFile};
use crate::report::without_controls;

/// The first problem in a register: its place, message and help.
pub(super) fn first_problem_in(reading: &Reading, file: &RegisterFile) -> Option<String> {
    let path = file.source.path();
    let of_file = reading.problems.iter().filter(|problem| problem.place.file == *path);
    of_file.chain(file.all_problems()).next().map(describe)
}

/// The problem in an entry's row that cannot be read.
pub(super) fn row_problem(file: &RegisterFile, id: &str) -> String {
    let entry = file.entries.iter().find(|entry| entry.id.value.as_str() == id);
    let detail = entry
        .and_then(|entry| entry.problems.first())
        .map_or_else(String::new, |problem| format!(": {}", describe(problem)));
    format!("the row of {} cannot be read{detail}", without_controls(id))
}

fn describe(problem: &Problem) -> String {
    let help = problem.help.as_deref().map_or_else(String::new, |help| format!("; {help}"));
    without_controls(&format!("{}: {}{help}", problem.place, problem.message))
}

/// The first problem in a register that may contain an unreadable entry, of the given kind or of any.
pub(super) fn first_problem(reading: &Reading, kind: Option<Kind>) -> Option<String> {
    let may_hold = |file: &RegisterFile| match kind {
        Some(kind) => file.unread_kinds.contains(&kind),
        None => !file.unread_kinds.is_empty(),
    };
    let files = reading.handbook.registers.files.iter().map(|(file, _)| &**file);
    files.filter(|file| may_hold(file)).find_map(|file| first_problem_in(reading, file))
}
