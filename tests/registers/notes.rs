//! Notes in entries are rendered as one line of Markdown wherever they are shown, and as plain text in the search.

use super::support::{Fixture, policy};

const OWNER: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nregisters: [list/register.yaml]\n---\n\n\
    ```register improvements\ncolumns: id, note\n```\n";

const REGISTER: &str = "audits:\n- {id: A-1, title: Desk, kind: internal, planned: 2027-01-01, note: \"As [[POL-A-001]] and [[IMP-1]] say\"}\n\
    improvements:\n- {id: IMP-1, title: Faster, state: proposed, note: \"*Soon*, `now`, [the policy](../policy.md#scope); 1 < 2 & <b>bold</b>\"}\n\
    - {id: IMP-2, title: Better, state: proposed, note: \"*Soon*, `now`, [the policy](../policy.md#scope); 1 < 2 & more\"}\n\
    management_reviews:\n- {id: MR-1, title: Spring, held: 2026-04-01, note: \"After **[[A-1|the audit]]**\"}\n\
    locations:\n- {id: L1, title: North, inside: true, note: \"Keys: [[gone]] and <https://example.org/a?b=1&c=2>\"}\n";

fn site() -> std::collections::BTreeMap<String, String> {
    let fixture = Fixture::new(&[
        ("content/programme.md", OWNER),
        ("content/policy.md", &policy("POL-A-001", "", "## Scope {#scope}\n\nEverybody.\n")),
        ("content/list/register.yaml", REGISTER),
    ]);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    fixture.build().into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

#[test]
fn a_note_is_shown_as_markdown_with_links_from_its_page() {
    let site = site();
    let shows = |page: &str, html: &str| {
        let text = site.get(page).unwrap_or_else(|| panic!("no page {page}: {:?}", site.keys()));
        assert!(text.contains(html), "{page} shows no {html}");
    };
    let line = "<em>Soon</em>, <code>now</code>, <a class=\"to-document\" href=\"";
    shows("improvements.html", line);
    shows("improvements.html", "policy.html#scope\" data-id=\"POL-A-001\">the policy</a>; 1 &lt; 2 &amp; more");
    shows("programme.html", line);
    shows("audits/A-1.html", "As <a class=\"to-document\" href=\"../policy.html\"");
    shows(
        "audits/A-1.html",
        "<a class=\"to-entry\" href=\"../improvements.html#IMP-1\" title=\"Faster\">IMP-1</a> say",
    );
    shows("management-reviews.html", "After <strong><a class=\"to-entry\" href=\"audits/A-1.html\"");
    shows("locations/index.html", "\">Keys: <span>[[gone]]</span>");
    shows("locations/L1.html", "rel=\"noopener noreferrer\" href=\"https://example.org/a?b=1&amp;c=2\"");
    // A note that is more than a line of text is shown as written.
    shows(
        "improvements.html",
        "*Soon*, `now`, [the policy](../policy.md#scope); 1 &lt; 2 &amp; &lt;b&gt;bold&lt;/b&gt;",
    );
    let is_page = |path: &str| path.ends_with(".html");
    assert!(site.iter().all(|(path, page)| !is_page(path) || !page.contains("<b>bold</b>")));
}

#[test]
fn a_note_is_searched_without_its_markup() {
    let site = site();
    let index: String =
        site.iter().filter(|(path, _)| path.starts_with("find/")).map(|(_, text)| text.as_str()).collect();
    assert!(index.contains("Soon, now, the policy; 1 \\u003c 2"), "{index}");
    assert!(!index.contains("*Soon*") && !index.contains("`now`"), "{index}");
}

#[test]
fn a_document_says_which_notes_lead_to_it() {
    assert!(site()["policy.html"].contains("audits/A-1.html"), "the policy names the audit whose note links to it");
}

#[test]
fn what_a_note_links_to_is_published_and_checked() {
    let owner = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nregisters: [register.yaml]\n---\n\nAudits.\n";
    let note = "[plan](plan.pdf), [empty](empty.csv), [hidden](.files/x.pdf)";
    let register =
        format!("audits:\n- {{id: A-1, title: Desk, kind: internal, planned: 2027-01-01, note: \"{note}\"}}\n");
    let fixture = Fixture::new(&[
        ("content/programme.md", owner),
        ("content/register.yaml", &register),
        ("content/plan.pdf", "%PDF-1.4\n"),
        ("content/empty.csv", ""),
        ("content/.files/x.pdf", "%PDF-1.4\n"),
        ("content/unused.pdf", "%PDF-1.4\n"),
    ]);
    let site = fixture.build();
    assert!(site.contains_key("plan.pdf") && !site.contains_key("unused.pdf"), "{:?}", site.keys());
    let output = fixture.run(&["check", "--as-of", "2026-11-22"]);
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.contains("`empty.csv` is empty") && stdout.contains("which is hidden"), "{stdout}");
}
