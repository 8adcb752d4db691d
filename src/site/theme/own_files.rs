//! The files of a custom theme.

use std::collections::BTreeMap;

use super::error::ThemeError;
use crate::project::ThemeFile;

/// The files of a custom theme, by folder.
#[derive(Default)]
pub(super) struct OwnFiles {
    pub(super) templates: BTreeMap<String, String>,
    pub(super) assets: BTreeMap<String, Vec<u8>>,
    pub(super) labels: BTreeMap<String, String>,
}

impl OwnFiles {
    /// Sorts files by folder. Templates and label files that are not UTF-8 are reported as problems.
    pub(super) fn from_files(files: &[ThemeFile]) -> Result<OwnFiles, Vec<ThemeError>> {
        let mut own_files = OwnFiles::default();
        let mut problems = Vec::new();
        for file in files {
            match file.path.split_once('/') {
                Some(("static", name)) => drop(own_files.assets.insert(name.to_owned(), file.bytes.clone())),
                Some(("templates", name)) => own_files.add_text(file, name, |own| &mut own.templates, &mut problems),
                Some(("i18n", name)) => own_files.add_text(file, name, |own| &mut own.labels, &mut problems),
                _ => {}
            }
        }
        if problems.is_empty() { Ok(own_files) } else { Err(problems) }
    }

    fn add_text(
        &mut self,
        file: &ThemeFile,
        name: &str,
        table: impl Fn(&mut OwnFiles) -> &mut BTreeMap<String, String>,
        problems: &mut Vec<ThemeError>,
    ) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => drop(table(self).insert(name.to_owned(), text.trim_start_matches('\u{feff}').to_owned())),
            Err(_) => problems.push(ThemeError::in_file(&file.path, "the file is not UTF-8")),
        }
    }
}
