//! Findings of an edition: those of the whole handbook at places that it shows, in words that name only what it shows.

use std::collections::HashMap;

use super::shown::{Names, Places};
use super::waivers::Ledger;
use super::weigh;
use crate::assess::Assessed;
use crate::finding::{Finding, Problem, closing};
use crate::handbook::Reading;
use crate::place::Place;
use crate::rules::{LINK_TO_WITHHELD, looks_elsewhere, rule};

/// What is wrong with the whole handbook, as far as the edition shows the place. `own` is what is wrong with the edition as
/// seen from the edition alone: it gives the words where the whole has them too, and the rule gives them where it has others,
/// or where they name anything that is withheld. What rests on a look at something else than the handbook's files stays, where
/// the edition shows the place.
pub(super) fn findings(assessed: Assessed<'_>, own: Vec<Finding>) -> Vec<Finding> {
    let (elsewhere, own): (Vec<Finding>, Vec<Finding>) =
        own.into_iter().partition(|finding| looks_elsewhere(finding.problem.rule));
    let shown = EditionView {
        reading: assessed.reading,
        places: Places::of(assessed.reading),
        names: Names::of(assessed.reading),
    };
    let mut findings: Vec<Finding> = elsewhere.iter().filter_map(|finding| shown.elsewhere(finding)).collect();
    let mut known: HashMap<_, Vec<Finding>> = HashMap::new();
    own.into_iter().for_each(|finding| known.entry(key(&finding)).or_default().push(finding));
    let of_whole = of_whole(assessed).filter(|finding| !looks_elsewhere(finding.problem.rule));
    findings.extend(of_whole.filter_map(|finding| {
        let own = known.get(&key(finding)).map_or(&[][..], Vec::as_slice);
        shown.of_whole(finding, own)
    }));
    weigh::sort(&mut findings);
    findings
}

/// What an edition may say.
struct EditionView<'a> {
    reading: &'a Reading,
    places: Places<'a>,
    names: Names,
}

impl EditionView<'_> {
    /// A finding that rests on a look at something else than the handbook.
    fn elsewhere(&self, finding: &Finding) -> Option<Finding> {
        // Whoever checks an edition asks which links end in what is withheld.
        let is_asked = finding.problem.rule == LINK_TO_WITHHELD;
        let finding = if is_asked { self.without_related(finding) } else { self.reworded(finding) };
        self.places.may_be_named(&finding.problem.place).then_some(finding)
    }

    /// A finding of the whole handbook, in the words of one of the edition's `own` where one says the same. Of a file that
    /// nobody knows the classification of, not even the name is shown.
    fn of_whole(&self, finding: &Finding, own: &[Finding]) -> Option<Finding> {
        let same = own.iter().find(|own| is_same_problem(&own.problem, &finding.problem));
        let said = same.map_or_else(|| in_general(self.reading, finding), |own| self.reworded(own));
        self.places.may_be_named(&finding.problem.place).then_some(said)
    }

    /// The same in words that name nothing withheld: those of the rule, in place of the help alone where that is enough.
    fn reworded(&self, finding: &Finding) -> Finding {
        if self.names.are_in(&finding.problem.message) {
            return in_general(self.reading, finding);
        }
        let mut reworded = self.without_related(finding);
        if finding.problem.help.as_ref().is_some_and(|help| self.names.are_in(help)) {
            reworded.problem.help = rule(finding.problem.rule.0).map(|rule| rule.fix.to_owned());
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

/// What is wrong with waivers, as it is in the whole handbook. One of something that is not shown is not named.
pub(super) fn of_waivers(assessed: Assessed<'_>) -> Vec<Finding> {
    let (own, whole) = (Ledger::new(assessed), Ledger::new(assessed.whole()));
    let settings = &assessed.reading.settings;
    let is_shown = |place: &Place| {
        let mut named = settings
            .waivers
            .iter()
            .filter(|waiver| [waiver.rule.span, waiver.until.span].iter().any(|span| settings.place(*span) == *place));
        named.all(|waiver| !own.has_unknown_place(waiver) || whole.has_unknown_place(waiver))
    };
    let is_about_waivers =
        |finding: &&Finding| [closing::EXPIRED_WAIVER, closing::UNUSED_WAIVER].contains(&finding.problem.rule);
    of_whole(assessed).filter(is_about_waivers).filter(|finding| is_shown(&finding.problem.place)).cloned().collect()
}

/// Everything that is wrong with the whole handbook, waived or not.
fn of_whole(assessed: Assessed<'_>) -> impl Iterator<Item = &Finding> {
    let whole = assessed.whole().assessment;
    whole.findings.iter().chain(whole.waived.iter().map(|waived| &waived.finding))
}

/// What finding it is, whatever it says.
fn key(finding: &Finding) -> (&'static str, Place, String) {
    let Problem { rule, place, about, subject, .. } = &finding.problem;
    (rule.0, place.clone(), format!("{about:?} {subject:?}"))
}

fn is_same_problem(one: &Problem, other: &Problem) -> bool {
    one.message == other.message && one.help == other.help
}

/// A finding in the words of its rule, which name nothing.
fn in_general(reading: &Reading, finding: &Finding) -> Finding {
    let Problem { rule: id, place, about, at_most, .. } = &finding.problem;
    let rule = rule(id.0);
    let meaning = rule.map_or(id.0, |rule| rule.meaning.trim_end_matches('.'));
    let mut letters = meaning.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    let problem = Problem::new(*id, place.clone(), first.chain(letters).collect::<String>());
    let help = rule.map(|rule| rule.fix.to_owned());
    let problem = Problem { about: *about, at_most: *at_most, help, ..problem };
    weigh::finding(reading, problem, finding.severity)
}
