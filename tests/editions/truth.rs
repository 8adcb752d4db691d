//! Statements in an edition are true of the whole handbook, although it does not show everything.

use serde_json::Value;

use super::{edition, page};
use crate::support::{Fixture, SETTINGS, policy};

/// The JSON report of a check, of an edition or of the full handbook.
pub(super) fn check_report(fixture: &Fixture, edition: Option<&str>) -> Value {
    let more: Vec<&str> = edition.into_iter().flat_map(|name| ["--edition", name]).collect();
    let output = fixture.run(&[&["check", "--format", "json"][..], &more].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

pub(super) fn list<'a>(data: &'a Value, key: &str) -> &'a [Value] {
    data[key].as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text<'a>(data: &'a Value, key: &str) -> &'a str {
    data[key].as_str().unwrap_or_default()
}

pub(super) fn register_fixture(owner: &str, register: &str, extra_files: &[(&str, &str)]) -> Fixture {
    let settings = format!(
        "{SETTINGS}editions:\n  staff: {{up_to: internal, figures: whole, registers: all}}\n  \
         plain: {{up_to: internal, figures: none, registers: all}}\n"
    );
    let owner = policy("POL-OWN-001", &format!("classification: internal\nregisters: [r.yaml]\n{owner}"), "We act.");
    let mut files = vec![
        ("clausebook.yaml", settings.as_str()),
        ("content/owner.md", owner.as_str()),
        ("content/r.yaml", register),
    ];
    files.extend(extra_files);
    Fixture::new(&files)
}

const AUDITS: &str = "audits:\n- {id: A-1, title: First, kind: internal, planned: 2023-05-01, held: 2023-05-01, clauses: [\"9\"]}\n\
    - {id: A-CANARY, title: canary audit, classification: restricted, kind: internal, planned: 2026-06-17, held: 2026-06-17, clauses: [\"9.1\"]}\n\
    nonconformities:\n- {id: NC-CANARY, title: canary finding, classification: restricted, grade: minor, found: 2026-11-01, owner: Owner, clauses: [\"9.1\"]}\n";

#[test]
fn a_clause_whose_audit_is_withheld_was_audited() {
    let fixture = register_fixture("", AUDITS, &[]);
    let clause = |data: &Value, id: &str| -> Value {
        let clauses = list(&data["standards"][0], "clauses");
        clauses.iter().find(|clause| clause["id"] == id).expect("the clause")["audit"].clone()
    };
    let (full, staff) = (check_report(&fixture, None), check_report(&fixture, Some("staff")));
    assert_eq!(clause(&full, "9.1")["state"], "audited");
    let shown_clause = clause(&staff, "9.1");
    assert_eq!(shown_clause["state"], "audited");
    assert!(
        shown_clause["last"].is_null(),
        "the last audit is another one than the last that is shown: {shown_clause}"
    );
    assert_eq!(shown_clause["unseen"], serde_json::json!(["last", "open"]));
    // Content that is not withheld is the same as in the full handbook.
    assert_eq!(clause(&full, "9.2"), clause(&staff, "9.2"));
    let site = edition(&fixture, "staff");
    let clause = page(&site, "clauses/iso20000-1/9.1.html");
    assert!(clause.contains("Audited in time") && clause.contains("in an audit that this edition does not show"));
    assert!(clause.contains("There are further open findings, which this edition does not show."));
    assert!(!clause.contains("<dd>never</dd>"), "{clause}");
    let all: String = site.values().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase()).collect();
    assert!(!all.contains("canary") && !all.contains("2026-06-17"));
    let never = page(&site, "clauses/iso20000-1/10.1.html");
    assert!(never.contains("Never audited"), "what was never audited stays so");
}

