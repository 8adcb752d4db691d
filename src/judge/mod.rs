//! From problems to results: findings weighed by the settings, without waived ones, sorted, and checked against gates.
//!
//! This layer is above `assess` and `rules`, which know nothing about severities, waivers or other revisions.

mod baseline;
mod comparison;
mod edition;
mod edition_places;
mod fixes;
mod gates;
mod identity;
mod lost_ids;
mod nothing_checked;
mod steps;
mod waivers;
mod weigh;

use crate::assess::{Assessed, Assessment};
use crate::finding::{Finding, Problem, WaivedFinding};
use crate::handbook::Reading;
use crate::rules;

pub(crate) use baseline::{Baseline, BaselineEntry, BaselineError, BaselineMatch};
pub(crate) use comparison::{Comparison, VerdictChange, coverage_drops, unreadable_base_files};
pub(crate) use fixes::{FileFixes, Fixes, fixes};
pub(crate) use gates::{Gate, Gates, evaluate_gates, share};
pub(crate) use identity::{fingerprint, fingerprints};
pub(crate) use lost_ids::lost_ids;
pub(crate) use steps::{FIRST_STEPS, Step, next_steps};

use waivers::Ledger;

/// Adds findings to an assessment: those of reading, those of the rules, and `outside` problems that only a comparison
/// or an inspection of a written site can find.
///
/// For an edition, these are the findings of the whole handbook at places that the edition shows.
pub fn judge(reading: &Reading, mut assessment: Assessment, outside: Vec<Problem>) -> Assessment {
    if let Some(full_reading) = &reading.full_handbook {
        let judge_whole = |assessment| judge(full_reading, assessment, Vec::new());
        assessment.whole = assessment.whole.take().map(|whole| Box::new(whole.map_assessment(judge_whole)));
    }
    let assessed = Assessed { reading, assessment: &assessment };
    let problems = rules::problems(assessed).into_iter().chain(reading.problems.iter().cloned()).chain(outside);
    let mut weighed: Vec<Finding> = problems.filter_map(|problem| weigh::to_finding(reading, problem)).collect();
    weigh::sort(&mut weighed);
    if reading.full_handbook.is_some() {
        weighed = edition::findings(assessed, weighed);
    }
    let mut ledger = Ledger::new(assessed);
    let mut findings = ledger.apply(weighed);
    findings.extend(if reading.full_handbook.is_some() {
        edition::waiver_findings(assessed)
    } else {
        ledger.waiver_findings()
    });
    findings.extend(nothing_checked::findings(assessed));
    weigh::sort(&mut findings);
    let waived = ledger.waived();
    Assessment { findings, waived, ..assessment }
}

/// Weighs problems that were found after a handbook was judged, and applies waivers to them.
pub(crate) fn judge_later(assessed: Assessed<'_>, problems: Vec<Problem>) -> (Vec<Finding>, Vec<WaivedFinding>) {
    let weighed = problems.into_iter().filter_map(|problem| weigh::to_finding(assessed.reading, problem)).collect();
    let mut ledger = Ledger::new(assessed);
    let mut findings = ledger.apply(weighed);
    weigh::sort(&mut findings);
    (findings, ledger.waived())
}
