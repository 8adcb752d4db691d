//! Required items that are missing, and documents drafted for them.

use crate::{build_and_assess, files, other_findings, run_ok};

#[test]
fn missing_items_are_listed_then_drafted_from_the_model_until_none_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", ".", "--blank", "--name", "Fenwick IT"]);
    let list = run_ok(folder.path(), &["new", "--missing"]);
    assert!(list.starts_with("51 required items have no document:"), "{list}");
    assert!(list.contains(" 51  ") && list.contains("clausebook new --missing --all"), "{list}");
    let created = run_ok(folder.path(), &["new", "--missing", "change-management-policy"]);
    assert!(created.contains("POL-CHG-001"), "{created}");
    let assessment = build_and_assess(folder.path());
    assert!(other_findings(&assessment).is_empty(), "{:#?}", other_findings(&assessment));
    run_ok(folder.path(), &["new", "--missing", "--all"]);
    assert!(run_ok(folder.path(), &["new", "--missing"]).starts_with("Every required item has a document"));
    assert!(run_ok(folder.path(), &["new", "--missing", "--all"]).starts_with("Every required item"));
    let assessment = build_and_assess(folder.path());
    assert!(other_findings(&assessment).is_empty(), "{:#?}", other_findings(&assessment));
    assert_eq!(assessment["totals"]["required_items_provided"], 0);
    let items = assessment["standards"][0]["documented_information"].as_array().expect("items");
    assert!(items.iter().filter(|item| item["basis"] == "required").all(|item| item["verdict"] == "draft"));
    assert!(
        files(&folder.path().join("content"))
            .values()
            .all(|bytes| !String::from_utf8_lossy(bytes).contains("Gullwhistle"))
    );
}

/// A custom catalogue with a document to maintain and a record to retain.
const OWN_STANDARD: &str = "id: house
title: House rules
clauses:
- id: '1'
  title: Keys
  coverage_unit: true
  documented_information:
  - {id: key-rules, name: Rules for keys, keep: maintain, type: policy, basis: required}
  - {id: key-list, name: List of keys, keep: retain, type: minutes, basis: required}
";

#[test]
fn items_of_another_standard_get_an_outline_each() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("standards")).expect("a folder");
    std::fs::write(folder.path().join("standards/house.yaml"), OWN_STANDARD).expect("a catalogue");
    std::fs::write(folder.path().join("clausebook.yaml"), "title: House\nstandards: [house]\n").expect("settings");
    std::fs::create_dir(folder.path().join("content")).expect("a folder");
    assert!(run_ok(folder.path(), &["new", "--missing"]).starts_with("2 required items"));
    let created = run_ok(folder.path(), &["new", "--missing", "--all"]);
    assert!(created.contains("POL-RUL-001") && created.contains("content/1-keys/rules-for-keys.md"), "{created}");
    assert!(created.contains("REC-LIS-001"), "{created}");
    assert_eq!(build_and_assess(folder.path())["totals"]["documents"], 2);
    assert!(run_ok(folder.path(), &["new", "--missing"]).starts_with("Every required item"));
}
