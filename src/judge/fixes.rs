//! Automatic fixes: those that findings offer, as long as they do not change an approved or reviewed text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assess::Assessed;
use crate::finding::Finding;
use crate::fix::{Edit, Fix, apply_edits};
use crate::handbook::{Document, ParsedFile};
use crate::place::SourceText;
use crate::project::parse_file;
use crate::source::front_matter::Status;

/// Edits of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileFixes {
    /// The path, relative to the handbook's folder.
    pub(crate) path: Arc<str>,
    /// The edits, sorted by place, without overlaps.
    pub(crate) edits: Vec<Edit>,
    /// The number of findings that they fix.
    pub(crate) findings: usize,
}

/// The fixes that can be made automatically.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fixes {
    /// Fixes that may be applied immediately.
    pub(crate) immediate: Vec<FileFixes>,
    /// Fixes that would change an approved or reviewed text.
    pub(crate) needs_approval: Vec<FileFixes>,
}

/// Collects the fixes of a handbook's findings. If two overlap, only the first is included; the next run can apply the
/// other.
pub(crate) fn fixes(assessed: Assessed<'_>) -> Fixes {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Fix>> = BTreeMap::new();
    for Finding { problem, .. } in &assessed.assessment.findings {
        if let Some(fix) = &problem.fix {
            by_file.entry(&problem.place.file).or_default().push(fix);
        }
    }
    let mut all = Fixes::default();
    for (path, fixes) in by_file {
        let handbook = &assessed.reading.handbook;
        let Some(index) = handbook.lookup.by_path(path) else { continue };
        let (immediate, needs_approval) = split(assessed, handbook.document(index), fixes);
        all.immediate.extend(merge_fixes(path, immediate));
        all.needs_approval.extend(merge_fixes(path, needs_approval));
    }
    all
}

/// Splits fixes into those that may be applied and those that change an approved or reviewed text.
fn split<'f>(assessed: Assessed<'_>, document: &Document, fixes: Vec<&'f Fix>) -> (Vec<&'f Fix>, Vec<&'f Fix>) {
    if !has_approved_text(document) {
        return (fixes, Vec::new());
    }
    fixes.into_iter().partition(|fix| {
        let text = apply_edits(document.file.source.as_str(), &sorted_edits(fix));
        has_same_digest(assessed, document, &parse_with_text(assessed, document, &text))
    })
}

fn parse_with_text(assessed: Assessed<'_>, document: &Document, text: &str) -> ParsedFile {
    let settings = &assessed.reading.settings;
    parse_file(SourceText::new(document.path().clone(), text), settings, &settings.vocabulary())
}

/// Whether a text has the document's digest by every digest scheme in its front matter.
fn has_same_digest(assessed: Assessed<'_>, document: &Document, other: &ParsedFile) -> bool {
    let is_written = document.file.facts.digest == other.facts.digest;
    let is_rendered = || {
        document.rendered_schemes().into_iter().all(|scheme| {
            let now = assessed.reading.text_digest_by(scheme, document);
            now.is_ok() && now == assessed.reading.digest_of(scheme, other)
        })
    };
    is_written || (!document.names_written_digest() && is_rendered())
}

/// Whether the document has an approved or reviewed text.
fn has_approved_text(document: &Document) -> bool {
    let is_approved = matches!(document.status(), Some(Status::Approved | Status::Retired));
    let front = document.front().filter(|_| document.is_controlled());
    front.is_some_and(|front| is_approved || !front.reviews.is_empty() || front.approved_digest().is_some())
}

fn sorted_edits(fix: &Fix) -> Vec<Edit> {
    let mut edits = fix.edits.clone();
    edits.sort();
    edits
}

/// Merges the edits of several fixes to a file, leaving out fixes that overlap an earlier one.
fn merge_fixes(path: &Arc<str>, fixes: Vec<&Fix>) -> Option<FileFixes> {
    let mut file = FileFixes { path: path.clone(), edits: Vec::new(), findings: 0 };
    for fix in fixes {
        let overlaps = |edit: &Edit| {
            file.edits
                .iter()
                .any(|existing| edit.span.start <= existing.span.end && existing.span.start <= edit.span.end)
        };
        // Two findings may offer the same fix.
        if sorted_edits(fix).iter().all(|edit| file.edits.contains(edit)) {
            file.findings += 1;
        } else if !fix.edits.iter().any(overlaps) {
            file.edits.extend(fix.edits.iter().cloned());
            file.findings += 1;
        }
    }
    file.edits.sort();
    (!file.edits.is_empty()).then_some(file)
}
