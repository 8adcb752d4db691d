//! Former URLs that cannot be redirected.

use super::url_clash::{file, name};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{AddressClaimant, AddressRefusal};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("lost-alias"),
    group: Group::Identity,
    severity: Severity::Warning,
    meaning: "An earlier address of a document cannot lead to it, because something else has that address or no file \
              can have it.",
    why: "Bookmarks and links to the old address reach the wrong page, or none.",
    fix: "Remove it from `aliases`, or rename the file that has the address.",
    example: "aliases: [matrix.html]",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for clash in &assessed.reading.handbook.addresses.conflicts {
        let AddressClaimant::Alias(index, at) = clash.claimant else { continue };
        let document = assessed.reading.handbook.document(index);
        let Some(alias) = document.front().and_then(|front| front.aliases.get(at)) else { continue };
        let place = document.place(alias.span);
        problems.push(problem(assessed, &clash.requested, &clash.refusal, place));
    }
}

fn problem(assessed: &Assessed<'_>, former_address: &str, refusal: &AddressRefusal, place: Place) -> Problem {
    match refusal {
        AddressRefusal::Taken(holder) => {
            let message = format!("the earlier address `{former_address}` belongs to {}", name(assessed, *holder));
            let problem = Problem::new(RULE.id, place, message).help("remove it, or rename what has the address");
            match file(assessed, *holder) {
                Some(other) => problem.related(Place::file(other), "the file with this address"),
                None => problem,
            }
        }
        AddressRefusal::LetterCase(known) => {
            let subject = if former_address.len() > known.len() {
                "a folder of the earlier address"
            } else {
                "the earlier address"
            };
            let message = format!("{subject} `{former_address}` differs from `{known}` in letter case only");
            Problem::new(RULE.id, place, message)
                .help("many file systems cannot hold both: remove it, or redirect it on your web server")
        }
        AddressRefusal::Extension => unusable_address_problem(former_address, place)
            .help("an earlier address ends in `.html` or `/`, or has no ending; redirect others on your web server"),
        AddressRefusal::Unusable => unusable_address_problem(former_address, place)
            .help("use names of ASCII letters, digits, `-`, `_` and `.`, or redirect it on your web server"),
    }
}

fn unusable_address_problem(former_address: &str, place: Place) -> Problem {
    Problem::new(RULE.id, place, format!("no page of the portal can have the earlier address `{former_address}`"))
}
