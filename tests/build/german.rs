//! A portal in German.

use std::collections::BTreeMap;

use crate::support::{Fixture, SETTINGS, policy};

fn german_site() -> BTreeMap<String, Vec<u8>> {
    let settings = format!(
        "{SETTINGS}lang: de\ntypes:\n  policy: {{review: 6 months}}\n  procedure: {{title: How-to}}\n  memo: {{}}\n"
    );
    let register = "audits:\n  - id: A26-1\n    title: First\n    kind: stage-1\n    planned: 2026-12-01\n    auditors: [Eve]\n\
                    nonconformities:\n  - id: NC-1\n    title: Late\n    grade: minor\n    found: 2026-11-01\n    owner: Desk\n    cause: Why\n\
                    issues:\n  - id: I-1\n    title: Market\n    kind: external\n    effect: Demand\n    owner: Desk\n\
                    indicators:\n  - id: K01\n    title: Drift\n    period: month\n    target: -3..3%\n    owner: Desk\n    values: {2026-08: 1, 2026-09: 4}\n";
    let body = "Text that must be regularly reviewed.\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &settings),
        ("content/a.md", &policy("POL-AAA-001", "clauses: [8.6.1]\nregisters: [entries.yaml]\n", body)),
        ("content/b.md", &policy("PRO-AAA-001", "", body).replace("type: policy", "type: procedure")),
        ("content/c.md", &policy("MEM-AAA-001", "", body).replace("type: policy", "type: memo")),
        ("content/entries.yaml", register),
    ]);
    fixture.build()
}

fn page(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = site.get(path).unwrap_or_else(|| panic!("{path}: {:?}", site.keys()));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

#[test]
fn built_in_types_have_german_names_and_those_of_the_settings_stay() {
    let site = german_site();
    let register = page(&site, "register.html");
    for word in ["Richtlinie", "How-to", "Memo"] {
        assert!(register.contains(&format!(">{word}<")), "{word}: {register}");
    }
    assert!(page(&site, "types/index.html").contains("Richtlinien"));
    assert!(!register.contains("Policy"), "{register}");
}

#[test]
fn words_of_registers_are_german() {
    let site = german_site();
    let document = page(&site, "a.html");
    for words in ["Stufe 1", "geringfügig", "Extern", "−3 bis 3%", "Monat"] {
        assert!(document.contains(words), "{words}: {document}");
    }
    for words in ["stage-1", "minor", ">external<", ">−3 to 3%"] {
        assert!(!document.contains(words), "{words}: {document}");
    }
    assert!(page(&site, "issues.html").contains(">Extern<"));
    let indicators = page(&site, "indicators.html");
    assert!(indicators.contains("−3 bis 3%") && indicators.contains("4%, Ziel verfehlt"), "{indicators}");
}

#[test]
fn english_text_of_clausebook_says_that_it_is_english() {
    let site = german_site();
    let clause = page(&site, "clauses/iso20000-1/8.6.1.html");
    assert!(clause.contains("<h1 lang=\"en\">") && clause.contains("<p lang=\"en\">"), "{clause}");
    let document = page(&site, "a.html");
    let link = document.split("class=\"clause\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
    assert!(link.contains("lang=\"en\""), "{link}");
    assert!(page(&site, "findings.html").contains("<p class=\"message\" lang=\"en\""));
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        let body = text.split_once("<body").map_or("", |(_, body)| body);
        let parts: Vec<&str> = body.split("Resolution and fulfilment<").collect();
        for before in parts.iter().rev().skip(1) {
            let tag = before.rsplit("<a ").next().unwrap_or_default();
            let span = before.rsplit('<').next().unwrap_or_default();
            assert!(tag.contains("lang=\"en\"") || span.contains("lang=\"en\""), "{path}: {tag}");
        }
    }
}
