//! Days of approval that an edit kept, although it raised the version or changed the ID.

use super::binding::bind;
use super::proving::{FIRST_VERSION, SAME_TEXT, approve, assert_findings, commit, edit, new_repository, path, write};
use crate::support::{Handbook, run};

#[test]
fn a_day_of_approval_proves_no_version_that_came_after_it() {
    let reason = "git does not prove it: on 2026-03-09, another text was approved as version 1.0";
    for (version, day, words) in
        [("2.0", "2026-04-01", reason), ("1.0a", "2026-04-01", reason), ("1.1", "2026-03-09", SAME_TEXT)]
    {
        let handbook = new_repository();
        approve(&handbook);
        commit(&handbook, "2026-03-09");
        edit(&handbook);
        for name in ["A", "B"] {
            handbook.replace(&path(name), "version: \"1.0\"", &format!("version: \"{version}\""));
        }
        commit(&handbook, day);
        // A new number for the same text changes nothing that was approved.
        let helps = [("content/a.md", words), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)];
        assert_findings(&handbook, &[], helps);
    }
}

#[test]
fn a_new_id_does_not_hide_an_edit() {
    for (id, is_moved, is_edited) in [
        ("PRO-Z-001", false, true),
        ("pro-a-001", false, true),
        ("PRO-Z-001", true, true),
        ("PRO-Z-001", false, false),
        ("PRO-Z-001", true, false),
    ] {
        let handbook = new_repository();
        approve(&handbook);
        commit(&handbook, "2026-03-10");
        if is_edited {
            edit(&handbook);
        }
        handbook.replace(&path("A"), "PRO-A-001", id);
        let file = if is_moved { "content/z.md" } else { "content/a.md" };
        if is_moved {
            std::fs::rename(handbook.root().join(path("A")), handbook.root().join(file)).unwrap();
        }
        commit(&handbook, "2026-04-01");
        let reason = "on 2026-03-09, another text was approved in its file as PRO-A-001";
        let words = if is_edited { reason } else { SAME_TEXT };
        assert_findings(&handbook, &[], [(file, words), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)]);
    }
}

/// Approves A with this text and front matter, and approves it again three weeks later, as the same version and with
/// other ones.
fn approve_twice(first: (&str, &str), second: (&str, &str)) -> Handbook {
    let handbook = new_repository();
    let approved = |day: &str, claims: &str| format!("status: approved\napproved: {day}\nclauses: [{claims}]\n");
    write(&handbook, "A", &approved("2026-03-09", first.0), first.1);
    handbook.write("content/p.png", "a picture");
    commit(&handbook, "2026-03-09");
    write(&handbook, "A", &approved("2026-04-01", second.0), second.1);
    handbook
}

#[test]
fn a_second_text_is_another_one_only_if_readers_see_another_one() {
    let first = ("8.6.1", "We answer soon, see [the other](c.md). ![p](p.png)\n\nSteps\n-----\n\n* _one_ step");
    let is_second = |handbook: &Handbook| {
        commit(handbook, "2026-04-01");
        handbook.check(&["--format", "concise"]).out.contains("warning[version-not-raised]")
    };
    let moved = "We answer soon, see [the other](/d/c.md).\n![p](img/p.png)\n\n## Steps\n\n- *one* step";
    let handbook = approve_twice(first, ("8.6.1", moved));
    for (old, folder, new) in [("content/c.md", "content/d", "c.md"), ("content/p.png", "content/img", "p.png")] {
        std::fs::create_dir(handbook.root().join(folder)).unwrap();
        std::fs::rename(handbook.root().join(old), handbook.root().join(folder).join(new)).unwrap();
    }
    assert!(!is_second(&handbook));
    bind(&handbook, &["PRO-A-001"]).assert_code(0);
    let handbook = approve_twice(first, ("8.6.1, 8.6.2", first.1));
    assert!(is_second(&handbook), "another claim");
    bind(&handbook, &["PRO-A-001"]).assert_code(2);
    let handbook = approve_twice(first, first);
    handbook.write("content/p.png", "another picture");
    assert!(is_second(&handbook), "another picture");
    let handbook = approve_twice(first, first);
    handbook.replace("content/a.md", "title: Text A", "title: Text Z");
    assert!(is_second(&handbook), "another title");
    assert!(!is_second(&approve_twice(first, first)));
}

#[test]
fn a_text_that_was_edited_after_its_approval_needs_a_higher_version() {
    let attest = |handbook: &Handbook, command: &str, options: &[&str]| {
        let arguments =
            [&[command, "PRO-A-001", "--by", "Director", "--on", "2026-06-01", "--dry-run"], options].concat();
        run(handbook.root(), &arguments)
    };
    let approve_it = |handbook: &Handbook, options: &[&str]| attest(handbook, "approve", options);
    let handbook = new_repository();
    handbook.write("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n");
    approve(&handbook);
    commit(&handbook, "2026-03-10");
    approve_it(&handbook, &[]).assert_code(0);
    // Whether the edit is committed does not matter.
    edit(&handbook);
    for day in ["2026-04-01", "2026-04-02"] {
        let reason = "the text of `content/a.md` differs from the one approved as version 1.0";
        approve_it(&handbook, &[]).assert_code(2).assert_stderr(&[reason]);
        approve_it(&handbook, &["--version", "0.9", "--summary", "Slower."]).assert_code(2).assert_stderr(&[reason]);
        approve_it(&handbook, &["--version", "1.1", "--summary", "Slower."]).assert_code(0);
        attest(&handbook, "review", &[]).assert_code(2).assert_stderr(&["is not the one that was approved"]);
        handbook.write("notes.txt", day);
        commit(&handbook, day);
    }
    // A status that was taken back does not free the version for another text.
    handbook.replace("content/a.md", "status: approved", "status: draft");
    approve_it(&handbook, &[]).assert_code(2);
    handbook.replace("content/a.md", "eight hours", "four hours");
    approve_it(&handbook, &[]).assert_code(0);
}

#[test]
fn a_second_text_under_one_version_is_not_proved() {
    let reason = "on 2026-03-09, another text was approved as this version";
    // The second day is after the edit, or before the text existed.
    for (day, version, is_edited) in [
        ("2026-04-01", "1.0", true),
        ("2026-03-10", "v1.0", true),
        ("2026-04-01", "1.0", false),
        ("2026-04-01", "1.1", true),
    ] {
        let handbook = new_repository();
        approve(&handbook);
        commit(&handbook, "2026-03-09");
        if is_edited {
            edit(&handbook);
        } else {
            // Lines may be broken elsewhere.
            handbook.replace(&path("A"), "four hours, see", "four hours,\nsee");
        }
        handbook.replace(&path("A"), "approved: 2026-03-09", &format!("approved: {day}"));
        handbook.replace(&path("A"), "version: \"1.0\"", &format!("version: \"{version}\""));
        commit(&handbook, "2026-04-01");
        let is_second = is_edited && version != "1.1";
        let words = if is_second { reason } else { SAME_TEXT };
        assert_findings(
            &handbook,
            &[],
            [("content/a.md", words), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)],
        );
        let run = handbook.check(&["--format", "concise"]);
        let warning =
            format!("warning[version-not-raised] on 2026-03-09, another text was approved as version {version}");
        assert_eq!(run.out.contains(&warning), is_second, "{}", run.out);
        let bound = bind(&handbook, &["PRO-A-001"]);
        if is_second {
            bound
                .assert_code(2)
                .assert_stderr(&["on 2026-03-09, another text of `content/a.md` was approved as the same version"]);
        } else {
            bound.assert_code(0);
        }
    }
}
