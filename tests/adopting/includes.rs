//! Documents that insert other files.

use serde_json::Value;

use crate::Site;
use crate::sites::{adopt_pages, assert_contains_words};

const HOURS: &str = "## Hours\n\nFrom *eight* to six.\n\n- by phone\n- in person\n";

/// The findings of a rule, each as its place and message.
pub(super) fn findings(site: &Site, rule: &str) -> Vec<String> {
    let data = site.assess();
    let all = data["findings"].as_array().expect("findings").iter().filter(|finding| finding["rule"] == rule);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    all.map(|item| format!("{}:{} {}", text(&item["file"]), item["line"], text(&item["message"]))).collect()
}

/// A handbook whose settings allow documents to include files.
pub(super) fn handbook(settings: &str, files: &[(&str, &str)]) -> Site {
    let site = Site::new(files);
    let all = format!("title: Desk\nstandards: [iso20000-1]\ncontent: docs\n{settings}");
    site.write("clausebook.yaml", all.as_bytes());
    site
}

#[test]
fn mkdocs_inserts_snippets() {
    let text = "# On call\n\n1. First:\n\n   --8<-- \"hours.md\"\n\n2. Then see [the hours](#hours).\n\n--8<--\nlist.md:second\n\n; gone.md\nlist.md:1:1\n--8<--\n\n\
                ```sh\n--8<-- \"restart.sh:2:3\"\n```\n";
    let (site, pages) = adopt_pages(
        &[
            (
                "mkdocs.yml",
                "site_name: Desk\nmarkdown_extensions:\n- toc\n- pymdownx.snippets:\n    base_path: [parts]\n    check_paths: true\n",
            ),
            ("docs/index.md", "# Home\n\nStart [on call](oncall.md), mind [the hours](oncall.md#hours).\n"),
            ("docs/oncall.md", text),
            ("parts/hours.md", HOURS),
            (
                "parts/list.md",
                "Never alone.\n\n<!-- --8<-- [start:second] -->\nAlways with a second person.\n<!-- --8<-- [end:second] -->\n",
            ),
            ("parts/restart.sh", "#!/bin/sh\nsystemctl restart mail\nsleep 5\nexit 1\n"),
        ],
        &[],
    );
    assert!(site.read("clausebook.yaml").contains("\nincludes: [parts]\n"), "{}", site.read("clausebook.yaml"));
    let page = &pages["oncall.html"];
    assert_contains_words(
        page,
        &["Hours From eight to six by phone in person", "Always with a second person Never alone"],
    );
    assert_contains_words(page, &["systemctl restart mail sleep 5"]);
    assert!(!page.contains("exit 1") && !page.contains("list md") && !page.contains("start second"), "{page}");
    assert!(site.read("out-of-the-way/oncall.html").contains("id=\"hours\""));
    let scripts =
        site.files().into_iter().filter(|(path, _)| path.starts_with("out-of-the-way/") && path.ends_with(".js"));
    let is_found = |(_, bytes): (String, Vec<u8>)| String::from_utf8_lossy(&bytes).contains("From eight to six");
    assert!(scripts.into_iter().any(is_found), "search does not find what is inserted");
}

#[test]
fn included_code_stays_code() {
    let text = "# Code\n\n- Try it:\n\n  {{#playground a.rs}}\n\n- Then rest.\n";
    let code = "/// ````\n/// let one = 1;\n```\n## Not a heading\n~~~\nfn main() {}\n";
    let site = handbook(
        "includes: [docs]\n",
        &[("docs/one.md", &format!("---\nid: one\ntitle: One\n---\n{text}")), ("docs/a.rs", code)],
    );
    site.run_ok(&["build", "--output", "out-of-the-way"]);
    let page = site.read("out-of-the-way/one.html");
    let block = page.split("<pre").nth(1).and_then(|rest| rest.split("</pre>").next()).expect("a block of code");
    for line in ["/// ````", "\n```\n", "Not a heading", "~~~"] {
        assert!(block.contains(line), "{line}: {page}");
    }
    assert_eq!(page.matches("<pre").count(), 1, "{page}");
}

