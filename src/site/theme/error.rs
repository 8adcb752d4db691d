//! Problems in a theme, as sentences for the person who wrote it.

use std::fmt;

use tera::{Error, ErrorKind, ReportError};

use crate::spelling::nearest;

/// What the engine says of components that call themselves without end.
const TOO_DEEP: &str = "recursion depth for components";

/// A problem in a theme: where it is, what is wrong, and what was being shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeError {
    /// The template or file, as a path inside the theme's folder such as `templates/document.html`.
    pub file: Option<String>,
    /// Line and column, both from 1.
    pub place: Option<(usize, usize)>,
    /// What was being shown, such as `document PRC-INC-001`.
    pub(crate) subject: Option<String>,
    /// What is wrong, without a final full stop.
    pub(crate) message: String,
}

impl std::error::Error for ThemeError {}

impl fmt::Display for ThemeError {
    /// One sentence, such as: Template templates/x.html, line 3, column 9: unknown filter `dat` (while showing …).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.place) {
            (Some(file), Some((line, column))) => write!(f, "{file}, line {line}, column {column}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, _) => f.write_str("theme: ")?,
        }
        f.write_str(&self.message)?;
        match &self.subject {
            Some(subject) => write!(f, ", while showing {subject}"),
            None => Ok(()),
        }
    }
}

impl ThemeError {
    /// A problem in a file of the theme that is no template.
    pub(super) fn in_file(file: &str, message: impl Into<String>) -> ThemeError {
        ThemeError { file: Some(file.to_owned()), message: message.into(), ..ThemeError::default() }
    }

    /// Problems found while templates are read: there may be several in one error of the template engine.
    pub(super) fn of_loading(error: &Error) -> Vec<ThemeError> {
        match error.kind() {
            ErrorKind::Msg(text) if text.starts_with("error: ") => {
                text.split("\n\nerror: ").map(|report| from_report_text(report.trim_start_matches("error: "))).collect()
            }
            _ => vec![from_kind(error)],
        }
    }

    /// A problem met while a page was rendered.
    pub(super) fn of_rendering(error: &Error, subject: String) -> ThemeError {
        ThemeError { subject: Some(subject), ..from_kind(error) }
    }

    /// A limit that was met while a page was rendered: in the line where that happened.
    pub(super) fn of_limit(error: &Error, message: &str) -> ThemeError {
        ThemeError { message: message.to_owned(), ..from_kind(error) }
    }
}

/// The file of a template in the theme's folder, by the name that the template engine knows it by.
fn file_of(name: &str) -> String {
    match name.strip_prefix(super::embedded::DEFAULT_PREFIX) {
        Some(own) => format!("themes/default/templates/{own}"),
        None => format!("templates/{name}"),
    }
}

fn from_kind(error: &Error) -> ThemeError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => from_report(report, &error.to_string()),
        ErrorKind::MissingParent { current, parent } => ThemeError::in_file(&file_of(current), missing_parent(parent)),
        ErrorKind::CircularExtend { tpl, .. } => ThemeError::in_file(
            &file_of(tpl),
            format!(
                "it extends itself; write `{{% extends \"{}{tpl}\" %}}` for the default one",
                super::embedded::DEFAULT_PREFIX
            ),
        ),
        ErrorKind::CircularInclude { tpl, .. } => ThemeError::in_file(&file_of(tpl), "it includes itself"),
        ErrorKind::Msg(text) if text.contains(TOO_DEEP) => {
            let message =
                "a component calls itself more than 20 times, directly or through others; end that with an `if`";
            ThemeError { message: message.to_owned(), ..ThemeError::default() }
        }
        _ => ThemeError { message: sentence(&error.to_string()), ..ThemeError::default() },
    }
}

/// What to say of a template that extends one that does not exist.
fn missing_parent(parent: &str) -> String {
    let prefix = super::embedded::DEFAULT_PREFIX;
    let name = parent.strip_prefix(prefix).unwrap_or(parent);
    let names = || super::embedded::TEMPLATES.iter().map(|(name, _)| *name);
    let known = names().find(|known| *known == name).or_else(|| nearest(name, names()));
    let help = match known {
        Some(known) => format!("write `{prefix}{known}` for the built-in template"),
        None => format!("`{prefix}` has no template of a similar name"),
    };
    format!("it extends `{parent}`, which does not exist; {help}")
}

/// A problem with its place; `shown` is the engine's own report, which quotes the line.
fn from_report(report: &ReportError, shown: &str) -> ThemeError {
    let line = report.span().start_line;
    let quoted = shown.lines().find_map(|text| text.strip_prefix(&format!("{line} | "))).map(str::trim);
    let message = sentence(report.message());
    ThemeError {
        file: Some(file_of(report.filename())),
        place: Some((line, report.span().start_col + 1)),
        subject: None,
        message: match quoted.filter(|text| !text.is_empty() && text.chars().count() <= 100) {
            Some(text) => format!("{message}, in `{text}`"),
            None => message,
        },
    }
}

/// Reads `message\n --> file:line:column\n…`, the form in which the engine gives several problems at once.
fn from_report_text(text: &str) -> ThemeError {
    let (message, rest) = text.split_once('\n').unwrap_or((text, ""));
    let locus = rest.lines().next().unwrap_or_default().trim_start().trim_start_matches("--> ");
    let mut parts = locus.rsplitn(3, ':');
    let column = parts.next().and_then(|part| part.parse().ok());
    let line = parts.next().and_then(|part| part.parse().ok());
    ThemeError { file: parts.next().map(file_of), place: line.zip(column), subject: None, message: sentence(message) }
}

/// What every template can name.
const VARIABLES: [&str; 6] = ["page", "frame", "root", "site", "t", "assets"];

/// Our filters, and those of the engine that themes use most.
const FILTERS: [&str; 20] = [
    "day", "dir", "fill", "count", "quoted", "join", "length", "reverse", "upper", "lower", "trim", "replace", "safe",
    "default", "first", "last", "sort", "round", "truncate", "title",
];

/// A message with the nearest name that there is.
fn with_suggestion(line: String) -> String {
    let Some(name) = line.split('`').nth(1) else { return line };
    let lower = line.to_lowercase();
    let near = if let Some((_, fields)) = line.split_once("the fields here are: ") {
        nearest(name, fields.split(", ").map(str::trim))
    } else if lower.starts_with("unknown filter") {
        nearest(name, FILTERS.iter().copied())
    } else if lower.starts_with("unknown component") {
        nearest(name, named_in_templates("component "))
    } else if lower.starts_with("block") {
        nearest(name, named_in_templates("block "))
    } else if lower.contains("is not defined") || lower.contains("not found in context") {
        nearest(name, VARIABLES.iter().copied())
    } else {
        None
    };
    near.map(|near| format!("{line}; did you mean `{near}`?")).unwrap_or(line)
}

/// Names that follow a word in the tags of the default templates: those of components, or of blocks.
fn named_in_templates(word: &'static str) -> impl Iterator<Item = &'static str> {
    let texts = super::embedded::TEMPLATES.iter().map(|(_, text)| *text);
    let named = |rest: &'static str| rest.split(['(', ' ', '%']).find(|name| !name.is_empty());
    texts.flat_map(move |text| text.split(word).skip(1).filter_map(named))
}

/// The engine's message in the middle of a sentence: no capital at its start, no full stop, one line.
fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let line = line.replace(". Available fields: ", "; the fields here are: ");
    let line = with_suggestion(line);
    let mut chars = line.chars();
    match chars.next() {
        Some(first) if !line.starts_with('`') => first.to_lowercase().chain(chars).collect(),
        _ => line,
    }
}