#[test]
fn a_finding_whose_words_would_be_false_or_name_what_is_withheld_has_those_of_its_rule() {
    // Both audits are too old; the later one is withheld.
    let fixture = register_fixture("", &AUDITS.replace("2026-06-17", "2023-06-17"), &[]);
    let audit_messages = |data: &Value| -> Vec<String> {
        let messages = list(data, "findings").iter().filter(|finding| finding["rule"] == "clause-not-audited");
        let mut messages: Vec<String> = messages.map(|finding| text(finding, "message").to_owned()).collect();
        messages.retain(|message| !message.contains("never been audited"));
        messages
    };
    let (full, staff) =
        (audit_messages(&check_report(&fixture, None)), audit_messages(&check_report(&fixture, Some("staff"))));
    assert!(full.iter().any(|message| message.contains("A-CANARY")), "{full:?}");
    assert!(!staff.iter().any(|message| message.contains("CANARY")), "{staff:?}");
    let general = "the last internal audit of a clause is longer ago than `audits.every`, or there has been none and none \
                   is planned within that time of the programme's first audit";
    assert!(staff.iter().any(|message| message == general), "{staff:?}");
    assert!(staff.iter().any(|message| message.contains("clause 9.2") && message.contains("(A-1)")), "{staff:?}");
}

#[test]
fn problems_of_withheld_entries_and_files_are_not_reported() {
    let register = "nonconformities:\n- {id: NC-CANARY, title: canary finding, classification: restricted, grade: minor, \
                    found: 2026-10-01, due: 2026-10-20, owner: Owner, clauses: [\"9.1\"]}\n";
    let extra_files = [
        ("content/canary.md.txt", "---\nid: POL-CAN-001\n---\n"),
        ("content/unowned-canary.yaml", "risks:\n- {id: R-CANARY, title: canary}\n"),
        ("content/canary-dir/secret-canary.md", &*policy("POL-CANARY-001", "classification: restricted\n", "Canary.")),
    ];
    let fixture = register_fixture("", register, &extra_files);
    let path = fixture.path("clausebook.yaml");
    let settings = std::fs::read_to_string(&path).expect("settings");
    fixture.write("clausebook.yaml", &format!("{settings}exclude: [canari-dir]\n"));
    let full = check_report(&fixture, None).to_string();
    assert!(full.contains("nonconformity-overdue") && full.contains("did you mean `canary-dir`"), "{full}");
    let staff = check_report(&fixture, Some("staff")).to_string().to_lowercase();
    let contains = |word: &str| staff.contains(word);
    assert!(!contains("canary"), "{staff}");
    let site = edition(&fixture, "staff");
    for (path, bytes) in &site {
        assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains("canary"), "{path}");
    }
}

#[test]
fn a_waiver_of_what_is_withheld_is_neither_unused_nor_named() {
    let waiver = |rule: &str, place: &str, until: &str| {
        format!("- {{rule: {rule}, place: {place}, reason: It is known., who: Director, until: {until}}}\n")
    };
    let files = |waivers: &str| {
        let settings =
            format!("{SETTINGS}waivers:\n{waivers}editions:\n  staff: {{up_to: internal, figures: whole}}\n");
        Fixture::new(&[
            ("clausebook.yaml", settings.as_str()),
            (
                "content/a.md",
                &policy("POL-AAA-001", "classification: internal\n", "We act.\n\n## Empty\n\n## Next\n\nText."),
            ),
            (
                "content/s.md",
                &policy("POL-SEC-001", "classification: restricted\n", "We act.\n\n## Empty\n\n## Next\n\nText."),
            ),
        ])
    };
    let findings = |fixture: &Fixture, edition: Option<&str>| -> Vec<(String, u64)> {
        let data = check_report(fixture, edition);
        let waiver_findings =
            list(&data, "findings").iter().filter(|finding| text(finding, "rule").ends_with("-waiver"));
        waiver_findings
            .map(|finding| (text(finding, "message").to_owned(), finding["line"].as_u64().unwrap_or_default()))
            .collect()
    };
    // Waivers in use, one for a withheld document and one for no document in particular.
    let used = files(
        &[waiver("empty-section", "POL-SEC-001", "2027-01-01"), waiver("orphan-document", "content/", "2027-01-01")]
            .concat(),
    );
    assert_eq!(findings(&used, None), findings(&used, Some("staff")));
    assert!(findings(&used, Some("staff")).is_empty());
    // Expired waivers: the one for a withheld document is not reported, the other as in the whole handbook.
    let expired = files(
        &[waiver("empty-section", "POL-SEC-001", "2026-01-01"), waiver("empty-section", "content/", "2026-01-01")]
            .concat(),
    );
    let full = findings(&expired, None);
    assert_eq!(full.len(), 2, "{full:?}");
    assert_eq!(findings(&expired, Some("staff")), full[1..]);
    assert!(full[1].0.contains("2 findings count again"), "{full:?}");
    // A waiver with nothing to waive is reported in both.
    let unused = files(&waiver("duplicate-heading", "content/", "2027-01-01"));
    assert_eq!(findings(&unused, Some("staff")), findings(&unused, None));
    assert_eq!(findings(&unused, None).len(), 1);
}

