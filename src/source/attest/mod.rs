//! Writes reviews and approvals into a document's front matter without touching anything else: comments, order and line
//! endings are preserved.
//!
//! The text is edited, never rewritten; then the result is parsed again and rejected if it differs by more than the
//! intended change.

mod approve;
mod edit;
mod register;
mod set_key;
mod words;

use std::ops::Range;

pub(crate) use approve::{FrontMatterValue, NewApproval, NewChange, approve};
pub(crate) use register::{EntryMapping, Fields, RegisterChange, change_cells, change_register};

use super::decode::{FrontMatterBlock, Notation, RULES};
use super::vocabulary::Vocabulary;
use crate::date::Date;
use crate::place::SourceText;
use crate::yaml::{Entry, Node, Reader, Value};

/// A review that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewReview {
    /// The day.
    pub(crate) date: Date,
    /// The reviewer.
    pub(crate) reviewer: String,
    /// The version that was reviewed, if the document has one.
    pub(crate) version: Option<String>,
    /// The digest of the text that was reviewed.
    pub(crate) digest: String,
    /// A note.
    pub(crate) note: Option<String>,
}

impl NewReview {
    /// Keys and values in the order in which they are written.
    fn fields(&self) -> Vec<(String, String)> {
        let text = |text: &String| words::scalar(text);
        let fields = [
            ("date", Some(self.date.to_string())),
            ("by", Some(text(&self.reviewer))),
            ("version", self.version.as_ref().map(text)),
            ("digest", Some(text(&self.digest))),
            ("note", self.note.as_ref().map(text)),
        ];
        fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }
}

/// Why an attestation cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AttestError {
    /// The file has no front matter: all its values come from the settings.
    #[error("it has no front matter to write this into; `clausebook adopt --apply` writes one")]
    NoFrontMatter,
    /// The file has front matter in a notation that is read but not written.
    #[error(
        "its front matter is {0}, which is read but not written; write it as YAML between lines `---`, and repeat the command"
    )]
    Foreign(&'static str),
    /// The file's front matter cannot be read in full.
    #[error("its front matter cannot be read in full")]
    Unreadable,
    /// The register cannot be read in full.
    #[error("it cannot be read in full; `clausebook check` says why")]
    UnreadableRegister,
    /// The register is written in a way that cannot be changed safely.
    #[error("it is written in a way that cannot be changed safely; write each entry with one key per line")]
    UnsafeRegister,
    /// A list is written in a way that cannot be extended safely.
    #[error(
        "its `{0}` are written in a way that cannot be added to safely; write them as a list with one item per line"
    )]
    Unsafe(String),
    /// A key is written in a way that cannot be changed safely.
    #[error("its `{0}` is written in a way that cannot be changed safely; write it as `{0}: value` on one line")]
    UnsafeKey(String),
}

/// Adds an attestation to the text of a file; `raw` is the text as it is on disk.
///
/// # Errors
/// If the front matter cannot be read, or if the result would differ by more than the attestation.
pub(crate) fn attest(raw: &str, vocabulary: &Vocabulary, review: &NewReview) -> Result<String, AttestError> {
    let source = SourceText::new("", raw);
    let before = FrontMatterTree::read_writable(&source)?;
    let key = vocabulary.own_name("reviews");
    let refused = || AttestError::Unsafe(key.to_owned());
    let entry = before.entries.iter().find(|entry| vocabulary.meaning(&entry.key.value) == Some("reviews"));
    let context = edit::EditContext { text: source.as_str(), yaml: before.yaml.clone(), entries: &before.entries };
    let edits = edit::edits(&context, entry, key, &edit::NewItem { fields: review.fields(), is_first: false })
        .ok_or_else(refused)?;
    let new = edit::apply_edits(raw, &edits);
    let source = SourceText::new("", &new);
    let after = FrontMatterTree::read(&source).ok_or_else(refused)?;
    let is_one_more = before.body == after.body && has_one_addition(&before.entries, &after.entries, entry, review);
    if is_one_more { Ok(new) } else { Err(refused()) }
}

/// Front matter as a tree, with the text below it.
struct FrontMatterTree<'s> {
    yaml: Range<usize>,
    entries: Vec<Entry>,
    body: &'s str,
}

impl<'s> FrontMatterTree<'s> {
    /// The front matter of a text that must be writable.
    fn read_writable(source: &'s SourceText) -> Result<FrontMatterTree<'s>, AttestError> {
        FrontMatterTree::read(source).ok_or(match FrontMatterBlock::find(source.as_str()) {
            None => AttestError::NoFrontMatter,
            Some(block) if block.notation != Notation::Yaml => AttestError::Foreign(block.notation.name()),
            Some(_) => AttestError::Unreadable,
        })
    }

    fn read(source: &'s SourceText) -> Option<FrontMatterTree<'s>> {
        let text = source.as_str();
        let block = FrontMatterBlock::find(text).filter(|block| block.is_closed && block.notation == Notation::Yaml)?;
        let tree = block.parse(&mut Reader::new(source, RULES));
        match tree.root?.value {
            Value::Map(entries) if tree.is_complete => {
                Some(FrontMatterTree { yaml: block.content, entries, body: text.get(block.body_start..)? })
            }
            _ => None,
        }
    }
}

/// Whether two mappings differ only by one additional attestation at the end of the list in the second one.
fn has_one_addition(before: &[Entry], after: &[Entry], old: Option<&Entry>, review: &NewReview) -> bool {
    let old_at = old.and_then(|old| before.iter().position(|entry| entry.key.span == old.key.span));
    let at = old_at.unwrap_or(before.len());
    let Some(list) = after.get(at) else { return false };
    let others = after.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, entry)| entry);
    let others_before = before.iter().enumerate().filter(|(other, _)| Some(*other) != old_at).map(|(_, entry)| entry);
    let Value::List(items) = &list.value.value else { return false };
    let Some((last, items)) = items.split_last() else { return false };
    let old_items = match old.map(|old| &old.value.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    others.eq_by_content(others_before)
        && items.len() == old_items.len()
        && items.iter().zip(old_items).all(|(a, b)| is_same(a, b))
        && is_review(last, review)
}

/// Compares entries regardless of their positions.
trait EqByContent<'n>: Iterator<Item = &'n Entry> + Sized {
    fn eq_by_content(self, other: impl Iterator<Item = &'n Entry>) -> bool {
        let (one, other): (Vec<_>, Vec<_>) = (self.collect(), other.collect());
        let is_same =
            |(one, other): (&&Entry, &&Entry)| one.key.value == other.key.value && is_same(&one.value, &other.value);
        one.len() == other.len() && one.iter().zip(&other).all(is_same)
    }
}

impl<'n, I: Iterator<Item = &'n Entry>> EqByContent<'n> for I {}

/// Whether two values are equal, regardless of their positions.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(one), Value::Scalar(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => one.iter().eq_by_content(other.iter()),
        _ => false,
    }
}

/// Whether an item of the list contains exactly the review.
fn is_review(item: &Node, review: &NewReview) -> bool {
    let Value::Map(entries) = &item.value else { return false };
    let text = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key.value == key)?;
        match &entry.value.value {
            Value::Scalar(scalar) => Some(scalar.text.as_str()),
            _ => None,
        }
    };
    entries.len() == review.fields().len()
        && text("date") == Some(&review.date.to_string())
        && text("by") == Some(&review.reviewer)
        && text("version") == review.version.as_deref()
        && text("digest") == Some(&review.digest)
        && text("note") == review.note.as_deref()
}

#[cfg(test)]
mod tests;
