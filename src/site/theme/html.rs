//! Markup that templates print without escaping.

use std::fmt;

use serde::{Serialize, Serializer};
use tera::Value;

/// Markup that templates print without escaping. Cloning is cheap, because the text is shared.
///
/// The caller of [`Html::new`] is responsible for its safety. All other text is escaped when it is printed.
#[derive(Clone)]
pub struct Html(Value);

impl Html {
    /// Creates markup from text that is known to be safe.
    pub fn new(markup: &str) -> Html {
        Html(Value::safe_string(markup))
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl From<Html> for Value {
    fn from(html: Html) -> Value {
        html.0
    }
}

impl Default for Html {
    fn default() -> Html {
        Html::new("")
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Html").field(&self.as_str()).finish()
    }
}

impl Serialize for Html {
    /// Passes the shared text to templates; other serializers receive a string.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
