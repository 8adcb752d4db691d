//! Reads settings from one table of keys, reporting every problem at its place.

use std::collections::HashSet;
use std::sync::Arc;

use super::pattern::UrlPattern;
use super::settings::{Settings, path_text};
use super::{documents, editions, registers, sections};
use crate::finding::{Problem, RuleId, Severity, closing, reading};
use crate::id::StandardId;
use crate::name::fold_case;
use crate::path::RelativePath;
use crate::place::{Located, SourceText, Span};
use crate::placeholder::names_only_persons_or_roles;
use crate::standard::StandardUse;
use crate::text::{as_seen, clip};
use crate::yaml::{Entry, Field, Limits, Node, Reader, ReaderRules, Slot, Value};

/// Settings that cannot be used.
#[derive(Clone, Debug)]
pub struct InvalidSettings {
    /// All problems, each with its place.
    pub problems: Vec<Problem>,
    /// The settings that could be read, to check the files that they name.
    pub(crate) settings: Box<Settings>,
}

/// Reads settings from a text; `known_rules` contains the rules that it may name.
///
/// # Errors
/// If there are problems: all of them, each with its place, under the rule `invalid-settings`.
pub fn read(source: &Arc<SourceText>, known_rules: &[RuleId]) -> Result<Settings, InvalidSettings> {
    let mut reader = Reader::new(source, ReaderRules::all(reading::INVALID_SETTINGS));
    let tree = reader.parse(0..source.as_str().len(), Limits::FILE);
    let mut settings = Settings { source: Some(source.clone()), ..Settings::default() };
    let root = tree.root.filter(|node| !matches!(&node.value, Value::Scalar(scalar) if scalar.is_null()));
    match root {
        Some(root) => {
            let name = Located::new("clausebook.yaml".to_owned(), root.span);
            let slot = Slot { key: &name, node: &root, is_item: false };
            reader.read_mapping(&mut settings, slot, FIELDS, tree.is_complete.then_some(Span::default()));
            resolve_folders(&settings, slot, &mut reader);
        }
        None if tree.is_complete => reader.report_missing_key("title", Span::default()),
        None => {}
    }
    if settings.standards.is_empty() && settings.standards_span.is_none() {
        settings.standards = default_standards();
    }
    check_consistency(&settings, known_rules, &mut reader);
    let problems = reader.finish();
    if problems.is_empty() { Ok(settings) } else { Err(InvalidSettings { problems, settings: Box::new(settings) }) }
}

fn default_standards() -> Vec<Located<StandardId>> {
    default_standard().map(|id| Located::new(id, Span::default())).into_iter().collect()
}

/// The main standard of settings that name none.
pub(crate) fn default_standard() -> Option<StandardId> {
    "iso20000-1".parse().ok()
}

