//! The program: reads the command line, runs a command, ends with its exit code.

use std::process::ExitCode;

/// Pages are made of many small values; this allocator takes a tenth of a build's time less than the system's. It
/// serves the highlighter's C code too. Huge pages of memory are not asked for: they saved no time, and took half as much room
/// again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clausebook::run()
}
