//! States and verdicts of random handbooks over three years, compared with a small independent implementation.
//!
//! It is written only from docs/front-matter.md and shares no code with the program: it reads the YAML of each file as
//! plain data, computes days itself, and decides by the tables in the guide.

mod day;
mod random;
mod reading;

use std::process::Command;

use day::Day;
use random::{Dice, document};
use reading::{Reading, verdict};
use serde_json::Value as Json;

/// The seeds of the handbooks.
const HANDBOOKS: std::ops::Range<u64> = 1..13;
/// The number of documents in a handbook.
const DOCUMENTS: u64 = 12;
/// The number of days on which a handbook is assessed.
const DAYS: usize = 14;
/// Clauses that documents claim: coverage units without subclauses.
const CLAUSES: [&str; 5] = ["8.6.1", "8.6.2", "8.6.3", "8.7.2", "9.1"];

#[test]
fn states_and_verdicts_are_those_of_an_independent_reading() {
    for seed in HANDBOOKS {
        let mut dice = Dice(seed);
        let files: Vec<String> = (0..DOCUMENTS).map(|number| document(number, &mut dice)).collect();
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("content")).expect("a folder");
        std::fs::write(folder.path().join("clausebook.yaml"), "title: Random\n").expect("settings");
        for (number, text) in files.iter().enumerate() {
            std::fs::write(folder.path().join(format!("content/{number:02}.md")), text).expect("a file");
        }
        let handbook: Vec<Reading> = files.iter().map(|text| Reading::new(text)).collect();
        for day in days(&handbook, &mut dice) {
            compare(seed, day, &files, &handbook, &assess(folder.path(), day));
        }
    }
}

fn assess(folder: &std::path::Path, day: Day) -> Json {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    let output = command.args(["check", "--format", "json", "--as-of", &day.to_text()]).current_dir(folder).output();
    serde_json::from_slice(&output.expect("the program runs").stdout).expect("JSON")
}

fn compare(seed: u64, day: Day, files: &[String], handbook: &[Reading], assessment: &Json) {
    let value_of = |list: &Json, id: &str, key: &str| -> String {
        let entry = list.as_array().into_iter().flatten().find(|entry| entry["id"] == id);
        entry.map_or_else(|| "nothing".to_owned(), |entry| entry[key].as_str().unwrap_or_default().to_owned())
    };
    for (number, reading) in handbook.iter().enumerate().filter(|(_, reading)| reading.is_document()) {
        let id = format!("DOC-{number:03}");
        let (actual, expected) =
            (value_of(&assessment["documents"], &id, "state"), reading.state(number, handbook, day));
        assert_eq!(actual, expected, "seed {seed}, {id} on {}:\n{}", day.to_text(), files[number]);
    }
    let main = &assessment["standards"][0];
    for clause in CLAUSES {
        let actual = value_of(&main["clauses"], clause, "verdict");
        assert_eq!(actual, verdict(handbook, clause, day), "seed {seed}, clause {clause} on {}", day.to_text());
    }
}

/// The days to assess: those that files name, the adjacent days, and some others.
fn days(handbook: &[Reading], dice: &mut Dice) -> Vec<Day> {
    let named: Vec<Day> = handbook.iter().flat_map(Reading::days).collect();
    let around = |day: &Day| [Day(day.0 - 1), *day, Day(day.0 + 1)];
    let mut all: Vec<Day> = named.iter().flat_map(around).collect();
    all.extend((0..DAYS).map(|_| Day(Day::parse("2025-01-01").expect("a day").0 + dice.roll(1400) as i64)));
    (0..DAYS).map(|_| all[dice.roll(all.len() as u64) as usize]).collect()
}
