//! Checks of a theme that need no site: labels missing in the portal's language, unused parts, and violations of the
//! content security policy.

use std::sync::Arc;

use super::CustomTheme;
use super::policy::policy_problems;
use super::unknown::unknown_in_theme;
use crate::config::{SETTINGS_FILE, Settings};
use crate::finding::Problem;
use crate::place::{Place, SourceText};
use crate::project::THEMES_FOLDER;
use crate::rules::{BROKEN_SITE, MISSING_WORDS};
use crate::site::theme::Labels;

/// The maximum number of missing labels that are listed.
const MAX_NAMED: usize = 8;

/// The problems of a theme, and its files that have problems.
pub(crate) fn theme_problems(settings: &Settings, theme: CustomTheme<'_>) -> (Vec<Problem>, Vec<Arc<SourceText>>) {
    let (mut problems, mut texts) = unknown_in_theme(settings, theme);
    problems.extend(missing_words(settings, theme));
    problems.extend(omitted_text(theme));
    let (forbidden, within) = policy_problems(theme);
    problems.extend(forbidden);
    texts.extend(within);
    (problems, texts)
}

/// Reports a template of documents that leaves out their text.
fn omitted_text(theme: CustomTheme<'_>) -> Option<Problem> {
    const TEXT: &str = "page.body";
    let path = "templates/document.html";
    let template = theme.files.iter().find(|file| file.path == path)?;
    let template = std::str::from_utf8(&template.bytes).ok()?;
    let content = |block: &str| template.split(&format!("block {block} ")).nth(1);
    let body = content("body").map(|body| body.split("endblock").next().unwrap_or_default());
    let has_text = |part: &str| part.contains(TEXT) || part.contains("super()");
    let is_shown = match (body, content("main")) {
        (Some(body), _) => has_text(body) || body.contains("include"),
        (None, Some(main)) => has_text(main) || main.contains("include"),
        (None, None) => template.contains("extends") || template.contains(TEXT) || template.contains("include"),
    };
    let place = Place::file(format!("{THEMES_FOLDER}/{}/{path}", theme.name));
    let problem = Problem::new(BROKEN_SITE, place, "the theme leaves out the text of documents".to_owned());
    (!is_shown).then(|| problem.with_subject(TEXT).help("write `{{ page.body }}`, or `{{ super() }}` within the block"))
}

/// Reports labels missing in the portal's language; `None` if all are there.
fn missing_words(settings: &Settings, theme: CustomTheme<'_>) -> Option<Problem> {
    let lang = &settings.lang;
    let missing = Labels::missing_keys(lang, theme.files);
    let count = missing.len();
    let named: Vec<String> = missing.iter().take(MAX_NAMED).map(|key| format!("`{key}`")).collect();
    let rest = count.checked_sub(MAX_NAMED).filter(|rest| *rest > 0).map(|rest| format!(" and {rest} more"));
    let words = if count == 1 { "1 word is".to_owned() } else { format!("{count} words are") };
    let message =
        format!("{words} missing in `{lang}` and shown in English: {}{}", named.join(", "), rest.unwrap_or_default());
    let base = lang.split('-').next().unwrap_or_default();
    let mut of_theme = theme.files.iter().map(|file| file.path.as_str());
    let words_file = of_theme.rfind(|path| [lang, base].iter().any(|name| **path == format!("i18n/{name}.json")));
    let place =
        words_file.map_or_else(|| SETTINGS_FILE.to_owned(), |path| format!("{THEMES_FOLDER}/{}/{path}", theme.name));
    let help = format!("add them to `{THEMES_FOLDER}/NAME/i18n/{base}.json`");
    (count > 0).then(|| Problem::new(MISSING_WORDS, Place::file(place), message).with_subject(lang.as_str()).help(help))
}
