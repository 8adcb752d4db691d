//! Text in Word files and OpenDocument texts that pandoc would drop.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::Site;
use crate::word::{archive, create_document, has_pandoc};

/// Creates a file with pandoc, replacing some of its text and adding parts.
pub fn create_edited(site: &Site, markdown: &str, name: &str, texts: &[(&str, &str, &str)], parts: &[(&str, &str)]) {
    create_document(site, markdown, name);
    let bytes = std::fs::read(site.path(name)).expect("a file");
    site.write(name, &rewrite_archive(&bytes, texts, parts));
}

/// Rewrites an archive, replacing some of its text and adding parts.
pub fn rewrite_archive(bytes: &[u8], texts: &[(&str, &str, &str)], parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        files.insert(file.name().expect("a name").into_owned(), bytes);
    }
    for (part, old, new) in texts {
        let text = String::from_utf8(files[*part].clone()).expect("a text");
        assert!(text.contains(old), "{part}: {old}");
        files.insert((*part).to_owned(), text.replacen(old, new, 1).into_bytes());
    }
    files.extend(parts.iter().map(|(part, text)| ((*part).to_owned(), text.as_bytes().to_vec())));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&files)
}

/// The limit of a file's size makes the copy for pandoc fail as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_of_temporary_files_is_named() {
    if !has_pandoc() {
        return;
    }
    let page = format!("<title>Keys</title>{}", "<p>Keys <b>are</b> signed for.</p>".repeat(600));
    let site = Site::new(&[("keys.html", &page), ("clausebook.yaml", "title: Ours\n")]);
    let limited = "trap '' XFSZ; ulimit -f 16; exec \"$1\" import keys.html";
    let mut shell = assert_cmd::Command::new("sh");
    shell.current_dir(site.path("")).args(["-c", limited, "sh"]).arg(assert_cmd::cargo::cargo_bin("clausebook"));
    let error = String::from_utf8(shell.assert().failure().get_output().stderr.clone()).expect("UTF-8");
    assert!(error.contains("`keys.html` is not imported") && error.contains("TMPDIR"), "{error}");
}

#[test]
fn a_heading_is_left_out_only_when_it_is_the_title() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        (
            "in/wiki.html",
            "<html><head><title>Wiki export</title></head><body><h1>Key policy</h1><p>Keys are signed for.</p></body></html>",
        ),
        (
            "in/same.html",
            "<html><head><title>Key policy</title></head><body><h1>Key  Policy</h1><h2>Scope</h2><p>Keys.</p></body></html>",
        ),
    ]);
    let chapters = "# Scope\n\n## Systems\n\nAll of them.\n\n# Roles\n\nThe desk.\n";
    create_document(
        &site,
        &format!(
            "---\ntitle: Access policy\nsubtitle: For visitors\ndate: May 2025\nabstract: Who may enter.\n---\n\n{chapters}"
        ),
        "in/word.docx",
    );
    create_document(&site, "---\ntitle: Access policy\n---\n\n# Scope\n\nAll systems.\n", "in/one.docx");
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let read = |name: &str| site.read(&format!("handbook/content/{name}.md"));
    let word = read("word");
    assert!(word.contains("title: \"Access policy\"\n"), "{word}");
    assert!(word.contains("---\n\nWho may enter.\n\n## Scope\n\n### Systems\n\nAll of them.\n\n## Roles\n"), "{word}");
    assert!(word.contains("# Subtitle: For visitors\n# Date: May 2025\n"), "{word}");
    assert!(read("one").contains("---\n\n## Scope\n\nAll systems.\n"), "{}", read("one"));
    assert!(
        read("wiki").contains("title: \"Wiki export\"\n") && read("wiki").contains("\n## Key policy\n"),
        "{}",
        read("wiki")
    );
    assert!(read("same").contains("---\n\n## Scope\n\nKeys.\n"), "{}", read("same"));
}

/// A Word text box, for newer and for older programs.
fn text_box(words: &str) -> String {
    let content = format!("<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>");
    format!(
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <mc:Choice Requires=\"wps\"><w:drawing><wps:txbx xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
         {content}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox xmlns:v=\"urn:schemas-microsoft-com:vml\">{content}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent>"
    )
}

