//! The live preview: watches a handbook, rebuilds what changed, and serves the result to this machine.
//!
//! One thread waits for hints that something changed, and builds (`watch`, `builder`). Each build rereads and
//! reassesses the handbook, as far as it changed, and creates a new `generation`, which replaces the current one
//! atomically. Its pages are rendered on request from the results of the build (`site`). Server threads answer each
//! request from a single generation, and read only attachments from disk. If a build fails, the last good site stays in
//! place, and every page says why. Pages of a custom theme can fail individually: those being viewed are tried before a
//! generation is shown, and all pages once nothing has been saved for a moment.

mod address;
mod builder;
mod connections;
mod content_type;
mod current;
mod files;
mod folders;
mod generation;
mod guard;
mod head;
mod reply;
mod report;
mod run;
mod server;
mod site;
mod watch;

pub(crate) use address::Address;
pub use builder::{BuildOptions, Builder, Outcome};
pub(crate) use generation::Generation;
pub use reply::requested_path;
pub(crate) use report::Change;
pub(crate) use run::{Preview, PreviewEvent, PreviewPlan};
