//! Settings that control how documents are read: their keys and values, and defaults for what they do not set.

use std::str::FromStr;

use super::read::{items, text};
use super::sections::{levels, require_known};
use super::settings::{DefaultRule, NamedPath, Settings, path_text};
use crate::date::{DateFormat, Interval};
use crate::language::is_language_tag;
use crate::name::fold_case;
use crate::path::{RelativePath, RelativePathError};
use crate::place::Located;
use crate::placeholder::{has_content, names_only_persons_or_roles};
use crate::source::front_matter::{FrontMatter, Status};
use crate::source::{
    CONTENT_ROOT_PREFIX, Includes, denies_approval, names_template, permalinks, preset, preset_names, says_no,
};
use crate::spelling::suggest_help;
use crate::text::clip;
use crate::url::is_web;
use crate::yaml::{Entry, Field, Reader, Slot};

pub(super) fn front_matter(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const FRONT_MATTER: &[Field<Settings>] = &[
        Field::optional("map", |settings, slot, reader| {
            for entry in reader.entries(slot).unwrap_or_default() {
                let keys: Vec<(&str, &'static str)> = FrontMatter::keys().map(|key| (key, key)).collect();
                if let Some(meaning) = reader.one_of(entry.into(), &keys) {
                    settings.documents.key_map.push((entry.key.clone(), meaning.value));
                }
            }
        }),
        Field::optional("ignore", |settings, slot, reader| {
            settings.documents.ignored_keys = reader.texts(slot);
            settings.documents.ignored_keys.iter().for_each(|key| require_preset(key, reader));
        }),
        Field::optional("values", |settings, slot, reader| {
            for entry in reader.entries(slot).unwrap_or_default() {
                read_value_aliases(settings, entry, reader);
            }
        }),
        Field::optional("dates", |settings, slot, reader| {
            let formats: Vec<Located<DateFormat>> = reader.list(slot, |item, reader| reader.parse_value(item));
            formats.into_iter().for_each(|format| add_format(settings, format, reader));
        }),
    ];
    reader.read_mapping(settings, slot, FRONT_MATTER, slot.key.span);
}

/// Reports a generator that has no preset of keys.
fn require_preset(key: &Located<String>, reader: &mut Reader<'_>) {
    let Some(name) = key.value.strip_suffix(":*").filter(|_| preset(&key.value).is_none()) else { return };
    let help = suggest_help(name, preset_names());
    reader.report_with_help(key.span, format!("there is no list of the keys of `{}`", clip(name)), help);
}

fn add_format(settings: &mut Settings, format: Located<DateFormat>, reader: &mut Reader<'_>) {
    match settings.documents.date_formats.iter().find(|other| other.contradicts(&format.value)) {
        Some(other) => {
            let message = format!("`{}` and `{other}` read the same text as different days", format.value);
            reader.report_with_help(format.span, message, Some("keep the one that your documents use".to_owned()));
        }
        None => settings.documents.date_formats.push(format.value),
    }
}

/// Keys whose values may have aliases.
const ALIASED_KEYS: [&str; 12] = [
    "type",
    "status",
    "classification",
    "review",
    "lang",
    "owner",
    "author",
    "approver",
    "reviewers",
    "audience",
    "services",
    "locations",
];

/// Reads the aliases for the values of one key.
fn read_value_aliases(settings: &mut Settings, entry: &Entry, reader: &mut Reader<'_>) {
    let Some(key) = ALIASED_KEYS.iter().find(|key| **key == entry.key.value) else {
        return reader.report_unknown_key(&entry.key, ALIASED_KEYS);
    };
    for value in reader.entries(entry.into()).unwrap_or_default() {
        let Some(meaning) = reader.text(value.into()) else { continue };
        if let Some((message, help)) = alias_problem(settings, key, &value.key.value, &meaning.value) {
            reader.report_with_help(value.key.span, message, Some(help.to_owned()));
            continue;
        }
        if is_value(settings, key, &meaning.value) {
            settings.documents.value_map.push((key, value.key.value.clone(), meaning.value));
        } else {
            let values = valid_values(settings, key);
            let help = suggest_help(&meaning.value, values.iter().map(String::as_str));
            reader.report_with_help(
                meaning.span,
                format!("`{}` is not a value of `{key}`", clip(&meaning.value)),
                help,
            );
        }
    }
}

/// Why a value cannot be an alias, and how to fix that: it is one of our values, if only in different letter case, or
/// it already has a meaning. `None` if it can.
fn alias_problem(settings: &Settings, key: &str, own: &str, meaning: &str) -> Option<(String, &'static str)> {
    let folded = fold_case(own.trim());
    let known = valid_values(settings, key).into_iter().find(|known| fold_case(known) == folded);
    if let Some(known) = known.filter(|known| known == own || known != meaning) {
        let other = if known == own { String::new() } else { format!("`{known}`, ") };
        let message = format!("`{}` is {other}a value of `{key}` already, and keeps its meaning", clip(own));
        return Some((message, "remove this line"));
    }
    if let Some(problem) = value_problem(key, own, meaning) {
        return Some(problem);
    }
    if key == "status" && meaning == "approved" && denies_approval(own) {
        let message = format!("`{}` does not say that a document is in force, so it cannot mean `approved`", clip(own));
        return Some((message, "give it the meaning `draft`, `in-review` or `retired`"));
    }
    if ["owner", "author", "approver", "reviewers"].contains(&key) && !names_only_persons_or_roles(own) {
        let message = format!("`{}` names nobody, so it cannot mean `{}`", clip(own), clip(meaning));
        return Some((message, "name the person or role in the documents"));
    }
    let mut aliases = settings.documents.value_map.iter().filter(|(of, ..)| *of == key);
    let is_given = aliases.any(|(_, alias, _)| fold_case(alias.trim()) == folded);
    let message = format!("`{}` is given a meaning twice", clip(own));
    is_given.then_some((message, "keep one of the lines: letter case does not count"))
}

/// Why a value cannot have a meaning: it has another one, or says nothing.
fn value_problem(key: &str, own: &str, meaning: &str) -> Option<(String, &'static str)> {
    let (written, meant) = (clip(own), clip(meaning));
    let interval = |text: &str| text.trim().parse::<Interval>().ok();
    if key == "review" && interval(own).is_some() && interval(own) != interval(meaning) {
        let message = format!("`{written}` is an interval already, and keeps its meaning");
        return Some((message, "correct the interval in the documents"));
    }
    let is_nothing = match key {
        "type" | "review" => !has_content(own) || says_no(own),
        // `none` or `open` may well mean that everybody may read a document.
        "classification" => !has_content(own) && !says_no(own) && fold_case(own.trim()) != "open",
        _ => false,
    };
    if is_nothing {
        let message = format!("`{written}` says nothing, so it cannot mean `{meant}`");
        return Some((message, "write the value into the documents"));
    }
    let message = || format!("`{written}` is a word for a template, so it cannot mean `{meant}`");
    (key == "type" && names_template(own) && meaning != "template")
        .then(|| (message(), "give it the meaning `template`"))
}

/// Whether a string is a valid value of a key.
fn is_value(settings: &Settings, key: &str, value: &str) -> bool {
    match key {
        "type" | "status" | "classification" => valid_values(settings, key).iter().any(|valid| valid == value),
        "review" => value.parse::<Interval>().is_ok(),
        "lang" => is_language_tag(value),
        _ => true,
    }
}

/// The possible values of a key, if they are limited.
fn valid_values(settings: &Settings, key: &str) -> Vec<String> {
    match key {
        "type" => settings.types.iter().map(|kind| kind.name.clone()).collect(),
        "status" => Status::ALL.map(|status| status.as_str().to_owned()).into(),
        "classification" => settings.classifications.clone(),
        _ => Vec::new(),
    }
}

/// An entry of `defaults` as written; its names may not exist.
#[derive(Default)]
struct DefaultEntry {
    rule: DefaultRule,
    /// The folder and the file that it applies to.
    scope_paths: Vec<Located<String>>,
    kind: Option<Located<String>>,
    default_type: Option<Located<String>>,
    classification: Option<Located<String>>,
}

const DEFAULT_ENTRY: &[Field<DefaultEntry>] = &[
    Field::optional("folder", |entry, slot, reader| {
        entry.rule.defaults.scope.folder = entry.read_scope_path(slot, reader, true)
    }),
    Field::optional("file", |entry, slot, reader| {
        entry.rule.defaults.scope.file = entry.read_scope_path(slot, reader, false)
    }),
    Field::optional("type", |entry, slot, reader| entry.kind = reader.text(slot)),
    Field::optional("id", |entry, slot, reader| {
        entry.rule.defaults.id_from_file = is_set_to(slot, "from-file", reader)
    }),
    Field::optional("title", |entry, slot, reader| {
        entry.rule.defaults.title_from_heading = is_set_to(slot, "from-heading", reader);
    }),
    Field::optional("default_type", |entry, slot, reader| entry.default_type = reader.text(slot)),
    Field::optional("status", |entry, slot, reader| {
        let words = Status::ALL.map(|status| (status.as_str(), status));
        entry.rule.defaults.status = reader.one_of(slot, &words).map(|status| status.value);
    }),
    Field::optional("version", |entry, slot, reader| entry.rule.defaults.version = text(slot, reader)),
    Field::optional("owner", |entry, slot, reader| entry.rule.owner = text(slot, reader)),
    Field::optional("approver", |entry, slot, reader| entry.rule.approver = text(slot, reader)),
    Field::optional("classification", |entry, slot, reader| entry.classification = reader.text(slot)),
    Field::optional("review", |entry, slot, reader| {
        entry.rule.review = reader.interval(slot).map(|value| value.value);
    }),
    Field::optional("audience", |entry, slot, reader| {
        entry.rule.audience = reader.texts(slot).into_iter().map(|role| role.value).collect();
    }),
];

impl DefaultEntry {
    /// Reads the path of a folder or file, which must exist. A bare file name matches files in any folder, and need not
    /// exist, unless it starts with `./`.
    fn read_scope_path(&mut self, slot: Slot<'_>, reader: &mut Reader<'_>, is_folder: bool) -> Option<String> {
        let path = reader.parse_value::<WrittenPath>(slot)?;
        let value = path_text(path.value.path);
        let is_name = !value.contains('/') && !is_folder;
        if !is_name || path.value.has_dot_prefix {
            self.scope_paths.push(Located { value: value.clone(), span: path.span });
        }
        Some(if is_name && path.value.has_dot_prefix { format!("{CONTENT_ROOT_PREFIX}{value}") } else { value })
    }
}

/// A path, and whether it was written with a leading `./`.
struct WrittenPath {
    path: RelativePath,
    has_dot_prefix: bool,
}

impl FromStr for WrittenPath {
    type Err = RelativePathError;

    fn from_str(text: &str) -> Result<WrittenPath, RelativePathError> {
        Ok(WrittenPath { path: text.parse()?, has_dot_prefix: text.starts_with(CONTENT_ROOT_PREFIX) })
    }
}

/// Whether a key is set to its only possible word.
fn is_set_to(slot: Slot<'_>, word: &'static str, reader: &mut Reader<'_>) -> bool {
    reader.one_of(slot, &[(word, ())]).is_some()
}

pub(super) fn defaults(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    let types: Vec<String> = settings.types.iter().map(|kind| kind.name.clone()).collect();
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    items(slot, reader, |slot, reader| {
        let mut entry = DefaultEntry::default();
        if !reader.read_mapping(&mut entry, slot, DEFAULT_ENTRY, slot.node.span) {
            return;
        }
        let DefaultEntry { mut rule, scope_paths: places, kind, default_type, classification } = entry;
        let named_path = |path| NamedPath { key: "defaults", path, in_content: true };
        settings.documents.named_paths.extend(places.into_iter().map(named_path));
        kind.iter().chain(&default_type).for_each(|kind| require_known(kind, "a document type", &types, reader));
        let steps = levels(settings);
        classification.iter().for_each(|step| require_known(step, "a level", &steps, reader));
        let value = |word: Located<String>| word.value;
        rule.defaults.scope.kind = kind.map(value);
        rule.defaults.default_type = default_type.map(value);
        settings.defaults.push(DefaultRule { classification: classification.map(value), ..rule });
    });
}

/// Reads paths below the content folder in the order of documents.
pub(super) fn order(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    let paths: Vec<Located<RelativePath>> = reader.list(slot, |item, reader| reader.parse_value(item));
    super::read::report_duplicates(&paths, "is already in the list", reader);
    settings.documents.order =
        paths.into_iter().map(|path| Located { value: path_text(path.value), span: path.span }).collect();
}

/// Reads paths below the content folder that are excluded.
pub(super) fn exclude(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    let paths: Vec<Located<RelativePath>> = reader.list(slot, |item, reader| reader.parse_value(item));
    for path in paths {
        let path = Located { value: path_text(path.value), span: path.span };
        settings.documents.exclude.push(path.value.clone());
        settings.documents.named_paths.push(NamedPath { key: "exclude", path, in_content: true });
    }
}

/// Reads address prefixes, each with the folder that it leads to.
pub(super) fn addresses(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    for entry in reader.entries(slot).unwrap_or_default() {
        let prefix = entry.key.value.as_str();
        let is_beginning = prefix.starts_with('/') && prefix.ends_with('/') && !prefix.contains(['\\', '?', '#']);
        let is_home = prefix == "/#";
        if !is_beginning && !is_home {
            let message = format!("`{}` is not an address prefix", clip(prefix));
            let help = "write one that begins and ends with `/`, such as `/` or `/docs/`".to_owned();
            reader.report_with_help(entry.key.span, message, Some(help));
            continue;
        }
        let folders: Vec<Located<String>> = reader.list(entry.into(), folder);
        for folder in folders {
            if is_home && !is_web(&folder.value) {
                let message = "`/#` is for places on a home page that stays on the web".to_owned();
                let help = "write the site's address, such as `https://www.example.org/`".to_owned();
                reader.report_with_help(folder.span, message, Some(help));
                continue;
            }
            settings.documents.addresses.push((prefix.to_owned(), folder.value));
        }
    }
    settings.documents.addresses.sort_by_key(|(beginning, _)| std::cmp::Reverse(beginning.len()));
}

/// Reads folders below the content folder, each with the pattern of its pages' addresses on the former site.
pub(super) fn permalinks(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    for entry in reader.entries(slot).unwrap_or_default() {
        let Ok(folder) = entry.key.value.parse::<RelativePath>() else {
            let message = format!("`{}` is not a folder below the content folder", clip(&entry.key.value));
            reader.report_with_help(entry.key.span, message, Some("write one such as `blog`".to_owned()));
            continue;
        };
        let pattern = reader.text(entry.into());
        if let Some(wrong) = pattern.as_ref().filter(|pattern| !pattern.value.starts_with('/')) {
            let help = "write one such as `/:section/:year/:slug/`".to_owned();
            reader.report_with_help(wrong.span, format!("`{}` must begin with `/`", clip(&wrong.value)), Some(help));
            continue;
        }
        if let Some((pattern, word)) =
            pattern.as_ref().and_then(|located| Some((located, permalinks::unknown_word(&located.value)?)))
        {
            let words = permalinks::PATTERN_WORDS.map(|word| format!(":{word}"));
            let help = suggest_help(&word, words.iter().map(String::as_str));
            reader.report_with_help(pattern.span, format!("unknown word `{}` in this pattern", clip(&word)), help);
            continue;
        }
        settings.documents.permalinks.0.extend(pattern.map(|pattern| (path_text(folder), pattern.value)));
    }
}

/// Reads the folders from which documents may include files.
pub(super) fn includes(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    let folders: Vec<Located<String>> = reader.list(slot, |item, reader| match reader.text(item) {
        Some(text) if text.value == "." => Some(text),
        _ => reader
            .parse_value::<RelativePath>(item)
            .map(|path| Located { value: path_text(path.value), span: path.span }),
    });
    let folders: Vec<String> = folders
        .into_iter()
        .map(|path| {
            let folder = path.value.clone();
            settings.documents.named_paths.push(NamedPath { key: "includes", path, in_content: false });
            folder
        })
        .collect();
    settings.documents.includes = Includes::for_folders(folders);
}

/// Reads a path relative to the handbook's folder, which itself is `.`, or a web address.
fn folder(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let text = reader.text(slot)?;
    if text.value == "." {
        return Some(text);
    }
    if is_web(&text.value) {
        let is_whole = text.value.ends_with('/') && !text.value.contains(['?', '#', ' ', '"', '<', '>']);
        if is_whole {
            return Some(text);
        }
        let help = "write one such as `https://www.example.org/api/`".to_owned();
        let message = format!("`{}` must end with `/`, without `?` or `#`", clip(&text.value));
        reader.report_with_help(text.span, message, Some(help));
        return None;
    }
    let path = reader.parse_value::<RelativePath>(slot)?;
    Some(Located { value: path_text(path.value), span: path.span })
}
