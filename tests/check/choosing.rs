//! `check FILE...` shows only the findings in these files; gates still count all findings.

use crate::support::Handbook;

#[test]
fn named_files_alone_are_shown_and_the_others_are_counted_in_the_last_line() {
    let handbook = Handbook::fixture();
    let run = handbook.check(&["content/policy.md"]).assert_code(1);
    assert!(run.out.contains("content/policy.md"), "{}", run.out);
    assert!(!run.out.contains("missing%20page.md"), "another file's finding is shown: {}", run.out);
    let last = run.out.trim_end().lines().last().unwrap().to_owned();
    assert!(last.starts_with("other files: ") && last.contains("error"), "{last}");
    for format in ["concise", "github", "gitlab", "junit", "sarif", "json", "markdown"] {
        let run = handbook.check(&["content/policy.md", "--format", format]).assert_code(1);
        assert!(!run.out.contains("missing%20page.md"), "{format}: {}", run.out);
        assert!((run.out + &run.error).contains("other files: "), "{format} says nothing of the others");
    }
}

#[test]
fn a_sound_file_of_a_faulty_handbook_fails_the_gate_and_says_where_to_look() {
    let handbook = Handbook::fixture();
    handbook.write(
        "content/sound.md",
        "---\nid: PRO-SND-001\ntitle: Sound\ntype: procedure\nversion: \"1\"\nstatus: approved\nowner: Lead\napprover: Board\n\
         approved: 2026-10-01\nrelated: [POL-PRB-001]\n---\n\nThe desk answers within four hours.\n",
    );
    let run = handbook.check(&["content/sound.md"]).assert_code(1);
    assert!(!run.out.contains("error["), "{}", run.out);
    assert!(run.out.contains("other files: "), "{}", run.out);
}

#[test]
fn a_name_outside_the_handbook_is_rejected() {
    let handbook = Handbook::fixture();
    let run = handbook.check(&["content/polcy.md"]).assert_code(2);
    assert!(run.error.contains("`content/polcy.md` is not a file of this handbook"), "{}", run.error);
}

#[test]
fn authors_files_come_first_and_standing_gaps_are_one_table_at_the_end() {
    let handbook = Handbook::fixture();
    handbook.replace("clausebook.yaml", "standards: [mini]", "standards: [iso20000-1, mini]");
    let run = handbook.check(&[]).assert_code(1);
    let table = run.out.find("Gaps of ISO/IEC 20000-1:2018: ").expect("a table of gaps");
    let frames = run.out.rfind("  --> content/").or_else(|| run.out.rfind("--> content/")).expect("findings of files");
    assert!(frames < table, "the table comes last");
    assert!(run.out[table..].contains("uncovered-clause"), "{}", &run.out[table..]);
    assert!(!run.out.contains("error[uncovered-clause]"), "a gap has no block of its own");
    let concise = handbook.check(&["--format", "concise"]).assert_code(1).out;
    let lines: Vec<&str> = concise.lines().collect();
    let last_in_files = lines.iter().rposition(|line| line.starts_with("content/")).expect("lines of files");
    let first_gap = lines.iter().position(|line| line.contains("[uncovered-clause]")).expect("lines of gaps");
    assert!(last_in_files < first_gap, "{concise}");
    let weights: Vec<usize> = lines[..=last_in_files]
        .iter()
        .map(|line| ["error[", "warning[", "note["].iter().position(|weight| line.contains(weight)).expect("a weight"))
        .collect();
    assert!(weights.is_sorted(), "{concise}");
}
