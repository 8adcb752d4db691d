//! Markers at the start of a line that look like those of a list item.

use super::east_asian;
use crate::markdown::info::is_east_asian;

/// The marker of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemMarker {
    style: Style,
    /// The number, or the code of a single letter; `None` for a bullet and for several letters.
    number: Option<u32>,
    /// The value of its letters as a Roman numeral.
    roman: Option<u32>,
    /// Whether Markdown reads it, unless the line is in a paragraph or in HTML.
    pub(super) is_markdown: bool,
}

/// The form of a marker, apart from its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `•`, or `-` with or without a space after it.
    Bullet(char),
    /// `1.`, `a)`, `(1)`: the characters around the number, and whether it consists of letters, in upper case.
    Numbered { open: bool, close: char, is_letter: bool, is_capital: bool },
    /// `1.2`, with the value of everything before the last number.
    Section { parent: u32 },
    /// `Step 1:`
    Step,
}

/// Bullet characters of word processors.
const BULLETS: &str = "◎▲❖◇◆★☆•◦▪▫●○‣⁃∙·・►▶➢➤\u{f0a7}\u{f0b7}\u{f0d8}\u{f076}";
/// Signs that begin items, and also remarks within an item.
const POINTERS: &str = "🔹👉➡";
/// Boxes and ticks, which may alternate in one list.
const BOXES: &str = "✓✔✗✘☐☑☒□■✅❌";
/// Signs that begin items, and also wrapped lines.
const DASHES: &str = "–—→";
/// Words for a step before its number; some languages write no space between them.
const STEPS: [&str; 19] = [
    "step",
    "schritt",
    "étape",
    "etape",
    "paso",
    "passo",
    "stap",
    "krok",
    "steg",
    "trin",
    "手順",
    "步骤",
    "ステップ",
    "phase",
    "punkt",
    "etapa",
    "passaggio",
    "§",
    "art.",
];

impl ItemMarker {
    /// Reads the marker at the start of a line.
    pub(super) fn read(line: &str) -> Option<ItemMarker> {
        let first = line.chars().next()?;
        match first {
            '-' | '+' | '*' => ItemMarker::hyphen(line, first),
            '#' if line.starts_with("#. ") => Some(ItemMarker::bullet(first)),
            '#' => ItemMarker::hash(line),
            'o' if line.strip_prefix("o ").is_some_and(|text| text.starts_with(char::is_uppercase)) => {
                Some(ItemMarker::bullet(first))
            }
            '(' if line.starts_with("(@") => Some(ItemMarker::bullet('@')),
            '０'..='９' => ItemMarker::wide_number(line),
            '»' => line.starts_with("» ").then_some(ItemMarker::bullet(first)),
            '[' => ItemMarker::bracketed(line),
            '0'..='9' if line.get(1..).is_some_and(|rest| rest.starts_with(KEYCAPS)) => ItemMarker::keycap(line),
            '＊' | '－' if line[first.len_utf8()..].starts_with([' ', '\u{3000}']) => Some(ItemMarker::bullet(first)),
            _ if !first.is_ascii() && east_asian::may_begin(first) => {
                east_asian::number(line).map(ItemMarker::east_asian)
            }
            's' | 'S' | 'p' | 'P' | 'e' | 'E' | 'k' | 'K' | 't' | 'T' | 'É' | 'é' | '手' | '步' | 'ス' | '§' | 'a'
            | 'A'
                if is_step(line) =>
            {
                ItemMarker::step(line)
            }
            '－' | 'ー' | '―' | '‐' | '−' | '〇' if line.chars().nth(1).is_some_and(is_east_asian) => {
                Some(ItemMarker::bullet(first))
            }
            _ if BOXES.contains(first) => Some(ItemMarker::bullet('☐')),
            _ if !first.is_ascii() => [BULLETS, DASHES, POINTERS]
                .iter()
                .any(|signs| signs.contains(first))
                .then_some(ItemMarker::bullet(first)),
            '(' | '0'..='9' | 'a'..='z' | 'A'..='Z' => ItemMarker::section(line)
                .or_else(|| ItemMarker::numbered(line))
                .or_else(|| east_asian::number(line).filter(|_| first == '(').map(ItemMarker::east_asian)),
            _ => None,
        }
    }

