//! A handbook made from blocks, read and assessed as by a command.

use std::collections::BTreeMap;
use std::fs;

use clausebook::testing::assess::{Clock, assess};
use clausebook::testing::date::Date;
use clausebook::testing::finding::{Problem, Severity};
use clausebook::testing::judge::judge;
use clausebook::testing::project::Project;
use clausebook::testing::site::pages::reserved_places;

/// The assessed day, unless the specification names one.
const AS_OF: &str = "2026-11-22";
/// The default settings.
const SETTINGS: &str = "title: Test\n";

/// A finding as written in a specification.
pub struct ExpectedFinding {
    pub rule: String,
    pub line: String,
    pub help: Option<String>,
}

impl ExpectedFinding {
    fn new(problem: &Problem, severity: Severity) -> ExpectedFinding {
        let rule = problem.rule.to_string();
        ExpectedFinding {
            line: format!("{} {severity} {rule} {}", problem.place, problem.message),
            help: problem.help.clone(),
            rule,
        }
    }
}

/// The findings in a handbook on a day. If several files have the same path, the last one counts.
pub fn findings<'a>(files: impl Iterator<Item = (&'a str, Vec<u8>)>, as_of: Option<&str>) -> Vec<ExpectedFinding> {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = ("clausebook.yaml", SETTINGS.as_bytes().to_vec());
    let files: BTreeMap<&str, Vec<u8>> = std::iter::once(settings).chain(files).collect();
    fs::create_dir(folder.path().join("content")).expect("a folder can be made");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    let project = Project::find(Some(folder.path()), &reserved_places()).expect("a handbook");
    let reading = match project.read(&[]) {
        Ok(reading) => reading,
        Err(refusal) => {
            return refusal.problems.iter().map(|problem| ExpectedFinding::new(problem, Severity::Error)).collect();
        }
    };
    let as_of: Date = as_of.unwrap_or(AS_OF).parse().expect("a date");
    let clock = Clock { as_of, warning_days: reading.settings.warning_days };
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    assessment.findings.iter().map(|finding| ExpectedFinding::new(&finding.problem, finding.severity)).collect()
}
