//! Everything that differs between operating systems: modes, owners, links, locks, exchanging files, ending processes.
//!
//! `unix` and `windows` have the same functions, and only one of them is compiled. No other module names an operating
//! system, a crate for one, or `std::os` (enforced by `tests/platform.rs`), so a port only affects this module.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::*;
#[cfg(windows)]
pub(crate) use windows::*;

/// Whether writing failed for lack of space.
pub(crate) fn is_full(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge
    )
}
