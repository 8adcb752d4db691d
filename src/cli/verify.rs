//! `clausebook verify`: verifies that a pack has not been changed. It writes nothing and unpacks nothing. The exit code
//! is 0 if it is unchanged, 1 if it is not, 2 if the file cannot be read.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{CommandResult, EXIT_FAILED, Failure, output};
use crate::archive::{MAX_UNPACKED_BYTES, read_intact_pack, verify};
use crate::report::count_noun;
use crate::site::pack::verify_digests;
use crate::source::read_limited;

/// Arguments of `clausebook verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The pack
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let name = arguments.file.display();
    let bytes = read_limited(&arguments.file, MAX_UNPACKED_BYTES).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(format!("cannot find `{name}`")),
        _ => Failure::new(format!("`{name}` cannot be read: {error}")),
    })?;
    let problems = verify(&bytes);
    if problems.is_empty() {
        return verify_texts(&name.to_string(), &bytes);
    }
    report_problems(&name.to_string(), &problems)
}

/// Verifies that each document has the digest in the manifest, if the pack contains the texts.
fn verify_texts(name: &str, bytes: &[u8]) -> CommandResult {
    let check = read_intact_pack(bytes).as_ref().map(verify_digests);
    let Some(problems) = check.flatten() else {
        output::print(&format!("{name}: all files are unchanged\n"))?;
        output::note(
            "no digest was recomputed, because this pack does not contain source files; `pack --with-source` includes them",
        );
        return Ok(ExitCode::SUCCESS);
    };
    if problems.is_empty() {
        output::print(&format!(
            "{name}: all files are unchanged, and every source text has the digest of its document\n"
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    report_problems(name, &problems)
}

fn report_problems(name: &str, problems: &[impl std::fmt::Display]) -> CommandResult {
    let lines: String =
        problems.iter().map(|problem| format!("{}\n", crate::report::without_controls(&problem.to_string()))).collect();
    output::print(&lines)?;
    output::note(&format!("{name}: {}", count_noun(problems.len(), "difference")));
    Ok(ExitCode::from(EXIT_FAILED))
}
