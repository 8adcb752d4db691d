//! Requirements, issues, competences, acknowledgements and contracts in random registers on many days, compared with an
//! implementation independent of the program's types and rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use clausebook::testing::assess::{Clock, assess};
use clausebook::testing::handbook::Reading;
use clausebook::testing::judge::judge;
use clausebook::testing::project::Project;
use clausebook::testing::site::pages::reserved_places;
use rayon::prelude::*;
use serde_json::Value;

use super::calendar::{happened, plus_months};
use super::random::Numbers;
use super::reading::{decides_soon, id, text};
use super::support::Fixture;
use super::tables::{as_tables, read_back};
use super::{Findings, every_day, subject_of};

const RULES: [&str; 9] = [
    "requirement-not-reviewed",
    "issue-not-reviewed",
    "gap-without-action",
    "not-acknowledged",
    "supplier-without-contract",
    "contract-ended",
    "contract-ends-soon",
    "contract-review-overdue",
    "performance-overdue",
];

/// The day from which the agreement is in force, and the day on which the policy was approved.
const AGREED: &str = "2025-06-01";
const APPROVED: &str = "2026-03-01";
/// The deadline for acknowledgements: 20 days after the first version 2 of the policy.
const ACKNOWLEDGED_BY: &str = "2026-02-04";

fn document(id: &str, kind: &str, extra: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Title of {id}\ntype: {kind}\nowner: Service Manager\napprover: Director\nreview: 30 years\n{extra}\n---\n\nWhat it says.\n"
    )
}

fn handbook(register: &str) -> Fixture {
    handbook_of(&[("register.yaml".to_owned(), register.to_owned())])
}

fn handbook_of(registers: &[(String, String)]) -> Fixture {
    let names: Vec<&str> = registers.iter().map(|(name, _)| name.as_str()).collect();
    let owned = format!("status: approved\napproved: 2024-01-01\nregisters: [{}]", names.join(", "));
    let owner = document("PLN-A-001", "plan", &owned).replace("30 years", "12 months");
    let agreed = document("AGR-A-001", "agreement", &format!("status: approved\napproved: {AGREED}"));
    let draft = document("AGR-A-002", "agreement", "status: draft");
    let policy = format!(
        "status: approved\napproved: {APPROVED}\nversion: \"2.1\"\nacknowledge: {{within: 20 days, after: major}}\nchanges:\n\
         - {{version: \"2.1\", date: {APPROVED}}}\n- {{version: \"2.0\", date: 2026-01-15}}\n- {{version: \"1.0\", date: 2025-01-15}}"
    );
    let policy = document("POL-A-001", "policy", &policy);
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nstandards: [iso20000-1]\n"),
        ("content/programme.md", &owner),
        ("content/agreed.md", &agreed),
        ("content/draft.md", &draft),
        ("content/policy.md", &policy),
    ]);
    registers.iter().for_each(|(name, text)| fixture.write(&format!("content/{name}"), text));
    fixture
}

