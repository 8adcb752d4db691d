//! Classification of files as pages or documents, and their types, from names and lengths.

use std::collections::{BTreeMap, BTreeSet};

use super::survey::{Survey, SurveyedFile};
use super::synonyms::type_in;
use crate::source::CONTENT_ROOT_PREFIX;

/// Types by folder and by file, for the settings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct AssignedTypes {
    /// Folders below the content folder, each before the folders inside it.
    pub(super) folders: Vec<(String, &'static str)>,
    /// Paths of files, or names that match files in any folder; a file directly in the content folder has a `./`
    /// prefix.
    pub(super) files: Vec<(String, &'static str)>,
}

/// The type of files that are not under document control.
const PAGE: &str = "page";
/// The type of evidence with a date. Without a date, a file is not a record.
pub(super) const RECORD: &str = "record";
/// The type of files whose name does not indicate one.
const DEFAULT_TYPE: &str = "guideline";
/// An introduction with fewer words than this is only a navigation page.
const MIN_CONTENT_WORDS: usize = 25;

impl AssignedTypes {
    /// Determines the types of files that do not state one.
    pub(super) fn from_survey(survey: &Survey) -> AssignedTypes {
        let silent = || survey.files.iter().filter(|file| !file.has_type);
        let mut kinds = AssignedTypes::default();
        let folders: BTreeSet<&str> = silent().flat_map(|file| folders(&file.path)).collect();
        for folder in folders {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            let kind = type_in(name).filter(|kind| kinds.folder_type(folder) != *kind);
            let is_dated = || silent().filter(|file| is_below(&file.path, folder)).all(|file| file.has_date);
            let kind = kind.filter(|kind| *kind != RECORD || is_dated());
            kinds.folders.extend(kind.map(|kind| (folder.to_owned(), kind)));
        }
        for file in silent().filter(|file| !is_short_introduction(file)) {
            let stem = stem(&file.path);
            let kind =
                type_in(stem).filter(|kind| !is_introduction(stem) && kinds.folder_type(folder(&file.path)) != *kind);
            let kind = kind.filter(|kind| *kind != RECORD || file.has_date);
            kinds.files.extend(kind.map(|kind| (file.path.clone(), kind)));
        }
        kinds.files.extend(introduction_pages(silent().collect()).into_iter().map(|path| (path, PAGE)));
        kinds
    }

    /// Whether any type is `record`.
    pub(super) fn has_records(&self) -> bool {
        self.folders.iter().chain(&self.files).any(|(_, kind)| *kind == RECORD)
    }

    /// The type that documents in a folder currently get.
    fn folder_type(&self, folder: &str) -> &'static str {
        let mut above = folder;
        loop {
            if let Ok(at) = self.folders.binary_search_by(|(path, _)| path.as_str().cmp(above)) {
                return self.folders[at].1;
            }
            match above.rsplit_once('/') {
                Some((rest, _)) => above = rest,
                None => return DEFAULT_TYPE,
            }
        }
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Introductions that are pages: by file name if all files with that name are, otherwise individually.
fn introduction_pages(files: Vec<&SurveyedFile>) -> Vec<String> {
    let mut by_name: BTreeMap<&str, (Vec<&str>, usize)> = BTreeMap::new();
    let introductions: Vec<&SurveyedFile> =
        files.into_iter().filter(|file| is_introduction(stem(&file.path))).collect();
    // Only one of two introductions can get its ID from the folder; the other describes how the files are kept.
    let indexes = introductions.iter().filter(|file| stem(&file.path).eq_ignore_ascii_case("index"));
    let indexed: BTreeSet<&str> = indexes.map(|file| folder(&file.path)).collect();
    for file in introductions {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let (pages, all) = by_name.entry(name).or_default();
        *all += 1;
        let is_second = !stem(&file.path).eq_ignore_ascii_case("index") && indexed.contains(folder(&file.path));
        if is_short_introduction(file) || is_second {
            pages.push(&file.path);
        }
    }
    let page_patterns = |(name, (pages, all)): (&str, (Vec<&str>, usize))| match pages.len() == all && all > 1 {
        true => vec![name.to_owned()],
        false => pages.into_iter().map(exact_path).collect(),
    };
    by_name.into_iter().flat_map(page_patterns).collect()
}

/// The entry for this one file: a bare name would also match files of the same name that have real content.
fn exact_path(path: &str) -> String {
    if path.contains('/') { path.to_owned() } else { format!("{CONTENT_ROOT_PREFIX}{path}") }
}

/// Whether a file is an introduction that only leads on: a short one, or the top-level one, which is the portal's home.
fn is_short_introduction(file: &SurveyedFile) -> bool {
    is_introduction(stem(&file.path)) && (!file.path.contains('/') || file.words < MIN_CONTENT_WORDS)
}

fn is_introduction(stem: &str) -> bool {
    ["index", "readme", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.strip_suffix(".html").unwrap_or(stem)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The parent folders of a path, outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_and_files_say_their_types() {
        let file =
            |path: &str, words: usize| SurveyedFile { path: path.to_owned(), words, has_type: false, has_date: false };
        let files = vec![
            file("index.md", 500),
            file("policies/index.md", 3),
            file("policies/access.md", 90),
            file("policies/access-procedure.md", 90),
            file("policies/old/plan.md", 90),
            file("team/README.md", 90),
            file("team/post_mortem_template.md", 90),
            file("team/2026-minutes.md", 90),
        ];
        let kinds = AssignedTypes::from_survey(&Survey { files, ..Survey::default() });
        assert_eq!(kinds.folders, [("policies".to_owned(), "policy")]);
        let named = |path: &str, kind: &'static str| (path.to_owned(), kind);
        assert_eq!(
            kinds.files,
            [
                named("policies/access-procedure.md", "procedure"),
                named("policies/old/plan.md", "plan"),
                named("team/post_mortem_template.md", "template"),
                named("index.md", "page"),
            ]
        );
    }

    #[test]
    fn an_introduction_of_the_whole_makes_no_pages_of_others_that_say_much() {
        let file =
            |path: &str, words: usize| SurveyedFile { path: path.to_owned(), words, has_type: false, has_date: false };
        let files = vec![file("README.md", 500), file("backup/README.md", 300), file("empty/README.md", 3)];
        let kinds = AssignedTypes::from_survey(&Survey { files, ..Survey::default() });
        assert_eq!(kinds.files, [("./README.md".to_owned(), "page"), ("empty/README.md".to_owned(), "page")]);
    }

    #[test]
    fn of_two_introductions_of_a_folder_one_is_a_page() {
        let file = |path: &str| SurveyedFile { path: path.to_owned(), words: 300, has_type: false, has_date: false };
        let files = vec![file("keys/README.md"), file("keys/index.md"), file("rooms/README.md")];
        let kinds = AssignedTypes::from_survey(&Survey { files, ..Survey::default() });
        assert_eq!(kinds.files, [("keys/README.md".to_owned(), "page")]);
    }
}
