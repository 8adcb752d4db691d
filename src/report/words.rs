//! Text helpers shared by several formats, including removal of control characters and commands.

use std::borrow::Cow;

use crate::assess::DeadlineKind;
use crate::register::Period;

/// A number with its noun: `1 finding`, `2 findings`.
pub(crate) fn count_noun(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The name of a kind of deadline, for people.
pub(crate) fn deadline_kind(kind: DeadlineKind) -> &'static str {
    match kind {
        DeadlineKind::Refresh => "record to update",
        DeadlineKind::EditionCheck => "edition check",
        DeadlineKind::Report => "audit report",
        DeadlineKind::Effect => "effect check",
        DeadlineKind::ManagementReview => "management review",
        DeadlineKind::Requirement => "requirement review",
        DeadlineKind::Issue => "issue review",
        DeadlineKind::Value => "new value",
        DeadlineKind::Risk => "risk to score",
        DeadlineKind::Acceptance => "end of risk acceptance",
        DeadlineKind::Contract => "end of contract",
        DeadlineKind::Notice => "last day to give notice",
        DeadlineKind::ContractReview => "contract review",
        DeadlineKind::Performance => "performance review",
        DeadlineKind::Certificate => "end of certificate",
        DeadlineKind::Waiver => "end of waiver",
        other => other.as_str(),
    }
}

/// The days on which something was held: `on 2026-09-08`, or `from 2026-09-08 to 2026-09-10`.
pub(crate) fn held_days(days: Period) -> String {
    match days {
        Period { from, to } if from < to => format!("from {from} to {to}"),
        Period { to, .. } => format!("on {to}"),
    }
}

/// The replacement for a character that is not shown.
const REPLACEMENT: char = '\u{fffd}';
/// The prefixes of commands that continuous integration runners execute anywhere in a line, each with its replacement.
const RUNNER_COMMANDS: [(&str, &str); 2] = [("##[", "##\u{fffd}"), ("##vso[", "##vso\u{fffd}")];

fn has_command(text: &str) -> bool {
    // Most texts contain no command, and one search for what all begin with is enough.
    text.contains("##") && RUNNER_COMMANDS.iter().any(|(command, _)| text.contains(command))
}

fn without_commands(text: String) -> String {
    RUNNER_COMMANDS.iter().fold(
        text,
        |text, (command, replacement)| if text.contains(command) { text.replace(command, replacement) } else { text },
    )
}

/// Makes an author's text safe to print on one line: it cannot move the cursor, change the text direction or act as a
/// command.
pub(crate) fn without_controls(text: &str) -> String {
    let text: String = text.chars().map(|c| if is_control_char(c) { REPLACEMENT } else { c }).collect();
    let text = without_commands(text);
    // At the start of a line, two colons are also a command.
    if text.trim_start().starts_with("::") { text.replacen("::", ":\u{fffd}", 1) } else { text }
}

/// Applies [`without_controls`] to each line of a text.
pub(crate) fn lines_without_controls(text: &str) -> String {
    text.split('\n').map(without_controls).collect::<Vec<_>>().join("\n")
}

/// Replaces control characters other than line breaks, tabs and colours, and makes commands inert.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_sound = |c: char| c == '\n' || c == '\t' || !is_control_char(c);
    if text.chars().all(is_sound) && !has_command(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = colour_length(rest).unwrap_or(c.len_utf8());
        match c {
            '\u{1b}' if length > 1 => out.push_str(&rest[..length]),
            c if is_sound(c) => out.push(c),
            _ => out.push(REPLACEMENT),
        }
        rest = &rest[length..];
    }
    Cow::Owned(without_commands(out))
}

/// Replaces characters in JSON that could control a terminal or a runner by their escape sequences.
pub(crate) fn escape_json(json: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| c != '\n' && is_control_char(c);
    let mut inert = Cow::Borrowed(json);
    if may_have_control_chars(json) && json.contains(is_harmful) {
        let mut out = String::with_capacity(json.len() + 64);
        for c in json.chars() {
            if is_harmful(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
        }
        inert = Cow::Owned(out);
    }
    if !has_command(&inert) {
        return inert;
    }
    // Every command prefix ends with a bracket.
    let inert = RUNNER_COMMANDS
        .iter()
        .fold(inert.into_owned(), |text, (command, _)| text.replace(command, &command.replace('[', "\\u005b")));
    Cow::Owned(inert)
}

/// Whether a text may contain control characters other than line breaks. Checking bytes is faster.
fn may_have_control_chars(text: &str) -> bool {
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == 0x7f);
    // In UTF-8, all other control characters start with one of these bytes. They also start other characters, but are
    // never continuation bytes.
    let mut starts = memchr::memchr3_iter(0xc2, 0xd8, 0xe2, text.as_bytes());
    text.bytes().fold(false, |found, byte| found | is_control(byte))
        || starts.any(|at| text[at..].chars().next().is_some_and(is_control_char))
}

/// Whether a character can control a terminal or change the direction of surrounding text.
pub(crate) fn is_control_char(c: char) -> bool {
    let is_directional =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || is_directional || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The length of the colour sequence at the start of a text: `ESC [ digits and semicolons m`.
fn colour_length(text: &str) -> Option<usize> {
    let digits = text.strip_prefix("\u{1b}[")?;
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    digits[end..].starts_with('m').then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_detected_by_their_bytes() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| *c != '\n');
        for c in all.filter(|c| is_control_char(*c)) {
            assert!(may_have_control_chars(&format!("a–é{c}b")), "{:x}", u32::from(c));
        }
        assert!(!may_have_control_chars("plain, “quoted” – and\nsécond £"));
    }

    #[test]
    fn plain_text_contains_no_line_end_or_escape() {
        assert_eq!(without_controls("a\nb\u{1b}[31mé"), "a\u{fffd}b\u{fffd}[31mé");
        assert_eq!(without_controls("a\u{202e}b ##[x] ::y"), "a\u{fffd}b ##\u{fffd}x] ::y");
        assert_eq!(without_controls(" ::error::x"), " :\u{fffd}error::x");
        assert_eq!(lines_without_controls("a\n::b"), "a\n:\u{fffd}b");
        assert_eq!(
            printable("\u{1b}[1;31mred\u{1b}[0m\n\t\u{1b}]0;x\u{7}\u{1b}[2J"),
            "\u{1b}[1;31mred\u{1b}[0m\n\t\u{fffd}]0;x\u{fffd}\u{fffd}[2J"
        );
        assert_eq!(without_controls("a ##vso[task.complete]"), "a ##vso\u{fffd}task.complete]");
        assert_eq!(escape_json("##vso["), "##vso\\u005b");
        assert_eq!(escape_json("{\n\"\u{202e}##[\"}"), "{\n\"\\u202e##\\u005b\"}");
        assert_eq!(count_noun(1, "error"), "1 error");
        assert_eq!(count_noun(0, "error"), "0 errors");
    }
}
