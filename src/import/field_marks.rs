//! Fields of Word files and runs in them while they are read, and which marks of fields belong together.

use super::forms::Form;
use super::xml::{attribute, each_tag};

/// For each mark of a field in its long form whether that field begins and ends.
pub(super) fn whole_fields(xml: &str) -> Vec<bool> {
    let (mut marks, mut open) = (Vec::new(), Vec::<Vec<usize>>::new());
    each_tag(xml, |element, tag| {
        if element != "fldChar" {
            return;
        }
        let at = marks.len();
        marks.push(false);
        match attribute(tag, "fldCharType") {
            Some("begin") => open.push(vec![at]),
            Some("end") => {
                if let Some(field) = open.pop() {
                    field.into_iter().chain([at]).for_each(|at| marks[at] = true);
                }
            }
            _ => open.last_mut().into_iter().for_each(|field| field.push(at)),
        }
    });
    marks
}

/// A field that is open.
#[derive(Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    pub(super) form: Form,
    /// Whether what follows is what it shows.
    pub(super) is_shown: bool,
    pub(super) target: Option<String>,
}

/// A run that is open.
pub(super) struct Run {
    pub(super) tag: String,
    pub(super) properties: String,
    /// Where its tag is.
    pub(super) at: usize,
    /// Where its properties are, and how deep what it holds.
    pub(super) start: usize,
    pub(super) depth: usize,
    pub(super) is_hidden: bool,
}

/// What is left out at the moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SkippedPart {
    Instruction,
    Mark,
    Words,
    Other,
}

/// Whether the runs in an element are not read as words of the text.
pub(super) fn is_apart(element: &str) -> bool {
    matches!(element, "del" | "moveFrom" | "oMath" | "oMathPara")
}
