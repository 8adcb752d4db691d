//! What single pages show of settings and documents.

use crate::support::Fixture;
use crate::text;

#[test]
fn the_home_page_shows_what_is_known_of_the_certificate() {
    let home = |certificate: &str| {
        let settings = format!("title: Test\nas_of: 2026-11-22\ncertificate: {certificate}\n");
        let fixture = Fixture::new(&[("clausebook.yaml", &settings)]);
        text(&fixture.build(), "index.html")
    };
    let scope = home("{scope: All services of Gullwhistle}");
    assert!(scope.contains("<dt>Scope</dt><dd>All services of Gullwhistle</dd>"), "{scope}");
    assert!(!scope.contains("No. "), "a number that is not known is not shown");
    let number = home("{number: X-1}");
    assert!(number.contains("No. X-1") && !number.contains("<dl></dl>"), "{number}");
}
