//! Decoding of web pages.

use super::page::charset;

/// Why a page cannot be decoded; shown as a sentence fragment.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum DecodeError {
    /// It begins with a UTF-16 byte order mark but is not valid UTF-16.
    #[error("it begins as UTF-16 and is damaged; save it as UTF-8")]
    Utf16,
    /// It declares an unsupported encoding.
    #[error("its encoding `{0}` is not supported; save it as UTF-8")]
    Unsupported(String),
    /// It is not in any supported encoding.
    #[error("its encoding is not known; save it as UTF-8")]
    UnknownEncoding,
}

/// The windows-1252 characters 0x80 to 0x9F, which differ from ISO 8859-1; 0 if undefined.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
];
/// Names of windows-1252, which browsers also use for ISO 8859-1 and ASCII.
const WINDOWS_NAMES: [&str; 9] =
    ["windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "latin1", "l1", "us-ascii", "ascii"];

/// Decodes a page.
///
/// # Errors
/// If it is neither UTF-8, UTF-16 with a byte order mark, nor windows-1252.
pub(super) fn decode(page: &[u8]) -> Result<String, DecodeError> {
    match page {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    if page.contains(&0) {
        return Err(DecodeError::UnknownEncoding);
    }
    let declared = charset(page);
    let is_windows = declared.as_deref().is_some_and(|name| WINDOWS_NAMES.contains(&name));
    match std::str::from_utf8(page) {
        Ok(text) if !is_windows || text.is_ascii() || text.starts_with('\u{feff}') => {
            return Ok(text.trim_start_matches('\u{feff}').to_owned());
        }
        _ => {}
    }
    match declared {
        Some(name) if !is_windows && !name.starts_with("utf") => Err(DecodeError::Unsupported(name)),
        _ => page
            .iter()
            .map(|byte| decode_windows_byte(*byte))
            .collect::<Option<String>>()
            .ok_or(DecodeError::UnknownEncoding),
    }
}

fn decode_windows_byte(byte: u8) -> Option<char> {
    let code = match byte {
        0x80..=0x9f => u32::from(WINDOWS_1252[usize::from(byte) - 0x80]),
        _ => u32::from(byte),
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, DecodeError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty()).ok_or(DecodeError::Utf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_in_their_encoding_or_refused() {
        let utf16: Vec<u8> = "\u{feff}Größe 🚀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin = b"<META http-equiv=x content='text/html; charset=ISO-8859-1'>";
        for (page, expected) in [
            ("Größe".as_bytes(), Ok("Größe")),
            ("\u{feff}Größe".as_bytes(), Ok("Größe")),
            (&utf16, Ok("Größe 🚀")),
            (&[0xfe, 0xff, 0, b'a'], Ok("a")),
            (b"Gr\xf6\xdfe \x80", Ok("Größe €")),
            (&[latin, &b"\xe9\x96"[..]].concat(), Ok("é–")),
            (&[latin, "é".as_bytes()].concat(), Ok("Ã©")),
            ("<form accept-charset=iso-8859-1>é".as_bytes(), Ok("é")),
            (&[0xff, 0xfe, 0], Err(DecodeError::Utf16)),
            (&[b'a', 0, b'b', 0], Err(DecodeError::UnknownEncoding)),
            (b"a\x81b", Err(DecodeError::UnknownEncoding)),
            (b"<meta charset=\"Shift_JIS\">\x82", Err(DecodeError::Unsupported("shift_jis".to_owned()))),
        ] {
            let decoded = decode(page);
            let decoded = decoded.as_ref().map(|text| text.rsplit('>').next().unwrap_or_default());
            assert_eq!(decoded, expected.as_ref().map(|text| *text), "{page:?}");
        }
    }
}