#[test]
fn fields_text_boxes_headers_and_footers_of_word_are_kept() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    let text = "| Row | Who |\n|---|---|\n| First | PERSON |\n\nThe deadline is MARK now.\n\nLast words.\n";
    let between_runs = |xml: &str| format!("</w:t></w:r>{xml}<w:r><w:t xml:space=\"preserve\">");
    let fields = between_runs(&format!(
        "<w:fldSimple w:instr=\" DOCPROPERTY Deadline \"><w:r><w:t>15 minutes</w:t></w:r></w:fldSimple><w:r>{}</w:r>\
         <w:fldSimple w:instr=\" HYPERLINK &quot;https://example.org/x&quot; \"><w:r><w:t>from the list</w:t></w:r></w:fldSimple>",
        text_box("Never enter alone")
    ));
    let control = between_runs(
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:r><w:t>Duty Manager</w:t></w:r></w:sdtContent></w:sdt>",
    );
    let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let edge =
        |name: &str, words: &str| format!("<w:{name} {word}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{name}>");
    let (header, footer) = (edge("hdr", "Internal, version 3"), edge("ftr", "Printed copies are not valid"));
    create_edited(
        &site,
        text,
        "in/box.docx",
        &[("word/document.xml", "MARK", &fields), ("word/document.xml", "PERSON", &control)],
        &[
            ("word/header1.xml", &header),
            ("word/header2.xml", &header),
            ("word/footer1.xml", &footer),
            ("word/footer2.xml", &edge("ftr", "2")),
        ],
    );
    let output = site.run_ok(&["import", "in", "--source", "handbook"]);
    assert!(output.contains("content/box.md (box): 1 text box, 1 header, 1 footer\n"), "{output}");
    let text = site.read("handbook/content/box.md");
    let body =
        "The deadline is 15 minutes[from the list](https://example.org/x) now.\n\nNever enter alone\n\nLast words.\n";
    assert!(text.ends_with(body), "{text}");
    assert!(text.contains("| Duty Manager |"), "{text}");
    assert!(text.contains("# Footer: Printed copies are not valid\n# Header: Internal, version 3\n"), "{text}");
}

#[test]
fn text_boxes_headers_and_footers_of_opendocument_are_kept() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    let boxed = "<draw:frame text:anchor-type=\"paragraph\"><draw:text-box><text:p>Never enter alone</text:p></draw:text-box></draw:frame>15 minutes";
    let master = "<style:master-page style:name=\"X\" style:page-layout-name=\"p\"><style:header><text:p>Internal</text:p></style:header>\
                  <style:footer><text:p>Not valid<text:tab/>when printed</text:p></style:footer></style:master-page></office:master-styles>";
    create_edited(
        &site,
        "The deadline is MARK now.\n\nLast words.\n",
        "in/box.odt",
        &[("content.xml", "MARK", boxed), ("styles.xml", "</office:master-styles>", master)],
        &[],
    );
    let output = site.run_ok(&["import", "in", "--source", "handbook"]);
    assert!(output.contains("content/box.md (box): 1 text box, 1 header, 1 footer\n"), "{output}");
    let text = site.read("handbook/content/box.md");
    assert!(text.ends_with("The deadline is 15 minutes now.\n\nNever enter alone\n\nLast words.\n"), "{text}");
    assert!(text.contains("# Header: Internal\n# Footer: Not valid when printed\n"), "{text}");
}

#[test]
fn cells_beyond_the_declared_columns_are_kept() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[(
        "in/page.html",
        "<table><col width=64 span=3><tr><td>Bee</td><td>Cee</td><td>Dee</td></tr></table>\
         <table><colgroup><col></colgroup><tr><td>Eee</td><td>Fee</td></tr></table>",
    )]);
    let row = |cells: &[&str]| {
        let cell = |words: &&str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
        format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
    };
    let table = |grid: &str, rows: &str| format!("<w:tbl><w:tblPr/>{grid}{rows}</w:tbl>");
    let inner = format!("<w:tc>{}<w:p/></w:tc></w:tr>", table("", &row(&["inone", "intwo"])));
    let tables = [
        table("<w:tblGrid><w:gridCol w:w=\"100\"/></w:tblGrid>", &row(&["aone", "atwo", "athree"])),
        table("", &row(&["bone", "btwo"])),
        table("<w:tblGrid/>", &row(&["cone", "ctwo"]).replace("</w:tr>", &inner)),
        table("<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>", &row(&["done", "dtwo"])),
    ];
    let tables_xml = format!("</w:t></w:r></w:p>{}<w:p><w:r><w:t>", tables.join("<w:p/>"));
    create_edited(&site, "Words MARK here.\n", "in/word.docx", &[("word/document.xml", "MARK", &tables_xml)], &[]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let page = site.read("handbook/content/page.md");
    for word in ["Bee", "Cee", "Dee", "Eee", "Fee"] {
        assert!(page.contains(word), "{word} is not in\n{page}");
    }
    let word = site.read("handbook/content/word.md");
    for part in ["aone", "atwo", "athree", "bone", "btwo", "cone", "ctwo", "inone / intwo", "done", "dtwo"] {
        assert!(word.contains(part), "{part} is not in\n{word}");
    }
}

