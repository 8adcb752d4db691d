//! Accent colours that are not readable on the background of a page.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::colour::{DARK_BACKGROUND, LIGHT_BACKGROUND, MIN_CONTRAST, contrast, readable_shade};
use crate::finding::{Problem, RuleId, Severity};
use crate::place::Located;

pub(super) const RULE: Rule = Rule {
    id: RuleId("low-contrast"),
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "The accent colour has too little contrast with the page's background.",
    why: "Links and buttons in it are hard to read, and for some people impossible; accessibility rules require 4.5 to 1.",
    fix: "Use the shade that the finding names, or another one with a contrast of at least 4.5 to 1.",
    example: "brand: {accent: \"#ffcc00\"}",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let settings = &assessed.reading.settings;
    let brand = &settings.brand;
    let dark = brand.accent_dark.as_ref();
    let colours = [
        (brand.accent.as_ref().or(dark), LIGHT_BACKGROUND, "light", "accent"),
        (dark.or(brand.accent.as_ref()), DARK_BACKGROUND, "dark", "accent_dark"),
    ];
    for (colour, ground, mode, key) in colours {
        let Some(Located { value, span }) = colour else { continue };
        let Some(reached) = contrast(value, ground).filter(|reached| *reached < MIN_CONTRAST) else { continue };
        let message = format!(
            "`{value}` has a contrast of {reached:.1} to 1 in {mode} mode; links need at least {MIN_CONTRAST} to 1"
        );
        let shade = readable_shade(value, ground).unwrap_or_default();
        let help = format!("write `{key}: \"{shade}\"`, the nearest readable shade");
        problems.push(Problem::new(RULE.id, settings.place(*span), message).help(help));
    }
}
