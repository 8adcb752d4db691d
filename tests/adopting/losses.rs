//! No word of a file is lost: everything that a reader of the source sees, extracted independently of the program, is
//! on the file's page.

use std::collections::BTreeMap;

use regex_lite::{Captures, Regex};

use crate::{Site, words};

/// Markup that readers do not see, each with its replacement.
const MARKS: [(&str, &str); 22] = [
    (r"\]\(\{%[^%\n]*%\}\)", " "),
    (r"(?ms)^--8<--\n.*?^--8<--$", " "),
    (r"(?s)<!--.*?-->|\{/\*.*?\*/\}", " "),
    (r"(?s)\{% comment %\}.*?\{% endcomment %\}", " "),
    (r"(?m)^[*-] TOC\n\{:toc\}$", " "),
    (r"(?s)\{\{[<%].*?[>%]\}\}|\{%.*?%\}", " "),
    (r"\{\{[^{}\n]*\}\}", " "),
    (r"(?m)^import .* from .*$", " "),
    (r"(?m)^(---\n)?\[[^\]\n]+\]: \S.*$", " "),
    (r"(?m)^\*\[[^\]\n]+\]: .*$", " "),
    (r"(?m)^\[TOC\]$", " "),
    (r"\[!\w+\][-+]?", " "),
    (r"(?m)^[ >]*:::+ *\{?\w+\}?", " "),
    (r"(?m)^[ >]*(!!!|\?\?\?\+?) *[a-z][a-z -]*", " "),
    (r"(?m)^[ \t>]*(```|~~~).*$", " "),
    (r"(?s)</?[A-Za-z][A-Za-z0-9.]*(\s[^<>]*)?>", " "),
    (r#"\]\(<?[^()\s]*(\([^()\s]*\))?[^()\s]*>?(\s+"[^"\n]*")?\)"#, " "),
    (r"<(https?|mailto):[^<>\s]*>", " "),
    (r"!\[[^\]\n]*", " "),
    (r"\{:?\s*[.#][^{}\n]*\}|\{:[^{}\n]*\}|\{ *\w+=[^{}\n]*\}", " "),
    (r":[a-z][a-z0-9_+-]*:", " "),
    (r"(?m)^ *--8<-- .*$", " "),
];

/// The visible words of a source file.
pub fn source_words(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let escaped = MARKS.iter().fold(strip_front_matter(&text).to_owned(), |text, (mark, stays)| {
        Regex::new(mark).expect("an expression").replace_all(&text, *stays).into_owned()
    });
    let entity = Regex::new(r"&#?\w+;").expect("an expression");
    words(&entity.replace_all(&escaped, |_: &Captures<'_>| " ".to_owned()))
}

fn strip_front_matter(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let blocks = [("---\n", "\n---"), ("+++\n", "\n+++"), ("{\n", "\n}")];
    let front_matter = blocks.iter().find_map(|(open, close)| text.strip_prefix(open)?.split_once(close));
    front_matter.map_or(text, |(_, body)| body)
}

impl Site {
    /// Words of files that are missing on their pages, each with its file, and files without a page.
    pub fn lost_words(&self, pages: &BTreeMap<String, String>) -> Vec<String> {
        let settings = self.read("clausebook.yaml");
        let content = settings.lines().find_map(|line| line.strip_prefix("content: ")).unwrap_or("content");
        let prefix = if content == "." { String::new() } else { format!("{content}/") };
        let excluded: Vec<&str> = settings
            .lines()
            .skip_while(|line| !line.starts_with("exclude:"))
            .take_while(|line| !line.is_empty())
            .flat_map(|line| line.split([' ', '[', ']', ',', '"']))
            .filter(|path| !matches!(*path, "" | "-" | "exclude:"))
            .collect();
        let mut lost = Vec::new();
        for (path, bytes) in self.files() {
            let Some(below) = path.strip_prefix(&prefix).filter(|path| path.ends_with(".md") || path.ends_with(".mdx"))
            else {
                continue;
            };
            let is_hidden = below.split('/').any(|name| name.starts_with('.'));
            if is_hidden || excluded.iter().any(|out| below == *out || below.starts_with(&format!("{out}/"))) {
                continue;
            }
            match page_words(below, pages) {
                Some(page) => {
                    lost.extend(missing_words(page, &bytes).into_iter().map(|word| format!("{path}: {word}")))
                }
                None => lost.push(format!("{path} has no page")),
            }
        }
        lost
    }
}

/// Words that occur less often on a page than in its file.
fn missing_words(page: &str, bytes: &[u8]) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    page.split(' ').for_each(|word| *seen.entry(word).or_default() += 1);
    let mut is_missing = |word: &String| match seen.get_mut(word.as_str()).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    source_words(&String::from_utf8_lossy(bytes)).into_iter().filter(|word| is_missing(word)).collect()
}

/// The words on the page of a file.
fn page_words<'p>(path: &str, pages: &'p BTreeMap<String, String>) -> Option<&'p str> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_lowercase().replace(' ', "-");
    let file_names: Vec<&str> = stem.split('/').map(|name| name.trim_start_matches('_')).collect();
    let is_page_of_file = |(page, _): &(&String, &String)| {
        let page = page.to_lowercase();
        let page = page.strip_suffix(".html").unwrap_or(&page);
        let names: Vec<&str> = page.split('/').map(|name| name.trim_start_matches('_')).collect();
        let (last, wanted_name) = (names.last(), file_names.last());
        let is_named = last == wanted_name || (last == Some(&"index") && wanted_name == Some(&"readme"));
        is_named && names.len() == file_names.len() && names[..names.len() - 1] == file_names[..file_names.len() - 1]
    };
    pages.iter().find(is_page_of_file).map(|(_, words)| words.as_str())
}
