//! Signs of Word that are no letters of its text: symbols of its own fonts, and boxes of forms.

use super::bookmarks::{attribute, prefix};

/// Fonts whose signs have no places in Unicode, each with the signs that people use, by their codes.
const FONTS: [(&str, &[(u32, char)]); 3] = [
    (
        "wingdings",
        &[
            (0x4a, '☺'),
            (0x4c, '☹'),
            (0x6c, '●'),
            (0x6e, '■'),
            (0x6f, '☐'),
            (0x70, '☐'),
            (0x71, '☐'),
            (0x72, '☐'),
            (0x75, '◆'),
            (0x76, '❖'),
            (0x77, '◆'),
            (0x9f, '•'),
            (0xa1, '○'),
            (0xa7, '▪'),
            (0xa8, '☐'),
            (0xd8, '➢'),
            (0xdf, '←'),
            (0xe0, '→'),
            (0xe1, '↑'),
            (0xe2, '↓'),
            (0xe7, '⇐'),
            (0xe8, '⇒'),
            (0xf0, '⇨'),
            (0xfb, '✗'),
            (0xfc, '✓'),
            (0xfd, '☒'),
            (0xfe, '☑'),
        ],
    ),
    (
        "wingdings 2",
        &[(0x4f, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0x97, '●'), (0xa3, '☐')],
    ),
    ("wingdings 3", &[(0x70, '▲'), (0x71, '▼'), (0x74, '◀'), (0x75, '▶'), (0x7d, '▶')]),
];
/// Where fonts of signs have their codes.
const PRIVATE: std::ops::Range<u32> = 0xf000..0xf100;
/// What is shown for a sign that is not known, so that readers see that there was one.
const UNKNOWN: char = '\u{fffd}';

/// The text that a symbol becomes; nothing when pandoc reads it.
pub(super) fn symbol(tag: &str) -> Option<String> {
    let font = attribute(tag, "font").unwrap_or_default().to_lowercase();
    let code = u32::from_str_radix(attribute(tag, "char")?, 16).ok()?;
    if font == "symbol" {
        return None;
    }
    let is_private = PRIVATE.contains(&code);
    let own = if is_private { code - PRIVATE.start } else { code };
    let sign = match FONTS.iter().find(|(name, _)| *name == font) {
        Some((_, signs)) => signs.iter().find(|(known, _)| *known == own).map(|(_, sign)| *sign),
        None => char::from_u32(code).filter(|letter| !is_private && !letter.is_control()),
    };
    let prefix = prefix(tag);
    let sign = match sign.unwrap_or(UNKNOWN) {
        '<' => "&lt;".to_owned(),
        '&' => "&amp;".to_owned(),
        sign => sign.to_string(),
    };
    Some(format!("<{prefix}t>{sign}</{prefix}t>"))
}

/// Boxes of forms: what each shows is written behind its field.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// The box whose field is open.
    open: Option<Tick>,
    /// What a box shows, until the run that ends its field is written.
    shown: Option<char>,
}

/// A box of a form, as its field says.
#[derive(Debug, Default)]
struct Tick {
    is_ticked: Option<bool>,
    is_by_default: bool,
}

impl Boxes {
    /// Reads an element.
    pub(super) fn read(&mut self, element: &str, tag: &str) {
        let is_on = !matches!(attribute(tag, "val"), Some("0" | "false" | "off"));
        match (element, &mut self.open) {
            ("checkBox", open) => *open = Some(Tick::default()),
            ("checked", Some(tick)) => tick.is_ticked = Some(is_on),
            ("default", Some(tick)) => tick.is_by_default = is_on,
            ("fldChar", open) if attribute(tag, "fldCharType") == Some("end") => {
                let is_ticked = open.take().map(|tick| tick.is_ticked.unwrap_or(tick.is_by_default));
                self.shown = is_ticked.map(|is_ticked| if is_ticked { '☑' } else { '☐' });
            }
            _ => {}
        }
    }

    /// The run that shows a box, behind the one that this tag ends.
    pub(super) fn take(&mut self, tag: &str) -> Option<String> {
        let prefix = prefix(tag);
        self.shown.take().map(|sign| format!("<{prefix}r><{prefix}t>{sign}</{prefix}t></{prefix}r>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_fonts_become_letters() {
        for (tag, expected) in [
            ("<w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/>", Some("☐")),
            ("<w:sym w:char=\"00FE\" w:font=\"Wingdings\"/>", Some("☑")),
            ("<w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/>", Some("☑")),
            ("<w:sym w:font=\"Webdings\" w:char=\"F052\"/>", Some("\u{fffd}")),
            ("<w:sym w:font=\"MS Gothic\" w:char=\"2610\"/>", Some("☐")),
            ("<w:sym w:font=\"Arial\" w:char=\"0026\"/>", Some("&amp;")),
            ("<w:sym w:font=\"Symbol\" w:char=\"F061\"/>", None),
            ("<w:sym w:font=\"Wingdings\"/>", None),
        ] {
            assert_eq!(symbol(tag), expected.map(|sign| format!("<w:t>{sign}</w:t>")), "{tag}");
        }
    }
}
