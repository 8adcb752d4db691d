//! Open fields and runs of Word files, and the matching of field marks.

use super::forms::Form;
use super::xml::{attribute, each_tag};

/// Returns for each mark of a complex field whether the field has both a start and an end.
pub(super) fn find_complete_fields(xml: &str) -> Vec<bool> {
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

/// An open field.
#[derive(Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    pub(super) form: Form,
    /// Whether the following text is the field's visible result.
    pub(super) is_shown: bool,
    pub(super) target: Option<String>,
}

/// An open run.
pub(super) struct Run {
    pub(super) tag: String,
    pub(super) properties: String,
    /// The offset of its tag, in bytes.
    pub(super) tag_offset: usize,
    /// The offset of its properties, in bytes.
    pub(super) properties_offset: usize,
    /// The depth of its content.
    pub(super) depth: usize,
    pub(super) is_hidden: bool,
}

/// The part that is currently skipped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SkippedPart {
    Instruction,
    Mark,
    Words,
    Other,
}

/// Whether the runs in an element are not read as text.
pub(super) fn is_skipped(element: &str) -> bool {
    matches!(element, "del" | "moveFrom" | "oMath" | "oMathPara")
}