    /// Reads the marker at the start of a line, even if it is emphasized or escaped: `**1.** words`, `1\. words`.
    /// Returns where it begins on the page.
    pub(super) fn read_marked(line: &str) -> Option<(usize, ItemMarker)> {
        if let Some((open, marker)) = ItemMarker::emphasized(line) {
            return Some((open, ItemMarker { is_markdown: false, ..marker }));
        }
        let start = &line[..line.floor_char_boundary(MAX_ESCAPED_BYTES)];
        if memchr::memchr(b'\\', start.as_bytes()).is_none() {
            return ItemMarker::read(line).map(|marker| (0, marker));
        }
        let plain = start.replace('\\', "") + &line[start.len()..];
        ItemMarker::read(&plain).map(|marker| (0, ItemMarker { is_markdown: false, ..marker }))
    }

    /// Reads an emphasized number, and the length of the mark before it.
    fn emphasized(line: &str) -> Option<(usize, ItemMarker)> {
        let (open, close) = EMPHASIS.iter().find(|(open, _)| line.starts_with(open))?;
        let near = &line[open.len()..line.floor_char_boundary(open.len() + MAX_LABEL_BYTES)];
        let (label, words) = near.split_once(close)?;
        let marker = ItemMarker::read(&format!("{label} {}", words.trim_start()))?;
        let is_number = !matches!(marker.style, Style::Bullet(_)) && !label.ends_with(char::is_alphabetic);
        (is_number && words.starts_with(is_space)).then_some((open.len(), marker))
    }

    fn bullet(c: char) -> ItemMarker {
        ItemMarker { style: Style::Bullet(c), number: None, roman: None, is_markdown: false }
    }

