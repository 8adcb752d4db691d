//! The live preview: watches a handbook, rebuilds what changed, and serves the result to this machine.
//!
//! One thread waits for hints that something changed and builds (`watch`, `builder`); each build reads and assesses the
//! whole handbook anew, as far as it changed, and makes a new `generation`, which is swapped in at once. Its pages are
//! made when they are asked for, from what the build found (`site`). Threads of the server answer from one generation
//! each and never touch the disk. A build that fails leaves the last good site in place and says why on every page.
//! Pages of a theme of the handbook's own can fail one by one: those that somebody looks at are tried before a generation
//! is shown, and all when nothing was saved for a moment.

mod address;
mod answer;
mod builder;
mod connections;
mod content_type;
mod current;
mod files;
mod folders;
mod generation;
mod guard;
mod head;
mod report;
mod run;
mod server;
mod site;
mod watch;

pub(crate) use address::Address;
pub use answer::requested;
pub use builder::{Builder, Outcome, Rules};
pub(crate) use generation::Generation;
pub(crate) use report::Change;
pub(crate) use run::{Event, Plan, Preview};
