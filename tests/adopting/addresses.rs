//! URLs and anchors as a site generator makes them.

use crate::Site;
use crate::sites::{adopt_pages, assert_contains_words};

/// The target of the link with this text on a page.
fn target(site: &Site, page: &str, words: &str) -> String {
    let html = site.read(&format!("out-of-the-way/{page}"));
    let before = html.split(&format!(">{words}</a>")).next().filter(|before| before.len() < html.len());
    let before = before.unwrap_or_else(|| panic!("no link {words:?} in {html}"));
    before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("a target").to_owned()
}

#[test]
fn hugo_makes_addresses_of_dates_titles_and_slugs() {
    let post = |front: &str| format!("---\n{front}---\n\nThe desk moves.\n");
    let (site, pages) = adopt_pages(
        &[
            (
                "hugo.yaml",
                "title: Desk\ndefaultContentLanguage: en\npermalinks:\n  news: /:section/:year/:month/:slug/\n  page:\n    notes: /n/:contentbasename\n",
            ),
            (
                "content/en/_index.md",
                "---\ntitle: Desk\n---\n\n[Move](/news/2026/03/we-move-again/), [umzug](/de/news/2026/03/wir-ziehen-um/), [slug](/news/2026/04/own-name/#when), \
                 [old](/old/place/), [note](/n/first), [guide]({{< ref \"guides/desk/call.md\" >}})\n",
            ),
            (
                "content/en/news/2026-03-05-move/index.md",
                &post("title: We move - again!\ndate: 2026-03-05T08:00:00Z\n"),
            ),
            ("content/de/news/2026-03-05-move/index.md", &post("title: Wir ziehen um\ndate: 2026-03-05T08:00:00Z\n")),
            (
                "content/en/news/other.md",
                &format!("{}\n## When\n\nSoon.\n", post("title: Other\nslug: own-name\ndate: 2026-04-01\n")),
            ),
            ("content/en/news/third.md", &post("title: Third\nurl: /old/place/\ndate: 2026-04-02\n")),
            ("content/en/notes/First.md", &post("title: A note\n")),
            ("content/en/guides/desk/call.md", "---\ntitle: Call\n---\n\nCall.\n"),
            ("content/en/guides/phone/call.md", "---\ntitle: Call\n---\n\nCall.\n"),
        ],
        &[],
    );
    assert_contains_words(&pages["en/index.html"], &["Move umzug slug old note guide"]);
    for (words, to) in [
        ("Move", "news/2026-03-05-move/index.html"),
        ("umzug", "../de/news/2026-03-05-move/index.html"),
        ("slug", "news/other.html#when"),
        ("old", "news/third.html"),
        ("note", "notes/first.html"),
        ("guide", "guides/desk/call.html"),
    ] {
        assert_eq!(target(&site, "en/index.html", words).to_lowercase(), to, "{words}");
    }
    let settings = site.read("clausebook.yaml");
    assert!(settings.contains("\n  de/news: \"/de/:section/:year/:month/:slug/\"\n"), "{settings}");
}

#[test]
fn settings_with_invalid_patterns_are_refused() {
    for (line, problem) in [
        ("permalinks: {news: ':slug'}", "`:slug` must begin with `/`"),
        ("permalinks: {news: '/:yaer/:slug'}", "unknown word `:yaer`"),
        ("permalinks: {news: '/:yaer/:slug'}", "did you mean `:year`?"),
        ("permalinks: {news: '/:sections[first]/'}", "unknown word `:sections[first]`"),
        ("permalinks: {../news: '/:slug'}", "`../news` is not a folder below the content folder"),
        ("includes: [../parts]", "`../parts` leads out of the folder"),
        ("includes: [/parts]", "`/parts` is an absolute path"),
    ] {
        let site = Site::new(&[("docs/a.md", "# A\n")]);
        site.write(
            "clausebook.yaml",
            format!("title: Desk\nstandards: [iso20000-1]\ncontent: docs\n{line}\n").as_bytes(),
        );
        let stderr = site.run_failing(&["check"]);
        assert!(stderr.contains(problem), "{problem}\n{stderr}");
    }
}

