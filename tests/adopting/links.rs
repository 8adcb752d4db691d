//! Links in imported files: to anchors in them, to other files of the import, and to attachments.

use crate::Site;
use crate::office::create_edited;
use crate::word::{create_document, has_pandoc};

/// The rules on links that an imported handbook breaks.
fn broken_link_rules(site: &Site) -> Vec<String> {
    let run = site.run(&["check", "--source", "handbook", "--format", "json", "--as-of", "2026-11-22"]);
    let data: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = data["findings"].as_array().expect("findings").iter();
    let is_link_finding = |finding: &&serde_json::Value| {
        let rule = finding["rule"].as_str().unwrap_or_default();
        ["broken-anchor", "broken-link", "duplicate-anchor", "foreign-syntax", "raw-html-removed"].contains(&rule)
    };
    findings.filter(is_link_finding).map(ToString::to_string).collect()
}

/// Builds the site and returns a page.
fn page(site: &Site, name: &str) -> String {
    site.run_ok(&["build", "-q", "--source", "handbook", "--as-of", "2026-11-22", "--output", "out"]);
    site.read(&format!("out/{name}.html"))
}

/// XML placed inside a Word run.
fn between_runs(xml: &str) -> String {
    format!("</w:t></w:r>{xml}<w:r><w:t xml:space=\"preserve\">")
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

/// A complex Word field.
fn field(instruction: &str, words: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = format!("<w:r><w:instrText xml:space=\"preserve\">{instruction}</w:instrText></w:r>");
    [mark("begin"), instruction, mark("separate"), run(words), mark("end")].concat()
}

fn bookmark(name: &str) -> String {
    format!("<w:bookmarkStart w:id=\"90\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"90\"/>")
}

#[test]
fn links_and_cross_references_of_word_lead_to_their_places() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    let text = "LINKS\n\n## 1. FeesHEADING and charges\n\nAboutPARA it.\n\n| Row | Who |\n|---|---|\n| FirstCELL | Clerk |\n\n\
                Noted.^[KeptNOTE in the annex.]\n\n- PointITEM one\n\nUnusedNOBODY.\n";
    let link = |anchor: &str, words: &str| format!("<w:hyperlink w:anchor=\"{anchor}\">{}</w:hyperlink>", run(words));
    let simple = format!("<w:fldSimple w:instr=\" REF _Ref2 \\h \">{}</w:fldSimple>", run("simple"));
    let links = between_runs(
        &[
            link("fees", "toFees"),
            field(" REF _Ref1 \\h ", "toHeading"),
            field(" HYPERLINK \\l &quot;para&quot; ", "toPara"),
            link("row_one", "toRow"),
            link("note", "toNote"),
            simple,
            link("_Gone", "toNothing"),
            field(" PAGEREF _Ref1 ", "toPage"),
        ]
        .concat(),
    );
    let marks = |names: &[&str]| between_runs(&names.iter().map(|name| bookmark(name)).collect::<String>());
    let document = "word/document.xml";
    create_edited(
        &site,
        text,
        "in/word.docx",
        &[
            (document, "LINKS", &links),
            // The ID that pandoc gives the heading.
            (document, "feesheading-and-charges", "_Toc2"),
            (document, "HEADING", &marks(&["fees", "_Ref1", "_Toc1"])),
            (document, "PARA", &marks(&["para"])),
            (document, "CELL", &marks(&["row_one"])),
            (document, "ITEM", &marks(&["_Ref2"])),
            (document, "NOBODY", &marks(&["unused", "_GoBack"])),
            ("word/footnotes.xml", "NOTE", &marks(&["note"])),
        ],
        &[],
    );
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/word.md");
    assert!(
        draft.contains(
            "[toFees](#fees)[toHeading](#fees)[toPara](#para)[toRow](#row_one)[toNote](#note)[simple](#_Ref2)toNothingtoPage"
        ),
        "{draft}"
    );
    for part in [
        "## 1. Fees and charges {#fees}\n",
        "About<a id=\"para\"></a> it.",
        "| First<a id=\"row_one\"></a> |",
        "-   Point<a id=\"_Ref2\"></a> one\n",
        "Kept<a id=\"note\"></a> in the annex.",
        "\nUnused.\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
    assert_eq!(broken_link_rules(&site), Vec::<String>::new());
    let page = page(&site, "word");
    for id in ["fees", "para", "row_one", "note", "_Ref2"] {
        assert!(page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn links_and_cross_references_of_opendocument_lead_to_their_places() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    let links = "<text:a xlink:type=\"simple\" xlink:href=\"#para\">toPara</text:a>\
                 <text:bookmark-ref text:reference-format=\"text\" text:ref-name=\"heading\">toHeading</text:bookmark-ref>";
    let content = "content.xml";
    create_edited(
        &site,
        "LINKS\n\n## FeesHEADING\n\nAboutPARA it.\n\nUnusedNOBODY.\n",
        "in/open.odt",
        &[
            (content, "LINKS", links),
            (content, "HEADING", "<text:bookmark text:name=\"heading\"/>"),
            (content, "PARA", "<text:bookmark-start text:name=\"para\"/>s<text:bookmark-end text:name=\"para\"/>"),
            (content, "NOBODY", "<text:bookmark text:name=\"nobody\"/>"),
        ],
        &[],
    );
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/open.md");
    for part in [
        "[toPara](#para)[toHeading](#heading)\n",
        "\n## Fees {#heading}\n",
        "About<a id=\"para\"></a>s it.\n",
        "\nUnused.\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
    assert_eq!(broken_link_rules(&site), Vec::<String>::new());
}

#[test]
fn links_of_web_pages_lead_to_what_they_name() {
    if !has_pandoc() {
        return;
    }
    let html = "<html><head><title>Costs</title></head><body><h1 id=\"top\">Costs</h1>\
        <p><a href=\"#fees\">a</a> <a href=\"#own\">b</a> <a href=\"#para\">c</a> <a href=\"#cell\">d</a> <a href=\"#old\">e</a> \
        <a href=\"#part\">f</a> <a href=\"#code\">g</a> <a href=\"#top\">h</a> <a href=\"#caf%C3%A9\">i</a></p>\
        <h2 id=\"fees\">Fees</h2><p id=\"unused\">- Not a list</p><h2 id=\"own\">The fees</h2><p>1. <span id=\"para\">One</span></p>\
        <table><tr><th>A</th></tr><tr id=\"row\"><td id=\"cell\">x | y</td></tr></table><p><a name=\"old\"></a>Old</p>\
        <div id=\"part\"><p>::: note</p></div><pre id=\"code\">x</pre><h3 id=\"café\">Café</h3></body></html>";
    let site = Site::new(&[("in/costs.html", html)]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/costs.md");
    for part in [
        "\n## Fees\n",
        "\n\\- Not a list\n",
        "\n## The fees {#own}\n",
        "<a id=\"para\"></a>One",
        "| <a id=\"cell\"></a>x \\| y |",
        "<a id=\"old\"></a>Old",
        "<a id=\"part\"></a>::: note",
        "<a id=\"code\"></a>\n",
        "\n### Café\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
    assert!(!draft.contains("unused") && !draft.contains("id=\"row\""), "{draft}");
    assert_eq!(broken_link_rules(&site), Vec::<String>::new());
    let page = page(&site, "costs");
    for id in ["fees", "own", "para", "cell", "old", "part", "code"] {
        assert!(page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn links_between_the_files_of_an_import_lead_to_the_drafts() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        (
            "in/Page-Two_2.html",
            "<h1>Two</h1><h2 id=\"PageTwo-Rates\">Rates</h2><p id=\"PageTwo-Para\">Words</p><p><a href=\"#nowhere_\">x</a></p>",
        ),
        (
            "in/Sub folder/one.html",
            "<h1>One</h1><p><a href=\"../Page-Two_2.html#PageTwo-Rates\">rates</a> <a href=\"../Page-Two_2.html#PageTwo-Para\">para</a> \
             <a href=\"../Big%20plan.docx#steps\">plan</a> <a href=\"one.html\">self</a> <a href=\"attachments/a%20b.pdf?v=1#page=2\">file</a> \
             <a href=\"gone.pdf\">gone</a> <a href=\"../notes.md\">notes</a> <a href=\"../../secret.pdf\">secret</a> \
             <a href=\"https://example.org/one.html\">web</a></p>",
        ),
        ("in/Sub folder/attachments/a b.pdf", "%PDF-1.4"),
        ("in/notes.md", "Notes."),
        ("secret.pdf", "not yours"),
    ]);
    create_document(
        &site,
        "Do \u{fdd4}it\u{fdd0}.\n\n# Steps\n\nSee [one](Sub%20folder%5Cone.html).\n\n# More\n",
        "in/Big plan.docx",
    );
    let out = site.run_ok(&["import", "in", "--source", "handbook"]);
    assert!(
        out.contains(
            "1 attached file, links to files that are not imported: `../../secret.pdf`, `../notes.md`, `gone.pdf`"
        ),
        "{out}"
    );
    assert!(out.contains("not imported:\n  notes.md: Markdown needs no import"), "{out}");
    let first_draft = site.read("handbook/content/sub-folder/one.md");
    for link in [
        "[rates](../page-two-2.md#PageTwo-Rates)",
        "[para](../page-two-2.md#PageTwo-Para)",
        "[plan](../big-plan.md#steps)",
        "[file](one-files/a-b.pdf#page=2)",
        "[web](https://example.org/one.html)",
    ] {
        assert!(first_draft.contains(link), "{link}\n{first_draft}");
    }
    let two = site.read("handbook/content/page-two-2.md");
    assert!(two.contains("## Rates {#PageTwo-Rates}\n") && two.contains("<a id=\"PageTwo-Para\"></a>Words"), "{two}");
    let plan = site.read("handbook/content/big-plan.md");
    assert!(
        plan.contains("\nDo it.\n") && plan.contains("[one](sub-folder/one.md)") && plan.contains("\n## Steps\n"),
        "{plan}"
    );
    assert!(site.path("handbook/content/sub-folder/one-files/a-b.pdf").is_file());
    let broken = broken_link_rules(&site);
    let is_source_link = |rule: &String| ["notes.md", "secret.pdf", "nowhere_"].iter().any(|name| rule.contains(name));
    assert!(broken.len() == 3 && broken.iter().all(is_source_link), "{broken:?}");
}

#[test]
fn names_with_symbols_and_linked_headings_keep_their_links() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        (
            "in/adoc.html",
            "<h1>Doc</h1><p><a href=\"#_introduction\">a</a> <a href=\"#a__b__c\">b</a> <a href=\"#Scope:_Services\">c</a> \
             <a href=\"other.html#x:y\">d</a> <a href=\"#fees\">e</a> <a href=\"broken.docx#part\">f</a> <a href=\"broken.docx\">g</a></p>\
             <h2 id=\"_introduction\">Introduction</h2><h2 id=\"a__b__c\">Parts</h2><p id=\"Scope:_Services\">Services</p>\
             <h2><a href=\"https://example.org/a\">Fees</a></h2><h2 id=\"fees\">Fees</h2>",
        ),
        ("in/other.html", "<h1>Other</h1><h2 id=\"x:y\">Place</h2>"),
        ("in/broken.docx", "no archive"),
    ]);
    let run = site.run(&["import", "in", "--source", "handbook"]);
    assert!(run.code == 1 && run.err.contains("`broken.docx` is not imported"), "{}{}", run.out, run.err);
    assert!(run.out.contains("links to files that are not imported: `broken.docx`"), "{}", run.out);
    let draft = site.read("handbook/content/adoc.md");
    for part in [
        "[a](#_introduction) [b](#a__b__c) [c](#Scope:_Services) [d](other.md#x:y) [e](#fees) [f](broken.docx#part)",
        "\n## Introduction {#_introduction}\n",
        "\n## Parts {#a__b__c}\n",
        "\n## Fees {#fees}\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
    // The first of two equal headings does not have its own link.
    let is_known = |rule: &String| rule.contains("broken.docx") || rule.contains("duplicate-anchor");
    assert!(broken_link_rules(&site).iter().all(is_known), "{:?}", broken_link_rules(&site));
    let page = page(&site, "adoc");
    let fees: Vec<&str> = page.match_indices("id=\"fees\"").map(|(at, _)| &page[..at]).collect();
    assert!(fees.len() == 1 && fees[0].contains("href=\"https://example.org/a\""), "{draft}");
    for id in ["_introduction", "a__b__c", "Scope:_Services", "fees"] {
        assert!(page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn links_of_other_files_lead_to_bookmarks_of_headings() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[(
        "in/index.html",
        "<h1>Index</h1><p><a href=\"word.docx#_Toc123\">a</a> <a href=\"word.docx#_Toc9\">b</a></p>",
    )]);
    let document = "word/document.xml";
    let mark = |name: &str| between_runs(&bookmark(name));
    create_edited(
        &site,
        "# TitleTOP\n\n## FeesHEADING\n\nText.\n\n## Other\n\nText.\n",
        "in/word.docx",
        &[(document, "HEADING", &mark("_Toc123")), (document, "TOP", &mark("_Toc9"))],
        &[],
    );
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/word.md");
    assert!(draft.contains("---\n\n<a id=\"_Toc9\"></a>\n\n## Fees {#_Toc123}\n"), "{draft}");
    assert_eq!(broken_link_rules(&site), Vec::<String>::new());
}

#[test]
fn files_that_are_not_imported_are_reported_with_the_reason() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        ("in/page.html", "<h1>Page</h1><p>Text.</p><img src=\"plan.png\" alt=\"Plan\">"),
        ("in/plan.png", "x"),
        ("in/old.doc", "x"),
        ("in/deep/macro.DOCM", "x"),
        ("in/list.xlsx", "x"),
        ("in/~$old.doc", "x"),
        ("old/old.doc", "x"),
    ]);
    (0..7).for_each(|number| site.write(&format!("in/style{number}.css"), b"x"));
    let run = site.run(&["import", "in", "--source", "handbook"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let errors: Vec<&str> = run.err.lines().collect();
    assert!(errors.len() == 2, "{errors:?}");
    assert!(run.err.contains("`deep/macro.DOCM` is not imported: it is a Word file with macros"), "{}", run.err);
    assert!(run.err.contains("`old.doc` is not imported: it is a Word file of the older format"), "{}", run.err);
    assert!(run.out.contains("  list.xlsx: use `clausebook import register` for spreadsheets\n"), "{}", run.out);
    assert!(
        run.out.contains("style0.css, style1.css, style2.css, style3.css, style4.css and 2 more: not a Word file"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("plan.png") && !run.err.contains("~$"), "{}", run.out);
    let refused = site.run_failing(&["import", "old", "--source", "other"]);
    assert!(refused.contains("`old.doc` is not imported") && refused.contains("contains no .docx"), "{refused}");
}

#[test]
fn linked_files_without_an_ending_are_attached() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        ("in/page.html", "<h1>Page</h1><p><a href=\"LICENSE\">terms</a> <a href=\"about\">about</a></p>"),
        ("in/LICENSE", "Words."),
    ]);
    let out = site.run_ok(&["import", "in", "--source", "handbook"]);
    assert!(out.contains("1 attached file"), "{out}");
    assert!(site.read("handbook/content/page.md").contains("[terms](page-files/license)"));
    assert_eq!(site.read("handbook/content/page-files/license"), "Words.");
    assert!(broken_link_rules(&site).iter().all(|rule| rule.contains("about")), "{:?}", broken_link_rules(&site));
}