#[test]
fn mdbook_inserts_files_of_the_book_and_beside_it() {
    let text = "# Restart\n\n{{#include parts/hours.md}}\n\n```sh\n{{#include ../scripts/restart.sh:stop}}\n```\n\nWritten `\\{{#include a.md}}`.\n";
    let (site, pages) = adopt_pages(
        &[
            ("book.toml", "[book]\ntitle = \"Runbooks\"\n"),
            ("src/SUMMARY.md", "# Summary\n\n- [Restart](restart.md)\n"),
            ("src/restart.md", text),
            ("src/parts/hours.md", HOURS),
            ("scripts/restart.sh", "#!/bin/sh\n# ANCHOR: stop\nsystemctl stop mail\n# ANCHOR_END: stop\nexit 1\n"),
        ],
        &[],
    );
    assert!(site.read("clausebook.yaml").contains("\nincludes: [.]\n"), "{}", site.read("clausebook.yaml"));
    let page = &pages["restart.html"];
    assert_contains_words(page, &["Hours From eight to six", "systemctl stop mail", "Written include a md"]);
    assert!(!page.contains("ANCHOR") && !page.contains("exit 1"), "{page}");
}

#[test]
fn hugo_jekyll_and_gitbook_insert_files() {
    let (_, pages) = adopt_pages(
        &[
            ("hugo.toml", "baseURL = \"https://example.org\"\ntitle = \"Desk\"\n"),
            ("content/_index.md", "---\ntitle: Desk\n---\n\nFind [the call](call.md).\n"),
            (
                "content/call.md",
                "---\ntitle: Call\n---\n\n{{% readfile \"parts/hours.md\" %}}\n\n{{< readfile file=\"/parts/a.sh\" code=\"true\" lang=\"sh\" >}}\n",
            ),
            ("content/parts/hours.md", HOURS),
            ("parts/a.sh", "systemctl stop mail\n"),
        ],
        &[],
    );
    assert_contains_words(&pages["call.html"], &["Hours From eight to six", "systemctl stop mail"]);
    let (_, pages) = adopt_pages(
        &[
            ("_config.yml", "title: Desk\n"),
            ("index.md", "# Desk\n\nFind [the call](call.md).\n"),
            ("call.md", "# Call\n\n{% include_relative parts/hours.md %}\n\n{% include night.html %}\n"),
            ("parts/hours.md", HOURS),
            ("_includes/night.html", "<p>At night, <b>call</b> the duty manager.</p>\n"),
        ],
        &[],
    );
    assert_contains_words(&pages["call.html"], &["Hours From eight to six", "At night call the duty manager"]);
    let (_, pages) = adopt_pages(
        &[
            ("SUMMARY.md", "# Summary\n\n* [Desk](README.md)\n* [Call](call/phone.md)\n"),
            ("README.md", "# Desk\n\nFind [the call](call/phone.md).\n"),
            ("call/phone.md", "# Call\n\n{% include \"../.gitbook/includes/hours.md\" %}\n"),
            (".gitbook/includes/hours.md", "---\ntitle: Hours\n---\n\n## Hours\n\nFrom eight to six.\n"),
        ],
        &[],
    );
    assert_contains_words(&pages["call/phone.html"], &["Hours From eight to six"]);
}

