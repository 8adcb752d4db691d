//! Paths in a handbook: relative, with `/`, and never pointing outside.

use std::fmt;
use std::str::FromStr;

/// File extensions of Markdown, in any letter case, most common first.
pub(crate) const MARKDOWN_EXTENSIONS: [&str; 10] =
    ["md", "markdown", "mdx", "mdown", "mkd", "mkdn", "mdwn", "mkdown", "mdtext", "mdtxt"];

/// Whether a path names a Markdown file.
pub(crate) fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    MARKDOWN_EXTENSIONS.iter().any(|extension| extension.eq_ignore_ascii_case(ending))
}

/// Extensions of files that documents link to.
const FILE_EXTENSIONS: [&str; 40] = [
    "md", "markdown", "mdown", "mkd", "mdx", "html", "htm", "pdf", "doc", "docx", "dotx", "xls", "xlsx", "xlsm", "ppt",
    "pptx", "odt", "ods", "odp", "rtf", "txt", "csv", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "tif",
    "tiff", "drawio", "vsdx", "yaml", "yml", "json", "xml", "zip", "mp4",
];

/// Whether a link target has the extension of a file that handbooks use.
pub(crate) fn has_file_extension(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending);
    ending.is_some_and(|ending| FILE_EXTENSIONS.iter().any(|extension| extension.eq_ignore_ascii_case(ending)))
}

/// A path below a folder: one or more names joined by `/`, none of them `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RelativePath(String);

impl RelativePath {
    /// The path as text, without a slash at either end.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a name in it begins with a dot, so that a handbook skips it.
    pub(crate) fn is_hidden(&self) -> bool {
        self.0.split('/').any(|name| name.starts_with('.'))
    }

    /// Whether either path is below the other, or both are the same.
    pub(crate) fn overlaps(&self, other: &RelativePath) -> bool {
        // Many file systems treat names that differ only in letter case as equal.
        let lower = |path: &RelativePath| RelativePath(path.0.to_lowercase());
        let (one, other) = (lower(self), lower(other));
        one.is_within(&other) || other.is_within(&one)
    }

    /// Whether this path is `folder` or below it.
    pub(crate) fn is_within(&self, folder: &RelativePath) -> bool {
        let rest = self.0.strip_prefix(&folder.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Why a string is not a usable path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RelativePathError {
    /// It begins at the root, a drive or a home folder.
    #[error("`{0}` is an absolute path; write it relative to the folder it belongs to")]
    Absolute(String),
    /// It points outside the folder that it is relative to.
    #[error("`{0}` leads out of the folder it belongs to")]
    Outside(String),
    /// It contains a character or name that not every file system supports.
    #[error("`{0}` is not a usable path; write names joined by `/`, without `\\`, `:` or control characters")]
    Unusable(String),
}

impl FromStr for RelativePath {
    type Err = RelativePathError;

    /// Parses `docs/sms`, `./docs/sms/` and so on.
    fn from_str(text: &str) -> Result<RelativePath, RelativePathError> {
        let owned = || text.to_owned();
        if text.starts_with(['/', '\\', '~']) || text.as_bytes().get(1) == Some(&b':') {
            return Err(RelativePathError::Absolute(owned()));
        }
        if text.contains(|c: char| c.is_control() || c == '\\' || c == ':') {
            return Err(RelativePathError::Unusable(owned()));
        }
        let names: Vec<&str> = text.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
        if names.contains(&"..") {
            return Err(RelativePathError::Outside(owned()));
        }
        if names.is_empty() {
            return Err(RelativePathError::Unusable(owned()));
        }
        Ok(RelativePath(names.join("/")))
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_and_never_lead_out() {
        for (text, expected) in
            [("docs", "docs"), ("./docs//sms/", "docs/sms"), ("a b/é.md", "a b/é.md"), (".hidden", ".hidden")]
        {
            assert_eq!(text.parse::<RelativePath>().map(|path| path.0).as_deref(), Ok(expected), "{text}");
        }
        for text in ["", ".", "./", "/etc", "..", "a/../b", "../x", "C:/x", "a\\b", "~/x", "a\0b", "//host/x", "a:b"] {
            assert!(text.parse::<RelativePath>().is_err(), "{text}");
        }
    }

    #[test]
    fn containment_matches_whole_names() {
        let path = |text: &str| text.parse::<RelativePath>().expect("a path");
        assert!(path("content/a").is_within(&path("content")));
        assert!(path("content").is_within(&path("content")));
        assert!(!path("contents").is_within(&path("content")));
    }
}
