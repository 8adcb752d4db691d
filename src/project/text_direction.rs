//! Characters in the settings that change the reading direction.

use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::place::Span;
use crate::text::changes_direction;

/// The maximum number of findings; more would say nothing new.
const MAX_FINDINGS: usize = 50;

/// Reports the first such character of each line, literal or escaped; the settings are read all the same.
pub(super) fn direction_problems(settings: &Settings) -> Vec<Problem> {
    let text = settings.text();
    let mut start = 0;
    let mut problems = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((at, length, c)) = find_first(line) {
            let place = settings.place(Span::from(start + at..start + at + length));
            let code = u32::from(c);
            let message =
                format!("an invisible character (U+{code:04X}) changes the reading direction of what follows");
            problems.push(Problem::new(reading::TURNED_TEXT, place, message).help("remove it"));
        }
        start += line.len();
    }
    problems.truncate(MAX_FINDINGS);
    problems
}

/// The first such character of a line: its offset, its length in bytes as written, and the character itself.
fn find_first(line: &str) -> Option<(usize, usize, char)> {
    let plain = line.char_indices().find(|(_, c)| changes_direction(*c));
    let escaped = || {
        line.match_indices("\\u").find_map(|(at, _)| {
            let code = u32::from_str_radix(line.get(at + 2..at + 6)?, 16).ok()?;
            Some((at, 6, char::from_u32(code).filter(|c| changes_direction(*c))?))
        })
    };
    plain.map(|(at, c)| (at, c.len_utf8(), c)).or_else(escaped)
}
