//! Directives of MyST: fenced blocks whose info string names their function.

/// Names of MyST directives.
const DIRECTIVES: [&str; 30] = [
    "admonition",
    "attention",
    "card",
    "caution",
    "code-block",
    "contents",
    "csv-table",
    "danger",
    "dropdown",
    "error",
    "eval-rst",
    "figure",
    "glossary",
    "grid",
    "hint",
    "image",
    "important",
    "include",
    "list-table",
    "literalinclude",
    "margin",
    "math",
    "note",
    "seealso",
    "sidebar",
    "tab-set",
    "tab-item",
    "tip",
    "toctree",
    "warning",
];

/// Whether the info string of a fence makes the block a query of Obsidian.
fn is_query(info: &str) -> bool {
    matches!(info.split(' ').next(), Some("dataview" | "dataviewjs" | "tasks" | "toc" | "table-of-contents"))
}

/// Whether the info string of a fence names a directive, as `{warning}` does.
pub(in crate::markdown) fn is_directive(info: &str) -> bool {
    let name = info.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    is_query(info)
        || info.starts_with("ad-")
        || name.is_some_and(|name| DIRECTIVES.contains(&name) || name.starts_with('='))
}

/// Directives and filters that another program replaces by a list or a file.
const FILLED_DIRECTIVES: [&str; 7] =
    ["contents", "include", "literalinclude", "toctree", "image", "bibliography", ".include"];

/// Whether the info string of a fence requests a list or a file.
pub(in crate::markdown) fn is_filled_directive(info: &str) -> bool {
    let inside = info.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(inside, _)| inside);
    let name = inside.and_then(|inside| inside.split(' ').next());
    is_query(info) || name.is_some_and(|name| FILLED_DIRECTIVES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_not_languages() {
        assert!(is_directive("{warning}") && is_directive("{note} Title"));
        assert!(!is_directive("{python}") && !is_directive("{.yaml}") && !is_directive("yaml {1}"));
    }
}
