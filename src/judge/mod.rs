//! What counts of all that is wrong: weighed by the settings, without what is waived, in order, against gates.
//!
//! It stands above `assess` and `rules`, which know nothing of weights, waivers or other revisions.

mod baseline;
mod comparison;
mod fingerprint;
mod fixes;
mod gates;
mod lost_ids;
mod nothing_checked;
mod steps;
mod waivers;
mod weigh;

use std::collections::HashSet;

use crate::assess::{Assessed, Assessment, assess};
use crate::finding::{Finding, Problem, Waived};
use crate::handbook::Reading;
use crate::rules;

pub(crate) use baseline::{Baseline, BaselineEntry, BaselineError, Matched};
pub(crate) use comparison::{Comparison, drops};
pub(crate) use fingerprint::{digest, fingerprints};
pub(crate) use fixes::{FixedFile, Fixes, fixes};
pub(crate) use gates::{Gate, Gates, share, verdicts};
pub(crate) use lost_ids::lost_ids;
pub(crate) use steps::{FIRST_STEPS, Step, next_steps};

use waivers::Ledger;

/// The assessment with its findings: those of the reading, of the rules, and `outside` ones that only a comparison or a
/// look at a written site can have.
pub fn judge(reading: &Reading, assessment: Assessment, outside: Vec<Problem>) -> Assessment {
    let assessed = Assessed { reading, assessment: &assessment };
    let problems = rules::problems(assessed).into_iter().chain(reading.problems.iter().cloned()).chain(outside);
    let mut weighed: Vec<Finding> = problems.filter_map(|problem| weigh::weigh(reading, problem)).collect();
    weigh::sort(&mut weighed);
    let mut ledger = Ledger::new(assessed);
    let mut findings = ledger.apply(weighed);
    findings.extend(ledger.close());
    if let Some(whole) = &reading.whole {
        let whole = judge(whole, assess(whole, assessed.assessment.clock), Vec::new());
        keep_true(&mut findings, &whole.findings);
    }
    findings.extend(nothing_checked::findings(assessed));
    weigh::sort(&mut findings);
    let waived = ledger.waived();
    Assessment { findings, waived, ..assessment }
}

/// Drops what is only wrong with an edition because it does not show everything, such as a document to which only a
/// withheld one links. What rests on a look at something else than the handbook's files stays.
fn keep_true(findings: &mut Vec<Finding>, of_whole: &[Finding]) {
    let key = |finding: &Finding| {
        let Problem { rule, place, about, subject, .. } = &finding.problem;
        (rule.0, place.file.clone(), place.position.map(|at| (at.line, at.column)), format!("{about:?} {subject:?}"))
    };
    let known: HashSet<_> = of_whole.iter().map(key).collect();
    findings.retain(|finding| rules::looks_elsewhere(finding.problem.rule) || known.contains(&key(finding)));
}

/// Problems that were found after a handbook was judged, weighed and waived as all others are.
pub(crate) fn later(assessed: Assessed<'_>, problems: Vec<Problem>) -> (Vec<Finding>, Vec<Waived>) {
    let weighed = problems.into_iter().filter_map(|problem| weigh::weigh(assessed.reading, problem)).collect();
    let mut ledger = Ledger::new(assessed);
    let mut findings = ledger.apply(weighed);
    weigh::sort(&mut findings);
    (findings, ledger.waived())
}
