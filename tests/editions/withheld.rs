//! No word from any field of a withheld document or entry is published.

use super::{edition, policy};
use crate::support::{Fixture, text_of};

const SECRET: &str = "---\nid: CANARY-001\ntitle: Canary title\ntype: policy\nversion: \"7.77\"\nstatus: approved\nowner: Canary owner\n\
    author: Canary author\napprover: Canary approver\napproved: 2026-01-01\nclassification: restricted\nclauses: [8.6.2]\n\
    provides: [incident-records]\naudience: [Canary audience]\nservices: [Canary service]\nlocations: [Canary location]\n\
    retention: canary retention\nlocation: canary cabinet\nissuer: Canary issuer\nedition: canary edition\ntags: [canarytag]\n\
    aliases: [canary-alias.html]\nregisters: [canary.yaml]\ndepends_on: [POL-AAA-001]\nrelated: [POL-AAA-001]\n\
    changes:\n- {version: \"7.77\", date: 2026-01-01, by: Canary changer, summary: canary summary}\n\
    reviews:\n- {date: 2026-02-01, by: Canary reviewer, note: canary note}\n---\n\n\
    Canary text of clause 8.6.1 and [[POL-AAA-001]].\n\n## Canary heading {#canary-anchor}\n\nCanary term\n: canary meaning\n\n\
    ![canary picture](canary.png)\n\n```mermaid\nflowchart LR\n a[canary node] --> b[canary end]\n```\n";

const REGISTER: &str = "nonconformities:\n- id: NC-CANARY\n  title: canary entry\n  grade: minor\n  found: 2026-01-01\n  owner: canary keeper\n  \
    cause: canary cause\n  clauses: [8.6.1]\n  documents: [POL-AAA-001]\n  actions: [{what: canary action, who: canary doer, due: 2026-02-01}]\n\
    audits:\n- {id: A-CANARY, title: canary audit, kind: internal, planned: 2026-10-01, clauses: [\"8.6\"], auditors: [canary auditor]}\n";

const EDITIONS: &str = "title: Test handbook\nstandards: [iso20000-1, iso27001]\nas_of: 2026-11-22\nbase_url: https://h.example\n\
    search_engines: true\nnavigation: {links: [{document: CANARY-001}]}\nwaivers:\n\
    - {rule: orphan-document, place: CANARY-001, reason: canary reason, who: Canary waiver, until: 2027-01-01}\nEDITIONS";

fn fixture(editions: &str) -> Fixture {
    let open = "Everybody reads this. See [[CANARY-001|it]], [there](canary.md#canary-anchor), [[NC-CANARY|that]] and [list](canary.yaml).\n\n\
        ```register nonconformities\nof: CANARY-001\n```\n";
    let open = policy("POL-AAA-001", "classification: public\nclauses: [8.6.1]\nsupersedes: [CANARY-002]\n", open);
    // The author of a visible document names what it links to. Only the author can reword that, which is the purpose of
    // `link-to-withheld`.
    let settings = EDITIONS.replace("EDITIONS", editions);
    let fixture = Fixture::new(&[
        ("clausebook.yaml", settings.as_str()),
        ("content/open.md", open.as_str()),
        ("content/canary.md", SECRET),
        ("content/canary.yaml", REGISTER),
        ("content/canary-2.md", &policy("CANARY-002", "classification: confidential\n", "Canary two.")),
        ("content/canary-3.md", &policy("CANARY-003", "clasification: public\n", "Canary three.")),
    ]);
    std::fs::write(fixture.path("content/canary.png"), b"canary bytes").expect("a picture");
    fixture
}

fn find_traces(site: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let is_trace = |text: &str| text.to_lowercase().contains("canary") || text.contains("7.77");
    site.iter()
        .filter(|(path, bytes)| is_trace(path) || is_trace(&text_of(path, bytes)))
        .map(|(path, _)| path.clone())
        .collect()
}

#[test]
fn no_word_of_what_is_withheld_is_in_any_file_of_any_edition() {
    let fixture = fixture(
        "editions:\n  customers: {up_to: public}\n  staff: {up_to: internal, figures: whole, registers: all, history: true}\n  \
         desk: {up_to: internal, figures: whole, roles: [Desk]}\n",
    );
    for name in ["customers", "staff", "desk"] {
        assert_eq!(find_traces(&edition(&fixture, name)), Vec::<String>::new(), "{name}");
    }
    for command in [
        &["check", "--edition", "staff", "--verbose"][..],
        &["check", "--edition", "staff", "--format", "json"],
        &["build", "--edition", "staff", "--verbose"],
    ] {
        let output = fixture.run(command);
        let messages = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).to_lowercase();
        // The settings name the waiver, and the source line of a finding belongs to the author.
        let lines = messages.lines().filter(|line| line.contains("canary") && !line.contains("see [[canary-001|it]]"));
        let lines: Vec<&str> = lines.filter(|line| !line.contains("supersedes") && !line.contains("place:")).collect();
        assert_eq!(lines, Vec::<&str>::new(), "{command:?}");
    }
}