#[test]
fn an_address_that_two_documents_had_leads_to_neither() {
    let post = |front: &str| format!("---\n{front}date: 2026-03-05\ntype: page\n---\n\nThe desk moves.\n");
    let site = Site::new(&[
        (
            "clausebook.yaml",
            "title: Desk\nstandards: [iso20000-1]\naddresses: {/: content}\npermalinks: {news: '/:monthname/:title/'}\n",
        ),
        (
            "content/index.md",
            "---\ntype: page\ntitle: Desk\n---\n\n[Both](/march/move/), [one](/march/open/), [named](/march/close/).\n",
        ),
        ("content/news/a.md", &post("title: Move\n")),
        ("content/news/b.md", &post("title: Move\n")),
        ("content/news/c.md", &post("title: Open\n")),
        ("content/news/d.md", &post("title: Close\n")),
        ("content/news/e.md", &post("title: Close\naliases: [march/close/index.html]\n")),
    ]);
    let data = site.assess();
    let findings = data["findings"].as_array().expect("findings").iter();
    let broken: Vec<(&str, &str)> = findings
        .filter(|finding| finding["file"] == "content/index.md")
        .map(|finding| (finding["message"].as_str().unwrap_or_default(), finding["help"].as_str().unwrap_or_default()))
        .collect();
    let help = "two documents had this address: link to `news/a.md` or to `news/b.md`";
    assert_eq!(broken, [("`/march/move/` does not exist in the content folder", help)]);
    site.pages();
    assert_eq!(target(&site, "index.html", "one"), "news/c.html");
    assert_eq!(target(&site, "index.html", "named"), "news/e.html");
}

#[test]
fn patterns_with_words_of_other_programs_are_not_adopted() {
    let site = Site::new(&[
        ("hugo.yaml", "title: Desk\npermalinks:\n  news: /:century/:slug/\n  notes: /:weekdayname/:slug/\n"),
        ("content/news/a.md", "---\ntitle: A\n---\n\nWords.\n"),
        ("content/notes/a.md", "---\ntitle: A\n---\n\nWords.\n"),
    ]);
    site.run_ok(&["adopt", "."]);
    let settings = site.read("clausebook.yaml");
    assert!(settings.contains("permalinks:\n  notes: \"/:weekdayname/:slug/\"\n"), "{settings}");
    assert!(!settings.contains("century"), "{settings}");
}

#[test]
fn mkdocs_writes_other_anchors_than_github() {
    let text = "# Access\n\nSee [keys](#keys-doors), [more](#keys_1), [them](#keys-or-doors).\n\n## Keys & doors\n\nTwo.\n\n## Keys\n\nOne.\n\n### Keys\n\nMore.\n";
    let site = Site::new(&[
        ("mkdocs.yml", "site_name: Desk\n"),
        ("docs/access.md", text),
        ("docs/index.md", "# Home\n\n[Access](access.md#keys-doors)\n"),
    ]);
    site.run_ok(&["adopt", "."]);
    let broken = site.broken_rules();
    assert_eq!(broken.get("broken-anchor"), Some(&1), "{broken:?}");
    let german = Site::new(&[
        ("mkdocs.yml", "site_name: Desk\n"),
        (
            "docs/rules.md",
            "# Regeln\n\n## Übersicht\n\nEins.\n\n## Größe\n\nZwei.\n\n## Café-Regeln\n\nDrei.\n\n## Über uns\n\nVier.\n",
        ),
        (
            "docs/index.md",
            "# Home\n\n[A](rules.md#ubersicht) [B](rules.md#groe) [C](rules.md#cafe-regeln) [D](rules.md#uber-uns) [E](rules.md#ubersich)\n",
        ),
    ]);
    german.run_ok(&["adopt", "."]);
    assert_eq!(german.broken_rules().get("broken-anchor"), Some(&1), "only a part that nothing is called");
    german.pages();
    assert_eq!(target(&german, "index.html", "B"), "rules.html#gr%C3%B6%C3%9Fe");
    site.pages();
    assert_eq!(target(&site, "access.html", "keys"), "#keys--doors");
    assert_eq!(target(&site, "access.html", "more"), "#keys-1");
    assert_eq!(target(&site, "index.html", "Access"), "access.html#keys--doors");
}

