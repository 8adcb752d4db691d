//! Items due for each service and supplier, compared with an independent count in random registers.

use std::fmt::Write;

use super::random::Numbers;
use super::support::Fixture;

/// Possible contracts of a supplier on 2026-11-22, and whether each is known and has not ended.
const CONTRACTS: [(&str, bool); 13] = [
    ("", false),
    (", contract: {location: File 1}", true),
    (", contract: {document: AGR-1}", true),
    (", contract: {document: AGR-2}", false),
    (", contract: {document: AGR-2, location: File 1}", true),
    (", contract: {location: File 1, ends: 2026-11-21}", false),
    (", contract: {location: File 1, ends: 2026-11-22}", true),
    (", contract: {document: AGR-1, ends: 2026-11-23}", true),
    (", contract: {location: File 1, ends: 2026-11-31}", false),
    (", contract: {location: File 1, ends: soon}", false),
    (", contract: {ends: 2030-01-01}", false),
    (", contract: {location: TBD}", false),
    (", contract: File 1", false),
];

/// Possible services on that day, and whether each is live.
const SERVICES: [(&str, bool); 10] = [
    ("state: live", true),
    ("state: planned", false),
    ("state: retired", false),
    ("state: lively", true),
    ("state: live, from: 2026-11-22", true),
    ("state: live, from: 2026-11-23", false),
    ("state: live, until: 2026-11-22", true),
    ("state: live, until: 2026-11-21", false),
    ("state: planned, from: 2026-11-22", true),
    ("state: retired, until: 2026-11-22", true),
];

const KINDS: [&str; 4] = ["external", "internal", "customer", "friendly"];

const SETTINGS: &str = "title: Test\nstandards: [iso20000-1]\nas_of: 2026-11-22\n";

fn agreement(id: &str, extra: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Agreement {id}\ntype: agreement\nowner: Service Manager\napprover: Director\n{extra}\n---\n\nWhat is agreed with everybody.\n"
    )
}

fn item(assessment: &serde_json::Value, id: &str) -> (String, Option<u64>, Option<u64>) {
    let items = assessment["standards"].as_array().into_iter().flatten();
    let mut items = items.flat_map(|standard| standard["documented_information"].as_array().into_iter().flatten());
    let item = items.find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id}: {assessment}"));
    (item["verdict"].as_str().unwrap_or_default().to_owned(), item["have"].as_u64(), item["want"].as_u64())
}

fn assess(register: Option<&str>, services: &[String]) -> serde_json::Value {
    handbook(register, services).assess()
}

fn handbook(register: Option<&str>, services: &[String]) -> Fixture {
    let registers = if register.is_some() { "registers: [register.yaml]\n" } else { "" };
    let in_force = format!(
        "status: approved\napproved: 2026-01-01\nprovides: [supplier-contract, internal-supplier-agreement, sla]\n{registers}services: [{}]",
        services.join(", ")
    );
    let (first, second) = (agreement("AGR-1", &in_force), agreement("AGR-2", "status: draft"));
    let mut files = vec![("clausebook.yaml", SETTINGS), ("content/one.md", &first), ("content/two.md", &second)];
    files.extend(register.map(|register| ("content/register.yaml", register)));
    Fixture::new(&files)
}

#[test]
fn the_day_of_a_supplier_says_what_is_due() {
    let supplier = |rest: &str| format!("suppliers:\n- {{id: S-1, title: Post, kind: external{rest}}}\n");
    for (rest, what) in [
        (", performance: {every: 6 months, last: 2026-07-16}", "Performance review"),
        (", contract: {location: File 1, ends: 2027-01-16}", "End of contract"),
        (", contract: {location: File 1, review: 6 months, reviewed: 2026-07-16, ends: 2028-01-01}", "Contract review"),
    ] {
        let fixture = handbook(Some(&supplier(rest)), &[]);
        fixture.run(&["build", "-q"]);
        let page = |name: &str| std::fs::read_to_string(fixture.path("site/suppliers").join(name)).expect("a page");
        assert!(page("index.html").contains(&format!("<small>{what}</small>")), "{what}: {}", page("index.html"));
        assert!(page("S-1.html").contains(&format!("<dd>{what}: <time")), "{what}: {}", page("S-1.html"));
    }
}

