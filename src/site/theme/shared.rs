//! Parts of page models that many pages show.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// A part of page models that is turned into the template engine's form once, however many pages show it. A clone is
/// cheap.
#[derive(Clone)]
pub struct Shared<T> {
    part: Arc<T>,
    /// Nothing when the part has no such form; a page that shows it then fails as it would without this type.
    value: Option<Value>,
}

impl<T: Serialize> Shared<T> {
    /// Makes a part ready.
    pub fn new(part: T) -> Shared<T> {
        let value = Value::try_from_serializable(&part).ok();
        Shared { part: Arc::new(part), value }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.part
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.part.fmt(f)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    /// Hands the engine's own form to a template as it is; any other serialiser sees the part.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Some(value) => value.serialize(serializer),
            None => self.part.serialize(serializer),
        }
    }
}