#[test]
fn withheld_contracts_count_and_contracts_not_in_force_do_not() {
    let register = "suppliers:\n- {id: SU-1, title: Carrier, kind: external, contract: {document: AGR-1, ends: 2030-01-01}}\n\
        - {id: SU-2, title: Printer, kind: external, contract: {document: AGR-2, ends: 2030-01-01}}\n\
        - {id: SU-3, title: Cleaner, kind: external, contract: {location: Cabinet 3, ends: 2030-01-01}}\n";
    let secret = "classification: restricted\n";
    let agreement = |id: &str| policy(id, secret, "Agreed.").replace("type: policy", "type: agreement");
    let draft = agreement("AGR-2").replace("status: approved", "status: draft");
    let fixture = register_fixture(
        "provides: [supplier-contract]\n",
        register,
        &[("content/agr.md", &agreement("AGR-1")), ("content/agr2.md", &draft)],
    );
    let site = edition(&fixture, "staff");
    let sentence = "No contract or agreement in force is known";
    let full = fixture.build();
    for (path, is_known) in
        [("suppliers/SU-1.html", true), ("suppliers/SU-2.html", false), ("suppliers/SU-3.html", true)]
    {
        for site in [&full, &site] {
            let is_mentioned = page(site, path).to_lowercase().contains(&sentence.to_lowercase());
            assert_eq!(is_mentioned, !is_known, "{path}: {}", page(site, path));
        }
        assert!(!page(&site, path).contains("AGR-"), "{path}");
    }
    assert!(!page(&edition(&fixture, "plain"), "suppliers/SU-2.html").contains(sentence));
}

#[test]
fn an_objective_whose_indicator_is_withheld_is_met_and_its_day_is_past_and_done() {
    let register = "objectives:\n- {id: OBJ-1, title: Faster, indicator: K-1, ends: 2026-09-30, owner: Owner}\n\
        indicators:\n- {id: K-1, title: canary measure, classification: restricted, target: \">= 90%\", period: quarter, values: {2026-Q3: 95}}\n";
    let fixture = register_fixture("", register, &[]);
    let (full, staff) = (check_report(&fixture, None), check_report(&fixture, Some("staff")));
    let entry = |data: &Value| list(data, "registers").iter().find(|item| item["id"] == "OBJ-1").cloned().expect("it");
    assert_eq!(entry(&full)["state"], "met");
    assert_eq!(entry(&staff)["state"], "met");
    let deadline = |data: &Value| list(data, "deadlines").iter().find(|item| item["id"] == "OBJ-1").cloned();
    assert_eq!(deadline(&staff), deadline(&full));
    assert_eq!(deadline(&staff).expect("it")["state"], "done");
    assert!(!staff.to_string().contains("canary"));
}

