//! Values of front matter that are mappings themselves: claims, reviews and changes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::claim_note::{first_day_in, limits_claim};
use super::fields::is_blank;
use crate::date::{Date, INTERVAL_HELP, Interval, later_day};
use crate::finding::{Problem, reading};
use crate::id::{ClauseId, ClauseRef, StandardId};
use crate::place::Located;
use crate::register::{KINDS, Kind, RegisterRef};
use crate::source::acknowledge::Acknowledge;
use crate::source::front_matter::{
    Attestation, Change, Claim, DigestScheme, Extent, Review, ReviewResult, WrittenDigest, downgrade_contradictions,
    downgrade_limited,
};
use crate::source::version::version_key;
use crate::text::clip;
use crate::yaml::{Entry, Field, Reader, Slot, Value};

/// The keys of the mappings that may be the value of a key, or items of its list.
pub(super) fn nested_keys(name: &str) -> &'static [&'static str] {
    match name {
        "review" => &["every", "next"],
        "reviews" => &["date", "on", "by", "version", "digest", "result", "note"],
        "changes" => &["version", "date", "on", "by", "summary", "approver", "digest"],
        "acknowledge" => &["within", "after"],
        "registers" => &["file", "kind"],
        "clauses" => &["clause", "extent", "note"],
        _ => &[],
    }
}