#[test]
fn entries_are_shown_only_where_the_edition_names_their_kind() {
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: Test handbook\nas_of: 2026-11-22\neditions:\n  none: {up_to: internal, figures: whole}\n  \
             some: {up_to: internal, registers: [nonconformities]}\n",
        ),
        (
            "content/a.md",
            &policy(
                "POL-AAA-001",
                "classification: internal\nregisters: [r.yaml]\n",
                "See [[NC-CANARY]].\n\n```register audits\n```\n",
            ),
        ),
        ("content/r.yaml", REGISTER),
    ]);
    let site = edition(&fixture, "none");
    let without_link: Vec<String> = find_traces(&site).into_iter().filter(|path| path != "a.html").collect();
    assert_eq!(without_link.iter().filter(|path| path.contains("nonconform") || path.contains("audits")).count(), 0);
    let all: String = site.iter().map(|(path, bytes)| text_of(path, bytes)).collect();
    for word in ["canary entry", "canary cause", "canary action", "canary audit", "A-CANARY"] {
        assert!(!all.contains(word), "{word}");
    }
    assert!(all.contains("This edition does not show these entries."));
    let site = edition(&fixture, "some");
    assert!(super::page(&site, "nonconformities.html").contains("canary entry"));
    assert!(!site.keys().any(|path| path.starts_with("audits/")));
}

#[test]
fn a_block_that_cannot_be_shown_does_not_name_what_is_withheld() {
    let blocks = [
        "```register nonconformities\nof: CANARY-001\ncolums: id\n```",
        "```register nonconformities\ncolumns: id\nof: CANARY-001\nof: POL-AAA-001\n```",
        "```register nonconformites\nof: CANARY-001\n```",
        "```register nonconformities\nof: [[CANARY-001]]\n```",
        "```register nonconformities\nof: \"CANARY-001.\"\n```",
        "```register nonconformities\nwhere: documents = CANARY-001\n```",
        "```register CANARY-001\n```",
    ];
    let body = format!("We act.\n\n{}\n\n```register audits\nof: NONE-001\n```\n", blocks.join("\n\n"));
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: Test handbook\nas_of: 2026-11-22\neditions:\n  some: {up_to: internal, registers: all}\n",
        ),
        ("content/a.md", &policy("POL-AAA-001", "classification: internal\n", &body)),
        ("content/canary.md", SECRET),
        ("content/canary.yaml", REGISTER),
    ]);
    let site = edition(&fixture, "some");
    assert_eq!(find_traces(&site), Vec::<String>::new());
    let page = super::page(&site, "a.html");
    assert_eq!(page.matches("This edition does not show these entries.").count(), blocks.len(), "{page}");
    assert!(page.contains("of: NONE-001"), "what only has a mistake is shown as it is written: {page}");
}

#[test]
fn an_unreadable_classification_does_not_fall_back_to_a_default() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: T\ndefaults:\n- classification: public\neditions: {customers: {up_to: public}}\n"),
        ("content/open.md", &policy("POL-AAA-001", "", "Everybody reads this.")),
    ]);
    let secret = policy("CANARY-1", "classification: restricted\n", "Canary words.");
    let with_key = |key: &str| policy("CANARY-2", &format!("{key}: restricted\n"), "Canary words.");
    let both = policy("CANARY-3", "classification: public\nsensitivity: restricted\n", "Canary words.");
    let texts = [
        format!("\n{secret}"),
        format!(" {secret}"),
        format!("-{secret}"),
        secret.replacen("---\n", "", 1),
        secret.replacen("---\n", "\n\n", 1),
        with_key("confidentiality"),
        with_key("security_level"),
        with_key("TLP"),
        both,
    ];
    for text in texts {
        fixture.write("content/notes.md", &text);
        assert_eq!(find_traces(&edition(&fixture, "customers")), Vec::<String>::new(), "{text}");
    }
    let run = fixture.run(&["check", "--format", "concise"]);
    let run = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.contains("error[unknown-key] `sensitivity` is not a known key"), "{run}");
    fixture.write("content/notes.md", &format!("\n{secret}"));
    let run = fixture.run(&["check", "--format", "concise"]);
    let run = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.contains("content/notes.md:2:1: error[invalid-front-matter] this looks like front matter"), "{run}");
}

