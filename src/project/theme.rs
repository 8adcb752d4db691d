//! The files of a custom theme.

use super::Project;
use crate::config::{SETTINGS_FILE, Settings};
use crate::finding::{Problem, reading};
use crate::place::Place;
use crate::source::{self, HandbookFile};

/// The folder for a handbook's custom themes.
pub(crate) const THEMES_FOLDER: &str = "themes";
/// The built-in theme.
pub(super) const DEFAULT_THEME: &str = "default";

/// A file of a custom theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// Path inside the theme's folder, with `/`, such as `templates/document.html`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Project {
    /// Names of the files that a custom theme adds to the site's assets.
    pub(super) fn theme_files(&self, name: &str) -> Vec<String> {
        let folder = format!("{THEMES_FOLDER}/{name}/static");
        if name == DEFAULT_THEME || !self.root.join(&folder).is_dir() {
            return Vec::new();
        }
        let tree = source::discover(&self.root, &folder, &[]);
        let below =
            |entry: HandbookFile| entry.path.strip_prefix(&folder).map(|rest| rest.trim_start_matches('/').to_owned());
        tree.assets.into_iter().chain(tree.texts).filter_map(below).collect()
    }

    /// The problem with a theme in the settings that has no folder.
    pub(super) fn missing_theme(&self, settings: &Settings) -> Option<Problem> {
        self.unknown_theme(&settings.theme, settings.place(settings.portal.theme_span?))
    }

    fn unknown_theme(&self, name: &str, place: Place) -> Option<Problem> {
        let help = self.missing_theme_help(name, "theme")?;
        Some(Problem::new(reading::INVALID_SETTINGS, place, format!("unknown theme `{name}`")).help(help))
    }

    /// How to fix a theme name that does not exist; `option` is the key or option that sets it. `None` if the theme
    /// exists.
    pub(crate) fn missing_theme_help(&self, name: &str, option: &str) -> Option<String> {
        let folder = format!("{THEMES_FOLDER}/{name}");
        let is_path = name.split(['/', '\\']).any(|part| matches!(part, "" | "." | ".."));
        if name == DEFAULT_THEME || (!is_path && self.root.join(&folder).is_dir()) {
            return None;
        }
        Some(match is_path {
            true => format!("write the name of a folder in `{THEMES_FOLDER}/`, not a path to it"),
            false => format!("make the folder `{folder}`, or leave out `{option}` for the theme that is built in"),
        })
    }

    /// The files of a custom theme; empty for the built-in one.
    pub fn theme(&self, name: &str) -> Result<Vec<ThemeFile>, Problem> {
        if name == DEFAULT_THEME {
            return Ok(Vec::new());
        }
        let folder = format!("{THEMES_FOLDER}/{name}");
        if let Some(problem) = self.unknown_theme(name, Place::file(SETTINGS_FILE)) {
            return Err(problem);
        }
        let tree = source::discover(&self.root, &folder, &[]);
        if let Some(problem) = tree.problems.into_iter().next() {
            return Err(problem);
        }
        let prefix = format!("{folder}/");
        let file = |entry: HandbookFile| {
            let bytes = source::read_whole(&entry.absolute).map_err(|error| {
                Problem::new(
                    reading::UNREADABLE_SOURCE,
                    Place::file(entry.path.clone()),
                    format!("this file cannot be read: {error}"),
                )
            })?;
            Ok(ThemeFile { path: entry.path.trim_start_matches(prefix.as_str()).to_owned(), bytes })
        };
        tree.assets.into_iter().chain(tree.texts).map(file).collect()
    }
}
