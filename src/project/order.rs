//! Files that the settings put in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::handbook::{ParsedFile, below};
use crate::place::Located;
use crate::spelling;

/// What is wrong when the settings put files in order that do not exist.
pub(super) fn missing(settings: &Settings, files: &[Arc<ParsedFile>]) -> Vec<Problem> {
    if settings.documents.order.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = files.iter().map(|file| below(&settings.content, file.path())).collect();
    let missing = settings.documents.order.iter().filter(|path| !known.contains(path.value.as_str()));
    let problem = |path: &Located<String>| {
        let message = format!("document `{}` not found", path.value);
        let near = spelling::nearest(&path.value, known.iter().copied());
        let help = near.map_or_else(|| "remove it from `order`".to_owned(), |near| format!("did you mean `{near}`?"));
        Problem::new(reading::INVALID_SETTINGS, settings.place(path.span), message).help(help)
    };
    missing.map(problem).collect()
}
