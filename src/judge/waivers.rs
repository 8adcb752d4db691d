//! Waivers: findings that somebody accepts for a limited time.
//!
//! A waiver takes findings out of the count; it never changes a state or a verdict.

use super::weigh::to_finding;
use crate::assess::Assessed;
use crate::config::{SETTINGS_FILE, Waiver};
use crate::finding::{Finding, Problem, RuleId, StandardPart, WaivedFinding, closing};
use crate::handbook::Reading;
use crate::id::{ClauseKey, ClauseRef};
use crate::placeholder::{is_reason, names_only_persons_or_roles};
use crate::project::THEMES_FOLDER;
use crate::rules;
use crate::text::as_seen;

/// Rules whose findings not every run can produce, because they need a revision to compare with or a written site, for
/// example.
const CONDITIONAL_RULES: [RuleId; 7] = [
    closing::COVERAGE_DROP,
    closing::LOST_ID,
    rules::BROKEN_SITE,
    rules::EDITED_SINCE_APPROVAL,
    rules::LINK_TO_WITHHELD,
    rules::MISSING_WORDS,
    rules::UNKNOWN_IN_THEME,
];

/// Rules whose findings no waiver excuses, with what to do instead.
const UNWAIVABLE_RULES: [(RuleId, &str); 2] = [
    (closing::NOTHING_CHECKED, "remove it, and check the folder that holds the documents"),
    (rules::REJECTED_EXCEPTION, "correct the entry that was rejected, and remove this waiver"),
];

/// How many findings a waiver matches.
#[derive(Clone, Copy, Default)]
struct WaiverCount {
    /// All that it matches.
    matched: usize,
    /// Those that stand, because no other waiver applies to them.
    remaining: usize,
}

/// Applies waivers, and counts the findings that each waiver matches.
pub(super) struct Ledger<'a> {
    assessed: Assessed<'a>,
    /// For each waiver.
    counts: Vec<WaiverCount>,
    waived: Vec<WaivedFinding>,
}

