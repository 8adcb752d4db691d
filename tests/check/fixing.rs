//! `check --fix`: automatic fixes, and findings that are left to people.

use crate::support::{DAY, Handbook, run};

/// A page in which everything can be fixed automatically: links, anchors, ids, letter case, headings and slashes.
const FIXABLE_PAGE: &str = "---\ntype: page\ntgas: [desk]\n---\n\n##Scope\n\nSee [one] (policy.md), (two)[policy.md], [three](Policy.md), \
    [four](polcy.md#scope), [[POL-SVC-01]], [five](incidents\\procedure.md), [six](#scpoe), [[POL-SVC-001, \
    [seven](//example.org/x), [eight](my file.md) and [nine](policy.md for more.\n\n## Scope é\n\nText.[^note]\n\n\
    [^nite]: A footnote.\n\nSee `[one] (policy.md)` and [ten](gone.md).\n";

fn handbook() -> Handbook {
    let handbook = Handbook::clean();
    let id = handbook.read("content/policy.md");
    let id = id.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().trim().to_owned();
    handbook.write("content/my file.md", "---\ntype: page\n---\n\nText.\n");
    handbook.write(
        "content/wrong.md",
        &FIXABLE_PAGE.replace("POL-SVC-001", &id).replace("POL-SVC-01", &id.replace("00", "0")),
    );
    handbook
}

#[test]
fn what_a_machine_knows_is_fixed_and_a_second_time_changes_nothing() {
    let handbook = handbook();
    let before = handbook.read("content/wrong.md");
    let diff = handbook.check(&["--diff"]).assert_code(0);
    diff.assert_stdout(&["--- a/content/wrong.md", "-##Scope", "+## Scope", "[one](policy.md)"]);
    assert_eq!(handbook.read("content/wrong.md"), before, "--diff changes nothing");
    let run = handbook.check(&["--fix", "--format", "concise"]);
    assert!(run.error.contains("fixed "), "{}", run.error);
    let after = handbook.read("content/wrong.md");
    for (wrong, right) in [
        ("##Scope", "## Scope"),
        ("tgas:", "tags:"),
        ("[one] (policy.md), ", "[one](policy.md), "),
        ("(two)[policy.md]", "[two](policy.md)"),
        ("[three](Policy.md)", "[three](policy.md)"),
        ("[four](polcy.md#scope)", "[four](policy.md#scope)"),
        ("[five](incidents\\procedure.md)", "[five](incidents/procedure.md)"),
        ("#scpoe", "#scope"),
        ("(//example.org/x)", "(https://example.org/x)"),
        ("(my file.md)", "(my%20file.md)"),
        ("[nine](policy.md for", "[nine](policy.md) for"),
    ] {
        assert!(!after.contains(wrong) && after.contains(right), "{wrong} is not {right} in:\n{after}");
    }
    assert!(after.contains("`[one] (policy.md)` and [ten](gone.md)"), "code and what nobody knows stay:\n{after}");
    handbook.check(&["--fix"]);
    assert_eq!(handbook.read("content/wrong.md"), after, "a second time changes nothing");
    assert!(handbook.check(&["--diff"]).assert_code(0).out.is_empty());
}

#[test]
fn no_other_byte_changes() {
    for (from, to) in [("\n", "\r\n"), ("---\ntype", "\u{feff}---\ntype"), ("\n\n", "\n \n")] {
        let (handbook, plain) = (handbook(), handbook());
        let text = handbook.read("content/wrong.md").replace(from, to);
        handbook.write("content/wrong.md", &text);
        handbook.check(&["--fix"]);
        plain.check(&["--fix"]);
        assert_eq!(handbook.read("content/wrong.md"), plain.read("content/wrong.md").replace(from, to), "{to:?}");
    }
}

#[test]
fn a_text_that_somebody_approved_is_shown_and_not_changed() {
    let handbook = Handbook::clean();
    let text = handbook.read("content/policy.md");
    assert!(text.contains("status: approved"));
    handbook.write("content/policy.md", &format!("{text}\nSee [the rule] (policy.md).\n"));
    let before = handbook.read("content/policy.md");
    let run = handbook.check(&["--fix"]);
    assert!(
        run.error.contains("needs an approval") && run.error.contains("+See [the rule](policy.md)."),
        "{}",
        run.error
    );
    assert_eq!(handbook.read("content/policy.md"), before);
    handbook.replace("content/policy.md", "status: approved", "status: draft");
    handbook.check(&["--fix"]);
    assert!(handbook.read("content/policy.md").contains("See [the rule](policy.md)."));
}

#[test]
fn in_a_bound_document_a_respelled_link_passes_and_a_changed_word_does_not() {
    let handbook = Handbook::clean();
    handbook.write("content/Other.md", "---\ntype: page\n---\n\nText.\n");
    handbook.replace("content/policy.md", "status: approved", "status: draft");
    let text = handbook.read("content/policy.md");
    let owner = text.lines().find_map(|line| line.strip_prefix("owner: ")).unwrap().to_owned();
    handbook.write("content/policy.md", &format!("{text}\nSee [the other](other.md).\n\n##Exceptions\n\nNone.\n"));
    let by = format!("Deputy {owner}");
    let approve = ["approve", "content/policy.md", "--change-approver", "--on", DAY, "--by", &by];
    run(handbook.root(), &approve).assert_code(0);
    let bound = handbook.read("content/policy.md");
    assert!(bound.contains("digest: \"3:"), "{bound}");
    let fixed = handbook.check(&["--fix"]);
    assert_eq!(handbook.read("content/policy.md"), bound.replace("(other.md)", "(Other.md)"));
    assert!(fixed.error.contains("fixed 1 finding in 1 file"), "{}", fixed.error);
    assert!(fixed.error.contains("needs an approval") && fixed.error.contains("+## Exceptions"), "{}", fixed.error);
    handbook.check(&[]).assert_not_in_stdout(&["changed-since-approval", "case-mismatch"]);
}

#[test]
fn a_misspelt_key_beside_the_right_one_is_for_its_author() {
    let handbook = handbook();
    let text = "---\ntitle: Twice\ntype: page\ntags: [a]\ntgas: [b]\n---\n\nText.\n";
    handbook.write("content/twice.md", text);
    handbook.check(&["--fix"]).assert_stdout(&["`tgas` is not a known key"]);
    assert_eq!(handbook.read("content/twice.md"), text);
}
