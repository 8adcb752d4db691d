//! Which documents are replaced by others, and from which day on.
//!
//! A replaced document stays replaced, so the day depends only on the files and not on the assessed day.

use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Handbook, ParsedFile, is_dated_by_content};
use crate::placeholder::names_person_or_role;
use crate::source::front_matter::{Change, FrontMatter, Status};
use crate::source::version::is_same_version;

/// The type of a document that is a form to be filled in; it replaces only other forms.
const TEMPLATE_TYPE: &str = "template";

/// The first day on which another document replaces this one. A document that claims to replace itself counts
/// as replaced.
pub(super) fn replacement_day(handbook: &Handbook, index: DocumentIndex) -> Option<Date> {
    let itself = handbook.document(index).supersedes.contains(&index).then_some(index);
    let successors = handbook.document(index).superseded_by.iter().copied().chain(itself);
    let successors =
        successors.map(|successor| handbook.document(successor)).filter(|document| document.is_controlled());
    let start = handbook.replaced_by_withheld.partition_point(|(replaced, _)| *replaced < index);
    let withheld = handbook.replaced_by_withheld[start..].iter().take_while(|(replaced, _)| *replaced == index);
    let files = successors.map(|document| &*document.file).chain(withheld.map(|(_, file)| &**file));
    files.filter(|file| is_replaceable_by(handbook, &file.facts.doc_type, index)).filter_map(first_effective_day).min()
}

/// Whether `successor` is of a type that can replace `replaced` at all.
pub(crate) fn can_replace(handbook: &Handbook, successor: &Document, replaced: DocumentIndex) -> bool {
    is_replaceable_by(handbook, &successor.doc_type, replaced)
}

fn is_replaceable_by(handbook: &Handbook, kind: &str, replaced: DocumentIndex) -> bool {
    let replaced = handbook.document(replaced);
    replaced.is_controlled() && (kind != TEMPLATE_TYPE || &*replaced.doc_type == TEMPLATE_TYPE)
}

/// The day from which a document replaces those it names, whatever its later state; `None` if no version of it was ever
/// approved.
fn first_effective_day(file: &ParsedFile) -> Option<Date> {
    let front = file.front.as_ref()?;
    let versions = front.changes.iter().filter_map(|change| version_day(file, front, change));
    approved_day(file, front).into_iter().chain(versions).min()
}

/// The later of its approval and effective dates, if its status confirms them.
fn approved_day(file: &ParsedFile, front: &FrontMatter) -> Option<Date> {
    let status = front.status.as_ref().map(|status| status.value);
    let is_confirmed = matches!(status, Some(Status::Approved | Status::Retired));
    let has_type = front.doc_type.is_some() || !front.is_unclear("type");
    let is_clear = has_type
        && !front.has_unread_rest
        && !["status", "approved", "effective"].iter().any(|key| front.is_unclear(key));
    let approved = file.approved().filter(|_| is_confirmed && is_clear)?;
    Some(first_day(file, front, approved))
}

/// The day of an approval or, if it is later, the day from which the document is effective or on which its content was
/// made.
fn first_day(file: &ParsedFile, front: &FrontMatter, approved: Date) -> Date {
    let made = front.date.as_ref().filter(|_| is_dated_by_content(&file.facts.doc_type));
    let effective = front.effective.as_ref().filter(|_| !front.is_unclear("effective"));
    effective.into_iter().chain(made).map(|day| day.value).fold(approved, Date::max)
}

/// The day from which an approved version applied. The current version may take effect after its approval.
fn version_day(file: &ParsedFile, front: &FrontMatter, change: &Change) -> Option<Date> {
    if !change.approver.iter().any(|approver| names_person_or_role(&approver.value)) {
        return None;
    }
    let approved = change.date().or(front.approved.as_ref().map(|date| date.value)).unwrap_or(Date::MIN);
    let is_current = change.version.as_ref().is_none_or(|version| {
        front.version.as_ref().is_some_and(|current| is_same_version(&version.value, &current.value))
    });
    Some(if is_current { first_day(file, front, approved) } else { approved })
}
