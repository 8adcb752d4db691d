//! Converts the catalogues in `standards/` to the form that the program reads at start-up, and records the commit that
//! a release is built from.
//!
//! They are maintained as YAML, which is readable and can contain comments. Every command reads them, and parsing JSON
//! takes an eighth of the time.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    version()?;
    println!("cargo:rerun-if-changed=standards");
    let out = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    for entry in fs::read_dir("standards")? {
        let file = entry?.path();
        let catalogue: serde_json::Value = serde_yaml::from_str(&fs::read_to_string(&file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let name = Path::new(file.file_name().ok_or("no name")?).with_extension("json");
        fs::write(Path::new(&out).join(name), serde_json::to_string(&catalogue)?)?;
    }
    Ok(())
}

/// Sets the output of `--version`: the version, with the commit in `CLAUSEBOOK_COMMIT` or, in a release build, that of
/// its own repository.
fn version() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=CLAUSEBOOK_COMMIT");
    let release = env::var("PROFILE")? == "release";
    let commit = env::var("CLAUSEBOOK_COMMIT").ok().or_else(|| if release { commit() } else { None });
    let commit = commit.filter(|commit| !commit.is_empty()).map_or_else(String::new, |commit| format!(" ({commit})"));
    println!("cargo:rustc-env=CLAUSEBOOK_VERSION={}{commit}", env::var("CARGO_PKG_VERSION")?);
    Ok(())
}

/// The short hash of the checkout's commit, or `None` if the sources are not at the root of a repository.
fn commit() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    for file in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", file])?;
        if Path::new(&path).exists() {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "--short=10", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
