//! The live preview: watches a handbook, rebuilds what changed, and serves the result to this machine.
//!
//! One thread waits for hints that something changed and builds (`watch`, `builder`); each build makes a whole new
//! `generation`, which is swapped in at once. Threads of the server answer from one generation each and never touch
//! the disk. A build that fails leaves the last good site in place and says why on every page.

mod address;
mod answer;
mod builder;
mod connections;
mod content_type;
mod files;
mod generation;
mod guard;
mod head;
mod report;
mod run;
mod server;
mod stage;
mod watch;

pub use address::{Address, AddressError, DEFAULT_PORT};
pub use builder::{Builder, Built, Failed, Outcome, Rules};
pub use generation::Generation;
pub use report::{Change, Facts, Shown, Status};
pub use run::{Event, Plan, Preview, Watching};
