//! Other programs that are run: found where their user keeps programs, and never in the handbook.
//!
//! A search path may hold `.` or an empty name, which both mean the current folder. There a handbook could bring a `git` of
//! its own, so that only absolute folders are searched.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::platform;

/// A program by its path, or by its name on the search path.
pub(crate) fn find(name: &Path) -> Option<PathBuf> {
    if name.components().count() > 1 {
        return platform::program_at(name);
    }
    folders().into_iter().find_map(|folder| platform::program_at(&folder.join(name)))
}

/// The search path for a program that may run others.
pub(crate) fn search_path() -> OsString {
    std::env::join_paths(folders()).unwrap_or_default()
}

fn folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}
