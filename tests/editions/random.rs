//! An edition with the figures of the whole agrees with the full handbook on everything that it shows, for random
//! handbooks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use super::truth::{check_report, list, text};
use crate::support::{Fixture, SETTINGS, policy};

/// Random numbers, reproducible from a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u64) as usize]
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2024 + self.below(4), 1 + self.below(12), 1 + self.below(28))
    }
}

const LEVELS: [&str; 4] = ["public", "internal", "confidential", "restricted"];
const CLAUSES: [&str; 6] = ["8.6.1", "8.6.2", "9.1", "9.2", "8.3.4.1", "10.1"];

fn random_document(numbers: &mut Numbers, at: u64) -> String {
    let other = numbers.below(8);
    let extra = format!(
        "classification: {}\nclauses: [{}{}]\nprovides: [{}]\nreview: {}\nregisters: [r{at}.yaml]\nservices: [SV-{other}]\nsupersedes: [{}]\n",
        numbers.pick(&LEVELS),
        numbers.pick(&CLAUSES),
        numbers.pick(&["", "", "/partial"]),
        numbers.pick(&["supplier-contract", "sla", "incident-records", "internal-audit-results"]),
        numbers.pick(&["6 months", "12 months", "24 months"]),
        if numbers.below(4) == 0 { format!("DOC-{other}") } else { String::new() },
    );
    let body =
        format!("We act. See [[DOC-{}]], [[NC-{other}]] and [it](d{}.md#nowhere).", numbers.below(9), numbers.below(9));
    let document = policy(&format!("DOC-{at}"), &extra, &body);
    let day = numbers.day();
    let document = document.replace("approved: 2026-03-02", &format!("approved: {day}"));
    document.replace("status: approved", numbers.pick(&["status: approved", "status: approved", "status: draft"]))
}

fn random_register(numbers: &mut Numbers, at: u64) -> String {
    let mut out = String::new();
    let level = |numbers: &mut Numbers| match numbers.below(3) {
        0 => format!(", classification: {}", numbers.pick(&LEVELS)),
        _ => String::new(),
    };
    let (day, clause) = (numbers.day(), numbers.pick(&CLAUSES));
    let _ = write!(
        out,
        "audits:\n- {{id: A-{at}, title: Audit {at}, kind: internal, planned: {day}, clauses: [\"{clause}\"], report: DOC-{}{}",
        numbers.below(9),
        level(numbers)
    );
    let _ = writeln!(out, "{}}}", if numbers.below(2) == 0 { format!(", held: {day}") } else { String::new() });
    let _ = writeln!(
        out,
        "nonconformities:\n- {{id: NC-{at}, title: Finding {at}, grade: minor, found: {}, source: A-{}, owner: Owner, clauses: [\"{}\"]{}, actions: [{{what: Act, who: owner, due: {}}}]}}",
        numbers.day(),
        numbers.below(9),
        numbers.pick(&CLAUSES),
        level(numbers),
        numbers.day()
    );
    let _ = writeln!(
        out,
        "suppliers:\n- {{id: SU-{at}, title: Supplier {at}, kind: external, contract: {{document: DOC-{}, ends: {}}}{}}}",
        numbers.below(9),
        numbers.day(),
        level(numbers)
    );
    let _ =
        writeln!(out, "services:\n- {{id: SV-{at}, title: Service {at}, state: live, owner: OWNER{}}}", level(numbers));
    let _ = writeln!(
        out,
        "indicators:\n- {{id: K-{at}, title: Indicator {at}, target: \">= 90%\", period: quarter, values: {{2026-Q2: {}, 2026-Q3: {}}}{}}}",
        80 + numbers.below(20),
        80 + numbers.below(20),
        level(numbers)
    );
    let _ = writeln!(
        out,
        "objectives:\n- {{id: OBJ-{at}, title: Objective {at}, indicator: K-{}, ends: {}{}}}",
        numbers.below(9),
        numbers.day(),
        level(numbers)
    );
    out
}

