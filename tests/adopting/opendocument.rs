//! OpenDocument texts keep every word, although pandoc reads only some of their elements.

use crate::Site;
use crate::office::create_edited;
use crate::word::has_pandoc;

/// A cell with this content.
fn cell(content: &str) -> String {
    format!("<table:table-cell>{content}</table:table-cell>")
}

/// A table with these rows, each made of cells.
fn table(rows: &str) -> String {
    format!("<table:table>{rows}</table:table>")
}

/// A row with a paragraph in each cell.
fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|words| cell(&format!("<text:p>{words}</text:p>"))).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

/// Imports a text in which these blocks follow a heading, and returns the report and the draft.
fn imported(blocks: &str, styles: &[(&str, &str, &str)]) -> (String, String) {
    let site = Site::new(&[]);
    let inside = format!("</text:p>{blocks}<text:p>");
    let texts: Vec<(&str, &str, &str)> =
        [("content.xml", "MARK", inside.as_str())].into_iter().chain(styles.iter().copied()).collect();
    create_edited(&site, "## Scope\n\nMARK\n\nLast words.\n", "in/open.odt", &texts, &[]);
    let said = site.run_ok(&["import", "in", "--source", "handbook"]);
    (said, site.read("handbook/content/open.md"))
}

#[test]
fn tables_keep_their_heads_and_whatever_is_in_their_cells() {
    if !has_pandoc() {
        return;
    }
    let head = format!("<table:table-header-rows>{}</table:table-header-rows>", row(&["Priority", "Target"]));
    let list = "<text:list><text:list-item><text:p>first</text:p></text:list-item><text:list-item><text:p>second</text:p></text:list-item></text:list>";
    let inner = table(&row(&["inner one", "inner two"]));
    let rich = format!(
        "<table:table-row>{}{}</table:table-row>",
        cell(&format!("<text:p>Steps</text:p>{list}")),
        cell(&format!("<text:section><text:h text:outline-level=\"3\">Inside</text:h>{inner}</text:section>"))
    );
    let joined = format!(
        "<table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>down</text:p></table:table-cell>{}</table:table-row>\
         <table:table-row><table:covered-table-cell><text:p>under it</text:p></table:covered-table-cell>{}</table:table-row>",
        cell("<text:p>right</text:p>"),
        cell("<text:p>below right</text:p>")
    );
    let joined = joined
        + "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"><text:p>twice</text:p></table:table-cell></table:table-row>";
    let group = format!("<table:table-row-group>{}</table:table-row-group>", row(&["grouped", "too"]));
    let (said, draft) = imported(&table(&format!("{head}{}{rich}{joined}{group}", row(&["1", "4 hours"]))), &[]);
    let lines: Vec<String> = draft
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lines[0], "| Priority | Target |", "{draft}");
    for line in [
        "| 1 | 4 hours |",
        "| Steps<br>1. first<br>2. second | **Inside**<br>inner one / inner two |",
        "| down | right |",
        "| | below right |",
        "| twice | twice |",
        "| grouped | too |",
    ] {
        assert!(lines.iter().any(|known| known == line), "{line} is not in\n{draft}");
    }
    assert!(draft.contains("# Hidden text: under it\n"), "{draft}");
    assert!(said.contains("content/open.md (open): 1 hidden text\n"), "{said}");
    assert!(draft.ends_with("\nLast words.\n"), "{draft}");
}

#[test]
fn the_title_is_that_of_its_style_or_of_the_properties() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    create_edited(&site, "% Handling of keys\n\n# Scope\n\nAll.\n\n# Roles\n\nDesk.\n", "in/open.odt", &[], &[]);
    let unstyled = [("content.xml", "text:style-name=\"Title\"", "text:style-name=\"Text\"")];
    create_edited(&site, "% Handling of doors\n\n# Scope\n\nAll.\n\n# Roles\n\nDesk.\n", "in/own.odt", &unstyled, &[]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let draft = site.read("handbook/content/open.md");
    assert!(draft.contains("title: \"Handling of keys\"\n") && draft.contains("---\n\n## Scope\n"), "{draft}");
    let draft = site.read("handbook/content/own.md");
    assert!(
        draft.contains("title: \"Handling of doors\"\n") && draft.contains("\nHandling of doors\n\n## Scope\n"),
        "{draft}"
    );
}

