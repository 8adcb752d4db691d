//! Addresses that another generator derived from a page's section, date and title.

use super::decode::front_entries;
use super::front_matter::FrontMatter;
use crate::date::Date;
use crate::language::is_language_tag;
use crate::place::SourceText;
use crate::yaml::{Entry, Value};

/// Folders below the content folder, each with the pattern of the addresses of its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Permalinks(pub(crate) Vec<(String, String)>);

/// The facts about a page that its address was derived from.
struct PageFacts<'a> {
    /// Names of its folders, without that of a language.
    folders: Vec<&'a str>,
    /// The name of its file, or of the folder if its file is `index`.
    name: &'a str,
    title: Option<&'a str>,
    slug: Option<String>,
    date: Option<Date>,
}

/// A part of a pattern.
enum PatternPart<'p> {
    Text(&'p str),
    /// A `:word`, with the content of any brackets after it.
    Word(&'p str, Option<&'p str>),
}

/// Words that a pattern may contain; `:sections` may have brackets after it.
pub(crate) const PATTERN_WORDS: [&str; 15] = [
    "year",
    "month",
    "monthname",
    "day",
    "weekday",
    "weekdayname",
    "yearday",
    "section",
    "sections",
    "title",
    "slug",
    "contentbasename",
    "filename",
    "slugorcontentbasename",
    "slugorfilename",
];

/// The parts of a pattern; a colon that no word follows is text.
fn parts(pattern: &str) -> impl Iterator<Item = PatternPart<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        let after_colon = rest.strip_prefix(':').unwrap_or_default();
        let end = after_colon.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after_colon.len());
        if rest.is_empty() {
            return None;
        }
        if end == 0 {
            let text = rest.char_indices().skip(1).find(|(_, c)| *c == ':').map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(text);
            rest = after;
            return Some(PatternPart::Text(text));
        }
        let (word, after) = after_colon.split_at(end);
        let brackets = after.strip_prefix('[').and_then(|inside| inside.split_once(']'));
        rest = brackets.map_or(after, |(_, after)| after);
        Some(PatternPart::Word(word, brackets.map(|(inside, _)| inside)))
    })
}

/// The first unsupported part of a pattern: a `:word` with its brackets, or brackets alone.
pub(crate) fn unknown_word(pattern: &str) -> Option<String> {
    parts(pattern).find_map(|part| match part {
        PatternPart::Text(text) => text.contains(['[', ']']).then(|| text.to_owned()),
        PatternPart::Word("sections", Some(brackets)) if Slice::parse(brackets).is_some() => None,
        PatternPart::Word(word, None) if PATTERN_WORDS.contains(&word) => None,
        PatternPart::Word(word, None) => Some(format!(":{word}")),
        PatternPart::Word(word, Some(brackets)) => Some(format!(":{word}[{brackets}]")),
    })
}

