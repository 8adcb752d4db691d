//! Recognizes lines that open an alert: `:::note[Title]`, `!!! note "Title"`, `??? note`, `{% hint style="info" %}`.

use std::ops::Range;

use super::alert_style;

/// The opening line of an alert. Ranges are within the line's content.
#[derive(Debug, PartialEq)]
pub(super) struct Opening<'t> {
    /// The kind as written.
    pub(crate) name: &'t str,
    /// The title above the alert.
    pub(crate) title: AlertTitle,
    /// Whether the alert can be folded.
    pub(crate) fold: Fold,
    /// How the alert ends.
    pub(crate) end: End,
    /// Words after the title, which are the start of the alert's text.
    pub(crate) rest: Option<Range<usize>>,
    /// Whether the line cannot be anything else, even if no text follows.
    pub(crate) is_certain: bool,
}

/// The title that an author gave.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum AlertTitle {
    /// No title is given, so the kind serves as the title.
    FromKind,
    /// An empty title is given, so there is none.
    Empty,
    /// The title is at a byte range.
    At(Range<usize>),
}

#[cfg(test)]
impl AlertTitle {
    /// The title in its line; `-` if none is given.
    pub(super) fn of(self, line: &str) -> &str {
        match self {
            AlertTitle::FromKind => "-",
            AlertTitle::Empty => "",
            AlertTitle::At(range) => &line[range],
        }
    }
}

/// Whether readers can fold an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Fold {
    /// The alert cannot be folded.
    Never,
    /// The alert can be folded and is initially unfolded.
    Unfolded,
    /// The alert is initially folded.
    Folded,
}

/// The end of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A line of this many colons.
    Colons(usize),
    /// A line of this many slashes.
    Slashes(usize),
    /// `{% endhint %}`.
    Tag,
    /// The first line that is not indented by four columns.
    Indentation,
}

/// Parses the content of a line.
pub(super) fn opening(line: &str) -> Option<Opening<'_>> {
    match line.as_bytes().first()? {
        b':' => container(line),
        b'/' => block(line),
        b'!' | b'?' => admonition(line),
        b'{' => hint(line),
        _ => None,
    }
}

/// The number of colons at the start of a line, and the text after them; `None` if there are fewer than three.
pub(super) fn colons(line: &str) -> Option<(usize, &str)> {
    signs(line, ':')
}

/// Like [`colons`], for any character.
pub(super) fn signs(line: &str, c: char) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(c);
    let count = line.len() - rest.len();
    (count >= 3).then(|| (count, rest.trim()))
}

/// Whether a line closes a hint.
pub(super) fn is_hint_end(line: &str) -> bool {
    tag(line).is_some_and(|inside| inside == "endhint")
}

/// The content of `{% … %}`, if that is the whole line.
fn tag(line: &str) -> Option<&str> {
    let inside = line.strip_prefix("{%")?.strip_suffix("%}").filter(|inside| !inside.contains("%}"))?;
    Some(inside.trim_matches('-').trim())
}

/// Parses `/// note | Title`, the current syntax of MkDocs for alerts.
fn block(line: &str) -> Option<Opening<'_>> {
    let (count, rest) = signs(line, '/')?;
    let name = word(rest)?;
    let after = rest[name.len()..].trim_start();
    let title = match after.strip_prefix('|') {
        Some(title) => Some(title.trim()),
        None if after.is_empty() => None,
        None => return None,
    };
    let fold = if name.eq_ignore_ascii_case("details") { Fold::Folded } else { Fold::Never };
    Some(Opening { name, title: within(line, title), fold, end: End::Slashes(count), rest: None, is_certain: true })
}

fn container(line: &str) -> Option<Opening<'_>> {
    let (count, rest) = colons(line)?;
    // Pandoc allows colons at the end, too: `::: note :::`.
    let before = rest.trim_end_matches(':');
    let rest = if rest.len() - before.len() >= 3 { before.trim_end() } else { rest };
    let (name, title, words) = if rest.starts_with('{') { attributed(rest)? } else { named(rest)? };
    let fold = if name.eq_ignore_ascii_case("details") { Fold::Folded } else { Fold::Never };
    let rest = match within(line, Some(words)) {
        AlertTitle::At(words) => Some(words),
        _ => None,
    };
    Some(Opening { name, title: within(line, title), fold, end: End::Colons(count), rest, is_certain: true })
}

/// A kind, a title, and the words after them.
type Head<'t> = (&'t str, Option<&'t str>, &'t str);

/// Parses `note`, `note Title`, `note[Title]{.class} words` and `note{title="Title"} words`.
fn named(rest: &str) -> Option<Head<'_>> {
    let name = word(rest)?;
    let after = rest[name.len()..].trim_start();
    match after.as_bytes().first() {
        None => Some((name, None, "")),
        Some(b'[') => {
            let title = bracketed(&after[1..])?;
            let after_title = &after[title.len() + 2..];
            Some((name, Some(title), braced(after_title).map_or(after_title, |(_, words)| words)))
        }
        Some(b'{') => {
            let (attributes, words) = braced(after).unwrap_or((after, ""));
            Some((name, value(attributes, "title="), words))
        }
        Some(_) if after.len() < rest.len() - name.len() => Some((name, Some(after), "")),
        Some(_) => None,
    }
}