#[test]
fn a_failed_include_is_an_error_at_its_place() {
    let long = format!("# A\n\n{}\n", "--8<-- \"big.txt\"\n\n".repeat(12));
    let site = handbook(
        "includes: [docs, parts]\n",
        &[
            (
                "docs/a.md",
                "---\ntype: page\n---\n\n--8<-- \"none.md\"\n\n--8<-- \"../secret.md\"\n\n--8<-- \".hidden.md\"\n\n--8<-- \"one.md\"\n\n\
                 --8<-- \"hours.md:none\"\n\n--8<-- \"bad.bin\"\n\n--8<-- \"https://example.org/x.md\"\n\n{{#include ../other/x.md}}\n\n\
                 {% include filled.html %}\n\n--8<-- \"out.md\"\n",
            ),
            ("docs/b.md", &format!("---\ntype: page\n---\n\n{long}")),
            ("docs/c.md", "---\ntype: page\n---\n\n# C\n\n--8<-- \"docs/c.md\"\n\n--8<-- \"deep.md\"\n"),
            ("parts/one.md", "One.\n\n--8<-- \"two.md\"\n"),
            ("parts/two.md", "Two.\n\n--8<-- \"one.md\"\n\n--8<-- \"none.md\"\n"),
            ("parts/hours.md", HOURS),
            ("parts/filled.html", "<p>{{ include.text }}</p>\n"),
            ("parts/.hidden.md", "Hidden.\n"),
            ("parts/deep.md", "Deep.\n"),
            ("secret.md", "Secret.\n"),
            ("other/x.md", "Neighbour.\n"),
        ],
    );
    site.write("parts/bad.bin", b"\xff\xfe\x00");
    site.write("parts/big.txt", "word ".repeat(200_000).as_bytes());
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", site.path("parts/out.md")).expect("a link");
    let findings_list = findings(&site, "broken-include");
    let expected = [
        "docs/a.md:5 the text of `none.md` is missing here: the file is not found",
        "docs/a.md:7 the text of `../secret.md` is missing here: the file is in none of the folders under `includes`",
        "docs/a.md:9 the text of `.hidden.md` is missing here: the file is in none of the folders under `includes`",
        "docs/a.md:11 the text of `one.md`, which `parts/two.md` inserts, is missing here: it inserts itself",
        "docs/a.md:11 the text of `none.md`, which `parts/two.md` inserts, is missing here: the file is not found",
        "docs/a.md:13 the text of `hours.md` is missing here: the file has no such section or lines",
        "docs/a.md:15 the text of `bad.bin` is missing here: ",
        "docs/a.md:17 the text of `https://example.org/x.md` is missing here: nothing is loaded from the web",
        "docs/a.md:19 the text of `../other/x.md` is missing here: the file is in none of the folders under `includes`",
        "docs/a.md:21 the text of `filled.html` is missing here: it is a template, which is not run",
        #[cfg(unix)]
        "docs/a.md:23 the text of `out.md` is missing here: this symbolic link points outside the handbook",
        "docs/b.md:23 the text of `big.txt` is missing here: with it, the document would be too large",
    ];
    for line in expected {
        assert!(findings_list.iter().any(|found| found.starts_with(line)), "{line}\n{findings_list:#?}");
    }
    assert_eq!(findings(&site, "foreign-syntax"), Vec::<String>::new());
    let pages = site.pages();
    let all: String = pages.values().cloned().collect();
    assert_contains_words(&pages["a.html"], &["One Two", "none md"]);
    assert_contains_words(&pages["c.html"], &["Deep"]);
    for words in ["Secret", "Hidden", "Neighbour"] {
        assert!(!all.contains(words), "{words}");
    }
}

#[test]
fn without_the_setting_nothing_is_read_and_every_mark_is_a_finding() {
    let marks = [
        "--8<-- \"parts/hours.md\"",
        "{{#include parts/hours.md}}",
        "{% include \"parts/hours.md\" %}",
        "{{< readfile \"parts/hours.md\" >}}",
    ];
    for mark in marks {
        let text = format!("---\ntype: page\n---\n\n# A\n\n{mark}\n");
        let site = handbook("", &[("docs/a.md", &text), ("docs/parts/hours.md", HOURS), ("parts/hours.md", HOURS)]);
        assert_eq!(findings(&site, "foreign-syntax").len(), 1, "{mark}");
        assert!(!site.pages()["a.html"].contains("eight"), "{mark}");
    }
}

#[test]
fn findings_in_inserted_text_are_where_it_is_asked_for_and_no_machine_fixes_them() {
    let site = handbook(
        "includes: [parts]\n",
        &[
            ("docs/hours.md", "---\ntype: page\n---\n\n# Hours\n\nOpen.\n"),
            ("docs/a.md", "---\ntype: page\n---\n\n# A\n\nBefore.\n\n--8<-- \"x.md\"\n\nAfter [it](hourz.md).\n"),
            (
                "parts/x.md",
                "# X\n\nSee [them](hourz.md), [more](none-of-it.md) and <blink>this</blink>.\n\n==marked==\n",
            ),
        ],
    );
    assert_eq!(findings(&site, "broken-link").len(), 3, "{:?}", findings(&site, "broken-link"));
    let places: Vec<String> =
        findings(&site, "broken-link").iter().map(|finding| finding.chars().take(11).collect()).collect();
    assert_eq!(places, ["docs/a.md:9", "docs/a.md:9", "docs/a.md:1"]);
    assert!(findings(&site, "foreign-syntax")[0].starts_with("docs/a.md:9 `==marked==`"));
    assert!(findings(&site, "raw-html-removed")[0].starts_with("docs/a.md:9 "));
    site.run(&["check", "--fix", "--as-of", "2026-11-22"]);
    assert!(site.read("docs/a.md").contains("--8<-- \"x.md\"\n\nAfter [it](hours.md)."), "{}", site.read("docs/a.md"));
    assert!(site.read("parts/x.md").contains("(hourz.md)"));
}

