//! Raw HTML and malicious input: the output is always well-formed and harmless, and is never slow to produce.

use std::time::{Duration, Instant};

use crate::strict;
use crate::support::{marked_text, parse_body, render, words};

/// The HTML of a text, and `rule: marked text` for each problem. Every result is checked to be well-formed.
fn clean(text: &str) -> (String, Vec<String>) {
    let body = parse_body(text);
    let html = render(&body);
    if let Err(error) = strict::check(&html) {
        panic!("{error} in {html}");
    }
    let problems = body.problems.iter().map(|problem| {
        assert!(["malformed-markup", "raw-html-removed", "unclosed-block"].contains(&problem.rule.0), "{problem:?}");
        marked_text(text, &problem.place)
    });
    (html, problems.collect())
}

#[track_caller]
fn assert_cleaned(text: &str, html: &str, problems: &[&str]) {
    let (cleaned, reported) = clean(text);
    assert_eq!(cleaned.trim(), html, "{text}");
    assert_eq!(reported, problems, "{text}");
}

#[test]
fn the_safe_set_passes_untouched() {
    assert_cleaned(
        "H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>, <abbr title=\"a &amp; b\">c</abbr><br>d",
        "<p>H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>, <abbr title=\"a &amp; b\">c</abbr><br>d</p>",
        &[],
    );
    assert_cleaned(
        "<details open>\n<summary>More</summary>\n\nSome *text*.\n\n- one\n\n</details>",
        "<details open=\"\"><summary>More</summary>\n<p>Some <em>text</em>.</p>\n<ul>\n<li>one</li>\n</ul>\n</details>",
        &[],
    );
    let (html, problems) = clean(
        "<table>\n<caption>C</caption>\n<thead><tr><th scope=col>A</th></tr></thead>\n\n<tbody>\n<tr><td colspan=\"2\">\n\n**b**\n\n</td></tr></tbody>\n</table>",
    );
    assert!(html.contains("<th scope=\"col\">A</th>") && html.contains("<strong>b</strong>"), "{html}");
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn html_that_github_allows_is_allowed() {
    assert_cleaned("a <span class=x>b</span> <b>c</b> <u>d</u>", "<p>a <span>b</span> <b>c</b> <u>d</u></p>", &[]);
    assert_cleaned("<div align=center>\n\nx\n\n</div>", "<div class=\"center\">\n<p>x</p>\n</div>", &[]);
    assert_cleaned(
        "<p align=\"center\">\n<a href=\"x.md\"><img src=\"a.png\" alt=\"A\" width=\"30%\" border=0></a><br>\n</p>",
        "<div class=\"center\"><a href=\"x.md\"><img src=\"a.png\" alt=\"A\" width=\"30%\"></a><br></div>",
        &[],
    );
    assert_cleaned("<p>a<p>b</p>", "<p>a</p><p>b</p>", &[]);
    assert_cleaned("<ul>\n<li>a<li><b>b</b>\n</ul>", "<ul><li>a</li><li><b>b</b> </li></ul>", &[]);
    assert_cleaned("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>", &[]);
    assert_cleaned(
        "<figure>\n<img src=a.png>\n<figcaption>b</figcaption></figure>",
        "<figure><img src=\"a.png\" alt=\"\"><figcaption>b</figcaption></figure>",
        &[],
    );
    assert_cleaned("<pre>\na  b\n   c &lt;</pre>", "<pre>\na  b\n   c &lt;</pre>", &[]);
    assert_cleaned("<h1 align=center>A <i>b</i></h1>", "<h2 id=\"a-b\" class=\"center\">A <i>b</i></h2>", &[]);
    let (html, problems) = clean("| a |\n|-|\n| <ul><li>b</li><li>c</li></ul> |");
    assert!(html.contains("<td><ul><li>b</li><li>c</li></ul></td>") && problems.is_empty(), "{html}");
    let (html, problems) = clean("| a |\n|-|\n| <ul> <li>`b` c</li> <li>d</li> </ul> e |");
    assert!(html.contains("<td><ul><li><code>b</code> c</li><li>d</li></ul> e</td>") && problems.is_empty(), "{html}");
}

#[test]
fn links_images_and_anchors_of_html_are_those_of_markdown() {
    assert_cleaned("<a id=\"r7\"></a>Row", "<p><span id=\"r7\"></span>Row</p>", &[]);
    assert_cleaned("<a name=r7></a>", "<span id=\"r7\"></span>", &[]);
    assert_cleaned("<a name=r7>Row</a>", "<p><span id=\"r7\"></span>Row</p>", &[]);
    assert_cleaned("a <span id=r7>7</span>", "<p>a <span id=\"r7\">7</span></p>", &[]);
    assert_cleaned(
        "<a name=scope></a>\n## Scope",
        "<span></span>\n<h2 id=\"scope\">Scope<a class=\"anchor\" href=\"#scope\" aria-label=\"Link to this section: Scope\"><span aria-hidden=\"true\">#</span></a></h2>",
        &[],
    );
    assert_cleaned("x <a href=\"y.md\" target=_blank>*y*</a>", "<p>x <a href=\"y.md\"><em>y</em></a></p>", &[]);
    assert_cleaned("[a <a href=b>c</a>](d)", "<p><a href=\"d\">a c</a></p>", &[]);
    assert_cleaned("<a href=b>[c](d)</a>", "<p><a href=\"b\">c</a></p>", &[]);
    assert_cleaned("<video src=\"clips/v.mp4\" controls>No.</video>", "<p><a href=\"clips/v.mp4\">v.mp4</a></p>", &[]);
    assert_cleaned(
        "<div>\n<video title=V><source src=\"v.webm\"><source src=v.mp4>No.</video></div>",
        "<div><a href=\"v.webm\">v.webm</a></div>",
        &[],
    );
    let body = parse_body("<a href='x.md' title=\"T\">a <img src=i.png alt=b width=3 height=4px></a>");
    let links: Vec<_> = body.links.iter().map(|link| (&*link.target, &*link.text, &*link.title)).collect();
    assert_eq!(links, [("x.md", "a", "T"), ("i.png", "b", "")]);
    assert_eq!(body.links[1].size.width.map(|width| width.to_string()).as_deref(), Some("3"));
    assert_eq!(body.links[1].size.height.map(|height| height.to_string()).as_deref(), Some("4"));
}

#[test]
fn invalid_html_is_text() {
    assert_cleaned(
        "Signed by <your name>, see <insert date>.",
        "<p>Signed by &lt;your name&gt;, see &lt;insert date&gt;.</p>",
        &[],
    );
    assert_cleaned("<hostname>\nx\n</hostname>", "&lt;hostname&gt; x &lt;/hostname&gt;", &[]);
    assert_eq!(words("Signed by <your name>.").text, "Signed by <your name>.\n");
}

#[test]
fn removals_are_reported_at_their_place() {
    assert_cleaned(
        "<details open ontoggle=alert(1)>x</details>",
        "<details open=\"\">x</details>",
        &["ontoggle=alert(1)"],
    );
    assert_cleaned("<kbd onclick='x' style=\"y\">k</kbd>", "<p><kbd>k</kbd></p>", &["onclick='x'"]);
    assert_cleaned("x <img src=x onerror=alert(1)>", "<p>x <img src=\"x\" alt=\"\"></p>", &["onerror=alert(1)"]);
    assert_cleaned("<center>x</center>", "x", &["<center>"]);
    assert_cleaned("<img>", "", &["<img>"]);
    assert_cleaned("<!doctype html>", "", &["<!doctype html>"]);
    assert_cleaned("a <?php x ?> b", "<p>a  b</p>", &["<?php x ?>"]);
}

#[test]
fn non_text_content_is_removed_with_its_tag() {
    assert_cleaned("<script>\nalert(1)\n\n</script>\n\nx", "<p>x</p>", &["<script>"]);
    assert_cleaned("a <script>alert(1)</script> b", "<p>a  b</p>", &["<script>alert(1)</script>"]);
    assert_cleaned("a <svg><script>*x*</script></svg> b", "<p>a  b</p>", &["<svg><script>*x*</script></svg>"]);
    assert_cleaned("<style>p{}</style> b", "b", &["<style>p{}</style>"]);
    assert_cleaned("a <iframe src=x> *b*\n\nc", "<p>a <a href=\"x\">x</a> <em>b</em></p>\n<p>c</p>", &[]);
    assert_cleaned("*a <svg> b* </svg> c", "<p><em>a </em> c</p>", &["<svg> b* </svg>"]);
    assert_cleaned(
        "<TEMPLATE>x</template >y<ScRiPt>z</sCrIpT>",
        "<p>y</p>",
        &["<TEMPLATE>x</template >", "<ScRiPt>z</sCrIpT>"],
    );
}

#[test]
fn comments_go_without_a_word_unless_they_never_end() {
    assert_cleaned("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf", "<p>a  c</p>\n\n<p>f</p>", &[]);
    assert_cleaned("<!-- a <!-- b --> c -->", "c --&gt;", &[]);
    assert_cleaned("<!--><b>x", "<b>x</b>", &["<b>"]);
    assert_cleaned("a\n\n<!-- b\n\nc", "<p>a</p>", &["<!-- b"]);
}

#[test]
fn open_tags_are_closed_where_their_block_ends() {
    assert_cleaned("a <kbd>b\n\nc</kbd>", "<p>a <kbd>b</kbd></p>\n<p>c</p>", &["<kbd>", "</kbd>"]);
    assert_cleaned("*a <sup>b* c</sup>", "<p><em>a <sup>b</sup></em> c</p>", &["<sup>", "</sup>"]);
    assert_cleaned(
        "- <details>\n\n  x\n\ny",
        "<ul>\n<li><details>\n<p>x</p>\n</details></li>\n</ul>\n<p>y</p>",
        &["<details>"],
    );
    assert_cleaned(
        "<details><summary>a\n\nb",
        "<details><summary>a </summary>\n<p>b</p>\n</details>",
        &["<summary>", "<details>"],
    );
    assert_cleaned("<kbd><sup>a</kbd>b</sup>", "<p><kbd><sup>a</sup></kbd>b</p>", &["<sup>", "</sup>"]);
    assert_cleaned("a</br>b</details>", "<p>ab</p>", &["</br>", "</details>"]);
}

#[test]
fn tags_stand_where_html_lets_them() {
    assert_cleaned("<td>a</td>", "a", &["<td>"]);
    assert_cleaned("a <details>b</details>", "<p>a b</p>", &["<details>"]);
    assert_cleaned("<summary>a</summary>", "a", &["<summary>"]);
    let (html, problems) = clean("<table><tr><td>a<td>b<tr><td>c</table>");
    assert!(html.contains("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table></div>"), "{html}");
    assert!(problems.is_empty());
    let (html, _) = clean("- a<table>\\\nb");
    assert!(html.contains("<table></table></div>\n<br>\nb"), "{html}");
    let (html, problems) = clean("<table><tr>text<td>a</td></tr></table>");
    assert!(html.contains("<tr></tr></table></div>\ntexta"), "{html}");
    assert_eq!(problems, ["<table>", "<td>", "</table>"]);
}

#[test]
fn unterminated_markup_is_text() {
    assert_cleaned("a <kbd b", "<p>a &lt;kbd b</p>", &[]);
    assert_cleaned("<div a=\"x>y", "&lt;div a=\"x&gt;y", &["<div a=\"x>"]);
    assert_cleaned("1 < 2 <3", "<p>1 &lt; 2 &lt;3</p>", &[]);
    assert_cleaned("\0", "<p>\u{fffd}</p>", &[]);
}

#[test]
fn words_in_raw_html_are_read_like_all_others() {
    let text = "<div>See clause 8.6.1,\nhttps://example.org &eacute;&nbsp;&lt;b&gt;</div>";
    let body = parse_body(text);
    assert_eq!(body.mentions.len(), 1);
    assert_eq!(&*body.links[0].target, "https://example.org");
    assert_eq!(words(text).text.trim(), "See clause 8.6.1, https://example.org é\u{a0}<b>");
}

#[test]
fn each_kind_is_reported_once() {
    let body = parse_body(&"<center onclick=x>x</center> <kbd onclick=x>y</kbd>\n".repeat(3_000));
    let messages: Vec<&str> = body.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`<center>` is removed from the page (and 2999 more times in this document)",
            "`onclick` is removed from `<kbd>` (and 2999 more times in this document)",
        ]
    );
}

