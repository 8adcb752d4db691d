//! The rules: possible problems of a handbook, why they matter, and the checks that find them.
//!
//! A rule is one file with one constant, and one line in [`RULES`].

mod caveats;
mod lookalike;
mod mention;
mod notice;
mod parties;
mod registers;
mod retarget;
mod rule;
mod weak_claim;
mod words;

use std::sync::LazyLock;

use ahash::AHashMap;
use rayon::prelude::*;

use crate::assess::Assessed;
use crate::config::Settings;
use crate::finding::{Problem, RuleId};
use crate::handbook::FileView;
pub(crate) use rule::{Check, CheckedDocument, Group, Rule};

/// Declares the rules' files and lists them in one table.
macro_rules! rules {
    ($($name:ident,)*) => {
        $(mod $name;)*
        /// Every rule, by group, then in the order in which they are explained.
        pub static RULES: &[Rule] = &[$($name::RULE,)*];
    };
}

rules! {
    invalid_settings,
    invalid_standard,
    uncounted_clause,
    unreadable_source,
    unread_file,
    nothing_checked,
    expired_waiver,
    unused_waiver,
    rejected_exception,
    low_contrast,
    missing_words,
    unknown_in_theme,
    invalid_front_matter,
    unknown_key,
    missing_key,
    invalid_date,
    invalid_interval,
    unknown_type,
    unknown_status,
    unknown_classification,
    name_spelling,
    joined_names,
    duplicate_id,
    id_pattern,
    id_case_clash,
    lost_id,
    url_clash,
    lost_alias,
    missing_front_matter,
    unknown_clause,
    uncovered_clause,
    partial_only,
    draft_only,
    stale_only,
    parent_claim,
    excluded_clause,
    empty_claim,
    misplaced_claim,
    unknown_standard,
    ambiguous_clause,
    coverage_drop,
    missing_document,
    missing_record,
    unknown_item,
    wrong_kind,
    record_overdue,
    unapproved,
    contradictory_status,
    self_approval,
    approved_in_future,
    effective_before_approval,
    unbound_approval,
    edited_since_approval,
    unauthorized_approver,
    version_without_approval,
    review_of_other_text,
    review_by_nobody_else,
    unfinished_review,
    change_needed,
    long_review_interval,
    long_interval,
    review_overdue,
    review_due_soon,
    no_review_interval,
    last_day_passed,
    changed_since_approval,
    suspect,
    retired_but_linked,
    superseded_still_current,
    supersedes_cycle,
    controlled_page,
    version_not_raised,
    bulk_review,
    external_document_not_checked,
    owner_missing,
    missing_register,
    shared_register,
    orphan_register,
    invalid_register,
    unknown_entry,
    done_in_future,
    register_not_shown,
    not_planned,
    audit_overdue,
    management_review_overdue,
    audit_without_report,
    audit_without_auditor,
    clause_not_audited,
    auditor_audits_own_work,
    nonconformity_overdue,
    due_beyond_limit,
    action_overdue,
    effect_not_checked,
    effect_checked_by_owner,
    closed_too_early,
    correction_missing,
    reopened,
    improvement_overdue,
    rejected_without_reason,
    decision_overdue,
    requirement_not_reviewed,
    issue_not_reviewed,
    gap_without_action,
    unsuitable_evidence,
    value_missing,
    target_missed,
    missed_again,
    risk_untreated,
    acceptance_ended,
    risk_not_scored,
    score_off_scale,
    not_acknowledged,
    review_inputs_missing,
    review_input_empty,
    review_without_minutes,
    review_without_top_management,
    surveillance_late,
    recertification_late,
    certificate_expired,
    certificate_scope,
    unknown_service,
    ambiguous_name,
    unknown_location,
    service_without,
    supplier_without_contract,
    contract_ended,
    contract_ends_soon,
    contract_review_overdue,
    performance_overdue,
    next_audit_differs,
    broken_link,
    malformed_link,
    empty_link,
    broken_anchor,
    broken_footnote,
    broken_asset,
    unusable_asset,
    active_attachment,
    external_image,
    case_mismatch,
    absolute_path,
    unknown_reference,
    dangling_relation,
    orphan_document,
    link_to_draft,
    link_to_withheld,
    broken_site,
    placeholder_text,
    conflicting_term,
    empty_section,
    duplicate_heading,
    heading_jump,
    malformed_heading,
    malformed_markup,
    merge_conflict,
    turned_text,
    missing_alt_text,
    raw_html_removed,
    lost_text,
    unclosed_block,
    broken_include,
    foreign_syntax,
    duplicate_anchor,
    commented_text,
    published_comment,
    diagram_not_drawn,
    vague_wording,
    required_section,
}

