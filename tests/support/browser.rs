//! Scenes that a script plays in a real browser. Without a browser or the packages that drive it, they are ignored with
//! a message, unless `CLAUSEBOOK_REQUIRE_BROWSER` is set.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Completion, Failed};

/// A browser and the packages that drive it.
pub struct Browser {
    packages: PathBuf,
    chromium: PathBuf,
}

/// Plays a scene, or reports why it cannot be played.
pub fn play(scene: impl FnOnce(&Browser) -> Result<(), Failed>) -> Result<Completion, Failed> {
    match find() {
        Ok(browser) => scene(&browser).map(|()| Completion::Completed),
        Err(reason) if std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some() => Err(reason.into()),
        Err(reason) => Ok(Completion::ignored_with(reason)),
    }
}

/// Finds a browser and the packages that drive it, or returns why there is none.
fn find() -> Result<Browser, String> {
    let configured = std::env::var_os("CLAUSEBOOK_BROWSER_PACKAGES").map(PathBuf::from);
    let packages =
        configured.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser/node_modules"));
    if !packages.join("playwright-core").is_dir() {
        return Err(format!("there is no playwright-core in {}; .ci/run installs it", packages.display()));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let find_program =
        |name: &str| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    find_program("node").ok_or("there is no node")?;
    let chromium = find_program("chromium").ok_or("there is no chromium")?;
    Ok(Browser { packages, chromium })
}

impl Browser {
    /// The command that runs a script of tests/browser/; its first arguments are the packages and the browser.
    pub fn script(&self, name: &str) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(name);
        let mut command = Command::new("node");
        command.arg(script).arg(&self.packages).arg(&self.chromium);
        command
    }
}

/// Runs a script to its end. Its error output is the failure.
pub fn run(mut script: Command) -> Result<(), Failed> {
    let output = script.output()?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) }
}
