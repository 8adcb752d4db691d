//! What a generator's own files say about a folder.

/// A folder as one generator reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// The generator's name.
    pub(super) generator: &'static str,
    /// The file by which it was found; empty for a folder of no generator.
    pub(super) found_by: String,
    /// The name of its list of keys in the settings.
    pub(super) preset: Option<&'static str>,
    /// The title.
    pub(super) title: Option<String>,
    /// The folder of its documents, `.` for the folder itself.
    pub(super) content: String,
    /// Where it puts its own pages, when that would be our output folder.
    pub(super) output_is_taken: bool,
    /// Paths of documents below the content folder in the order in which they are read.
    pub(super) order: Vec<String>,
    /// What gave the order.
    pub(super) ordered_by: Option<String>,
    /// Paths below the content folder that are not documents.
    pub(super) exclude: Vec<String>,
}

/// A path without `./` before it and what stands behind `#` or `?`.
pub(super) fn plain_path(path: &str) -> &str {
    let path = path.split(['#', '?']).next().unwrap_or(path).trim();
    path.strip_prefix("./").unwrap_or(path).trim_start_matches('/').trim_end_matches('/')
}

/// A path below the content folder as one below the handbook's folder.
pub(super) fn in_content(content: &str, path: &str) -> String {
    if content == "." { path.to_owned() } else { format!("{content}/{path}") }
}

/// Adds a path that is not in a list yet.
pub(super) fn add(list: &mut Vec<String>, path: String) {
    if !path.is_empty() && !list.contains(&path) {
        list.push(path);
    }
}
