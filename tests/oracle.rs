//! States and verdicts of random handbooks over three years, compared with a small reading of its own.
//!
//! The reading below is written from docs/front-matter.md alone and shares no code with the program: it reads the YAML of
//! each file as plain data, counts days itself, and decides by the tables of the guide.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value as Json;
use serde_yaml::Value;

/// The seeds of the handbooks.
const HANDBOOKS: std::ops::Range<u64> = 1..13;
/// Documents of one handbook.
const DOCUMENTS: u64 = 12;
/// Days on which one handbook is assessed.
const DAYS: usize = 14;
/// Clauses that are claimed: coverage units without parts.
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
        let handbook: Vec<Reading> = files.iter().map(|text| Reading::of(text)).collect();
        for day in days(&handbook, &mut dice) {
            compare(seed, day, &files, &handbook, &assess(folder.path(), day));
        }
    }
}

fn assess(folder: &std::path::Path, day: Day) -> Json {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    let output = command.args(["check", "--format", "json", "--as-of", &day.written()]).current_dir(folder).output();
    serde_json::from_slice(&output.expect("the program runs").stdout).expect("JSON")
}

fn compare(seed: u64, day: Day, files: &[String], handbook: &[Reading], assessment: &Json) {
    let named = |list: &Json, id: &str, key: &str| -> String {
        let entry = list.as_array().into_iter().flatten().find(|entry| entry["id"] == id);
        entry.map_or_else(|| "nothing".to_owned(), |entry| entry[key].as_str().unwrap_or_default().to_owned())
    };
    for (number, reading) in handbook.iter().enumerate().filter(|(_, reading)| reading.is_document()) {
        let id = format!("DOC-{number:03}");
        let (got, wanted) = (named(&assessment["documents"], &id, "state"), reading.state(number, handbook, day));
        assert_eq!(got, wanted, "seed {seed}, {id} on {}:\n{}", day.written(), files[number]);
    }
    let main = &assessment["standards"][0];
    for clause in CLAUSES {
        let got = named(&main["clauses"], clause, "verdict");
        assert_eq!(got, verdict(handbook, clause, day), "seed {seed}, clause {clause} on {}", day.written());
    }
}

/// The days to look at: those that files name, the days around them, and some others.
fn days(handbook: &[Reading], dice: &mut Dice) -> Vec<Day> {
    let named: Vec<Day> = handbook.iter().flat_map(Reading::days).collect();
    let around = |day: &Day| [Day(day.0 - 1), *day, Day(day.0 + 1)];
    let mut all: Vec<Day> = named.iter().flat_map(around).collect();
    all.extend((0..DAYS).map(|_| Day(Day::read("2025-01-01").expect("a day").0 + dice.roll(1400) as i64)));
    (0..DAYS).map(|_| all[dice.roll(all.len() as u64) as usize]).collect()
}

// ------------------------------------------------------------------------------------------------ random documents

/// A reproducible row of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len() as u64) as usize]
    }

    fn day(&mut self) -> String {
        Day(Day::read("2025-01-01").expect("a day").0 + self.roll(1000) as i64).written()
    }
}

fn document(number: u64, dice: &mut Dice) -> String {
    let mut text = format!("---\nid: DOC-{number:03}\ntitle: Document {number}\nowner: Owner\n");
    text += dice.one_of(&["version: \"1.0\"\n", "version: \"1.0\"\n", "version: \"2.0\"\n"]);
    text += dice.one_of(&[
        "type: policy\n",
        "type: procedure\n",
        "type: procedure\n",
        "type: plan\n",
        "type: template\n",
        "type: page\n",
        "type: polcy\n",
        "",
    ]);
    text += dice.one_of(&["status: approved\n"; 7]);
    if dice.roll(4) == 0 {
        text = text.replace(
            "status: approved\n",
            dice.one_of(&[
                "status: draft\n",
                "status: in-review\n",
                "status: retired\n",
                "status: final\n",
                "",
                "status: approved\nStatus: draft\n",
            ]),
        );
    }
    if dice.roll(10) > 0 {
        text += dice.one_of(&["approver: Director\n", "approver: Director\n", "approver: [Director, Board]\n"]);
    }
    text += &match dice.roll(12) {
        0 => String::new(),
        1 => "approved: soon\n".to_owned(),
        _ => format!("approved: {}\n", dice.day()),
    };
    text += &match dice.roll(8) {
        0 => "effective: 1.2.2026\n".to_owned(),
        1 => format!("efective: {}\n", dice.day()),
        2 | 3 => format!("effective: {}\n", dice.day()),
        _ => String::new(),
    };
    text += &match dice.roll(9) {
        0 => "review: often\n".to_owned(),
        1 => format!("review: {{next: {}}}\n", dice.day()),
        2 => "review: 6 months\n".to_owned(),
        3 => "review: {every: 3 months}\n".to_owned(),
        4 => "reviw: 6 months\n".to_owned(),
        _ => String::new(),
    };
    if dice.roll(2) == 0 {
        text += "reviews:\n";
        for _ in 0..=dice.roll(2) {
            let by = dice.one_of(&["by: Reviewer", "by: Reviewer", "by: Owner", "note: Read"]);
            let version = dice.one_of(&["version: \"1.0\"", "version: \"2.0\"", "note: again"]);
            let digest = dice.one_of(&["", "", "", "", ", digest: \"00000000000000000000000000000000\"", ", digst: x"]);
            let version =
                if by.starts_with("note") && version.starts_with("note") { "version: \"1.0\"" } else { version };
            text += &format!("- {{{}: {}, {by}, {version}{digest}}}\n", dice.one_of(&["on", "date"]), dice.day());
        }
    }
    if dice.roll(3) == 0 {
        let approver = dice.one_of(&["", ", approver: Director", ", approver: Director"]);
        let version = dice.one_of(&["1.0", "2.0", "0.9"]);
        text += &format!("changes: [{{version: \"{version}\", date: {}{approver}}}]\n", dice.day());
    }
    if dice.roll(3) == 0 {
        text += &format!("supersedes: [DOC-{:03}]\n", dice.roll(DOCUMENTS));
    }
    let claims: Vec<String> = (0..dice.roll(3)).map(|_| claim(dice)).collect();
    if !claims.is_empty() {
        text += &format!("clauses: [{}]\n", claims.join(", "));
    }
    text += "---\n\n";
    text += dice.one_of(&[
        "How it is done.\n",
        "How it is done.\n",
        "How it is done.\n",
        "TODO\n",
        "",
        "# Title\n\n<!-- nothing -->\n",
    ]);
    text
}

