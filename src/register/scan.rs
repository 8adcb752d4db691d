//! Reads a register with default settings, for fuzzing.

use std::sync::Arc;

use super::decode::{Terms, read};
use super::grade::default_grades;
use crate::finding::Problem;
use crate::place::{SourceText, Span};

/// The result of reading a register.
#[derive(Debug)]
pub struct ScannedRegister {
    /// The ID of each entry with its span.
    pub entries: Vec<(String, Span)>,
    /// All problems found.
    pub problems: Vec<Problem>,
}

/// Reads a register with default grades and classifications.
pub fn scan_register(source: &Arc<SourceText>) -> ScannedRegister {
    let (grades, levels) = (default_grades(), ["public", "internal"].map(str::to_owned));
    let register = read(source.clone(), None, Terms { grades: &grades, levels: &levels });
    ScannedRegister {
        entries: register.entries.iter().map(|entry| (entry.id.value.to_string(), entry.id.span)).collect(),
        problems: register.all_problems().cloned().collect(),
    }
}
