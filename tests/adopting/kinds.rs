//! Kinds of text, keys and URLs in sites, each as a user sees it after `adopt`.

use crate::Site;
use crate::sites::{adopt_pages, assert_contains_words};

const SOME_WORDS: &str =
    "Some words that say what to do, so that nobody takes this for a page that only leads on to others.";

#[test]
fn hugo_finds_pages_by_their_names_alone_and_types_are_layouts() {
    let (site, pages) = adopt_pages(
        &[
            ("hugo.yaml", "baseURL: https://example.org/\ntitle: Ops\n"),
            (
                "content/_index.md",
                "---\ntitle: Ops\ntype: landing\n---\n\n[Disk]({{< ref disk >}}), [rooms]({{< ref \"rooms.md#keys\" >}}) and [Ports]({{% ref \"ports\" %}})\n",
            ),
            ("content/deep/down/disk.md", "---\ntitle: Disk\ntype: docs\ndate: 2024-02-03\n---\n\nRun df.\n"),
            (
                "content/deep/rooms/_index.md",
                "---\ntitle: Rooms\ntype: docs\n---\n\nTwo rooms are locked at night, and only the duty manager may open them for people who have a reason that was recorded.\n\n## Keys\n\nAsk at the desk.\n",
            ),
            (
                "content/deep/ports.md",
                "---\ntitle: Ports\n---\n\n{{< tabs \"On Linux\" \"On a Mac\" >}}\n{{% codetab %}}\nRun ss.\n{{% /codetab %}}\n{{% codetab %}}\nRun lsof.\n{{% /codetab %}}\n{{< /tabs >}}\n\n\
                 {{< lead-in >}}\nKeep *calm*.\n{{< /lead-in >}}\n\n{{< tweet user=\"nobody\" id=\"12\" >}}\n",
            ),
        ],
        &[],
    );
    let home = site.read("out-of-the-way/index.html");
    assert!(
        home.contains("deep/down/disk.html") && home.contains("#keys") && home.contains("deep/ports.html"),
        "{home}"
    );
    assert_contains_words(&pages["deep/ports.html"], &["On Linux Run ss On a Mac Run lsof Keep calm"]);
    assert!(site.read("out-of-the-way/deep/ports.html").contains("https://x.com/nobody/status/12"));
}

#[test]
fn jekyll_pages_have_the_addresses_that_they_name_and_parts_of_the_site_may_stay_on_the_web() {
    let (site, pages) = adopt_pages(
        &[
            ("_config.yml", "title: Ops\nurl: https://ops.example.org\nexclude: [notes.md, 'Gem*', drafts/]\n"),
            ("notes.md", "# Notes\n\nFor authors, with [no](target.md).\n"),
            ("drafts/a.md", "# A draft\n\nWith [no](target.md).\n"),
            (
                "index.md",
                "---\ntitle: Ops\npermalink: /\n---\n\n- [Access](/how/to-get-in/), [old](/in.html)\n- [One](/api/one.html), [two](/api/two.html#a), [three](/api/)\n",
            ),
            (
                "_pages/access.md",
                "---\ntitle: Access\npermalink: /how/to-get-in/\nredirect_from: [/in.html]\n---\n\n* TOC\n{:toc}\n\n## At night\n\n{% comment %}\nNot yet.\n{% endcomment %}\n\n{% alert %}\nAsk first.\n{% endalert %}\n\n[Keys](keys/) and [rooms](../rooms/)\n",
            ),
            ("_pages/keys.md", "---\ntitle: Keys\npermalink: /how/to-get-in/keys/\n---\n\nThey are at the desk.\n"),
            ("_pages/rooms.md", "---\ntitle: Rooms\npermalink: /how/rooms/\n---\n\nThere are two.\n"),
        ],
        &[],
    );
    let home = site.read("out-of-the-way/index.html");
    assert_eq!(home.matches("data-id=\"pages.access\"").count(), 2, "{home}");
    assert_eq!(home.matches("https://ops.example.org/api/").count(), 3, "{home}");
    let settings = site.read("clausebook.yaml");
    for line in ["\"/api/\": \"https://ops.example.org/api/\"", "notes.md", "permalink: aliases"] {
        assert!(settings.contains(line), "{line}\n{settings}");
    }
    let access = pages.iter().find(|(path, _)| path.ends_with("pages/access.html")).expect("a page");
    assert_contains_words(access.1, &["Ask first"]);
    assert!(!access.1.contains("Not yet") && !access.1.contains("TOC"), "{}", access.1);
    let page = site.read(&format!("out-of-the-way/{}", access.0));
    assert!(page.contains("href=\"keys.html\"") && page.contains("href=\"rooms.html\""), "{page}");
    assert!(!pages.keys().any(|path| path.contains("notes") || path.contains("drafts")));
    let redirect = site.read("out-of-the-way/how/to-get-in/index.html");
    assert!(redirect.contains("pages/access.html"), "an address that the site had leads on: {redirect}");
}

