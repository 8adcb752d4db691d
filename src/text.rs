//! Text as people see it: what is invisible does not count.

/// Whether a character shows nothing: it joins, breaks or directs text, or marks its beginning.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character leaves nothing or only room on the page.
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter)
}
