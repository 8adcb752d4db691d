//! Words of Word files and OpenDocument texts that pandoc would leave out.

use crate::Site;
use crate::word::{has_pandoc, made};

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
    made(
        &site,
        &format!("---\ntitle: Access policy\nsubtitle: For visitors\ndate: May 2025\n---\n\n{chapters}"),
        "in/word.docx",
    );
    made(&site, "---\ntitle: Access policy\n---\n\n# Scope\n\nAll systems.\n", "in/one.docx");
    site.said(&["import", "in", "--source", "handbook"]);
    let read = |name: &str| site.read(&format!("handbook/content/{name}.md"));
    let word = read("word");
    assert!(word.contains("title: \"Access policy\"\n"), "{word}");
    assert!(word.contains("---\n\n## Scope\n\n### Systems\n\nAll of them.\n\n## Roles\n"), "{word}");
    assert!(word.contains("# Subtitle: For visitors\n# Date: May 2025\n"), "{word}");
    assert!(read("one").contains("---\n\n## Scope\n\nAll systems.\n"), "{}", read("one"));
    assert!(
        read("wiki").contains("title: \"Wiki export\"\n") && read("wiki").contains("\n## Key policy\n"),
        "{}",
        read("wiki")
    );
    assert!(read("same").contains("---\n\n## Scope\n\nKeys.\n"), "{}", read("same"));
}
