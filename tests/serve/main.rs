//! The preview, used by an author and by strangers: the real program, over the loopback interface.

mod author;
mod machine;
mod preview;
mod soak;
mod start;
mod stranger;
