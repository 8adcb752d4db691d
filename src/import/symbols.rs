//! Symbols in Word's symbol fonts.

use std::borrow::Cow;

use quick_xml::escape::{escape, unescape};

use super::xml::{attribute, prefix};

/// Fonts whose codes are not Unicode, each with its common symbols by code.
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
/// The private use range that symbol fonts use for their codes.
const PRIVATE_CODES: std::ops::Range<u32> = 0xf000..0xf100;
/// The replacement for an unknown symbol, so that readers see that there was one.
const UNKNOWN: char = '\u{fffd}';

/// The text of a symbol, or `None` if pandoc can read it.
pub(super) fn symbol(tag: &str) -> Option<String> {
    let font = attribute(tag, "font").unwrap_or_default().to_lowercase();
    let code = u32::from_str_radix(attribute(tag, "char")?, 16).ok()?;
    if font == "symbol" {
        return None;
    }
    let symbol = if is_font(&font) {
        symbol_char(&font, code)
    } else {
        char::from_u32(code).filter(|c| !PRIVATE_CODES.contains(&code) && !c.is_control()).unwrap_or(UNKNOWN)
    };
    let prefix = prefix(tag);
    Some(format!("<{prefix}t>{}</{prefix}t>", escape(symbol.to_string().as_str())))
}

/// Whether a font, in lower case, is a symbol font.
pub(super) fn is_font(font: &str) -> bool {
    FONTS.iter().any(|(name, _)| *name == font)
}

/// Converts escaped text to the symbols that a font shows for its characters.
pub(super) fn convert_symbols(font: &str, text: &str) -> String {
    let plain = unescape(text).unwrap_or(Cow::Borrowed(text));
    let convert = |c: char| if c.is_whitespace() { c } else { symbol_char(font, c.into()) };
    escape(plain.chars().map(convert).collect::<String>()).into_owned()
}

fn symbol_char(font: &str, code: u32) -> char {
    let font_code = if PRIVATE_CODES.contains(&code) { code - PRIVATE_CODES.start } else { code };
    let signs = FONTS.iter().find(|(name, _)| *name == font).map_or(&[][..], |(_, signs)| *signs);
    signs.iter().find(|(symbol_code, _)| *symbol_code == font_code).map_or(UNKNOWN, |(_, c)| *c)
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
            assert_eq!(symbol(tag), expected.map(|c| format!("<w:t>{c}</w:t>")), "{tag}");
        }
        assert_eq!(convert_symbols("wingdings", "þ \u{f0a8}&amp;"), "☑ ☐\u{fffd}");
    }
}
