//! Small words that several formats share.

/// A number with its noun: `1 finding`, `2 findings`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A text that stays on its line and moves no cursor: control characters are replaced.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_holds_no_line_end_and_no_escape() {
        assert_eq!(plain("a\nb\u{1b}[31mé"), "a\u{fffd}b\u{fffd}[31mé");
        assert_eq!(counted(1, "error"), "1 error");
        assert_eq!(counted(0, "error"), "0 errors");
    }
}
