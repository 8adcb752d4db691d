//! The style sheet of an organization's colours.

use crate::colour::is_colour;
use crate::site::model::Brand;

/// The style sheet that an organization's colours make; nothing when it gives none.
///
/// A colour that is not `#rgb` or `#rrggbb` is left out: the settings report it where it stands.
pub fn brand_css(brand: &Brand) -> Option<String> {
    let light = brand.accent.as_deref().filter(|colour| is_colour(colour));
    let dark = brand.accent_dark.as_deref().filter(|colour| is_colour(colour)).or(light);
    let (light, dark) = (light.or(dark)?, dark?);
    Some(format!(":root{{--accent:light-dark({light},{dark})}}\n"))
}
