//! Settings that are lists or mappings themselves.

use super::read::{items, report_duplicates, text};
use super::settings::{BrandSettings, Exclusion, IdPattern, Settings, UnneededItem, Waiver, path_text};
use super::types::{self, TypeInfo, TypeReview};
use crate::date::Date;
use crate::finding::Severity;
use crate::id::{ClauseRef, ItemRef, StandardId};
use crate::path::RelativePath;
use crate::place::Located;
use crate::spelling::suggest_help;
use crate::text::clip;
use crate::yaml::{Field, Reader, Slot, Value};

pub(super) fn types(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    for entry in reader.entries(slot).unwrap_or_default() {
        let name = &entry.key;
        if let Err(error) = name.value.parse::<StandardId>() {
            reader.report(name.span, error.to_string());
            continue;
        }
        let existing = settings.types.iter().position(|kind| kind.name == name.value);
        let at = existing.unwrap_or(settings.types.len());
        if existing.is_none() {
            settings.types.push(types::custom_type(&name.value));
        }
        reader.read_mapping(&mut settings.types[at], entry.into(), TYPE, name.span);
    }
}

const TYPE: &[Field<TypeInfo>] = &[
    Field::optional("title", |kind, slot, reader| {
        if let Some(title) = text(slot, reader) {
            kind.title = title;
            kind.custom_names.title = true;
        }
    }),
    Field::optional("plural", |kind, slot, reader| {
        if let Some(plural) = text(slot, reader) {
            kind.plural = plural;
            kind.custom_names.plural = true;
        }
    }),
    Field::optional("prefix", |kind, slot, reader| {
        if let Some(prefix) = reader.parse_value::<crate::id::DocumentId>(slot) {
            kind.prefix = prefix.value.to_string();
        }
    }),
    Field::optional("review", |kind, slot, reader| {
        if matches!(&slot.node.value, Value::Scalar(scalar) if scalar.text.trim() == "none") {
            kind.review = TypeReview::Never;
        } else if let Some(interval) = reader.interval(slot) {
            kind.review = TypeReview::Every(interval.value);
        }
    }),
    Field::optional("sections", |kind, slot, reader| {
        kind.sections = reader.texts(slot).into_iter().map(|text| text.value).collect();
    }),
];

pub(super) fn classifications(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    let steps = reader.texts(slot);
    report_duplicates(&steps, "is already one of the levels", reader);
    if matches!(&slot.node.value, Value::List(nodes) if nodes.is_empty()) {
        reader.report(slot.node.span, "list at least one level");
    }
    if !steps.is_empty() {
        settings.classifications = steps.into_iter().map(|step| step.value).collect();
    }
}

pub(super) fn levels(settings: &Settings) -> Vec<&str> {
    settings.classifications.iter().map(String::as_str).collect()
}

/// Reports a word that is not among the known ones.
pub(super) fn require_known(word: &Located<String>, what: &str, known_words: &[&str], reader: &mut Reader<'_>) {
    if !known_words.contains(&word.value.as_str()) {
        let help = suggest_help(&word.value, known_words.iter().copied());
        reader.report_with_help(word.span, format!("`{}` is not {what}", clip(&word.value)), help);
    }
}

pub(super) fn not_needed(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    #[derive(Default)]
    struct UnneededEntry {
        item: Option<Located<ItemRef>>,
        reason: Option<Located<String>>,
    }
    const ENTRY: &[Field<UnneededEntry>] = &[
        Field::required("item", |entry, slot, reader| entry.item = reader.parse_value(slot)),
        Field::required("reason", |entry, slot, reader| entry.reason = reader.text(slot)),
    ];
    items(slot, reader, |slot, reader| {
        let mut entry = UnneededEntry::default();
        reader.read_mapping(&mut entry, slot, ENTRY, slot.node.span);
        if let Some(item) = entry.item {
            settings.not_needed.push(UnneededItem { item, reason: entry.reason });
        }
    });
}

pub(super) fn excluded(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    #[derive(Default)]
    struct ExclusionEntry {
        clause: Option<Located<ClauseRef>>,
        reason: Option<Located<String>>,
    }
    const ENTRY: &[Field<ExclusionEntry>] = &[
        Field::required("clause", |entry, slot, reader| entry.clause = reader.parse_value(slot)),
        Field::optional("reason", |entry, slot, reader| entry.reason = reader.text(slot)),
    ];
    items(slot, reader, |slot, reader| {
        let mut entry = ExclusionEntry::default();
        reader.read_mapping(&mut entry, slot, ENTRY, slot.node.span);
        if let Some(clause) = entry.clause {
            settings.excluded.push(Exclusion { clause, reason: entry.reason });
        }
    });
}

