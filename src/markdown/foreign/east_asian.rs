//! Numbers of items as they are written in East Asia, and numbers in circles.

/// Ranges of numbers in circles and brackets, each counting from one.
const ENCLOSED: [(char, char); 4] = [('①', '⑳'), ('⑴', '⒇'), ('❶', '❿'), ('➀', '➉')];
/// Numbers from one to ten.
const IDEOGRAPHS: &str = "一二三四五六七八九十";
/// The order of the Japanese syllables that count items.
const SYLLABLES: &str = "アイウエオカキクケコ";
/// The same in Korean.
const HANGUL: &str = "가나다라마바사아자차카타파하";
/// The signs that count items in contracts.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
/// Roman numerals as single characters.
const ROMAN: &str = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ";
/// Cyrillic and Greek letters in the order in which they count items.
const CYRILLIC: &str = "абвгдежзиклмнопрст";
const GREEK: &str = "αβγδεζηθικλμνξοπρ";
/// All of them.
const LETTERS: [&str; 6] = [IDEOGRAPHS, SYLLABLES, HANGUL, ROMAN, CYRILLIC, GREEK];

/// Whether a number may begin with a character.
pub(super) fn may_begin(c: char) -> bool {
    "（第".contains(c)
        || LETTERS.iter().any(|letters| letters.contains(c))
        || STEMS.contains(c)
        || enclosed(c).is_some()
}

/// The number at the start of a line, and a sign that stands for its form.
pub(super) fn number(line: &str) -> Option<(char, u32)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    match first {
        '（' | '(' => {
            let is_letter = first == '（' || !rest.starts_with(|c: char| c.is_ascii());
            let (number, after) =
                digits(rest).filter(|_| first == '（').or_else(|| letter(rest).filter(|_| is_letter))?;
            let after = after.strip_prefix(['）', ')'])?;
            (!begins_with_particle(after)).then_some(('）', number))
        }
        '第' => {
            let (number, after) =
                digits(rest).or_else(|| letter(rest).filter(|_| rest.starts_with(|c| IDEOGRAPHS.contains(c))))?;
            let unit = after.chars().next().filter(|unit| "条條章節项項".contains(*unit))?;
            (!begins_with_particle(&after[unit.len_utf8()..])).then_some((unit, number))
        }
        _ if STEMS.contains(first) => {
            rest.starts_with(['、', '．', '\u{3000}']).then_some(('甲', position(STEMS, first)?))
        }
        _ if CYRILLIC.contains(first) || GREEK.contains(first) => {
            rest.starts_with(") ").then_some((')', position(CYRILLIC, first).or_else(|| position(GREEK, first))?))
        }
        _ if HANGUL.contains(first) => {
            let close = rest.chars().next().filter(|close| ".)".contains(*close) && rest[1..].starts_with(' '))?;
            Some((close, position(HANGUL, first)?))
        }
        _ if LETTERS.iter().any(|letters| letters.contains(first)) => {
            let (number, after) = letter(line)?;
            let closes = if SYLLABLES.contains(first) { "\u{3000}、．）" } else { "、．." };
            let close = after.chars().next().filter(|close| closes.contains(*close))?;
            Some((close, number))
        }
        _ => enclosed(first).filter(|_| !begins_with_particle(rest)),
    }
}

/// Whether the words behind a number refer to its item, as `①の場合` does: they begin with a Japanese particle, and not
/// with a word such as `もし` that begins with the same sign.
fn begins_with_particle(words: &str) -> bool {
    let mut signs = words.chars();
    let (first, next) = (signs.next(), signs.next().unwrap_or(' '));
    match first {
        Some('に' | 'の' | 'を' | 'へ') => true,
        Some('は') => !"いじっな".contains(next),
        Some('も') => !"うしちとの".contains(next),
        Some('で') => !"きん".contains(next),
        _ => false,
    }
}

/// The number in a circle or in brackets, with the first one of its kind.
fn enclosed(c: char) -> Option<(char, u32)> {
    let (one, _) = ENCLOSED.iter().find(|(one, last)| (*one..=*last).contains(&c))?;
    Some((*one, u32::from(c) - u32::from(*one) + 1))
}

/// The number in digits at the start of a text, and the rest.
fn digits(text: &str) -> Option<(u32, &str)> {
    let value =
        |c: char| c.to_digit(10).or_else(|| u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10));
    let count = text.chars().take(3).take_while(|c| value(*c).is_some()).count();
    let length: usize = text.chars().take(count).map(char::len_utf8).sum();
    let number = text.chars().take(count).filter_map(value).fold(0, |number, digit| number * 10 + digit);
    (count > 0).then_some((number, &text[length..]))
}

/// The number that a sign or a letter at the start of a text stands for, and the rest.
fn letter(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    let number = LETTERS.iter().find_map(|letters| position(letters, first))?;
    Some((number, &text[first.len_utf8()..]))
}

/// The position of a character in a list, from one.
fn position(list: &str, c: char) -> Option<u32> {
    list.chars().position(|other| other == c).and_then(|at| u32::try_from(at + 1).ok())
}
