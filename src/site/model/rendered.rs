//! Parts of pages that are rendered before templates receive them.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::common::Html;

/// A part that serializes as its model or, once rendered, as HTML.
#[derive(Clone, Debug)]
pub struct Rendered<T> {
    model: T,
    html: OnceLock<Html>,
}

impl<T> Rendered<T> {
    /// Renders the part once. If `render` returns `None`, templates receive the model.
    pub(crate) fn render_once(&self, render: impl FnOnce(&T) -> Option<Html>) {
        if self.html.get().is_none()
            && let Some(html) = render(&self.model)
        {
            self.html.get_or_init(|| html);
        }
    }

    /// The size of the HTML in bytes; 0 before the part is rendered.
    pub(crate) fn html_bytes(&self) -> usize {
        self.html.get().map_or(0, |html| html.as_str().len())
    }
}

impl<T> From<T> for Rendered<T> {
    fn from(model: T) -> Rendered<T> {
        Rendered { model, html: OnceLock::new() }
    }
}

impl<T> Deref for Rendered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.model
    }
}

impl<T: Serialize> Serialize for Rendered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.html.get() {
            Some(html) => html.serialize(serializer),
            None => self.model.serialize(serializer),
        }
    }
}
