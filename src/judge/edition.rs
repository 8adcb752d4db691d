//! Findings of an edition: those of the whole handbook at visible places, worded so that they name only what is shown.

use std::collections::HashMap;

use super::edition_places::{Places, WithheldNames};
use super::waivers::Ledger;
use super::weigh;
use crate::assess::Assessed;
use crate::finding::{Finding, Problem, closing};
use crate::handbook::Reading;
use crate::place::Place;
use crate::rules::{LINK_TO_WITHHELD, find_rule, is_found_elsewhere};

/// Returns the findings of the whole handbook at places that the edition shows. `own_findings` contains the findings of
/// the edition judged alone. If the whole has the same finding, the wording of `own_findings` is used; otherwise, or if
/// that names anything withheld, the general wording of the rule. Findings based on something other than the handbook's
/// files are kept if the edition shows the place.
pub(super) fn findings(assessed: Assessed<'_>, own_findings: Vec<Finding>) -> Vec<Finding> {
    let (elsewhere, own_findings): (Vec<Finding>, Vec<Finding>) =
        own_findings.into_iter().partition(|finding| is_found_elsewhere(finding.problem.rule));
    let view = EditionView {
        reading: assessed.reading,
        places: Places::new(assessed.reading),
        names: WithheldNames::new(assessed.reading),
    };
    let mut findings: Vec<Finding> = elsewhere.iter().filter_map(|finding| view.adapt_other_finding(finding)).collect();
    let mut known: HashMap<_, Vec<Finding>> = HashMap::new();
    own_findings.into_iter().for_each(|finding| known.entry(key(&finding)).or_default().push(finding));
    let full_findings = all_findings(assessed).filter(|finding| !is_found_elsewhere(finding.problem.rule));
    findings.extend(full_findings.filter_map(|finding| {
        let own_findings = known.get(&key(finding)).map_or(&[][..], Vec::as_slice);
        view.adapt_full_finding(finding, own_findings)
    }));
    let hidden = HiddenWaivers::from_assessment(assessed);
    findings.retain(|finding| !hidden.contains(&finding.problem.place));
    weigh::sort(&mut findings);
    findings
}

/// What an edition may show.
struct EditionView<'a> {
    reading: &'a Reading,
    places: Places<'a>,
    names: WithheldNames,
}

impl EditionView<'_> {
    /// Prepares a finding based on something other than the handbook's files.
    fn adapt_other_finding(&self, finding: &Finding) -> Option<Finding> {
        // A person who checks an edition wants to know which links point to withheld content.
        let is_asked = finding.problem.rule == LINK_TO_WITHHELD;
        let finding = if is_asked { self.without_related(finding) } else { self.reword(finding) };
        self.places.may_be_named(&finding.problem.place).then_some(finding)
    }

    /// Prepares a finding of the whole handbook, in the wording of a matching finding in `own_findings` if there is
    /// one. A file whose classification is not known is not even named.
    fn adapt_full_finding(&self, finding: &Finding, own_findings: &[Finding]) -> Option<Finding> {
        let same = own_findings.iter().find(|own| is_same_problem(&own.problem, &finding.problem));
        let reworded =
            same.map_or_else(|| general_wording(self.reading, finding), |own_finding| self.reword(own_finding));
        self.places.may_be_named(&finding.problem.place).then_some(reworded)
    }

    /// Rewords a finding so that it does not name anything withheld. The rule's wording replaces only the help if that
    /// is enough.
    fn reword(&self, finding: &Finding) -> Finding {
        if self.names.appear_in(&finding.problem.message) {
            return general_wording(self.reading, finding);
        }
        let mut reworded = self.without_related(finding);
        if finding.problem.help.as_ref().is_some_and(|help| self.names.appear_in(help)) {
            reworded.problem.help = find_rule(finding.problem.rule.0).map(|rule| rule.fix.to_owned());
            reworded.problem.fix = None;
        }
        reworded
    }

    fn without_related(&self, finding: &Finding) -> Finding {
        let mut finding = finding.clone();
        finding.problem.related.retain(|(place, _)| self.places.may_be_named(place));
        finding
    }
}

/// Returns the findings about waivers, as in the whole handbook. A waiver of something hidden is not named.
pub(super) fn waiver_findings(assessed: Assessed<'_>) -> Vec<Finding> {
    let hidden = HiddenWaivers::from_assessment(assessed);
    let is_about_waivers =
        |finding: &&Finding| [closing::EXPIRED_WAIVER, closing::UNUSED_WAIVER].contains(&finding.problem.rule);
    let about_waivers = all_findings(assessed).filter(is_about_waivers);
    about_waivers.filter(|finding| !hidden.contains(&finding.problem.place)).cloned().collect()
}

/// The places in the settings of those waivers whose subject the edition does not show.
struct HiddenWaivers(Vec<Place>);

impl HiddenWaivers {
    fn from_assessment(assessed: Assessed<'_>) -> HiddenWaivers {
        let (ledger, full_ledger) = (Ledger::new(assessed), Ledger::new(assessed.whole()));
        let settings = &assessed.reading.settings;
        let hidden = settings.waivers.iter();
        let hidden = hidden.filter(|waiver| ledger.has_unknown_place(waiver) && !full_ledger.has_unknown_place(waiver));
        let spans = hidden
            .flat_map(|waiver| [waiver.rule.span, waiver.until.span, waiver.reason.span, waiver.accepted_by.span]);
        HiddenWaivers(spans.map(|span| settings.place(span)).collect())
    }

    fn contains(&self, place: &Place) -> bool {
        self.0.contains(place)
    }
}

/// All findings of the whole handbook, waived or not.
fn all_findings(assessed: Assessed<'_>) -> impl Iterator<Item = &Finding> {
    let full_assessment = assessed.whole().assessment;
    full_assessment.findings.iter().chain(full_assessment.waived.iter().map(|waived| &waived.finding))
}

/// The identity of a finding, regardless of its wording.
fn key(finding: &Finding) -> (&'static str, Place, String) {
    let Problem { rule, place, about, subject, .. } = &finding.problem;
    (rule.0, place.clone(), format!("{about:?} {subject:?}"))
}

fn is_same_problem(a: &Problem, b: &Problem) -> bool {
    a.message == b.message && a.help == b.help
}

/// Rewords a finding with the text of its rule, which does not name anything.
fn general_wording(reading: &Reading, finding: &Finding) -> Finding {
    let Problem { rule: id, place, about, max_severity: at_most, .. } = &finding.problem;
    let rule = find_rule(id.0);
    let meaning = rule.map_or(id.0, |rule| rule.meaning.trim_end_matches('.'));
    let mut letters = meaning.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    let problem = Problem::new(*id, place.clone(), first.chain(letters).collect::<String>());
    let help = rule.map(|rule| rule.fix.to_owned());
    let problem = Problem { about: *about, max_severity: *at_most, help, ..problem };
    weigh::with_severity(reading, problem, finding.severity)
}
