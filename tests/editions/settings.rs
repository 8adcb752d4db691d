//! Settings of editions, valid and invalid.

use super::{edition, handbook};
use crate::support::{Fixture, SETTINGS, policy};

/// The error of a build of an edition that is refused.
fn build_error(editions: &str, name: &str) -> String {
    let fixture = handbook(editions);
    let output = fixture.run(&["build", "--edition", name]);
    assert_eq!(output.status.code(), Some(2), "{editions}");
    assert!(!fixture.path("site").exists() && !fixture.path(&format!("site-{name}")).exists());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn each_fault_is_refused_with_its_place_and_its_fix() {
    for (editions, name, expected) in [
        ("editions: {staff: {up_to: internal}}\n", "staf", "there is no edition `staf`"),
        ("editions: {staff: {up_to: internal}}\n", "staf", "did you mean `staff`?"),
        ("", "staff", "describe it under `editions`"),
        ("publish: {up_to: internal}\neditions: {staff: {up_to: internal}}\n", "staff", "remove `publish`"),
        ("editions: {staff: {}}\n", "staff", "`up_to` is missing"),
        ("editions: {staff: {up_to: secret}}\n", "staff", "`secret` is not a level"),
        ("editions: {staff: {up_to: internal, figures: some}}\n", "staff", "none"),
        ("editions: {staff: {up_to: internal, registers: [audit]}}\n", "staff", "did you mean `audits`?"),
        ("editions: {staff: {up_to: internal, roles: []}}\n", "staff", "name at least one of `roles`"),
        ("editions: {staff: {up_to: internal, output: content/x}}\n", "staff", "overlap"),
        ("editions: {staff: {up_to: internal, output: site/x}}\n", "staff", "overlap"),
        ("editions: {staff: {up_to: internal, output: ../x}}\n", "staff", "../x"),
        ("editions: {a: {up_to: internal, output: x}, b: {up_to: public, output: x/y}}\n", "a", "same folder"),
        ("editions: {a: {up_to: internal, output: Out}, b: {up_to: public, output: out}}\n", "a", "same folder"),
        ("editions: {staff: {up_to: internal, output: Site}}\n", "staff", "overlap"),
        ("editions: {staff: {up_to: internal, output: Content/x}}\n", "staff", "overlap"),
        ("editions: {Staff!: {up_to: internal}}\n", "staff", "clausebook.yaml:4"),
        ("editions: {staff: {up_to: internal, figures: shown}}\n", "staff", "withholds 1 of the documents that cover"),
    ] {
        let error = build_error(editions, name);
        assert!(error.contains(expected), "{editions}: {error}");
    }
}

#[test]
fn figures_of_what_is_shown_are_allowed_where_nothing_withheld_counts() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}editions: {{staff: {{up_to: internal, figures: shown}}}}\n")),
        ("content/a.md", &policy("POL-AAA-001", "classification: public\nclauses: [8.6.1]\n", "We act.")),
        ("content/b.md", &policy("POL-BBB-001", "classification: restricted\n", "We act.")),
    ]);
    let site = edition(&fixture, "staff");
    assert!(site.contains_key("matrix.html"));
}

#[test]
fn an_edition_for_roles_services_or_locations_shows_what_concerns_them() {
    let document = |id: &str, extra: &str| policy(id, &format!("classification: internal\n{extra}\n"), "We act.");
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            &format!(
                "{SETTINGS}everyone: Everybody\neditions:\n  night: {{up_to: internal, roles: [duty  manager]}}\n  \
                 mail: {{up_to: internal, services: [Mail]}}\n"
            ),
        ),
        ("content/a.md", &document("POL-AAA-001", "audience: [Duty Manager]\nservices: [Mail, Desk]")),
        ("content/b.md", &document("POL-BBB-001", "audience: [Everybody]")),
        ("content/c.md", &document("POL-CCC-001", "audience: [Change Manager]\nservices: [Desk]")),
        ("content/d.md", &document("POL-DDD-001", "owner: Desk Manager\nservices: {Mail: 1}")),
        ("content/e.md", &policy("POL-EEE-001", "classification: public\naudience: [Change Manager]\n", "We act.")),
    ]);
    let shown_ids = |name: &str| -> Vec<String> {
        let site = edition(&fixture, name);
        let data: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
        let list = data["documents"].as_array().expect("documents").clone();
        list.iter().map(|entry| entry["id"].as_str().expect("an id")[4..7].to_owned()).collect()
    };
    // A public document is for everybody; a document whose audience or services are not readable is for nobody.
    assert_eq!(shown_ids("night"), ["AAA", "BBB", "EEE"]);
    assert_eq!(shown_ids("mail"), ["AAA", "BBB", "EEE"]);
}

