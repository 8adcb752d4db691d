//! Fields, changes and drawings in Word files, and hidden or embedded parts of web pages: visible content is kept, and
//! the rest is reported.

use crate::Site;
use crate::office::create_edited;
use crate::word::{create_document, has_pandoc};

/// The draft of a Word file with some XML between two words, and the output of the command.
fn import_word_file(xml: &str, parts: &[(&str, &str)], texts: &[(&str, &str, &str)]) -> (Site, String, String) {
    let site = Site::new(&[]);
    let xml_between = format!("</w:t></w:r>{xml}<w:r><w:t xml:space=\"preserve\">");
    let texts: Vec<(&str, &str, &str)> =
        std::iter::once(("word/document.xml", "MARK", xml_between.as_str())).chain(texts.iter().copied()).collect();
    create_edited(
        &site,
        "Before MARK after.\n\nSecond.\n\n1. one\n2. two\n\nLast words.\n",
        "in/word.docx",
        &texts,
        parts,
    );
    let output = site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/word.md");
    (site, output, draft)
}

fn words(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn field(instruction: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = format!("<w:r><w:instrText xml:space=\"preserve\">{instruction}</w:instrText></w:r>");
    [mark("begin"), instruction, mark("separate"), result.to_owned(), mark("end")].concat()
}

const REST: &str = "after.\n\nSecond.\n\n1.  one\n2.  two\n\nLast words.\n";

#[test]
fn fields_show_their_words_and_what_follows_stays() {
    if !has_pandoc() {
        return;
    }
    let link = "HYPERLINK &quot;https://e.org/Shared Documents/a.docx&quot;";
    let one_run = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>=1+2</w:instrText><w:fldChar w:fldCharType=\"separate\"/>\
                   <w:t>3</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let inner = field("DOCPROPERTY Site", &words("Leeds"));
    let nested = field("IF x", &words("the desk")).replacen(
        "IF x</w:instrText></w:r>",
        &format!("IF</w:instrText></w:r>{inner}"),
        1,
    );
    let form = |settings: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{settings}</w:ffData></w:fldChar></w:r>\
                 <w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let choices =
        form("<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"Low\"/><w:listEntry w:val=\"High\"/></w:ddList>");
    let url = "https://e.org/Shared%20Documents/a.docx";
    for (xml, expected) in [
        (nested, "the desk".to_owned()),
        (one_run.to_owned(), "3".to_owned()),
        (field("QUOTE", &field("DATE", &words("May"))), "May".to_owned()),
        (field(link, &words("the form")), format!("[the form]({url})")),
        (
            format!("<w:ins w:id=\"9\" w:author=\"Q\">{}</w:ins>", field(link, &words("the form"))),
            format!("[the form]({url})"),
        ),
        (field(link, &format!("<w:ins w:id=\"9\" w:author=\"Q\">{}</w:ins>", words("new"))), format!("[new]({url})")),
        (choices, "High".to_owned()),
        (form("<w:checkBox><w:default w:val=\"1\"/></w:checkBox>"), "☑".to_owned()),
        (field("XE &quot;desk&quot;", ""), String::new()),
    ] {
        let (_site, _, draft) = import_word_file(&xml, &[], &[]);
        let body = draft.split("---\n\n").nth(1).unwrap_or_default().replace("  after", " after");
        assert_eq!(
            body,
            format!("Before {expected} {REST}")
                .replace("  ", " ")
                .replace("1. one", "1.  one")
                .replace("2. two", "2.  two"),
            "{xml}"
        );
    }
}

#[test]
fn tracked_changes_around_links_keep_words_and_are_reported() {
    if !has_pandoc() {
        return;
    }
    let link = |content: &str| format!("<w:hyperlink w:anchor=\"_top\">{content}</w:hyperlink>");
    let deleted = |words: &str| format!("<w:r><w:delText>{words}</w:delText></w:r>");
    let change = |kind: &str, content: &str| format!("<w:{kind} w:id=\"9\" w:author=\"Q\">{content}</w:{kind}>");
    let xml = [
        change("ins", &link(&words("added"))),
        change("del", &link(&deleted("the old form"))),
        words(" and"),
        change("ins", &change("del", &deleted("never"))),
    ]
    .concat();
    let (site, output, draft) = import_word_file(&xml, &[], &[]);
    assert!(draft.contains("Before added and after.\n"), "{draft}");
    for words in ["the old form", "never"] {
        assert!(draft.contains(&format!("<!-- Deleted by Q, not accepted yet: {words} -->")), "{draft}");
    }
    assert!(output.contains("3 tracked changes"), "{output}");
    let run = site.run(&["check", "--source", "handbook", "--format", "json", "--as-of", "2026-11-22"]);
    assert_eq!(run.out.matches("\"rule\": \"commented-text\"").count(), 2, "{}", run.out);
}

#[test]
fn word_content_outside_the_text_is_reported() {
    if !has_pandoc() {
        return;
    }
    let xml = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>do not print</w:t></w:r>\
        <w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><wp:docPr id=\"7\" name=\"c\" descr=\"Calls by month\"/></wp:inline></w:drawing></w:r>\
        <w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>kana</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>BASE</w:t></w:r></w:rubyBase></w:ruby></w:r>\
        <w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr><w:t>þ</w:t></w:r></w:p>\
        <w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"10\"/><w:gridCol w:w=\"10\"/></w:tblGrid>\
        <w:tr><w:tc><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Value</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:tc><w:p><w:r><w:t>shifted</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p>";
    let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let chart = "<c:chartSpace xmlns:c=\"c\" xmlns:a=\"a\"><a:p><a:r><a:t>Calls</a:t></a:r></a:p></c:chartSpace>";
    let header = format!(
        "<w:hdr {word} xmlns:v=\"v\"><w:p><w:r><w:pict><v:shape><v:textpath string=\"CONFIDENTIAL\"/></v:shape></w:pict></w:r></w:p></w:hdr>"
    );
    let relation = "<Relationship Id=\"rIdX\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk\" Target=\"chunk.html\"/></Relationships>";
    let (_site, output, draft) = import_word_file(
        xml,
        &[
            ("word/charts/chart1.xml", chart),
            ("word/header9.xml", &header),
            ("word/chunk.html", "<p>From &amp; elsewhere</p>"),
        ],
        &[("word/_rels/document.xml.rels", "</Relationships>", relation)],
    );
    for line in [
        "# Hidden text: do not print\n",
        "# Description of a drawing: Calls by month\n",
        "# Chart: Calls\n",
        "# Watermark: CONFIDENTIAL\n",
        "# Inserted file: chunk.html, which says: From & elsewhere\n",
        "BASE (kana)☑",
        "|      | shifted |",
    ] {
        assert!(draft.contains(line), "{line}\n{draft}");
    }
    assert!(output.contains("1 chart, 1 watermark, 1 inserted file, 1 hidden text"), "{output}");
}

#[test]
fn pages_keep_what_readers_saw() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        (
            "in/page.html",
            "<html><head><title>Room : Keys</title></head><body><h1>Room : Keys</h1><h1>Hours</h1>\
             <p>Open <span style=\"text-decoration: line-through\">always</span> by day.</p><p hidden>Not yet agreed</p>\
             <p>Priority: <select><option>Low</option><option selected>High</option></select>.</p>\
             <ul class=\"inline-task-list\"><li class=\"checked\">Paint</li><li>Lock</li></ul>\
             <ol><li>first</li><li value=\"5\">fifth</li></ol>\
             <p><abbr title=\"Service Level Agreement\">SLA</abbr> and <a href=\"https://e.org/a b\">form</a></p>\
             <iframe title=\"Map\" src=\"https://e.org/map\"></iframe></body></html>",
        ),
        ("in/portal/index.html", "<p>Made by us.</p>"),
        ("in/portal/assessment.json", "{}"),
    ]);
    create_document(&site, "Nothing.\n", "in/nothing.docx");
    let run = site.run(&["import", "in", "--source", "handbook"]);
    assert!(run.err.contains("`portal` is not imported: it is a portal that Clausebook made"), "{}", run.err);
    assert!(run.out.contains("1 hidden text"), "{}", run.out);
    let draft = site.read("handbook/content/page.md");
    for part in [
        "# Hidden text: Not yet agreed\n",
        "---\n\n## Hours\n\nOpen ~~always~~ by day.\n",
        "Priority: High",
        "[x] Paint",
        "[ ] Lock",
        "1.  first\n",
        "5.  fifth\n",
        "SLA (Service Level Agreement) and [form](https://e.org/a%20b)",
        "[Map](https://e.org/map)",
    ] {
        assert!(draft.contains(part), "{part}\n{draft}");
    }
    assert!(!draft.contains("Low"), "{draft}");
    site.run_ok(&["build", "-q", "--source", "handbook", "--as-of", "2026-11-22"]);
}

