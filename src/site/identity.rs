//! Stable identifiers for the items of feeds, which do not change when pages move.

use super::portal::Portal;

/// A UUID (version 8, RFC 9562) derived from the handbook's organization, its title and the given parts.
///
/// It does not depend on the portal's address, so a feed that moves to another address repeats no items.
pub(super) fn uuid(portal: &Portal<'_>, parts: &[&str]) -> String {
    let organization = portal.reading.settings.organization.as_deref().unwrap_or_default();
    let mut input = Vec::with_capacity(256);
    for part in [organization, &portal.reading.settings.title].into_iter().chain(parts.iter().copied()) {
        input.extend_from_slice(&(part.len() as u64).to_le_bytes());
        input.extend_from_slice(part.as_bytes());
    }
    // Hashing everything at once is faster than in small pieces.
    let mut bytes = *blake3::hash(&input).as_bytes();
    bytes[6] = 0x80 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    let mut uuid = String::with_capacity(36);
    for (at, byte) in bytes[..16].iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        uuid.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
    }
    uuid
}
