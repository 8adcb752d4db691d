//! Tells which files of a site are lists.

use std::path::Path;

/// Whether a file lists documents, or depends on counts over all of them.
pub fn is_list(path: &str) -> bool {
    const LISTS: [&str; 18] = [
        "index",
        "matrix",
        "gaps",
        "information",
        "register",
        "calendar",
        "changes",
        "history",
        "ages",
        "findings",
        "map",
        "assessment",
        "feed",
        "reviews",
        "deadlines",
        "sitemap",
        "search",
        "applicability",
    ];
    const FOLDERS: [&str; 11] =
        ["calendar", "rows", "states", "owners", "types", "roles", "tags", "groups", "crosswalk", "days", "print"];
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let stem = name.split(['.', '-']).next().unwrap_or_default();
    FOLDERS.contains(&folder)
        || (folder.is_empty() && LISTS.contains(&stem))
        || (folder == "clauses" && Path::new(path).file_stem().is_some_and(|stem| stem == "index"))
}