#[test]
fn an_empty_or_missing_register_does_not_count() {
    for (text, verdict) in [("", "incomplete"), ("# Suppliers\n", "incomplete"), ("suppliers:\n", "provided")] {
        assert_eq!(item(&assess(Some(text), &[]), "supplier-contract").0, verdict, "{text:?}");
    }
    let fixture = handbook(Some("suppliers:\n"), &[]);
    std::fs::remove_file(fixture.path("content/register.yaml")).expect("a file that was there");
    assert_eq!(item(&fixture.assess(), "supplier-contract").0, "incomplete");
}

#[test]
fn an_item_is_provided_when_each_party_that_needs_it_has_it() {
    for seed in 0..24 {
        let mut numbers = Numbers::new(seed + 1);
        let mut text = "suppliers:\n".to_owned();
        // How many have it and how many should, for external suppliers and for others.
        let (mut external, mut other) = ((0, 0), (0, 0));
        let mut without = Vec::new();
        for at in 0..[0, 1, 5][seed as usize % 3] {
            let (contract, runs) = CONTRACTS[numbers.below(12) as usize];
            let kind = KINDS[numbers.below(4) as usize];
            let is_lost = numbers.below(10) == 0;
            let id = if is_lost { String::new() } else { format!("id: S-{at}, ") };
            writeln!(text, "- {{{id}title: Supplier {at}, kind: {kind}{contract}}}").expect("text");
            let has_contract = u64::from(runs && !is_lost);
            without.extend((!runs && !is_lost).then(|| format!("S-{at}")));
            // A supplier of unknown kind needs both.
            let is_unknown = is_lost || kind == "friendly";
            if is_unknown || kind == "external" {
                external = (external.0 + has_contract, external.1 + 1);
            }
            if is_unknown || kind != "external" {
                other = (other.0 + has_contract, other.1 + 1);
            }
        }
        let assessment = assess(Some(&text), &[]);
        for (id, (have, want)) in [("supplier-contract", external), ("internal-supplier-agreement", other)] {
            let verdict = if have == want { "provided" } else { "incomplete" };
            assert_eq!(item(&assessment, id), (verdict.to_owned(), Some(have), Some(want)), "{id} in\n{text}");
        }
        assert_eq!(item(&assessment, "sla"), ("provided".to_owned(), None, None), "no register of services");
        for entry in assessment["registers"].as_array().into_iter().flatten() {
            let lacks_contract = without.iter().any(|id| entry["id"] == **id);
            assert!(!lacks_contract || entry["state"] != "current", "{entry} in\n{text}");
        }
    }
}

#[test]
fn a_live_service_is_named_by_a_document_that_provides_the_item() {
    for seed in 0..24 {
        let mut numbers = Numbers::new(seed + 100);
        let mut text = "services:\n".to_owned();
        let (mut have, mut want) = (0, 0);
        let mut with_document = Vec::new();
        for at in 0..[0, 1, 5][seed as usize % 3] {
            let (words, is_live) = SERVICES[numbers.below(10) as usize];
            let variant = numbers.below(4);
            let documents = if variant == 2 { ", documents: [AGR-1]" } else { "" };
            match variant {
                0 => with_document.push(format!("S{at}")),
                1 => with_document.push(format!("Service {at}")),
                _ => {}
            }
            writeln!(text, "- {{id: S{at}, title: Service {at}, {words}{documents}}}").expect("text");
            want += u64::from(is_live);
            have += u64::from(is_live && variant < 3);
        }
        let verdict = if have == want { "provided" } else { "incomplete" };
        let assessment = assess(Some(&text), &with_document);
        assert_eq!(
            item(&assessment, "sla"),
            (verdict.to_owned(), Some(have), Some(want)),
            "{with_document:?} in\n{text}"
        );
    }
}

#[test]
fn without_a_register_nothing_changes() {
    let assessment = assess(None, &[]);
    for id in ["sla", "supplier-contract", "internal-supplier-agreement"] {
        assert_eq!(item(&assessment, id), ("provided".to_owned(), None, None));
    }
}

