//! Labels of a diagram: breaks text into lines and estimates their width.

use super::geometry::Size;

/// Font size in pixels.
pub(super) const FONT_SIZE: f64 = 14.0;
/// Distance between two lines in pixels.
pub(super) const LINE_HEIGHT: f64 = 19.0;
/// Maximum number of lines in a label.
const MAX_LINES: usize = 24;

/// Words on one or more lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    pub(crate) lines: Vec<String>,
}

impl Label {
    /// Parses a label in Mermaid's notation, and wraps lines that are wider than `measure` pixels.
    pub(super) fn new(text: &str, measure: f64) -> Label {
        let plain = strip_markup(text);
        let mut lines = Vec::new();
        for line in plain.split('\n') {
            wrap(line, measure, &mut lines);
        }
        lines.truncate(MAX_LINES);
        Label { lines }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The words on one line.
    pub(super) fn words(&self) -> String {
        self.lines.join(" ")
    }

    /// The size of the label.
    pub(super) fn size(&self) -> Size {
        let width = self.lines.iter().map(|line| width(line)).fold(0.0, f64::max);
        Size::new(width.ceil(), self.lines.len() as f64 * LINE_HEIGHT)
    }
}

/// Wraps a line between words, or within a word that is too wide for a line.
fn wrap(line: &str, measure: f64, lines: &mut Vec<String>) {
    let mut current = String::new();
    let mut wide = 0.0;
    for word in line.split_whitespace() {
        let space = if current.is_empty() { 0.0 } else { width(" ") };
        let word_width = width(word);
        if !current.is_empty() && wide + space + word_width > measure {
            lines.push(std::mem::take(&mut current));
            wide = 0.0;
        } else if !current.is_empty() {
            current.push(' ');
            wide += space;
        }
        for c in word.chars() {
            let char_width = letter_width(c);
            if char_width + wide > measure * 1.5 && !current.is_empty() {
                lines.push(std::mem::take(&mut current));
                wide = 0.0;
            }
            current.push(c);
            wide += char_width;
        }
    }
    if !current.is_empty() {
        lines.push(current);
    }
}

/// The approximate width of a line; the actual font depends on the reader.
pub(super) fn width(line: &str) -> f64 {
    line.chars().map(letter_width).sum()
}

fn letter_width(c: char) -> f64 {
    let share = match c {
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' => 0.27,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' | ' ' => 0.34,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '—' => 0.9,
        'A'..='Z' => 0.69,
        'a'..='z' | '0'..='9' => 0.555,
        '\u{300}'..='\u{36f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 1.0,
        '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{1f000}'..='\u{1faff}' => 1.0,
        _ => 0.6,
    };
    share * FONT_SIZE
}

/// Strips everything that is not text: quotation marks, tags, numeric references, icon names.
fn strip_markup(markup: &str) -> String {
    let text = markup.trim();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let text = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '#', '\\', '\r', '\u{0}']) {
        out.push_str(&rest[..at]);
        rest = push_special(&rest[at..], &mut out);
    }
    out.push_str(rest);
    out.retain(|c| c == '\n' || c == '\t' || !c.is_control());
    without_icons(&out).replace("**", "")
}

/// Handles a special character at the start of a text; returns the rest of the text.
fn push_special<'a>(text: &'a str, out: &mut String) -> &'a str {
    if let Some(rest) = text.strip_prefix("\\n") {
        out.push('\n');
        return rest;
    }
    let tag = text.starts_with('<').then(|| text.find('>')).flatten();
    if let Some((name, rest)) = tag.map(|end| (&text[1..end], &text[end + 1..])).filter(|(name, _)| is_tag(name)) {
        out.push_str(if name.trim_start_matches('/').starts_with("br") { "\n" } else { "" });
        return rest;
    }
    let entity = text.starts_with('#').then(|| text.find(';')).flatten().filter(|end| *end <= 9);
    if let Some((c, end)) = entity.and_then(|end| Some((entity_char(&text[1..end])?, end))) {
        out.push(c);
        return &text[end + 1..];
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    out.push_str(&text[..first]);
    &text[first..]
}

fn is_tag(tag: &str) -> bool {
    const TAGS: [&str; 12] = ["br", "b", "i", "u", "s", "em", "strong", "sub", "sup", "small", "span", "code"];
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
    TAGS.contains(&name.to_ascii_lowercase().as_str())
}

fn entity_char(name: &str) -> Option<char> {
    let entities =
        [("quot", '"'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("nbsp", ' '), ("apos", '\''), ("semi", ';')];
    let number = || name.parse().ok().and_then(char::from_u32);
    entities.iter().find(|(entity, _)| *entity == name).map(|(_, c)| *c).or_else(number)
}

/// Removes icon names such as `fa:fa-bell`, for which there is no font.
fn without_icons(text: &str) -> String {
    let is_icon = |word: &&str| !["fa:fa-", "fas:fa-", "fab:fa-"].iter().any(|icon| word.starts_with(icon));
    let line = |line: &str| line.split(' ').filter(is_icon).collect::<Vec<_>>().join(" ");
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(written: &str) -> Vec<String> {
        Label::new(written, 150.0).lines
    }

    #[test]
    fn labels_are_decoded() {
        assert_eq!(lines("\"Plan & do<br/>check\""), ["Plan & do", "check"]);
        assert_eq!(lines("a <b>bold</b> #quot;x#quot; #35;1"), ["a bold \"x\" #1"]);
        assert_eq!(lines("fa:fa-bell Ring"), ["Ring"]);
        assert_eq!(lines("less < more #nope; 5 > 4"), ["less < more #nope; 5", "> 4"]);
        assert_eq!(lines("  "), [""; 0]);
    }

    #[test]
    fn long_lines_are_broken_between_words_and_long_words_anywhere() {
        assert_eq!(lines("Relationship, service level, catalogue"), ["Relationship, service", "level, catalogue"]);
        let long = lines(&"x".repeat(100));
        assert!(long.len() > 2 && long.iter().all(|line| width(line) <= 230.0), "{long:?}");
    }

    #[test]
    fn a_letter_of_any_script_has_a_width() {
        assert!(width("変更管理") > width("abcd"));
        assert_eq!(width("e\u{301}"), width("e"));
    }
}
