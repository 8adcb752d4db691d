//! Formats changes to a file as a unified diff.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use crate::place::SourceText;
use crate::report::without_controls;

/// Number of context lines around a change.
const CONTEXT_LINES: usize = 3;

/// The unified diff of two texts of the file at `path`; empty if they are equal.
pub(super) fn unified_diff(path: &str, old: &str, new: &str) -> String {
    let (old, new) = (SourceText::new("", old), SourceText::new("", new));
    let (old, new): (Vec<&str>, Vec<&str>) = (old.as_str().lines().collect(), new.as_str().lines().collect());
    let hunks = group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT_LINES);
    if hunks.is_empty() {
        return String::new();
    }
    let path = without_controls(path);
    let hunks: String = hunks.iter().map(|hunk| self::render_hunk(hunk, &old, &new)).collect();
    format!("--- a/{path}\n+++ b/{path}\n{hunks}")
}

fn render_hunk(operations: &[DiffOp], old: &[&str], new: &[&str]) -> String {
    let (Some(first), Some(last)) = (operations.first(), operations.last()) else { return String::new() };
    let (old_start, old_end) = (first.old_range().start, last.old_range().end);
    let (new_start, new_end) = (first.new_range().start, last.new_range().end);
    let head = format!("@@ -{},{} +{},{} @@\n", old_start + 1, old_end - old_start, new_start + 1, new_end - new_start);
    head + &operations.iter().map(|operation| render_lines(operation, old, new)).collect::<String>()
}

fn render_lines(operation: &DiffOp, old: &[&str], new: &[&str]) -> String {
    let render = |marker: char, lines: &[&str]| {
        lines.iter().map(|line| format!("{marker}{}\n", without_controls(line))).collect()
    };
    let (before, after) = (&old[operation.old_range()], &new[operation.new_range()]);
    match operation {
        DiffOp::Equal { .. } => render(' ', before),
        _ => render('-', before) + &render('+', after),
    }
}
