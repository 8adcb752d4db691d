//! Parts of page models that many pages share.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

/// A part of page models that is converted to a template value only once, when a template first needs it, however many
/// pages contain it. Cloning is cheap.
pub struct Shared<T>(Arc<SharedPart<T>>);

struct SharedPart<T> {
    part: T,
    /// `None` if the conversion fails; pages with the part then fail as they would without this type.
    value: OnceLock<Option<Value>>,
}

impl<T> Shared<T> {
    /// Wraps a part.
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
    /// Passes the converted value to templates; other serializers receive the part.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SharedPart { part, value } = &*self.0;
        match value.get_or_init(|| Value::try_from_serializable(part).ok()) {
            Some(value) => value.serialize(serializer),
            None => part.serialize(serializer),
        }
    }
}
