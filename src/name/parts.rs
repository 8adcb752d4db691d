//! The parts of a text that names people: names between separators, and the remarks beside them.

/// How a part is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It starts a new name: it is the first one, or behind a separator between names.
    Next,
    /// It is behind a comma or a bracket, and may name somebody else or say more about the same person.
    Comma,
    /// It is in brackets, or behind a dash.
    Aside,
    /// It is behind a colon, so that the part before it is its label.
    Labelled,
}

/// Separators between names other than commas, in all scripts.
const SEPARATORS: [char; 12] =
    [';', '/', '&', '+', '|', '\u{3001}', '\u{61b}', '\u{ff1b}', '\u{ff0f}', '\u{ff06}', '\u{ff0b}', '\u{ff5c}'];
const COMMAS: [char; 3] = [',', '\u{ff0c}', '\u{60c}'];
const OPENING: [char; 5] = ['(', '[', '<', '{', '\u{ff08}'];
const CLOSING: [char; 5] = [')', ']', '>', '}', '\u{ff09}'];

/// The parts of a text, in order, each with how it is joined to the one before it.
pub(super) fn parts(text: &str) -> Vec<(Joint, &str)> {
    let mut parts = Vec::new();
    let (mut joint, mut start, mut depth) = (Joint::Next, 0, 0_usize);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_before_space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let next = match c {
            _ if OPENING.contains(&c) => Joint::Aside,
            _ if CLOSING.contains(&c) && depth > 0 => Joint::Comma,
            ':' if is_before_space => Joint::Labelled,
            '\u{ff1a}' => Joint::Labelled,
            // In brackets, everything is a remark on the name before them.
            _ if depth > 0 && (COMMAS.contains(&c) || SEPARATORS.contains(&c)) => Joint::Aside,
            _ if COMMAS.contains(&c) => Joint::Comma,
            _ if SEPARATORS.contains(&c) => Joint::Next,
            _ => continue,
        };
        parts.push((joint, &text[start..at]));
        depth = match c {
            _ if OPENING.contains(&c) => depth + 1,
            _ if CLOSING.contains(&c) => depth.saturating_sub(1),
            _ => depth,
        };
        (joint, start) = (next, at + c.len_utf8());
    }
    parts.push((joint, &text[start..]));
    parts
}

/// A part in front of its first dash between spaces, and the one behind it: `Head of IT – Berlin`.
pub(super) fn split_at_dash(part: &str) -> Option<(&str, &str)> {
    [" – ", " — ", " - "].iter().filter_map(|dash| part.split_once(dash)).min_by_key(|(before, _)| before.len())
}
