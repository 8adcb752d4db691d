//! Pages on the past: versions, the redline, the previous version, and past coverage.

use std::fs;

use super::repository::{Repository, approved, policy};
use super::shapes::linear;

/// A policy in its third version, of which git proves the second.
fn third_version() -> Repository {
    let repository = linear();
    let changes = "changes:\n- {version: \"3.0\", date: 2026-05-09, summary: Quicker., approver: Service Director}\n\
                   - {version: \"2.0\", date: 2026-03-09, summary: New.}\n- {version: \"1.0\", date: 2026-01-05, summary: First.}\nowner:";
    let text = policy("3.0", &approved("2026-05-09"), "two").replace("owner:", changes);
    repository.write("content/policy.md", &(text + "\n| Priority | Hours |\n|---|---|\n| P1 | <4> |\n"));
    repository.commit("2026-05-10");
    repository
}

/// A page with its dates as plain text.
fn page(repository: &Repository, path: &str) -> String {
    let html = fs::read_to_string(repository.path("site").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let without = |part: &str| part.split_once('>').map_or_else(String::new, |(_, rest)| rest.to_owned());
    let (first, rest) = html.split_once("<time").unwrap_or((&html, ""));
    let rest: String = rest.split("<time").map(without).collect();
    (first.to_owned() + &rest).replace("</time>", "")
}

fn page_exists(repository: &Repository, path: &str) -> bool {
    repository.path("site").join(path).exists()
}

#[test]
fn versions_are_shown_with_what_proves_them() {
    let repository = third_version();
    repository.run(&["build", "-q", "--history", "--as-of", "2026-06-15"]).assert_code(0);
    let versions = page(&repository, "versions/POL-CHG-001/index.html");
    for words in [
        "<th scope=\"row\">3.0 <small>current</small></th>",
        "proved by Git",
        "by Ann Author",
        "not signed",
        "Service Director",
        "The repository begins on 10 Jan 2026 with this version.",
        "href=\"../../versions/POL-CHG-001/changes.html\"",
    ] {
        assert!(versions.contains(words), "{words} is not in {versions}");
    }
    let document = page(&repository, "policy.html");
    assert!(document.contains("href=\"versions/POL-CHG-001/index.html\""), "{document}");
    let redline = page(&repository, "versions/POL-CHG-001/changes.html");
    for words in [
        "From version 2.0 to version 3.0.",
        "<p>Every change is approved within <del>three</del> <ins>two</ins> days.</p>",
        "<tr><td><ins>Priority</ins></td><td><ins>Hours</ins></td></tr>",
        "<td><ins>&lt;4&gt;</ins></td>",
        "<th scope=\"row\"><code>version</code></th><td><del>&quot;2.0&quot;</del> <ins>&quot;3.0&quot;</ins></td>",
    ] {
        assert!(redline.contains(words), "{words} is not in {redline}");
    }
    let before = page(&repository, "versions/POL-CHG-001/before.html");
    assert!(before.contains("Replaced on 9 May 2026 by version 3.0."), "{before}");
    assert!(before.contains("within three days") && !before.contains("within two days"), "{before}");
    let broken = repository.run(&["check", "--as-of", "2026-06-15", "--built", "site", "--format", "concise"]);
    assert!(!broken.out.contains("broken-site"), "{}", broken.out);
}

#[test]
fn coverage_is_shown_as_it_went_and_as_it_will_go() {
    let repository = third_version();
    repository.run(&["build", "-q", "--history", "--as-of", "2026-07-15"]).assert_code(0);
    let history = page(&repository, "history.html");
    for words in [
        "The history of this folder begins on 10 Jan 2026; nothing is known of the time before.",
        "no commit",
        "class=\"units ahead\"",
        "1 of 56",
        "31 Jan 2026",
        "30 Jun 2027",
    ] {
        assert!(history.contains(words), "{words} is not in {history}");
    }
    assert_eq!(history.matches("no commit").count(), 2, "June and July");
    assert!(!history.contains(" style=") && !history.contains(" fill="), "looks are the style sheet's");
    assert!(page(&repository, "index.html").contains("href=\"history.html\""), "the navigation leads there");
}

#[test]
fn nothing_of_the_past_is_shown_unless_it_is_asked_for() {
    let repository = third_version();
    repository.run(&["build", "-q", "--as-of", "2026-06-15"]).assert_code(0);
    assert!(!page_exists(&repository, "history.html") && !page_exists(&repository, "versions"));
    assert!(
        !page(&repository, "policy.html").contains("versions/")
            && !page(&repository, "index.html").contains("history.html")
    );
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\nhistory: true\n");
    repository.run(&["build", "-q", "--as-of", "2026-06-15"]).assert_code(0);
    assert!(page_exists(&repository, "history.html") && page_exists(&repository, "versions/POL-CHG-001/index.html"));
}

#[test]
fn an_old_text_that_was_more_secret_is_not_shown() {
    let repository = Repository::new();
    let settings = "title: Small\nstandards: [iso20000-1]\npublish: {up_to: public, history: true, figures: whole}\n";
    repository.write("clausebook.yaml", settings);
    let text = |version: &str, day: &str, level: &str, days: &str| {
        let entries = "changes:\n- {version: \"2.0\", date: 2026-03-09, summary: Open.}\n- {version: \"1.0\", date: 2026-02-01, summary: First.}\nowner:";
        policy(version, &approved(day), days).replace("owner:", &format!("classification: {level}\n{entries}"))
    };
    repository.write("content/other.md", "---\ntype: page\n---\n\nOther.\n");
    repository.commit("2026-01-01");
    for (level, is_shown) in [("restricted", false), ("public", true)] {
        repository.write("content/policy.md", &text("1.0", "2026-02-01", level, "hidden"));
        repository.commit("2026-02-01");
        repository.write("content/policy.md", &text("2.0", "2026-03-09", "public", "two"));
        repository.commit("2026-03-10");
        repository.run(&["build", "-q", "--as-of", "2026-06-15"]).assert_code(0);
        assert_eq!(page_exists(&repository, "versions/POL-CHG-001/before.html"), is_shown, "{level}");
        // A redline compares source texts, which may name documents that an edition does not show.
        assert!(!page_exists(&repository, "versions/POL-CHG-001/changes.html"), "{level}");
        assert!(!page(&repository, "versions/POL-CHG-001/index.html").contains("POL-CHG-001/changes.html"), "{level}");
        let anywhere = walkdir::WalkDir::new(repository.path("site")).into_iter().filter_map(Result::ok).any(|entry| {
            entry.file_type().is_file()
                && String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).contains("within hidden")
        });
        assert_eq!(anywhere, is_shown, "{level}");
        repository.remove("content/policy.md");
        repository.commit("2026-01-02");
        fs::remove_dir_all(repository.root().join(".git")).unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit("2026-01-01");
    }
}