#[test]
fn pages_say_who_lacks_an_item_and_filter_by_service_and_location() {
    let register = "services:\n- {id: NET, title: Network, state: live}\n- {id: BAK, title: Backup, state: live, documents: [AGR-2]}\n\
                    - {id: OLD, title: Fax, state: retired}\nsuppliers:\n- {id: S-1, title: Post, kind: external}\n\
                    locations:\n- {id: L-1, title: North, inside: true}\n- {id: L-2, title: South, inside: true}\n";
    let fixture = handbook(Some(register), &["NET".to_owned(), "Elsewhere".to_owned()]);
    let original = std::fs::read_to_string(fixture.path("content/one.md")).expect("a document");
    fixture.write("content/one.md", &original.replace("services:", "locations: [South]\nservices:"));
    let site = fixture.build();
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let clause = page("clauses/iso20000-1/8.3.3.html");
    assert!(clause.contains("Missing for <a href=\"../../services/BAK.html\">BAK</a></small>"), "{clause}");
    let clause = page("clauses/iso20000-1/8.3.4.1.html");
    assert!(clause.contains("Missing for <a href=\"../../suppliers/S-1.html\">S-1</a></small>"), "{clause}");
    // Services in the register by kind and ID, then names that are not in it.
    let services = "<select name=\"service\"><option value=\"\">All</option><option value=\"0\">Backup</option>\
                    <option value=\"1\">Network</option><option value=\"2\">Fax</option><option value=\"3\">Elsewhere</option></select>";
    let locations = "<select name=\"location\"><option value=\"\">All</option><option value=\"0\">North</option>\
                     <option value=\"1\">South</option></select>";
    for path in ["register.html", "matrix.html"] {
        let text = page(path);
        assert!(text.contains(services) && text.contains(locations), "{path}: {text}");
    }
    let text = page("register.html");
    let row = |title: &str| {
        text.split("<tr").find(|row| row.contains(title)).expect("a row").split('>').next().map(str::to_owned)
    };
    assert_eq!(row(">Agreement AGR-1<").as_deref(), Some(" data-service=\"1 3\" data-location=\"1\""));
    assert_eq!(row(">Agreement AGR-2<").as_deref(), Some(" data-service=\"0\""));
}

/// A table is equivalent to a mapping.
#[test]
fn a_register_can_be_a_table() {
    let table = "id,title,kind,contract.location,contract.ends\nS-1,Post,external,File 1,\nS-2,\"Power, light\",external,,\n\
                 S-3,Water,external,File 3,2026-11-21\nS-4,Gas,external\n";
    let document = agreement(
        "AGR-1",
        "status: approved\napproved: 2026-01-01\nprovides: [supplier-contract]\nregisters: [suppliers.csv]",
    );
    let fixture =
        Fixture::new(&[("clausebook.yaml", SETTINGS), ("content/one.md", &document), ("content/suppliers.csv", table)]);
    assert_eq!(item(&fixture.assess(), "supplier-contract"), ("incomplete".to_owned(), Some(1), Some(4)));
    let new = fixture.run(&["new", "--register", "suppliers", "Steam; heat", "--set", "kind=external"]);
    assert!(new.status.success(), "{}", String::from_utf8_lossy(&new.stderr));
    let text = std::fs::read_to_string(fixture.path("content/suppliers.csv")).expect("the table");
    assert!(text.starts_with(table) && text.lines().count() == 6, "{text}");
    assert_eq!(item(&fixture.assess(), "supplier-contract"), ("incomplete".to_owned(), Some(1), Some(5)));
}

#[test]
fn a_service_whose_row_is_broken_counts_as_one_without() {
    let broken = "id,title,state\nNET,Network,live\nMAIL\n";
    let owned =
        "status: approved\napproved: 2026-01-01\nprovides: [sla]\nregisters: [services.csv]\nservices: [NET, MAIL]";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", SETTINGS),
        ("content/one.md", &agreement("AGR-1", owned)),
        ("content/services.csv", broken),
    ]);
    assert_eq!(item(&fixture.assess(), "sla"), ("incomplete".to_owned(), Some(1), Some(2)));
    std::fs::write(fixture.path("content/services.csv"), "id,title,state\nNET,Network,live\nMAIL,Mail,live\n")
        .expect("a table");
    assert_eq!(item(&fixture.assess(), "sla"), ("provided".to_owned(), Some(2), Some(2)));
}