#[test]
fn markdown_in_a_line_of_html_and_labels_are_read() {
    let text = "# Desk\n\n<p markdown=\"1\" class=\"credit\">— See [\"the list\"](list.md), *soon*</p>\n\n> <aside markdown=\"1\">[again](list.md)</aside>\n\n\
                <div class=\"row\">\n  <input type=\"checkbox\" id=\"c1\">\n  <label for=\"c1\" class=\"x\">\n  Is the desk open?\n  </label>\n</div>\n";
    let (site, pages) =
        adopt_pages(&[("_config.yml", "title: Desk\n"), ("index.md", text), ("list.md", "# List\n\nWords.\n")], &[]);
    assert_contains_words(&pages["index.html"], &["See the list soon", "again", "Is the desk open"]);
    assert_eq!(target(&site, "index.html", "again"), "list.html");
    assert!(site.read("out-of-the-way/index.html").contains("<em>soon</em>"));
}

#[test]
fn docusaurus_puts_folders_in_order_by_their_categories() {
    let page = |position: &str, title: &str| format!("---\n{position}title: {title}\n---\n\nWords.\n");
    let site = Site::new(&[
        ("docusaurus.config.js", "module.exports = {title: 'Desk'};\n"),
        ("docs/end.md", &page("sidebar_position: 3\n", "End")),
        ("docs/begin.md", &page("sidebar_position: 1\n", "Begin")),
        ("docs/last.md", &page("", "Last")),
        (
            "docs/alpha/_category_.json",
            "{\"label\": \"Alpha\", \"position\": 4, \"link\": {\"type\": \"generated-index\", \"description\": \"All of it.\"}}\n",
        ),
        ("docs/alpha/b.md", &page("sidebar_position: 1\n", "B")),
        ("docs/alpha/a.md", &page("sidebar_position: 2\n", "A")),
        ("docs/alpha/index.md", &page("sidebar_position: 9\n", "Of alpha")),
        ("docs/zeta/_category_.yml", "label: Zeta\nposition: 2\n"),
        ("docs/zeta/z.md", &page("", "Z")),
    ]);
    let report = site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    for line in [
        "the order of 7 from the files `_category_` and `sidebar_position`",
        "descriptions of folders in 1 file, first alpha/_category_.json: write each into an `index.md` of the folder",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let settings = site.read("clausebook.yaml");
    let order = "order: [begin.md, zeta/z.md, end.md, alpha/index.md, alpha/b.md, alpha/a.md, last.md]\n";
    assert!(settings.contains(order) && !settings.contains("sidebar_position: order"), "{settings}");
    assert_eq!(site.form_findings(), Vec::<String>::new());
}

#[test]
fn the_path_of_a_site_on_the_web_leads_to_its_documents() {
    let api = "[A](/hb/api/a/), [b](/hb/api/b/), [c](/hb/api/c/)";
    let (site, _) = adopt_pages(
        &[
            ("mkdocs.yml", "site_name: Desk\nsite_url: https://docs.q.example/hb/\n"),
            ("docs/index.md", &format!("# Home\n\n[DNS](/hb/net/dns/). {api}\n")),
            ("docs/net/dns.md", "# DNS\n\nNames.\n"),
        ],
        &[],
    );
    assert_eq!(target(&site, "index.html", "DNS"), "net/dns.html");
    assert_eq!(target(&site, "index.html", "A"), "https://docs.q.example/hb/api/a/");
}