    /// Reads `- words`, `-words` and, as wikis write it one level below, `-- words`.
    fn hyphen(line: &str, mark: char) -> Option<ItemMarker> {
        let rest = &line[1..];
        let deeper = rest.trim_start_matches(mark);
        let is_deeper = deeper.len() < rest.len() && deeper.starts_with(' ') && line.len() - deeper.len() < 4;
        let has_words = deeper.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '[');
        let is_markdown = rest.starts_with([' ', '\t']);
        let is_item = rest.starts_with(is_space) || is_deeper && has_words || rest.starts_with(char::is_alphabetic);
        is_item.then_some(ItemMarker { is_markdown, ..ItemMarker::bullet(mark) })
    }

    /// Reads `Step 1: words` and `Step 1. Words`.
    fn step(line: &str) -> Option<ItemMarker> {
        let rest = line.trim_start_matches(|c: char| !c.is_ascii_digit());
        let length = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let (name, rest) = rest.split_at(length);
        let rest = rest.trim_start_matches([' ', '\u{a0}']);
        let number = name.parse().ok().filter(|_| length < 4)?;
        let is_apart = rest.len() + length < line.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
        let is_closed = rest.starts_with([':', '：', '.', ')', '–', '—', '-', '、', '．'])
            || is_apart && rest.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        is_closed.then_some(ItemMarker { style: Style::Step, number: Some(number), roman: None, is_markdown: false })
    }

    fn numbered(line: &str) -> Option<ItemMarker> {
        let inner = line.strip_prefix('(');
        let rest = inner.unwrap_or(line);
        let length = rest.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = rest.split_at(length);
        let number = name.parse().ok().filter(|_| length <= 3);
        let (close, after) = closing(rest, number.is_some())?;
        let is_tight = !after.starts_with(is_space);
        let roman = roman(&name.to_ascii_lowercase());
        let letter = name.bytes().next().filter(|_| length == 1).map(|letter| u32::from(letter | 0x20));
        let is_letter = number.is_none();
        let is_capital = name.starts_with(|c: char| c.is_ascii_uppercase());
        let may_be_tight =
            !is_letter && matches!(close, '.' | ')') && after.starts_with(char::is_alphabetic) || !close.is_ascii();
        let may_be_tight =
            may_be_tight || is_letter && !is_capital && close == '.' && after.starts_with(char::is_uppercase);
        let is_closed = inner.is_none() || close == ')';
        let is_item =
            is_closed && (!is_tight || may_be_tight) && (number.is_some() || letter.is_some() || roman.is_some());
        let is_markdown =
            inner.is_none() && number.is_some() && after.starts_with([' ', '\t']) && matches!(close, '.' | ')');
        let style = Style::Numbered { open: inner.is_some(), close, is_letter, is_capital };
        is_item.then_some(ItemMarker { style, number: number.or(letter), roman, is_markdown })
    }

    /// Reads `[1] words`.
    fn bracketed(line: &str) -> Option<ItemMarker> {
        let (number, words) = line[1..].split_once(']')?;
        let is_item =
            number.len() < 3 && words.strip_prefix(' ').is_some_and(|words| words.starts_with(char::is_alphabetic));
        number.parse().ok().filter(|_| is_item).map(|number| ItemMarker::other_number(']', number))
    }

    /// Reads `#1 words`.
    fn hash(line: &str) -> Option<ItemMarker> {
        let rest = &line[1..];
        let length = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        let is_item = rest[length..].strip_prefix(' ').is_some_and(|words| words.starts_with(char::is_alphabetic));
        let number = rest[..length].parse().ok().filter(|_| is_item)?;
        Some(ItemMarker::other_number('#', number))
    }

    /// Reads a digit as a key of a telephone: `1️⃣ words`.
    fn keycap(line: &str) -> Option<ItemMarker> {
        line.chars().next().and_then(|c| c.to_digit(10)).map(|number| ItemMarker::other_number(KEYCAP, number))
    }

    fn east_asian((sign, number): (char, u32)) -> ItemMarker {
        ItemMarker::other_number(sign, number)
    }

    /// A number in another form, which `sign` stands for.
    fn other_number(sign: char, number: u32) -> ItemMarker {
        let style = Style::Numbered { open: false, close: sign, is_letter: false, is_capital: false };
        ItemMarker { style, number: Some(number), roman: None, is_markdown: false }
    }

    /// Reads `１．words`, with digits of full width.
    fn wide_number(line: &str) -> Option<ItemMarker> {
        let digit = |c: char| u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
        let count = line.chars().take(3).take_while(|c| digit(*c).is_some()).count();
        let number = line.chars().take(count).filter_map(digit).fold(0, |number, digit| number * 10 + digit);
        let close = line.chars().nth(count).filter(|c| CLOSING_SIGNS.contains(*c) || *c == WIDE_SPACE)?;
        let style = Style::Numbered { open: false, close, is_letter: false, is_capital: false };
        Some(ItemMarker { style, number: Some(number), roman: None, is_markdown: false })
    }

    /// Reads `1.2 Words`.
    fn section(line: &str) -> Option<ItemMarker> {
        let length = line.bytes().take(12).take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (name, rest) = line.split_at(length);
        let (parent, last) = name.trim_end_matches('.').rsplit_once('.')?;
        let groups = || parent.split('.').map(|group| group.parse::<u32>().ok().filter(|_| group.len() < 3));
        let is_title = rest.strip_prefix(' ')?.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        let number = last.parse().ok().filter(|_| last.len() < 3)?;
        let parent = groups().try_fold(1, |all, group| Some(all * 100 + group?))?;
        let style = Style::Section { parent };
        is_title.then_some(ItemMarker { style, number: Some(number), roman: None, is_markdown: false })
    }

    /// Whether a list may begin with this marker: `J. Doe` above `K. Roe` are names.
    pub(super) fn is_first(&self) -> bool {
        let is_initial = matches!(self.style, Style::Numbered { open: false, close: '.', is_capital: true, .. });
        !is_initial || self.number == Some(u32::from(b'a')) || self.roman == Some(1)
    }

    /// Whether it may be the initial of a name, and `next` the next initial: `A. Meier` above `B. Ray`. Three in a row
    /// are a list.
    pub(super) fn may_be_initials(&self, next: &ItemMarker) -> bool {
        let is_initial = matches!(self.style, Style::Numbered { open: false, close: '.', is_capital: true, .. });
        is_initial && self.number.is_some() && next.number.is_some()
    }

    /// Whether `next` is the following item of the same list.
    pub(super) fn is_before(&self, next: &ItemMarker) -> bool {
        let follows =
            |one: Option<u32>, other: Option<u32>| one.zip(other).is_some_and(|(one, other)| one + 1 == other);
        let is_bullet = matches!(self.style, Style::Bullet(_));
        self.style == next.style && (is_bullet || follows(self.number, next.number) || follows(self.roman, next.roman))
    }

    /// Whether it begins an item wherever it is at the start of a line, even below an item of another kind.
    pub(super) fn is_sure_bullet(&self) -> bool {
        let Style::Bullet(sign) = self.style else { return false };
        !sign.is_ascii() && ![DASHES, POINTERS, "∙·・»－ー―‐−〇"].iter().any(|signs| signs.contains(sign))
    }
}

