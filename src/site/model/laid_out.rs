//! Lists that are rendered before templates receive them.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::common::Html;

/// A list that serializes as its items or, once rendered, as HTML.
#[derive(Clone, Debug)]
pub struct LaidOut<T> {
    items: Vec<T>,
    html: OnceLock<Html>,
}

impl<T> LaidOut<T> {
    /// Renders the list once, unless it is empty.
    pub(crate) fn lay_out(&self, make: impl FnOnce(&[T]) -> Html) {
        if !self.items.is_empty() {
            self.html.get_or_init(|| make(&self.items));
        }
    }
}

impl<T> From<Vec<T>> for LaidOut<T> {
    fn from(items: Vec<T>) -> LaidOut<T> {
        LaidOut { items, html: OnceLock::new() }
    }
}

impl<T> Deref for LaidOut<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T: Serialize> Serialize for LaidOut<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.html.get() {
            Some(html) => html.serialize(serializer),
            None => self.items.serialize(serializer),
        }
    }
}
