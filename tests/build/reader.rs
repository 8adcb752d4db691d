//! The top of a document's page, and the actions that it offers to readers.

use crate::support::{Fixture, SETTINGS, policy};
use crate::text;

#[test]
fn a_document_says_its_state_in_one_line_and_everything_else_on_demand() {
    let extra = "review: 12 months\nclauses: [8.6.1, 8.6.2, 8.6.3, 9.1, {clause: 9.2, extent: partial}]\n";
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", extra, "Words."))]);
    let site = fixture.build();
    let page = text(&site, "a.html");
    let strip = page
        .split("<details class=\"control-block\">")
        .nth(1)
        .expect("closed")
        .split("</summary>")
        .next()
        .expect("a line");
    for words in [
        "data-state=\"current\"",
        "<span>v1.0</span>",
        "<span>Owner</span>",
        "next review <time datetime=\"2027-03-02\">",
    ] {
        assert!(strip.contains(words), "{words} in {strip}");
    }
    let title = page.split("class=\"secs\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("chips");
    assert_eq!(title.matches("class=\"sec\"").count(), 5, "four, and the way to all");
    assert!(title.contains(
        "clauses/iso20000-1/8.6.1.html\" title=\"8.6.1 Incident management: fully addressed by this document\""
    ));
    assert!(title.contains("href=\"#~clauses\">1 more</a>") && page.contains("id=\"~clauses\""));
    assert!(
        !page.contains("class=\"acts\" data-about=\"POL-AAA-001 v1.0\"><li><h2>This page</h2></li><li>"),
        "no address is known"
    );
}

#[test]
fn a_heading_that_claims_a_clause_leads_to_it() {
    let body = "Words.\n\n## Incidents {clauses=\"8.6.1 8.6.2/partial\"}\n\nDone.\n\n## Other\n\nDone.";
    let fixture = Fixture::new(&[("content/sub/a.md", &policy("POL-AAA-001", "", body))]);
    let site = fixture.build();
    let page = text(&site, "sub/a.html");
    let heading =
        page.split("<h2 id=\"incidents\">").nth(1).and_then(|rest| rest.split("</h2>").next()).expect("a heading");
    let full = "<a class=\"sec\" href=\"../clauses/iso20000-1/8.6.1.html\" title=\"8.6.1 Incident management: fully addressed by this section\">§\u{a0}8.6.1</a>";
    assert!(heading.contains(full), "{heading}");
    assert!(heading.contains("partly addressed by this section\">§\u{a0}8.6.2 partly</a>"), "{heading}");
    assert_eq!(page.matches("class=\"sec\"").count(), 2, "no other heading has any");
    assert!(!text(&site, "clauses/iso20000-1/8.6.1.html").contains("Incidents §"), "a heading's text has no chip");
    assert!(text(&site, "print/index.html").contains("href=\"../clauses/iso20000-1/8.6.1.html\" title="));
}

#[test]
fn a_claim_on_nothing_is_not_called_a_draft() {
    let body = "Words.\n\n## Incidents {clauses=\"8.6.1\"}\n\nTODO\n\n## Problems {partial} {clauses=\"8.6.3\"}\n\nDone.\n\n\
                ## Parties {clauses=\"8.2.3.1\"}\n\nDone.";
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", body))]);
    let site = fixture.build();
    let empty = text(&site, "clauses/iso20000-1/8.6.1.html");
    assert!(empty.contains("A document in force names it, but says nothing on it yet."), "{empty}");
    assert!(empty.contains("The document says nothing on it yet.") && !empty.contains("not yet in force"), "{empty}");
    let unclear = text(&site, "clauses/iso20000-1/8.6.3.html");
    assert!(unclear.contains("A document in force names it, but the claim cannot be read for certain."), "{unclear}");
    assert!(text(&site, "clauses/iso20000-1/8.2.3.html").contains("Documents address only clauses below this one."));
    let gaps = text(&site, "gaps.csv");
    assert!(
        gaps.contains("Write what the document says on it.") && !gaps.contains("Get the document approved."),
        "{gaps}"
    );
}

#[test]
fn readers_see_the_source_and_report_problems_where_the_settings_say() {
    let settings = "source_url: \"https://git.example.org/sms/blob/main/{path}\"\n\
        pdf_url: \"https://handbook.example.org/pdf/{id}.pdf\"\n\
        issue_url: \"https://git.example.org/new?title={id}%20{version}%20{heading}&body={title}\"\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}{settings}")),
        ("content/a b/ü.md", &policy("POL-AAA-001", "", "Words.").replace("Title of POL-AAA-001", "\"A & <b>\"")),
        ("content/page.md", "---\ntype: page\ntitle: Page\n---\n\nWords.\n"),
    ]);
    let site = fixture.build();
    let (_, bytes) = site
        .iter()
        .find(|(_, bytes)| String::from_utf8_lossy(bytes).contains("data-about=\"POL-AAA-001 v1.0\""))
        .expect("its page");
    let page = String::from_utf8_lossy(bytes);
    assert!(page.contains("href=\"https://git.example.org/sms/blob/main/content/a%20b/%C3%BC.md\""), "{page}");
    let report_url = "https://git.example.org/new?title=POL-AAA-001%201.0%20{}&amp;body=A%20%26%20%3Cb%3E\"";
    assert!(page.contains(&report_url.replace("{}", "")), "{page}");
    assert!(page.contains(&format!("data-at=\"{}", report_url.replace("{}", "{heading}"))), "{page}");
    assert!(page.contains("href=\"https://handbook.example.org/pdf/POL-AAA-001.pdf\""), "{page}");
    let without_id = text(&site, "page.html");
    assert!(without_id.contains("href=\"https://git.example.org/sms/blob/main/content/page.md\""));
    assert!(!without_id.contains(".pdf"), "a page without an ID has no PDF of its own: {without_id}");
}

#[test]
fn an_image_in_a_paragraph_of_its_own_has_its_caption_below_it() {
    let body = "![The way](flow.png \"How a <call> goes\"){width=300}\n\nWords ![sign](flow.png \"Hint\").\n\n![plain](flow.png)";
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", body)), ("content/flow.png", "picture")]);
    let page = text(&fixture.build(), "a.html");
    let image = "<img loading=\"lazy\" src=\"flow.png\" alt=";
    let caption = format!(
        "<p><span class=\"figure\">{image}\"The way\" width=\"300\"><span class=\"caption\">How a &lt;call&gt; goes</span></span></p>"
    );
    assert!(page.contains(&caption), "{page}");
    assert!(page.contains(&format!("Words {image}\"sign\" title=\"Hint\">.")), "a hint in running text stays one");
    assert!(page.contains(&format!("<p>{image}\"plain\"></p>")));
}
