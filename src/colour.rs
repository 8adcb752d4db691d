//! Colours in settings and themes.

/// Whether a text is `#rgb` or `#rrggbb`.
pub(crate) fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The background of pages in the default theme's light mode.
pub(crate) const LIGHT_BACKGROUND: &str = "#fdfcfa";

/// The background of pages in dark mode.
pub(crate) const DARK_BACKGROUND: &str = "#14181c";

/// The minimum contrast between text and its background for people with poor eyesight (WCAG 2.2, level AA).
pub(crate) const MIN_CONTRAST: f64 = 4.5;

/// The contrast of two colours, 1 to 21, or `None` if either is not a valid colour.
pub(crate) fn contrast(first: &str, second: &str) -> Option<f64> {
    let (first, second) = (luminance(channels(first)?), luminance(channels(second)?));
    Some((first.max(second) + 0.05) / (first.min(second) + 0.05))
}

/// The nearest shade of a colour that is readable on a background: darker on a light one, lighter on a dark one.
pub(crate) fn readable_shade(colour: &str, background: &str) -> Option<String> {
    let (from, below) = (channels(colour)?, channels(background)?);
    let end = if luminance(below) > 0.18 { 0.0 } else { 255.0 };
    let mixed = |step: u32| from.map(|channel| (channel + (end - channel) * f64::from(step) / 100.0).round());
    let shades = (0..=100).map(|step| {
        let [red, green, blue] = mixed(step);
        format!("#{:02x}{:02x}{:02x}", red as u8, green as u8, blue as u8)
    });
    shades.into_iter().find(|shade| contrast(shade, background).is_some_and(|contrast| contrast >= MIN_CONTRAST))
}

/// Red, green and blue, each from 0 to 255.
fn channels(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|_| is_colour(colour))?;
    let doubled: String =
        if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits.to_owned() };
    let channel = |at: usize| u8::from_str_radix(doubled.get(at..at + 2)?, 16).ok().map(f64::from);
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The relative luminance of a colour, 0 to 1.
fn luminance(channels: [f64; 3]) -> f64 {
    let [red, green, blue] = channels.map(|channel| {
        let part = channel / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_guidelines() {
        let round = |one, other| contrast(one, other).map(|contrast| (contrast * 100.0).round() / 100.0);
        assert_eq!(round("#000", "#ffffff"), Some(21.0));
        assert_eq!(round("#777777", "#fff"), Some(4.48));
        assert_eq!(round("#0b5566", "#0b5566"), Some(1.0));
        assert_eq!(round("teal", "#fff"), None);
    }

    #[test]
    fn a_shade_can_be_read_and_stays_near() {
        for (colour, ground) in [
            ("#ffcc00", LIGHT_BACKGROUND),
            ("#fff", LIGHT_BACKGROUND),
            ("#0b5566", DARK_BACKGROUND),
            ("#000", DARK_BACKGROUND),
        ] {
            let shade = readable_shade(colour, ground).unwrap();
            let reached = contrast(&shade, ground).unwrap();
            assert!((MIN_CONTRAST..5.0).contains(&reached), "{colour} became {shade}: {reached}");
        }
        assert_eq!(readable_shade("#0b5566", LIGHT_BACKGROUND).as_deref(), Some("#0b5566"), "what can be read stays");
    }
}
