//! The files of the crate, and the functions in them.

use std::fs;

use walkdir::WalkDir;

/// A file of the crate.
pub struct File {
    /// The path, such as `src/site/portal.rs`.
    pub path: String,
    /// The content.
    pub text: String,
}

/// Every Rust file below a folder, by path, except compiler output.
pub fn files(folder: &str) -> Vec<File> {
    let entries =
        WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| entry.file_name() != "target");
    let entries = entries.map(|entry| entry.expect("an entry"));
    let rust = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    let read = rust.map(|entry| File {
        path: entry.path().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(entry.path()).expect("a readable file"),
    });
    read.collect()
}

impl File {
    /// The module, such as `["site", "portal"]`. The module of `mod.rs` is its folder.
    pub fn module(&self) -> Vec<&str> {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let path = path.strip_suffix(".rs").unwrap_or(path);
        let mut names: Vec<&str> = path.split('/').collect();
        if names.last() == Some(&"mod") {
            names.pop();
        }
        names
    }

    /// The room that contains the file.
    pub fn room(&self) -> &str {
        self.module().first().copied().unwrap_or_default()
    }

    /// The content without comments and tests, with line numbers unchanged.
    pub fn code(&self) -> String {
        if self.module().last() == Some(&"tests") {
            return String::new();
        }
        let end = self.text.find("#[cfg(test)]\nmod ").unwrap_or(self.text.len());
        let line = |line: &str| line.split_once("//").map_or(line, |(code, _)| code).to_owned() + "\n";
        self.text[..end].lines().map(line).collect()
    }
}

/// The functions of a file, except tests, with their length: the lines between signature and closing brace.
pub fn functions(file: &File) -> Vec<(usize, String)> {
    let code = file.code();
    let lines: Vec<&str> = code.lines().collect();
    let function = |at: usize| {
        let line = lines[at];
        let (before, after) = line.split_once("fn ")?;
        let words = before
            .split_whitespace()
            .all(|word| word.starts_with("pub") || matches!(word, "const" | "unsafe" | "async"));
        let name = after.split(['(', '<']).next().filter(|name| words && !name.is_empty())?;
        let indent = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indent}}}");
        let is_whole = line.trim_end().ends_with('}') || line.trim_end().ends_with(';');
        let end = if is_whole { at } else { (at..lines.len()).find(|end| lines[*end].trim_end() == closing)? };
        Some(((end - at).saturating_sub(1).max(1), format!("{}:{}: {name}", file.path, at + 1)))
    };
    (0..lines.len()).filter_map(function).collect()
}