#[test]
fn a_level_under_an_unknown_key_withholds_unless_the_document_has_it() {
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: T\ndefaults:\n- classification: public\neditions: {customers: {up_to: public}, staff: {up_to: internal}}\n",
        ),
        ("content/open.md", &policy("POL-AAA-001", "", "Everybody reads this.")),
    ]);
    let is_shown = |name: &str, keys: &str| {
        fixture.write("content/notes.md", &policy("CANARY-1", keys, "Canary words."));
        !find_traces(&edition(&fixture, name)).is_empty()
    };
    for key in [
        "label: confidential",
        "labels: [billing, Confidential]",
        "niveau: interne",
        "handling: internal use only",
        "marking: OFFICIAL-SENSITIVE",
        "取扱区分: 社外秘",
        "hidden: true",
        "searchable: false",
        "uso_interno: sí",
        "label: \"Confidential – internal\"",
        "class: \"2 - internal\"",
        "class: C3",
        "not_public: true",
        "for_customers: no",
        "origine: interne",
        "permissions: [admin]",
        "classification: public\nlabel: internal",
        "tags: [confidential]",
        "tags: [night, Intern]",
    ] {
        assert!(!is_shown("customers", &format!("{key}\n")), "{key}");
    }
    for key in [
        "private: false",
        "confidential: no",
        "Vertraulich: nein",
        "visibility: public",
        "TLP: white",
        "Vertraulichkeit: öffentlich",
        "機密区分: 公開",
        "hidden: false",
        "audit_type: internal",
        "tags: [public, night]",
        "tags: [internal-audit]",
        "classification: public\ntags: [confidential]",
        "classification: public\nauditor: internal",
        "classification: public\nBereich: intern",
        "classification: public\nlicense: restricted",
        "classification: public\nfournisseur: interne",
    ] {
        assert!(is_shown("customers", &format!("{key}\n")), "{key}");
    }
    for key in ["label: internal", "sensitivity: internal", "private: false"] {
        assert!(is_shown("staff", &format!("classification: internal\n{key}\n")), "{key}");
    }
    assert!(!is_shown("staff", "classification: internal\nlabel: confidential\n"));
    assert!(is_shown("staff", "classification: internal\ntags: [internal]\n"));
}

#[test]
#[cfg(unix)]
fn a_link_under_another_name_publishes_no_document_and_no_register() {
    let fixture = fixture("editions: {customers: {up_to: public}, staff: {up_to: internal, figures: whole}}\n");
    let links = [("raw.txt", "canary.md"), ("list.txt", "canary.yaml"), ("all.txt", "../clausebook.yaml")];
    for (name, target) in links {
        std::os::unix::fs::symlink(target, fixture.path(&format!("content/{name}"))).expect("a link");
    }
    std::os::unix::fs::symlink("canary.png", fixture.path("content/form.png")).expect("a link");
    fixture.write("README.md", "How this folder is used.\n");
    std::os::unix::fs::symlink("../README.md", fixture.path("content/readme.txt")).expect("a link");
    let open = "[Raw](raw.txt), [list](list.txt), [all](all.txt), ![form](form.png), [how](readme.txt).";
    fixture.write("content/links.md", &policy("POL-LNK-001", "classification: public\n", open));
    for name in ["customers", "staff"] {
        let site = edition(&fixture, name);
        links.iter().for_each(|(link, _)| assert!(!site.contains_key(*link), "{name}: {link}"));
        assert!(site.contains_key("readme.txt"), "a file that is no document of the handbook");
        assert_eq!(
            find_traces(&site),
            ["form.png"],
            "{name}: what a link to a picture leads to is the author's to choose"
        );
    }
    let run = fixture.run(&["check", "--format", "concise"]);
    let run = String::from_utf8_lossy(&run.stdout).into_owned();
    for (link, what) in [("raw.txt", "a document"), ("list.txt", "a register"), ("all.txt", "the settings")] {
        let message = format!(
            "content/{link}:1:1: error[unreadable-source] this symbolic link would publish the source of {what}"
        );
        assert!(run.contains(&message), "{message}\n{run}");
    }
}

#[test]
fn no_default_stands_in_for_front_matter_that_is_not_read() {
    let settings = "title: T\nincludes: [parts]\ndefaults:\n- {classification: public, id: from-file, default_type: policy}\n\
                    editions: {customers: {up_to: public}}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", settings),
        ("content/open.md", &policy("POL-AAA-001", "classification: public\n", "Everybody reads this.")),
        ("content/notes.md", "\n---\nid: CANARY-1\nclassification: restricted\n---\n\nCanary words.\n"),
        ("content/with.md", &policy("POL-BBB-001", "classification: public\n", "--8<-- \"canary.md\"")),
        ("parts/canary.md", "\n---\nclassification: restricted\n---\n\nCanary part.\n"),
    ]);
    let site = edition(&fixture, "customers");
    assert_eq!(find_traces(&site), Vec::<String>::new());
    assert!(site.contains_key("open.html") && !site.contains_key("with.html") && !site.contains_key("notes.html"));
}