/// Inputs that slow down careless parsers, each of about 100,000 bytes.
fn floods() -> Vec<String> {
    let bits = [
        ">",
        "> ",
        "- ",
        "1. ",
        "[",
        "]",
        "[[",
        "[[a|",
        "![",
        "![[",
        "[a](",
        "[a](<b",
        "[a][",
        "*a ",
        "*a_ ",
        "**",
        "_",
        "~~a ",
        "`",
        "<",
        "<a ",
        "<!--",
        "<!-- x -->",
        "a <!-- ",
        "<?",
        "<div>",
        "<div ",
        "<kbd>",
        "x<kbd>",
        "<td>",
        "<table>",
        "<table><tr><td>",
        "<details>\n\n",
        "<a href=\"",
        "<x a='",
        "<script>",
        "a <svg>",
        "&",
        "&amp;",
        "\\",
        "|",
        "# a {#b}\n",
        "# a\n",
        "# {",
        "a\n: b\n",
        "[^1]: ",
        "[^1]",
        "> [!NOTE]\n",
        "http://",
        "https://a.b(",
        "clause ",
        "clause 8.6.1 and ",
        "clauses 1, ",
        "iso1:",
        "a:",
        "8.",
        "\0",
        "word. ",
        "é",
        "- [ ] x\n",
        "<!",
        "{",
        "}",
        "</kbd>",
        "<br>",
        "![a](b)",
        "[[a]]",
        "|a|b|\n",
        "x  \n",
        "<p",
        "</",
        "<td colspan=1>",
        "<abbr title=x>",
        "<ul><li>",
        "<pre>",
        "<p>",
        "<a href=x>",
        "<a id=x>",
        "<h1>",
        "<dl><dt>a<dd>",
        "<video>",
        "<x>",
        "<video src=a>",
        ":::note\n",
        "> :::note\n",
        ":::\n",
        "!!! note\n    ",
        "??? a\n\n",
        "> [!A]\n",
        "{% hint %}\n",
        "[a](b){.c}",
        "[[a]](",
        "[[a|",
        "| [[a|b]] ",
        "{:.a}\n",
        "$$",
        "$a",
        ":a:",
        "==a",
        "{{<",
        "{%",
        "{a}`",
        "[a]: b\n",
        "a\n:b\n",
        "\t- ",
        "「",
    ];
    let mut floods: Vec<String> = bits.iter().map(|bit| bit.repeat(100_000 / bit.len())).collect();
    for (open, close) in [
        ("[", "]"),
        ("[[", "]]"),
        ("*", "*"),
        ("*_", "_*"),
        ("![", "](b)"),
        ("<kbd>", "</kbd>"),
        ("<table><tr><td>", "</table>"),
    ] {
        floods.push(format!("{}a{}", open.repeat(20_000), close.repeat(20_000)));
    }
    for mark in ["- ", "> ", "> - ", "1. ", "[^1]: - ", "- [^1]: "] {
        floods.push(format!("{}```{}", mark.repeat(20_000), "\n".repeat(50_000)));
        floods.push(format!("{}<!--{}", mark.repeat(20_000), "\n".repeat(50_000)));
    }
    floods.push(format!("{}\n{}\n{}", "|a".repeat(10_000), "|-".repeat(10_000), "|b\n".repeat(10_000)));
    floods.push(format!("## x {{clauses=\"{}\"}}", "y ".repeat(50_000)));
    floods.push((0..5_000).map(|number| format!("[^{number}]: x [^1]\n")).collect());
    floods
}

#[test]
fn floods_are_parsed_quickly_and_completely() {
    for flood in floods() {
        let start = Instant::now();
        let html = render(&parse_body(&flood));
        let took = start.elapsed();
        let begins: String = flood.chars().take(20).collect();
        assert!(took < Duration::from_secs(5), "{begins:?} took {took:?}");
        if let Err(error) = strict::check(&html) {
            panic!("{begins:?}: {error}");
        }
    }
}
