//! Alternative spellings of words, so that each spelling finds the others.

use super::{Join, JoinedRun, UNSPACED, emit_cut, is_in, is_letter, is_word, next_joined};

/// The maximum number of parts of a word that is also written without hyphens.
const MAX_PARTS: usize = 3;

/// The alternative spellings of words in a folded text, separated by spaces: `e-mail` as `email`, `v2.3.1` as `2.3.1`,
/// `nc-2026-01` as `2026-01`, `1,900` as `1900`.
pub fn spellings(folded: &str) -> String {
    let mut out = joined_spellings(folded);
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b',', b'.', &folded.as_bytes()[from..]).map(|at| from + at) {
        let digits = folded[..at].bytes().rev().take_while(u8::is_ascii_digit).take(4).count();
        from = at + 1;
        // Most commas and points follow a word.
        if (1..=3).contains(&digits)
            && let Some(end) = grouped_end(folded, at - digits, at)
        {
            add_spelling(&mut out, &folded[at - digits..end].replace([',', '.'], ""));
            from = end;
        }
    }
    out
}

/// The end of a number with digits in groups of three, if there is one that starts at `start` with up to three digits
/// and has its first separator at `sign`.
fn grouped_end(text: &str, start: usize, sign: usize) -> Option<usize> {
    let joins = |c: char| is_word(c) || "-_.,".contains(c);
    let is_alone = !text[..start].chars().next_back().is_some_and(joins);
    if !is_alone {
        return None;
    }
    let bytes = text.as_bytes();
    let is_group = |at: usize| {
        let digits = bytes.get(at + 1..at + 4).is_some_and(|group| group.iter().all(u8::is_ascii_digit));
        digits && matches!(bytes[at], b',' | b'.')
    };
    let mut end = sign;
    while end < bytes.len() && is_group(end) {
        end += 4;
    }
    let goes_on = text[end..].chars().next().is_some_and(|c| is_word(c) || "-_".contains(c));
    let next = text[end..].strip_prefix([',', '.']).and_then(|more| more.chars().next());
    (end > sign && !goes_on && !next.is_some_and(is_word)).then_some(end)
}

fn add_spelling(out: &mut String, spelling: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    emit_cut(spelling, &mut |term| out.push_str(term));
}

fn joined_spellings(folded: &str) -> String {
    let mut out = String::new();
    let mut rest = folded;
    while let Some(at) = memchr::memchr2(b'-', b'.', rest.as_bytes()) {
        let tail = &rest[at + 1..];
        // Most points end a sentence and join nothing.
        if tail.bytes().next().is_none_or(|next| next.is_ascii() && !next.is_ascii_alphanumeric()) {
            rest = tail;
            continue;
        }
        let start = run_start(&rest[..at]);
        let Some(JoinedRun { text, join, rest: after }) = next_joined(&rest[start..]) else { break };
        if let (Join::Mark, Some(spelling)) = (join, joined_spelling(text)) {
            add_spelling(&mut out, &spelling);
        }
        rest = if after.len() < tail.len() { after } else { tail };
    }
    out
}

/// The start of the run at the end of a text; a joining character always follows a run.
fn run_start(text: &str) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
    let start = text.len() - text.bytes().rev().take_while(is_part).count();
    let run = &text[start..];
    if run.is_ascii() {
        return start;
    }
    let last_other = run.rfind(|c| !is_word(c) && c != '_');
    last_other.map_or(start, |at| start + at + run[at..].chars().next().map_or(1, char::len_utf8))
}

fn joined_spelling(run: &str) -> Option<String> {
    if let Some(version) = run.strip_prefix('v').filter(|rest| rest.contains('.')) {
        return version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| version.to_owned());
    }
    if let Some(number) = trailing_number(run) {
        return Some(number.to_owned());
    }
    if run.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_plain = |part: &str| part.chars().all(|c| is_letter(c) && !is_in(UNSPACED, c));
    let count = 1 + run.bytes().filter(|byte| *byte == b'-').count();
    ((2..=MAX_PARTS).contains(&count) && run.split('-').all(is_plain)).then(|| run.replace('-', ""))
}

/// The number at the end of an ID: `2026-01` in `nc-2026-01`.
fn trailing_number(run: &str) -> Option<&str> {
    let mut rest = run;
    // Cheaper than searching for the character in texts as short as these.
    while let Some(at) = rest.bytes().position(|byte| byte == b'-')
        && rest[..at].chars().all(is_letter)
    {
        rest = &rest[at + 1..];
    }
    let is_whole = rest.contains('-') && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    (rest.len() < run.len() && is_whole).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    #[test]
    fn joined_words_and_versions_are_spelt_in_one_more_way() {
        let text = "an e-mail. roll-back, v2.3.1 (v2) end-of-life a-b-c-d pol-chg-001 x_y-z 変更-管理 ö-l -- ..";
        assert_eq!(spellings(&fold(text)), "email rollback 2.3.1 endoflife ol");
    }

    #[test]
    fn numbers_are_spelt_without_what_groups_or_precedes_them() {
        let text = "1,900 £9,500. 1.250.000, 12,3456 1,90 8.1,200 a1,000 4,100-x 1,000,00";
        assert_eq!(spellings(&fold(text)), "1900 9500 1250000");
        assert_eq!(spellings(&fold("NC-2026-01, CR-INC-2026-7; 2026-01 POL-1")), "2026-01 2026-7");
    }
}
