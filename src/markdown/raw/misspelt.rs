//! Comments whose delimiters are misspelt, as word processors do it: `<!— words —>`.

use std::ops::Range;

use crate::text::is_invisible;

/// The longest comment to look at, in bytes.
const MAX_COMMENT_BYTES: usize = 2_000;
/// The most bytes before a comment in its line to look at.
const MAX_MARKS_BYTES: usize = 100;
/// The minimum number of words of a comment whose delimiter may also be an arrow or shown on purpose.
const MIN_WORDS: usize = 3;

/// The words of a comment that begins at a `<`, up to the end that its author intended, if an early `>` ends it:
/// `<!--> words -->`.
pub(super) fn cut_comment(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..text.floor_char_boundary(at + MAX_COMMENT_BYTES)];
    let inside = rest.strip_prefix("<!-->").or_else(|| rest.strip_prefix("<!--->"))?;
    let paragraph = &inside[..inside.find("\n\n").unwrap_or(inside.len())];
    let words = paragraph.split_once("-->").map(|(words, _)| words).filter(|words| !words.contains("<!--"))?;
    let start = at + rest.len() - inside.len() + words.len() - words.trim_start().len();
    words.contains(char::is_alphabetic).then_some(start..at + rest.len() - inside.len() + words.len() + "-->".len())
}

/// The comment that begins at a `<`, if it is misspelt: with dashes for hyphens, spaces, or without the `!`.
pub(super) fn misspelt_comment(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..text.floor_char_boundary(at + MAX_COMMENT_BYTES)];
    if let Some(length) = comment_element(rest).filter(|_| !text[..at].ends_with('\\')) {
        return Some(at..at + length);
    }
    let Opening { length: start, is_certain, has_mark } = opening(rest)?;
    let before = text[..at].strip_suffix('\\').unwrap_or(&text[..at]);
    let is_escaped = before.len() < at;
    // Only an escaped comment may be well formed otherwise.
    if is_escaped != rest.starts_with("<!--") {
        return None;
    }
    let close = closing(&rest[start..]).map(|(words, end)| (&rest[start..start + words], start + end));
    if let Some((words, end)) = close.filter(|(words, _)| words.contains(char::is_alphabetic)) {
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_MARKS_BYTES))..];
        let line = near.rsplit('\n').next().unwrap_or_default();
        let is_alone = line.trim_start_matches([' ', '\t', '>']).is_empty();
        let has_words = words.split_whitespace().count() >= MIN_WORDS && !words.contains("\n\n");
        let delimited = &rest[..end];
        let is_arrow = !has_mark && is_arrow(delimited, words);
        // An author who writes about comments continues after the sign.
        let is_shown = is_escaped && !delimited.ends_with("\\>") && !is_line_end(&rest[end..]);
        let is_meant = is_alone && has_words && !is_arrow && !is_shown;
        return (is_certain && !is_escaped || is_meant).then_some(at..at + end);
    }
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    let has_words = rest[start..paragraph].contains(char::is_alphabetic);
    (is_certain && !is_escaped && has_words).then(|| at..at + rest[..paragraph].trim_end().len())
}

/// The length of `<comment>words</comment>`, which HTML does not know, at the start of a text.
fn comment_element(text: &str) -> Option<usize> {
    const TAGS: (&str, &str) = ("<comment>", "</comment>");
    text.get(..TAGS.0.len()).filter(|tag| tag.eq_ignore_ascii_case(TAGS.0))?;
    let rest = &text[TAGS.0.len()..];
    let is_end = |at: &usize| rest.get(*at..at + TAGS.1.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(TAGS.1));
    let words = memchr::memchr_iter(b'<', rest.as_bytes()).find(is_end)?;
    (rest[..words].split_whitespace().count() >= MIN_WORDS).then_some(TAGS.0.len() + words + TAGS.1.len())
}

/// Positions at which a misspelt comment may begin, in order.
pub(super) fn opening_brackets(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b'<', WIDE_BRACKET.as_bytes()[0], text.as_bytes())
        .filter(|at| text.as_bytes()[*at] == b'<' || text[*at..].starts_with(WIDE_BRACKET))
}

/// The sign that an East Asian keyboard writes for `<`.
const WIDE_BRACKET: &str = "＜";

/// The delimiter at the start of a comment.
struct Opening {
    length: usize,
    /// Whether it can only begin a comment.
    is_certain: bool,
    /// Whether it has a `!` or a `#`.
    has_mark: bool,
}

