//! The results of parsing a body, shown on whole texts.

mod attacks;
mod hostile;
mod properties;
mod strict;
mod support;
mod whole;

use clausebook::testing::markdown::{Body, LinkForm, Phrase, is_safe_scheme};
use support::{marked_text, parse_body, render, text_at, words};

#[test]
fn every_construct_becomes_html_with_gaps_for_links() {
    let text = include_str!("constructs.md");
    insta::assert_snapshot!("constructs_html", render(&parse_body(text)));
}

#[test]
fn alerts_of_every_dialect_become_the_same_alert() {
    let text = include_str!("dialects.md");
    let body = parse_body(text);
    insta::assert_snapshot!("dialects_html", render(&body));
    let problems: Vec<&str> = body.problems.iter().map(|problem| problem.rule.0).collect();
    assert_eq!(problems, ["foreign-syntax"]);
    assert_eq!(body.headings.iter().map(|heading| heading.text.as_str()).collect::<Vec<_>>(), ["Within", "End"]);
    let link = &body.links[0];
    assert_eq!((text_at(text, link.span), text_at(text, link.target_span)), ("[the plan](plan.md)", "plan.md"));
    assert_eq!(text_at(text, body.mentions[0].span), "8.6.1");
}

#[test]
fn an_alert_reads_the_same_with_every_end_of_line() {
    let text = include_str!("dialects.md");
    let (unix, windows) = (parse_body(text), parse_body(&text.replace('\n', "\r\n")));
    assert_eq!(unix.digest, windows.digest);
    assert_eq!(render(&unix), render(&windows).replace('\r', ""));
    let expected = parse_body("!!! note\n    a\n\n    - b\n");
    for other in [
        ":::note\na\n\n- b\n:::\n",
        "{% hint %}\na\n\n- b\n{% endhint %}",
        "> [!info]\n> a\n>\n> - b",
        "> [!NOTE]\n> a\n> - b",
    ] {
        assert_eq!(expected.digest, parse_body(other).digest, "{other}");
    }
}

#[test]
fn links_of_every_form_have_their_places() {
    let text = include_str!("links.md");
    let body = parse_body(text);
    let lines: Vec<String> = body
        .links
        .iter()
        .map(|link| {
            let (source, target) = (text_at(text, link.span), text_at(text, link.target_span));
            format!("{:?} {} | {} | {} | {source} | {target}", link.form, link.target, link.text, link.title)
        })
        .collect();
    insta::assert_snapshot!("links", lines.join("\n"));
    insta::assert_snapshot!("links_html", render(&body));
}

#[test]
fn headings_get_the_anchors_that_github_gives_and_chosen_ones_come_first() {
    let body = parse_body("# Scope\n## Scope\n## Other {#scope}\n## Scope-1\n\nWeiß & *bold* `code`\n---\n");
    let shown: Vec<(u8, &str, &str)> =
        body.headings.iter().map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str())).collect();
    assert_eq!(
        shown,
        [
            (1, "scope-1", "Scope"),
            (2, "scope-2", "Scope"),
            (2, "scope", "Other"),
            (2, "scope-1-1", "Scope-1"),
            (2, "weiß--bold-code", "Weiß & bold code"),
        ]
    );
    assert_eq!(
        body.anchors().collect::<Vec<_>>(),
        ["scope", "scope-1", "scope-1-1", "scope-2", "weiß--bold-code"],
        "in order, to be searched"
    );
}

