//! Stable identifiers for the items of feeds, which do not change when pages move.

use super::portal::Portal;

/// A UUID (version 8, RFC 9562) derived from the handbook's organization, its title and the given parts.
///
/// It does not depend on the portal's address, so a feed that moves to another address repeats no items.
pub(super) fn uuid(portal: &Portal<'_>, parts: &[&str]) -> String {
    let organization = portal.reading.settings.organization.as_deref().unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    for part in [organization, &portal.reading.settings.title].into_iter().chain(parts.iter().copied()) {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    bytes[6] = 0x80 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let hex: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