/// Parses `{.callout-note title="Title"} words`.
fn attributed(rest: &str) -> Option<Head<'_>> {
    let (attributes, words) = braced(rest).unwrap_or((rest, ""));
    let class = &attributes[attributes.find('.')? + 1..];
    let name = word(class.strip_prefix("callout-").unwrap_or(class))?;
    Some((name, value(attributes, "title="), words))
}

/// Splits a text after the braces at its start.
fn braced(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let close = text.strip_prefix('{')?.char_indices().find(|(_, letter)| {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(*letter),
            (Some(open), letter) if open == *letter => quote = None,
            _ => {}
        }
        quote.is_none() && *letter == '}'
    });
    close.map(|(at, _)| text.split_at(at + 2))
}

fn admonition(line: &str) -> Option<Opening<'_>> {
    let (fold, rest) = [("!!!", Fold::Never), ("???+", Fold::Unfolded), ("???", Fold::Folded)]
        .iter()
        .find_map(|(mark, fold)| Some((*fold, line.strip_prefix(mark)?)))?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let name = word(rest)?;
    let after = without_classes(without_attributes(&rest[name.len()..]));
    let is_plain = |text: &str| {
        text.bytes().all(|byte| byte == b' ' || byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let quoted = in_quotes(after).filter(|(words, _)| is_plain(words));
    let words = quoted.map_or(after, |(words, _)| words);
    let own = if alert_style::find(name).is_some() {
        after.trim_start_matches([':', ' '])
    } else {
        &rest[..rest.len().min(name.len() + after.len())]
    };
    let title = match quoted {
        Some((_, title)) if may_be_classes(words) => Some(title),
        Some(_) => Some(own),
        None => Some(own).filter(|_| !words.split(' ').all(is_class)),
    };
    let is_sure = is_plain(words);
    Some(Opening { name, title: within(line, title), fold, end: End::Indentation, rest: None, is_certain: is_sure })
}

/// Strips attributes such as `{: .class }` from the end.
fn without_attributes(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix('}').and_then(|rest| rest.rsplit_once(" {")).map_or(text, |(before, _)| before)
}

/// Strips placement classes from the end, after a quoted title: `"Title" inline end`.
fn without_classes(text: &str) -> &str {
    let end = text.rfind(|c: char| !c.is_ascii_lowercase() && c != ' ').map_or(0, |at| text.ceil_char_boundary(at + 1));
    let (title, classes) = text.split_at(end);
    if title.ends_with(['"', '”', '“', '»', '\'']) && classes.split(' ').all(is_class) { title } else { text }
}

/// The quoted title at the end of a text, and the words before it.
fn in_quotes(text: &str) -> Option<(&str, &str)> {
    let marks = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('\'', '\'')];
    let text = text.trim_end();
    marks.iter().find_map(|(open, close)| {
        let (words, rest) = text.split_once(*open)?;
        let is_apart = words.is_empty() || words.ends_with([' ', ':']);
        Some((words.trim_end_matches(':'), rest.strip_suffix(*close)?)).filter(|_| is_apart)
    })
}

/// Whether a word is a placement class of MkDocs Material, or empty.
fn is_class(word: &str) -> bool {
    matches!(word, "" | "inline" | "end" | "annotate")
}

/// Whether the words before a quoted title are classes; a sentence starts with a capital, or is longer.
fn may_be_classes(words: &str) -> bool {
    let own = || words.split(' ').filter(|word| !is_class(word));
    own().count() <= 2 && own().all(|word| !word.contains(|c: char| c.is_ascii_uppercase()))
}

fn hint(line: &str) -> Option<Opening<'_>> {
    let inside = tag(line)?.strip_prefix("hint")?;
    let style = quoted(inside, "style=");
    let written = style.unwrap_or_else(|| inside.trim());
    let kind = if written.is_empty() { "" } else { word(written)? };
    let name = if kind.is_empty() { "info" } else { kind };
    // If no style is given, everything after the kind is the title.
    let unnamed = || Some(&written[kind.len()..]).filter(|words| style.is_none() && !words.trim().is_empty());
    let title = quoted(inside, "title=").or_else(unnamed);
    Some(Opening { name, title: within(line, title), fold: Fold::Never, end: End::Tag, rest: None, is_certain: true })
}

/// The name at the start of a text.
fn word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    let name = &text[..end.unwrap_or(text.len())];
    name.starts_with(char::is_alphabetic).then_some(name)
}

/// The text up to the matching closing bracket.
fn bracketed(text: &str) -> Option<&str> {
    let mut open = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open += 1,
            b']' if open == 0 => return Some(&text[..at]),
            b']' => open -= 1,
            _ => {}
        }
    }
    None
}