/// A register with a number of entries of each kind, some of them unreadable.
fn register(numbers: &mut Numbers, count: usize) -> String {
    let mut out = String::new();
    for (kind, prefix) in [("requirements", "REQ"), ("issues", "ISS")] {
        let _ = writeln!(out, "{kind}:");
        for at in 1..=count {
            let reviewed = if numbers.chance(8) { format!(", reviewed: {}", numbers.day()) } else { String::new() };
            let _ = writeln!(out, "- {{id: {prefix}-{at}, title: Something{reviewed}}}");
        }
    }
    let _ = writeln!(out, "competences:");
    for at in 1..=count {
        let gap = numbers.pick(&["", ", gap: Nobody can", ", evidence: A test that was passed"]);
        let actions = numbers.pick(&["", ", actions: [{what: Ask, who: Desk, due: 2026-01-01}]"]);
        let _ = writeln!(out, "- {{id: CMP-{at}, title: Something, role: Desk, needed: Everything{gap}{actions}}}");
    }
    let _ = writeln!(out, "acknowledgements:");
    for at in 1..=count {
        let (version, place) =
            (numbers.pick(&["1.0", "2.0", "2.1", "2.2"]), numbers.pick(&["File 1", "File 2", "File 3"]));
        let requested = 1 + numbers.below(3);
        let returned =
            if numbers.chance(8) { requested.to_string() } else { numbers.pick(&["0", "1", "9", "nine"]).to_owned() };
        let _ = writeln!(
            out,
            "- {{id: ACK-{at}, title: Count, document: POL-A-001, version: \"{version}\", date: {}, asked: {requested}, given: {returned}, location: {place}}}",
            numbers.day()
        );
    }
    let _ = writeln!(out, "suppliers:");
    for at in 1..=count {
        let kind = numbers.pick(&["external", "internal", "customer"]);
        let _ = writeln!(
            out,
            "- {{id: SUP-{at}, title: Somebody, kind: {kind}{}{}}}",
            contract(numbers),
            performance(numbers)
        );
    }
    out
}

fn contract(numbers: &mut Numbers) -> String {
    let mut keys = Vec::new();
    let documents = ["AGR-A-001", "AGR-A-001", "AGR-A-002", "POL-A-001", "[PLN-A-001, AGR-A-001]"];
    if numbers.chance(6) {
        keys.push(format!("document: {}", numbers.pick(&documents)));
    }
    if numbers.chance(3) {
        keys.push("location: File 7".to_owned());
    }
    for key in ["ends", "notice", "reviewed"] {
        if numbers.chance(6) {
            keys.push(format!("{key}: {}", numbers.day()));
        }
    }
    if numbers.chance(6) {
        keys.push(format!("review: {}", numbers.pick(&["12 months", "12 months", "often"])));
    }
    if keys.is_empty() { String::new() } else { format!(", contract: {{{}}}", keys.join(", ")) }
}

fn performance(numbers: &mut Numbers) -> String {
    let every = numbers.pick(&["6 months", "6 months", "6 months", "now and then"]);
    let last = if numbers.chance(7) { format!(", last: {}", numbers.day()) } else { String::new() };
    if numbers.chance(7) { format!(", performance: {{every: {every}{last}}}") } else { String::new() }
}

/// The findings on a day.
fn actual_findings(reading: &Reading, day: clausebook::testing::date::Date) -> Findings {
    let clock = Clock { as_of: day, warning_days: 30 };
    let assessment = judge(reading, assess(reading, clock), Vec::new());
    let supported = assessment.findings.iter().filter(|finding| RULES.contains(&finding.problem.rule.0));
    let findings = supported.map(|finding| {
        let message = &*finding.problem.message;
        let what = match finding.problem.rule.0 {
            "not-acknowledged" => counts(message),
            // The message may name the document first.
            "supplier-without-contract" => subject_of(message.split_once(" with ").expect("a supplier").1),
            _ => subject_of(message),
        };
        (finding.problem.rule.to_string(), what)
    });
    findings.collect()
}

/// A message about acknowledgements, without its dates.
fn counts(message: &str) -> String {
    let (counted, rest) = message.split_once("; the deadline was 2026-02-04, ").expect("the day");
    let (_, unread) = rest.split_once(" ago").expect("how long ago");
    format!("{counted}{}", unread.replace(" that may be for it", ""))
}

