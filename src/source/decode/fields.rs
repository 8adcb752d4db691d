//! The keys of front matter, in the order in which they are documented.

use super::nested;
use crate::finding::reading;
use crate::id::DocumentId;
use crate::language::{is_language_tag, nearest_tag};
use crate::path::RelativePath;
use crate::place::Located;
use crate::placeholder::names_only_persons_or_roles;
use crate::source::front_matter::{FrontMatter, Status};
use crate::yaml::{Field, Reader, Slot, Value};

/// Every key, with the function that reads its value.
pub(crate) const FIELDS: [Field<FrontMatter>; 36] = [
    Field::optional("id", |front, slot, reader| front.id = identifier(slot, reader)),
    Field::optional("title", |front, slot, reader| front.title = reader.text(slot)),
    Field::optional("description", |front, slot, reader| {
        front.description = if is_blank(slot) { None } else { reader.text(slot) };
    }),
    Field::optional("type", |front, slot, reader| front.doc_type = reader.text(slot)),
    Field::optional("version", |front, slot, reader| front.version = reader.text(slot)),
    Field::optional("status", |front, slot, reader| {
        front.status = reader.one_of_under(slot, &STATUSES, reading::UNKNOWN_STATUS);
    }),
    Field::optional("owner", |front, slot, reader| front.owner = names(slot, reader)),
    Field::optional("author", |front, slot, reader| front.author = names(slot, reader)),
    Field::optional("approver", |front, slot, reader| front.approver = names(slot, reader)),
    Field::optional("reviewers", |front, slot, reader| front.reviewers = names(slot, reader)),
    Field::optional("approved", |front, slot, reader| front.approved = reader.date(slot)),
    Field::optional("effective", |front, slot, reader| front.effective = reader.date(slot)),
    Field::optional("date", |front, slot, reader| front.date = reader.date(slot)),
    Field::optional("review", |front, slot, reader| front.review = nested::review(slot, reader)),
    Field::optional("reviews", |front, slot, reader| front.reviews = reader.list(slot, nested::attestation)),
    Field::optional("clauses", |front, slot, reader| front.clauses = nested::claims(slot, reader)),
    Field::optional("provides", |front, slot, reader| front.provides = reader.list(slot, item)),
    Field::optional("related", |front, slot, reader| front.related = reader.list(slot, item)),
    Field::optional("depends_on", |front, slot, reader| front.depends_on = reader.list(slot, item)),
    Field::optional("supersedes", |front, slot, reader| front.supersedes = reader.list(slot, item)),
    Field::optional("classification", |front, slot, reader| front.classification = reader.text(slot)),
    Field::optional("audience", |front, slot, reader| front.audience = reader.texts(slot)),
    Field::optional("services", |front, slot, reader| front.services = reader.texts(slot)),
    Field::optional("locations", |front, slot, reader| front.locations = reader.texts(slot)),
    Field::optional("retention", |front, slot, reader| front.retention = reader.text(slot)),
    Field::optional("location", |front, slot, reader| front.location = reader.text(slot)),
    Field::optional("issuer", |front, slot, reader| front.issuer = reader.text(slot)),
    Field::optional("edition", |front, slot, reader| front.edition = reader.text(slot)),
    Field::optional("checked", |front, slot, reader| front.checked = reader.date(slot)),
    Field::optional("acknowledge", |front, slot, reader| front.acknowledge = nested::acknowledge(slot, reader)),
    Field::optional("registers", |front, slot, reader| front.registers = reader.list(slot, nested::register)),
    Field::optional("changes", |front, slot, reader| front.changes = nested::changes(slot, reader)),
    Field::optional("tags", |front, slot, reader| {
        front.tags = if is_blank(slot) { Vec::new() } else { reader.texts(slot) };
    }),
    Field::optional("lang", |front, slot, reader| front.lang = language(slot, reader)),
    Field::optional("aliases", |front, slot, reader| {
        front.aliases = if is_blank(slot) { Vec::new() } else { reader.list(slot, alias) };
    }),
    Field::optional("order", |front, slot, reader| front.order = reader.parse_value(slot)),
];

