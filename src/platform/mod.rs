//! Everything that differs between operating systems: modes, owners, links, locks, exchanging files, ending processes.
//!
//! `unix` and `windows` are twins: both have the same functions, and only one of them is compiled. No other module names an
//! operating system, a crate for one, or `std::os` (`tests/platform.rs` holds that), so a port has its work here alone.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::*;
#[cfg(windows)]
pub(crate) use windows::*;

/// Whether the system refused because there is no room for what was to be written.
pub(crate) fn is_full(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge
    )
}
