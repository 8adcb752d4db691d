//! A share drawn as a bar.

use anstyle::{AnsiColor, Style};

/// Styles for complete and incomplete shares.
const GOOD: Style = AnsiColor::Green.on_default();
const WARN: Style = AnsiColor::Yellow.on_default();
/// The length of a bar in characters.
const BAR_WIDTH: u32 = 20;

/// Draws a share as a bar. It is full only if nothing is missing, and empty only if the share is zero.
pub(super) fn draw_bar(part: u32, total: u32) -> String {
    let exact = (u64::from(part) * u64::from(BAR_WIDTH)).checked_div(u64::from(total)).unwrap_or(0) as u32;
    let full = exact.min(BAR_WIDTH).max(u32::from(part > 0)) as usize;
    let style = if part >= total && total > 0 { GOOD } else { WARN };
    format!("{style}{}{style:#}{}", "█".repeat(full), "░".repeat(BAR_WIDTH as usize - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_bar(part: u32, whole: u32) -> String {
        anstream::adapter::strip_str(&draw_bar(part, whole)).to_string()
    }

    #[test]
    fn a_bar_is_full_only_when_nothing_is_missing() {
        assert_eq!(plain_bar(0, 56), "░".repeat(20));
        assert_eq!(plain_bar(56, 56), "█".repeat(20));
        assert_eq!(plain_bar(55, 56), "█".repeat(19) + "░");
        assert_eq!(plain_bar(1, 100), "█".to_owned() + &"░".repeat(19));
        assert_eq!(plain_bar(0, 0), "░".repeat(20));
    }
}
