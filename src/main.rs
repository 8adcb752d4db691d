//! The program: reads the command line, runs a command, ends with its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    clausebook::cli::run()
}
