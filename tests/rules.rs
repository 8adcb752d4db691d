//! The rules, specified by Markdown files in `tests/rules/`.
//!
//! Each file describes rules in prose. Code blocks with `path=` contain the files of a handbook; blocks called
//! `findings` contain its findings on the day that `as-of=` names. `##` begins another handbook, which shares the files
//! above the first `##`. Only findings of the rules in the paragraph that begins with `Rules:` are compared, and with
//! `about=` only those whose line contains that text; a line `  help: …` below a finding also compares its help.
//!
//! `UPDATE_FINDINGS=1 cargo test --test rules` writes the actual findings to the blocks; read them before you trust
//! them.

#[path = "rules/harness/mod.rs"]
mod harness;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clausebook::testing::date::Date;
use clausebook::testing::rules::RULES;
use harness::{Specification, specifications};

/// Rules that a handbook alone cannot break, each with the step that raises it and its test.
const RAISED_ELSEWHERE: &[(&str, &str)] = &[
    ("broken-site", "raised by the look at the written site: tests/build/theme.rs"),
    ("unknown-in-theme", "raised by a build with a theme of the handbook's own: tests/build/theme.rs"),
    ("missing-words", "raised by a build in a language that is not complete: tests/build/theme.rs"),
    ("edited-since-approval", "raised by what the repository proves: tests/approval/proving.rs"),
    ("lost-id", "raised by the comparison with another revision: tests/adopting/settings.rs"),
    ("link-to-withheld", "raised by the check of an edition: tests/editions/main.rs"),
    ("coverage-drop", "raised by the comparison with another revision: tests/check/comparing.rs"),
];

/// Rules whose findings may depend on the day.
const DAY_DEPENDENT_RULES: &[&str] = &[
    "acceptance-ended",
    "action-overdue",
    "approved-in-future",
    "audit-overdue",
    "audit-without-report",
    "audit-without-auditor",
    "auditor-audits-own-work",
    "certificate-expired",
    "certificate-scope",
    "change-needed",
    "changed-since-approval",
    "clause-not-audited",
    "closed-too-early",
    "contract-ended",
    "contract-ends-soon",
    "contract-review-overdue",
    "correction-missing",
    "decision-overdue",
    "done-in-future",
    "draft-only",
    "effect-checked-by-owner",
    "effect-not-checked",
    "expired-waiver",
    "external-document-not-checked",
    "improvement-overdue",
    "issue-not-reviewed",
    "last-day-passed",
    "link-to-draft",
    "long-interval",
    "management-review-overdue",
    "missed-again",
    "missing-document",
    "missing-record",
    "next-audit-differs",
    "nonconformity-overdue",
    "not-acknowledged",
    "partial-only",
    "performance-overdue",
    "recertification-late",
    "record-overdue",
    "reopened",
    "requirement-not-reviewed",
    "retired-but-linked",
    "review-by-nobody-else",
    "review-due-soon",
    "review-input-empty",
    "review-inputs-missing",
    "review-of-other-text",
    "review-overdue",
    "review-without-top-management",
    "risk-not-scored",
    "risk-untreated",
    "service-without",
    "stale-only",
    "superseded-still-current",
    "supplier-without-contract",
    "surveillance-late",
    "suspect",
    "target-missed",
    "uncovered-clause",
    "unfinished-review",
    "unsuitable-evidence",
    "unused-waiver",
    "value-missing",
    "version-not-raised",
];

#[test]
fn findings_match_their_specifications() {
    let update = std::env::var_os("UPDATE_FINDINGS").is_some();
    let mut wrong = String::new();
    for specification in specifications() {
        if update {
            specification.update();
        } else {
            wrong.push_str(&specification.differences());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_is_broken_in_some_handbook_and_kept_in_another() {
    let specifications = specifications();
    let outcomes: Vec<(BTreeSet<&str>, BTreeSet<&str>)> =
        specifications.iter().flat_map(Specification::outcomes).collect();
    let elsewhere: BTreeSet<&str> = RAISED_ELSEWHERE.iter().map(|(rule, _)| *rule).collect();
    for rule in RULES.iter().map(|rule| rule.id.0).filter(|rule| !elsewhere.contains(rule)) {
        assert!(outcomes.iter().any(|(broken, _)| broken.contains(rule)), "no handbook in tests/rules breaks {rule}");
        assert!(outcomes.iter().any(|(_, kept)| kept.contains(rule)), "no handbook in tests/rules keeps {rule}");
    }
    for rule in elsewhere {
        assert!(clausebook::testing::rules::find_rule(rule).is_some(), "there is no rule {rule}");
        assert!(!outcomes.iter().any(|(broken, _)| broken.contains(rule)), "{rule} is tested here");
    }
}

#[test]
fn rules_that_depend_on_the_day_are_tested_the_day_before_on_it_and_after() {
    let specifications = specifications();
    let mut bounded: BTreeSet<&str> = BTreeSet::new();
    for specification in &specifications {
        let mut sections: BTreeMap<usize, BTreeMap<Date, BTreeSet<String>>> = BTreeMap::new();
        for outcome in specification.days() {
            let Some(day) = outcome.day else { continue };
            sections.entry(outcome.section).or_default().insert(day, outcome.broken);
        }
        for days in sections.values() {
            let all: BTreeSet<&String> = days.values().flatten().collect();
            let changes: BTreeSet<&String> =
                all.into_iter().filter(|rule| !days.values().all(|broken| broken.contains(*rule))).collect();
            // A waived finding counts again after the waiver ends, whatever its rule.
            let waives = days.values().any(|broken| broken.contains("expired-waiver"));
            for rule in changes {
                let Some(known) = DAY_DEPENDENT_RULES.iter().find(|known| *known == rule) else {
                    assert!(waives, "{rule} depends on the day, and is not listed");
                    continue;
                };
                let is_bounded = days.keys().any(|day| is_boundary(days, *day, rule));
                bounded.extend(is_bounded.then_some(*known));
            }
        }
    }
    let missing: Vec<&&str> = DAY_DEPENDENT_RULES.iter().filter(|rule| !bounded.contains(**rule)).collect();
    assert!(missing.is_empty(), "no handbook in tests/rules has the day before, on and after of {missing:?}");
}

/// Whether a rule begins or ceases to be broken within three consecutive days, with `day` in the middle.
fn is_boundary(days: &BTreeMap<Date, BTreeSet<String>>, day: Date, rule: &str) -> bool {
    let around = [-1, 0, 1].map(|offset| days.get(&day.plus_days(offset)).map(|broken| broken.contains(rule)));
    let [Some(before), Some(on), Some(after)] = around else { return false };
    before != on || on != after
}

#[test]
fn specifications_name_rules_that_exist_and_stand_under_their_group() {
    let groups: BTreeMap<&str, &str> = RULES.iter().map(|rule| (rule.id.0, rule.group.title())).collect();
    for specification in specifications() {
        assert!(!specification.rules.is_empty(), "{} names no rules", specification.path.display());
        for rule in &specification.rules {
            assert!(groups.contains_key(rule.as_str()), "{} names {rule}", specification.path.display());
        }
    }
}

#[test]
fn the_page_on_rules_is_what_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let expected = clausebook::testing::report::explain::rules_page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &expected).expect("docs/rules.md can be written");
    }
    let content = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(content == expected, "docs/rules.md is out of date: UPDATE_DOCS=1 cargo test --test rules regenerates it");
}