pub(super) fn waivers(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    #[derive(Default)]
    struct WaiverEntry {
        rule: Option<Located<String>>,
        place: Option<Located<String>>,
        reason: Option<Located<String>>,
        who: Option<Located<String>>,
        until: Option<Located<Date>>,
    }
    const ENTRY: &[Field<WaiverEntry>] = &[
        Field::required("rule", |entry, slot, reader| entry.rule = reader.text(slot)),
        Field::optional("place", |entry, slot, reader| entry.place = reader.text(slot)),
        Field::required("reason", |entry, slot, reader| entry.reason = reader.text(slot)),
        Field::required("who", |entry, slot, reader| entry.who = reader.text(slot)),
        Field::required("until", |entry, slot, reader| entry.until = reader.date(slot)),
    ];
    items(slot, reader, |slot, reader| {
        let mut entry = WaiverEntry::default();
        reader.read_mapping(&mut entry, slot, ENTRY, slot.node.span);
        if let WaiverEntry { rule: Some(rule), place, reason: Some(reason), who: Some(who), until: Some(until) } = entry
        {
            settings.waivers.push(Waiver { rule, place, reason, accepted_by: who, until });
        }
    });
}

pub(super) fn id_pattern(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    let Some(text) = reader.text(slot) else { return };
    let anchored = || regex_lite::Regex::new(&format!("^(?:{})$", text.value));
    match regex_lite::Regex::new(&text.value).and_then(|_| anchored()) {
        Ok(regex) => settings.id_pattern = Some(IdPattern { text: text.value, regex }),
        Err(error) => reader.report(slot.node.span, format!("this is not a regular expression: {error}")),
    }
}

pub(super) fn approvals(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const BOUND_WORDS: &[(&str, bool)] = &[("optional", false), ("required", true)];
    const APPROVALS: &[Field<Settings>] = &[Field::optional("bound", |settings, slot, reader| {
        settings.approvals_bound = reader.one_of(slot, BOUND_WORDS).is_some_and(|bound| bound.value);
    })];
    reader.read_mapping(settings, slot, APPROVALS, slot.key.span);
}

pub(super) fn reviews(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const REVIEWER_WORDS: &[(&str, bool)] = &[("anybody", false), ("another", true)];
    const REVIEWS: &[Field<Settings>] = &[Field::optional("by", |settings, slot, reader| {
        settings.reviews_by_another = reader.one_of(slot, REVIEWER_WORDS).is_some_and(|by| by.value);
    })];
    reader.read_mapping(settings, slot, REVIEWS, slot.key.span);
}

pub(super) fn gates(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const SEVERITY_WORDS: &[(&str, Severity)] =
        &[("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];
    const GATES: &[Field<super::Gates>] = &[
        Field::optional("min_coverage", |gates, slot, reader| gates.min_coverage = reader.number(slot, 0..=100)),
        Field::optional("min_documents", |gates, slot, reader| gates.min_documents = reader.number(slot, 0..=u32::MAX)),
        Field::optional("fail_on", |gates, slot, reader| {
            gates.fail_on = reader.one_of(slot, SEVERITY_WORDS).map(|weight| weight.value);
        }),
    ];
    reader.read_mapping(&mut settings.gates, slot, GATES, slot.key.span);
}

pub(super) fn brand(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const BRAND: &[Field<BrandSettings>] = &[
        Field::optional("accent", |brand, slot, reader| brand.accent = colour(slot, reader)),
        Field::optional("accent_dark", |brand, slot, reader| brand.accent_dark = colour(slot, reader)),
        Field::optional("logo", |brand, slot, reader| {
            let path = reader.parse_value::<RelativePath>(slot);
            brand.logo = path.map(|path| Located { value: path_text(path.value), span: path.span });
        }),
    ];
    reader.read_mapping(&mut settings.brand, slot, BRAND, slot.key.span);
}

fn colour(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let colour = reader.text(slot)?;
    if !crate::colour::is_colour(&colour.value) {
        let help = "write it in quotation marks as \"#1f6feb\"".to_owned();
        reader.report_with_help(slot.node.span, "this is not a colour", Some(help));
        return None;
    }
    Some(colour)
}

pub(super) fn vague_words(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const WORD: &[Field<(String, String)>] = &[
        Field::required("word", |entry, slot, reader| entry.0 = text(slot, reader).unwrap_or_default()),
        Field::required("reason", |entry, slot, reader| entry.1 = text(slot, reader).unwrap_or_default()),
    ];
    items(slot, reader, |slot, reader| {
        let mut entry = (String::new(), String::new());
        if reader.read_mapping(&mut entry, slot, WORD, slot.node.span) && !entry.0.is_empty() {
            settings.words.vague.push(entry);
        }
    });
}
