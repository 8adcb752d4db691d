//! The only room that knows the Markdown parser: one parse of a text gives everything that is known of it.

mod body;

pub use body::{Body, Fill, Fragment, Gap, Heading, Link, LinkForm, Mention};