#[test]
fn the_root_of_a_site_is_the_portal_s_home_page() {
    let (site, _) = adopt_pages(
        &[
            ("hugo.toml", "title = 'Ops'\n"),
            ("content/rooms.md", "# Rooms\n\n[Home](/)\n"),
            ("content/_index.html", "<p>Home</p>\n"),
        ],
        &[],
    );
    let rooms = site.read("out-of-the-way/rooms.html");
    assert!(rooms.contains("<a href=\"index.html\">Home</a>"), "{rooms}");
}

#[test]
fn adopt_asks_where_a_site_is_when_its_links_need_that() {
    let files = [
        ("_config.yml", "title: Ops\n"),
        ("index.md", "# Ops\n\n[One](/api/one.html), [two](/api/two.html#a), [three](/api/), [four](/x/y/)\n"),
        ("rooms.md", "# Rooms\n\n[Here](/rooms/), [nowhere](/rooms/none/)\n"),
    ];
    let questions = |site: &Site, options: &[&str]| {
        let output = site.run_ok(&[&["adopt", "."][..], options].concat());
        output.lines().filter(|line| line.contains("--web")).map(|line| line.trim().to_owned()).collect::<Vec<_>>()
    };
    let site = Site::new(&files);
    assert_eq!(
        questions(&site, &[]),
        [
            "3 links to parts of the site that are not in these files, most of them to `/api/`: name the site's address with \
             `--web`, and they lead there"
        ]
    );
    let site = Site::new(&files);
    assert_eq!(questions(&site, &["--web", "https://ops.example.org"]), Vec::<String>::new());
    assert!(site.read("clausebook.yaml").contains("\"/api/\": \"https://ops.example.org/api/\""));
}

#[test]
fn places_on_a_home_page_that_is_not_a_document_may_stay_on_the_web() {
    let files = [
        ("hugo.toml", "title = 'Ops'\n"),
        ("content/_index.html", "<p>Home</p>\n"),
        ("content/rooms.md", "# Rooms\n\n[One](/#news), [two](/#news), [three](/#desk), [home](/), [none](/none)\n"),
    ];
    let lost = |site: &Site| {
        let data = site.assess();
        let all = data["findings"].as_array().expect("findings").iter();
        all.filter(|finding| finding["rule"] == "absolute-path").count()
    };
    let site = Site::new(&files);
    assert!(site.run_ok(&["adopt", "."]).contains("most of them to `/`: name the site's address with `--web`"));
    assert_eq!(lost(&site), 4);
    let site = Site::new(&files);
    site.run_ok(&["adopt", ".", "--web", "https://ops.example.org"]);
    site.run_ok(&["build", "--output", "out-of-the-way"]);
    assert_eq!(lost(&site), 1, "an address that nothing has stays reported");
    assert!(site.read("clausebook.yaml").contains("\"/#\": \"https://ops.example.org/\""));
    let rooms = site.read("out-of-the-way/rooms.html");
    for (address, count) in [("https://ops.example.org/#news", 2), ("https://ops.example.org/#desk", 1)] {
        assert_eq!(rooms.matches(&format!("href=\"{address}\"")).count(), count, "{rooms}");
    }
    assert!(rooms.contains("<a href=\"index.html\">home</a>"), "{rooms}");
    site.write(
        "clausebook.yaml",
        b"title: Ops\nstandards: [iso20000-1]\ncontent: content\naddresses: {\"/#\": content}\n",
    );
    let run = site.run(&["check"]);
    let output = run.out + &run.err;
    assert_eq!(run.code, 2, "{output}");
    assert!(output.contains("for places on a home page that stays on the web"), "{output}");
}

#[test]
fn docusaurus_leaves_out_numbers_of_names_and_its_ids_are_of_a_folder() {
    let (site, _) = adopt_pages(
        &[
            ("docusaurus.config.js", "module.exports = {title: 'Ops', url: 'https://example.org', baseUrl: '/'};\n"),
            (
                "docs/01-intro.md",
                "---\nid: intro\n---\n# Intro\n\n[Access](./access/rooms) and [keys](/docs/access/keys#x)\n",
            ),
            ("docs/02_access/1_rooms.md", "---\nid: index\n---\n# Rooms\n\nTwo rooms.\n"),
            ("docs/02_access/02-keys.md", "---\nid: index\n---\n# Keys\n\nAt the desk.\n\n## X\n\nMore.\n"),
        ],
        &[],
    );
    let intro = site.read("out-of-the-way/01-intro.html");
    assert!(intro.contains("02_access/1_rooms.html") && intro.contains("02_access/02-keys.html#x"), "{intro}");
}