/// The sections of a page that are part of its address: one, or a range that excludes its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slice {
    One(SliceBound),
    Range(Option<SliceBound>, Option<SliceBound>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SliceBound {
    At(usize),
    Last,
}

impl Slice {
    /// Parses the content of brackets, such as `0`, `last`, `1:` or `:last`.
    fn parse(brackets: &str) -> Option<Slice> {
        let place = |text: &str| match text.trim() {
            "last" => Some(SliceBound::Last),
            number => number.parse().ok().map(SliceBound::At),
        };
        let limit = |text: &str| if text.trim().is_empty() { Some(None) } else { place(text).map(Some) };
        match brackets.split_once(':') {
            None => Some(Slice::One(place(brackets)?)),
            Some((from, to)) => Some(Slice::Range(limit(from)?, limit(to)?)),
        }
    }

    fn select<'s>(self, sections: &'s [&'s str]) -> &'s [&'s str] {
        let count = sections.len();
        let at = |place: SliceBound| match place {
            SliceBound::At(at) => at.min(count),
            SliceBound::Last => count.saturating_sub(1),
        };
        let (from, to) = match self {
            Slice::One(place) => (at(place), (at(place) + 1).min(count)),
            Slice::Range(from, to) => (from.map_or(0, at), to.map_or(count, at)),
        };
        sections.get(from..to).unwrap_or_default()
    }
}

impl Permalinks {
    /// The address that a page had; `path` is relative to the content folder.
    pub(crate) fn resolve(&self, path: &str, source: &SourceText, front: Option<&FrontMatter>) -> Option<String> {
        let below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let (_, pattern) = self.0.iter().filter(|(folder, _)| below(folder)).max_by_key(|(folder, _)| folder.len())?;
        let (mut folders, name) = split(path)?;
        if folders.first().is_some_and(|first| is_language_tag(first)) {
            folders.remove(0);
        }
        let entries = front_entries(source).unwrap_or_default();
        let title = front.and_then(|front| front.title.as_ref()).map(|title| title.value.as_str());
        // If it includes a time, only the date matters.
        let date = text_value(&entries, "date").and_then(|date| date.get(..10)?.parse().ok());
        let page = PageFacts { folders, name, title, slug: text_value(&entries, "slug"), date };
        page.fill(pattern)
    }
}

/// The folders of a page, and its name; `None` for the introduction of a section.
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

fn text_value(entries: &[Entry], key: &str) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.key.value.eq_ignore_ascii_case(key))?;
    match &entry.value.value {
        Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

impl PageFacts<'_> {
    /// Fills in a pattern's `:words` for the page; `None` if the page lacks one of them.
    fn fill(&self, pattern: &str) -> Option<String> {
        parts(pattern)
            .map(|part| match part {
                PatternPart::Text(text) => Some(text.to_owned()).filter(|text| !text.contains(['[', ']'])),
                PatternPart::Word("sections", Some(brackets)) => Some(self.sections(Slice::parse(brackets)?)),
                PatternPart::Word(_, Some(_)) => None,
                PatternPart::Word(word, None) => self.word(word),
            })
            .collect()
    }

    fn sections(&self, slice: Slice) -> String {
        slice.select(&self.folders).iter().map(|name| as_address(name)).collect::<Vec<_>>().join("/")
    }

    fn word(&self, word: &str) -> Option<String> {
        let day = || self.date.map(|date| date.to_string());
        let name = |names: &[&str], at: usize| names.get(at).map(|name| (*name).to_owned());
        let slug = || self.slug.as_deref().map(as_address);
        let title = || self.title.map(as_address);
        match word {
            "year" => day()?.get(..4).map(str::to_owned),
            "month" => day()?.get(5..7).map(str::to_owned),
            "day" => day()?.get(8..10).map(str::to_owned),
            "monthname" => name(&MONTHS, day()?.get(5..7)?.parse::<usize>().ok()?.checked_sub(1)?),
            "weekday" => Some(self.date?.weekday_from_sunday().to_string()),
            "weekdayname" => name(&WEEKDAYS, self.date?.weekday_from_sunday()),
            "yearday" => Some(self.date?.day_of_year().to_string()),
            "section" => self.folders.first().map(|section| as_address(section)),
            "sections" => Some(self.sections(Slice::Range(None, None))),
            "title" => title(),
            "slug" => slug().or_else(title),
            "contentbasename" | "filename" => Some(as_address(self.name)),
            "slugorcontentbasename" | "slugorfilename" => slug().or_else(|| Some(as_address(self.name))),
            _ => None,
        }
    }
}

/// Names of months and weekdays as they appear in addresses.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// A string as a part of an address: in lower case, without spaces and most punctuation.
fn as_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut needs_dash = false;
    for c in text.to_lowercase().chars() {
        if c == '-' || c.is_whitespace() {
            needs_dash = !out.is_empty();
        } else if c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '~' | '@') {
            out.extend(std::mem::take(&mut needs_dash).then_some('-'));
            out.push(c);
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
            ("en/blog/a.md", "/:century/", None),
            ("en/blog/a.md", "/:title[1:]/", None),
            ("en/blog/a.md", "/:year/:yearday/:monthname/:weekday-:weekdayname", Some("/2026/64/march/4-thursday")),
            ("en/blog/a/b/c.md", "/:sections[1:]/:filename/", Some("/a/b/c/")),
            ("en/blog/a/b/c.md", "/:sections[:last]/:sections[last]", Some("/blog/a/b")),
            ("en/blog/a/b/c.md", "/:sections[0]:sections[7]/:sections[2:1]x:/", Some("/blog/x:/")),
        ] {
            assert_eq!(pattern(written).resolve(path, &source, Some(&front)).as_deref(), address, "{path} {written}");
        }
        let undated = SourceText::new("content/en/blog/a.md", "---\nslug: Own Name\n---\n");
        assert_eq!(pattern("/:year/:slug/").resolve("en/blog/a.md", &undated, None), None);
        assert_eq!(pattern("/:slug/").resolve("en/blog/a.md", &undated, None).as_deref(), Some("/own-name/"));
    }

    #[test]
    fn unknown_permalink_words_are_reported() {
        for (pattern, unknown) in [
            ("/:section/:year/:slug/", None),
            ("/a:/:sections[1:last]/:sections[ 0 ]", None),
            ("/:yaer/:month", Some(":yaer")),
            ("/:sections[first]", Some(":sections[first]")),
            ("/:title[1]", Some(":title[1]")),
            ("/:sections[1", Some("[1")),
            ("/x]/:slug", Some("/x]/")),
        ] {
            assert_eq!(unknown_word(pattern).as_deref(), unknown, "{pattern}");
        }
    }
}
