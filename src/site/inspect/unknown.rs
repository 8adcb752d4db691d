//! Parts of a custom theme that the portal does not know: labels, placeholders in labels, and files.

use std::sync::Arc;

use super::CustomTheme;
use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::place::{Located, Place, SourceText};
use crate::project::{THEMES_FOLDER, ThemeFile};
use crate::rules::UNKNOWN_IN_THEME;
use crate::site::theme::{Labels, default_files, file_names};
use crate::spelling::nearest;
use crate::yaml::{Limits, Reader, ReaderRules, Value};

/// The folders of a theme.
const THEME_FOLDERS: [&str; 3] = ["static", "templates", "i18n"];

/// A problem for each label and each file of a theme that has no effect, and the label files of the theme.
///
/// A label unknown to the portal may be used by the theme's own templates or scripts, so it is accepted if one of them
/// contains its name.
pub(crate) fn unknown_in_theme(settings: &Settings, theme: CustomTheme<'_>) -> (Vec<Problem>, Vec<Arc<SourceText>>) {
    let names: Vec<String> = file_names(&settings.lang).into_iter().map(|name| format!("i18n/{name}.json")).collect();
    let texts: Vec<Arc<SourceText>> =
        theme.files.iter().filter(|file| names.contains(&file.path)).filter_map(|file| text(file, theme)).collect();
    let mut problems: Vec<Problem> = theme.files.iter().filter_map(|file| check_file(file, theme)).collect();
    if !texts.is_empty() {
        let words = KnownLabels { english: Labels::english(), handbook_labels: handbook_labels(settings), theme };
        problems.extend(texts.iter().flat_map(|text| words.check_text(text)));
    }
    (problems, texts)
}

fn text(file: &ThemeFile, theme: CustomTheme<'_>) -> Option<Arc<SourceText>> {
    let text = std::str::from_utf8(&file.bytes).ok()?;
    Some(Arc::new(SourceText::new(path(file, theme), text)))
}

fn path(file: &ThemeFile, theme: CustomTheme<'_>) -> String {
    format!("{THEMES_FOLDER}/{}/{}", theme.name, file.path)
}

/// Reports a file that is in the wrong folder or that no page uses; otherwise it would be ignored silently.
fn check_file(file: &ThemeFile, theme: CustomTheme<'_>) -> Option<Problem> {
    let problem = |message: String, help: String| {
        let place = Place::file(path(file, theme));
        Problem::new(UNKNOWN_IN_THEME, place, message).with_subject(file.path.as_str()).help(help)
    };
    let (folder, name) = file.path.split_once('/').unwrap_or(("", &file.path));
    if folder == "templates" {
        let known: Vec<String> = default_files().collect();
        if known.contains(&file.path) || is_mentioned(theme, name) {
            return None;
        }
        let stem = |path: &str| path.rsplit('/').next().and_then(|name| name.split('.').next()).map(str::to_owned);
        let stems: Vec<String> = known.iter().filter_map(|path| stem(path)).collect();
        let is_similar =
            stem(&file.path).is_some_and(|name| nearest(&name, stems.iter().map(String::as_str)).is_some());
        let suggestion = nearest(&file.path, known.iter().map(String::as_str)).filter(|_| is_similar);
        let help = match suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None => "name it as the template that it replaces, or include it in one".to_owned(),
        };
        return Some(problem("no page uses this template".to_owned(), help));
    }
    if THEME_FOLDERS.contains(&folder) {
        return None;
    }
    let last = name.rsplit('/').next().unwrap_or(name);
    let right = default_files().find(|path| path.rsplit('/').next() == Some(last));
    let is_asset = folder.is_empty() && [".css", ".woff", ".woff2", ".ttf"].iter().any(|end| name.ends_with(end));
    let right_path = match (nearest(folder, THEME_FOLDERS), right) {
        (Some(near), _) if !folder.is_empty() => format!("{near}/{name}"),
        (_, Some(right)) => right,
        _ if is_asset => format!("static/{name}"),
        _ => return None,
    };
    let message = "no page uses this file: it is not in `templates/`, `static/` or `i18n/`".to_owned();
    Some(problem(message, format!("move it to `{right_path}`")))
}

/// Whether a template or script of the theme contains a name.
fn is_mentioned(theme: CustomTheme<'_>, name: &str) -> bool {
    let names = |file: &ThemeFile| {
        (file.path.ends_with(".html") || file.path.ends_with(".js"))
            && memchr::memmem::find(&file.bytes, name.as_bytes()).is_some()
    };
    theme.files.iter().any(names)
}

/// The labels that a theme may define, and the files in which it may use labels of its own.
struct KnownLabels<'a> {
    english: Labels,
    /// Labels for names that the handbook defines.
    handbook_labels: Vec<String>,
    theme: CustomTheme<'a>,
}

