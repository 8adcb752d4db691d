//! `new --register` and `new --action`: the ID of a new entry, its indentation, and what it still lacks.

use super::commands::{assert_refused, fixture, run_ok, text};

#[test]
fn the_id_of_a_new_entry_follows_its_register() {
    let audit = ["kind=internal", "planned=2027-01-11..2027-01-12"];
    for (entries, kind, set, expected) in [
        ("[]", "risks", &["kind=organization"][..], "R-2026-01"),
        (
            "[{id: R-01, title: A, kind: organization}, {id: R-08, title: B, kind: organization}]",
            "risks",
            &["kind=organization"],
            "R-09",
        ),
        (
            "[{id: S01, title: A, kind: external}, {id: S9x, title: B, kind: external}]",
            "suppliers",
            &["kind=external"],
            "S02",
        ),
        (
            "[{id: SK-9, title: A, role: B, needed: C}, {id: SK-10, title: A, role: B, needed: C}]",
            "competences",
            &["role=B", "needed=C"],
            "SK-11",
        ),
        ("[{id: K26, title: A, target: '= 0', period: year}]", "indicators", &["target== 0", "period=year"], "K27"),
        ("[{id: A26-4, title: A, kind: internal, planned: 2026-12-01}]", "audits", &audit, "A27-1"),
        (
            "[{id: A27-3, title: A, kind: internal, planned: 2027-12-01}]",
            "audits",
            &["kind=internal", "planned=2026-12-01"],
            "A26-1",
        ),
        (
            "[{id: MRV-2026-04, title: A, planned: 2026-12-01}, {id: MRV-2027-04, title: A, planned: 2027-04-01}]",
            "management_reviews",
            &["planned=2027-05-01"],
            "MRV-2027-05",
        ),
        (
            "[{id: NC-2025-31, title: A, grade: minor, found: 2026-01-01}, {id: NC-2026-09, title: A, grade: minor, found: 2026-01-01}]",
            "nonconformities",
            &["grade=minor"],
            "NC-2026-10",
        ),
    ] {
        let fixture = fixture(&format!("{kind}: {entries}\n"));
        let mut arguments = vec!["new", "--register", kind, "Fire"];
        set.iter().for_each(|set| arguments.extend(["--set", set]));
        let output = run_ok(&fixture, &arguments);
        assert!(output.starts_with(&format!("{expected}: written")), "{kind}: {output}");
    }
}

#[test]
fn the_highest_numbers_of_ids_have_successors_or_are_refused() {
    let new = ["new", "--register", "nonconformities", "Fire", "--set", "grade=minor"];
    let register =
        |id: &str| fixture(&format!("nonconformities: [{{id: {id}, title: A, grade: minor, found: 2026-01-01}}]\n"));
    for (id, expected) in [
        (format!("NC-2026-{}", u32::MAX), "NC-2026-4294967296"),
        (format!("NC-2026-{}", u64::MAX - 1), "NC-2026-18446744073709551615"),
    ] {
        let output = run_ok(&register(&id), &new);
        assert!(output.starts_with(&format!("{expected}: written")), "{id}: {output}");
    }
    let last = format!("NC-2026-{}", u64::MAX);
    assert_refused(&register(&last), &new, "no ID is free in the style of this register; give one with --id");
}

#[test]
fn an_entry_that_lacks_something_is_written_with_a_note() {
    let fixture = fixture("risks: []\n");
    let output = run_ok(&fixture, &["new", "--register", "risks", "Fire", "--set", "kind=organization"]);
    assert!(output.contains("(risk-untreated)") && output.contains("(risk-not-scored)"), "{output}");
}

#[test]
fn the_first_entry_stands_like_the_example_in_comments() {
    let new = ["new", "--register", "nonconformities", "First", "--set", "grade=minor"];
    for (example, expected) in [
        ("# - id: NC-2027-01\n#   title: Two\n#   grade: minor\n#   found: 2026-02-24\n", "- id: NC-2026-01\n"),
        (
            "  # - id: NC-2027-01\n  #   title: Two\n  #   grade: minor\n  #   found: 2026-02-24\n",
            "  - id: NC-2026-01\n",
        ),
        (
            "# Grades are those of the settings.\n# - id: NC-2027-01\n#   title: Two\n#   grade: minor\n#   found: 2026-02-24\n",
            "- id: NC-2026-01\n",
        ),
        ("# Nothing was found.\n", "  - id: NC-2026-01\n"),
    ] {
        for head in ["nonconformities:\n", "nonconformities: []\n"] {
            let fixture = fixture(&format!("{head}{example}"));
            run_ok(&fixture, &new);
            assert!(text(&fixture).contains(&format!(":\n{expected}")), "{}", text(&fixture));
            // Both are one list when the example loses its comment signs.
            if example.contains("- id") {
                fixture.write(
                    "content/r.yaml",
                    &text(&fixture).replace("# Grades are those of the settings.\n", "").replace("# ", ""),
                );
                let explained = run_ok(&fixture, &["explain", "NC-2027-01"]);
                assert!(explained.contains("Two"), "{explained}");
            }
        }
    }
}

#[test]
fn a_decision_is_named_as_one() {
    let fixture = fixture(
        "management_reviews:\n- id: MR-1\n  title: Autumn\n  held: 2026-11-10\n  decisions:\n  - {id: D-1, what: Hire, who: Director, due: 2026-12-01}\n",
    );
    let action = ["new", "--action", "D-1", "Ask", "--who", "Director", "--due", "2026-12-01"];
    assert_refused(&fixture, &action, "`D-1` is a decision of MR-1, not an entry of a register");
}

#[test]
fn the_keys_of_actions_and_decisions_are_explained() {
    let fixture = fixture("risks: []\n");
    for (name, key) in [("actions", "\n  what            required:"), ("decisions", "\n  id              required:")] {
        let explained = run_ok(&fixture, &["explain", name]);
        assert!(explained.starts_with(name) && explained.contains(key), "{explained}");
    }
}
