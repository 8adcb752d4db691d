//! Words above other words, which would run together with them.

use super::element::Element;

/// Writes the words above others in brackets.
#[derive(Debug, Default)]
pub(super) struct Ruby {
    is_open: bool,
}

impl Ruby {
    /// The replacement for an opening tag.
    pub(super) fn open(&mut self, element: Element<'_>) -> Option<String> {
        if !element.is_one_of(&["rt", "rb", "ruby"]) {
            return None;
        }
        let end = self.end();
        self.is_open = element.is("rt");
        Some(if self.is_open { format!("{end} (") } else { end.to_owned() })
    }

    /// The replacement for a closing tag.
    pub(super) fn close(&mut self, element: Element<'_>) -> Option<String> {
        element.is_one_of(&["rt", "rb", "ruby"]).then(|| self.end().to_owned())
    }

    fn end(&mut self) -> &'static str {
        if std::mem::take(&mut self.is_open) { ")" } else { "" }
    }
}
