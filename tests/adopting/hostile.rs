//! Broken and malicious folders.

use std::fs;

use crate::Site;

#[test]
fn a_handbook_an_empty_folder_and_none_at_all_are_refused() {
    let site = Site::new(&[("docs/a.md", "# A\n"), ("clausebook.yaml", "title: Mine\ncontent: docs\n")]);
    let before = site.files();
    assert!(site.run_failing(&["adopt", "."]).contains("is a handbook already"));
    assert_eq!(before, site.files());
    let empty = Site::new(&[("notes.txt", "x")]);
    assert!(empty.run_failing(&["adopt"]).contains("contains no Markdown file"));
    assert!(empty.run_failing(&["adopt", "nowhere"]).contains("cannot read folder `nowhere`"));
    assert!(empty.run_failing(&["adopt", "--standard", "iso2000-1"]).contains("did you mean `iso20000-1`?"));
    assert!(empty.run_failing(&["adopt", "--owner", " "]).contains("one line of text"));
    assert_eq!(empty.files().len(), 1);
}

#[test]
fn a_dry_run_shows_the_settings_and_writes_nothing() {
    let site = Site::new(&[("docs/a.md", "# A\n"), ("mkdocs.yml", "site_name: X\n")]);
    let before = site.files();
    let out = site.run_ok(&["adopt", "--dry-run", "--apply", "--name", "Fenwick \"IT\"", "--title", "Ours: all"]);
    assert!(out.contains("organization: \"Fenwick \\\"IT\\\"\"\n") && out.contains("title: \"Ours: all\"\n"), "{out}");
    assert!(out.contains("Would be written:"), "{out}");
    assert_eq!(before, site.files());
}

#[test]
fn proposals_by_others_are_kept() {
    let site =
        Site::new(&[("docs/a.md", "# Incident management process\n\nRecord it.\n"), ("clause-proposals.md", "mine\n")]);
    let out = site.run_ok(&["adopt"]);
    assert!(out.contains("not clause-proposals.md, which somebody else wrote"), "{out}");
    assert_eq!(site.read("clause-proposals.md"), "mine\n");
}

#[test]
fn keys_and_values_cannot_break_out_of_the_settings() {
    let site = Site::new(&[(
        "docs/a.md",
        "---\n\"x: y\\\"]\": 1\n\"- a\": 2\n\"#\": 3\n\"yes\": 4\nstatus: \"in review\"\n\"ключ\": 5\n---\n# A\n",
    )]);
    site.run_ok(&["adopt", "--title", "a\\\"b: [c] #d"]);
    assert_eq!(site.form_findings(), Vec::<String>::new(), "{}", site.read("clausebook.yaml"));
    assert_eq!(site.assess()["documents"][0]["status"], "in-review");
}

#[test]
fn unreadable_files_are_reported_and_the_others_adopted() {
    let site = Site::new(&[
        ("docs/good.md", "# Good\n\nText.\n"),
        ("docs/toml.md", "+++\ntitle = \"T\"\nowner = Service Manager\n+++\n\n# T\n"),
        ("docs/open.md", "---\ntitle: T\n\nText without an end\n"),
        ("docs/ambiguous.md", "---\napproved: 02/03/2026\n---\n# Ambiguous\n"),
    ]);
    site.write("docs/latin.md", b"# Caf\xe9\n");
    site.write("docs/huge.md", &vec![b'x'; 9 * 1024 * 1024]);
    let out = site.run_ok(&["adopt"]);
    for line in [
        "3 files with text or front matter that cannot be read",
        "dates such as `02/03/2026` can be read in two ways",
        "(unreadable-source)",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    let broken = site.broken_rules();
    assert_eq!((broken.get("unreadable-source"), broken.get("invalid-date")), (Some(&2), Some(&1)), "{broken:?}");
    assert_eq!(broken.get("invalid-front-matter"), Some(&2), "broken TOML is told like broken YAML: {broken:?}");
}

#[test]
fn a_key_that_may_end_a_document_is_never_ignored() {
    let site = Site::new(&[
        ("_config.yml", "title: X\n"),
        (
            "a.md",
            "---\nexpires: 2020-01-01\nstatus: Published\napproved: 2026-10-01\napprover: Director\n---\n# A\n\nText.\n",
        ),
    ]);
    let out = site.run_ok(&["adopt"]);
    assert!(out.contains("`expires` (in 1 file, first in a.md): it may say whether a document is in force"), "{out}");
    assert_eq!(site.assess()["documents"][0]["state"], "draft");
}

#[cfg(unix)]
#[test]
fn links_outside_are_not_followed_or_written_through() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "# Secret\n").expect("a file");
    let site = Site::new(&[("docs/a.md", "# A\n")]);
    symlink(outside.path().join("secret.md"), site.path("docs/secret.md")).expect("a link");
    symlink(outside.path(), site.path("docs/folder")).expect("a link");
    symlink(outside.path().join("secret.md"), site.path("mkdocs.yml")).expect("a link");
    let out = site.run_ok(&["adopt", "--apply"]);
    assert!(out.contains("plain Markdown: 1 file in `docs`"), "{out}");
    assert_eq!(fs::read_to_string(outside.path().join("secret.md")).expect("it"), "# Secret\n");
    assert_eq!(site.assess()["documents"].as_array().map(Vec::len), Some(1));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new(&[("docs/a.md", "# A\n"), ("docs/sub/b.md", "# B\n")]);
    let lock =
        |mode| fs::set_permissions(site.path("docs/sub"), fs::Permissions::from_mode(mode)).expect("permissions");
    lock(0o555);
    let is_root = fs::write(site.path("docs/sub/probe"), "").is_ok();
    let run = site.run(&["adopt", "--apply"]);
    lock(0o755);
    if is_root {
        return;
    }
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(!site.path("clausebook.yaml").exists());
    assert_eq!(site.read("docs/a.md"), "# A\n");
}
