//! A register read with the words of settings that say nothing, as fuzzing looks at it.

use std::sync::Arc;

use super::decode::{Terms, read};
use super::grade::default_grades;
use crate::finding::Problem;
use crate::place::{SourceText, Span};

/// A register as it was read.
#[derive(Debug)]
pub struct ScannedRegister {
    /// The id of each entry with its place.
    pub entries: Vec<(String, Span)>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a register.
pub fn scan_register(source: &Arc<SourceText>) -> ScannedRegister {
    let (grades, levels) = (default_grades(), ["public", "internal"].map(str::to_owned));
    let register = read(source.clone(), None, Terms { grades: &grades, levels: &levels });
    ScannedRegister {
        entries: register.entries.iter().map(|entry| (entry.id.value.to_string(), entry.id.span)).collect(),
        problems: register.all_problems().cloned().collect(),
    }
}