fn random_handbook(seed: u64) -> Fixture {
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut editions = String::from("editions:\n");
    for (at, level) in LEVELS.iter().take(3).enumerate() {
        let registers = numbers.pick(&["all", "all", "[audits, objectives]", "[nonconformities, suppliers]"]);
        let _ = writeln!(editions, "  e{at}: {{up_to: {level}, figures: whole, registers: {registers}}}");
    }
    let waivers = format!(
        "waivers:\n- {{rule: broken-anchor, place: DOC-{}, reason: It is known., who: Director, until: {}}}\n",
        numbers.below(8),
        numbers.day()
    );
    let fixture = Fixture::new(&[("clausebook.yaml", &format!("{SETTINGS}{waivers}{editions}"))]);
    for at in 0..8 {
        fixture.write(&format!("content/d{at}.md"), &random_document(&mut numbers, at));
        fixture.write(&format!("content/r{at}.yaml"), &random_register(&mut numbers, at));
    }
    fixture
}

/// The values of keys by the value of another key, each as JSON.
fn values_by_key(data: &[Value], key: &str, values: &[&str]) -> BTreeMap<String, Vec<String>> {
    let pair = |entry: &Value| (entry[key].to_string(), values.iter().map(|value| entry[*value].to_string()).collect());
    data.iter().map(pair).collect()
}

/// Asserts that an edition and the full handbook agree on everything that the edition shows.
fn assert_same_where_shown(edition: &[Value], full: &[Value], key: &str, values: &[&str], seed: u64) {
    let full = values_by_key(full, key, values);
    for (name, statements) in values_by_key(edition, key, values) {
        assert_eq!(Some(&statements), full.get(&name), "{name} of seed {seed}");
    }
}

#[test]
fn every_statement_of_an_edition_is_one_of_the_full_handbook() {
    for seed in 1..=12 {
        let fixture = random_handbook(seed);
        let full = check_report(&fixture, None);
        for name in ["e0", "e1", "e2"] {
            let data = check_report(&fixture, Some(name));
            compare(&data, &full, seed);
        }
    }
}

fn compare(data: &Value, full: &Value, seed: u64) {
    for figure in ["units", "units_covered", "required_items", "required_items_provided", "required_items_not_needed"] {
        assert_eq!(data["totals"][figure], full["totals"][figure], "{figure} of seed {seed}");
    }
    for (part, whole) in list(data, "standards").iter().zip(list(full, "standards")) {
        assert_same_where_shown(
            list(part, "clauses"),
            list(whole, "clauses"),
            "id",
            &["verdict", "rolled_up", "reason"],
            seed,
        );
        let items = "documented_information";
        assert_same_where_shown(list(part, items), list(whole, items), "id", &["verdict", "reason"], seed);
        let audits = |of: &Value| -> BTreeMap<String, Value> {
            let clauses = list(of, "clauses").iter();
            clauses.map(|clause| (clause["id"].to_string(), clause["audit"]["state"].clone())).collect()
        };
        let full = audits(whole);
        assert!(audits(part).iter().all(|(id, state)| state.is_null() || full[id] == *state), "audits of seed {seed}");
    }
    assert_same_where_shown(
        list(data, "documents"),
        list(full, "documents"),
        "id",
        &["state", "last_review", "next_review", "digest"],
        seed,
    );
    let life = ["state", "due", "closed", "effect_due"];
    assert_same_where_shown(list(data, "registers"), list(full, "registers"), "id", &life, seed);
    let deadlines = |of: &Value| -> BTreeSet<String> {
        list(of, "deadlines").iter().map(ToString::to_string).map(|text| text.to_lowercase()).collect()
    };
    assert!(deadlines(data).is_subset(&deadlines(full)), "deadlines of seed {seed}");
    let places = |of: &Value| -> BTreeSet<String> {
        let findings = list(of, "findings").iter().filter(|finding| text(finding, "rule") != "link-to-withheld");
        findings
            .map(|finding| {
                format!(
                    "{} {} {} {} {}",
                    finding["rule"], finding["severity"], finding["file"], finding["line"], finding["column"]
                )
            })
            .collect()
    };
    let (shown_places, all) = (places(data), places(full));
    assert!(shown_places.is_subset(&all), "seed {seed}: {:#?}", shown_places.difference(&all));
    // All findings of a shown document are reported.
    let files: BTreeSet<String> = list(data, "documents").iter().map(|document| document["path"].to_string()).collect();
    let missing: Vec<&String> =
        all.difference(&shown_places).filter(|place| files.iter().any(|file| place.contains(file.as_str()))).collect();
    assert_eq!(missing, Vec::<&String>::new(), "seed {seed}");
}
