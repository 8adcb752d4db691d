//! Plain text in a file is the same text on the page, whatever any Markdown dialect would make of it.

use crate::Site;
use crate::word::has_pandoc;

/// Texts with a meaning in some Markdown dialect, and ordinary ones.
const TEXTS: [&str; 92] = [
    "in C:_old, D:*.log",
    "&lt; for the sign, &copy; and &#65;",
    "R&D & AT&T;",
    "{% comment %}words{% endcomment %}",
    "{% hint style=\"info\" %}",
    "{% include a.md %}",
    "{{% notice tip %}}",
    "{{< figure src=\"x\" >}}",
    "{{#include a.md}}",
    "{{ name }} {name} {TBD}",
    "{#name}",
    "{: #name }",
    "{:toc}",
    "{ #night }",
    "{.class} text",
    "a {clauses=\"8.6.1\"}",
    "{==critic==}",
    "[TOC]",
    "[[_TOC_]]",
    "${toc}",
    "[[POL-1]] and ![[embed]]",
    "[[POL-1|a label]]",
    "[^1]: word [^1]",
    "[ref]: http://x.example",
    "[text](target.md)",
    "![text](target.png)",
    "*[HTML]: words",
    "[ ] box",
    "[!NOTE] words",
    "<div> </div> <name> <https://a.example>",
    "<!-- words -->",
    "<Note>words</Note>",
    ":rocket: launch",
    ":material-account: icon",
    "::: note",
    ":::tip[Title]",
    ":::",
    ": definition",
    "!!! note",
    "!!! Stop the pump",
    "??? question",
    "???+ tip \"Title\"",
    "=== \"Tab\"",
    "=",
    "===",
    "---",
    "--",
    "-",
    "- - -",
    "+",
    "___",
    "_ _ _",
    "***",
    "+++",
    "- dash",
    "+ plus",
    "1. one",
    "10) ten",
    "(a) letter",
    "1986. A year",
    "# hash",
    "C # F #",
    "> quote",
    "| a | b |",
    "a | b",
    "ps \\| grep \\\\| x",
    "~~~ tilde",
    "~~struck~~ H~2~O x^2^",
    "**star** *star* __under__ _under_ snake_case",
    "`tick` ``` fence",
    "$x$ and $$y$$ or $5",
    "\\(x^{2}\\) and \\newcommand",
    "backslash\\",
    "10\\. x",
    "==mark== and ++ctrl+c++",
    "%%words%% %words%",
    "--8<-- \"a.md\"",
    "--8<--",
    "@include(a.md)",
    "import Hours from './hours.mdx'",
    "export const a = 1",
    "+----+----+",
    ".. note:: words",
    "(c) (r) ... -- 'quotes' \"quotes\"",
    "10:30 :smile key:value:more",
    "i++ + j++ == k",
    "en–dash, soft\u{ad}hyphen, zero\u{200b}width",
    "http://auto.example/x_y_z and foo@bar.example",
    "see clause 8.6.1",
    "日本語 عربى 🚀",
    "x * y * z",
    "Tom's <b>bold</b>",
];

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The visible text of a page, without tags and line breaks.
fn visible_text(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text: String = pieces.collect();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    let text = entities.iter().fold(text, |text, (name, character)| text.replace(name, character));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page with each text in many kinds of places, each followed by a unique word.
fn inline_page() -> (String, Vec<String>) {
    let mut number = 0;
    let mut expected = Vec::new();
    let mut next_text = |text: &str| {
        number += 1;
        expected.push(format!("{text} Z{number}Z"));
        format!("{} Z{number}Z", escape_html(text))
    };
    let mut html = String::from("<h1>Title of the page</h1>");
    for text in TEXTS {
        html += &format!("<h2>Z {}</h2><p>{}</p><p>words<br>{}</p>", next_text(text), next_text(text), next_text(text));
        html += &format!("<ul><li>{}</li></ul><blockquote><p>{}</p></blockquote>", next_text(text), next_text(text));
        html += &format!("<p><b>bold</b>{}<code>x</code>{}</p>", next_text(text), next_text(text));
        html += &format!("<p>{}</p><pre>    code</pre>", next_text(text));
        let code = if text.contains('`') { "x" } else { text };
        html += "<table><tr><th>One</th><th>Two</th></tr>";
        html += &format!("<tr><td>{}</td><td><code>{}</code></td></tr></table>", next_text(text), next_text(code));
    }
    (html, expected)
}

/// A page with each text alone in many kinds of places, between unique words; white space is left out.
fn standalone_page() -> (String, Vec<String>) {
    let mut html = String::from("<h1>Title of the page</h1>");
    let mut expected = Vec::new();
    for (number, text) in TEXTS.iter().enumerate() {
        let escaped_text = escape_html(text);
        html +=
            &format!("<p>A{number}A</p><h3>{escaped_text}</h3><p>B{number}B</p><p>{escaped_text}</p><p>C{number}C</p>");
        html += &format!(
            "<ul><li>{escaped_text}</li><li>D{number}D</li></ul><blockquote><p>{escaped_text}</p></blockquote>"
        );
        html += &format!(
            "<p>E{number}E</p><ul><li><p>{escaped_text}</p><p>F{number}F<br>{escaped_text}</p></li></ul><p>G{number}G</p>"
        );
        html +=
            &format!("<table><tr><th>H{number}H</th></tr><tr><td>{escaped_text}</td></tr></table><p>I{number}I</p>");
        let between = [('B', "C"), ('C', "D"), ('D', "E"), ('E', "F"), ('F', "G"), ('H', "I")];
        let places = between.map(|(before, after)| format!("{before}{number}{before} {text} {after}{number}{after}"));
        expected.push(strip_whitespace(&format!("A{number}A {text}")));
        expected.extend(places.iter().map(|place| strip_whitespace(place)));
    }
    (html, expected)
}

fn strip_whitespace(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The site, the draft and the built page of an imported web page.
fn import_page(html: &str) -> (Site, String, String) {
    let site = Site::new(&[("in/page.html", html), ("handbook/clausebook.yaml", "title: Ours\n")]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    site.run_ok(&["build", "-q", "--source", "handbook", "--as-of", "2026-11-22"]);
    let (draft, page) = (site.read("handbook/content/page.md"), site.read("handbook/site/page.html"));
    (site, draft, page)
}

#[test]
fn standalone_markup_is_rendered_as_its_text() {
    if !has_pandoc() {
        return;
    }
    let (html, expected) = standalone_page();
    let (_site, _draft, page) = import_page(&html);
    let page = strip_whitespace(&visible_text(&page));
    let lost: Vec<&String> = expected.iter().filter(|text| !page.contains(text.as_str())).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn marks_that_are_in_code_leave_lists_links_and_tables_as_they_are() {
    if !has_pandoc() {
        return;
    }
    for (open, close) in [
        ("{%", "%}"),
        ("{{&lt;", "&gt;}}"),
        ("{/*", "*/}"),
        ("$$", "$$"),
        ("==b", "c=="),
        ("\\(", "x^2 \\)"),
        ("$x", "\\y$"),
    ] {
        let between = "<ul><li>See <a href=\"https://e.org/a\">the guide</a></li></ul>\
                       <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>*2*</td></tr></table>";
        for closed in [format!("<code>{close}</code>"), close.to_owned()] {
            let html = format!("<p>opens with <code>{open}</code>.</p>{between}<p>closes with {closed}</p>");
            let (_site, draft, page) = import_page(&html);
            for part in ["-   See [the guide](https://e.org/a)\n", "| A   | B     |\n", "| 1   | \\*2\\* |\n"] {
                assert!(draft.contains(part), "{part:?} is not in\n{draft}");
            }
            assert!(page.contains("href=\"https://e.org/a\"") && page.contains("<td"), "{draft}");
        }
    }
}

#[test]
fn code_that_comes_first_stays_code() {
    if !has_pandoc() {
        return;
    }
    let html = "<pre># rm -rf\n* one\n\n  [a](b)</pre><ul><li><pre># rm\n\n* two</pre><p>Then.</p></li></ul>";
    let (_site, draft, page) = import_page(html);
    assert!(draft.contains("---\n\n```\n# rm -rf\n* one\n\n  [a](b)\n```\n"), "{draft}");
    assert!(draft.contains("-   ```\n    # rm\n\n    * two\n    ```\n"), "{draft}");
    let page = visible_text(&page);
    assert!(page.contains("# rm -rf * one [a](b)") && page.contains("# rm * two Then."), "{page}");
}

#[test]
fn what_a_file_shows_as_text_is_that_text_on_the_page() {
    if !has_pandoc() {
        return;
    }
    let (html, expected) = inline_page();
    let site = Site::new(&[("in/page.html", &html), ("handbook/clausebook.yaml", "title: Ours\n")]);
    site.run_ok(&["import", "in", "--source", "handbook"]);
    let handbook = Site { folder: site.folder };
    handbook.run_ok(&["build", "-q", "--source", "handbook", "--as-of", "2026-11-22"]);
    let page = visible_text(&handbook.read("handbook/site/page.html"));
    let lost: Vec<&String> = expected.iter().filter(|text| !page.contains(text.as_str())).collect();
    let text = handbook.read("handbook/content/page.md");
    let line = |text_of: &str| {
        let mark = text_of.rsplit(' ').next().unwrap_or_default();
        text.lines().find(|line| line.contains(mark)).unwrap_or_default().to_owned()
    };
    assert!(
        lost.is_empty(),
        "{}",
        lost.iter().map(|passage| format!("{passage}\n    {}\n", line(passage))).collect::<String>()
    );
    let run = handbook.run(&["check", "--source", "handbook", "--format", "json", "--as-of", "2026-11-22"]);
    for rule in ["foreign-syntax", "lost-text", "unclosed-block", "raw-html-removed", "unknown-clause", "broken-link"] {
        assert!(!run.out.contains(&format!("\"rule\": \"{rule}\"")), "{rule}: {}", run.out);
    }
}

#[test]
fn ordinary_words_and_code_get_no_backslashes() {
    if !has_pandoc() {
        return;
    }
    let page = "<p>A snake_case name, 10:30:45, {name}, R&amp;D, +44 1632 960111; 50% of $5 = more.</p>\
                <table><tr><th>Command</th><th>Use</th></tr>\
                <tr><td><code>ps | grep x</code></td><td>Lists {all}</td></tr></table>\
                <p>Name <input value=\"A. Writer\"> <textarea>First line\nSecond | line</textarea></p>";
    let site = Site::new(&[("in/plain.html", page)]);
    site.run_ok(&["import", "in", "--source", "."]);
    let draft = site.read("content/plain.md");
    for part in [
        "A snake_case name, 10:30:45, {name}, R&D, +44 1632 960111; 50% of $5 = more.\n",
        "| `ps \\| grep x` | Lists {all} |",
        "Name A. Writer First line",
        "Second \\| line\n",
    ] {
        assert!(draft.contains(part), "{part:?} is not in\n{draft}");
    }
}
