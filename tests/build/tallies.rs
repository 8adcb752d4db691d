//! Counts of states on pages, and the data for them on a later day.

use std::collections::BTreeMap;

use crate::support::{Fixture, policy, tree};

/// The values in each days file for the day of the build, by file name.
fn current_values(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, serde_json::Value> {
    let files = site.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("days/")?.strip_suffix(".js").filter(|name| *name != "whole")?;
        let text = std::str::from_utf8(bytes).expect("text");
        let data = text.strip_prefix("clausebookDays(")?.trim_end().strip_suffix(");")?;
        let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
        Some((name.to_owned(), data["data"]["now"].clone()))
    });
    files.collect()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

#[test]
fn every_count_of_states_is_known_on_later_days() {
    let extra = "tags: [night shift]\naudience: [Desk Analyst]\nreview: {next: 2026-11-25}\nclauses: [8.6.1]\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nstandards: [iso20000-1]\n"),
        ("content/a.md", &policy("POL-AAA-001", extra, "We act.")),
        ("content/b.md", &policy("POL-BBB-001", "tags: [night shift, day]\n", "We act.")),
    ]);
    let output = fixture.run(&["build", "-q", "--as-of", "2026-11-22"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let site = tree(&fixture.path("site"));
    let now = current_values(&site);
    let mut lists = Vec::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        for tag in std::str::from_utf8(bytes).expect("text").split('<') {
            let Some(name) = attribute(tag, "data-tally") else { continue };
            let (file, states) = (name.split('/').next().unwrap_or_default(), attribute(tag, "data-states"));
            assert_eq!(now.get(file).and_then(|now| now[name].as_str()), states, "{path}: {name}");
            lists.push(name.to_owned());
        }
    }
    for expected in ["tags/night-shift.html", "states/due-soon.html", "states/all", "roles/desk-analyst.html"] {
        assert!(lists.iter().any(|name| name == expected), "{expected} is not among {lists:?}");
    }
}
