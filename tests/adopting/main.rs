//! A folder that exists becomes a handbook: its settings, `adopt` and `import`.

#[path = "../support/mod.rs"]
mod support;

mod settings;