impl<'a> Ledger<'a> {
    /// A ledger in which nothing is waived yet.
    pub(super) fn new(assessed: Assessed<'a>) -> Ledger<'a> {
        let counts = vec![WaiverCount::default(); assessed.reading.settings.waivers.len()];
        Ledger { counts, waived: Vec::new(), assessed }
    }

    /// Returns the findings that stand, and records the others with the waiver that applies to them.
    pub(super) fn apply(&mut self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter_map(|finding| self.waive(finding)).collect()
    }

    fn waive(&mut self, finding: Finding) -> Option<Finding> {
        let waivers = &self.assessed.reading.settings.waivers;
        let of_finding = |at: &usize| matches(self.assessed, &waivers[*at], &finding);
        let matching: Vec<usize> = (0..waivers.len()).filter(of_finding).collect();
        matching.iter().for_each(|at| self.counts[*at].matched += 1);
        let Some(at) = matching.iter().find(|at| self.is_valid(&waivers[**at])) else {
            matching.iter().for_each(|at| self.counts[*at].remaining += 1);
            return Some(finding);
        };
        let waiver = &waivers[*at];
        let Waiver { reason, accepted_by, until, .. } = waiver;
        let (reason, accepted_by, until) = (reason.value.clone(), accepted_by.value.clone(), until.value);
        self.waived.push(WaivedFinding { finding, reason, accepted_by, until });
        None
    }

    /// Whether a waiver applies: it has not ended, it names a person or role and a reason, and it does not waive
    /// findings about waivers.
    fn is_valid(&self, waiver: &Waiver) -> bool {
        let is_accounted_for =
            is_reason(&waiver.reason.value) && names_only_persons_or_roles(&waiver.accepted_by.value);
        self.is_current(waiver) && is_accounted_for && waiver.rule.value != rules::REJECTED_EXCEPTION.0
    }

    fn is_current(&self, waiver: &Waiver) -> bool {
        self.assessed.assessment.clock.as_of <= waiver.until.value
    }

    /// Returns the findings about the waivers themselves.
    pub(super) fn waiver_findings(&self) -> Vec<Finding> {
        let waivers = self.assessed.reading.settings.waivers.iter().zip(&self.counts);
        let problems = waivers.filter_map(|(waiver, count)| self.problem(waiver, *count));
        problems.filter_map(|problem| to_finding(self.assessed.reading, problem)).collect()
    }

    fn problem(&self, waiver: &Waiver, count: WaiverCount) -> Option<Problem> {
        let Waiver { rule, .. } = waiver;
        let settings = &self.assessed.reading.settings;
        if !self.is_current(waiver) {
            return Some(self.expired(waiver, count));
        }
        let is_seen_elsewhere = CONDITIONAL_RULES.iter().any(|conditional| conditional.0 == rule.value);
        if let Some((id, help)) = UNWAIVABLE_RULES.iter().find(|(id, _)| rule.value == id.0) {
            let message = format!("no waiver excuses `{id}`");
            return Some(Problem::new(closing::UNUSED_WAIVER, settings.place(rule.span), message).help(*help));
        }
        // A lost document or clause has its place only in the other revision.
        let is_lost = rule.value == closing::LOST_ID.0 || self.is_of_another_standard(waiver);
        if count.matched > 0 || (is_seen_elsewhere && (is_lost || !self.has_unknown_place(waiver))) {
            return None;
        }
        let message = match &waiver.place {
            Some(place) if is_seen_elsewhere => {
                format!("`{}` does not exist, so this waiver matches nothing", place.value)
            }
            _ => format!("this waiver of `{}` matches no finding", rule.value),
        };
        let help = "remove it, or correct its rule or place: a file, a folder ending in `/`, a document id or a clause";
        Some(Problem::new(closing::UNUSED_WAIVER, settings.place(rule.span), message).help(help))
    }

    /// Reports an expired waiver and the result for the findings it matched.
    fn expired(&self, waiver: &Waiver, WaiverCount { matched, remaining }: WaiverCount) -> Problem {
        let Waiver { rule, accepted_by, until, .. } = waiver;
        let settings = &self.assessed.reading.settings;
        let message = match remaining {
            0 if matched > 0 => format!(
                "this waiver of `{}` ended on {}, and another one holds for what it waived",
                rule.value, until.value
            ),
            0 => {
                format!("this waiver of `{}` ended on {}, and there is nothing left to waive", rule.value, until.value)
            }
            1 => format!("this waiver of `{}` ended on {}, and the finding counts again", rule.value, until.value),
            many => {
                format!("this waiver of `{}` ended on {}, and {many} findings count again", rule.value, until.value)
            }
        };
        let help = match remaining {
            0 => "remove it".to_owned(),
            _ => format!("ask {} to fix what it waived, or agree a new date", accepted_by.value),
        };
        Problem::new(closing::EXPIRED_WAIVER, settings.place(until.span), message).help(help)
    }

    /// Whether a waiver is for a clause of a standard that the handbook no longer uses.
    fn is_of_another_standard(&self, waiver: &Waiver) -> bool {
        let clause = waiver.place.as_ref().and_then(|place| place.value.parse::<ClauseRef>().ok());
        let standard = clause.and_then(|clause| clause.standard);
        standard.is_some_and(|standard| self.assessed.reading.standards.find_standard(&standard).is_none())
    }

    /// Whether a waiver has a place that does not exist in the handbook.
    pub(super) fn has_unknown_place(&self, waiver: &Waiver) -> bool {
        let Some(place) = &waiver.place else { return false };
        let place = place.value.strip_prefix("./").unwrap_or(&place.value);
        let Reading { settings, standards, handbook, sources, .. } = self.assessed.reading;
        let source_paths = sources.iter().map(|text| &**text.path()).chain([SETTINGS_FILE]);
        let mut paths = source_paths.chain(handbook.indexed().map(|(_, document)| &**document.path()));
        let in_theme = place.starts_with(&format!("{THEMES_FOLDER}/{}/", settings.theme));
        let is_path = in_theme || paths.any(|path| is_at(path, place));
        let is_id = || place.parse().is_ok_and(|id| handbook.lookup.by_id(&id).is_some());
        let is_clause = || place.parse().is_ok_and(|clause: ClauseRef| standards.resolve(&clause).is_ok());
        let is_item = || place.parse().is_ok_and(|item| standards.item(&item).is_some());
        !(is_path || is_id() || is_clause() || is_item())
    }

    /// The waived findings, by place.
    pub(super) fn waived(self) -> Vec<WaivedFinding> {
        self.waived
    }
}

/// Whether a file is at a place, or in the folder that a place ending in `/` names. Names are compared as people see
/// them.
fn is_at(file: &str, place: &str) -> bool {
    let (file, place) = (as_seen(file), as_seen(place));
    file == place || place.ends_with('/') && file.starts_with(&*place)
}

fn matches(assessed: Assessed<'_>, waiver: &Waiver, finding: &Finding) -> bool {
    let problem = &finding.problem;
    if problem.rule.0 != waiver.rule.value {
        return false;
    }
    let Some(place) = &waiver.place else { return true };
    let place = place.value.strip_prefix("./").unwrap_or(&place.value);
    if place.ends_with('/') {
        return is_at(&problem.place.file, place);
    }
    is_at(&problem.place.file, place)
        || finding.document.as_ref().is_some_and(|id| id.as_str() == place)
        || problem.subject.as_deref().is_some_and(|subject| names(subject, place))
        || problem.about.is_some_and(|about| is_about(assessed, about, place))
}

/// Whether the subject of a finding is what a place names, or a period of it.
fn names(subject: &str, place: &str) -> bool {
    subject.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
}

/// Whether a place names the clause that a finding is about, or the item or the item's clause.
fn is_about(assessed: Assessed<'_>, part: StandardPart, place: &str) -> bool {
    let named: Option<ClauseKey> =
        place.parse::<ClauseRef>().ok().and_then(|reference| assessed.reading.standards.resolve(&reference).ok());
    match part {
        StandardPart::Clause(key) => named == Some(key),
        StandardPart::Item(item) => {
            let is_item =
                place.parse().is_ok_and(|reference| assessed.reading.standards.item(&reference) == Some(item));
            is_item
                || assessed.reading.standards.item_at(item).id.as_str() == place
                || named == Some(assessed.reading.standards.clause_of(item))
        }
    }
}
