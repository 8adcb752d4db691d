//! The preview as seen by an author and by a stranger: the program itself, over loopback.

mod author;
mod machine;
mod preview;
mod soak;
mod start;
mod stranger;