#[test]
fn classes_of_google_docs_and_notion_mean_what_they_show() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[(
        "in/page.html",
        "<html><head><title>Keys</title><style type=\"text/css\">@import url(x.css);.c2{color:#000;text-decoration:line-through}\
         .c9{display:none}.to-do-children-checked{text-decoration:line-through}</style></head><body class=\"c1\">\
         <p class=\"c1\"><span class=\"c2\">Restored within two hours.</span><span class=\"c3\"> Restored within four hours.</span>\
         <sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup><span class=\"c9\">Not agreed</span></p>\
         <ul class=\"to-do-list\"><li><div class=\"checkbox checkbox-on\"></div> <span class=\"to-do-children-checked\">Paint</span></li></ul>\
         <ul class=\"to-do-list\"><li><div class=\"checkbox checkbox-off\"></div> <span class=\"to-do-children-unchecked\">Lock</span></li></ul>\
         <ol class=\"lst-kix_a-0 start\"><li>Stop</li></ol><ol class=\"lst-kix_a-1\"><li>Wait</li><li>Look</li></ol>\
         <ol class=\"lst-kix_a-0\" start=\"2\"><li>Start</li></ol>\
         <div class=\"c5\"><p class=\"c4\"><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a><span class=\"c3\">Is that agreed?</span></p></div>\
         </body></html>",
    )]);
    let run = site.run(&["import", "in", "--source", "handbook"]);
    assert!(run.out.contains("1 comment, 1 hidden text"), "{}", run.out);
    let draft = site.read("handbook/content/page.md");
    for part in [
        "# Hidden text: Not agreed\n",
        "~~Restored within two hours.~~ Restored within four hours.\n",
        "<!-- Comment by somebody: Is that agreed? -->",
        "[x] Paint\n",
        "[ ] Lock\n",
        "1.  Stop\n    1.  Wait\n    2.  Look\n2.  Start\n",
    ] {
        assert!(draft.contains(part), "{part}\n{draft}");
    }
    assert!(!draft.contains("cmnt") && !draft.contains("[a]"), "{draft}");
}

