//! A past text has the classification that it had in its commit, whatever the settings say today.

use std::fs;

use super::repository::{Repository, approved, policy};

const DEFAULT: &str = "defaults: [{classification: public}]\n";
const OPEN: &str = "front_matter: {values: {classification: {open: public}}}\n";

/// Settings with a public edition.
fn settings(extra: &str) -> String {
    let editions = "editions: {pub: {up_to: public, history: true, figures: whole}}\n";
    format!("title: Small\nstandards: [iso20000-1]\n{editions}{extra}")
}

/// Whether an edition of today shows the old text. Each side has its settings and the text's own classification.
fn is_shown(then: (&str, &str), now: (&str, &str)) -> bool {
    let repository = Repository::new();
    let text = |version: &str, day: &str, level: &str, days: &str| {
        let entries = "changes:\n- {version: \"2.0\", date: 2026-03-09, summary: New.}\n- {version: \"1.0\", date: 2026-02-01, summary: First.}\n";
        policy(version, &approved(day), days).replace("owner:", &format!("{level}{entries}owner:"))
    };
    repository.write("content/other.md", "---\ntype: page\n---\n\nOther.\n");
    repository.commit("2026-01-01");
    repository.write("clausebook.yaml", then.0);
    repository.write("content/policy.md", &text("1.0", "2026-02-01", then.1, "canary"));
    repository.commit("2026-02-01");
    repository.write("clausebook.yaml", &settings(now.0));
    repository.write("content/policy.md", &text("2.0", "2026-03-09", now.1, "two"));
    repository.commit("2026-03-10");
    repository
        .run(&["build", "-q", "--history", "--edition", "pub", "-o", "site", "--as-of", "2026-06-15"])
        .assert_code(0);
    let files = walkdir::WalkDir::new(repository.path("site")).into_iter().map(|entry| entry.expect("a file"));
    let mut files = files.filter(|entry| entry.file_type().is_file());
    assert!(repository.path("site/versions/POL-CHG-001/index.html").exists());
    files.any(|entry| String::from_utf8_lossy(&fs::read(entry.path()).expect("a file")).contains("within canary"))
}

#[test]
fn a_default_that_was_stricter_then_or_missing_hides_the_text() {
    let now = (DEFAULT, "");
    assert!(is_shown((&settings(DEFAULT), ""), now));
    assert!(!is_shown((&settings("defaults: [{classification: restricted}]\n"), ""), now));
    assert!(!is_shown((&settings(""), ""), now));
    // Both sides count.
    let restricted = "defaults: [{classification: restricted}]\n";
    assert!(!is_shown((&settings(DEFAULT), ""), (restricted, "classification: public\n")));
    assert!(is_shown((&settings(restricted), "classification: public\n"), now));
}

#[test]
fn a_word_that_stood_for_another_level_then_hides_the_text() {
    let now = (OPEN, "classification: open\n");
    let other = OPEN.replace("public", "restricted");
    assert!(is_shown((&settings(OPEN), now.1), now));
    assert!(!is_shown((&settings(&other), now.1), now));
    assert!(!is_shown((&settings(""), now.1), now), "a word that nobody knew then");
}

#[test]
fn where_the_settings_of_then_cannot_be_read_the_text_has_to_say_its_level() {
    let broken = "title: [\n";
    assert!(!is_shown((broken, ""), (DEFAULT, "")));
    assert!(!is_shown((broken, "classification: open\n"), (OPEN, "classification: open\n")));
    assert!(!is_shown((broken, "classification: internal\n"), (DEFAULT, "")));
    assert!(is_shown((broken, "classification: public\n"), (DEFAULT, "")));
}

#[test]
fn a_version_that_was_ever_reclassified_upwards_is_hidden() {
    let changes = "changes:\n- {version: \"2.0\", date: 2026-03-09, summary: New.}\n- {version: \"1.0\", date: 2026-02-01, summary: First.}\n";
    for (level, extra) in [("classification: restricted\n", ""), ("", "defaults: [{classification: restricted}]\n")] {
        let repository = Repository::new();
        let write = |version: &str, day: &str, level: &str, days: &str| {
            let text = policy(version, &approved(day), days).replace("owner:", &format!("{level}{changes}owner:"));
            repository.write("content/policy.md", &text);
        };
        repository.write("clausebook.yaml", &settings(DEFAULT));
        repository.write("content/other.md", "---\ntype: page\n---\n\nOther.\n");
        repository.commit("2026-01-01");
        write("1.0", "2026-02-01", "", "canary");
        repository.commit("2026-02-01");
        // The same version has a higher classification for a time, by itself or by the settings.
        write("1.0", "2026-02-01", level, "canary");
        if !extra.is_empty() {
            repository.write("clausebook.yaml", &settings(extra));
        }
        repository.commit("2026-02-20");
        repository.write("clausebook.yaml", &settings(DEFAULT));
        write("2.0", "2026-03-09", "", "two");
        repository.commit("2026-03-10");
        repository
            .run(&["build", "-q", "--history", "--edition", "pub", "-o", "site", "--as-of", "2026-06-15"])
            .assert_code(0);
        let files = walkdir::WalkDir::new(repository.path("site")).into_iter().map(|entry| entry.expect("a file"));
        for entry in files.filter(|entry| entry.file_type().is_file()) {
            let bytes = fs::read(entry.path()).expect("a file");
            assert!(!String::from_utf8_lossy(&bytes).contains("within canary"), "{level}{extra}: {:?}", entry.path());
        }
    }
}