/// The expected findings on a day, from the register alone.
fn expected(register: &Value, day: &str) -> Findings {
    let mut findings = Findings::new();
    let list = |kind: &str| register[kind].as_array().cloned().unwrap_or_default();
    let is_late = |last: Option<&str>, months: i64| {
        happened(last, day).is_none_or(|last| plus_months(last, months).as_str() < day)
    };
    for (kind, rule) in [("requirements", "requirement-not-reviewed"), ("issues", "issue-not-reviewed")] {
        for one in list(kind).iter().filter(|one| is_late(one["reviewed"].as_str(), 12)) {
            findings.insert((rule.to_owned(), id(one)));
        }
    }
    for one in list("competences").iter().filter(|one| one["gap"].is_string() && one["actions"].is_null()) {
        findings.insert(("gap-without-action".to_owned(), id(one)));
    }
    for supplier in &list("suppliers") {
        for rule in supplier_rules(supplier, day, is_late) {
            findings.insert((rule.to_owned(), id(supplier)));
        }
    }
    findings.extend(unacknowledged(&list("acknowledgements"), day).map(|what| ("not-acknowledged".to_owned(), what)));
    findings
}

/// The rules that a supplier breaks on a day.
fn supplier_rules(supplier: &Value, day: &str, is_late: impl Fn(Option<&str>, i64) -> bool) -> Vec<&'static str> {
    let (contract, performance) = (&supplier["contract"], &supplier["performance"]);
    let mut rules = Vec::new();
    let names_agreement = contract["document"] == "AGR-A-001" || contract["document"].is_array();
    if !(contract["location"].is_string() || names_agreement && AGREED <= day) {
        rules.push("supplier-without-contract");
    }
    if contract["ends"].as_str().is_some_and(|ends| ends < day) {
        rules.push("contract-ended");
    }
    if decides_soon(contract, day) {
        rules.push("contract-ends-soon");
    }
    let review = contract["review"].as_str();
    if review == Some("often") || (review.is_some() && is_late(contract["reviewed"].as_str(), 12)) {
        rules.push("contract-review-overdue");
    }
    let every = performance["every"].as_str();
    if every == Some("now and then") || (every.is_some() && is_late(performance["last"].as_str(), 6)) {
        rules.push("performance-overdue");
    }
    rules
}

/// The finding on acknowledgements of the policy on a day, if any.
fn unacknowledged(counts: &[Value], day: &str) -> Option<String> {
    if day < APPROVED || day <= ACKNOWLEDGED_BY {
        return None;
    }
    // Before version 2, there was nothing to acknowledge; and no more readers than were asked can have acknowledged it.
    let is_of_it = |count: &&Value| {
        ("2026-01-15"..=day).contains(&text(&count["date"])) && text(&count["version"]).starts_with("2.")
    };
    let relevant = || counts.iter().filter(is_of_it);
    // The policy never had a version 2.2.
    let is_of_version = |count: &&Value| ["2.0", "2.1"].contains(&text(&count["version"]));
    let is_read = |count: &&Value| {
        is_of_version(count) && count["given"].as_u64().is_some_and(|given| Some(given) <= count["asked"].as_u64())
    };
    let number = |count: &Value, key: &str| count[key].as_u64().expect("a number");
    let mut days: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    for count in relevant().filter(is_read) {
        let (requested, returned) = days.entry((text(&count["location"]), text(&count["date"]))).or_default();
        (*requested, *returned) = (*requested + number(count, "asked"), *returned + number(count, "given"));
    }
    // The last day counts for each place; readers who were asked once stay asked.
    let mut latest: BTreeMap<&str, (&str, u64, u64)> = BTreeMap::new();
    for ((place, date), (requested, returned)) in days {
        let before = latest.get(place).map_or(0, |(_, requested, _)| *requested);
        latest.insert(place, (date, requested.max(before), returned));
    }
    let is_replaced =
        |count: &&Value| latest.get(text(&count["location"])).is_some_and(|last| last.0 > text(&count["date"]));
    let unread = relevant().filter(|one| !is_read(one)).filter(|one| !is_replaced(one)).count();
    let (asked, given) = latest.values().fold((0, 0), |(asked, given), (_, more, done)| (asked + more, given + done));
    if asked > 0 && given == asked && unread == 0 {
        return None;
    }
    let counted = match (asked, given) {
        (0, _) => "there is no record that anyone was asked to acknowledge this version".to_owned(),
        (1, 0) => "the one person asked has not acknowledged this version".to_owned(),
        _ => format!("{given} of {asked} people have acknowledged this version"),
    };
    Some(match unread {
        0 => counted,
        1 => format!("{counted}; 1 count cannot be read"),
        _ => format!("{counted}; {unread} counts cannot be read"),
    })
}

