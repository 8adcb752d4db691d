//! A share drawn as a bar.

use anstyle::{AnsiColor, Style};

/// What is complete, and what is not.
const GOOD: Style = AnsiColor::Green.on_default();
const WARN: Style = AnsiColor::Yellow.on_default();
/// Characters of a bar.
const BAR: u32 = 20;

/// A share as a bar; full only when nothing is missing, empty only when there is nothing.
pub(super) fn bar(part: u32, whole: u32) -> String {
    let exact = (u64::from(part) * u64::from(BAR)).checked_div(u64::from(whole)).unwrap_or(0) as u32;
    let full = exact.min(BAR).max(u32::from(part > 0)) as usize;
    let style = if part >= whole && whole > 0 { GOOD } else { WARN };
    format!("{style}{}{style:#}{}", "█".repeat(full), "░".repeat(BAR as usize - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_bar(part: u32, whole: u32) -> String {
        anstream::adapter::strip_str(&bar(part, whole)).to_string()
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