#[test]
fn an_approval_covers_what_is_inserted() {
    let text = "---\nid: POL-ONE-001\ntitle: One\ntype: policy\nstatus: draft\nversion: \"1.0\"\nowner: Service Manager\nclassification: internal\naudience: [Everyone]\n\
                clauses: [\"8.1\"]\n---\n\n# One\n\nAs follows.\n\n--8<-- \"rules.md\"\n";
    let site = handbook("includes: [parts]\n", &[("docs/one.md", text), ("parts/rules.md", "Lock your screen.\n")]);
    site.run_ok(&["approve", "POL-ONE-001", "--by", "Director", "--on", "2026-11-01"]);
    let state = |site: &Site| site.assess()["documents"][0]["state"].as_str().expect("a state").to_owned();
    assert_eq!(state(&site), "current");
    site.write("parts/rules.md", b"Lock your screen and your door.\n");
    assert_eq!(state(&site), "changed");
    site.write("parts/rules.md", b"Lock your\nscreen.\n");
    assert_eq!(state(&site), "current", "wrapping is no change");
    std::fs::remove_file(site.path("parts/rules.md")).expect("removed");
    assert_eq!(state(&site), "changed");
    assert_eq!(findings(&site, "broken-include").len(), 1);
}

#[test]
fn documents_that_include_a_withheld_document_are_withheld() {
    let front = |id: &str, level: &str| {
        format!(
            "---\nid: {id}\ntitle: T\ntype: policy\nstatus: draft\nversion: \"1.0\"\nowner: Service Manager\nclassification: {level}\n---\n\n"
        )
    };
    let site = handbook(
        "includes: [docs, kept]\npublish: {up_to: public}\n",
        &[
            ("docs/open.md", &format!("{}Open text.\n\n--8<-- \"parts.md\"\n", front("POL-A", "public"))),
            ("docs/parts.md", &format!("{}Parts.\n\n--8<-- \"secret.md\"\n", front("POL-B", "public"))),
            ("docs/secret.md", &format!("{}Secret words.\n", front("POL-C", "restricted"))),
            ("docs/own.md", &format!("{}Own text.\n\n--8<-- \"plain.txt\"\n", front("POL-D", "public"))),
            ("docs/kept.md", &format!("{}Kept text.\n\n--8<-- \"old.md\"\n", front("POL-E", "public"))),
            ("kept/old.md", &format!("{}Old words.\n", front("POL-F", "restricted"))),
            ("kept/plain.txt", "Plain words.\n"),
        ],
    );
    let pages = site.pages();
    let all: String = pages.values().cloned().collect();
    assert_contains_words(&pages["own.html"], &["Own text Plain words"]);
    for words in ["Secret words", "Old words", "Open text", "Kept text"] {
        assert!(!all.contains(words), "{words}");
    }
    let files: Vec<u8> = site
        .files()
        .into_iter()
        .filter(|(path, _)| path.starts_with("out-of-the-way/"))
        .flat_map(|(_, bytes)| bytes)
        .collect();
    assert!(!String::from_utf8_lossy(&files).contains("Secret words"));
}