/// Documents that an edition shows, as the middle part of their IDs, in a handbook with two services and two locations.
fn shown_documents(edition_name: &str, documents: &[(&str, &str)]) -> Vec<String> {
    let settings = format!(
        "{SETTINGS}editions:\n  one: {{up_to: internal, services: [S-1], registers: all}}\n  \
         two: {{up_to: internal, services: [Web], registers: all}}\n  \
         here: {{up_to: internal, locations: [L-1], registers: all}}\n  \
         night: {{up_to: internal, roles: [Desk]}}\n"
    );
    let register = "services:\n- {id: S-1, title: Mail, state: live, owner: Owner}\n- {id: S-2, title: Web, state: live, owner: Owner}\n\
        locations:\n- {id: L-1, title: Office, inside: true}\n- {id: L-2, title: Depot, inside: true}\n";
    let owner = policy("POL-OWN-001", "classification: internal\naudience: [Desk]\nregisters: [r.yaml]\n", "We act.");
    let texts: Vec<(String, String)> = documents
        .iter()
        .map(|(id, keys)| {
            let text = policy(&format!("POL-{id}-001"), &format!("classification: internal\n{keys}\n"), "We act.");
            (format!("content/{id}.md"), text)
        })
        .collect();
    let mut files = vec![("clausebook.yaml", settings.as_str()), ("content/own.md", owner.as_str())];
    files.push(("content/r.yaml", register));
    files.extend(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = edition(&Fixture::new(&files), edition_name);
    let data: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    let list = data["documents"].as_array().expect("documents").clone();
    let ids = list.iter().map(|document| document["id"].as_str().expect("an id")[4..7].to_owned());
    ids.filter(|id| id != "OWN").collect()
}

#[test]
fn a_document_with_a_misspelt_service_location_or_audience_is_withheld() {
    let services = [
        ("AAA", "services: [S-1]"),
        ("BBB", "services: [S-1, S-2x]"),
        ("CCC", "services: [S-1, s-2]"),
        ("DDD", "Servcies: [S-1]"),
        ("EEE", "service: S-1"),
        ("FFF", "tags: [x]"),
        ("GGG", "services: [S-1, Web]"),
    ];
    assert_eq!(shown_documents("one", &services), ["AAA", "FFF", "GGG"]);
    assert_eq!(shown_documents("two", &services), ["FFF", "GGG"]);
    let locations = [
        ("AAA", "locations: [L-1]"),
        ("BBB", "locations: [L-1, Depto]"),
        ("CCC", "locatons: [L-1]"),
        ("DDD", "tags: [x]"),
    ];
    assert_eq!(shown_documents("here", &locations), ["AAA", "DDD"]);
    let roles = [("AAA", "audience: [Desk]"), ("BBB", "audience: [Desk]\naudiense: [Board]")];
    assert_eq!(shown_documents("night", &roles), ["AAA"]);
}

#[test]
fn a_service_is_the_same_by_its_id_and_by_its_title() {
    let services = [("AAA", "services: [Web]"), ("BBB", "services: [S-2]"), ("CCC", "services: [Mail]")];
    assert_eq!(shown_documents("two", &services), ["AAA", "BBB"]);
    assert_eq!(shown_documents("one", &services), ["CCC"]);
}

#[test]
fn an_edition_for_a_service_that_no_register_has_is_an_error() {
    let owner = policy("POL-OWN-001", "classification: internal\nregisters: [r.yaml]\n", "We act.");
    let run_command = |settings: &str, register: &str, options: &[&str]| {
        let settings = format!("{SETTINGS}{settings}\n");
        let fixture = Fixture::new(&[
            ("clausebook.yaml", settings.as_str()),
            ("content/own.md", owner.as_str()),
            ("content/r.yaml", register),
        ]);
        let output = fixture.run(&[&["check"][..], options].concat());
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let services = "services:\n- {id: S-1, title: Mail, state: live, owner: Owner}\n\
        - {id: S-2, title: Web, state: live, owner: Owner}\n- {id: S-3, title: Web, state: live, owner: Owner}\n";
    let misspelt = "editions: {one: {up_to: internal, services: [Mial]}}";
    for options in [&[][..], &["--edition", "one"]] {
        let messages = run_command(misspelt, services, options);
        assert!(messages.contains("`Mial` is not a service of the register"), "{messages}");
        // The edition withholds the register, including the names in it.
        assert_eq!(messages.contains("did you mean `Mail`?"), options.is_empty(), "{messages}");
        assert!(messages.contains("clausebook.yaml:"), "{messages}");
    }
    assert!(
        run_command("publish: {up_to: internal, services: [Mial]}", services, &[]).contains("`Mial` is not a service")
    );
    let several = run_command("editions: {one: {up_to: internal, services: [Web]}}", services, &[]);
    assert!(several.contains("`Web` is more than one service"), "{several}");
    assert!(
        !run_command("editions: {one: {up_to: internal, services: [Mail, S-2]}}", services, &[])
            .contains("of the register")
    );
    assert!(!run_command(misspelt, "risks: []\n", &[]).contains("Mial"), "without a register, services are words");
}

#[test]
fn a_preview_shows_an_edition() {
    let fixture = handbook("editions: {staff: {up_to: internal}}\n");
    let output = fixture.run(&["serve", "--edition", "nobody", "--port", "1"]);
    assert_ne!(output.status.code(), Some(0));
}

/// It is not known what such an edition would show.
#[test]
fn an_edition_whose_services_cannot_be_understood_is_not_written() {
    let owner = policy("POL-OWN-001", "classification: internal\nregisters: [r.yaml]\n", "We act.");
    let settings = "editions:\n  one: {up_to: internal, figures: whole, services: [Mial]}\n  \
        two: {up_to: internal, figures: whole, locations: [Office]}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}{settings}")),
        ("content/own.md", owner.as_str()),
        (
            "content/r.yaml",
            "services:\n- {id: S-1, title: Mail, state: live, owner: Owner}\nlocations:\n- {id: L-1, title: Office, inside: true}\n",
        ),
    ]);
    for command in [&["build"][..], &["pack", "stage-1", "-o", "out.zip"], &["export", "csv", "-o", "out.csv"]] {
        let output = fixture.run(&[command, &["--edition", "one"]].concat());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{command:?}: {stderr}");
        assert!(
            stderr.contains("`Mial` is not a service of the register") && stderr.contains("clausebook.yaml:"),
            "{stderr}"
        );
    }
    for file in ["site-one", "out.zip", "out.csv"] {
        assert!(!fixture.path(file).exists(), "{file}");
    }
    // The others report an error, but are written.
    let other = fixture.run(&["build", "--edition", "two"]);
    assert!(other.status.success() && fixture.path("site-two/index.html").exists());
    assert!(fixture.run(&["build"]).status.success());
    fixture.write("clausebook.yaml", &format!("{SETTINGS}publish: {{up_to: internal, services: [Mial]}}\n"));
    assert_eq!(fixture.run(&["build", "-o", "published"]).status.code(), Some(2));
    assert!(!fixture.path("published").exists());
}

