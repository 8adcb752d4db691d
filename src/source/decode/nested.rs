//! Values of front matter that are mappings themselves: claims, reviews and changes.

use crate::date::{Date, INTERVAL_HELP};
use crate::finding::{Fault, reading};
use crate::id::{ClauseId, ClauseRef, StandardId};
use crate::place::Located;
use crate::source::front_matter::{Attestation, Change, Claim, Extent, Review};
use crate::yaml::{Entry, Field, Reader, Slot, Value};

/// How often, or when next: an interval, `{every: …}` or `{next: …}`.
pub(super) fn review(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Review>> {
    let span = slot.node.span;
    let value = match &slot.node.value {
        Value::Map(_) => review_mapping(slot, reader)?,
        Value::Scalar(scalar) if scalar.text.trim().parse::<Date>().is_ok() => {
            let date = scalar.text.trim();
            let message = format!("`{date}` is a date, and `review` holds an interval");
            let fault = Fault::new(reading::INVALID_INTERVAL, reader.place(span), message);
            reader.push(fault.help(format!("write `{{next: {date}}}` for the day of the next review")));
            return None;
        }
        _ => Review::Every(reader.interval(slot)?.value),
    };
    Some(Located { value, span })
}

#[derive(Default)]
struct ReviewDraft {
    every: Option<Review>,
    next: Option<Review>,
}

const REVIEW: [Field<ReviewDraft>; 2] = [
    Field::optional("every", |draft: &mut ReviewDraft, slot, reader| {
        draft.every = reader.interval(slot).map(|every| Review::Every(every.value));
    }),
    Field::optional("next", |draft, slot, reader| draft.next = reader.date(slot).map(|next| Review::Next(next.value))),
];

fn review_mapping(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Review> {
    let mut draft = ReviewDraft::default();
    let before = reader.fault_count();
    reader.record(&mut draft, slot, &REVIEW, slot.node.span);
    match (draft.every, draft.next) {
        (Some(_), Some(_)) | (None, None) if reader.fault_count() == before => {
            let fault = Fault::new(
                reading::INVALID_INTERVAL,
                reader.place(slot.node.span),
                "`review` needs one of `every` and `next`",
            );
            reader.push(fault.help(INTERVAL_HELP));
            None
        }
        (every, next) => every.or(next),
    }
}

#[derive(Default)]
struct AttestationDraft {
    on: Option<Located<Date>>,
    by: Option<Located<String>>,
    version: Option<Located<String>>,
    digest: Option<Located<String>>,
    note: Option<Located<String>>,
}

const ATTESTATION: [Field<AttestationDraft>; 5] = [
    Field::required("on", |draft, slot, reader| draft.on = reader.date(slot)),
    Field::optional("by", |draft, slot, reader| draft.by = reader.text(slot)),
    Field::optional("version", |draft, slot, reader| draft.version = reader.text(slot)),
    Field::optional("digest", |draft, slot, reader| draft.digest = reader.text(slot)),
    Field::optional("note", |draft, slot, reader| draft.note = reader.text(slot)),
];

/// A review that took place; one without a day says nothing and is left out.
pub(super) fn attestation(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Attestation> {
    let mut draft = AttestationDraft::default();
    reader.record(&mut draft, slot, &ATTESTATION, slot.node.span);
    let AttestationDraft { on, by, version, digest, note } = draft;
    Some(Attestation { span: slot.node.span, on: on?, by, version, digest, note })
}

const CHANGE: [Field<Change>; 4] = [
    Field::optional("version", |change, slot, reader| change.version = reader.text(slot)),
    Field::optional("on", |change, slot, reader| change.on = reader.date(slot)),
    Field::optional("by", |change, slot, reader| change.by = reader.text(slot)),
    Field::optional("summary", |change, slot, reader| change.summary = reader.text(slot)),
];

/// A line of the revision history.
pub(super) fn change(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Change> {
    let mut change = Change { span: slot.node.span, version: None, on: None, by: None, summary: None };
    reader.record(&mut change, slot, &CHANGE, slot.node.span).then_some(change)
}

#[derive(Default)]
struct ClaimDraft {
    clause: Option<Located<ClauseRef>>,
    extent: Option<Extent>,
    note: Option<String>,
}

const CLAIM: [Field<ClaimDraft>; 3] = [
    Field::required("clause", |draft, slot, reader| draft.clause = clause(slot, reader)),
    Field::optional("extent", |draft, slot, reader| {
        draft.extent = reader.one_of(slot, &EXTENTS).map(|extent| extent.value);
    }),
    Field::optional("note", |draft, slot, reader| draft.note = reader.text(slot).map(|note| note.value)),
];

const EXTENTS: [(&str, Extent); 2] =
    [(Extent::Full.as_str(), Extent::Full), (Extent::Partial.as_str(), Extent::Partial)];

/// A claim: a clause, or `{clause, extent, note}`. One with a fault in it claims no more than a part.
pub(super) fn claim(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Claim> {
    let Value::Map(entries) = &slot.node.value else {
        return Some(Claim { clause: clause(slot, reader)?, extent: Extent::Full, note: None });
    };
    if let Some(reference) = torn_reference(entries) {
        let message = format!("a space tears `{reference}` apart");
        let fault = Fault::new(reading::UNKNOWN_CLAUSE, reader.place(slot.node.span), message);
        reader.push(fault.help(format!("write `{reference}` without a space")));
        return None;
    }
    let mut draft = ClaimDraft::default();
    let before = reader.fault_count();
    reader.record(&mut draft, slot, &CLAIM, slot.node.span);
    let extent = if reader.fault_count() > before { Extent::Partial } else { draft.extent.unwrap_or(Extent::Full) };
    Some(Claim { clause: draft.clause?, extent, note: draft.note })
}

/// The reference behind `iso27001: A.5.24`, which YAML takes for a key and its value.
fn torn_reference(entries: &[Entry]) -> Option<ClauseRef> {
    let [Entry { key, value }] = entries else { return None };
    let Value::Scalar(scalar) = &value.value else { return None };
    let standard: StandardId = key.value.parse().ok()?;
    let clause: ClauseId = scalar.text.parse().ok()?;
    let is_key = CLAIM.iter().any(|field| field.name == key.value);
    (!is_key).then_some(ClauseRef { standard: Some(standard), clause })
}

/// A clause reference, read by its source text: `8.10` is not `8.1`.
fn clause(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<ClauseRef>> {
    let several = matches!(&slot.node.value, Value::Scalar(scalar) if names_several(&scalar.text));
    let help = several.then_some("write several clauses as a list, such as `[8.6.1, 8.6.2]`");
    reader.parsed_under(slot, reading::UNKNOWN_CLAUSE, help)
}

fn names_several(text: &str) -> bool {
    let words = text.split([',', ';', ' ', '\n']);
    words.filter(|word| word.parse::<ClauseRef>().is_ok()).nth(1).is_some()
}
