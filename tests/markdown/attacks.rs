//! Attacks from a published collection, and some on Markdown itself. The output is parsed with an HTML parser, as in a
//! browser, and must not contain active content.

use clausebook::testing::markdown::{Body, is_safe_scheme};
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::strict::ATTRIBUTES;
use crate::support::{parse_body, render_with};

/// Elements that a text may produce on its page.
const ELEMENTS: [&str; 64] = [
    "html",
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "em",
    "strong",
    "del",
    "sup",
    "sub",
    "code",
    "pre",
    "br",
    "hr",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "caption",
    "blockquote",
    "div",
    "span",
    "section",
    "dl",
    "dt",
    "dd",
    "img",
    "input",
    "details",
    "summary",
    "kbd",
    "abbr",
    "b",
    "i",
    "u",
    "s",
    "q",
    "ins",
    "mark",
    "samp",
    "var",
    "cite",
    "dfn",
    "small",
    "time",
    "ruby",
    "rt",
    "bdo",
    "bdi",
    "wbr",
    "figure",
    "figcaption",
    "rp",
    "svg",
    "path",
];

/// The HTML of a text on its page: a link with an unsafe scheme is disabled.
fn page(body: &Body) -> String {
    render_with(body, &|target| if is_safe_scheme(target) { target.to_owned() } else { "#".to_owned() })
}

/// Collects active content in a tree.
fn collect_dangers(node: &Handle, problems: &mut Vec<String>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let element = name.local.as_ref();
        if !ELEMENTS.contains(&element) {
            problems.push(format!("<{element}>"));
        }
        for attribute in attrs.borrow().iter() {
            let name = attribute.name.local.as_ref();
            if !ATTRIBUTES.contains(&name) || (matches!(name, "href" | "src") && !is_safe_scheme(&attribute.value)) {
                problems.push(format!("{element} {name}={}", attribute.value));
            }
        }
    }
    node.children.borrow().iter().for_each(|child| collect_dangers(child, problems));
}

fn find_dangers(html: &str) -> Vec<String> {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let tree = parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(html);
    let mut problems = Vec::new();
    collect_dangers(&tree.document, &mut problems);
    problems
}

fn assert_harmless(text: &str) {
    let html = page(&parse_body(text));
    let problems = find_dangers(&html);
    assert!(problems.is_empty(), "{problems:?} in {html:?} of {text:?}");
}

#[test]
fn dangerous_html_is_detected() {
    let html = "<p onclick=x><script></script><a href=\"java&#10;script:x\">a</a><svg onload=y></p>";
    assert_eq!(find_dangers(html), ["p onclick=x", "<script>", "a href=java\nscript:x", "svg onload=y"]);
}

/// Tries an attack as a block, in a sentence, in a cell, in a list and quote, in an alert, and after an open tag.
fn assert_harmless_everywhere(attack: &str) {
    let line = attack.replace(['\n', '\r'], " ");
    for text in [
        attack.to_owned(),
        format!("a {line} b"),
        format!("| a |\n|---|\n| {} |\n", line.replace('|', "\\|")),
        format!("- > {line}\n  > c\n"),
        format!("!!! note \"{line}\"\n    {line}\n"),
        format!("> [!DANGER]- {line}\n> {line}\n"),
        format!("<details><summary>{line}</summary>\n\n{line}\n\n</details>"),
        format!("<table><tr><td>{attack}</table>"),
        format!("<ul><li>{attack}<pre>{attack}"),
        format!("## {line}\n\n<h2>{line}</h2>"),
        format!("[{line}](x.md \"{}\")", line.replace('"', "\\\"")),
        format!("![{line}](x.png){{width={line}}}"),
        format!("{line}\n: {line}\n"),
        format!("x[^1]\n\n[^1]: {line}\n"),
    ] {
        assert_harmless(&text);
    }
}

#[test]
fn attacks_of_a_published_collection_do_nothing() {
    let attacks: Vec<String> = serde_json::from_str(include_str!("attacks/dompurify.json")).expect("JSON");
    assert!(attacks.len() > 200);
    attacks.iter().for_each(|attack| assert_harmless_everywhere(attack));
}

#[test]
fn attacks_on_markdown_do_nothing() {
    for attack in [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&#58;alert(1))",
        "[a](java&#10;script:alert(1))",
        "[a](&#x1;javascript:alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a](javascript:alert(1))",
        "![a](x\" onerror=\"alert(1))",
        "<javascript:alert(1)>",
        "<https://a.b/\"onclick=alert(1)>",
        "[a][b]\n\n[b]: javascript:alert(1) \"\\\" onclick=alert(1)\"",
        "[[javascript:alert(1)|a]]",
        "[[A\" onclick=\"alert(1)]]",
        "[a](b){:onclick=\"alert(1)\"}",
        "![a](b.png){width=\"1\" onload=alert(1)}",
        "![a](b.png){width='1\" onload=alert(1) '}",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=' &#106;avascript:alert(1)'>a</a>",
        "<a id='x\" onclick=\"alert(1)'>a</a>",
        "<a name=x onclick=alert(1)>a</a>",
        "<img src=x width='1\" onerror=alert(1) \"' onerror=alert(1)>",
        "<img src='x\" onerror=\"alert(1)' alt='\"><script>'>",
        "<p align='center\" onclick=\"alert(1)'>a</p>",
        "<video src=\"javascript:alert(1)\" title='<script>'></video>",
        "<video><source src=\"data:text/html,x\" onerror=alert(1)></video>",
        "<td colspan='2\" onclick=\"x'>a",
        "<abbr title='\" onclick=\"alert(1)'>a</abbr>",
        "<time datetime='\" onclick=\"x'>a</time>",
        "<your onclick=alert(1)>",
        "<x/onclick=alert(1)>",
        "<Tabs items={<script>alert(1)</script>}>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">a</mi></math>",
        "<pre><script>alert(1)</script></pre>",
        "<pre>\n<img src=x onerror=alert(1)>\n</pre>",
        "<h2 id='\"><script>alert(1)</script>'>a</h2>",
        "# a {#\"onclick=alert(1)}",
        "```\"onclick=\"alert(1)\n<script>\n```",
        ":::note[<img src=x onerror=alert(1)>]\n<script>alert(1)</script>\n:::",
        "{% hint style=\"danger\" title=\"<script>alert(1)</script>\" %}\na\n{% endhint %}",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<form><input name=attributes><button formaction=javascript:alert(1)>",
        "<base href=\"javascript:alert(1)//\"><meta http-equiv=refresh content=0>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe><object data=x><embed src=x>",
        "<style>@import 'x';</style><link rel=stylesheet href=x>",
    ] {
        assert_harmless_everywhere(attack);
    }
}
