//! Makes characters that readers overlook or confuse visible in messages that quote an author.

use std::borrow::Cow;

use super::is_invisible;

/// Letters of other alphabets that look like a Latin letter, each with that Latin letter.
const LOOKALIKES: [(char, char); 40] = [
    ('\u{391}', 'A'),
    ('\u{392}', 'B'),
    ('\u{395}', 'E'),
    ('\u{396}', 'Z'),
    ('\u{397}', 'H'),
    ('\u{399}', 'I'),
    ('\u{39a}', 'K'),
    ('\u{39c}', 'M'),
    ('\u{39d}', 'N'),
    ('\u{39f}', 'O'),
    ('\u{3a1}', 'P'),
    ('\u{3a4}', 'T'),
    ('\u{3a5}', 'Y'),
    ('\u{3a7}', 'X'),
    ('\u{3bd}', 'v'),
    ('\u{3bf}', 'o'),
    ('\u{405}', 'S'),
    ('\u{406}', 'I'),
    ('\u{408}', 'J'),
    ('\u{410}', 'A'),
    ('\u{412}', 'B'),
    ('\u{415}', 'E'),
    ('\u{41a}', 'K'),
    ('\u{41c}', 'M'),
    ('\u{41d}', 'H'),
    ('\u{41e}', 'O'),
    ('\u{420}', 'P'),
    ('\u{421}', 'C'),
    ('\u{422}', 'T'),
    ('\u{425}', 'X'),
    ('\u{430}', 'a'),
    ('\u{435}', 'e'),
    ('\u{43e}', 'o'),
    ('\u{440}', 'p'),
    ('\u{441}', 'c'),
    ('\u{443}', 'y'),
    ('\u{445}', 'x'),
    ('\u{455}', 's'),
    ('\u{456}', 'i'),
    ('\u{458}', 'j'),
];

/// Returns the message with invisible characters, and unusual spaces in a quoted word, written as code points. The
/// first
/// letter of another alphabet within a Latin word is pointed out at the end.
pub(crate) fn reveal(message: &str) -> Cow<'_, str> {
    if message.is_ascii() {
        return Cow::Borrowed(message);
    }
    let mut out = String::with_capacity(message.len() + 16);
    for (number, part) in message.split('`').enumerate() {
        if number > 0 {
            out.push('`');
        }
        add(&mut out, part, number % 2 == 1);
    }
    if let Some((c, latin)) = message.split(is_word_boundary).find_map(lookalike) {
        out += &format!("; `{c}` is the letter U+{:04X}, not `{latin}`", u32::from(c));
    }
    if out == message { Cow::Borrowed(message) } else { Cow::Owned(out) }
}

fn add(out: &mut String, part: &str, is_quoted: bool) {
    let is_plain = |c: char| c.is_ascii() || c.is_whitespace() || is_invisible(c);
    let is_word = is_quoted && part.chars().all(is_plain);
    let mut before = ' ';
    for c in part.chars() {
        // Scripts and emoji need these to join characters.
        let joins = match c {
            '\u{200c}' | '\u{200d}' => !before.is_ascii(),
            '\u{fe00}'..='\u{fe0f}' => !before.is_ascii_alphabetic(),
            _ => false,
        };
        let is_space = is_word && c != ' ' && c.is_whitespace() && !c.is_control();
        if is_space || is_invisible(c) && !joins {
            *out += &format!("<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
        before = c;
    }
}

fn is_word_boundary(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The first letter that only looks Latin in an otherwise Latin word, with the Latin letter that it resembles.
fn lookalike(word: &str) -> Option<(char, char)> {
    let is_latin = word.contains(|c: char| c.is_ascii_alphabetic());
    let find_lookalike = |c: char| LOOKALIKES.iter().find(|(known, _)| *known == c).copied();
    word.chars()
        .find_map(find_lookalike)
        .filter(|_| is_latin && word.chars().all(|c| c.is_ascii() || find_lookalike(c).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_overlook_is_named() {
        for (message, expected) in [
            ("`8.6.1\u{200b}` is no clause", "`8.6.1<U+200B>` is no clause"),
            ("`12\u{a0}months` is no interval", "`12<U+00A0>months` is no interval"),
            ("`P\u{41e}L-1` not found", "`P\u{41e}L-1` not found; `\u{41e}` is the letter U+041E, not `O`"),
        ] {
            assert_eq!(reveal(message), expected);
        }
    }

    #[test]
    fn what_belongs_to_a_language_or_a_picture_stays() {
        for message in [
            "`gr\u{f6}\u{df}e.md` not found",
            "`\u{26a0}\u{fe0f}` and `\u{645}\u{6cc}\u{200c}\u{62e}`",
            "`\u{41f}\u{43e}\u{43b}\u{438}\u{442}\u{438}\u{43a}\u{430}` not found",
            "`Qui\u{a0}? H\u{e9}l\u{e8}ne`",
        ] {
            assert_eq!(reveal(message), message);
        }
    }
}