#[test]
fn an_objective_whose_indicator_is_withheld_has_no_value_of_its_own() {
    let register = "objectives:\n- {id: OBJ-1, title: Faster, target: \">= 90%\", indicator: K-1, ends: 2026-09-30, owner: Owner, values: {2026-Q3: 99}}\n\
        indicators:\n- {id: K-1, title: canary measure, classification: restricted, target: \">= 90%\", period: quarter, values: {2026-Q3: 80}}\n";
    let fixture = register_fixture("", register, &[]);
    // If there is an indicator, an objective's own values do not count in any portal.
    for site in [fixture.build(), edition(&fixture, "staff")] {
        let objectives = page(&site, "objectives.html");
        assert!(objectives.contains("OBJ-1") && !objectives.contains("2026-Q3"), "{objectives}");
        assert!(!objectives.contains("Target met"), "{objectives}");
    }
    let without_values = register_fixture("", &register.replace(", values: {2026-Q3: 99}", ""), &[]);
    assert!(page(&without_values.build(), "objectives.html").contains("80% (2026-Q3)"));
    let objectives = page(&edition(&without_values, "staff"), "objectives.html");
    assert!(objectives.contains("Target missed") && !objectives.contains("2026-Q3"), "{objectives}");
}

/// A supplier and a document that name a service and a location, with one of each withheld.
fn fixture_naming_withheld() -> Fixture {
    let secret = policy("POL-SEC-001", "classification: restricted\nregisters: [secret.yaml]\n", "We act.");
    let keys = "classification: internal\nclauses: [8.6.1]\nservices: [S-1, S-CANARY]\nlocations: [Canary yard]\n";
    register_fixture(
        "",
        "services:\n- {id: S-1, title: Mail, state: live, owner: Owner}\n\
         - {id: S-CANARY, title: Canary service, classification: confidential, state: live, owner: Owner}\n\
         suppliers:\n- {id: SU-1, title: Carrier, kind: external, services: [S-1, S-CANARY], locations: [L-CANARY], contract: {location: Cabinet 3, ends: 2030-01-01}}\n",
        &[
            ("content/secret.md", secret.as_str()),
            ("content/secret.yaml", "locations:\n- {id: L-CANARY, title: Canary yard, inside: true}\n"),
            ("content/named.md", policy("POL-NAM-001", keys, "We act.").as_str()),
        ],
    )
}

#[test]
fn services_and_locations_that_are_withheld_are_named_nowhere() {
    let fixture = fixture_naming_withheld();
    assert!(page(&fixture.build(), "suppliers/SU-1.html").contains("Canary service"));
    for name in ["staff", "plain"] {
        let site = edition(&fixture, name);
        let supplier = page(&site, "suppliers/SU-1.html");
        assert!(supplier.contains("Mail"), "{supplier}");
        for (path, bytes) in &site {
            assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains("canary"), "{name}: {path}");
        }
    }
    assert!(!check_report(&fixture, Some("staff")).to_string().to_lowercase().contains("canary"));
    let output = fixture.run(&["pack", "stage-1", "--edition", "staff", "-o", "pack.zip"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut pack = zip::ZipArchive::new(std::fs::File::open(fixture.path("pack.zip")).expect("a pack")).expect("a ZIP");
    for at in 0..pack.len() {
        let mut file = pack.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).expect("its bytes");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("canary"), "{at}: {text}");
    }
}

