//! Instructions of fields.

use quick_xml::escape::{escape, unescape};

use super::files::readable;

/// Switches of a link that are followed by a value, which is not the target.
const WITH_VALUE: [&str; 2] = ["\\o", "\\t"];

/// The target of a field, escaped and without white space, or `None` if it is not a link or a reference.
pub(super) fn target(instruction: &str) -> Option<String> {
    let words = words(instruction);
    let mut words = words.iter().map(String::as_str);
    let target = match words.next()?.to_ascii_uppercase().as_str() {
        "REF" | "NOTEREF" => words.next().filter(|name| !is_switch(name)).map(|name| format!("#{name}")),
        "HYPERLINK" => link(words),
        _ => None,
    };
    let target = target.filter(|target| !target.is_empty())?;
    let plain: String = target.chars().filter(|c| !matches!(c, '\u{fdd0}'..='\u{fdef}')).collect();
    Some(escape(readable(&plain)).into_owned())
}

/// The words on a button field, which has no other text.
pub(super) fn button(instruction: &str) -> Option<String> {
    let words = words(instruction);
    let is_button = words.first().is_some_and(|name| matches!(name.as_str(), "MACROBUTTON" | "GOTOBUTTON"));
    let shown = words.get(2..).filter(|shown| is_button && !shown.is_empty())?;
    Some(escape(shown.join(" ")).into_owned())
}

fn link<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<String> {
    let (mut address, mut place) = (None, None);
    while let Some(word) = words.next() {
        match word.to_ascii_lowercase().as_str() {
            "\\l" => place = words.next(),
            switch if WITH_VALUE.contains(&switch) => drop(words.next()),
            _ if is_switch(word) => {}
            _ => address = address.or(Some(word)),
        }
    }
    let place = place.map_or_else(String::new, |place| format!("#{place}"));
    Some(format!("{}{place}", address.unwrap_or_default()))
}

fn is_switch(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next() == Some('\\') && letters.next().is_some_and(|c| c != '\\') && letters.next().is_none()
}

/// The words of an instruction. Quoted words count as one, and a switch keeps its backslash.
fn words(instruction: &str) -> Vec<String> {
    let text = unescape(instruction).map_or_else(|_| instruction.to_owned(), std::borrow::Cow::into_owned);
    let mut words = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if c.is_whitespace() {
            continue;
        }
        let is_quoted = matches!(c, '"' | '“' | '”');
        let mut word = String::new();
        let mut next = if is_quoted { letters.next() } else { Some(c) };
        while let Some(c) = next {
            let is_end = if is_quoted { matches!(c, '"' | '“' | '”') } else { c.is_whitespace() };
            if is_end {
                break;
            }
            let escaped = letters.next_if(|after| is_quoted && c == '\\' && matches!(after, '\\' | '"'));
            word.push(escaped.unwrap_or(c));
            next = letters.next();
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_lead_where_word_would() {
        for (instruction, expected) in [
            (" HYPERLINK &quot;https://a.example/x y?a=1&amp;b&quot; ", Some("https://a.example/x%20y?a=1&amp;b")),
            ("HYPERLINK \"https://a.example\" \\o \"A tip\" \\t \"_blank\" \\h", Some("https://a.example")),
            ("HYPERLINK  \\l \"_Toc1\"", Some("#_Toc1")),
            ("HYPERLINK \"b.docx\" \\l \"part\"", Some("b.docx#part")),
            ("HYPERLINK \"C:\\\\docs\\\\b c.docx\"", Some("C:\\docs\\b%20c.docx")),
            ("hyperlink https://a.example", Some("https://a.example")),
            ("REF _Ref2 \\r \\h", Some("#_Ref2")),
            ("NOTEREF x", Some("#x")),
            ("REF \\h", None),
            ("PAGEREF _Toc1 \\h", None),
            ("DATE \\@ \"d MMMM yyyy\"", None),
            ("HYPERLINK", None),
            ("", None),
        ] {
            assert_eq!(target(instruction).as_deref(), expected, "{instruction}");
        }
        assert_eq!(button("MACROBUTTON NoMacro [Type here]").as_deref(), Some("[Type here]"));
        assert_eq!(button("DATE x y"), None);
    }
}