/// Reads how often, or when next: an interval, `{every: …}` or `{next: …}`.
pub(super) fn review(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Review>> {
    let span = slot.node.span;
    let value = match &slot.node.value {
        Value::Map(_) => review_mapping(slot, reader)?,
        Value::Scalar(scalar) if scalar.text.trim().parse::<Date>().is_ok() => {
            let date = scalar.text.trim();
            let message = format!("`{date}` is a date, but `review` needs an interval");
            let problem = Problem::new(reading::INVALID_INTERVAL, reader.place(span), message);
            reader.push(problem.help(format!("write `{{next: {date}}}` for the date of the next review")));
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
    let before = reader.problem_count();
    reader.read_mapping(&mut draft, slot, &REVIEW, slot.node.span);
    match (draft.every, draft.next) {
        (Some(_), Some(_)) | (None, None) if reader.problem_count() == before => {
            let problem = Problem::new(
                reading::INVALID_INTERVAL,
                reader.place(slot.node.span),
                "`review` needs one of `every` and `next`",
            );
            reader.push(problem.help(INTERVAL_HELP));
            None
        }
        (every, next) => every.or(next),
    }
}

#[derive(Default)]
struct AttestationDraft {
    date: Option<Located<Date>>,
    reviewer: Option<Located<String>>,
    version: Option<Located<String>>,
    digest: Option<Located<WrittenDigest>>,
    result: Option<Located<ReviewResult>>,
    note: Option<Located<String>>,
}

const ATTESTATION: [Field<AttestationDraft>; 7] = [
    Field::optional("date", |draft: &mut AttestationDraft, slot, reader| draft.date = reader.date(slot)),
    Field::optional("on", |draft, slot, reader| draft.date = reader.date(slot)),
    Field::optional("by", |draft, slot, reader| draft.reviewer = reader.text(slot)),
    Field::optional("version", |draft, slot, reader| draft.version = reader.text(slot)),
    Field::optional("digest", |draft, slot, reader| draft.digest = reader.parse_value(slot)),
    Field::optional("result", |draft, slot, reader| draft.result = reader.one_of(slot, &RESULTS)),
    Field::optional("note", |draft, slot, reader| draft.note = reader.text(slot)),
];

const RESULTS: [(&str, ReviewResult); 2] = [
    (ReviewResult::Confirmed.as_str(), ReviewResult::Confirmed),
    (ReviewResult::ChangeNeeded.as_str(), ReviewResult::ChangeNeeded),
];

/// Reads a review that took place; one without a date is meaningless and left out.
pub(super) fn attestation(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Attestation> {
    let mut draft = AttestationDraft::default();
    let span = slot.node.span;
    if reader.read_mapping(&mut draft, slot, &ATTESTATION, span) && !has_day(slot, reader) {
        reader.report_missing_key("date", span);
    }
    let AttestationDraft { date: on, reviewer: by, version, digest, result, note } = draft;
    Some(Attestation { span, date: on?, reviewer: by, version, digest, result, note })
}

/// Whether an entry has a date; reports a second one, given by both `date` and `on`.
fn has_day(slot: Slot<'_>, reader: &mut Reader<'_>) -> bool {
    let Value::Map(entries) = &slot.node.value else { return false };
    let days: Vec<&Entry> = entries.iter().filter(|entry| matches!(&*entry.key.value, "date" | "on")).collect();
    if let [_, second, ..] = days[..] {
        let message = format!("`{}` gives this entry a second date", second.key.value);
        reader.report_with_help(second.key.span, message, Some("keep `date`".to_owned()));
    }
    !days.is_empty()
}

const CHANGE: [Field<Change>; 7] = [
    Field::optional("version", |change: &mut Change, slot, reader| change.version = reader.text(slot)),
    Field::optional("date", |change, slot, reader| change.date = reader.date(slot)),
    Field::optional("on", |change, slot, reader| change.date = reader.date(slot)),
    Field::optional("by", |change, slot, reader| change.author = reader.text(slot)),
    Field::optional("summary", |change, slot, reader| change.summary = reader.text(slot)),
    Field::optional("approver", |change, slot, reader| change.approver = reader.texts(slot)),
    Field::optional("digest", |change, slot, reader| change.digest = reader.parse_value(slot)),
];

/// Reads the revision history. A version has one approved text, so a second, different digest for it is a
/// contradiction.
pub(super) fn changes(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Change> {
    let changes = reader.list(slot, change);
    let mut first: BTreeMap<(Cow<'_, str>, DigestScheme), &Located<WrittenDigest>> = BTreeMap::new();
    for change in &changes {
        let (Some(version), Some(digest)) = (&change.version, &change.digest) else { continue };
        let first_digest = *first.entry((version_key(&version.value), digest.value.scheme)).or_insert(digest);
        if first_digest.value != digest.value {
            let message = format!("version {} has another digest in another entry", version.value.trim());
            let problem = Problem::new(reading::INVALID_FRONT_MATTER, reader.place(digest.span), message);
            let other = reader.place(first_digest.span);
            reader.push(problem.help("keep the digest of the text that was approved").related(other, "the other one"));
        }
    }
    changes
}

/// Reads an entry of the revision history.
fn change(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Change> {
    let span = slot.node.span;
    let mut change =
        Change { span, version: None, date: None, author: None, summary: None, approver: Vec::new(), digest: None };
    if !reader.read_mapping(&mut change, slot, &CHANGE, span) {
        return None;
    }
    has_day(slot, reader);
    Some(change)
}

#[derive(Default)]
struct AcknowledgeDraft {
    within: Option<Interval>,
    only_major: bool,
}

const ACKNOWLEDGE: [Field<AcknowledgeDraft>; 2] = [
    Field::required("within", |draft, slot, reader| {
        draft.within = reader.interval(slot).map(|interval| interval.value);
    }),
    Field::optional("after", |draft, slot, reader| {
        let words = [("every", false), ("major", true)];
        draft.only_major = reader.one_of(slot, &words).is_some_and(|word| word.value);
    }),
];

/// Reads how readers acknowledge a version: `{within, after}`.
pub(super) fn acknowledge(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Acknowledge>> {
    if matches!(&slot.node.value, Value::Scalar(scalar) if !scalar.is_null()) {
        let message = "`acknowledge` says nothing about when readers must have acknowledged the document".to_owned();
        let help = Some("write `acknowledge: {within: 10 days}`".to_owned());
        reader.report_with_help(slot.node.span, message, help);
        return None;
    }
    let mut draft = AcknowledgeDraft::default();
    reader.read_mapping(&mut draft, slot, &ACKNOWLEDGE, slot.node.span);
    let acknowledge = Acknowledge { within: draft.within?, only_major: draft.only_major };
    Some(Located { value: acknowledge, span: slot.node.span })
}

#[derive(Default)]
struct RegisterDraft {
    file: Option<Located<String>>,
    kind: Option<Kind>,
}

const REGISTER: [Field<RegisterDraft>; 2] = [
    Field::required("file", |draft, slot, reader| draft.file = reader.text(slot)),
    Field::optional("kind", |draft, slot, reader| {
        let kinds: Vec<(&str, Kind)> = KINDS.iter().map(|row| (row.name, row.kind)).collect();
        draft.kind = reader.one_of(slot, &kinds).map(|kind| kind.value);
    }),
];

/// Reads a register: a file, or `{file, kind}`.
pub(super) fn register(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<RegisterRef> {
    if !matches!(slot.node.value, Value::Map(_)) {
        return Some(RegisterRef { file: reader.text(slot)?, kind: None });
    }
    let mut draft = RegisterDraft::default();
    reader.read_mapping(&mut draft, slot, &REGISTER, slot.node.span);
    Some(RegisterRef { file: draft.file?, kind: draft.kind })
}

#[derive(Default)]
struct ClaimDraft {
    clause: Option<Located<ClauseRef>>,
    extent: Option<Extent>,
    note: Option<Located<String>>,
}

const CLAIM: [Field<ClaimDraft>; 3] = [
    Field::required("clause", |draft, slot, reader| draft.clause = clause(slot, reader)),
    Field::optional("extent", |draft, slot, reader| {
        draft.extent = reader.one_of(slot, &EXTENTS).map(|extent| extent.value);
    }),
    // An export writes the field for a note although nobody wrote one.
    Field::optional("note", |draft, slot, reader| draft.note = if is_blank(slot) { None } else { reader.text(slot) }),
];

const EXTENTS: [(&str, Extent); 2] =
    [(Extent::Full.as_str(), Extent::Full), (Extent::Partial.as_str(), Extent::Partial)];

/// Reads the claims of a document as a whole. Claiming a clause both in full and in part is a contradiction.
pub(super) fn claims(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Claim> {
    let mut claims = reader.list(slot, claim);
    let unread = unread_items(&slot.node.value);
    downgrade_limited(&mut claims, unread.iter().map(String::as_str));
    for (clause, first) in downgrade_contradictions(&mut claims) {
        let message = format!("{} is claimed here twice, in full and in part", clause.value);
        let problem =
            Problem::new(reading::UNKNOWN_CLAUSE, reader.place(clause.span), message).help("keep one of them");
        let first = reader.place(first);
        reader.push(problem.related(first, "the other one"));
    }
    claims
}

/// The items of a list that do not name a clause with certainty, as written: `8.6.2/partial`, `extent:partial`.
fn unread_items(list: &Value) -> Vec<String> {
    let Value::List(items) = list else { return Vec::new() };
    let text = |value: &Value| match value {
        Value::Scalar(scalar) if scalar.is_null() => String::new(),
        Value::Scalar(scalar) => scalar.text.to_string(),
        _ => "…".to_owned(),
    };
    let clause_texts = items.iter().map(|item| match &item.value {
        Value::Map(entries) => match entries.iter().find(|entry| entry.key.value == "clause") {
            Some(clause) => text(&clause.value.value),
            None => entries.iter().map(|entry| format!("{}:{} ", entry.key.value, text(&entry.value.value))).collect(),
        },
        value => text(value),
    });
    clause_texts.filter(|text| text.trim().parse::<ClauseRef>().is_err()).collect()
}

/// Reads a claim: a clause, or `{clause, extent, note}`. A claim that contains a problem is uncertain.
fn claim(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Claim> {
    let Value::Map(entries) = &slot.node.value else {
        let clause = clause(slot, reader)?;
        return Some(Claim { clause, extent: Extent::Full, note: None, is_certain: true, first_day: None });
    };
    if let Some(reference) = split_reference(entries) {
        let message = format!("`{reference}` contains a space");
        let problem = Problem::new(reading::UNKNOWN_CLAUSE, reader.place(slot.node.span), message);
        reader.push(problem.help(format!("write `{reference}` without a space")));
        return None;
    }
    let mut draft = ClaimDraft::default();
    let before = reader.problem_count();
    reader.read_mapping(&mut draft, slot, &CLAIM, slot.node.span);
    if let (None, Some(note)) = (draft.extent, draft.note.as_ref().filter(|note| limits_claim(&note.value))) {
        report_limit(note, reader);
    }
    let certain = reader.problem_count() == before;
    let extent = if certain { draft.extent.unwrap_or(Extent::Full) } else { Extent::Partial };
    let note = draft.note.as_ref().filter(|_| draft.extent.is_none());
    let first_day = note.and_then(|note| first_day_in(&note.value));
    Some(Claim { clause: draft.clause?, extent, note: draft.note, is_certain: certain, first_day })
}

fn report_limit(note: &Located<String>, reader: &mut Reader<'_>) {
    let message = format!("the note `{}` may limit the claim", clip(&note.value));
    let problem = Problem::new(reading::UNKNOWN_CLAUSE, reader.place(note.span), message);
    reader.push(problem.help("write `extent: partial`, or `extent: full` if all of the clause is addressed"));
}

/// Makes claims uncertain whose notes give a later first day than their document has.
pub(super) fn downgrade_later(claims: &mut [Claim], start: Option<Date>, reader: &mut Reader<'_>) {
    let is_later = |day: &String| start.is_some_and(|start| later_day(day, start).is_some());
    for claim in claims.iter_mut().filter(|claim| claim.is_certain && claim.first_day.as_ref().is_some_and(is_later)) {
        claim.is_certain = false;
        claim.extent = Extent::Partial;
        if let Some(note) = &claim.note {
            report_limit(note, reader);
        }
    }
}

/// The reference meant by `iso27001: A.5.24`, which YAML parses as a key and its value.
fn split_reference(entries: &[Entry]) -> Option<ClauseRef> {
    let [Entry { key, value }] = entries else { return None };
    let Value::Scalar(scalar) = &value.value else { return None };
    let standard: StandardId = key.value.parse().ok()?;
    let clause: ClauseId = scalar.text.parse().ok()?;
    let is_key = CLAIM.iter().any(|field| field.name == key.value);
    (!is_key).then_some(ClauseRef { standard: Some(standard), clause })
}

/// Reads a clause reference from its source text: `8.10` is not `8.1`.
fn clause(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<ClauseRef>> {
    let help = match &slot.node.value {
        Value::Scalar(scalar) => clause_help(&scalar.text),
        _ => None,
    };
    reader.parse_value_under(slot, reading::UNKNOWN_CLAUSE, help.as_deref())
}

/// What to write instead of a text with one or several clauses in it, such as `clause 8.6.1`.
fn clause_help(text: &str) -> Option<String> {
    let is_clause = |word: &&str| word.parse::<ClauseRef>().is_ok() && word.contains(|c: char| c.is_ascii_digit());
    let mut clauses = text.split([',', ';', ' ', '\n']).filter(is_clause);
    match (clauses.next(), clauses.next()) {
        (Some(_), Some(_)) => Some("write several clauses as a list, such as `[8.6.1, 8.6.2]`".to_owned()),
        (Some(clause), None) => Some(format!("write `{clause}`")),
        (None, _) => None,
    }
}
