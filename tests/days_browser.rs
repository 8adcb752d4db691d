//! A browser shows on a later day what a build of that day contains, for random handbooks and many days.
//!
//! A scene is a function in tests/browser/portal/days.mjs; its name is the name of a test here.

#[path = "support/browser.rs"]
mod browser;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use clausebook::testing::date::Date;
use libtest_mimic::{Arguments, Failed, Trial};

/// The day on which the portals are built.
const AS_OF: &str = "2026-11-22";
const SCENES: [&str; 6] = [
    "a later day is shown as a build of that day has it",
    "a page that is opened on a later day shows that day",
    "a page shows the build's day where there is no later one",
    "data of another build is not used",
    "a page of another build shows its own day",
    "the navigation counts what the script of the whole handbook says",
];

fn main() -> ExitCode {
    let trial =
        |scene: &'static str| Trial::ignorable_test(scene, move || browser::play(|browser| play(browser, scene)));
    libtest_mimic::run(&Arguments::from_args(), SCENES.into_iter().map(trial).collect()).exit_code()
}

fn play(browser: &browser::Browser, scene: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let wanted: usize = if scene == SCENES[0] { 2 } else { 1 };
    let plans: Vec<_> = (1..).take(wanted).map(|seed| random_handbook(folder.path(), seed)).collect();
    fs::write(folder.path().join("plan.json"), serde_json::to_string(&plans)?)?;
    let mut script = browser.script("portal.mjs");
    script.arg(folder.path()).arg("days.mjs").arg(scene);
    browser::run(script)
}

/// Builds a random handbook for its first day and for later days.
fn random_handbook(folder: &Path, seed: u64) -> serde_json::Value {
    let mut dice = Dice(seed);
    let name = format!("handbook-{seed}");
    let source = folder.join(format!("{name}-source"));
    let documents = 16;
    write(
        &source.join("clausebook.yaml"),
        "title: Chance\nstandards: [iso20000-1, iso27001]\nexcluded: [{clause: \"iso27001:A.7\", reason: We rent every room that we use.}]\nrules: {orphan-document: off}\n",
    );
    for at in 0..documents {
        write(&source.join(format!("content/{at:02}.md")), &document(&mut dice, at, documents));
    }
    build(&source, &folder.join(&name).join("base"), AS_OF);
    let days: Vec<String> = (0..6).map(|_| first_day().plus_days(dice.below(560) as i32 + 1).to_string()).collect();
    for day in &days {
        build(&source, &folder.join(&name).join(day), day);
    }
    serde_json::json!({ "name": name, "asOf": AS_OF, "days": days })
}

fn first_day() -> Date {
    AS_OF.parse().expect("a date")
}

fn document(dice: &mut Dice, at: u64, documents: u64) -> String {
    let kind = dice.pick(&["policy", "process", "procedure", "plan", "record", "report", "register", "template"]);
    let status =
        dice.pick(&["approved", "approved", "approved", "approved", "approved", "draft", "in-review", "retired"]);
    let mut text = format!(
        "---\nid: DOC-{at:03}\ntitle: Document {at}\ntype: {kind}\nversion: \"1\"\nstatus: {status}\nowner: {}\n\
         approver: Board\naudience: [Desk, {}]\n",
        dice.pick(&["Desk", "Change Manager", "Service Owner"]),
        dice.pick(&["Everybody", "Night shift"]),
    );
    let day = |dice: &mut Dice, from: i32, days: u64| first_day().plus_days(from + dice.below(days) as i32);
    let _ = writeln!(text, "approved: {}", day(dice, -420, 520));
    let _ = writeln!(text, "date: {}", day(dice, -400, 420));
    if dice.below(4) == 0 {
        let _ = writeln!(text, "effective: {}", day(dice, -30, 200));
    }
    let review = format!("{} months", 1 + dice.below(18));
    let next = format!("{{next: {}}}", day(dice, -20, 400));
    let _ = writeln!(text, "review: {}", dice.pick(&[review.as_str(), next.as_str()]));
    if dice.below(5) == 0 && at + 1 < documents {
        let _ = writeln!(text, "supersedes: [DOC-{:03}]", at + 1 + dice.below(documents - at - 1));
    }
    let clauses = [
        "4.1",
        "5.1",
        "8.2.3",
        "8.2.3.1",
        "8.5.1.1",
        "8.5.1.2",
        "8.6",
        "8.6.1",
        "8.6.2",
        "10.1.1",
        "10.1.2",
        "iso27001:A.5.1",
        "iso27001:A.7.1",
    ];
    let claims: Vec<String> = (0..3)
        .map(|_| {
            format!("{{clause: \"{}\", extent: {}}}", dice.pick(&clauses), dice.pick(&["full", "full", "partial"]))
        })
        .collect();
    let items = ["change-management-policy", "incident-records", "service-catalogue", "continuity-invocation-report"];
    let _ = write!(text, "clauses: [{}]\nprovides: [{}]\n", claims.join(", "), dice.pick(&items));
    text + &format!("---\n\nThe desk answers within four hours. See [the next one]({:02}.md).\n", (at + 1) % documents)
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, text).expect("a file");
}

fn build(source: &Path, output: &Path, day: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(["build", "-q", "--as-of", day, "--source"]).arg(source).arg("--output").arg(output);
    let run_output = command.output().expect("a run");
    assert!(run_output.status.success(), "{}", String::from_utf8_lossy(&run_output.stderr));
}

/// Reproducible random numbers: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len() as u64) as usize]
    }
}