/// The keys that determine a document's state: each is read with certainty, or makes the state worse.
pub(super) const STATE_KEYS: [&str; 9] =
    ["status", "type", "approved", "approver", "effective", "date", "review", "reviews", "changes"];

/// The keys that say for whom a document is: a misspelled one may be meant to keep it from other readers.
pub(super) const AUDIENCE_KEYS: [&str; 4] = ["classification", "audience", "services", "locations"];

const STATUSES: [(&str, Status); 4] = [
    (Status::Draft.as_str(), Status::Draft),
    (Status::InReview.as_str(), Status::InReview),
    (Status::Approved.as_str(), Status::Approved),
    (Status::Retired.as_str(), Status::Retired),
];

/// Reads names of roles and people, which Obsidian links to notes: `[[Service desk]]`.
fn names(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Located<String>> {
    let mut names = reader.texts(slot);
    for name in &mut names {
        let linked = name.value.trim().strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let linked = linked.filter(|linked| !linked.contains(['[', ']', '|', '#', '/']));
        let is_name = |linked: &&str| names_only_persons_or_roles(linked) && !is_field_of_template(linked);
        if let Some(linked) = linked.map(str::trim).filter(is_name) {
            name.value = linked.to_owned();
        }
    }
    names
}

/// Whether a text in brackets may be the field of a template: `[[Document owner]]`.
fn is_field_of_template(text: &str) -> bool {
    const FIELDS: [&str; 6] = ["approver", "author", "name", "owner", "reviewer", "role"];
    text.split_whitespace().any(|word| FIELDS.iter().any(|field| word.eq_ignore_ascii_case(field)))
}

/// Reads an ID. An invalid one is reported, but the file remains a document.
fn identifier(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<DocumentId>> {
    let text = reader.text(slot)?;
    match text.value.parse::<DocumentId>() {
        Ok(id) => Some(Located { value: id, span: text.span }),
        Err(error) => {
            reader.report(text.span, error.to_string());
            DocumentId::parse_lenient(&text.value).map(|id| Located { value: id, span: text.span })
        }
    }
}

/// Reads an item of a list that names something.
fn item<T>(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<T>>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    reader.parse_value(slot)
}

/// A language as a BCP 47 tag, such as `en` or `pt-BR`.
pub(crate) fn language(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let tag = reader.text(slot)?;
    if is_language_tag(&tag.value) {
        return Some(tag);
    }
    let message = format!("`{}` is not a language tag", crate::text::clip(&tag.value));
    let help = match nearest_tag(&tag.value) {
        Some(near) => format!("write `{near}`"),
        None => "write a code, for example `en`, `de` or `pt-BR`".to_owned(),
    };
    reader.report_with_help(tag.span, message, Some(help));
    None
}

/// Whether a key has no value. Note-taking tools write some keys into every file; without a value, such a key counts as
/// absent.
pub(super) fn is_blank(slot: Slot<'_>) -> bool {
    matches!(&slot.node.value, Value::Scalar(scalar) if scalar.is_null() || scalar.text.trim().is_empty())
}

/// Reads an earlier URL; it makes no difference whether it starts with `/`.
fn alias(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let text = reader.text(slot)?;
    let path = match text.value.trim_start_matches('/') {
        "" if text.value.starts_with('/') => "index.html",
        path => path,
    };
    match path.parse::<RelativePath>() {
        Ok(path) => {
            // A folder's address refers to a different file than a page's.
            let slash = if text.value.ends_with('/') && text.value.len() > 1 { "/" } else { "" };
            Some(Located { value: format!("{}{slash}", path.as_str().trim_end_matches('/')), span: text.span })
        }
        Err(error) => {
            reader.report(text.span, error.to_string());
            None
        }
    }
}
