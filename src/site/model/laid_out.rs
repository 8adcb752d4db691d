//! Lists that are laid out before templates get them.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::common::Html;

/// A list as templates get it: its items, or once it is laid out what a template would make of them.
#[derive(Clone, Debug)]
pub struct LaidOut<T> {
    items: Vec<T>,
    html: OnceLock<Html>,
}

impl<T> LaidOut<T> {
    /// Lays out a list that has items, once.
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
