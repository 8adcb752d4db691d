//! Links by an id that no document has.

use super::broken_link::{broken, with};
use crate::assess::Assessed;
use super::{Check, Group, Rule, Subject, retarget};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::Breakage;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-reference"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link by id names a document that does not exist.",
    why: "The reader is sent to a document that the handbook does not have.",
    mend: "Correct the id, or write the document.",
    example: "[[POL-CHG-010]]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    for (link, _) in broken(subject.document).filter(|(_, breakage)| *breakage == Breakage::NoId) {
        let id = link.target.split('#').next().unwrap_or_default().trim();
        let mut fault =
            Fault::new(RULE.id, subject.document.place(link.target_span), format!("no document has the id `{id}`"));
        if let Some(known) = assessed.reading.handbook.lookup.nearest_id(id, None) {
            fault = fault.help(format!("did you mean `{known}`?"));
            let start = link.target.find(id).unwrap_or_default();
            let is_sure = assessed.reading.handbook.lookup.is_unmistakable_id(id, known);
            let replace = || retarget::replace(subject.document, link, start..start + id.len(), known.to_owned());
            fault = with(fault, is_sure.then(replace).flatten());
        }
        faults.push(fault);
    }
}
