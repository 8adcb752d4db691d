//! Tracks whether a scan of rendered HTML is inside an element to be left unchanged.

/// A paragraph of this class is a heading.
const TITLE_CLASS: &str = "class=\"alert-title\"";

/// The outermost open element to leave unchanged, and the current nesting depth of elements with its name.
pub(super) struct SkippedElement<'h> {
    skipped: &'static [&'static str],
    name: &'h str,
    depth: usize,
}

impl<'h> SkippedElement<'h> {
    /// Leaves elements with these names unchanged, and titles of alerts.
    pub(super) fn new(skipped: &'static [&'static str]) -> SkippedElement<'h> {
        SkippedElement { skipped, name: "", depth: 0 }
    }

    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// Updates the state for the next tag.
    pub(super) fn advance(&mut self, tag: &'h str) {
        let closes = tag.starts_with("</");
        let name = tag_name(tag);
        if !self.is_open() {
            let is_title = name == "p" && tag.contains(TITLE_CLASS);
            if !closes && (is_title || self.skipped.contains(&name)) {
                *self = SkippedElement { name, depth: 1, ..*self };
            }
        } else if name == self.name {
            self.depth = if closes { self.depth - 1 } else { self.depth + 1 };
        }
    }
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
    &name[..end]
}
