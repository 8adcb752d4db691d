//! What a line begins with that looks like the mark of an item.

/// The mark of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    style: Style,
    /// Its number, or that of its letter; none for a bullet.
    number: Option<u32>,
    /// The same, when its letters are read as a Roman number.
    roman: Option<u32>,
}

/// What a mark looks like, apart from its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `•`, or `-` without a space.
    Bullet(char),
    /// `1.`, `a)`, `(1)`: what stands before and behind the number, whether it is one of letters, and whether words follow at once.
    Numbered { open: bool, close: char, is_letter: bool, is_capital: bool, is_tight: bool },
}

/// Signs that word processors set before items.
const BULLETS: &str = "•◦▪▫●○‣∙·・■□►▶➢➤✓✔☐☑☒\u{f0a7}\u{f0b7}\u{f0d8}\u{f076}";

impl Item {
    /// The mark that a line begins with.
    pub(super) fn read(line: &str) -> Option<Item> {
        let first = line.chars().next()?;
        match first {
            '-' | '+' | '*' => {
                let is_tight = line[1..].starts_with(char::is_alphabetic);
                is_tight.then_some(Item::bullet(first))
            }
            '#' => line.starts_with("#. ").then_some(Item::bullet(first)),
            '(' if line.starts_with("(@") => Some(Item::bullet('@')),
            _ if !first.is_ascii() => BULLETS.contains(first).then_some(Item::bullet(first)),
            '(' | '0'..='9' | 'a'..='z' | 'A'..='Z' => Item::numbered(line),
            _ => None,
        }
    }

    fn bullet(sign: char) -> Item {
        Item { style: Style::Bullet(sign), number: None, roman: None }
    }

    fn numbered(line: &str) -> Option<Item> {
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
        is_item.then_some(Item { style, number: number.or(letter), roman })
    }

    /// Whether a list may begin with it: `J. Doe` above `K. Roe` are names.
    pub(super) fn is_first(&self) -> bool {
        let is_initial = matches!(self.style, Style::Numbered { open: false, close: '.', is_capital: true, .. });
        !is_initial || self.number == Some(u32::from(b'a')) || self.roman == Some(1)
    }

    /// Whether another item is the next in the same list.
    pub(super) fn is_before(&self, next: &Item) -> bool {
        let follows =
            |one: Option<u32>, other: Option<u32>| one.zip(other).is_some_and(|(one, other)| one + 1 == other);
        let is_bullet = matches!(self.style, Style::Bullet(_));
        self.style == next.style && (is_bullet || follows(self.number, next.number) || follows(self.roman, next.roman))
    }
}

/// The first Roman numbers.
fn roman(name: &str) -> Option<u32> {
    let known = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    known.iter().position(|one| *one == name).and_then(|at| u32::try_from(at + 1).ok())
}
