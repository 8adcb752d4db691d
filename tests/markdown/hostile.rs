//! Raw HTML and input that means harm: what comes out is always whole and harmless, and never takes long.

use std::time::{Duration, Instant};

use crate::strict;
use crate::support::{marked, parsed, shown};

/// The HTML of a text, and `rule: marked text` for each fault; every result is checked to be whole.
fn cleaned(text: &str) -> (String, Vec<String>) {
    let body = parsed(text);
    let html = shown(&body);
    if let Err(error) = strict::check(&html) {
        panic!("{error} in {html}");
    }
    let faults = body.faults.iter().map(|one| {
        assert!(["raw-html-removed", "unclosed-block"].contains(&one.rule.0), "{one:?}");
        marked(text, &one.place)
    });
    (html, faults.collect())
}

#[track_caller]
fn assert_cleaned(text: &str, html: &str, faults: &[&str]) {
    let (cleaned, reported) = cleaned(text);
    assert_eq!(cleaned.trim(), html, "{text}");
    assert_eq!(reported, faults, "{text}");
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
    let (html, faults) = cleaned(
        "<table>\n<caption>C</caption>\n<thead><tr><th scope=col>A</th></tr></thead>\n\n<tbody>\n<tr><td colspan=\"2\">\n\n**b**\n\n</td></tr></tbody>\n</table>",
    );
    assert!(html.contains("<th scope=\"col\">A</th>") && html.contains("<strong>b</strong>"), "{html}");
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn what_is_removed_is_named_at_its_place() {
    assert_cleaned("a <span class=x>b</span> c", "<p>a b c</p>", &["<span class=x>"]);
    assert_cleaned("<div align=center>\n\nx\n\n</div>", "<p>x</p>", &["<div align=center>"]);
    assert_cleaned(
        "<details open ontoggle=alert(1)>x</details>",
        "<details open=\"\">x</details>",
        &["ontoggle=alert(1)"],
    );
    assert_cleaned("<kbd onclick='x' style=\"y\">k</kbd>", "<p><kbd>k</kbd></p>", &["onclick='x'", "style=\"y\""]);
    assert_cleaned("x <a href=\"javascript:alert(1)\">y</a>", "<p>x y</p>", &["<a href=\"javascript:alert(1)\">"]);
    assert_cleaned("x <img src=x onerror=alert(1)>", "<p>x </p>", &["<img src=x onerror=alert(1)>"]);
    assert_cleaned("<!doctype html>", "", &["<!doctype html>"]);
    assert_cleaned("a <?php x ?> b", "<p>a  b</p>", &["<?php x ?>"]);
}

#[test]
fn what_is_no_text_goes_with_its_tag() {
    assert_cleaned("<script>\nalert(1)\n\n</script>\n\nx", "<p>x</p>", &["<script>"]);
    assert_cleaned("a <script>alert(1)</script> b", "<p>a  b</p>", &["<script>"]);
    assert_cleaned("a <svg><script>*x*</script></svg> b", "<p>a  b</p>", &["<svg>"]);
    assert_cleaned("<style>p{}</style> b", "b", &["<style>"]);
    assert_cleaned("a <iframe src=x> *b*\n\nc", "<p>a </p>\n<p>c</p>", &["<iframe src=x>"]);
    assert_cleaned("*a <svg> b* </svg> c", "<p><em>a </em>  c</p>", &["<svg>"]);
    assert_cleaned("<TEMPLATE>x</template >y<ScRiPt>z</sCrIpT>", "<p>y</p>", &["<TEMPLATE>", "<ScRiPt>"]);
}

#[test]
fn comments_go_without_a_word_unless_they_never_end() {
    assert_cleaned("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf", "<p>a  c</p>\n\n<p>f</p>", &[]);
    assert_cleaned("<!-- a <!-- b --> c -->", "c --&gt;", &[]);
    assert_cleaned("<!--><b>x", "x", &["<b>"]);
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
    let (html, faults) = cleaned("<table><tr><td>a<td>b<tr><td>c</table>");
    assert!(html.contains("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table></div>"), "{html}");
    assert!(faults.is_empty());
    let (html, _) = cleaned("- a<table>\\\nb");
    assert!(html.contains("<table></table></div>\n<br>\nb"), "{html}");
    let (html, faults) = cleaned("<table><tr>text<td>a</td></tr></table>");
    assert!(html.contains("<tr></tr></table></div>\ntexta"), "{html}");
    assert_eq!(faults, ["<table>", "<td>", "</tr>", "</table>"]);
}

#[test]
fn what_never_ends_is_text() {
    assert_cleaned("a <kbd b", "<p>a &lt;kbd b</p>", &[]);
    assert_cleaned("<div a=\"x>y", "&lt;div a=\"x&gt;y", &[]);
    assert_cleaned("1 < 2 <3", "<p>1 &lt; 2 &lt;3</p>", &[]);
    assert_cleaned("\0", "<p>\u{fffd}</p>", &[]);
}

#[test]
fn words_in_raw_html_are_read_like_all_others() {
    let text = "<div>See clause 8.6.1,\nhttps://example.org &eacute;&nbsp;&lt;b&gt;</div>";
    let body = parsed(text);
    assert_eq!(body.mentions.len(), 1);
    assert_eq!(body.links[0].target, "https://example.org");
    assert_eq!(body.text.trim(), "See clause 8.6.1, https://example.org é\u{a0}<b>");
}

#[test]
fn many_faults_are_counted_rather_than_listed() {
    let body = parsed(&"<b>x</b>\n".repeat(3_000));
    assert_eq!(body.faults.len(), 1_001);
    assert!(body.faults[1_000].message.starts_with("2000 more"));
}

/// Inputs that keep careless parsers busy, each of about 100,000 bytes.
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
fn floods_pass_quickly_and_whole() {
    for flood in floods() {
        let start = Instant::now();
        let html = shown(&parsed(&flood));
        let took = start.elapsed();
        let begins: String = flood.chars().take(20).collect();
        assert!(took < Duration::from_secs(5), "{begins:?} took {took:?}");
        if let Err(error) = strict::check(&html) {
            panic!("{begins:?}: {error}");
        }
    }
}
