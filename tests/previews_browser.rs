//! Previews of links and terms in a real browser.

#[path = "support/browser.rs"]
mod browser;
mod support;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use browser::Browser;
use support::{Fixture, policy};

/// Names of the scenes in tests/browser/previews.mjs.
const SCENES: [&str; 5] = [
    "a document's preview has its title, its first sentence and its state today",
    "a clause and a term are explained",
    "by keyboard a preview shows at focus and goes with Escape",
    "a preview stays under the pointer and goes when the pointer leaves",
    "without scripts a term leads to the glossary",
];

fn main() -> ExitCode {
    let trial = |scene| {
        ["http://handbook.test", "file"].map(|from| {
            let name = format!("{scene} ({})", from.split(':').next().unwrap_or_default());
            Trial::ignorable_test(name, move || browser::play(|browser| play(browser, scene, from)))
        })
    };
    let trials = SCENES.into_iter().flat_map(trial).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn play(browser: &Browser, scene: &str, from: &str) -> Result<(), Failed> {
    let body = "We follow the [other](../b/other.md) policy, and clause 8.6.1, in each incident.\n\nA text of its own.";
    let handbook = Fixture::new(&[
        ("clausebook.yaml", "title: Test handbook\nstandards: [iso20000-1, iso27001]\n"),
        ("content/words.md", "---\ntype: page\ntitle: Words\n---\n\nincident\n: An interruption. It hurts.\n"),
        ("content/a/policy.md", &policy("POL-001", "clauses: [8.6.1]\n", body)),
        ("content/b/other.md", &policy("POL-002", "review: {next: 2026-12-02}\n", "First <b>words</b>. Second words.")),
    ]);
    handbook.build_on("2026-11-22");
    let mut script = browser.script("previews.mjs");
    script.arg(handbook.path("site")).args([from, scene]);
    browser::run(script)
}