#[test]
fn headings_claim_clauses_with_the_place_of_each() {
    let text = "## Major {#major .wide clauses=\"8.6.1 8.6.2/partial iso27001:A.5.24\"}\n\n\
                Set text {clauses=8.5}\n===\n\n> ## Quoted {clauses=\"9.1, 9.2\"}\n";
    let body = parse_body(text);
    let claims: Vec<String> = body
        .headings
        .iter()
        .flat_map(|heading| &heading.claims)
        .map(|claim| format!("{} {} {}", claim.clause.value, claim.extent.as_str(), text_at(text, claim.clause.span)))
        .collect();
    assert_eq!(
        claims,
        ["8.6.1 full 8.6.1", "8.6.2 partial 8.6.2", "iso27001:A.5.24 full iso27001:A.5.24", "8.5 full 8.5"]
    );
    assert_eq!(body.headings[0].text.as_str(), "Major");
    assert_eq!(body.headings[1].text.as_str(), "Set text");
    let rules: Vec<&str> = body.problems.iter().map(|problem| problem.rule.0).collect();
    assert_eq!(rules, ["misplaced-claim"], "a quoted heading claims nothing");
}

#[test]
fn invalid_clauses_in_headings_are_reported() {
    let text = "## A {clauses=\"8.6.1 nope 8.10/half 08.1\"}\n\n## B {to be written}\n";
    let body = parse_body(text);
    let problems: Vec<(&str, String)> =
        body.problems.iter().map(|problem| (problem.rule.0, marked_text(text, &problem.place))).collect();
    assert_eq!(
        problems,
        [
            ("unknown-clause", "nope".to_owned()),
            ("unknown-clause", "8.10/half".to_owned()),
            ("unknown-clause", "08.1".to_owned()),
        ]
    );
    assert_eq!(body.headings[0].claims.len(), 1);
    assert_eq!(body.headings[1].text.as_str(), "B {to be written}");
}

#[test]
fn mentions_are_found_in_running_text_only() {
    let text = "See clause 8.6.1, `clause 8.6.2`, [clause 8.6.3](x.md) and **clause** 8.5.\n\
                Under clause&nbsp;9.1 or clause\n9.2, clause \\9.3, clauses 8.5.1 *and* 8.5.2.\n\n\
                > as clause\n> 10.2 says\n\n    clause 7.5\n\n\
                | clause 4.1 | iso27001:A.5.24 |\n|-|-|\n| https://x.org/iso9001:9.2 | clause 9\\.1 |\n";
    let body = parse_body(text);
    let mentions: Vec<&str> = body.mentions.iter().map(|mention| text_at(text, mention.span)).collect();
    assert_eq!(mentions, ["8.6.1", "8.5", "9.1", "9.2", "8.5.1", "8.5.2", "10.2", "4.1", "iso27001:A.5.24", "9\\.1"]);
    assert_eq!(body.mentions[9].clause.to_string(), "9.1");
}

#[test]
fn running_text_has_one_line_a_block_and_knows_where_it_stood() {
    let text = "## Roles\n\nThe *manager*\nsays &amp; does `x y`.\n\n- one\n- two\n\n| A | B |\n|-|-|\n| c | d |\n\n```\ncode\n```\n";
    let body = parse_body(text);
    let words = words(text);
    assert_eq!(words.text, "Roles\nThe manager says & does x y.\none\ntwo\nA B\nc d\n");
    assert_eq!(body.words, 14);
    let place = |part: &str| {
        let start = words.text.find(part).expect(part);
        text_at(text, words.source_span(start..start + part.len()))
    };
    for part in ["Roles", "manager", "says", "two", "d", "x y"] {
        assert_eq!(place(part), part);
    }
    assert_eq!(place("&"), "&amp;");
    assert_eq!(place("manager says"), "manager*\nsays");
    let heading = &body.headings[0];
    assert_eq!(&words.text[heading.text_start as usize..][..3], "The");
}

#[test]
fn empty_sections_are_detected() {
    let has_content =
        |text: &str| parse_body(text).headings.iter().map(|heading| heading.has_content).collect::<Vec<_>>();
    assert_eq!(has_content("# A\n## B\n### C\ntext\n## D\n"), [true, true, true, false]);
    assert_eq!(
        has_content("## A\n\n## B\n\n---\n<!-- c -->\n\n## C\n![](x.png)\n## D\n```\nx\n```\n## E\n- \n"),
        [false, false, true, true, false]
    );
    assert_eq!(has_content("## A\n<div>\n\n</div>\n\n## B\n| | |\n|-|-|\n| | |\n## C\n`x`\n"), [false, false, true]);
}

