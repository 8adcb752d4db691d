//! The preview as an author and as a stranger meet it: the program itself, asked over loopback.

mod author;
mod machine;
mod preview;
mod soak;
mod start;
mod stranger;