/// Label keys for document types and grades of nonconformities in the settings.
fn handbook_labels(settings: &Settings) -> Vec<String> {
    let types = settings.types.iter().flat_map(|kind| ["one", "many"].map(|form| format!("type.{form}.{}", kind.name)));
    let grades = settings.registers.nonconformities.grades.iter().map(|grade| format!("entries.grade.{}", grade.name));
    types.chain(grades).collect()
}

impl KnownLabels<'_> {
    /// Whether there is a label or group of labels with this key. A label for editions is known if the label that it
    /// replaces is.
    fn contains(&self, key: &str) -> bool {
        let key = key.strip_prefix("edition.").filter(|rest| self.english.has(rest)).unwrap_or(key);
        let is_own = |own: &String| own == key || own.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
        self.english.has(key) || self.handbook_labels.iter().any(is_own)
    }

    /// Checks the labels in one file.
    fn check_text(&self, text: &SourceText) -> Vec<Problem> {
        // JSON syntax errors were already reported when the theme was read.
        let mut reader = Reader::new(text, ReaderRules::all(reading::INVALID_SETTINGS));
        let root = reader.parse(0..text.as_str().len(), Limits::FILE).root;
        let mut problems = Vec::new();
        if let Some(root) = root {
            self.check_group("", &root.value, text, &mut problems);
        }
        problems
    }

    fn check_group(&self, group: &str, value: &Value, text: &SourceText, problems: &mut Vec<Problem>) {
        let Value::Map(entries) = value else { return };
        for entry in entries {
            let key = if group.is_empty() { entry.key.value.clone() } else { format!("{group}.{}", entry.key.value) };
            match &entry.value.value {
                Value::Map(_) if self.contains(&key) => self.check_group(&key, &entry.value.value, text, problems),
                Value::Scalar(word) if self.contains(&key) => {
                    problems.extend(self.check_label(&key, &word.text, text.place(entry.value.span)));
                }
                _ => problems.extend(self.unknown_label(group, &key, &entry.key, text)),
            }
        }
    }

    /// Reports an unknown label or group of labels.
    fn unknown_label(&self, group: &str, key: &str, label: &Located<String>, text: &SourceText) -> Option<Problem> {
        if is_mentioned(self.theme, &label.value) {
            return None;
        }
        let help = self.suggestion(group, &label.value).map_or_else(
            || "remove it; `themes/default/i18n/en.json` has all words".to_owned(),
            |suggestion| format!("did you mean `{suggestion}`?"),
        );
        let message = format!("the default language files have no key `{key}`");
        Some(Problem::new(UNKNOWN_IN_THEME, text.place(label.span), message).with_subject(key).help(help))
    }

    /// The label that the author most likely meant: a similar one in the same group, or the only one with this name.
    fn suggestion(&self, group: &str, name: &str) -> Option<String> {
        if let Some(nearest_name) = nearest(name, self.english.names_in_group(group)) {
            return Some(if group.is_empty() { nearest_name.to_owned() } else { format!("{group}.{nearest_name}") });
        }
        let keys = self.english.keys();
        let mut same = keys.iter().filter(|key| key.rsplit('.').next() == Some(name));
        match (same.next(), same.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => None,
        }
    }

    /// Reports a placeholder such as `{n}` that is unknown or missing: readers would see the braces, or no number.
    fn check_label(&self, key: &str, word: &str, place: Place) -> Option<Problem> {
        let filled = self.english.get(key)?;
        let is_missing = |text: &str, name: &str| !placeholder_names(text).any(|placeholder| placeholder == name);
        let problem = |message: String, help: String| {
            Some(Problem::new(UNKNOWN_IN_THEME, place, message).with_subject(key).help(help))
        };
        if let Some(unknown) = placeholder_names(word).find(|name| is_missing(filled, name)) {
            let known_names: Vec<String> = placeholder_names(filled).map(|name| format!("`{{{name}}}`")).collect();
            let help = match known_names.as_slice() {
                [] => "leave the braces out: nothing is filled into this word".to_owned(),
                known => format!("write {}", known.join(" or ")),
            };
            return problem(format!("nothing fills `{{{unknown}}}` in the word `{key}`"), help);
        }
        // "One document" needs no number.
        let missing = placeholder_names(filled).find(|name| is_missing(word, name) && !key.ends_with(".one"))?;
        problem(format!("the word `{key}` lacks `{{{missing}}}`"), format!("in English it is `{filled}`"))
    }
}

/// The names in braces.
fn placeholder_names(word: &str) -> impl Iterator<Item = &str> {
    word.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