/// The value of a quoted attribute.
fn quoted<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let value = &text[text.find(key)? + key.len()..];
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// The value of an attribute in braces, quoted or not.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let bare = || {
        let value = &text[text.find(key)? + key.len()..];
        value.split([' ', '}']).next().filter(|value| !value.starts_with(['"', '\'']))
    };
    quoted(text, key).or_else(bare)
}

/// The position of a title in its line.
pub(super) fn within(line: &str, title: Option<&str>) -> AlertTitle {
    let Some(title) = title else { return AlertTitle::FromKind };
    let trimmed = title.trim();
    if trimmed.is_empty() {
        return AlertTitle::Empty;
    }
    let start = trimmed.as_ptr().addr() - line.as_ptr().addr();
    AlertTitle::At(start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(&str, &str, Fold)> {
        let Opening { name, title, fold, .. } = opening(line)?;
        Some((name, title.of(line), fold))
    }

    #[test]
    fn every_dialect_says_kind_title_and_folding() {
        for (line, expected) in [
            (":::note", ("note", "-", Fold::Never)),
            ("::: warning Mind the *step*", ("warning", "Mind the *step*", Fold::Never)),
            ("::::tip[A [link](x.md)]{#id}", ("tip", "A [link](x.md)", Fold::Never)),
            (":::tip{title=\"Own\"}", ("tip", "Own", Fold::Never)),
            ("::: {.callout-caution collapse=true title='Own'}", ("caution", "Own", Fold::Never)),
            (":::details More", ("details", "More", Fold::Folded)),
            ("!!! note", ("note", "-", Fold::Never)),
            ("!!!note", ("note", "-", Fold::Never)),
            ("!!! tip inline end \"Own\"", ("tip", "Own", Fold::Never)),
            ("!!! tip \"\"", ("tip", "", Fold::Never)),
            ("!!! tip \"Own\" inline end", ("tip", "Own", Fold::Never)),
            ("::: note :::", ("note", "-", Fold::Never)),
            ("::: note Own title ::::::", ("note", "Own title", Fold::Never)),
            ("??? info \"Own\"", ("info", "Own", Fold::Folded)),
            ("???+ info", ("info", "-", Fold::Unfolded)),
            ("{% hint style=\"danger\" %}", ("danger", "-", Fold::Never)),
            ("{%- hint style='info' -%}", ("info", "-", Fold::Never)),
            ("{% hint warning %}", ("warning", "-", Fold::Never)),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn words_without_quotation_marks_are_the_title() {
        for (line, expected) in [
            ("!!! warning Do not restart", ("warning", "Do not restart", Fold::Never)),
            ("??? question What if it fails", ("question", "What if it fails", Fold::Folded)),
            ("!!! Stop the pump", ("Stop", "Stop the pump", Fold::Never)),
            ("!!! tip inline end", ("tip", "-", Fold::Never)),
            ("!!! tip end of the day", ("tip", "end of the day", Fold::Never)),
            ("!!! note wide \"Own\"", ("note", "Own", Fold::Never)),
            ("!!! note Do not open \"valves\"", ("note", "Do not open \"valves\"", Fold::Never)),
            ("!!! note never stop both \"pumps\"", ("note", "never stop both \"pumps\"", Fold::Never)),
            ("!!! warning Störung, nachts", ("warning", "Störung, nachts", Fold::Never)),
            ("!!! warning Don't restart", ("warning", "Don't restart", Fold::Never)),
            ("!!! note: Hours", ("note", "Hours", Fold::Never)),
            ("!!! note 'Hours'", ("note", "Hours", Fold::Never)),
            ("!!! note “Hours”", ("note", "Hours", Fold::Never)),
            ("!!! note \"Hours\" {: .x}", ("note", "Hours", Fold::Never)),
            ("??? tip 24/7", ("tip", "24/7", Fold::Folded)),
            (":::tip{title=Own}", ("tip", "Own", Fold::Never)),
            ("{% hint warning Mind it %}", ("warning", "Mind it", Fold::Never)),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn words_behind_a_title_are_text() {
        let rest = |line| opening(line).and_then(|opening| opening.rest).map(|rest| &line[rest]);
        assert_eq!(rest(":::danger[Power] Switch off first"), Some("Switch off first"));
        assert_eq!(rest(":::danger[Power]{#id .a} Switch off"), Some("Switch off"));
        assert_eq!(rest(":::tip{title=\"a } b\"} Words"), Some("Words"));
        assert_eq!(rest("::: {.callout-note} Words"), Some("Words"));
        assert_eq!(rest("::: note Words"), None);
        assert_eq!(rest(":::tip[A]{#id}"), None);
    }

    #[test]
    fn other_lines_open_nothing() {
        for line in [
            ":::",
            ": note",
            "::note",
            ":::note]",
            "!!! 12",
            "!!",
            "???",
            "{% raw %}",
            "{% hint style=\"info\" %} Mind it {% endhint %}",
            "{{x}}",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
        assert!(is_hint_end("{% endhint %}") && !is_hint_end("{% hint %}"));
    }
}
