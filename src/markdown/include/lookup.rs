//! Where a requested file may be, and why it cannot be inserted.

use super::directive::{IncludeRequest, LookupBase};
use crate::source::{IncludeError, joined};

/// Candidate paths of a file below the handbook's folder, most likely first.
pub(super) fn candidates(request: &IncludeRequest, path: &str, folders: &[String]) -> Vec<String> {
    let current_folder = folder_of(path);
    let current_folder = if request.path.starts_with('/') { "" } else { current_folder };
    let in_folders = folders.iter().map(String::as_str);
    let all: Vec<&str> = match request.base {
        LookupBase::SameFolder => std::iter::once(current_folder).chain(in_folders).collect(),
        LookupBase::Folders => in_folders.chain([current_folder]).collect(),
    };
    all.into_iter().filter_map(|folder| joined(folder, &request.path)).collect()
}

/// The folder of a file.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The reason for not inserting a file, and a suggestion.
pub(super) fn reason(error: IncludeError, request: &IncludeRequest) -> (String, &'static str) {
    if request.path.contains("://") {
        return ("nothing is loaded from the web".to_owned(), "save the text in a file of the handbook");
    }
    match error {
        IncludeError::Missing => ("the file is not found".to_owned(), "correct the path, or write the text here"),
        IncludeError::Outside => (
            "the file is in none of the folders under `includes`".to_owned(),
            "list its folder under `includes` in the settings; it must be below the handbook's folder and not hidden",
        ),
        IncludeError::Unreadable(why) => (why, "insert a text file in UTF-8"),
    }
}