/// The space that an East Asian keyboard writes.
const WIDE_SPACE: char = '\u{3000}';

/// Whether a character is white space or looks like it.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_wide_space(c)
}

/// Whether a character looks like a space, but is not one to Markdown: word processors and East Asian keyboards write
/// it after the marker of an item.
pub(super) fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | WIDE_SPACE | '\u{feff}')
}

/// The marks of emphasis that may be around a marker.
const EMPHASIS: [(&str, &str); 6] =
    [("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>"), ("*", "*"), ("_", "_")];
/// The most bytes of an escaped marker.
const MAX_ESCAPED_BYTES: usize = 8;
/// The longest emphasized marker with what closes it, in bytes.
const MAX_LABEL_BYTES: usize = 32;

/// Signs after the number of an item.
const CLOSING_SIGNS: &str = ".)、．）ºª";

/// Pairs of signs after the number of an item, and the sign that represents each of them.
const CLOSING_PAIRS: [(&str, char); 6] = [(".)", ';'), (".-", '-'), (" –", '–'), (" -", '-'), ("-", '-'), ("–", '–')];
/// The sign over a digit that is a key of a telephone, with and without the one that makes it an emoji.
const KEYCAP: char = '\u{20e3}';
const KEYCAPS: [char; 2] = ['\u{fe0f}', KEYCAP];

/// The sign after the number of an item, and the text after it.
fn closing(rest: &str, is_number: bool) -> Option<(char, &str)> {
    let pair = CLOSING_PAIRS.iter().find_map(|(signs, close)| Some((*close, rest.strip_prefix(signs)?)));
    let has_words = |after: &str| after.strip_prefix(' ').is_some_and(|words| words.starts_with(char::is_alphabetic));
    let is_sure = |close: char, after: &str| close == ';' && after.starts_with(' ') || has_words(after);
    if let Some(pair) = pair.filter(|(close, after)| (is_number || rest.starts_with(".-")) && is_sure(*close, after)) {
        return Some(pair);
    }
    let close = rest.chars().next()?;
    let after = &rest[close.len_utf8()..];
    let is_closing = CLOSING_SIGNS.contains(close)
        || is_number && close == WIDE_SPACE
        || is_number && ":/°".contains(close) && after.starts_with(' ')
        || is_number && close == '，' && after.starts_with(char::is_alphabetic);
    is_closing.then_some((close, after))
}

/// Whether a line begins with a word for a step, and a number.
fn is_step(line: &str) -> bool {
    let end = line.find(|c: char| c.is_ascii_digit()).filter(|end| *end <= MAX_STEP_BYTES);
    let word = end.and_then(|end| line.get(..end)).map(|word| word.trim_end_matches([' ', '\u{a0}', '(', '#']));
    let word = word.map(str::to_lowercase);
    word.is_some_and(|word| STEPS.contains(&word.as_str()))
}

/// The maximum length of a word for a step with the space after it, in bytes.
const MAX_STEP_BYTES: usize = 14;

/// The value of a Roman numeral up to ten.
fn roman(name: &str) -> Option<u32> {
    let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    numerals.iter().position(|numeral| *numeral == name).and_then(|at| u32::try_from(at + 1).ok())
}
