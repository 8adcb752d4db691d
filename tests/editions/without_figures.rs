//! Editions without figures give no verdicts, and do not deny what they hide.

use super::truth::register_fixture;
use super::{edition, page};

const LATE_AUDIT: &str = "audits:\n- {id: A-1, title: Programme, kind: internal, planned: 2026-10-01, clauses: [\"9\"]}\n\
    nonconformities:\n- {id: NC-1, title: No test, grade: minor, found: 2026-01-01, due: 2026-02-01, owner: Owner, actions: [{what: Act, who: Owner, due: 2026-02-01}]}\n\
    indicators:\n- {id: K-1, title: Answered in time, target: \">= 90%\", period: quarter, values: {2026-Q2: 1, 2026-Q3: 2}}\n\
    risks:\n- {id: R-1, title: High, kind: organization, now: {likelihood: 5, impact: 5}, scored: 2026-10-01}\n\
    suppliers:\n- {id: SU-1, title: None, kind: external, contract: {ends: 2026-01-01}}\n";

#[test]
fn an_edition_without_figures_shows_no_verdict_on_any_entry() {
    let fixture = register_fixture("", LATE_AUDIT, &[]);
    let site = edition(&fixture, "plain");
    let bad = ["data-state=\"overdue\"", ">Overdue<", ">Missed<", "Untreated", ">Met<", "missed", "Never audited"];
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        let text = text.split("<body").nth(1).unwrap_or_default();
        for word in bad {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
    assert!(page(&site, "nonconformities.html").contains("NC-1"), "entries are shown");
    let full = fixture.build();
    assert!(page(&full, "nonconformities.html").contains("data-state=\"overdue\""));
}

#[test]
fn an_edition_never_claims_that_hidden_content_does_not_exist() {
    let register = "audits:\n- {id: A-1, title: First, kind: internal, planned: 2026-05-01, held: 2026-05-01, clauses: [\"9\"]}\n\
        nonconformities:\n- {id: NC-CANARY, title: canary, classification: restricted, grade: minor, found: 2026-11-01, source: A-1, owner: Owner}\n\
        management_reviews:\n- {id: MR-CANARY, title: canary, classification: restricted, planned: 2026-12-01}\n";
    let fixture = register_fixture("", register, &[]);
    let full = fixture.build();
    assert!(page(&full, "audits/A-1.html").contains("NC-CANARY"));
    let absolute = [
        "No findings are recorded for this audit.",
        "No entries.",
        "No management review is planned.",
        "No document records a change.",
        "Nothing is recorded",
        "Nothing is due.",
        "no review is overdue",
        "No findings.",
    ];
    for name in ["staff", "plain"] {
        let site = edition(&fixture, name);
        for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = String::from_utf8_lossy(bytes);
            absolute.iter().for_each(|words| assert!(!text.contains(words), "{name}: {path}: {words}"));
        }
        assert!(page(&site, "audits/A-1.html").contains("This edition shows no findings of this audit."), "{name}");
        let reviews = page(&site, "management-reviews.html");
        assert!(reviews.contains("This edition shows no management review that is planned."), "{name}");
    }
    // The full edition shows it if it is true.
    let no_clauses = register_fixture(
        "",
        "audits:\n- {id: A-1, title: First, kind: internal, planned: 2026-05-01, held: 2026-05-01}\n",
        &[],
    );
    assert!(page(&no_clauses.build(), "audits/A-1.html").contains("No findings are recorded for this audit."));
}