pub(crate) use broken_link::relative_path as relative_link;
pub(crate) use broken_site::BROKEN_SITE;
pub(crate) use caveats::{Caveat, caveats};
pub(crate) use edited_since_approval::wanted_approvals;
pub(crate) use link_to_withheld::links_to_withheld;
pub(crate) use missing_words::MISSING_WORDS;
pub(crate) use notice::written_days::written_days;
pub(crate) use rejected_exception::REJECTED_EXCEPTION;
pub(crate) use retarget::encode_path;
pub(crate) use suspect::{SuspectLink, suspect_links, wanted_texts};
pub(crate) use unknown_in_theme::UNKNOWN_IN_THEME;

/// Returns the rule with this name.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    static BY_NAME: LazyLock<AHashMap<&str, &Rule>> =
        LazyLock::new(|| RULES.iter().map(|rule| (rule.id.0, rule)).collect());
    BY_NAME.get(id).copied()
}

pub(crate) const CONTRADICTORY_STATUS: RuleId = contradictory_status::RULE.id;
pub(crate) const EDITED_SINCE_APPROVAL: RuleId = edited_since_approval::RULE.id;
pub(crate) const UNBOUND_APPROVAL: RuleId = unbound_approval::RULE.id;
/// The rule on links to withheld content.
pub(crate) const LINK_TO_WITHHELD: RuleId = link_to_withheld::RULE.id;

/// Whether violations of a rule are found by another step or from the repository.
pub(crate) fn is_found_elsewhere(id: RuleId) -> bool {
    let asks_git = [unbound_approval::RULE.id, edited_since_approval::RULE.id].contains(&id);
    asks_git || find_rule(id.0).is_none_or(|rule| matches!(rule.check, Check::Reading))
}

/// The names of all rules.
pub fn rule_ids() -> Vec<RuleId> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// Returns the problems of a file that can be found from the file alone.
pub(crate) fn check_file(settings: &Settings, file: &FileView<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in RULES {
        if let Check::File(check) = rule.check {
            check(settings, file, &mut problems);
        }
    }
    problems
}

/// Returns the problems that rules find: first in each document, then in the handbook as a whole.
pub(crate) fn problems(assessed: Assessed<'_>) -> Vec<Problem> {
    let documents = || -> Vec<Problem> {
        let documents =
            assessed.reading.handbook.par_indexed().map(|(index, document)| CheckedDocument { index, document });
        documents.flat_map_iter(|subject| check_document(&assessed, subject)).collect()
    };
    let (mut problems, handbook_problems) = rayon::join(documents, || check_whole(&assessed));
    problems.extend(handbook_problems);
    problems
}

fn check_whole(assessed: &Assessed<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in RULES {
        if let Check::Handbook(check) = rule.check {
            check(assessed, &mut problems);
        }
    }
    problems
}

fn check_document(assessed: &Assessed<'_>, subject: CheckedDocument<'_>) -> Vec<Problem> {
    let mut problems = subject.document.file.problems.clone();
    for rule in RULES {
        if let Check::Document(check) = rule.check {
            check(assessed, subject, &mut problems);
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_have_names_of_their_own_and_say_all_there_is_to_say() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in RULES {
            assert!(seen.insert(rule.id), "{} is in the table twice", rule.id);
            for text in [rule.meaning, rule.why, rule.fix, rule.example] {
                assert!(!text.trim().is_empty(), "{} leaves something unsaid", rule.id);
            }
            assert!(rule.meaning.ends_with('.') && rule.why.ends_with('.') && rule.fix.ends_with('.'), "{}", rule.id);
            assert!(rule.id.0.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.id);
        }
    }
}
