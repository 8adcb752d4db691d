//! Alert markers in quotes: `[!NOTE]- Title`, `[!NOTE|label:Title]`.

use super::opening::{AlertTitle, Fold, within};

/// Parses the alert marker of a quote, `[!NOTE]- Title`, into its kind, title and folding.
pub(super) fn quote_mark(line: &str) -> Option<(&str, AlertTitle, Fold)> {
    let inner = line.strip_prefix("[!")?;
    let close = inner.find(']')?;
    let (name, label) = inner[..close].split_once('|').unwrap_or((&inner[..close], ""));
    let name = name.trim_end();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if !name.starts_with(char::is_alphabetic) || !name.chars().all(is_name) || name.split(' ').count() > 3 {
        return None;
    }
    let after = &inner[close + 1..];
    let fold = match after.as_bytes().first() {
        Some(b'-') => Fold::Folded,
        Some(b'+') => Fold::Unfolded,
        Some(b'(' | b'[') => return None,
        _ => Fold::Never,
    };
    // A backslash at the end of the line is a line break.
    let after = after.trim_end().strip_suffix('\\').unwrap_or(after);
    let title = after.trim_start_matches(['-', '+', ':', ' ', '\t']);
    let label = label.trim().strip_prefix("label:");
    let title = Some(title).filter(|title| !title.trim().is_empty()).or(label);
    Some((name, within(line, title), fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_quotes_have_titles_and_folding() {
        let read = |line| quote_mark(line).map(|(name, title, fold)| (name, title.of(line), fold));
        assert_eq!(read("[!DANGER]"), Some(("DANGER", "-", Fold::Never)));
        assert_eq!(read("[!note]- Own *title*"), Some(("note", "Own *title*", Fold::Folded)));
        assert_eq!(read("[!NOTE]+"), Some(("NOTE", "-", Fold::Unfolded)));
        assert_eq!(read("[!WARNING]: overheating"), Some(("WARNING", "overheating", Fold::Never)));
        assert_eq!(read("[!NOTE](x.md)"), None);
        assert_eq!(read("[!]"), None);
        assert_eq!(read("[!my kind]"), Some(("my kind", "-", Fold::Never)));
        assert_eq!(read("[!NOTE|label:Hours]"), Some(("NOTE", "Hours", Fold::Never)));
        assert_eq!(read("[!note|right]"), Some(("note", "-", Fold::Never)));
        assert_eq!(read("[!div class=\"x\"]"), None);
    }
}