/// Reports every value that already occurs earlier in the list.
pub(super) fn report_duplicates<T>(list: &[Located<T>], what: &str, reader: &mut Reader<'_>)
where
    T: std::hash::Hash + Eq + std::fmt::Display,
{
    let mut seen = HashSet::new();
    for item in list {
        if !seen.insert(&item.value) {
            reader.report(item.span, format!("`{}` {what}", item.value));
        }
    }
}

/// The content folder if the documents are in the handbook's own folder.
const ROOT_FOLDER: &str = ".";

/// Refuses a portal inside a source folder, a source folder inside a portal, and two portals in one folder. If the
/// documents are in the handbook's own folder, the portal's is skipped when reading.
fn resolve_folders(settings: &Settings, root: Slot<'_>, reader: &mut Reader<'_>) {
    let entries: &[Entry] =
        if let Value::Map(_) = root.node.value { reader.entries(root).unwrap_or_default() } else { &[] };
    let entry = ["output", "content"].iter().find_map(|key| entries.iter().find(|entry| entry.key.value == *key));
    let span = entry.map_or(root.node.span, |entry| entry.value.span);
    refuse_overlap(settings, &settings.output, span, reader);
    for edition in &settings.editions.named_editions {
        let folder = edition.folder();
        refuse_overlap(settings, &folder, edition.span, reader);
        let (Ok(edition_folder), Ok(output)) =
            (folder.parse::<RelativePath>(), settings.output.parse::<RelativePath>())
        else {
            continue;
        };
        if edition_folder.overlaps(&output) {
            let message =
                format!("output folder `{edition_folder}` of this edition and output folder `{output}` overlap");
            reader.report_with_help(edition.span, message, Some("give the edition a folder of its own".to_owned()));
        }
    }
}

fn refuse_overlap(settings: &Settings, output: &str, span: Span, reader: &mut Reader<'_>) {
    let own_folders = [settings.content.as_str(), "standards", "themes"];
    let folders = own_folders.into_iter().chain(settings.asset_folders()).map(str::parse::<RelativePath>);
    let Ok(output) = output.parse::<RelativePath>() else { return };
    let clash = folders.flatten().find(|folder| output.overlaps(folder));
    if let Some(folder) = clash {
        let message = format!("output folder `{output}` and source folder `{folder}` overlap; choose separate folders");
        reader.report_with_help(span, message, Some("write the portal to a separate folder".to_owned()));
    }
}

/// Reads a standard: its name, or a mapping with its name and use.
fn standard(guides: &mut Vec<StandardId>, slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<StandardId>> {
    #[derive(Default)]
    struct StandardEntry {
        id: Option<Located<StandardId>>,
        use_: StandardUse,
    }
    const NAMED: &[Field<StandardEntry>] = &[
        Field::required("id", |entry, slot, reader| entry.id = reader.parse_value(slot)),
        Field::required("use", |entry, slot, reader| {
            let uses = [("cover", StandardUse::Cover), ("guide", StandardUse::Guide)];
            entry.use_ = reader.one_of(slot, &uses).map(|choice| choice.value).unwrap_or_default();
        }),
    ];
    if !matches!(slot.node.value, Value::Map(_)) {
        return reader.parse_value(slot);
    }
    let mut entry = StandardEntry::default();
    reader.read_mapping(&mut entry, slot, NAMED, slot.node.span);
    let id = entry.id?;
    if entry.use_ == StandardUse::Guide {
        guides.push(id.value.clone());
    }
    Some(id)
}

/// All figures refer to the first standard, so it cannot be a guide only.
fn require_main_to_cover(settings: &Settings, reader: &mut Reader<'_>) {
    let Some(main) = settings.standards.first().filter(|main| settings.guides.contains(&main.value)) else { return };
    let message = format!("`{}` is the main standard and cannot be a guide only", main.value);
    reader.report_with_help(main.span, message, Some("list the standard that you must meet first".to_owned()));
}

/// Checks that the settings are consistent with each other.
fn check_consistency(settings: &Settings, known_rules: &[RuleId], reader: &mut Reader<'_>) {
    report_duplicates(&settings.standards, "is named twice", reader);
    require_main_to_cover(settings, reader);
    for (key, _) in &settings.documents.key_map {
        if settings.documents.ignored_keys.iter().any(|ignored| ignored.value == key.value) {
            reader.report(key.span, format!("`{}` cannot be both mapped and ignored", key.value));
        }
    }
    refuse_protected_keys(settings, reader);
    if let Some(unnamed_edition) =
        settings.editions.unnamed_edition.as_ref().filter(|_| !settings.editions.named_editions.is_empty())
    {
        let message = "`publish` and `editions` cannot both be given".to_owned();
        let help = "describe what `publish` shows under `editions`, with a name, and remove `publish`".to_owned();
        reader.report_with_help(unnamed_edition.span, message, Some(help));
    }
    let rule_names =
        settings.rules.iter().map(|(name, _)| name).chain(settings.waivers.iter().map(|waiver| &waiver.rule));
    for name in rule_names {
        if known_rules.iter().all(|rule| rule.0 != name.value) {
            let help = crate::spelling::nearest(&name.value, known_rules.iter().map(|rule| rule.0))
                .map(|similar| format!("did you mean `{similar}`?"));
            reader.report_with_help(name.span, format!("unknown rule `{}`", name.value), help);
        }
    }
}

/// Keys that must be read: without them a document could look better than it is, or reveal what must be withheld.
const PROTECTED_KEYS: [&str; 9] =
    ["classification", "status", "effective", "review", "reviews", "changes", "clauses", "registers", "supersedes"];

/// Refuses settings that would ignore such a key, in any letter case, or give it another meaning.
fn refuse_protected_keys(settings: &Settings, reader: &mut Reader<'_>) {
    let folded = |key: &str| fold_case(as_seen(key).trim());
    let mapped = settings.documents.key_map.iter().filter(|(key, meaning)| folded(&key.value) != *meaning);
    let all = settings.documents.ignored_keys.iter().chain(mapped.map(|(key, _)| key));
    for key in all.filter(|key| PROTECTED_KEYS.contains(&folded(&key.value).as_str())) {
        let message = format!("documents use `{}` themselves, so it can be neither ignored nor mapped", key.value);
        let help = "rename the other tool's key in the documents".to_owned();
        reader.report_with_help(key.span, message, Some(help));
    }
}

/// All keys of the settings. They are read in this order: types and classifications come before whatever refers to
/// them.
const FIELDS: &[Field<Settings>] = &[
    Field::required("title", |settings, slot, reader| {
        if let Some(text) = reader.text(slot) {
            settings.title = text.value;
        }
    }),
    Field::optional("organization", |settings, slot, reader| settings.organization = text(slot, reader)),
    Field::optional("description", |settings, slot, reader| settings.description = text(slot, reader)),
    Field::optional("lang", |settings, slot, reader| {
        if let Some(tag) = crate::source::language(slot, reader) {
            settings.lang = tag.value;
        }
    }),
    Field::optional("standards", |settings, slot, reader| {
        settings.standards_span = Some(slot.key.span);
        settings.standards = reader.list(slot, |item, reader| standard(&mut settings.guides, item, reader));
        if settings.standards.is_empty() && matches!(&slot.node.value, Value::List(items) if items.is_empty()) {
            reader.report(slot.node.span, "a handbook without a standard has nothing to cover");
        }
    }),
    Field::optional("content", |settings, slot, reader| match reader.scalar(slot).map(|scalar| scalar.text.trim()) {
        // The documents are in the handbook's own folder.
        Some("." | "./") => ROOT_FOLDER.clone_into(&mut settings.content),
        Some(_) => path(&mut settings.content, slot, reader),
        None => {}
    }),
    Field::optional("output", |settings, slot, reader| path(&mut settings.output, slot, reader)),
    Field::optional("theme", |settings, slot, reader| {
        if let Some(name) = reader.parse_value::<StandardId>(slot) {
            settings.theme = name.value.to_string();
            settings.portal.theme_span = Some(name.span);
        }
    }),
    Field::optional("base_url", |settings, slot, reader| settings.base_url = read_url(slot, reader)),
    Field::optional("source_url", |settings, slot, reader| {
        settings.portal.source_url = pattern(&["path", "id", "version"], slot, reader);
    }),
    Field::optional("pdf_url", |settings, slot, reader| {
        settings.portal.pdf_url = pattern(&["id", "version"], slot, reader);
    }),
    Field::optional("issue_url", |settings, slot, reader| {
        settings.portal.issue_url = pattern(&["path", "id", "version", "title", "heading"], slot, reader);
    }),
    Field::optional("search_engines", |settings, slot, reader| {
        settings.search_engines = reader.flag(slot).unwrap_or_default();
    }),
    Field::optional("history", |settings, slot, reader| {
        settings.portal.history = reader.flag(slot).unwrap_or_default();
    }),
    Field::optional("search", |settings, slot, reader| settings.portal.search = reader.flag(slot).unwrap_or(true)),
    Field::optional("active_attachments", |settings, slot, reader| {
        settings.active_attachments = reader.flag(slot).unwrap_or_default();
    }),
    Field::optional("as_of", |settings, slot, reader| settings.as_of = reader.date(slot).map(|date| date.value)),
    Field::optional("warning_days", |settings, slot, reader| {
        if let Some(days) = reader.number(slot, 0..=366) {
            settings.warning_days = days as u16;
        }
    }),
    Field::optional("review", |settings, slot, reader| {
        if let Some(interval) = reader.interval(slot) {
            settings.review = interval.value;
        }
    }),
    Field::optional("types", sections::types),
    Field::optional("classifications", sections::classifications),
    Field::optional("publish", editions::publish),
    Field::optional("editions", editions::editions),
    Field::optional("everyone", editions::read_everyone),
    Field::optional("not_needed", sections::not_needed),
    Field::optional("excluded", sections::excluded),
    Field::optional("rules", rules),
    Field::optional("waivers", sections::waivers),
    Field::optional("front_matter", documents::front_matter),
    Field::optional("defaults", documents::defaults),
    Field::optional("order", documents::order),
    Field::optional("exclude", documents::exclude),
    Field::optional("addresses", documents::addresses),
    Field::optional("permalinks", documents::permalinks),
    Field::optional("includes", documents::includes),
    Field::optional("id_pattern", sections::id_pattern),
    Field::optional("bulk_review", |settings, slot, reader| {
        if let Some(count) = reader.number(slot, 1..=1_000_000) {
            settings.bulk_review = count;
        }
    }),
    Field::optional("reviews", sections::reviews),
    Field::optional("approvals", sections::approvals),
    Field::optional("gates", sections::gates),
    Field::optional("brand", sections::brand),
    Field::optional("certificate", registers::certificate),
    Field::optional("audits", registers::audits),
    Field::optional("nonconformities", registers::nonconformities),
    Field::optional("risk_scale", registers::risk_scale),
    Field::optional("top_management", |settings, slot, reader| {
        let (named, unnamed): (Vec<_>, Vec<_>) =
            reader.texts(slot).into_iter().partition(|role| names_only_persons_or_roles(&role.value));
        for role in unnamed {
            reader.report(role.span, format!("`{}` names nobody", clip(&role.value)));
        }
        settings.registers.top_management = named.into_iter().map(|role| role.value).collect();
    }),
    Field::optional("roles", registers::roles),
    Field::optional("navigation", super::navigation::read),
    Field::optional("footer", |settings, slot, reader| settings.footer = text(slot, reader)),
    Field::optional("placeholder_words", |settings, slot, reader| {
        settings.words.placeholders = reader.texts(slot).into_iter().map(|word| word.value).collect();
    }),
    Field::optional("vague_words", sections::vague_words),
];

/// A string without its span.
pub(super) fn text(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<String> {
    reader.text(slot).map(|text| text.value)
}

fn path(target: &mut String, slot: Slot<'_>, reader: &mut Reader<'_>) {
    if let Some(path) = reader.parse_value::<RelativePath>(slot) {
        *target = path_text(path.value);
    }
}

fn read_url(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let address = reader.text(slot)?;
    let rest = address.value.strip_prefix("https://").or_else(|| address.value.strip_prefix("http://"));
    if rest.is_none_or(|rest| {
        let is_invalid = |c: char| c.is_control() || [' ', '"', '<', '>', '#', '?'].contains(&c);
        rest.is_empty() || rest.starts_with('/') || address.value.contains(is_invalid)
    }) {
        let help = "write it as https://handbook.example.org/sms".to_owned();
        reader.report_with_help(slot.node.span, "this is not the address of a portal", Some(help));
        return None;
    }
    Some(address.value.trim_end_matches('/').to_owned())
}

/// Reads an address that is different for each document.
fn pattern(places: &[&str], slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<UrlPattern> {
    let text = reader.text(slot)?;
    match UrlPattern::parse(&text.value, places) {
        Ok(pattern) if pattern.has_placeholder("path") || pattern.has_placeholder("id") => return Some(pattern),
        Ok(_) => {
            let place = if places.contains(&"path") { "`{path}` or `{id}`" } else { "`{id}`" };
            let help = format!("put {place} where the address names the document");
            reader.report_with_help(slot.node.span, "this address is the same for every document", Some(help));
        }
        Err((message, help)) => reader.report_with_help(slot.node.span, message, help),
    }
    None
}

/// The possible severities of a rule.
const SEVERITY_WORDS: &[(&str, Option<Severity>)] = &[
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// Rules that cannot be changed: if they report anything, a check is meaningless.
const FIXED_RULES: [RuleId; 3] = [reading::INVALID_SETTINGS, reading::INVALID_STANDARD, closing::NOTHING_CHECKED];

fn rules(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    for entry in reader.entries(slot).unwrap_or_default() {
        if FIXED_RULES.iter().any(|rule| rule.0 == entry.key.value) {
            let message = format!("`{}` is always an error", entry.key.value);
            reader.report_with_help(entry.key.span, message, Some("remove this line".to_owned()));
            continue;
        }
        if let Some(weight) = reader.one_of(entry.into(), SEVERITY_WORDS) {
            settings.rules.push((entry.key.clone(), weight.value));
        }
    }
}

/// Reads each item of a list of mappings.
pub(super) fn items(slot: Slot<'_>, reader: &mut Reader<'_>, mut read: impl FnMut(Slot<'_>, &mut Reader<'_>)) {
    match &slot.node.value {
        Value::List(nodes) => nodes.iter().for_each(|node: &Node| read(slot.item(node), reader)),
        _ => reader.report_wrong_kind(slot, "a list"),
    }
}
