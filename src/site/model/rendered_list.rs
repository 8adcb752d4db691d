//! Lists that are rendered before templates receive them.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::common::Html;

/// A list that serializes as its items or, once rendered, as HTML.
#[derive(Clone, Debug)]
pub struct RenderedList<T> {
    items: Vec<T>,
    html: OnceLock<Html>,
}

impl<T> RenderedList<T> {
    /// Renders the list once, unless it is empty.
    pub(crate) fn render_once(&self, render: impl FnOnce(&[T]) -> Html) {
        if !self.items.is_empty() {
            self.html.get_or_init(|| render(&self.items));
        }
    }
}

impl<T> From<Vec<T>> for RenderedList<T> {
    fn from(items: Vec<T>) -> RenderedList<T> {
        RenderedList { items, html: OnceLock::new() }
    }
}

impl<T> Deref for RenderedList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T: Serialize> Serialize for RenderedList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.html.get() {
            Some(html) => html.serialize(serializer),
            None => self.items.serialize(serializer),
        }
    }
}
