//! The preview in a real browser.

#[path = "support/browser.rs"]
mod browser;

#[path = "serve/preview.rs"]
#[expect(dead_code, reason = "the other tests of the preview use the rest")]
mod preview;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use preview::{Preview, document, handbook, write};

/// Names of the scenes in tests/browser/serve.mjs.
const SCENES: [&str; 11] = [
    "an edit shows without a reload by hand, where the reader was",
    "what is broken shows with its line, as text, and goes when it is mended",
    "settings that cannot be used show on a page that stays, and the panel goes when they are mended",
    "only the page that changed reloads, and a hidden one asks for nothing",
    "the bar is used by keyboard, can be closed, and stays closed",
    "the bar and the panel hide nothing for good, on a phone either",
    "an address that is no text has a bar too",
    "what is wrong on the page that is looked at comes first",
    "the bar and the panel are accessible, narrow and wide, light and dark",
    "a document that waits for approval offers the command, by keyboard and by pointer",
    "a finding that is new is listed once",
];

fn main() -> ExitCode {
    let trials = SCENES.map(|scene| Trial::ignorable_test(scene, move || run(scene)));
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn run(scene: &str) -> Result<Completion, Failed> {
    browser::play(|browser| {
        let folder = handbook();
        let filler = "\n\nMore to read.".repeat(60);
        write(
            folder.path(),
            "content/a/doc.md",
            &document(4, &format!("First words.{filler}")).replace("8.4", "8.6.1"),
        );
        write(folder.path(), "content/a/other.md", &document(5, "Words of another."));
        let preview = Preview::start(folder, &[]);
        let mut script = browser.script("serve.mjs");
        script.arg(format!("http://{}/a/doc.html", preview.address));
        script.arg(preview.root().join("content/a/doc.md")).arg(scene);
        browser::run(script)
    })
}
