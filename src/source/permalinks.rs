//! Addresses that another generator made of a page's section, date and title.

use super::decode::front_entries;
use super::front_matter::FrontMatter;
use crate::date::Date;
use crate::language::is_language_tag;
use crate::place::SourceText;
use crate::yaml::{Entry, Value};

/// Folders below the content folder, each with the pattern that addresses of its pages had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Permalinks(pub(crate) Vec<(String, String)>);

/// A page, as far as its address was made of it.
struct Page<'a> {
    /// Names of the folders that it is in, without that of a language.
    folders: Vec<&'a str>,
    /// The name of its file, or of the folder that it is the only text of.
    name: &'a str,
    title: Option<&'a str>,
    slug: Option<String>,
    date: Option<Date>,
}

impl Permalinks {
    /// The address that a page had; `path` is the path of its file below the content folder.
    pub(crate) fn of(&self, path: &str, source: &SourceText, front: Option<&FrontMatter>) -> Option<String> {
        let below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let (_, pattern) = self.0.iter().filter(|(folder, _)| below(folder)).max_by_key(|(folder, _)| folder.len())?;
        let (mut folders, name) = split(path)?;
        if folders.first().is_some_and(|first| is_language_tag(first)) {
            folders.remove(0);
        }
        let entries = front_entries(source).unwrap_or_default();
        let title = front.and_then(|front| front.title.as_ref()).map(|title| title.value.as_str());
        // Of a time, only the day matters.
        let date = text_under(&entries, "date").and_then(|date| date.get(..10)?.parse().ok());
        let page = Page { folders, name, title, slug: text_under(&entries, "slug"), date };
        page.filled(pattern)
    }
}

/// The folders that a page is in, and its name; nothing for the introduction of a section.
fn split(path: &str) -> Option<(Vec<&str>, &str)> {
    let mut names: Vec<&str> = path.split('/').collect();
    let file = names.pop()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match stem {
        "_index" => None,
        "index" => names.pop().map(|folder| (names, folder)),
        stem => Some((names, stem)),
    }
}

fn text_under(entries: &[Entry], key: &str) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.key.value.eq_ignore_ascii_case(key))?;
    match &entry.value.value {
        Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

impl Page<'_> {
    /// A pattern with what the page has for each of its `:words`; nothing when it lacks one.
    fn filled(&self, pattern: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, behind)) = rest.split_once(':') {
            out += before;
            let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(behind.len());
            out += &self.word(&behind[..end])?;
            rest = &behind[end..];
        }
        (!rest.contains(['[', ']'])).then(|| out + rest)
    }

    fn word(&self, word: &str) -> Option<String> {
        let day = || self.date.map(|date| date.to_string());
        let slug = || self.slug.as_deref().map(as_address);
        let title = || self.title.map(as_address);
        match word {
            "year" => day()?.get(..4).map(str::to_owned),
            "month" => day()?.get(5..7).map(str::to_owned),
            "day" => day()?.get(8..10).map(str::to_owned),
            "section" => self.folders.first().map(|section| as_address(section)),
            "sections" => Some(self.folders.iter().map(|name| as_address(name)).collect::<Vec<_>>().join("/")),
            "title" => title(),
            "slug" => slug().or_else(title),
            "contentbasename" | "filename" => Some(as_address(self.name)),
            "slugorcontentbasename" | "slugorfilename" => slug().or_else(|| Some(as_address(self.name))),
            _ => None,
        }
    }
}

/// A text as a part of an address: in lower case, without spaces and most signs.
fn as_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    for letter in text.to_lowercase().chars() {
        if letter == '-' || letter.is_whitespace() {
            is_apart = !out.is_empty();
        } else if letter.is_alphanumeric() || matches!(letter, '.' | '_' | '+' | '~' | '@') {
            out.extend(std::mem::take(&mut is_apart).then_some('-'));
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_of_what_a_page_says() {
        let pattern = |pattern: &str| Permalinks(vec![("en/blog".to_owned(), pattern.to_owned())]);
        let text = "---\ntitle: The \"new\" desk - v2.1, part 1\ndate: 2026-03-05T10:00:00+01:00\n---\n";
        let source = SourceText::new("content/en/blog/x/index.md", text);
        let title = crate::place::Located::new("The \"new\" desk - v2.1, part 1".to_owned(), 0..0);
        let mut front = FrontMatter::default();
        front.title = Some(title);
        for (path, written, address) in [
            (
                "en/blog/Old name/index.md",
                "/:section/:year/:month/:slug/",
                Some("/blog/2026/03/the-new-desk-v2.1-part-1/"),
            ),
            ("en/blog/a/b.md", "/:sections/:day-:contentbasename", Some("/blog/a/05-b")),
            ("en/blog/Old name/index.md", "/n/:slugorfilename/", Some("/n/old-name/")),
            ("en/blog/_index.md", "/:title/", None),
            ("en/blogs/a.md", "/:title/", None),
            ("en/blog/a.md", "/:weekday/", None),
            ("en/blog/a.md", "/:sections[1:]/", None),
        ] {
            assert_eq!(pattern(written).of(path, &source, Some(&front)).as_deref(), address, "{path} {written}");
        }
        let undated = SourceText::new("content/en/blog/a.md", "---\nslug: Own Name\n---\n");
        assert_eq!(pattern("/:year/:slug/").of("en/blog/a.md", &undated, None), None);
        assert_eq!(pattern("/:slug/").of("en/blog/a.md", &undated, None).as_deref(), Some("/own-name/"));
    }
}
