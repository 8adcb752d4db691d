//! The style sheet of an organization's colours.

use crate::colour::is_colour;
use crate::site::model::Brand;

/// The style sheet for an organization's colours; `None` without colours.
///
/// Colours other than `#rgb` or `#rrggbb` are left out; they are reported where the settings define them.
pub fn brand_css(brand: &Brand) -> Option<String> {
    let light = brand.accent.as_deref().filter(|colour| is_colour(colour));
    let dark = brand.accent_dark.as_deref().filter(|colour| is_colour(colour)).or(light);
    let (light, dark) = (light.or(dark)?, dark?);
    Some(format!(":root{{--accent:light-dark({light},{dark})}}\n"))
}
