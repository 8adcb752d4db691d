//! Files that a document shows or links to: pictures, attachments, and other documents of the same import.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::archive::Archive;
use super::{embedded, tree};
use crate::handbook::percent_decode;

/// The target of a link to a file beside a document.
#[derive(Debug)]
pub(crate) enum LinkedFile {
    /// A draft of the same import: its path, and how to write it in a link.
    Draft { path: String, written: String },
    /// The bytes of a file to save beside the draft.
    File(Vec<u8>),
}

/// A draft, or an anchor in it, that another document links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The path of the draft.
    pub(crate) draft: String,
    /// The fragment of the link, or an empty string.
    pub(crate) fragment: String,
}

/// Looks up files.
pub(super) struct FileResolver<'a> {
    /// Returns the bytes of a picture beside a web page.
    pub(super) picture: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// Resolves the target of a link.
    pub(super) linked: &'a dyn Fn(&str) -> Option<LinkedFile>,
    /// The folder of saved files, as written in the document.
    pub(super) folder: &'a str,
}

/// The files found for a document.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The bytes of files, by their new names.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// The names of files that are not pictures.
    pub(super) attached: BTreeSet<String>,
    /// The paths of linked files that are missing or not imported.
    pub(super) missing: BTreeSet<String>,
    /// Links to other drafts and to anchors in them.
    pub(super) references: Vec<Reference>,
    /// The new paths of pictures, by their targets.
    pictures: BTreeMap<String, String>,
    /// The number of pictures that the page itself contains.
    embedded: usize,
    /// The new targets of links, by their old targets.
    targets: BTreeMap<String, String>,
}

/// File extensions of pictures that browsers can show.
const SHOWN_EXTENSIONS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];

impl Files {
    /// Finds everything that a document shows or links to.
    pub(super) fn collect(
        tree: &Value,
        mut archive: Option<(&mut Archive, &str)>,
        resolver: &FileResolver<'_>,
    ) -> Files {
        let mut files = Files::default();
        let (embedded, mut pictures): (Vec<String>, Vec<String>) =
            targets(tree, "Image").into_iter().partition(|target| embedded::is_embedded(target));
        embedded.into_iter().for_each(|target| files.add_embedded(target, resolver));
        pictures.sort();
        for target in pictures {
            let bytes = match &mut archive {
                Some((archive, format)) => in_archive(archive, format, &target),
                None => (resolver.picture)(&target),
            };
            // Browsers do not recognize a picture without an extension.
            let bytes = bytes.filter(|_| name_of(&target).contains('.'));
            if let Some(name) = bytes.and_then(|bytes| files.add(&target, bytes)) {
                files.pictures.insert(target, format!("{}/{name}", resolver.folder));
            }
        }
        let mut links = targets(tree, "Link");
        links.sort();
        links.into_iter().for_each(|target| files.follow(&target, resolver));
        files
    }

    /// Adds a picture that the page contains, with a name of its own.
    fn add_embedded(&mut self, target: String, beside: &FileResolver<'_>) {
        let Some(picture) = embedded::decode(&target) else { return };
        let name = format!("picture-{}.{}", self.embedded + 1, picture.extension);
        if let Some(name) = self.add(&name, picture.bytes) {
            self.embedded += 1;
            self.pictures.insert(target, format!("{}/{name}", beside.folder));
        }
    }

    /// The new path of a picture.
    pub(super) fn picture(&self, target: &str) -> Option<&str> {
        self.pictures.get(target).map(String::as_str)
    }

    /// The new target of a link, if it has changed.
    pub(super) fn target(&self, target: &str) -> Option<&str> {
        self.targets.get(target).map(String::as_str)
    }

    /// The number of pictures that browsers cannot show.
    pub(super) fn unshown_count(&self) -> usize {
        let pictures = self.files.keys().filter(|name| !self.attached.contains(*name));
        pictures
            .filter(|name| !SHOWN_EXTENSIONS.contains(&name.rsplit_once('.').map_or("", |(_, ending)| ending)))
            .count()
    }

