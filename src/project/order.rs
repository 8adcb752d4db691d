//! Checks the order of files in the settings, and the paths in them that do not exist.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Project;
use crate::config::{NamedPath, Settings};
use crate::finding::{Problem, Severity, reading};
use crate::handbook::{ParsedFile, without_content_folder};
use crate::place::Located;
use crate::text::as_seen;
use crate::{source, spelling};

/// The problems with files in `order` that do not exist.
pub(super) fn missing(settings: &Settings, files: &[Arc<ParsedFile>]) -> Vec<Problem> {
    if settings.documents.order.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> =
        files.iter().map(|file| without_content_folder(&settings.content, file.path())).collect();
    let seen: BTreeSet<Cow<'_, str>> = known.iter().copied().map(as_seen).collect();
    let missing = settings.documents.order.iter().filter(|path| !seen.contains(&as_seen(&path.value)));
    let problem = |path: &Located<String>| {
        let message = format!("document `{}` not found", path.value);
        let suggestion = spelling::nearest(&path.value, known.iter().copied());
        let help =
            suggestion.map_or_else(|| "remove it from `order`".to_owned(), |near| format!("did you mean `{near}`?"));
        Problem::new(reading::INVALID_SETTINGS, settings.place(path.span), message).help(help)
    };
    missing.map(problem).collect()
}

impl Project {
    /// Problems for files and folders in the settings that do not exist: a misspelled name would make an entry
    /// ineffective.
    pub(super) fn missing_paths(&self, settings: &Settings, files: &[Arc<ParsedFile>]) -> Vec<Problem> {
        let content = self.root().join(&settings.content);
        let exists = |named_path: &&NamedPath| {
            let base = if named_path.in_content { content.as_path() } else { self.root() };
            source::spelled(base, &named_path.path.value).is_some()
        };
        let missing: Vec<&NamedPath> =
            settings.documents.named_paths.iter().filter(|named_path| !exists(named_path)).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        let known_paths = paths_of(files, &settings.content);
        let problem = |named_path: &&NamedPath| {
            let NamedPath { key, path, .. } = named_path;
            let message = format!("`{}` was not found, so this entry of `{key}` applies to nothing", path.value);
            // A path that resembles nothing may be a folder that only some copies have, for example because Git ignores
            // it.
            let (help, max_severity) = match spelling::nearest(&path.value, known_paths.iter().copied()) {
                Some(suggestion) => (format!("did you mean `{suggestion}`?"), Severity::Warning),
                None => {
                    (format!("remove it from `{key}`, unless other copies of the handbook have it"), Severity::Note)
                }
            };
            let problem = Problem::new(reading::INVALID_SETTINGS, settings.place(path.span), message);
            problem.help(help).with_max_severity(max_severity)
        };
        missing.iter().map(problem).collect()
    }
}

/// Paths of files and of the folders that contain them, below the content folder.
fn paths_of<'a>(files: &'a [Arc<ParsedFile>], content: &'a str) -> BTreeSet<&'a str> {
    let mut paths = BTreeSet::new();
    for file in files {
        let path = without_content_folder(content, file.path());
        paths.extend(std::iter::once(path).chain(path.match_indices('/').map(|(at, _)| &path[..at])));
    }
    paths
}