/// The delimiter at the start of a text.
fn opening(text: &str) -> Option<Opening> {
    let rest = text.strip_prefix(['<', '＜'])?;
    let (after, has_mark) = match rest.strip_prefix(['!', '！', '#']).or_else(|| rest.strip_prefix(" !")) {
        Some(after) => (after, true),
        None => (rest, false),
    };
    let is_skipped = |c: char| c == ' ' || is_invisible(c);
    let dashes = if has_mark { after.trim_start_matches(is_skipped) } else { after };
    let words = dashes.trim_start_matches(|c| is_dash(c) || is_invisible(c));
    let run = &dashes[..dashes.len() - words.len()];
    let is_pair = run.chars().filter(|c| is_dash(*c)).count() > 1 || run.starts_with(|c: char| !c.is_ascii());
    let is_apart = words.starts_with(char::is_whitespace) || has_mark && words.starts_with(char::is_alphabetic);
    let is_certain = has_mark && is_pair && !rest.starts_with('#');
    let is_apart = is_apart || is_pair && words.starts_with(char::is_alphabetic);
    (!run.is_empty() && is_apart && (has_mark || is_pair)).then_some(Opening {
        length: text.len() - words.len(),
        is_certain,
        has_mark,
    })
}

/// Whether a comment without a `!` is rather two arrows: with words on both sides of a bar, with an amount of time
/// between them, or longer or shorter than `<--` and `-->`.
fn is_arrow(delimited: &str, words: &str) -> bool {
    let is_comment = delimited.starts_with("<-- ") && delimited.trim_end_matches('>').ends_with(" --");
    !is_comment || words.contains('|') || words.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text begins with the end of a line.
fn is_line_end(text: &str) -> bool {
    text.lines().next().unwrap_or_default().trim().is_empty()
}

/// The ends of the words and of the comment, relative to the start of its words.
fn closing(text: &str) -> Option<(usize, usize)> {
    text.match_indices(['>', '＞']).find_map(|(at, sign)| {
        let before = &text[..at];
        let before = before.strip_suffix('\\').unwrap_or(before).trim_end_matches(' ');
        let words = before.trim_end_matches(is_dash).trim_end_matches('\\');
        (words.len() < before.len()).then_some((words.len(), at + sign.len()))
    })
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        misspelt_comment(text, text.find('<')?).map(|range| &text[range])
    }

    #[test]
    fn comments_end_with_an_early_sign() {
        let found = |text: &'static str| cut_comment(text, 0).map(|range| &text[range]);
        assert_eq!(found("<!--> not agreed --> x"), Some("not agreed -->"));
        assert_eq!(found("<!---> not agreed -->"), Some("not agreed -->"));
        for text in ["<!--> x", "<!--> x\n\ny -->", "<!-- x -->", "<!--> <!-- x -->", "<!-->-->"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn misspelt_comments_are_distinguished_from_arrows_and_tags() {
        for (text, comment) in [
            ("<!— not agreed —> text", "<!— not agreed —>"),
            ("so <!– x –>", "<!– x –>"),
            ("<! -- not agreed -- > text", "<! -- not agreed -- >"),
            ("< !-- x --> text", "< !-- x -->"),
            ("<!- not agreed yet ->", "<!- not agreed yet ->"),
            ("<-- not agreed yet --> text", "<-- not agreed yet -->"),
            ("<#-- not agreed yet -->", "<#-- not agreed yet -->"),
            ("\\<!-- not agreed yet --\\>", "<!-- not agreed yet --\\>"),
            ("so <Comment>not agreed yet</Comment> text", "<Comment>not agreed yet</Comment>"),
            ("<!— not agreed\nyet\n\ntext", "<!— not agreed\nyet"),
            ("<!‑‑ not agreed ‑‑>", "<!‑‑ not agreed ‑‑>"),
            ("<！-- not agreed -->", "<！-- not agreed -->"),
            ("<!\u{200b}-- not agreed -->", "<!\u{200b}-- not agreed -->"),
            ("<!-not agreed yet->", "<!-not agreed yet->"),
            ("\\<!-- not agreed yet --\\> text", "<!-- not agreed yet --\\>"),
        ] {
            assert_eq!(found(text), Some(comment), "{text}");
        }
        for text in [
            "<!-- x -->",
            "Write \\<!-- x --> for a comment.",
            "A <-- request from B --> C",
            "<-- Previous chapter | Next chapter -->",
            "<— Zurück zur Übersicht —>",
            "<--- 30 days notice period --->",
            "<-- 4 hours response -->",
            "\\<!-- words of the page --> is how you write a comment.",
            "<--",
            "<-- back",
            "<comment> of the approver",
            "<comment>words</comment>",
            "<-> both",
            "<!DOCTYPE html>",
            "a < - b",
            "a <!= b",
            "<-5 °C and ->",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
