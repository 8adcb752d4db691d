//! The logo in the settings.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::source::{AssetFacts, is_picture};
use crate::spelling;
use crate::text::look_alike;

/// Corrects the path of the logo to the spelling of the file; returns its problem, if any. `assets` and `facts` are the
/// images and attachments by path: their locations on disk, and the facts about them.
pub(super) fn resolve(
    settings: &mut Settings,
    assets: &BTreeMap<Arc<str>, PathBuf>,
    facts: &BTreeMap<Arc<str>, AssetFacts>,
    hidden: &[Arc<str>],
) -> Option<Problem> {
    correct_spelling(settings, assets);
    problem(settings, assets, facts, hidden)
}

fn correct_spelling(settings: &mut Settings, assets: &BTreeMap<Arc<str>, PathBuf>) {
    let Some(logo) = settings.brand.logo.as_mut().filter(|logo| !assets.contains_key(&*logo.value)) else { return };
    if let Some(path) = assets.keys().find(|path| look_alike(path, &logo.value)) {
        logo.value = path.to_string();
    }
}

/// The problem with a logo that does not exist, or that readers cannot or should not see.
fn problem(
    settings: &Settings,
    assets: &BTreeMap<Arc<str>, PathBuf>,
    facts: &BTreeMap<Arc<str>, AssetFacts>,
    hidden: &[Arc<str>],
) -> Option<Problem> {
    let logo = settings.brand.logo.as_ref()?;
    let (message, help) = match assets.contains_key(&*logo.value) {
        true => why_unsuitable(&logo.value, facts.get(&*logo.value)?, settings.active_attachments)?,
        false => missing(settings, &logo.value, assets, hidden),
    };
    Some(Problem::new(reading::INVALID_SETTINGS, settings.place(logo.span), message).help(help))
}

fn missing(
    settings: &Settings,
    path: &str,
    assets: &BTreeMap<Arc<str>, PathBuf>,
    hidden: &[Arc<str>],
) -> (String, String) {
    if hidden.iter().any(|hidden_path| look_alike(hidden_path, path)) {
        let help = "rename it, and each folder above it, so that no name begins with a dot";
        return (format!("image `{path}` is hidden, and hidden files are not published"), help.to_owned());
    }
    let help = match spelling::nearest(path, assets.keys().map(|path| &**path)) {
        Some(suggestion) => format!("did you mean `{suggestion}`?"),
        None => format!("write its path from the handbook's folder; it must be below `{}`", settings.content),
    };
    (format!("image `{path}` not found"), help)
}

/// Why an existing file cannot be the logo.
fn why_unsuitable(path: &str, facts: &AssetFacts, allows_active: bool) -> Option<(String, String)> {
    if let Some(problem) = facts.problem.as_ref().filter(|problem| !problem.is_shown()) {
        return Some((format!("image `{path}` {}", problem.message()), problem.help().to_owned()));
    }
    if !is_picture(path) {
        let help = "save it as SVG, PNG or JPEG".to_owned();
        return Some((format!("browsers do not show `{path}` as an image"), help));
    }
    let active = facts.active.filter(|_| !allows_active)?;
    let help =
        "save the drawing without its scripts; `active_attachments: true` in the settings allows them".to_owned();
    Some((format!("image `{path}` {}", active.message()), help))
}
