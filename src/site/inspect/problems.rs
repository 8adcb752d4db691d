//! Reports broken references to the author of the theme.

use std::sync::Arc;

use super::scan::ReferenceKind;
use super::{BrokenReason, BrokenReference, MAX_REPORTED, without_parent_steps};
use crate::config::SETTINGS_FILE;
use crate::finding::Problem;
use crate::place::{Place, SourceText, Span};
use crate::project::{THEMES_FOLDER, ThemeFile};
use crate::rules::BROKEN_SITE;

/// The custom theme, in which to locate the source of an address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CustomTheme<'a> {
    /// The theme's name.
    pub(crate) name: &'a str,
    /// The theme's files; none for the built-in theme.
    pub(crate) files: &'a [ThemeFile],
}

/// The theme's folder in the handbook.
fn folder(theme: CustomTheme<'_>) -> String {
    format!("{THEMES_FOLDER}/{}", theme.name)
}

/// A problem for each broken reference, and the files of the theme in which they are located.
///
/// Only the first problems of one kind are listed, so that a template that breaks every page does not bury all others.
pub(crate) fn problems(broken: &[BrokenReference], theme: CustomTheme<'_>) -> (Vec<Problem>, Vec<Arc<SourceText>>) {
    let texts = theme_texts(theme);
    let mut problems = Vec::new();
    for kind in broken.chunk_by(|a, b| a.reason == b.reason) {
        let listed_count = kind.len().min(MAX_REPORTED);
        problems.extend(kind[..listed_count].iter().map(|reference| problem(reference, &texts, theme)));
        problems.extend(remaining_problem(&kind[listed_count..]));
    }
    let is_referenced = |text: &Arc<SourceText>| problems.iter().any(|problem| problem.place.file == *text.path());
    let texts = texts.into_iter().filter(is_referenced).collect();
    (problems, texts)
}

/// The theme's templates and style sheets.
fn theme_texts(theme: CustomTheme<'_>) -> Vec<Arc<SourceText>> {
    let is_text = |file: &&ThemeFile| file.path.ends_with(".html") || file.path.ends_with(".css");
    let text = |file: &ThemeFile| {
        let text = std::str::from_utf8(&file.bytes).ok()?;
        Some(Arc::new(SourceText::new(format!("{}/{}", folder(theme), file.path), text)))
    };
    theme.files.iter().filter(is_text).filter_map(text).collect()
}

fn problem(broken: &BrokenReference, texts: &[Arc<SourceText>], theme: CustomTheme<'_>) -> Problem {
    let place = source_place(broken, texts).unwrap_or_else(|| template_place(broken, texts, theme));
    Problem::new(BROKEN_SITE, place, message(broken)).with_subject(broken.display.as_str()).help(help(broken))
}

/// A single problem for the references of a kind beyond the first ones.
fn remaining_problem(broken: &[BrokenReference]) -> Option<Problem> {
    let first = broken.first()?;
    let many = broken.len();
    let what = match first.reason {
        BrokenReason::NoElement => "point to missing anchors",
        _ => "are broken in the same way",
    };
    let message = format!("{many} more addresses on pages {what}; the first of them is `{}`", first.display);
    let help = format!("it is on `{}`; fix those listed, then check again", first.usage.first);
    Some(Problem::new(BROKEN_SITE, Place::file(SETTINGS_FILE), message).help(help))
}

fn message(broken: &BrokenReference) -> String {
    let BrokenReference { reason: why, display: shown, usage: used, .. } = broken;
    let is_single = used.files == 1;
    let noun = if used.first.ends_with(".css") { "file" } else { "page" };
    let subject = match used.files - 1 {
        0 => format!("`{}`", used.first),
        1 => format!("`{}` and 1 other {noun}", used.first),
        others => format!("`{}` and {others} other {noun}s", used.first),
    };
    let verb = match (used.kind, is_single) {
        (ReferenceKind::Link, true) => "links to",
        (ReferenceKind::Link, false) => "link to",
        (ReferenceKind::Load, true) => "loads",
        (ReferenceKind::Load, false) => "load",
    };
    let explanation = match why {
        BrokenReason::NoFile => "which is not in the site",
        BrokenReason::Folder => "which is a folder",
        BrokenReason::NoElement if shown.starts_with('#') => "but nothing on the page has that ID",
        BrokenReason::NoElement => "but nothing on that page has that ID",
        BrokenReason::FromRoot => "which starts at the root of the web server",
        BrokenReason::OutsidePortal => "which points outside the site",
    };
    format!("{subject} {verb} `{shown}`, {explanation}")
}