#[test]
fn a_glossary_and_a_summary_and_diagrams_are_found() {
    let text = "## Terms\n\nWords we use. And more.\n\n*Change*\n: Adding `x`\n  or [removing](a.md).\n: Second.\n\nTerms\n: Third.\n\n```mermaid\ngraph TD\n```\n";
    let body = parse_body(text);
    let terms: Vec<(&str, &str, &str, &str)> = body
        .terms
        .iter()
        .map(|entry| (entry.term.as_str(), entry.definition.as_str(), entry.id.as_str(), text_at(text, entry.span)))
        .collect();
    assert_eq!(
        terms,
        [("Change", "Adding x or removing.", "change", "*Change*"), ("Terms", "Third.", "terms-1", "Terms")]
    );
    assert_eq!(body.summary.as_str(), "Words we use.");
    let diagram = &body.code[0];
    assert!(diagram.is_diagram());
    assert_eq!((&*diagram.source, text_at(text, diagram.span)), ("graph TD\n", "```mermaid\ngraph TD\n```"));
}

#[test]
fn spans_count_from_the_beginning_of_the_file() {
    let text = "---\nid: X\n---\nSee [a](b.md) and clause 8.6.1.\n";
    let source = clausebook::testing::place::SourceText::new("x.md", text);
    let body = clausebook::testing::markdown::parse(&source, 14).body;
    assert_eq!(text_at(text, body.links[0].span), "[a](b.md)");
    assert_eq!(text_at(text, body.mentions[0].span), "8.6.1");
    for start in [15, 9_999, u32::MAX] {
        clausebook::testing::markdown::parse(&source, start);
    }
}

#[test]
fn images_say_whether_they_have_words() {
    let body = parse_body("![](a.png) ![b *c*](b.png) <img src=\"c.png\">\n");
    let images: Vec<(bool, &str)> = body.links.iter().map(|link| (link.is_image(), &*link.text)).collect();
    assert_eq!(images, [(true, ""), (true, "b c"), (true, "")]);
    assert_eq!(body.links[2].form, LinkForm::RawImage);
}

#[test]
fn a_heading_that_is_only_an_image_keeps_it_and_one_of_nothing_is_reported() {
    let body = parse_body("## ![](pictures/flow.svg)\n\n## {#only}\n\n## <!-- x -->\n");
    let names: Vec<(&str, &str)> = body.headings.iter().map(|one| (one.text.as_str(), one.id.as_str())).collect();
    assert_eq!(names, [("flow", "flow")]);
    assert!(render(&body).contains("pictures/flow.svg"), "{}", render(&body));
    let reported = body.problems.iter().filter(|problem| problem.message.contains("no text")).count();
    assert_eq!(reported, 2);
}

#[test]
fn a_page_has_one_first_heading_of_its_own() {
    let html = render(&parse_body("# One\n## Two\n###### Six\n"));
    assert!(!html.contains("<h1") && html.contains("<h2 id=\"one\"") && html.contains("</h6>"), "{html}");
}

#[test]
fn every_phrase_has_english_words() {
    let mut words: Vec<&str> = Phrase::ALL.iter().map(|phrase| phrase.english()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Phrase::ALL.len());
}

#[test]
fn unsafe_schemes_are_recognized() {
    assert!(is_safe_scheme("https://example.org") && is_safe_scheme("a/b.md"));
    assert!(!is_safe_scheme("JaVaScRiPt:alert(1)"));
}

#[test]
fn an_empty_body_is_a_body() {
    let Body { html, words: count, problems, .. } = parse_body("");
    assert!(html.html().is_empty() && words("").text.is_empty() && count == 0 && problems.is_empty());
}
