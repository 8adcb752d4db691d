//! A real browser for tests. Without one, or without the packages that drive it, a test is ignored and says so, unless
//! `CLAUSEBOOK_REQUIRE_BROWSER` is set.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Completion, Failed};

/// A browser and what drives it.
pub struct Browser {
    packages: PathBuf,
    chromium: PathBuf,
}

/// Runs a test with a browser, or ignores it.
pub fn with_browser(test: impl FnOnce(&Browser) -> Result<(), Failed>) -> Result<Completion, Failed> {
    match find() {
        Ok(browser) => test(&browser).map(|()| Completion::Completed),
        Err(why) if std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some() => Err(why.into()),
        Err(why) => Ok(Completion::ignored_with(why)),
    }
}

/// A browser and what drives it, or why there is none.
fn find() -> Result<Browser, String> {
    let named = std::env::var_os("CLAUSEBOOK_BROWSER_PACKAGES").map(PathBuf::from);
    let packages = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser/node_modules"));
    if !packages.join("playwright-core").is_dir() {
        return Err(format!("there is no playwright-core in {}; .ci/run installs it", packages.display()));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |name: &str| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    found("node").ok_or("there is no node")?;
    let chromium = found("chromium").ok_or("there is no chromium")?;
    Ok(Browser { packages, chromium })
}

impl Browser {
    /// Plays a scene of a script in `tests/browser/`.
    pub fn play(&self, script: &str, arguments: &[&OsStr]) -> Result<(), Failed> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(script);
        let mut command = Command::new("node");
        command.arg(script).arg(&self.packages).arg(&self.chromium).args(arguments);
        let output = command.output()?;
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) }
    }
}
