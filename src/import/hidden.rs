//! Hidden runs in Word files, by their own properties or by those of their style.

use std::collections::BTreeSet;

use super::xml::{attribute, each_tag};

/// The ids of character styles that hide their text.
pub(super) fn styles(xml: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut style = None;
    each_tag(xml, |element, tag| match element {
        "style" => style = attribute(tag, "styleId").filter(|_| attribute(tag, "type") == Some("character")),
        "vanish" if is_on(tag) => names.extend(style.map(str::to_owned)),
        _ => {}
    });
    names
}

/// Whether the properties of a run hide it.
pub(super) fn is_hidden(properties: &str, styles: &BTreeSet<String>) -> bool {
    let (mut by_style, mut explicit) = (false, None);
    each_tag(properties, |element, tag| match element {
        "rStyle" => by_style = attribute(tag, "val").is_some_and(|style| styles.contains(style)),
        "vanish" => explicit = Some(is_on(tag)),
        _ => {}
    });
    explicit.unwrap_or(by_style)
}

/// Whether an on/off property is on.
fn is_on(tag: &str) -> bool {
    !matches!(attribute(tag, "val"), Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_hidden_by_themselves_or_by_their_style() {
        let styles = styles(
            "<w:styles><w:style w:type=\"character\" w:styleId=\"A\"><w:rPr><w:vanish/></w:rPr></w:style>\
             <w:style w:type=\"character\" w:styleId=\"B\"><w:rPr><w:vanish w:val=\"0\"/></w:rPr></w:style></w:styles>",
        );
        for (properties, expected) in [
            ("<w:rPr><w:vanish/></w:rPr>", true),
            ("<w:rPr><w:vanish w:val=\"false\"/></w:rPr>", false),
            ("<w:rPr><w:webHidden/></w:rPr>", false),
            ("<w:rPr><w:rStyle w:val=\"A\"/></w:rPr>", true),
            ("<w:rPr><w:rStyle w:val=\"A\"/><w:vanish w:val=\"0\"/></w:rPr>", false),
            ("<w:rPr><w:rStyle w:val=\"B\"/></w:rPr>", false),
        ] {
            assert_eq!(is_hidden(properties, &styles), expected, "{properties}");
        }
    }
}
