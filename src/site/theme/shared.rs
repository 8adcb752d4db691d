//! Parts of page models that many pages show.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

/// A part of page models that is turned into the template engine's form once, when a template first gets it, however many
/// pages show it. A clone is cheap.
pub struct Shared<T>(Arc<SharedPart<T>>);

struct SharedPart<T> {
    part: T,
    /// Nothing when the part has no such form; a page that shows it then fails as it would without this type.
    value: OnceLock<Option<Value>>,
}

impl<T> Shared<T> {
    /// Makes a part ready.
    pub fn new(part: T) -> Shared<T> {
        Shared(Arc::new(SharedPart { part, value: OnceLock::new() }))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.part
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.part.fmt(f)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    /// Hands the engine's own form to a template as it is; any other serialiser sees the part.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SharedPart { part, value } = &*self.0;
        match value.get_or_init(|| Value::try_from_serializable(part).ok()) {
            Some(value) => value.serialize(serializer),
            None => part.serialize(serializer),
        }
    }
}
