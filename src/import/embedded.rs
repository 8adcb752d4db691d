//! Pictures embedded in a web page as `data:` addresses.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

/// Types of pictures that browsers show, with their extensions.
const TYPES: [(&str, &str); 9] = [
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/jpg", "jpg"),
    ("image/gif", "gif"),
    ("image/svg+xml", "svg"),
    ("image/webp", "webp"),
    ("image/bmp", "bmp"),
    ("image/avif", "avif"),
    ("image/x-icon", "ico"),
];

/// A decoder that does not insist on padding.
const DECODER: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A decoded picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EmbeddedPicture {
    pub(super) extension: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// Whether an address contains its content.
pub(super) fn is_embedded(address: &str) -> bool {
    address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Decodes a `data:` address; `None` if it is not a picture or is damaged.
pub(super) fn decode(address: &str) -> Option<EmbeddedPicture> {
    let (head, data) = address.get(5..).filter(|_| is_embedded(address))?.split_once(',')?;
    let (kind, parameters) = head.split_once(';').unwrap_or((head, ""));
    let (_, extension) = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(kind.trim()))?;
    let data: Vec<u8> = percent_decode_str(data).collect();
    let is_base64 = parameters.split(';').any(|parameter| parameter.trim().eq_ignore_ascii_case("base64"));
    let bytes = if is_base64 {
        let data: Vec<u8> = data.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
        DECODER.decode(data).ok()?
    } else {
        data
    };
    (!bytes.is_empty()).then_some(EmbeddedPicture { extension, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_in_addresses_are_their_bytes() {
        for (address, expected) in [
            ("data:image/png;base64,AQID", Some(("png", &[1_u8, 2, 3][..]))),
            ("DATA:image/JPEG;charset=x;base64, AQ\nID", Some(("jpg", &[1, 2, 3]))),
            ("data:image/gif;base64,AQI", Some(("gif", &[1, 2]))),
            ("data:image/png;base64,AQ%3D%3D", Some(("png", &[1]))),
            ("data:image/svg+xml,%3Csvg/>", Some(("svg", b"<svg/>"))),
            ("data:image/png;base64,", None),
            ("data:image/png;base64,?", None),
            ("data:text/html,x", None),
            ("data:image/png", None),
            ("a.png", None),
        ] {
            let found = decode(address);
            let found = found.as_ref().map(|picture| (picture.extension, picture.bytes.as_slice()));
            assert_eq!(found, expected, "{address}");
        }
    }
}
