//! Folders of the generators that `adopt` supports.

use std::collections::BTreeMap;

use crate::Site;

/// The title and type of each document, by ID.
fn documents(site: &Site) -> BTreeMap<String, (String, String)> {
    let data = site.assess();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = data["documents"].as_array().expect("documents").iter();
    list.map(|document| (text(&document["id"]), (text(&document["title"]), text(&document["type"])))).collect()
}

/// Adopts a folder, and asserts that its files do not change, no finding is about their form, and every word of each
/// file is on its page.
fn adopt(site: &Site, words: &[(&str, &str)]) -> String {
    let before = site.files();
    let report = site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    let after = site.files();
    let added: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert_eq!(added, ["clause-proposals.md", "clausebook.yaml"]);
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes), "adopting changed a file");
    assert_eq!(site.form_findings(), Vec::<String>::new(), "{}", site.read("clausebook.yaml"));
    let pages = site.pages();
    assert_eq!(site.lost_words(&pages), Vec::<String>::new());
    for (page, text) in words {
        let page = pages.get(*page).unwrap_or_else(|| panic!("no {page} in {:?}", pages.keys()));
        assert!(page.contains(text), "{text:?} is not in {page}");
    }
    report
}

fn position(text: &str, part: &str) -> usize {
    text.find(part).unwrap_or_else(|| panic!("no {part:?} in {text}"))
}

