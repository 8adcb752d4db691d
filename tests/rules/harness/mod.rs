//! Reads specifications of rules and compares them with the actual findings.

mod handbook;
mod markdown;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clausebook::testing::date::Date;
use handbook::{ExpectedFinding, findings};
use markdown::{Block, blocks};

/// A file in `tests/rules/`.
pub struct Specification {
    pub path: PathBuf,
    /// The rules whose findings are compared.
    pub rules: BTreeSet<String>,
    text: String,
    blocks: Vec<Block>,
}

/// An expectation: its handbook, and the block that contains it.
struct Expectation<'a> {
    files: Vec<&'a Block>,
    block: &'a Block,
}

/// All specifications, sorted by name.
pub fn specifications() -> Vec<Specification> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let entries =
        std::fs::read_dir(folder).expect("tests/rules is a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "tests/rules holds no specification");
    paths.into_iter().map(Specification::read).collect()
}

impl Specification {
    fn read(path: PathBuf) -> Specification {
        let text = std::fs::read_to_string(&path).expect("a specification can be read");
        let blocks = blocks(&text);
        // The list may be wrapped; it ends with its paragraph.
        let header = text.split("\n\n").find_map(|paragraph| paragraph.strip_prefix("Rules:")).unwrap_or_default();
        let rules = header.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Specification { path, rules, text, blocks }
    }

    fn expectations(&self) -> impl Iterator<Item = Expectation<'_>> {
        self.blocks.iter().filter(|block| block.language == "findings").map(|block| {
            let is_file = |file: &&Block| file.path().is_some() && (file.section == 0 || file.section == block.section);
            Expectation { files: self.blocks.iter().filter(is_file).collect(), block }
        })
    }

    /// The differences between the specified and the actual findings; empty if there are none.
    pub fn differences(&self) -> String {
        let mut differences = String::new();
        let mut count = 0;
        for expectation in self.expectations() {
            count += 1;
            let actual_list = self.actual_findings(&expectation);
            let actual = render(&actual_list, &expectation.block.text);
            if actual != expectation.block.text {
                let place = format!("{}:{}", self.path.display(), expectation.block.line);
                let _ = write!(differences, "{place}\nexpected:\n{}found:\n{actual}\n", expectation.block.text);
            }
        }
        assert!(count > 0, "{} expects nothing", self.path.display());
        differences
    }

    /// Writes the actual findings to the file.
    pub fn update(&self) {
        let mut text = String::new();
        let mut end = 0;
        for expectation in self.expectations() {
            text.push_str(&self.text[end..expectation.block.range.start]);
            text.push_str(&render(&self.actual_findings(&expectation), &expectation.block.text));
            end = expectation.block.range.end;
        }
        text.push_str(&self.text[end..]);
        std::fs::write(&self.path, text).expect("a specification can be written");
    }

    fn actual_findings(&self, expectation: &Expectation<'_>) -> Vec<ExpectedFinding> {
        let files = expectation.files.iter().map(|file| (file.path().unwrap_or_default(), file.bytes()));
        let all = findings(files, expectation.block.attribute("as-of"));
        let subject = expectation.block.attribute("about").unwrap_or_default();
        all.into_iter().filter(|finding| self.rules.contains(&finding.rule) && finding.line.contains(subject)).collect()
    }

    /// All expectations without `about=`, with their days.
    pub fn days(&self) -> Vec<DayOutcome> {
        let unfiltered = self.expectations().filter(|expectation| expectation.block.attribute("about").is_none());
        let outcome = |Expectation { block, .. }: Expectation<'_>| DayOutcome {
            section: block.section,
            day: block.attribute("as-of").map(|day| day.parse().expect("a date")),
            broken: named_rules(block),
        };
        unfiltered.map(outcome).collect()
    }

    /// For each expectation, the rules that are broken in it, and those that are compared and not broken.
    pub fn outcomes(&self) -> Vec<(BTreeSet<&str>, BTreeSet<&str>)> {
        self.expectations()
            .map(|expectation| {
                let broken = named_rules(expectation.block);
                self.rules.iter().map(String::as_str).partition(|rule| broken.contains(*rule))
            })
            .collect()
    }
}

/// The rules named in a block of findings.
fn named_rules(block: &Block) -> BTreeSet<String> {
    let findings = block.text.lines().filter(|line| !line.starts_with(' '));
    findings.filter_map(|line| line.split(' ').nth(2)).map(str::to_owned).collect()
}

/// The expected findings of a handbook on a day.
pub struct DayOutcome {
    /// The section of the specification that contains the handbook.
    pub section: usize,
    /// The day, if the specification names one.
    pub day: Option<Date>,
    /// The rules with findings.
    pub broken: BTreeSet<String>,
}

/// Formats findings for a specification, with their help if the expectation has one at the same position.
fn render(findings: &[ExpectedFinding], expected: &str) -> String {
    let with_help: Vec<bool> = expected.lines().fold(Vec::new(), |mut with_help, line| {
        match line.starts_with("  help: ") {
            true => with_help.last_mut().into_iter().for_each(|last| *last = true),
            false => with_help.push(false),
        }
        with_help
    });
    let mut out = String::new();
    for (at, finding) in findings.iter().enumerate() {
        let _ = writeln!(out, "{}", finding.line);
        if let Some(help) = finding.help.as_ref().filter(|_| with_help.get(at).copied().unwrap_or_default()) {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out
}