#[test]
fn every_element_around_words_keeps_them() {
    if !has_pandoc() {
        return;
    }
    let fields = [
        "user-field-get",
        "text-input",
        "variable-get",
        "date",
        "title",
        "drop-down",
        "conditional-text",
        "expression",
        "sequence-ref",
        "user-defined",
        "meta",
        "page-number",
        "an-element-of-tomorrow",
    ];
    let shown: String = fields.iter().map(|name| format!("<text:{name}>of {name}</text:{name}> ")).collect();
    let note = "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body>\
                <text:p>note:</text:p><text:list><text:list-item><text:p>listed note</text:p></text:list-item></text:list>\
                </text:note-body></text:note>";
    let shape = "<draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape><draw:g><draw:rect><text:p>in a group</text:p></draw:rect></draw:g>";
    let boxed = table(&row(&["boxed table"]));
    let blocks = format!(
        "<text:p>Fields: {shown}and {note}<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>above</text:ruby-text></text:ruby>.</text:p>\
         <text:section><text:section><text:p>in two sections</text:p></text:section></text:section>\
         <text:numbered-paragraph><text:number>7.</text:number><text:p>numbered</text:p></text:numbered-paragraph>\
         <text:p>Drawn {shape}.</text:p>\
         <text:list><text:list-item><text:p>item<draw:frame><draw:text-box>{boxed}</draw:text-box></draw:frame></text:p></text:list-item></text:list>\
         <text:table-of-content><text:table-of-content-source><text:index-title-template>Contents</text:index-title-template></text:table-of-content-source>\
         <text:index-body><text:p>Scope 1</text:p></text:index-body></text:table-of-content>\
         <text:bibliography><text:index-body><text:p>A source</text:p></text:index-body></text:bibliography>"
    );
    let (said, draft) = imported(&blocks, &[]);
    for name in fields {
        assert!(draft.contains(&format!("of {name}")), "{name} is not in\n{draft}");
    }
    for part in [
        "base (above)",
        "listed note",
        "\nin two sections\n",
        "\nnumbered\n",
        "\nin a shape\n",
        "\nin a group\n",
        "boxed table",
        "\nA source\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
    assert!(said.contains("1 table of contents or index left out") && !said.contains("lost words"), "{said}");
    assert!(!draft.contains("Scope 1") && !draft.contains("Contents"), "{draft}");
}

#[test]
fn what_is_not_text_becomes_a_remark_at_its_place() {
    if !has_pandoc() {
        return;
    }
    let changed = |id: &str, kind: &str, words: &str| {
        format!(
            "<text:changed-region text:id=\"{id}\"><text:{kind}><office:change-info><dc:creator>A. Writer</dc:creator>\
             <dc:date>2026-01-02T03:04:05</dc:date></office:change-info>{words}</text:{kind}></text:changed-region>"
        )
    };
    let changes = format!(
        "<text:tracked-changes>{}{}</text:tracked-changes>",
        changed("c1", "deletion", "<text:p>within 8 hours</text:p>"),
        changed("c2", "insertion", "")
    );
    let blocks = format!(
        "{changes}<text:p>Restored<text:change text:change-id=\"c1\"/><text:change-start text:change-id=\"c2\"/> within 4 \
         hours<text:change-end text:change-id=\"c2\"/><office:annotation><dc:creator>B. Reader</dc:creator><text:p>Agreed?</text:p>\
         </office:annotation>.</text:p>\
         <text:p>Call <text:placeholder>&lt;number&gt;</text:placeholder><text:hidden-text text:is-hidden=\"true\">secret</text:hidden-text>\
         <text:span text:style-name=\"Gone\">unseen</text:span>.</text:p>\
         <text:section text:display=\"none\"><text:p>hidden section</text:p></text:section>\
         <text:p>Sum <draw:frame><draw:object><math:math><math:mi>MTBF</math:mi></math:math></draw:object></draw:frame>\
         <draw:a xlink:href=\"https://example.org/\"><draw:frame><svg:desc>A plan</svg:desc></draw:frame></draw:a></text:p>"
    );
    let gone = "<style:style style:name=\"Gone\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style></office:styles>";
    let (said, draft) = imported(&blocks, &[("styles.xml", "</office:styles>", gone)]);
    assert!(
        draft.contains(
            "\nRestored within 4 hours.\n\n<!-- Deleted by A. Writer, 2026-01-02, not accepted yet: within 8 hours -->\n\
             <!-- Comment by B. Reader: Agreed? -->\n"
        ),
        "{draft}"
    );
    for remark in [
        "# Placeholder: <number>\n",
        "# Hidden text: secret\n# Hidden text: unseen\n# Hidden text: hidden section\n",
        "# Formula: MTBF\n",
        "# Link of a picture: https://example.org/\n",
        "# Description of a drawing: A plan\n",
    ] {
        assert!(draft.contains(remark), "{remark:?} is not in\n{draft}");
    }
    assert!(said.contains("2 tracked changes, 1 comment, 3 hidden texts, 1 placeholder, 1 formula\n"), "{said}");
}

#[test]
fn words_that_pandoc_drops_all_the_same_are_reported_with_their_place() {
    if !has_pandoc() {
        return;
    }
    // Pandoc reads no list whose items are not items.
    let blocks = "<text:p>Kept words.</text:p><text:list><text:p>Stray words of a list</text:p></text:list>";
    let (said, draft) = imported(blocks, &[]);
    let is_kept = draft.contains("\nStray words of a list\n");
    let remark = "# Paragraph with lost words: below \"Scope\": Stray words of a list\n";
    assert!(is_kept || draft.contains(remark) && said.contains("1 paragraph with lost words\n"), "{said}{draft}");
    // Deeply nested tables are read to a limit, and the rest is reported.
    let deep = (0..60).fold(row(&["innermost"]), |inside, _| {
        format!("<table:table-row>{}</table:table-row>", cell(&format!("<text:p>out</text:p>{}", table(&inside))))
    });
    let (said, draft) = imported(&table(&deep), &[]);
    assert!(draft.contains("innermost"), "{draft}");
    assert!(said.contains("lost words") && draft.ends_with("\nLast words.\n"), "{said}{draft}");
}