#[test]
fn findings_on_the_systems_grounds_match_an_independent_reading() {
    let mut rules = BTreeSet::new();
    for seed in 1..=4 {
        let text = register(&mut Numbers::new(seed), [9, 5, 1, 0][seed as usize - 1]);
        let fixture = handbook(&text);
        let project = Project::find(Some(&fixture.path("")), &reserved_places()).expect("a handbook");
        let reading = project.read(&[]).unwrap_or_else(|refusal| panic!("{:?}", refusal.problems));
        let data: Value = serde_yaml::from_str(&text).expect("a register");
        let days = every_day("2025-01-01", "2028-12-31", 3);
        let compared: Vec<Findings> = days
            .par_iter()
            .map(|day| {
                let expected_findings = expected(&data, &day.to_string());
                assert_eq!(actual_findings(&reading, *day), expected_findings, "seed {seed}, {day}:\n{text}");
                expected_findings
            })
            .collect();
        rules.extend(compared.into_iter().flatten().map(|(rule, _)| rule));
    }
    assert_eq!(rules.len(), RULES.len(), "{rules:?}");
}

#[test]
fn tables_of_contracts_and_others_are_read_as_an_independent_reading_reads_them() {
    let mut rules = BTreeSet::new();
    for (seed, count) in [(5, 12), (6, 7), (7, 1)] {
        let data: Value = serde_yaml::from_str(&register(&mut Numbers::new(seed), count)).expect("a register");
        let files = as_tables(&data);
        let again = read_back(&files);
        let fixture = handbook_of(&files);
        let project = Project::find(Some(&fixture.path("")), &reserved_places()).expect("a handbook");
        let reading = project.read(&[]).unwrap_or_else(|refusal| panic!("{:?}", refusal.problems));
        let compared: Vec<Findings> = every_day("2025-01-01", "2028-12-31", 3)
            .par_iter()
            .map(|day| {
                let expected_findings = expected(&again, &day.to_string());
                assert_eq!(expected_findings, expected(&data, &day.to_string()), "a table says what the register says");
                assert_eq!(actual_findings(&reading, *day), expected_findings, "seed {seed}, {day}:\n{files:#?}");
                expected_findings
            })
            .collect();
        rules.extend(compared.into_iter().flatten().map(|(rule, _)| rule));
    }
    assert_eq!(rules.len(), RULES.len(), "{rules:?}");
}

#[test]
fn a_competence_is_proved_by_evidence_that_is_there() {
    let evidence = [
        ("A test that was passed", "current"),
        ("POL-A-001", "current"),
        ("\"-\"", "open"),
        ("\"?\"", "open"),
        ("TBD", "open"),
        ("to be determined", "open"),
        ("REC-X-009", "open"),
        ("[POL-A-001, REC-X-009]", "open"),
    ];
    let entry = |(at, (evidence, _)): (usize, &(&str, &str))| {
        format!("- {{id: CMP-{at}, title: Something, role: Desk, needed: Everything, evidence: {evidence}}}\n")
    };
    let text: String = evidence.iter().enumerate().map(entry).collect();
    let assessment = handbook(&format!("competences:\n{text}")).assess();
    let entries = assessment["registers"].as_array().expect("entries");
    for (at, (evidence, state)) in evidence.iter().enumerate() {
        let entry = entries.iter().find(|entry| entry["id"] == format!("CMP-{at}")).expect("an entry");
        assert_eq!(entry["state"], **state, "{evidence}");
    }
}