fn help(broken: &BrokenReference) -> String {
    let BrokenReference { reason: why, display: shown, suggestion, usage: used, .. } = broken;
    if used.first.ends_with(".css") {
        return match suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None => "put the file into the theme's `static/`, and write its path from the style sheet; no template fills in \
                     addresses there"
                .to_owned(),
        };
    }
    match why {
        BrokenReason::NoFile => match (suggestion, used.kind) {
            (Some(near), _) if near == shown => format!("write `{{{{ root }}}}{near}`: it is at the top of the site"),
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, ReferenceKind::Link) => {
                "put `{{ root }}` before the path of a page; it leads to the top of the site".to_owned()
            }
            (None, ReferenceKind::Load) => {
                "put the file into the theme's `static/`, and write `{{ root }}{{ assets[\"NAME\"] }}`".to_owned()
            }
        },
        BrokenReason::Folder => {
            "link to the page in it, for example `index.html`: opened from a disk, a folder is only a list of files"
                .to_owned()
        }
        BrokenReason::NoElement => "correct the name after `#`, or give the element that ID".to_owned(),
        BrokenReason::FromRoot => {
            let path = shown.trim_start_matches('/');
            format!("write `{{{{ root }}}}{path}`: the site also works in a folder of a server, and from a disk")
        }
        BrokenReason::OutsidePortal => {
            "remove a `../`, or write `{{ root }}`, which leads to the top of the site".to_owned()
        }
    }
}

/// The place in the theme's files where the address is written literally, if there is one.
fn source_place(broken: &BrokenReference, texts: &[Arc<SourceText>]) -> Option<Place> {
    let target = without_parent_steps(&broken.usage.written);
    let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
    let is_own_sheet = |text: &&Arc<SourceText>| {
        broken.usage.first.strip_prefix("assets/").is_some_and(|name| text.path().ends_with(&format!("/static/{name}")))
    };
    let is_template = |text: &&Arc<SourceText>| text.path().ends_with(".html") && text.path().contains("/templates/");
    let is_sheet = broken.usage.first.ends_with(".css");
    let candidates: Vec<&Arc<SourceText>> =
        texts.iter().filter(|text| if is_sheet { is_own_sheet(text) } else { is_template(text) }).collect();
    let element = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    let needles = [target, file.split('?').next().unwrap_or_default(), element.as_str()];
    let find = |needle: &str| {
        let place = |text: &Arc<SourceText>| Some(text.place(Span::from(whole_word(text.as_str(), needle)?)));
        candidates.iter().find_map(|text| place(text))
    };
    needles.into_iter().filter(|needle| !needle.is_empty()).find_map(find)
}

/// The first occurrence of an address that is not part of a longer one.
fn whole_word(text: &str, needle: &str) -> Option<std::ops::Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_whole = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[at + needle.len()..].chars().next();
        !before.is_some_and(belongs) && !after.is_some_and(belongs)
    };
    text.match_indices(needle).map(|(at, _)| at).find(is_whole).map(|at| at..at + needle.len())
}

/// The custom template for the page that lacks the element or contains the reference; otherwise the settings, which
/// select the theme.
fn template_place(broken: &BrokenReference, texts: &[Arc<SourceText>], theme: CustomTheme<'_>) -> Place {
    let template_path = |name| format!("{}/templates/{name}", folder(theme));
    let mut names = broken.target.into_iter().chain(broken.usage.template).map(template_path);
    let template = names.find_map(|own| texts.iter().find(|text| **text.path() == *own));
    Place::file(template.map_or_else(|| SETTINGS_FILE.into(), |text| text.path().clone()))
}
