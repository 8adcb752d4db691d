//! Parses links: `-->`, `-.->|words|`, `== words ==>`, `<-->`, `~~~`.

use super::super::graph::{Arrowhead, LineStyle};

/// A parsed link.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ParsedLink<'a> {
    pub(crate) words: &'a str,
    pub(crate) stroke: LineStyle,
    pub(crate) tips: [Arrowhead; 2],
    pub(crate) length: usize,
}

/// Maximum length of a link in ranks; additional characters have no effect.
const MAX_RANKS: usize = 6;

/// Parses a link at the start of a text; returns it with the rest of the text.
pub(super) fn parse_link(text: &str) -> Option<(ParsedLink<'_>, &str)> {
    let text = text.trim_start();
    let (start, body) = match text.chars().next()? {
        '<' => (Arrowhead::Arrow, &text[1..]),
        'x' => (Arrowhead::Cross, &text[1..]),
        'o' => (Arrowhead::Dot, &text[1..]),
        _ => (Arrowhead::None, text),
    };
    let (mut link, rest) = hidden(body)
        .or_else(|| lined(body, '-', LineStyle::Plain))
        .or_else(|| dotted(body))
        .or_else(|| lined(body, '=', LineStyle::Thick))?;
    link.tips[0] = start;
    let rest = rest.trim_start();
    let Some(labelled) = rest.strip_prefix('|') else { return Some((link, rest)) };
    let (words, rest) = labelled.split_once('|')?;
    Some((ParsedLink { words, ..link }, rest.trim_start()))
}

fn hidden(text: &str) -> Option<(ParsedLink<'_>, &str)> {
    let count = run_length(text, '~');
    let link = ParsedLink {
        words: "",
        stroke: LineStyle::Hidden,
        tips: [Arrowhead::None; 2],
        length: count.saturating_sub(2),
    };
    (count >= 3).then(|| (ParsedLink { length: link.length.min(MAX_RANKS), ..link }, &text[count..]))
}

/// Parses `-->`, `---`, `-- words -->`, and the same with `=`.
fn lined(text: &str, symbol: char, stroke: LineStyle) -> Option<(ParsedLink<'_>, &str)> {
    let count = run_length(text, symbol);
    let rest = text.get(count..).filter(|_| count >= 2)?;
    let link = |words, tip, count: usize| ParsedLink {
        words,
        stroke,
        tips: [Arrowhead::None, tip],
        length: count.saturating_sub(if tip == Arrowhead::None { 2 } else { 1 }).clamp(1, MAX_RANKS),
    };
    if let Some((tip, rest)) = tip(rest) {
        return Some((link("", tip, count), rest));
    }
    if count > 2 {
        return Some((link("", Arrowhead::None, count), rest));
    }
    let double: String = [symbol, symbol].iter().collect();
    let end = rest.find(&double)?;
    let (words, close) = rest.split_at(end);
    let count = run_length(close, symbol);
    let (tip, rest) = tip(&close[count..]).unwrap_or((Arrowhead::None, &close[count..]));
    Some((link(words, tip, count), rest))
}

/// Parses `-.->`, `-.-` and `-. words .->`.
fn dotted(text: &str) -> Option<(ParsedLink<'_>, &str)> {
    let dots = run_length(text.strip_prefix('-')?, '.');
    let rest = text.get(1 + dots..).filter(|_| dots > 0)?;
    let link = |words, tip, length: usize| ParsedLink {
        words,
        stroke: LineStyle::Dotted,
        tips: [Arrowhead::None, tip],
        length: length.clamp(1, MAX_RANKS),
    };
    if let Some(rest) = rest.strip_prefix('-') {
        let (tip, rest) = tip(rest).unwrap_or((Arrowhead::None, rest));
        return Some((link("", tip, dots), rest));
    }
    let end = rest.find(".-")?;
    let (words, close) = rest.split_at(end);
    let (tip, rest) = tip(&close[2..]).unwrap_or((Arrowhead::None, &close[2..]));
    Some((link(words.trim_end_matches('.'), tip, 1), rest))
}

/// The arrowhead at the end of a link. A letter counts only if it cannot start a name.
fn tip(text: &str) -> Option<(Arrowhead, &str)> {
    let rest = text.get(1..)?;
    let is_separate = || rest.starts_with([' ', '|']) || rest.is_empty();
    Some(match text.chars().next()? {
        '>' => (Arrowhead::Arrow, rest),
        'x' if is_separate() => (Arrowhead::Cross, rest),
        'o' if is_separate() => (Arrowhead::Dot, rest),
        _ => return None,
    })
}

fn run_length(text: &str, symbol: char) -> usize {
    text.len() - text.trim_start_matches(symbol).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parsed form of a link before ` B`: label, style, arrowheads and length.
    fn link(text: &str) -> (String, LineStyle, [Arrowhead; 2], usize) {
        let whole = format!("{text} B");
        let (written, rest) = parse_link(&whole).unwrap();
        assert_eq!(rest.trim(), "B", "{text}");
        (written.words.trim().to_owned(), written.stroke, written.tips, written.length)
    }

    #[test]
    fn every_way_to_write_a_link_is_read() {
        use Arrowhead::{Arrow, Cross, Dot, None};
        use LineStyle::{Dotted, Hidden, Plain, Thick};
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
    fn text_that_only_resembles_a_link_is_ignored() {
        for text in ["", "-", "->", "words", "-- words without end", "-->|words without end", "-. x", "~~", "ü-->"] {
            assert!(parse_link(text).is_none(), "{text}");
        }
    }
}
