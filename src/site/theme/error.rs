//! Problems in a theme, as messages to its author.

use std::collections::BTreeSet;
use std::fmt;

use tera::{Error, ErrorKind, ReportError};

use crate::spelling::nearest;

/// The template that all pages extend.
const BASE: &str = "base.html";
/// Part of the engine's message about infinite recursion of components.
const TOO_DEEP: &str = "recursion depth for components";

/// A problem in a theme: its location, what is wrong, and the page that was rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeError {
    /// The path of the template or file in the theme's folder, such as `templates/document.html`.
    pub file: Option<String>,
    /// The line and column, both from 1.
    pub place: Option<(usize, usize)>,
    /// The page that was rendered, such as `document PRC-INC-001`.
    pub(crate) subject: Option<String>,
    /// The problem, without a final full stop.
    pub(crate) message: String,
}

impl std::error::Error for ThemeError {}

impl fmt::Display for ThemeError {
    /// A single line, such as ``templates/x.html, line 3, column 9: unknown filter `dat`, while showing …``.
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
    /// A problem in a file other than a template.
    pub(super) fn in_file(file: &str, message: impl Into<String>) -> ThemeError {
        ThemeError { file: Some(file.to_owned()), message: message.into(), ..ThemeError::default() }
    }

    /// The problems found while parsing templates; a single error of the template engine may contain several.
    pub(super) fn from_loading(error: &Error) -> Vec<ThemeError> {
        match error.kind() {
            ErrorKind::Msg(text) if text.starts_with("error: ") => {
                let reports = text.split("\n\nerror: ").map(|report| report.trim_start_matches("error: "));
                merge_missing_blocks(reports.map(from_report_text).collect())
            }
            _ => vec![from_kind(error)],
        }
    }

    /// The block that a built-in template fills, if the problem is that no custom template has it.
    fn missing_block(&self) -> Option<&str> {
        let name = self.message.strip_prefix("block `")?.split('`').next()?;
        let is_built_in = self.file.as_ref().is_some_and(|file| file.starts_with("themes/default/"));
        (is_built_in && self.message.contains("is not defined in any parent")).then_some(name)
    }

    /// A problem found while rendering a page.
    pub(super) fn from_rendering(error: &Error, subject: String) -> ThemeError {
        ThemeError { subject: Some(subject), ..from_kind(error) }
    }

    /// A limit exceeded while rendering a page, with the line that was being rendered.
    pub(super) fn from_limit(error: &Error, message: &str) -> ThemeError {
        ThemeError { message: message.to_owned(), ..from_kind(error) }
    }
}

/// The path of a template in the theme's folder, given its name in the template engine.
fn file_of(name: &str) -> String {
    match name.strip_prefix(super::embedded::DEFAULT_PREFIX) {
        Some(built_in_name) => format!("themes/default/templates/{built_in_name}"),
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

/// The message for a template that extends an unknown one.
fn missing_parent(parent: &str) -> String {
    let prefix = super::embedded::DEFAULT_PREFIX;
    let name = parent.strip_prefix(prefix).unwrap_or(parent);
    let names = || super::embedded::TEMPLATES.iter().map(|(name, _)| *name);
    let known = names().find(|known| *known == name).or_else(|| nearest(name, names()));
    let help = match known {
        Some(suggestion) => format!("write `{prefix}{suggestion}` for the built-in template"),
        None => format!("`{prefix}` has no template of a similar name"),
    };
    format!("it extends `{parent}`, which does not exist; {help}")
}

/// A problem with its position; `report_text` is the engine's report, which quotes the line.
fn from_report(report: &ReportError, report_text: &str) -> ThemeError {
    let line = report.span().start_line;
    let quoted = report_text.lines().find_map(|text| text.strip_prefix(&format!("{line} | "))).map(str::trim);
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

/// Combines the complaints of all built-in templates about a custom `base.html` that lacks their blocks.
fn merge_missing_blocks(errors: Vec<ThemeError>) -> Vec<ThemeError> {
    let (missing, mut others): (Vec<_>, Vec<_>) = errors.into_iter().partition(|error| error.missing_block().is_some());
    let wanted: BTreeSet<&str> = missing.iter().filter_map(ThemeError::missing_block).collect();
    let base = super::embedded::TEMPLATES.iter().find(|(name, _)| *name == BASE).map_or("", |(_, text)| *text);
    let names: Vec<String> =
        blocks_in(base).filter(|name| wanted.contains(name)).map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        others.extend(missing);
        return others;
    }
    let prefix = super::embedded::DEFAULT_PREFIX;
    let message = format!(
        "it lacks blocks that the default templates fill: {}; write them, or begin with `{{% extends \"{prefix}{BASE}\" %}}`",
        names.join(", ")
    );
    others.push(ThemeError::in_file(&file_of(BASE), message));
    others
}

/// The names of the blocks in a template, in order.
fn blocks_in(template: &'static str) -> impl Iterator<Item = &'static str> {
    let name = |rest: &'static str| rest.split(['(', ' ', '%']).find(|name| !name.is_empty());
    template.split("{% block ").skip(1).filter_map(name)
}

/// Parses `message\n --> file:line:column\n…`, the format in which the engine reports several problems together.
fn from_report_text(text: &str) -> ThemeError {
    let (message, rest) = text.split_once('\n').unwrap_or((text, ""));
    let locus = rest.lines().next().unwrap_or_default().trim_start().trim_start_matches("--> ");
    let mut parts = locus.rsplitn(3, ':');
    let column = parts.next().and_then(|part| part.parse().ok());
    let line = parts.next().and_then(|part| part.parse().ok());
    ThemeError { file: parts.next().map(file_of), place: line.zip(column), subject: None, message: sentence(message) }
}

/// The variables available to all templates.
const VARIABLES: [&str; 6] = ["page", "frame", "root", "site", "t", "assets"];

/// Our filters, and the engine's filters that themes use most.
const FILTERS: [&str; 20] = [
    "day", "dir", "fill", "count", "quoted", "join", "length", "reverse", "upper", "lower", "trim", "replace", "safe",
    "default", "first", "last", "sort", "round", "truncate", "title",
];

/// Adds the most similar valid name to a message, if there is one.
fn with_suggestion(line: String) -> String {
    let Some(name) = line.split('`').nth(1) else { return line };
    let lower = line.to_lowercase();
    let suggestion = if let Some((_, fields)) = line.split_once("the fields here are: ") {
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
    suggestion.filter(|near| *near != name).map(|near| format!("{line}; did you mean `{near}`?")).unwrap_or(line)
}

/// Names after a keyword in the tags of the default templates: components or blocks.
fn named_in_templates(word: &'static str) -> impl Iterator<Item = &'static str> {
    let texts = super::embedded::TEMPLATES.iter().map(|(_, text)| *text);
    let leading_name = |rest: &'static str| rest.split(['(', ' ', '%']).find(|name| !name.is_empty());
    texts.flat_map(move |text| text.split(word).skip(1).filter_map(leading_name))
}

/// The engine's message as part of a sentence: a single line without initial capital and final full stop.
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
