//! Days of approval that an edit kept, although it raised the version or changed the ID.

use super::binding::bind;
use super::proving::{FIRST_VERSION, SAME_TEXT, approve, assert_findings, commit, edit, new_repository, path};

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