#[test]
fn docusaurus_inserts_documents_that_are_imported() {
    let text = "---\ntitle: Calls\n---\n\nimport Hours from './_parts/_hours.mdx';\nimport Night from '@site/shared/night.md'\nimport Tabs from '@theme/Tabs';\n\n\
                First.\n<Hours desk=\"main\" />\nThen.\n\n```mdx-code-block\nimport Code from './_parts/code.md'\n\n<Code/>\n```\n\n```mdx-code-block\n<Note>Mind *this*.</Note>\n```\n\n- At night:\n\n  <Night />\n\nNo `<Hours />` here.\n";
    let (site, pages) = adopt_pages(
        &[
            ("docusaurus.config.js", "module.exports = {title: 'Desk'};\n"),
            ("docs/desk/calls.mdx", text),
            ("docs/desk/list.md", "# List\n\nSee [the calls](./calls.mdx#hours).\n"),
            (
                "docs/desk/_parts/_hours.mdx",
                "import More from './more.md';\n\n## Hours\n\nFrom eight to six, see [the list](../list.md).\n\n<More />\n",
            ),
            ("docs/desk/_parts/more.md", "---\ntitle: More\n---\n\nAlso on [these](./_hours.mdx) days.\n"),
            ("docs/desk/_parts/code.md", "Run this:\n\n```sh\nrestart mail\n```\n\nThen wait.\n"),
            ("shared/night.md", "import Tabs from '@theme/Tabs';\n\nCall the duty manager.\n"),
        ],
        &[],
    );
    assert!(site.read("clausebook.yaml").contains("\nincludes: [.]\n"), "{}", site.read("clausebook.yaml"));
    let page = &pages["desk/calls.html"];
    assert_contains_words(
        page,
        &[
            "First Hours From eight to six see the list Also on these days Then",
            "At night Call the duty manager No Hours here",
        ],
    );
    assert!(!page.contains("import"), "{page}");
    let html = site.read("out-of-the-way/desk/calls.html");
    assert!(html.contains("href=\"list.html\"") && html.contains("<h2 id=\"hours\">"), "{html}");
}

#[test]
fn endless_includes_are_read_quickly() {
    let page = |text: &str| format!("---\ntype: page\n---\n\n{text}");
    let imports: String = (0..3_000).map(|at| format!("import A{at} from './none{at}.md'\n<A{at} />\n")).collect();
    let site = handbook(
        "includes: [docs, parts]\n",
        &[
            ("docs/many.md", &page(&"--8<-- \"none.md\"\n\n".repeat(20_000))),
            ("docs/open.md", &page(&"{{#include {% include {{< readfile --8<--\n".repeat(20_000))),
            ("docs/block.md", &page(&format!("--8<--\n{}--8<--\n", "lines.txt\n".repeat(20_000)))),
            ("docs/wide.md", &page(&format!("{}{{{{#include ../parts/lines.txt}}}}\n", " ".repeat(500_000)))),
            ("docs/deep.md", &page("--8<-- \"0.md\"\n")),
            ("docs/imports.md", &page(&imports)),
            ("parts/lines.txt", &"a\n".repeat(5_000)),
        ],
    );
    for depth in 0..12 {
        let text = format!("--8<-- \"{}.md\"\n\n", depth + 1).repeat(20);
        site.write(&format!("parts/{depth}.md"), text.as_bytes());
    }
    let start = std::time::Instant::now();
    let findings_list = findings(&site, "broken-include");
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    for line in [
        "docs/many.md:5 the text of `none.md` is missing here: the file is not found",
        "docs/block.md:5 the text of `lines.txt` is missing here: a document inserts up to 1000 files",
        "docs/deep.md:5 the text of `10.md`, which `parts/9.md` inserts, is missing here: files are inserted more than 10 deep",
    ] {
        assert!(
            findings_list.iter().any(|found| found.starts_with(line)),
            "{line}\n{}",
            findings_list.iter().take(20).cloned().collect::<String>()
        );
    }
    let is_too_wide =
        findings_list.iter().any(|found| found.starts_with("docs/wide.md:5") && found.contains("too large"));
    assert!(is_too_wide && findings_list.len() < 4_500, "{}", findings_list.len());
}

#[test]
fn a_file_that_is_not_there_says_nothing() {
    let marks = [
        "--8<-- \"no.md\"",
        "--8<--\nno.md\n--8<--",
        "{% include no.md %}",
        "{% include_relative no.md %}",
        "import H from './_no.mdx'\n\n<H />",
        "{{#include no.md}}",
    ];
    for mark in marks {
        let text = format!(
            "---\nid: PRC-A-001\ntitle: A\ntype: procedure\nversion: \"1.0\"\nstatus: approved\nowner: Desk\napprover: Lead\n\
             approved: 2026-10-01\nclauses: [\"8.6.1\"]\n---\n\n{mark}\n"
        );
        let site = handbook(
            "as_of: 2026-11-22\nincludes: [parts]\n",
            &[("docs/a.md", &text), ("docs/b.mdx", &text.replace("A-001", "B-001"))],
        );
        let data = site.assess();
        let clauses = data["standards"][0]["clauses"].as_array().expect("clauses");
        let clause = clauses.iter().find(|clause| clause["id"] == "8.6.1").expect("the clause");
        assert_ne!(clause["verdict"], "covered", "{mark}");
    }
}
