//! Findings of an edition: those of the whole handbook at places that it shows, in words that name only what it shows.

use std::collections::{BTreeMap, HashMap};

use super::waivers::Ledger;
use super::weigh;
use crate::assess::Assessed;
use crate::finding::{Finding, Problem, closing};
use crate::handbook::Reading;
use crate::place::{Place, Position};
use crate::rules::{looks_elsewhere, rule};

/// What is wrong with the whole handbook, as far as the edition shows the place. `own` is what is wrong with the edition as
/// seen from the edition alone: it gives the words where the whole has them too, and the rule gives them where it has others.
/// What rests on a look at something else than the handbook's files stays.
pub(super) fn findings(assessed: Assessed<'_>, own: Vec<Finding>) -> Vec<Finding> {
    let (mut findings, own): (Vec<Finding>, Vec<Finding>) =
        own.into_iter().partition(|finding| looks_elsewhere(finding.problem.rule));
    let mut known: HashMap<_, Vec<Finding>> = HashMap::new();
    own.into_iter().for_each(|finding| known.entry(key(&finding)).or_default().push(finding));
    let places = Places::of(assessed.reading);
    for finding in of_whole(assessed).filter(|finding| !looks_elsewhere(finding.problem.rule)) {
        let own = known.get(&key(finding)).map_or(&[][..], Vec::as_slice);
        let same = own.iter().find(|own| says_the_same(&own.problem, &finding.problem));
        match same {
            Some(own) => findings.push(own.clone()),
            None if !own.is_empty() || places.show(&finding.problem.place) => {
                findings.push(in_general(assessed.reading, finding));
            }
            None => {}
        }
    }
    weigh::sort(&mut findings);
    findings
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
        named.all(|waiver| !own.names_nothing(waiver) || whole.names_nothing(waiver))
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

fn says_the_same(one: &Problem, other: &Problem) -> bool {
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

/// Places that an edition shows: those in its documents, and in entries of registers that it shows.
struct Places<'a> {
    reading: &'a Reading,
    entries: BTreeMap<&'a str, Vec<(Position, Position)>>,
}

impl<'a> Places<'a> {
    fn of(reading: &'a Reading) -> Places<'a> {
        let mut entries: BTreeMap<&str, Vec<(Position, Position)>> = BTreeMap::new();
        for placed in &reading.handbook.registers.entries {
            let Place { position, end, .. } = placed.place(placed.entry.record.span);
            let list = entries.entry(placed.file.source.path()).or_default();
            list.extend(position.zip(end));
        }
        Places { reading, entries }
    }

    fn show(&self, place: &Place) -> bool {
        let of_entries = self.entries.get(&*place.file).map_or(&[][..], Vec::as_slice);
        let is_in = |at: Position| of_entries.iter().any(|(from, to)| (*from..*to).contains(&at));
        self.reading.handbook.document_of(&place.file).is_some() || place.position.is_some_and(is_in)
    }
}
