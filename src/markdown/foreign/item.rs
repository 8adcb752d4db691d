//! Markers at the start of a line that look like those of a list item.

/// The marker of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemMarker {
    style: Style,
    /// The number, or the code of a single letter; `None` for a bullet and for several letters.
    number: Option<u32>,
    /// The value of its letters as a Roman numeral.
    roman: Option<u32>,
}

/// The form of a marker, apart from its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `•`, or `-` without a space after it.
    Bullet(char),
    /// `1.`, `a)`, `(1)`: the characters around the number, whether it consists of letters, in upper case, and whether
    /// text follows without a space.
    Numbered { open: bool, close: char, is_letter: bool, is_capital: bool, is_tight: bool },
}

/// Bullet characters of word processors.
const BULLETS: &str = "•◦▪▫●○‣∙·・■□►▶➢➤✓✔☐☑☒\u{f0a7}\u{f0b7}\u{f0d8}\u{f076}";

impl ItemMarker {
    /// Reads the marker at the start of a line; `None` for bullets that Markdown reads.
    pub(super) fn read(line: &str) -> Option<ItemMarker> {
        let first = line.chars().next()?;
        match first {
            '-' | '+' | '*' => {
                let is_tight = line[1..].starts_with(char::is_alphabetic);
                is_tight.then_some(ItemMarker::bullet(first))
            }
            '#' => line.starts_with("#. ").then_some(ItemMarker::bullet(first)),
            '(' if line.starts_with("(@") => Some(ItemMarker::bullet('@')),
            _ if !first.is_ascii() => BULLETS.contains(first).then_some(ItemMarker::bullet(first)),
            '(' | '0'..='9' | 'a'..='z' | 'A'..='Z' => ItemMarker::numbered(line),
            _ => None,
        }
    }

    fn bullet(sign: char) -> ItemMarker {
        ItemMarker { style: Style::Bullet(sign), number: None, roman: None }
    }

    fn numbered(line: &str) -> Option<ItemMarker> {
        let inside = line.strip_prefix('(');
        let rest = inside.unwrap_or(line);
        let length = rest.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = rest.split_at(length);
        let close = rest.chars().next().filter(|sign| matches!(sign, '.' | ')' | '、' | '．' | '）'))?;
        let behind = &rest[close.len_utf8()..];
        let is_tight = !behind.starts_with([' ', '\t']);
        let number = name.parse().ok().filter(|_| length <= 3);
        let roman = roman(&name.to_ascii_lowercase());
        let letter = name.bytes().next().filter(|_| length == 1).map(|letter| u32::from(letter | 0x20));
        let is_letter = number.is_none();
        let is_capital = name.starts_with(|letter: char| letter.is_ascii_uppercase());
        let may_be_tight = !is_letter && behind.starts_with(char::is_alphabetic) || !close.is_ascii();
        let is_closed = inside.is_none() || close == ')';
        let is_item =
            is_closed && (!is_tight || may_be_tight) && (number.is_some() || letter.is_some() || roman.is_some());
        let style = Style::Numbered { open: inside.is_some(), close, is_letter, is_capital, is_tight };
        is_item.then_some(ItemMarker { style, number: number.or(letter), roman })
    }

    /// Whether a list may begin with this marker: `J. Doe` above `K. Roe` are names.
    pub(super) fn is_first(&self) -> bool {
        let is_initial = matches!(self.style, Style::Numbered { open: false, close: '.', is_capital: true, .. });
        !is_initial || self.number == Some(u32::from(b'a')) || self.roman == Some(1)
    }

    /// Whether `next` is the following item of the same list.
    pub(super) fn is_before(&self, next: &ItemMarker) -> bool {
        let follows =
            |one: Option<u32>, other: Option<u32>| one.zip(other).is_some_and(|(one, other)| one + 1 == other);
        let is_bullet = matches!(self.style, Style::Bullet(_));
        self.style == next.style && (is_bullet || follows(self.number, next.number) || follows(self.roman, next.roman))
    }
}

/// The value of a Roman numeral up to ten.
fn roman(name: &str) -> Option<u32> {
    let known = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    known.iter().position(|one| *one == name).and_then(|at| u32::try_from(at + 1).ok())
}