#[test]
fn pages_of_wikis_keep_their_code_and_lose_the_marks_of_the_site() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[(
        "in/page.html",
        "<html><head><title>Keys</title></head><body><h1>Keys</h1>\
         <h2>Run<a class=\"headerlink\" href=\"#run\">¶</a></h2><h3></h3>\
         <script>alert('never')</script>\
         <script type=\"syntaxhighlighter\" class=\"brush: bash; gutter: false; theme: Confluence\">\
         <![CDATA[systemctl restart mail\nif [ $a < 3 ] && true; then echo \"<b>\"; fi]]></script>\
         <h2>Targets<span class=\"mw-editsection\"><span>[</span><a href=\"/e\">edit</a><span>]</span></span></h2>\
         <table class=\"confluenceTable\"><colgroup><col></colgroup><tbody><tr><th><p>Prio</p></th><th>Target</th></tr>\
         <tr><td rowspan=\"2\">1</td><td>4 hours</td></tr><tr><td>8 hours</td></tr></tbody></table>\
         <table><tr><th>Rooms</th><td>One</td></tr></table>\
         <video src=\"https://e.org/x.mp4\">Call the desk by night.</video>\
         <p><ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby></p>\
         <p><span class=\"selected-value\">red</span><span class=\"selected-value\">blue</span></p>\
         <p><svg viewBox=\"0 0 24 24\"><path d=\"M1\"/></svg>Careful</p>\
         <div><label for=\"a\">Windows</label><label for=\"b\">Linux</label></div>\
         <p>Word<sup id=\"fnref:1\"><a class=\"footnote-ref\" href=\"#fn:1\">1</a></sup></p>\
         <div class=\"footnote\"><ol><li id=\"fn:1\"><p>A note. <a class=\"footnote-backref\" href=\"#fnref:1\">↩</a></p></li></ol></div>\
         <form><fieldset><legend>Order</legend><label>Name:</label></fieldset></form></body></html>",
    )]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/page.md");
    for part in [
        "## Run\n",
        "``` bash\nsystemctl restart mail\nif [ $a < 3 ] && true; then echo \"<b>\"; fi\n```",
        "## Targets\n",
        "| Prio | Target",
        "[x.mp4](https://e.org/x.mp4) Call the desk by night.",
        "漢字 (かんじ)",
        "red, blue",
        "\nCareful\n",
        "Windows, Linux",
        "[1](#note-1)",
        "<a id=\"note-1\"></a>A note.",
        "Order\n\nName:",
    ] {
        assert!(draft.contains(part), "{part}\n{draft}");
    }
    for part in ["¶", "edit", "never", "####"] {
        assert!(!draft.contains(part), "{part}\n{draft}");
    }
    let head = draft.lines().find(|line| line.starts_with('|')).expect("a table");
    assert!(head.contains("Prio"), "{draft}");
}

