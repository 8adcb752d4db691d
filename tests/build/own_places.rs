//! A handbook may use any URL: an author's page is published beside the portal's own pages, with a finding.

use clausebook::testing::site::pages::reserved_places;
use clausebook::testing::url::OwnPlace;

use crate::support::{Fixture, policy};

/// URLs of own pages at the top of the site, from their table.
fn own_page_names() -> Vec<&'static str> {
    let name = |place: OwnPlace| match place {
        OwnPlace::Page(name) | OwnPlace::Parts(name) => Some(name),
        _ => None,
    };
    reserved_places().into_iter().filter_map(name).collect()
}

#[test]
fn a_document_at_any_own_address_is_published_beside_it() {
    let names = own_page_names();
    assert!(names.contains(&"map") && names.contains(&"ages") && names.contains(&"matrix"));
    let texts: Vec<(String, String)> = (1..)
        .zip(&names)
        .map(|(number, name)| {
            let text = policy(&format!("POL-OWN-{number:03}"), "", &format!("Words of the author about {name}."));
            (format!("content/{name}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let fixture = Fixture::new(&files);
    let site = fixture.build();
    let report = String::from_utf8(fixture.run(&["check", "--format", "concise"]).stdout).expect("UTF-8");
    for name in names {
        let words = format!("Words of the author about {name}.");
        let is_shown = |(path, bytes): (&String, &Vec<u8>)| {
            path.ends_with(".html") && String::from_utf8_lossy(bytes).contains(&words)
        };
        assert!(site.iter().any(is_shown), "nothing shows content/{name}.md");
        if site.contains_key(&format!("{name}.html")) && site.contains_key(&format!("doc-{name}.html")) {
            assert!(report.contains(&format!("content/{name}.md")), "no finding for content/{name}.md:\n{report}");
        }
    }
}

#[test]
fn an_alias_or_an_attachment_at_any_own_address_builds_and_loses_nothing() {
    let names = own_page_names();
    let aliases: String = names.iter().map(|name| format!("- {name}.html\n")).collect();
    let links: String = names.iter().map(|name| format!("[{name}]({name}.json) ")).collect();
    let document = policy("POL-OWN-001", &format!("aliases:\n{aliases}"), &links);
    let attachments: Vec<String> = names.iter().map(|name| format!("content/{name}.json")).collect();
    let mut files = vec![("content/policy.md", document.as_str())];
    files.extend(attachments.iter().map(|path| (path.as_str(), "{\"author\": true}")));
    let fixture = Fixture::new(&files);
    let site = fixture.build();
    let attachment_count = site.values().filter(|bytes| bytes.as_slice() == b"{\"author\": true}").count();
    assert_eq!(attachment_count, names.len(), "every attachment is in the site");
    let report = String::from_utf8(fixture.run(&["check", "--format", "concise"]).stdout).expect("UTF-8");
    assert!(report.contains("content/policy.md"), "aliases that lead nowhere are findings:\n{report}");
}

#[test]
fn a_folder_is_introduced_where_the_portal_lists_nothing() {
    let folders = ["roles", "owners", "types", "tags", "services", "suppliers", "locations", "audits"];
    let texts: Vec<(String, String)> = folders
        .iter()
        .map(|folder| {
            let text = format!("---\ntype: page\naliases: [{folder}/earlier/]\n---\n\nWords about {folder}.\n");
            (format!("content/{folder}/README.md"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let fixture = Fixture::new(&files);
    let site = fixture.build();
    for folder in folders {
        let page = String::from_utf8_lossy(&site[&format!("{folder}/index.html")]);
        assert!(page.contains(&format!("Words about {folder}.")), "{folder}");
        assert!(site.contains_key(&format!("{folder}/earlier/index.html")), "{folder}");
    }
    let report = String::from_utf8(fixture.run(&["check", "--format", "concise"]).stdout).expect("UTF-8");
    assert!(!report.contains("url-clash") && !report.contains("lost-alias"), "{report}");
}

#[test]
fn values_that_only_a_hidden_document_names_get_no_list() {
    let open = "---\ntype: page\n---\n\nWords about roles.\n";
    let secret = policy("POL-SEC-001", "classification: restricted\naudience: [Service Desk]\n", "Text.");
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\npublish: {up_to: internal}\n"),
        ("content/roles/README.md", open),
        ("content/secret.md", &secret),
    ]);
    assert!(fixture.build().contains_key("roles/index.html"));
}

#[test]
fn a_file_that_only_a_note_of_a_register_links_to_is_published() {
    let fixture = Fixture::new(&[
        ("content/risks.yaml", "risks:\n  - id: R-1\n    title: Fire\n    note: See [the plan](plan.txt).\n"),
        ("content/policy.md", &policy("POL-RSK-001", "registers: [risks.yaml]\n", "Text.")),
        ("content/plan.txt", "The plan"),
    ]);
    assert!(fixture.build().contains_key("plan.txt"));
}
