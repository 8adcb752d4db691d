//! Registers of whole handbooks: findings on every day compared with an independent implementation, irrelevant
//! differences, withheld content, and the commands that write to registers.

#[path = "../support/mod.rs"]
mod support;

mod audits;
mod blocks;
mod calendar;
mod canaries;
mod commands;
mod contradictions;
mod dates;
mod effects;
mod grounds;
mod hostile;
mod long_lists;
mod new_entries;
mod notes;
mod order;
mod pages;
mod parties;
mod random;
mod reading;
mod ready;
mod recording;
mod tables;
mod unheld;
mod unread;
mod withheld;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clausebook::testing::assess::{Clock, assess};
use clausebook::testing::date::Date;
use clausebook::testing::handbook::Reading;
use clausebook::testing::judge::judge;
use clausebook::testing::project::Project;
use clausebook::testing::site::pages::reserved_places;
use random::Numbers;
use rayon::prelude::*;
use reading::Expected;

/// Findings as both sides report them: rule and subject.
type Findings = BTreeSet<(String, String)>;

const SETTINGS: &str = "title: Test\nstandards: [own]\naudits: {every: 12 months}\n";

const STANDARD: &str = "id: own\ntitle: Group rules\nclauses:\n- {id: '1', title: Desk}\n\
    - {id: '1.1', title: Hours, parent: '1', coverage_unit: true}\n- {id: '1.2', title: Calls, parent: '1', coverage_unit: true}\n\
    - {id: '2', title: Nights, coverage_unit: true}\n";

const OWNER: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nstatus: approved\nowner: Service Manager\n\
    approver: Director\napproved: 2024-01-01\nreview: 12 months\nregisters: [REGISTERS]\n---\n\nWho audits what.\n";

/// A handbook with these register files.
fn handbook(registers: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<&str> = registers.iter().map(|(name, _)| *name).collect();
    let owner = OWNER.replace("REGISTERS", &names.join(", "));
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    };
    write("clausebook.yaml", SETTINGS);
    write("standards/own.yaml", STANDARD);
    write("content/programme.md", &owner);
    registers.iter().for_each(|(name, text)| write(&format!("content/{name}"), text));
    folder
}

/// The findings on each of the days, for the rules that the independent implementation supports.
fn actual_findings(root: &Path, days: &[Date]) -> Vec<Findings> {
    let project = Project::find(Some(root), &reserved_places()).expect("a handbook");
    let reading = project.read(&[]).unwrap_or_else(|refusal| panic!("{:?}", refusal.problems));
    days.par_iter().map(|day| findings_on(&reading, *day)).collect()
}

/// The findings on a day, for the rules that the independent implementation supports.
fn findings_on(reading: &Reading, day: Date) -> Findings {
    let clock = Clock { as_of: day, warning_days: 30 };
    let assessment = judge(reading, assess(reading, clock), Vec::new());
    let supported = assessment.findings.iter().filter(|finding| reading::RULES.contains(&finding.problem.rule.0));
    supported.map(|finding| (finding.problem.rule.to_string(), subject_of(&finding.problem.message))).collect()
}

/// The subject of a message: the id in it, with the number of an action or clause.
fn subject_of(message: &str) -> String {
    let words: Vec<&str> = message.split(' ').map(|word| word.trim_matches([',', ':'])).collect();
    let is_id = |word: &&&str| word.starts_with(char::is_uppercase) && word.contains(|c: char| c.is_ascii_digit());
    let id = words.iter().find(is_id).copied().unwrap_or_default();
    match words[..] {
        ["clause", number, ..] => number.to_owned(),
        ["action", number, ..] => format!("{id}/{number}"),
        ["decision", decision, ..] => decision.to_owned(),
        _ => id.to_owned(),
    }
}

fn every_day(from: &str, to: &str, step: i32) -> Vec<Date> {
    let (mut day, to): (Date, Date) = (from.parse().expect("a date"), to.parse().expect("a date"));
    let mut days = Vec::new();
    while day <= to {
        days.push(day);
        day = day.plus_days(step);
    }
    days
}

#[test]
fn on_every_day_of_four_years_findings_are_those_of_an_independent_reading() {
    for seed in 1..=6 {
        let text = random::register(&mut Numbers::new(seed), 12);
        let folder = handbook(&[("register.yaml", &text)]);
        let days = every_day("2025-01-01", "2028-12-31", 1);
        let expected = Expected::new(&text);
        for (day, actual) in days.iter().zip(actual_findings(folder.path(), &days)) {
            let expected_findings = expected.findings_on(&day.to_string());
            assert_eq!(actual, expected_findings, "seed {seed}, {day}:\n{text}");
        }
    }
}