    fn follow(&mut self, target: &str, resolver: &FileResolver<'_>) {
        if target.starts_with(['#', '/', '\\']) || scheme(target).is_some() {
            return;
        }
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        // Word writes paths with backslashes.
        let path = percent_decode(path.split('?').next().unwrap_or_default()).replace('\\', "/");
        let suffix = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
        let address = match (resolver.linked)(&path) {
            Some(LinkedFile::Draft { path, written }) => {
                let reference = |fragment: &str| Reference { draft: path, fragment: fragment.to_owned() };
                self.references.push(reference(fragment.unwrap_or_default()));
                written + &suffix
            }
            Some(LinkedFile::File(bytes)) => {
                let Some(name) = self.add(&path, bytes) else { return };
                self.attached.insert(name.clone());
                format!("{}/{name}{suffix}", resolver.folder)
            }
            None if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => {
                self.missing.insert(path);
                return;
            }
            None => return,
        };
        self.targets.insert(target.to_owned(), address);
    }

    /// Adds a file, and returns its new name.
    fn add(&mut self, target: &str, bytes: Vec<u8>) -> Option<String> {
        let name = percent_decode(name_of(target)).to_ascii_lowercase();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
        let name = name.trim_start_matches('.');
        if name.is_empty() {
            return None;
        }
        let is_free = |name: &String| self.files.get(name).is_none_or(|existing| *existing == bytes);
        let numbered = (2..).map(|number| format!("{number}-{name}"));
        let name = std::iter::once(name.to_owned()).chain(numbered).find(is_free)?;
        self.files.insert(name.clone(), bytes);
        Some(name)
    }
}

/// The scheme of a URL as written. A colon after a `/`, `?` or `#` is part of a name.
pub(super) fn scheme(target: &str) -> Option<&str> {
    target.split(['/', '?', '#']).next()?.split_once(':').map(|(scheme, _)| scheme)
}

/// Makes a URL safe for Markdown: without white space and with balanced brackets.
pub(super) fn readable(target: &str) -> String {
    let mut open = 0_i64;
    let is_paired = target.chars().all(|c| {
        open += i64::from(c == '(') - i64::from(c == ')');
        open >= 0
    });
    let is_paired = is_paired && open == 0;
    let is_plain = |c: char| match c {
        '(' | ')' => is_paired,
        '<' | '>' | '"' | '`' | '|' => false,
        _ => !c.is_whitespace() && !c.is_control(),
    };
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        let mut bytes = [0; 4];
        match c {
            _ if is_plain(c) => out.push(c),
            _ => c.encode_utf8(&mut bytes).bytes().for_each(|byte| out += &format!("%{byte:02X}")),
        }
    }
    out
}

/// The file name in a URL.
fn name_of(target: &str) -> &str {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// The targets of pictures or links in order, except external ones. Links that contain their content lead nowhere.
fn targets(value: &Value, kind: &str) -> Vec<String> {
    let (mut targets, mut seen) = (Vec::new(), BTreeSet::new());
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if tree::name(value) == kind {
            let target = tree::part(value, 2).get(0).and_then(Value::as_str).unwrap_or_default();
            let is_picture = kind == "Image" && embedded::is_embedded(target);
            let is_file = !target.is_empty() && !target.contains("://") && !embedded::is_embedded(target);
            if (is_picture || is_file) && seen.insert(target) {
                targets.push(target.to_owned());
            }
        }
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(entries) => open.extend(entries.values().rev()),
            _ => {}
        }
    }
    targets
}

fn in_archive(archive: &mut Archive, format: &str, target: &str) -> Option<Vec<u8>> {
    let name = if format == "docx" { format!("word/{target}") } else { target.to_owned() };
    archive.file(&name).or_else(|| archive.file(target.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn addresses_have_no_white_space_and_pairs_of_brackets() {
        for (target, expected) in [
            ("https://e.org/Shared Documents/x.docx", "https://e.org/Shared%20Documents/x.docx"),
            ("https://e.org/a_(b)?x=<2>", "https://e.org/a_(b)?x=%3C2%3E"),
            ("https://e.org/a(b", "https://e.org/a%28b"),
            ("https://e.org/a)(b", "https://e.org/a%29%28b"),
            ("a\u{a0}b%20|é", "a%C2%A0b%20%7Cé"),
        ] {
            assert_eq!(readable(target), expected);
        }
    }
}