#[test]
fn mkdocs_texts_keep_their_symbols_anchors_and_embeds() {
    let (site, pages) = adopt_pages(
        &[
            ("mkdocs.yml", "site_name: Ops\n"),
            (
                "docs/a.md",
                "# A\n\n[TOC]\n\n## :rocket: Launch\n\n**The `mode`**{ #the-mode } is set here. Wait.\n\n<input type=\"checkbox\" checked> Told the desk\n\n\
                 <iframe src=\"https://video.example.org/embed/1\" title=\"How to wait\"></iframe>\n",
            ),
            ("docs/b.md", "# B\n\nSet [the mode](a.md#the-mode).\n"),
        ],
        &[],
    );
    assert_contains_words(
        &pages["a.html"],
        &["Launch", "The mode is set here", "Wait", "Told the desk", "How to wait"],
    );
    let page = site.read("out-of-the-way/a.html");
    assert!(
        page.contains("🚀") && page.contains("☑") && page.contains("href=\"https://video.example.org/embed/1\""),
        "{page}"
    );
}

#[test]
fn foreign_keys_are_kept_and_unknown_statuses_become_drafts() {
    let project = |status: &str| {
        format!(
            "---\ntitle: P {status}\nstatus: {status}\nlocation:\n- here\n- there\ntags: {{a: b}}\n---\n\n{SOME_WORDS}\n"
        )
    };
    let site = Site::new(&[
        ("_config.yml", "title: Projects\n"),
        ("_projects/one.md", &project("Active")),
        ("_projects/two.md", &project("On hold")),
        ("_projects/three.md", &project("Completed")),
        ("minutes/may.md", "# May\n\nWe met.\n"),
    ]);
    let report = site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    assert_eq!(site.form_findings(), Vec::<String>::new(), "{}", site.read("clausebook.yaml"));
    for line in ["`Completed`, `On hold`", "read as draft", "`location` (in 3 files"] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let data = site.assess();
    assert!(
        data["documents"].as_array().expect("documents").iter().all(|document| document["state"] == "draft"),
        "{data}"
    );
}

#[test]
fn a_web_address_that_addresses_map_to_is_complete() {
    let site = Site::new(&[
        ("clausebook.yaml", "title: A\nstandards: [iso20000-1]\naddresses:\n  /x/: https://example.org/x\n"),
        ("content/index.md", "---\ntype: page\n---\n# A\n"),
    ]);
    let run = site.run(&["check"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert_contains_words(&(run.out + &run.err), &["`https://example.org/x` must end with `/`"]);
}

#[test]
fn an_address_without_a_host_or_with_a_password_is_refused() {
    let site = Site::new(&[("index.md", "# Ops\n\n[One](/api/a/), [two](/api/b/), [three](/api/c/)\n")]);
    for (web, problem) in [
        ("http://", "--web takes the address of a site"),
        ("https:///x", "--web takes the address of a site"),
        ("https://:80/", "--web takes the address of a site"),
        ("https://example.org/{x}", "--web takes the address of a site"),
        ("example.org", "--web takes the address of a site"),
        ("https://u:p@example.org/", "without a user name or password"),
        ("https://u@example.org", "without a user name or password"),
    ] {
        let run = site.run(&["adopt", ".", "--web", web]);
        assert_eq!(run.code, 2, "{web}: {}", run.out);
        assert_contains_words(&run.err, &[problem]);
        assert!(!site.path("clausebook.yaml").exists(), "{web}");
    }
    site.run_ok(&["adopt", ".", "--web", "http://localhost:8080/ops"]);
    assert!(site.read("clausebook.yaml").contains("\"http://localhost:8080/ops/api/\""));
}

#[test]
fn mkdocs_leaves_out_what_it_does_not_publish_and_pictures_are_found_by_their_names() {
    let (site, pages) = adopt_pages(
        &[
            (
                "mkdocs.yml",
                "site_name: Ops\nexclude_docs: |\n  # not ready\n  drafts/\n  todo-*.md\ndraft_docs: later.md\n",
            ),
            ("docs/index.md", "# Ops\n\nThe flow: ![[flow.svg]]\n"),
            ("docs/attachments/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
            ("docs/rooms/drafts/a.md", "# A draft\n\nWith [no](target.md).\n"),
            ("docs/rooms/todo-keys.md", "# Keys\n\nWith [no](target.md).\n"),
            ("docs/rooms/later.md", "# Later\n\nWith [no](target.md).\n"),
            ("docs/rooms/keys.md", "# Rooms\n\nThere are two.\n"),
        ],
        &[],
    );
    let settings = site.read("clausebook.yaml");
    for path in ["rooms/drafts", "rooms/todo-keys.md", "rooms/later.md"] {
        assert!(settings.contains(path), "{path}\n{settings}");
    }
    let paths: Vec<&String> = pages.keys().filter(|path| path.starts_with("rooms/")).collect();
    assert_eq!(paths, ["rooms/keys.html"]);
    let home = site.read("out-of-the-way/index.html");
    assert!(home.contains("src=\"attachments/flow.svg\""), "{home}");
}
