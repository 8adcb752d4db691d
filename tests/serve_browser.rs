//! The preview in a real browser.

#[path = "support/browser.rs"]
mod browser;
#[path = "serve/preview.rs"]
#[expect(dead_code, reason = "the other tests of the preview use the rest")]
mod preview;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use browser::{Browser, with_browser};
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
    let trials = SCENES.map(|scene| Trial::ignorable_test(scene, move || with_browser(|browser| play(browser, scene))));
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn play(browser: &Browser, scene: &str) -> Result<(), Failed> {
    let folder = handbook();
    let filler = "\n\nMore to read.".repeat(60);
    write(folder.path(), "content/a/doc.md", &document(4, &format!("First words.{filler}")).replace("8.4", "8.6.1"));
    write(folder.path(), "content/a/other.md", &document(5, "Words of another."));
    let preview = Preview::start(folder, &[]);
    let address = format!("http://{}/a/doc.html", preview.address);
    let file = preview.root().join("content/a/doc.md");
    browser.play("serve.mjs", &[address.as_ref(), file.as_ref(), scene.as_ref()])
}