/// An entry may have a higher level than the document that owns it, and is then for the audience of that document.
#[test]
fn an_edition_for_roles_shows_raised_entries_to_the_audience_of_their_owner() {
    for (audience, is_shown) in [("audience: [Board]", false), ("audience: [Duty Manager]", true), ("", false)] {
        let fixture = Fixture::new(&[
            (
                "clausebook.yaml",
                "title: Test\nas_of: 2026-11-22\nclassifications: [public, internal, confidential]\neditions:\n  \
                 night: {up_to: confidential, roles: [Duty Manager], registers: all}\n",
            ),
            (
                "content/a.md",
                &format!(
                    "---\nid: PLN-AAA-001\ntitle: Programme\ntype: plan\nclassification: public\n{audience}\nregisters: [r.yaml]\n---\n\nText.\n"
                ),
            ),
            (
                "content/r.yaml",
                "audits:\n- {id: A-1, title: Secretentry, kind: internal, held: 2026-05-05, classification: confidential}\n\
                 - {id: A-2, title: Openentry, kind: internal, held: 2026-05-05}\n",
            ),
        ]);
        let site = edition(&fixture, "night");
        let contains =
            |word: &str| site.values().any(|bytes| bytes.windows(word.len()).any(|part| part == word.as_bytes()));
        assert_eq!((contains("Secretentry"), contains("Openentry")), (is_shown, true), "{audience}");
    }
}

#[test]
fn an_edition_for_a_service_shows_no_other_service() {
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            &format!("{SETTINGS}editions:\n  mail: {{up_to: internal, services: [Mail], registers: all}}\n"),
        ),
        (
            "content/a.md",
            "---\nid: CAT-AAA-001\ntitle: Services\ntype: plan\nclassification: public\nregisters: [r.yaml]\n---\n\nText.\n",
        ),
        (
            "content/r.yaml",
            "services:\n- {id: SVC-1, title: Mail, state: live}\n- {id: SVC-2, title: Paymaster, state: live}\n\
             suppliers:\n- {id: SUP-1, title: Owlpost, kind: external, services: [Mail, Paymaster]}\n",
        ),
    ]);
    let site = edition(&fixture, "mail");
    assert!(site.contains_key("services/SVC-1.html") && !site.contains_key("services/SVC-2.html"));
    let contains =
        |word: &str| site.values().any(|bytes| bytes.windows(word.len()).any(|part| part == word.as_bytes()));
    assert_eq!((contains("Owlpost"), contains("Paymaster"), contains("SVC-2")), (true, false, false));
}