#[test]
fn without_a_repository_or_with_a_shallow_one_the_pages_say_so() {
    let clone = third_version().shallow_clone(1);
    clone.run(&["build", "-q", "--history", "--as-of", "2026-06-15"]).assert_code(0);
    let versions = page(&clone, "versions/POL-CHG-001/index.html");
    assert!(
        versions.contains("not provable") && versions.contains("is shallow and begins on 10 May 2026"),
        "{versions}"
    );
    assert!(page(&clone, "history.html").contains("is shallow and begins on 10 May 2026"));
    let bare = third_version();
    fs::remove_dir_all(bare.root().join(".git")).unwrap();
    bare.run(&["build", "-q", "--history", "--as-of", "2026-06-15"]).assert_code(0);
    assert!(page(&bare, "versions/POL-CHG-001/index.html").contains("no readable Git history"));
    let history = page(&bare, "history.html");
    assert!(
        history.contains("no readable Git history") && history.contains("31 May 2027"),
        "the forecast stays: {history}"
    );
    assert!(!page_exists(&bare, "versions/POL-CHG-001/changes.html"));
}

#[test]
fn a_second_build_writes_nothing_and_a_new_commit_writes_what_is_new() {
    let repository = third_version();
    let build = ["build", "--history", "--as-of", "2026-06-15"];
    repository.run(&build).assert_code(0);
    repository.run(&build).assert_code(0).assert_stdout(&[", 0 written, 0 removed"]);
    repository.write("content/other.md", "---\ntype: page\n---\n\nOther.\n");
    let run = repository.run(&build).assert_code(0);
    assert!(!run.out.contains(", 0 written"), "{}", run.out);
}

#[test]
fn the_handbook_of_a_day_shows_the_past_of_that_day() {
    let repository = third_version();
    repository.run(&["build", "-q", "--history", "--at", "2026-03-31", "-o", "site"]).assert_code(0);
    let versions = page(&repository, "versions/POL-CHG-001/index.html");
    assert!(versions.contains("2.0") && !versions.contains("3.0"), "{versions}");
    let history = page(&repository, "history.html");
    assert!(history.contains("31 Mar 2026") && !history.contains("no commit"), "{history}");
}