#[test]
fn mkdocs_with_its_navigation_and_its_keys() {
    let site = Site::new(&[
        (
            "mkdocs.yml",
            "site_name: 'Incident handbook'\nnav:\n  - Home: index.md\n  - After:\n    - Review: 'after/review.md'\n  - On call: oncall.md\n\
             \x20 - Site: https://example.org\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:materialx.emoji.twemoji\n",
        ),
        ("docs/index.md", "# Welcome\n\nStart [on call](oncall.md).\n"),
        (
            "docs/oncall.md",
            "---\nhide: [toc]\ndescription: What on-call engineers do.\ncover: x.png\nhero: y\n---\n# Being on call\n\n!!! note \"Mind\"\n    Carry a charger.\n",
        ),
        ("docs/after/review.md", "# Reviewing an incident\n\nHold the review within 5 days.\n"),
    ]);
    let report =
        adopt(&site, &[("oncall.html", "Carry a charger"), ("after/review.html", "Hold the review within 5 days")]);
    for line in [
        "MkDocs (mkdocs.yml): 3 files in `docs`",
        "the order of 3 from `nav` in mkdocs.yml",
        "`hero` (in 1 file, first in oncall.md): not read",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let settings = site.read("clausebook.yaml");
    assert!(settings.contains("title: \"Incident handbook\"\n") && settings.contains("output: portal\n"), "{settings}");
    assert!(position(&settings, "after/review.md") < position(&settings, "oncall.md]"), "{settings}");
    let documents_by_id = documents(&site);
    assert_eq!(documents_by_id["after.review"].0, "Reviewing an incident");
    assert_eq!(documents_by_id.keys().collect::<Vec<_>>(), ["after.review", "oncall"]);
}

#[test]
fn docusaurus_with_components_positions_and_drafts() {
    let site = Site::new(&[
        (
            "docusaurus.config.js",
            "const config = {\n  title: 'Operations',\n  themeConfig: {docs: {sidebar: {hideable: true}}},\n  presets: [['classic', {docs: {path: './handbook'}}]],\n};\n",
        ),
        ("sidebars.js", "module.exports = {docs: ['policies/access', 'how-to-restore']};\n"),
        (
            "handbook/policies/access.md",
            "---\nid: access\nsidebar_position: 2.5\nsidebar_label: Access\nstatus: Published\napproved: 2026-10-01\napprover: Director\n---\n\n# Access policy\n\n:::caution\nNever share a password.\n:::\n",
        ),
        (
            "handbook/how-to-restore.mdx",
            "---\ndraft: true\nkeywords: [restore]\n---\n\n# Restoring a backup\n\nPick the newest copy.<br></br>Then wait.\n",
        ),
    ]);
    let report = adopt(
        &site,
        &[
            ("policies/access.html", "Never share a password"),
            ("how-to-restore.html", "Pick the newest copy Then wait"),
        ],
    );
    for line in ["`sidebar_position` means `order`", "`draft` means `status`", "Published is approved", "true is draft"]
    {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let documents_by_id = documents(&site);
    assert_eq!(documents_by_id["access"], ("Access policy".into(), "policy".into()));
    assert_eq!(documents_by_id["how-to-restore"], ("Restoring a backup".into(), "guideline".into()));
    let data = site.assess();
    let states: Vec<_> =
        data["documents"].as_array().expect("documents").iter().map(|document| &document["state"]).collect();
    assert_eq!(states, ["draft", "current"], "what says that it is a draft is one");
}

#[test]
fn hugo_with_sections_weights_and_times() {
    let site = Site::new(&[
        ("hugo.toml", "baseURL = \"https://example.org\"\ntitle = \"Runbooks\"\n[params]\ntitle = \"no\"\n"),
        ("content/_index.md", "---\ntitle: Runbooks\n---\n\nFind [the disk](disk/full.md).\n"),
        ("content/disk/_index.md", "---\ntitle: Disk\nweight: 3\nbookCollapseSection: true\n---\n"),
        (
            "content/disk/full.md",
            "---\ntitle: Disk full\ntype: docs\ndate: 2026-03-01T10:00:00Z\nweight: 10\n---\n\n## Meaning\n\nThe disk is full.\n",
        ),
    ]);
    let report = adopt(&site, &[("disk/full.html", "The disk is full")]);
    assert!(
        report.contains("Hugo (hugo.toml): 3 files in `content`") && report.contains("dates are written as RFC 3339"),
        "{report}"
    );
    assert!(report.contains("1 document and 2 pages"), "{report}");
    let settings = site.read("clausebook.yaml");
    assert!(
        settings.contains("title: \"Runbooks\"\n") && settings.contains("- {file: _index.md, default_type: page}\n"),
        "{settings}"
    );
    assert_eq!(documents(&site)["disk.full"], ("Disk full".into(), "guideline".into()));
}

#[test]
fn hugo_with_front_matter_in_toml_that_gets_its_ids_written() {
    let site = Site::new(&[
        ("config.toml", "baseURL = \"https://example.org\"\ntitle = \"Runbooks\"\ncontentDir = 'text'\n"),
        ("content/unused.md", "no part of the site\n"),
        ("text/_index.md", "+++\ntitle = \"Runbooks\"\n+++\n\nFind [the disk](disk.md).\n"),
        (
            "text/disk.md",
            "\u{feff}+++\r\ntitle = \"Disk \\\"full\\\"\" # ours\r\ndate = 2021-03-04T10:00:00Z\r\nweight = 3\r\ndraft = true\r\n[params]\r\ncolour = 'red'\r\n+++\r\n\r\nThe disk is full.\r\n",
        ),
        ("text/quiet.md", "+++\nweight = 1\n[params]\nid = \"x\"\n+++\n# Say \"less\"\n\nBe quiet.\n"),
    ]);
    let report = adopt(&site, &[("disk.html", "The disk is full"), ("quiet.html", "Be quiet")]);
    assert!(report.contains("Hugo (config.toml): 3 files in `text`"), "{report}");
    assert!(report.contains("true is draft") && !report.contains("cannot be read"), "{report}");
    assert_eq!(documents(&site)["disk"].0, "Disk \"full\"");
    site.run_ok(&["adopt", ".", "--apply"]);
    let disk = site.read("text/disk.md");
    assert!(disk.starts_with("\u{feff}+++\r\nid = \"disk\"\r\ntitle = \"Disk \\\"full"), "{disk}");
    let quiet = site.read("text/quiet.md");
    let expected = "+++\nid = \"quiet\"\ntitle = \"Say \\\"less\\\"\"\nweight = 1\n[params]\nid = \"x\"\n+++\n";
    assert!(quiet.starts_with(expected), "{quiet}");
    assert_eq!(site.form_findings(), Vec::<String>::new());
    let refused = site.run(&["review", "quiet", "--by", "Service Manager"]);
    assert!(refused.code != 0 && refused.err.contains("front matter is TOML"), "{}{}", refused.out, refused.err);
}

#[test]
fn mdbook_and_gitbook_with_their_summaries() {
    let summary = "# Summary\n\n[Start](README.md)\n\n- [Second](b.md)\n  - [First](<sub dir/a.md>)\n- [Draft]()\n";
    let files = |content: &str| -> Vec<(String, &str)> {
        let file = |path: &str| if content.is_empty() { path.to_owned() } else { format!("{content}/{path}") };
        vec![
            (file("SUMMARY.md"), summary),
            (file("README.md"), "# Start\n\nRead on.\n"),
            (file("b.md"), "# The second thing\n\nBuild it.\n\n[next](<sub dir/a.md>)\n"),
            (file("sub dir/a.md"), "No heading here, only text.\n"),
        ]
    };
    let book = ("book.toml".to_owned(), "[book]\ntitle = \"Forge\"\nsrc = \"text\"\n");
    let space = (".gitbook.yaml".to_owned(), "root: ./\n\nstructure:\n  summary: SUMMARY.md\n");
    for (settings_file, content, name) in [
        (book, "text", "mdBook (book.toml): 3 files in `text`"),
        (space, "", "GitBook (.gitbook.yaml): 3 files in `.`"),
    ] {
        let mut all = files(content);
        all.push(settings_file);
        let all: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let site = Site::new(&all);
        let report = adopt(
            &site,
            &[("b.html", "Build it"), ("sub-dir/a.html", "No heading here only text"), ("index.html", "Read on")],
        );
        assert!(report.contains(name) && report.contains("the order of 3 from"), "{report}");
        let documents_by_id = documents(&site);
        assert_eq!(documents_by_id["sub-dir.a"].0, "A", "a title from the file's name");
        assert_eq!(documents_by_id["b"].0, "The second thing");
    }
}

#[test]
fn gitbook_pictures_are_published_although_their_folder_is_hidden() {
    let site = Site::new(&[
        ("SUMMARY.md", "# Summary\n\n* [Start](README.md)\n* [A](a.md)\n"),
        ("README.md", "# Start\n"),
        ("a.md", "# A\n\n![A plan of the room](.gitbook/assets/plan.png)\n"),
    ]);
    site.write(".gitbook/assets/plan.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    adopt(&site, &[("a.html", "A")]);
    let pictures: Vec<String> =
        site.files().into_keys().filter(|path| path.starts_with("out-of-the-way") && path.ends_with(".png")).collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
}

#[test]
fn jekyll_with_redirects_and_local_dates() {
    let site = Site::new(&[
        ("_config.yml", "title: Playbook\nsource: src\n"),
        ("src/_drafts/fees.md", "---\ntitle: Fees\n---\n\nNot agreed.\n"),
        ("src/index.md", "---\ntitle: Playbook\nlayout: home\n---\n\n[Leave](staff/leave-policy.md)\n"),
        (
            "src/staff/leave-policy.md",
            "---\ntitle: Leave\nredirect_from: [/leave/, /holiday]\nlast_approved: 31/01/2026\nowner: People team\nlast_modified_at: x\n---\n\nAsk first.\n",
        ),
    ]);
    let report = adopt(&site, &[("staff/leave-policy.html", "Ask first")]);
    for line in [
        "left out: _drafts",
        "`redirect_from` means `aliases`",
        "`last_approved` means `approved`",
        "dates are written as DD/MM/YYYY",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    assert_eq!(documents(&site)["staff.leave-policy"].1, "policy");
    assert!(
        site.path("out-of-the-way/leave/index.html").is_file() && site.path("out-of-the-way/holiday.html").is_file()
    );
}

#[test]
fn plain_folders_with_ids_in_their_names_and_files_beside_them() {
    let site = Site::new(&[
        (
            "README.md",
            "# Policies\n\n[Access](policies/POL-012-access.md), [leavers](policies/POL-013-leavers-procedure.md)\n",
        ),
        ("CONTRIBUTING.md", "# How to contribute\n"),
        ("node_modules/tool/README.md", "# Tool\n"),
        ("policies/POL-012-access.md", "# Access\n\nAsk your manager.\n"),
        ("policies/POL-013-leavers-procedure.md", "# Leavers\n\nReturn the laptop.\n"),
    ]);
    let report = adopt(&site, &[("policies/pol-012-access.html", "Ask your manager")]);
    assert!(report.contains("left out: CONTRIBUTING.md, node_modules, clause-proposals.md"), "{report}");
    let documents_by_id = documents(&site);
    assert_eq!(documents_by_id.keys().collect::<Vec<_>>(), ["POL-012", "POL-013"]);
    assert_eq!((documents_by_id["POL-012"].1.as_str(), documents_by_id["POL-013"].1.as_str()), ("policy", "procedure"));
}

#[test]
fn applied_ids_and_titles_leave_every_other_byte() {
    let site = Site::new(&[("docs/plain.md", "# Plain\n\nText.\n"), ("docs/README.md", "# Home\n")]);
    site.write(
        "docs/windows.md",
        "\u{feff}---\r\nowner: \"A: b\" # ours\r\n---\r\n# Windows \"one\"\r\n\r\nText.\r\n".as_bytes(),
    );
    site.write("docs/kept.md", b"---\nid: KEPT-1\ntitle: Kept\n---\nText.\n");
    site.write("docs/null.md", b"# Null\n");
    site.write("docs/torn.md", b"---\nowner: [a\n---\n# Torn\n");
    site.run_ok(&["adopt", "."]);
    let before = site.assess();
    let report = site.run_ok(&["adopt", ".", "--apply"]);
    assert!(report.contains("3 documents: id and title, and no other byte"), "{report}");
    assert!(report.contains("docs/torn.md is not changed"), "{report}");
    assert_eq!(site.read("docs/plain.md"), "---\nid: plain\ntitle: \"Plain\"\n---\n\n# Plain\n\nText.\n");
    let windows = "\u{feff}---\r\nid: windows\r\ntitle: \"Windows \\\"one\\\"\"\r\nowner: \"A: b\" # ours\r\n---\r\n# Windows \"one\"\r\n\r\nText.\r\n";
    assert_eq!(site.read("docs/windows.md"), windows);
    assert_eq!(site.read("docs/null.md"), "---\nid: \"null\"\ntitle: \"Null\"\n---\n\n# Null\n");
    assert_eq!(site.read("docs/kept.md"), "---\nid: KEPT-1\ntitle: Kept\n---\nText.\n");
    let after = site.assess();
    for (one, other) in
        before["documents"].as_array().expect("documents").iter().zip(after["documents"].as_array().expect("documents"))
    {
        assert_eq!((&one["id"], &one["title"], &one["state"]), (&other["id"], &other["title"], &other["state"]));
    }
    let once = site.files();
    site.run_ok(&["adopt", ".", "--apply"]);
    assert_eq!(once, site.files(), "a second time changes nothing");
}

#[test]
fn middleman_with_its_double_endings() {
    let site = Site::new(&[
        ("config.rb", "activate :directory_indexes\n"),
        ("config/tech-docs.yml", "service_name: Desk guide\n"),
        ("README.md", "# How to build this site\n"),
        ("source/index.html.md", "---\ntitle: Desk guide\n---\n\nStart with [the keys](/manual/keys.html).\n"),
        ("source/manual/keys.html.md", "---\ntitle: Keys\n---\n\nKeep them. Go [home](/index.html).\n"),
    ]);
    let report = site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    assert_eq!(site.form_findings(), Vec::<String>::new());
    let pages = site.pages();
    assert!(pages["index.html"].contains("Start with") && pages["manual/keys.html"].contains("Keep them"));
    assert!(report.contains("Middleman (config.rb): 2 files in `source`"), "{report}");
    assert!(site.read("clausebook.yaml").contains("title: \"Desk guide\"\n"));
}

#[test]
fn hugo_with_its_settings_in_a_folder() {
    let site = Site::new(&[
        ("config/_default/config.yaml", "title: Desk\nbaseURL: https://example.org/\n"),
        ("content/handbook/_index.md", "---\ntitle: Handbook\n---\n\nSee [keys](/handbook/keys/).\n"),
        ("content/handbook/keys.md", "---\ntitle: Keys\n---\n\nKeep them.\n"),
    ]);
    let report = adopt(&site, &[("handbook/keys.html", "Keep them")]);
    assert!(report.contains("Hugo (config/_default/config.yaml): 2 files in `content`"), "{report}");
}

#[test]
fn a_folder_of_standards_is_read_like_any_other() {
    let site = Site::new(&[
        ("README.md", "# Rules\n\nSee [passwords](standards/passwords.md) and ![the flow](/images/flow.svg).\n"),
        ("images/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("standards/passwords.md", "# Passwords\n\nTwelve letters or more.\n"),
        ("standards/meta.yaml", "id: passwords\nfamily: access\n"),
        (
            "policies/README.md",
            "# Access\n\nEvery person has an account of their own, and nobody uses that of another person. The owner of a \
          system decides who has access, and reviews it in January and in July of every year.\n",
        ),
    ]);
    let report = adopt(&site, &[("standards/passwords.html", "Twelve letters")]);
    assert!(report.contains("2 documents and 1 page"), "{report}");
    let kinds: Vec<(String, String)> = documents(&site).into_iter().map(|(id, (_, kind))| (id, kind)).collect();
    assert_eq!(kinds.iter().filter(|(id, kind)| id == "policies" && kind == "policy").count(), 1, "{kinds:?}");
}

#[test]
fn pictures_beside_the_documents_keep_their_addresses() {
    let site = Site::new(&[
        ("README.md", "# About this repository\n"),
        ("docs/index.md", "# Desk\n\nSee [calls](calls.md).\n"),
        ("docs/calls.md", "# Calls\n\n![The flow](/images/flow.svg)\n\nAnswer within a minute.\n"),
        ("images/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    adopt(&site, &[("calls.html", "Answer within a minute")]);
}
