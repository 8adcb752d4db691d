//! Titles of alerts and code blocks, in any notation, are on the page, in the search index and in the digest.

use crate::Site;

const SETTINGS: &str = "title: Ours\nas_of: 2026-11-22\n";
const HEAD: &str =
    "---\nid: PRC-A-001\ntitle: Backups\ntype: process\nstatus: draft\nversion: 1\nowner: Desk Lead\n---\n\n";

/// Passages whose last word was once missing on the page.
const PASSAGES: [&str; 20] = [
    "!!! warning Do not restart during xword\n    Call the desk.",
    "!!! danger Never enter xword",
    "??? question Who decides xword\n\n    The Desk Lead.",
    "!!! Stop the pump xword\n    Then call.",
    "!!! note Do not open \"xword\"\n    Call.",
    ":::danger[Power] Switch off xword\nThen unit A.\n:::",
    "- Item\n\n  :::tip[Power]{.wide} Switch off xword\n  Then unit A.\n  :::",
    "> ::: {.callout-note} Switch off xword\n> Then unit A.\n> :::",
    ":::tip{title=xword}\nText.\n:::",
    "{% hint style=\"info\" %} Mind the xword {% endhint %}",
    "```sh title=\"Run on xword\"\nls\n```",
    "- Item\n\n  ```{.sh filename='xword'}\n  ls\n  ```",
    "```sh [On xword]\nls\n```",
    "```sh{1}[On xword]\nls\n```",
    "```sh [On xword]{1}\nls\n```",
    "```{.sh lst-cap=\"Stop xword\"}\nls\n```",
    "```sh \"On xword\"\nls\n```",
    "```sh:/etc/xword.conf\nls\n```",
    "```sh title=\"On B\" filename=\"xword\"\nls\n```",
    "~~~mermaid title=\"Flow of xword\"\nflowchart LR\na --> b\n~~~",
];

#[test]
fn words_of_titles_are_shown_found_and_approved() {
    let site = Site::new(&[("clausebook.yaml", SETTINGS)]);
    let passage = |at: usize, word: &str| PASSAGES[at].replace("xword", &format!("{word}{at}"));
    let write = |word: &str| {
        for at in 0..PASSAGES.len() {
            let head = HEAD.replace("001", &format!("{at:03}"));
            site.write(
                &format!("content/a{at}.md"),
                format!("{head}Intro.\n\n{}\n\nEnd.\n", passage(at, word)).as_bytes(),
            );
        }
    };
    let digests = || {
        let data = site.assess();
        let documents = data["documents"].as_array().expect("documents").clone();
        documents.iter().map(|document| document["digest"].as_str().expect("a digest").to_owned()).collect::<Vec<_>>()
    };
    write("first");
    let before = digests();
    let pages = site.pages();
    let built = site.files();
    for at in 0..PASSAGES.len() {
        let page = &pages[&format!("a{at}.html")];
        assert!(page.contains(&format!("first{at}")), "{}\n{page}", passage(at, "first"));
        let is_found = built.iter().any(|(path, bytes)| {
            path.contains("/find/") && String::from_utf8_lossy(bytes).contains(&format!("first{at}"))
        });
        assert!(is_found, "{} is not found by search", passage(at, "first"));
    }
    write("second");
    let after = digests();
    for (at, (old, changed)) in before.iter().zip(&after).enumerate() {
        assert_ne!(old, changed, "{}", passage(at, "first"));
    }
}

#[test]
fn a_sentence_after_the_language_of_a_code_block_is_reported() {
    let text = format!("{HEAD}Intro.\n\n```sh Run on host B only\nls\n```\n\n```sh linenums=\"1\" copy\nls\n```\n");
    let site = Site::new(&[("clausebook.yaml", SETTINGS), ("content/a.md", &text)]);
    let data = site.assess();
    let lost: Vec<_> = data["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["rule"] == "lost-text")
        .collect();
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert!(
        lost[0]["message"].as_str().is_some_and(|message| message.contains("`Run on host B only` is not on the page")),
        "{lost:?}"
    );
}
