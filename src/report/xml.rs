//! Escaping of text for XML.

/// Escapes a text for content and double-quoted values. Characters that XML does not allow are replaced.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            steering if super::is_control_char(steering) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    // Runners execute these commands anywhere in a line.
    out.replace("##[", "##&#91;").replace("##vso[", "##vso&#91;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_stand_in_xml() {
        assert_eq!(escape("<a b=\"c\">&\u{1b}\u{0}\n"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\u{fffd}&#10;");
    }
}
