//! `adopt --apply` on front matter of every form.

use crate::Site;

#[test]
fn ids_and_titles_are_written_into_every_form_of_front_matter() {
    let forms = [
        ("flow", "{title: Visitor rules, status: draft}\n", "{id: flow, title: Visitor rules, status: draft}\n"),
        ("both", "{status: draft}\n", "{id: both, title: \"Both\", status: draft}\n"),
        ("empty", "{}\n", "{id: empty, title: \"Empty\"}\n"),
        (
            "long",
            "# Ours\n\n  {\n  title: Long, # kept\n  }\n",
            "# Ours\n\n  {id: long, \n  title: Long, # kept\n  }\n",
        ),
        ("json", "{\"title\": \"Json\"}\n", "{id: json, \"title\": \"Json\"}\n"),
        ("indented", "  title: Indented\n  status: draft\n", "  id: indented\n  title: Indented\n  status: draft\n"),
        ("comment", "# Ours\n   title: Deep\n", "   id: comment\n# Ours\n   title: Deep\n"),
        ("nothing", "", "id: nothing\ntitle: \"Nothing\"\n"),
    ];
    let site = Site::new(&[("docs/kept.md", "---\nid: kept\ntitle: Kept\n---\n\nText.\n")]);
    let file = |front: &str| format!("---\n{front}---\n\nSign in.\n");
    for (name, front, _) in forms {
        site.write(&format!("docs/{name}.md"), file(front).as_bytes());
        site.write(&format!("docs/{name}-win.md"), file(front).replace('\n', "\r\n").as_bytes());
    }
    site.run_ok(&["adopt", "--name", "Fenwick IT"]);
    assert_eq!(site.broken_rules().get("invalid-front-matter"), None);
    site.run_ok(&["adopt", "--apply"]);
    assert_eq!(site.broken_rules().get("invalid-front-matter"), None);
    for (name, _, front) in forms {
        assert_eq!(site.read(&format!("docs/{name}.md")), file(front));
        let windows = site.read(&format!("docs/{name}-win.md"));
        assert_eq!(windows.matches("\r\n").count(), windows.matches('\n').count(), "{windows:?}");
        assert!(windows.contains(&format!("id: {name}-win")), "{windows}");
    }
    let once = site.files();
    site.run_ok(&["adopt", "--apply"]);
    assert_eq!(once, site.files(), "a second time changes nothing");
}

#[test]
fn a_file_that_would_read_worse_is_left_with_a_reason() {
    let anchored = "---\n&all {title: Visitor rules}\n---\n\nSign in.\n";
    let torn = "---\nowner: [a\n---\n\nSign in.\n";
    let site = Site::new(&[("docs/anchored.md", anchored), ("docs/torn.md", torn), ("docs/good.md", "# Good\n")]);
    let output = site.run_ok(&["adopt", "--apply"]);
    assert!(
        output.contains("docs/torn.md is not changed: its front matter cannot be read in full; fix it"),
        "{output}"
    );
    assert_eq!((site.read("docs/torn.md").as_str(), site.read("docs/anchored.md").as_str()), (torn, anchored));
    assert!(output.contains("docs/anchored.md"), "{output}");
    assert!(site.read("docs/good.md").starts_with("---\nid: good\n"));
}
