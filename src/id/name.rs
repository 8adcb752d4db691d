//! Names of standards and of items of documented information.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The short name of a standard in this handbook, such as `iso20000-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardId(Arc<str>);

/// The name of an item of documented information, such as `change-management-policy`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(Arc<str>);

/// The error for text that is not the name of a standard or of an item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a name: use lower-case letters, digits and single hyphens")]
pub struct NameError(String);

/// Parses a lower-case name: letters, digits and single hyphens, which may not be at either end.
fn read(text: &str) -> Result<Arc<str>, NameError> {
    let is_name = text.len() <= 80
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
    if is_name { Ok(text.into()) } else { Err(NameError(text.to_owned())) }
}

macro_rules! name_type {
    ($name:ident) => {
        impl $name {
            /// The name as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                read(text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

name_type!(StandardId);
name_type!(ItemId);

/// An item of documented information as an author refers to it: bare, or with its standard (`own:some-item`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemRef {
    /// The standard in the reference; `None` searches all standards of the handbook, in order.
    pub(crate) standard: Option<StandardId>,
    /// The item's name.
    pub(crate) item: ItemId,
}

impl FromStr for ItemRef {
    type Err = NameError;

    fn from_str(text: &str) -> Result<ItemRef, NameError> {
        let (standard, item) = match text.split_once(':') {
            Some((standard, item)) => (Some(standard.trim().parse()?), item.trim()),
            None => (None, text),
        };
        Ok(ItemRef { standard, item: item.parse()? })
    }
}

impl fmt::Display for ItemRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(standard) = &self.standard {
            write!(f, "{standard}:")?;
        }
        self.item.fmt(f)
    }
}
