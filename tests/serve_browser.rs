//! The preview in a real browser. Without one, or without the packages that drive it, the tests are ignored and say so,
//! unless `CLAUSEBOOK_REQUIRE_BROWSER` is set.

#[path = "serve/preview.rs"]
#[expect(dead_code, reason = "the other tests of the preview use the rest")]
mod preview;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use preview::{Preview, document, handbook, write};

/// What the scenes in tests/browser/serve.mjs are called there.
const SCENES: [&str; 5] = [
    "an edit shows without a reload by hand, where the reader was",
    "what is broken shows with its line, as text, and goes when it is mended",
    "settings that cannot be used show on a page that stays, and the panel goes when they are mended",
    "only the page that changed reloads, and a hidden one asks for nothing",
    "the bar is used by keyboard, can be closed, and stays closed",
];

fn main() -> ExitCode {
    let trials = SCENES.map(|scene| Trial::ignorable_test(scene, move || run(scene)));
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn run(scene: &str) -> Result<Completion, Failed> {
    match browser() {
        Ok(browser) => browser.play(scene).map(|()| Completion::Completed),
        Err(why) if std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some() => Err(why.into()),
        Err(why) => Ok(Completion::ignored_with(why)),
    }
}

struct Browser {
    packages: PathBuf,
    chromium: PathBuf,
}

/// A browser and what drives it, or why there is none.
fn browser() -> Result<Browser, String> {
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
    fn play(&self, scene: &str) -> Result<(), Failed> {
        let folder = handbook();
        let filler = "\n\nMore to read.".repeat(60);
        write(
            folder.path(),
            "content/a/doc.md",
            &document(4, &format!("First words.{filler}")).replace("8.4", "8.6.1"),
        );
        write(folder.path(), "content/a/other.md", &document(5, "Words of another."));
        let preview = Preview::start(folder, &[]);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/serve.mjs");
        let mut command = Command::new("node");
        command.arg(script).arg(&self.packages).arg(&self.chromium);
        command.arg(format!("http://{}/a/doc.html", preview.address));
        let output = command.arg(preview.root().join("content/a/doc.md")).arg(scene).output()?;
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) }
    }
}