#[test]
fn findings_of_indicators_and_risks_are_those_of_an_independent_reading() {
    for seed in 1..=3 {
        let text = random::measures(&mut Numbers::new(seed), 8);
        let folder = handbook(&[("register.yaml", &text)]);
        let days = every_day("2025-01-01", "2028-12-31", 1);
        let expected = Expected::new(&text);
        for (day, actual) in days.iter().zip(actual_findings(folder.path(), &days)) {
            let expected_findings = expected.findings_on(&day.to_string());
            assert_eq!(actual, expected_findings, "seed {seed}, {day}:\n{text}");
        }
    }
}

#[test]
fn each_kind_of_finding_occurs_in_the_random_registers() {
    let mut rules = BTreeSet::new();
    for seed in 1..=6 {
        let registers = [random::register(&mut Numbers::new(seed), 12), random::measures(&mut Numbers::new(seed), 8)];
        for expected in registers.iter().map(|text| Expected::new(text)) {
            for day in every_day("2025-01-01", "2028-12-31", 7) {
                rules.extend(expected.findings_on(&day.to_string()).into_iter().map(|(rule, _)| rule));
            }
        }
    }
    let missing: Vec<_> = reading::RULES.iter().filter(|rule| !rules.contains(**rule)).collect();
    assert!(missing.is_empty(), "no random register breaks {missing:?}");
}

#[test]
fn registers_of_the_model_handbook_match_an_independent_reading() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::find(Some(root), &reserved_places()).expect("the model handbook");
    let reading = project.read(&[root.join("site"), root.join("target")]).expect("it can be read");
    let mut text = String::new();
    let files = walkdir::WalkDir::new(root.join("content"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("an entry"));
    for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "yaml")) {
        text = reading::merge(&text, &fs::read_to_string(file.path()).expect("a register"));
    }
    // The model handbook's risk register is reviewed every three months.
    let catalogue = fs::read_to_string(root.join("standards/iso20000-1-2018.yaml")).expect("the catalogue");
    let expected = Expected::new(&text).with_risks_scored_every(3).with_units_of(&catalogue);
    every_day("2025-01-01", "2028-12-31", 1).par_iter().for_each(|day| {
        assert_eq!(findings_on(&reading, *day), expected.findings_on(&day.to_string()), "{day}");
    });
}

#[test]
fn findings_in_the_tables_of_the_model_handbook_are_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::find(Some(root), &reserved_places()).expect("the model handbook");
    let reading = project.read(&[root.join("site"), root.join("target")]).expect("it can be read");
    let findings = findings_on(&reading, "2026-11-22".parse().expect("a date"));
    let is_found = |rule: &str, subject: &str| findings.contains(&(rule.to_owned(), subject.to_owned()));
    for (rule, subject) in [
        ("action-overdue", "NC-2026-07/3"),
        ("effect-not-checked", "NC-2026-03"),
        ("due-beyond-limit", "NC-2026-03"),
        ("due-beyond-limit", "NC-2026-07"),
        ("clause-not-audited", "9.1"),
        ("clause-not-audited", "10.1"),
    ] {
        assert!(is_found(rule, subject), "{rule} {subject}: {findings:#?}");
    }
}

#[test]
fn doing_an_action_removes_exactly_its_findings() {
    let text = "nonconformities:\n- id: NC-1\n  title: Late\n  grade: observation\n  found: 2026-01-01\n  due: 2027-01-01\n  actions:\n\
                \x20 - {what: Ask, who: Desk, due: 2026-02-01}\n  - {what: Call, who: Desk, due: 2026-02-01}\n";
    let day = every_day("2026-03-01", "2026-03-01", 1);
    let before = actual_findings(handbook(&[("r.yaml", text)]).path(), &day).remove(0);
    let after =
        actual_findings(handbook(&[("r.yaml", &text.replacen("02-01}", "02-01, done: 2026-02-20}", 1))]).path(), &day)
            .remove(0);
    let gone: Vec<_> = before.difference(&after).cloned().collect();
    assert_eq!(gone, [("action-overdue".to_owned(), "NC-1/1".to_owned())]);
    assert!(after.is_subset(&before), "{after:?}");
}

#[test]
fn time_alone_never_resolves_a_deadline() {
    for seed in 7..=9 {
        // Nothing happens after the last day of the register.
        let text = random::register(&mut Numbers::new(seed), 12);
        let quiet: String =
            text.lines().filter(|line| !random::is_event(line)).map(|line| format!("{line}\n")).collect();
        let days = every_day("2025-01-01", "2028-12-31", 5);
        let overdue = |findings: Findings| -> Findings {
            findings.into_iter().filter(|(rule, _)| rule.ends_with("-overdue")).collect()
        };
        let mut before = Findings::new();
        for (day, now) in days.iter().zip(actual_findings(handbook(&[("r.yaml", &quiet)]).path(), &days)) {
            let now = overdue(now);
            assert!(before.is_subset(&now), "seed {seed}, {day}: {:?}", before.difference(&now).collect::<Vec<_>>());
            before = now;
        }
    }
}