#[test]
fn column_heads_are_not_values_and_labels_may_be_german() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    let table = |rows: &[&[&str]]| {
        let row = |cells: &&[&str]| format!("| {} |\n", cells.join(" | "));
        let (head, rest) = rows.split_first().expect("a row");
        let line = format!("|{}\n", "---|".repeat(head.len()));
        format!("{}{line}{}\n", row(head), rest.iter().map(row).collect::<String>())
    };
    let history = table(&[&["Version", "Date", "Author", "Comment"], &["1.0", "2025-01-01", "A. Writer", "First"]]);
    let signed = table(&[&["Author", "Owner", "Approved by", "Date"], &["A. Writer", "B", "C", "2025-01-01"]]);
    create_document(&site, &format!("# One\n\n{history}\n{signed}\nText.\n"), "in/one.docx");
    let german = table(&[
        &["Dokumentennummer", "AA-001"],
        &["Verantwortlich", "Leitung Betrieb"],
        &["Freigegeben durch", "Frau Müller"],
        &["Nächste Prüfung", "01.05.2027"],
    ]);
    create_document(&site, &format!("# Zwei\n\n{german}\nText.\n"), "in/two.docx");
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let first_draft = site.read("handbook/content/one.md");
    assert!(
        first_draft.contains("version: \"0.1\"\n")
            && !first_draft.contains("\nauthor:")
            && !first_draft.contains("\nowner:"),
        "{first_draft}"
    );
    assert!(first_draft.contains("| Version") && first_draft.contains("| Author"), "{first_draft}");
    let two = site.read("handbook/content/two.md");
    for line in
        ["id: AA-001\n", "owner: \"Leitung Betrieb\"\n", "approver: \"Frau Müller\"\n", "review: {next: 2027-05-01}\n"]
    {
        assert!(two.contains(line), "{line}\n{two}");
    }
}

#[test]
fn pictures_inside_a_page_are_saved_beside_the_draft() {
    if !has_pandoc() {
        return;
    }
    let html = "<p><img src=\"data:image/png;base64,AQID\" alt=\"flow\"> and <img src=\"data:image/png;base64,AQID\" alt=\"again\"></p>\
        <p>Drawn: <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\"><text>Call <tspan>the desk</tspan></text></svg></p>\
        <p><img src=\"data:image/png;base64,?\" alt=\"broken\"></p>\
        <figure><img src=\"data:image/gif;base64,BAUG\" alt=\"Plan of the room\"><figcaption>Figure 1: Room</figcaption></figure>";
    let site = Site::new(&[("in/page.html", html)]);
    let said = site.run_ok(&["import", "in", "--source", "handbook"]);
    assert!(said.contains("3 pictures, 1 picture that could not be read\n"), "{said}");
    let draft = site.read("handbook/content/page.md");
    for part in [
        "![flow](page-files/picture-1.png) and ![again](page-files/picture-1.png)\n",
        "Drawn: ![Call the desk](page-files/picture-2.svg)\n",
        "broken\n\n<!-- Picture that could not be read: data:image/png;base64,? -->\n",
        "![Plan of the room](page-files/picture-3.gif)\n\nFigure 1: Room\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
    assert_eq!(std::fs::read(site.path("handbook/content/page-files/picture-1.png")).expect("a picture"), [1, 2, 3]);
}

#[test]
fn drafts_get_no_names_that_windows_or_another_draft_needs() {
    if !has_pandoc() {
        return;
    }
    let long = "a".repeat(120);
    let page = "<html><head><title>Keys</title></head><body><p>The desk answers.</p></body></html>";
    let files =
        ["in/CON.html".to_owned(), "in/README.html".to_owned(), "in/index.html".to_owned(), format!("in/{long}.html")];
    let files: Vec<(&str, &str)> = files.iter().map(|path| (path.as_str(), page)).collect();
    let site = Site::new(&files);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    assert!(site.read("handbook/content/con-document.md").contains("id: CON"));
    let check = site.run(&["check", "--source", "handbook", "--format", "concise"]);
    assert!(!check.out.contains("url-clash"), "{}", check.out);
    site.run_ok(&["import", "in", "--source", "handbook", "--to", "again"]);
}