#[test]
fn a_table_without_rows_says_why() {
    let settings = format!("{SETTINGS}editions:\n  plain: {{up_to: internal, figures: none, registers: all}}\n");
    let block = |kind: &str, state: &str| format!("```register {kind}\nwhere: state = {state}\n```\n\n");
    let body = [
        block("nonconformities", "overdue"),
        block("improvements", "done"),
        "```register services\n```\n".to_owned(),
        "```register risks\n```\n".to_owned(),
    ];
    let owner = "classification: internal\nregisters: [r.yaml, {file: s.csv, kind: services}]\n";
    let owner = policy("POL-OWN-001", owner, &body.concat());
    let register = "nonconformities:\n- {id: NC-1, title: Late, grade: minor, found: 2026-01-01, due: 2026-02-01, owner: Owner}\n\
        improvements:\n- {id: IM-1, title: Better, state: in-work, due: 2026-01-01, owner: Owner}\nrisks: []\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", settings.as_str()),
        ("content/owner.md", owner.as_str()),
        ("content/r.yaml", register),
        ("content/s.csv", "id,title,state\n\"S-1,Mail,live\n"),
    ]);
    let full = page(&fixture.build(), "owner.html");
    let plain = page(&edition(&fixture, "plain"), "owner.html");
    assert!(full.contains("NC-1") && full.contains("Improvements: none that match."), "{full}");
    for kind in ["Nonconformities", "Improvements"] {
        assert!(plain.contains(&format!("{kind}: this edition does not show states.")), "{plain}");
    }
    for site in [&full, &plain] {
        assert!(site.contains("Services: there are entries that cannot be read."), "{site}");
        assert!(!site.contains("Services: no entries"), "{site}");
    }
    assert!(full.contains("Risks: no entries yet."), "{full}");
    assert!(plain.contains("Risks: no entries that this edition shows."), "{plain}");
}

#[test]
fn an_approval_that_no_document_binds_is_counted_in_the_whole_handbook() {
    let settings = format!("{SETTINGS}editions:\n  staff: {{up_to: internal, figures: whole}}\n");
    let document = |id: &str, level: &str| policy(id, &format!("classification: {level}\n"), "We act.");
    let files = |second: &str| {
        Fixture::new(&[
            ("clausebook.yaml", settings.as_str()),
            ("content/a.md", document("POL-AAA-001", "internal").as_str()),
            ("content/b.md", document("POL-BBB-001", second).as_str()),
        ])
    };
    let approval_messages = |fixture: &Fixture, name: Option<&str>| {
        let data = check_report(fixture, name);
        let unbound = list(&data, "findings").iter().filter(|finding| finding["rule"] == "unbound-approval");
        unbound.map(|finding| text(finding, "message").to_owned()).collect::<Vec<_>>()
    };
    let fixture = files("restricted");
    assert_eq!(
        approval_messages(&fixture, None),
        ["none of the approvals of 2 documents says which text it applies to"]
    );
    assert_eq!(approval_messages(&fixture, Some("staff")), approval_messages(&fixture, None));
}

#[test]
fn contract_counts_are_hidden_when_a_supplier_is_withheld() {
    let supplier = |id: u8, extra: &str| {
        format!(
            "- {{id: SU-{id}, title: Supplier {id}, kind: external, contract: {{location: Cabinet {id}}}{extra}}}\n"
        )
    };
    let lists = |extra: &str| format!("suppliers:\n{}{}{}", supplier(1, ""), supplier(2, ""), supplier(3, extra));
    let item = |data: &Value| -> Value {
        let items = list(&data["standards"][0], "documented_information");
        items.iter().find(|item| item["id"] == "supplier-contract").cloned().expect("the item")
    };
    let owner = "provides: [supplier-contract]\n";
    let open = register_fixture(owner, &lists("").replace(", contract: {location: Cabinet 2}", ""), &[]);
    let shown_item = item(&check_report(&open, Some("staff")));
    assert_eq!(
        (&shown_item["verdict"], &shown_item["have"], &shown_item["want"]),
        (&"incomplete".into(), &2.into(), &3.into())
    );
    let raised = lists(", classification: restricted").replace(", contract: {location: Cabinet 2}", "");
    let raised = register_fixture(owner, &raised, &[]);
    assert_eq!(item(&check_report(&raised, None))["want"], 3);
    let shown_item = item(&check_report(&raised, Some("staff")));
    assert_eq!(shown_item["verdict"], "incomplete", "the verdict is that of the whole");
    assert!(shown_item.get("have").is_none() && shown_item.get("want").is_none(), "{shown_item}");
    for bytes in edition(&raised, "staff").values() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("2 of 3") && !text.contains("1 of 2"));
    }
}