#[test]
fn cells_keep_their_text() {
    if !has_pandoc() {
        return;
    }
    let html = "<table><tr><th>No</th><th>What</th></tr>\
        <tr><td><ol start=2><li>Two</li><li>Three</li></ol></td><td>one<hr>two</td></tr>\
        <tr><td><pre>first | line\n\n  second</pre></td><td><dl><dt>Desk</dt><dd>Helps</dd><dt>Duty</dt><dd>Decides</dd></dl></td></tr>\
        </table>";
    let site = Site::new(&[("in/page.html", html)]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let page = site.read("handbook/content/page.md");
    for part in [
        "2\\. Two<br>3. Three",
        "| one<br>two",
        "`first \\| line`<br><br>`  second`",
        "**Desk**<br>Helps<br>**Duty**<br>Decides",
    ] {
        assert!(page.contains(part), "{part:?} is not in\n{page}");
    }
}

#[test]
fn pages_are_read_in_their_encoding_or_refused() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    site.write("in/windows.html", b"<p>Gr\xf6\xdfe \x80 <input value='field'></p>");
    let wide: Vec<u8> =
        "\u{feff}<p>Größe <input value='field'></p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    site.write("in/wide.html", &wide);
    site.write("in/japanese.html", b"<meta charset=shift_jis><p>\x82\xa0</p>");
    let run = site.run(&["import", "in", "--source", "handbook"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let problem = "`japanese.html` is not imported: its encoding `shift_jis` is not supported; save it as UTF-8";
    assert!(run.err.contains(problem), "{}", run.err);
    assert!(site.read("handbook/content/windows.md").ends_with("\nGröße € field\n"));
    assert!(site.read("handbook/content/wide.md").ends_with("\nGröße field\n"));
}

#[test]
fn bold_words_stay_bold_before_any_text() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[(
        "in/page.html",
        "<p><b>Owner:</b>Jane, <b>Deputy:&nbsp;</b>John, a<i>(b)</i>c, <b>plain</b>s</p>\
         <table><tr><td><b>Cell:</b>Kim</td></tr></table>",
    )]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/page.md");
    for part in
        ["<strong>Owner:</strong>Jane, **Deputy:**\u{a0}John, a<em>(b)</em>c, **plain**s", "<strong>Cell:</strong>Kim"]
    {
        assert!(draft.replace("&nbsp;", "\u{a0}").contains(part), "{part:?} is not in\n{draft}");
    }
    site.run_ok(&["build", "-q", "--source", "handbook", "--as-of", "2026-11-22", "--output", "out"]);
    assert!(!site.read("out/page.html").contains("**"));
}

#[test]
fn breaks_symbols_and_boxes_of_word_are_kept() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    let between_runs = |xml: &str| format!("</w:t></w:r>{xml}<w:r><w:t xml:space=\"preserve\">");
    let symbol = |code: &str| between_runs(&format!("<w:r><w:sym w:font=\"Wingdings\" w:char=\"{code}\"/></w:r>"));
    let mark = |kind: &str, attributes: &str| {
        format!("<w:r><w:fldChar w:fldCharType=\"{kind}\">{attributes}</w:fldChar></w:r>")
    };
    let form = |checked: &str| {
        let begin = mark(
            "begin",
            &format!("<w:ffData><w:checkBox><w:sizeAuto/><w:default w:val=\"0\"/>{checked}</w:checkBox></w:ffData>"),
        );
        let instruction = "<w:r><w:instrText xml:space=\"preserve\"> FORMCHECKBOX </w:instrText></w:r>";
        between_runs(&format!(
            "{begin}{instruction}{}{}",
            mark("separate", ""),
            "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        ))
    };
    let document = "word/document.xml";
    create_edited(
        &site,
        "oneBREAKtwo EMPTY no FULL yes FORMEMPTY off FORMFULL on.\n",
        "in/word.docx",
        &[
            (document, "BREAK", &between_runs("<w:r><w:cr/></w:r>")),
            (document, "FORMEMPTY", &form("")),
            (document, "FORMFULL", &form("<w:checked/>")),
            (document, "EMPTY", &symbol("F0A8")),
            (document, "FULL", &symbol("F0FE")),
        ],
        &[],
    );
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/word.md");
    assert!(draft.contains("one  \ntwo ☐ no ☑ yes ☐ off ☑ on.\n"), "{draft}");
}

#[test]
fn a_control_table_with_more_than_words_stays() {
    if !has_pandoc() {
        return;
    }
    let table = |value: &str| {
        format!(
            "<table><tr><td>Version</td><td>1.3</td></tr><tr><td>Owner</td><td>{value}</td></tr></table><p>Text.</p>"
        )
    };
    let site = Site::new(&[
        ("in/link.html", &table("<a href=\"https://example.org/jane\">Jane</a>")),
        ("in/mail.html", &table("<a href=\"mailto:jane@example.org\">jane@example.org</a>")),
    ]);
    create_edited(
        &site,
        "| | |\n|-|-|\n| Version | 1.3 |\n| Owner | Jane^[Since May.] |\n\nText.\n",
        "in/note.docx",
        &[],
        &[],
    );
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let read = |name: &str| site.read(&format!("handbook/content/{name}.md"));
    assert!(read("link").contains("owner: \"Jane\"\n") && read("link").contains("[Jane](https://example.org/jane)"));
    assert!(read("note").contains("owner: \"Jane\"\n") && read("note").contains("Since May."), "{}", read("note"));
    assert!(read("mail").ends_with("---\n\nText.\n"), "{}", read("mail"));
}