fn claim(dice: &mut Dice) -> String {
    let clause = dice.one_of(&CLAUSES);
    match dice.roll(5) {
        0 => format!("{{clause: \"{clause}\", extent: partial}}"),
        1 => format!("{{clause: \"{clause}\", extnt: partial}}"),
        _ => format!("\"{clause}\""),
    }
}

// ---------------------------------------------------------------------------------------------- the other reading

/// A day, as a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Day(i64);

impl Day {
    fn read(text: &str) -> Option<Day> {
        let parts: Vec<i64> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [year, month, day] = parts[..] else { return None };
        let fits = text.len() == 10 && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
        fits.then(|| Day::of(year, month, day))
    }

    /// Counts years from March, so that a leap day ends one.
    fn of(year: i64, month: i64, day: i64) -> Day {
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        Day(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
    }

    fn parts(self) -> (i64, i64, i64) {
        let mut year = self.0 / 366;
        while Day::of(year + 1, 1, 1) <= self {
            year += 1;
        }
        let month = (1..=12).rev().find(|month| Day::of(year, *month, 1) <= self).expect("a month");
        (year, month, self.0 - Day::of(year, month, 1).0 + 1)
    }

    fn plus_months(self, months: i64) -> Day {
        let (year, month, day) = self.parts();
        let count = year * 12 + month - 1 + months;
        let (year, month) = (count / 12, count % 12 + 1);
        Day::of(year, month, day.min(length(year, month)))
    }

    fn written(self) -> String {
        let (year, month, day) = self.parts();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A file as the guide has it read.
struct Reading {
    front: BTreeMap<String, Value>,
    says: bool,
}

impl Reading {
    fn of(text: &str) -> Reading {
        let mut parts = text.splitn(3, "---\n").skip(1);
        let front = serde_yaml::from_str(parts.next().expect("front matter")).expect("YAML");
        Reading { front, says: parts.next().expect("a body").contains("How it is done.") }
    }

    fn text(&self, key: &str) -> Option<String> {
        match self.front.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn day(&self, key: &str) -> Option<Day> {
        Day::read(&self.text(key)?)
    }

    fn list(&self, key: &str) -> Vec<Value> {
        match self.front.get(key) {
            Some(Value::Sequence(items)) => items.clone(),
            _ => Vec::new(),
        }
    }

    fn is_document(&self) -> bool {
        self.text("type").as_deref() != Some("page")
    }

    /// Every day that the file names.
    fn days(&self) -> Vec<Day> {
        let entries = self.list("reviews").into_iter().chain(self.list("changes"));
        let of_entries = entries.filter_map(|entry| day_of(&entry));
        let due = self.due(Day(i64::MAX)).into_iter().flat_map(|due| [due, Day(due.0 - 30)]);
        ["approved", "effective"].iter().filter_map(|key| self.day(key)).chain(of_entries).chain(due).collect()
    }

    fn status(&self) -> &str {
        let doubled = self.front.contains_key("Status");
        match self.front.get("status").and_then(Value::as_str) {
            Some(status @ ("approved" | "draft" | "in-review" | "retired")) if !doubled => status,
            _ => "unclear",
        }
    }

    /// Whether the keys that an approval rests on are there and clear.
    fn is_clear(&self) -> bool {
        let has_type = matches!(self.text("type").as_deref(), Some("policy" | "procedure" | "plan" | "template"));
        has_type && self.day("approved").is_some() && self.front.contains_key("approver") && self.has_clear_effect()
    }

    fn has_clear_effect(&self) -> bool {
        !self.front.contains_key("efective")
            && (!self.front.contains_key("effective") || self.day("effective").is_some())
    }

    fn state(&self, number: usize, handbook: &[Reading], day: Day) -> &'static str {
        let id = format!("DOC-{number:03}");
        let replaces = |other: &&Reading| other.list("supersedes").iter().any(|one| one.as_str() == Some(&id));
        let is_template = self.text("type").as_deref() == Some("template");
        let mut successors = handbook.iter().filter(|other| other.is_document()).filter(replaces);
        let replaced = successors.any(|other| {
            let fits = other.text("type").as_deref() != Some("template") || is_template;
            fits && other.replaces_from().is_some_and(|from| from <= day)
        });
        match self.status() {
            "retired" => return "retired",
            _ if replaced => return "retired",
            "in-review" => return "in-review",
            "approved" if self.is_clear() => {}
            _ => return "draft",
        }
        if [self.day("approved"), self.day("effective")].into_iter().flatten().any(|begins| begins > day) {
            return "future";
        }
        if self.is_of_other_text(day) {
            return "changed";
        }
        match self.due(day) {
            None => "overdue",
            Some(due) if due < day => "overdue",
            Some(due) if due.0 <= day.0 + 30 => "due-soon",
            Some(_) => "current",
        }
    }

    /// The day from which it replaces what it supersedes: of its approval as its status vouches for it, or of any version
    /// that its history says was approved.
    fn replaces_from(&self) -> Option<Day> {
        let later = |day: Day| self.day("effective").map_or(day, |effective| effective.max(day));
        let vouched = matches!(self.status(), "approved" | "retired") && self.has_clear_effect();
        let approved = self.day("approved").filter(|_| vouched).map(later);
        let versions =
            self.list("changes").into_iter().filter(|change| change.get("approver").is_some()).filter_map(|change| {
                let day = day_of(&change)?;
                let current = change.get("version").and_then(Value::as_str) == self.text("version").as_deref();
                Some(if current && !self.front.contains_key("efective") { later(day) } else { day })
            });
        approved.into_iter().chain(versions).min()
    }

    /// Whether the last attestation since the approval names another text; no random text has the digest of zeros.
    fn is_of_other_text(&self, day: Day) -> bool {
        let since = |review: &&Value| {
            day_of(review).is_some_and(|on| on <= day && self.day("approved").is_none_or(|approved| on >= approved))
        };
        self.list("reviews").iter().filter(since).any(|review| review.get("digest").is_some())
    }

    /// The day of the next review as known on a day; nothing when it cannot be told.
    fn due(&self, day: Day) -> Option<Day> {
        let unclear = self.list("reviews").iter().any(|review| review.get("digst").is_some());
        let months = match self.front.get("review") {
            _ if unclear || self.front.contains_key("reviw") => return None,
            None => 12,
            Some(Value::Mapping(mapping)) => match mapping.get("next").and_then(Value::as_str) {
                Some(next) => return Day::read(next),
                None => 3,
            },
            Some(Value::String(text)) if text == "6 months" => 6,
            Some(_) => return None,
        };
        let counts = |review: &&Value| {
            let version = review.get("version").and_then(Value::as_str);
            let since = day_of(review)
                .is_some_and(|on| on <= day && self.day("approved").is_none_or(|approved| on >= approved));
            review.get("by").is_some()
                && since
                && version.is_none_or(|version| Some(version.to_owned()) == self.text("version"))
        };
        let reviewed = self.list("reviews").iter().filter(counts).filter_map(day_of).max();
        self.day("approved").into_iter().chain(reviewed).max().map(|last| last.plus_months(months))
    }
}

/// The day of an entry: `date`, or `on`, which is read for it.
fn day_of(entry: &Value) -> Option<Day> {
    let day = entry.get("date").or_else(|| entry.get("on"))?;
    Day::read(day.as_str()?)
}

/// The best that the claims on a clause allow.
fn verdict(handbook: &[Reading], clause: &str, day: Day) -> &'static str {
    const RANKS: [&str; 5] = ["missing", "draft", "stale", "partial", "covered"];
    let mut best = 0;
    for (number, reading) in handbook.iter().enumerate() {
        if !reading.is_document() || reading.text("type").as_deref() == Some("template") {
            continue;
        }
        let claims = reading.list("clauses");
        let extents: Vec<&str> = claims.iter().filter(|claim| claimed(claim) == Some(clause)).map(extent).collect();
        let contradiction = extents.contains(&"full") && (extents.contains(&"partial") || extents.contains(&"unread"));
        for extent in extents {
            let rank = match reading.state(number, handbook, day) {
                "retired" => 0,
                "draft" | "in-review" | "future" => 1,
                _ if !reading.says || extent == "unread" || contradiction => 1,
                "changed" | "overdue" => 2,
                _ if extent == "partial" => 3,
                _ => 4,
            };
            best = best.max(rank);
        }
    }
    RANKS[best]
}

fn claimed(claim: &Value) -> Option<&str> {
    claim.as_str().or_else(|| claim.get("clause")?.as_str())
}

fn extent(claim: &Value) -> &'static str {
    match claim {
        Value::Mapping(_) if claim.get("extnt").is_some() => "unread",
        Value::Mapping(_) => "partial",
        _ => "full",
    }
}
