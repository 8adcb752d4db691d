//! A link as it is written: `-->`, `-.->|words|`, `== words ==>`, `<-->`, `~~~`.

use super::super::graph::{Stroke, Tip};

/// A link as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    pub(crate) words: &'a str,
    pub(crate) stroke: Stroke,
    pub(crate) tips: [Tip; 2],
    pub(crate) length: usize,
}

/// A line that is as long as this is not longer in the picture.
const LONGEST: usize = 6;

/// Reads a link from the start of a text; gives what follows it.
pub(super) fn read(text: &str) -> Option<(Written<'_>, &str)> {
    let text = text.trim_start();
    let (start, body) = match text.chars().next()? {
        '<' => (Tip::Arrow, &text[1..]),
        'x' => (Tip::Cross, &text[1..]),
        'o' => (Tip::Dot, &text[1..]),
        _ => (Tip::None, text),
    };
    let (mut written, rest) = hidden(body)
        .or_else(|| lined(body, '-', Stroke::Plain))
        .or_else(|| dotted(body))
        .or_else(|| lined(body, '=', Stroke::Thick))?;
    written.tips[0] = start;
    let rest = rest.trim_start();
    let Some(labelled) = rest.strip_prefix('|') else { return Some((written, rest)) };
    let (words, rest) = labelled.split_once('|')?;
    Some((Written { words, ..written }, rest.trim_start()))
}

fn hidden(text: &str) -> Option<(Written<'_>, &str)> {
    let count = run(text, '~');
    let written = Written { words: "", stroke: Stroke::Hidden, tips: [Tip::None; 2], length: count.saturating_sub(2) };
    (count >= 3).then(|| (Written { length: written.length.min(LONGEST), ..written }, &text[count..]))
}

/// Reads `-->`, `---`, `-- words -->`, and the same of `=`.
fn lined(text: &str, sign: char, stroke: Stroke) -> Option<(Written<'_>, &str)> {
    let count = run(text, sign);
    let rest = text.get(count..).filter(|_| count >= 2)?;
    let written = |words, tip, count: usize| Written {
        words,
        stroke,
        tips: [Tip::None, tip],
        length: count.saturating_sub(if tip == Tip::None { 2 } else { 1 }).clamp(1, LONGEST),
    };
    if let Some((tip, rest)) = tip(rest) {
        return Some((written("", tip, count), rest));
    }
    if count > 2 {
        return Some((written("", Tip::None, count), rest));
    }
    let double: String = [sign, sign].iter().collect();
    let end = rest.find(&double)?;
    let (words, close) = rest.split_at(end);
    let count = run(close, sign);
    let (tip, rest) = tip(&close[count..]).unwrap_or((Tip::None, &close[count..]));
    Some((written(words, tip, count), rest))
}

/// Reads `-.->`, `-.-`, `-. words .->`.
fn dotted(text: &str) -> Option<(Written<'_>, &str)> {
    let dots = run(text.strip_prefix('-')?, '.');
    let rest = text.get(1 + dots..).filter(|_| dots > 0)?;
    let written = |words, tip, length: usize| Written {
        words,
        stroke: Stroke::Dotted,
        tips: [Tip::None, tip],
        length: length.clamp(1, LONGEST),
    };
    if let Some(rest) = rest.strip_prefix('-') {
        let (tip, rest) = tip(rest).unwrap_or((Tip::None, rest));
        return Some((written("", tip, dots), rest));
    }
    let end = rest.find(".-")?;
    let (words, close) = rest.split_at(end);
    let (tip, rest) = tip(&close[2..]).unwrap_or((Tip::None, &close[2..]));
    Some((written(words.trim_end_matches('.'), tip, 1), rest))
}

/// The tip that a link ends with. A letter is one only when no name can begin with it.
fn tip(text: &str) -> Option<(Tip, &str)> {
    let rest = text.get(1..)?;
    let apart = || rest.starts_with([' ', '|']) || rest.is_empty();
    Some(match text.chars().next()? {
        '>' => (Tip::Arrow, rest),
        'x' if apart() => (Tip::Cross, rest),
        'o' if apart() => (Tip::Dot, rest),
        _ => return None,
    })
}

fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a link before ` B`: words, stroke, tips and length.
    fn link(text: &str) -> (String, Stroke, [Tip; 2], usize) {
        let whole = format!("{text} B");
        let (written, rest) = read(&whole).unwrap();
        assert_eq!(rest.trim(), "B", "{text}");
        (written.words.trim().to_owned(), written.stroke, written.tips, written.length)
    }

    #[test]
    fn every_way_to_write_a_link_is_read() {
        use Stroke::{Dotted, Hidden, Plain, Thick};
        use Tip::{Arrow, Cross, Dot, None};
        let links = [
            ("-->", "", Plain, [None, Arrow], 1),
            ("---", "", Plain, [None, None], 1),
            ("--->", "", Plain, [None, Arrow], 2),
            ("-->|yes|", "yes", Plain, [None, Arrow], 1),
            ("-- not yet -->", "not yet", Plain, [None, Arrow], 1),
            ("-- words ---", "words", Plain, [None, None], 1),
            ("-.->", "", Dotted, [None, Arrow], 1),
            ("-..->", "", Dotted, [None, Arrow], 2),
            ("-.-", "", Dotted, [None, None], 1),
            ("-. maybe .->", "maybe", Dotted, [None, Arrow], 1),
            ("==>", "", Thick, [None, Arrow], 1),
            ("== must ==>", "must", Thick, [None, Arrow], 1),
            ("--x", "", Plain, [None, Cross], 1),
            ("--o", "", Plain, [None, Dot], 1),
            ("<-->", "", Plain, [Arrow, Arrow], 1),
            ("o--o", "", Plain, [Dot, Dot], 1),
            ("~~~", "", Hidden, [None, None], 1),
        ];
        for (text, words, stroke, tips, length) in links {
            assert_eq!(link(text), (words.to_owned(), stroke, tips, length), "{text}");
        }
    }

    #[test]
    fn what_is_no_link_is_none() {
        for text in ["", "-", "->", "words", "-- words without end", "-->|words without end", "-. x", "~~", "ü-->"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
