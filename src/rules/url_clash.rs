//! Two sources that ask for one URL.

use crate::assess::Assessed;
use super::{Check, Group, Rule};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::{AliasClash, Asset, Handbook, Published, UrlClash};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("url-clash"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "A document, an attachment or an alias would have the URL of something else, such as one of the portal's own pages.",
    why: "One of the two would be overwritten; bookmarks would lead to the wrong text.",
    mend: "Rename the file or its folder.",
    example: "content/change.md beside content/Change.md, or content/matrix.md",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, faults: &mut Vec<Fault>) {
    let handbook = &assessed.reading.handbook;
    faults.extend(handbook.url_clashes.iter().map(|clash| moved(handbook, clash)));
    faults.extend(handbook.alias_clashes.iter().map(|clash| dead_alias(handbook, clash)));
}

/// A document or file that is published at another address than its path asks for.
fn moved(handbook: &Handbook, clash: &UrlClash) -> Fault {
    let (path, url) = match clash.moved {
        Published::Asset(asset) => {
            let Asset { path, url, .. } = &handbook.assets[asset.0 as usize];
            (path.clone(), url)
        }
        Published::Document(index) | Published::Redirect(index) => {
            let document = handbook.document(index);
            (document.path().clone(), &document.url)
        }
        Published::Own => (clash.wanted.as_str().into(), &clash.wanted),
    };
    let owner = owner(handbook, clash.with);
    let message = format!("its URL `{}` belongs to {owner}; it is published as `{url}`", clash.wanted);
    with_owner(handbook, clash.with, Fault::new(RULE.id, Place::file(path), message).help("rename the file"))
}

/// An earlier address that cannot lead to its document.
fn dead_alias(handbook: &Handbook, clash: &AliasClash) -> Fault {
    let AliasClash { document, span, wanted, with } = clash;
    let place = handbook.document(*document).place(*span);
    let message = format!("the earlier address `{wanted}` belongs to {}; it does not lead here", owner(handbook, *with));
    with_owner(handbook, *with, Fault::new(RULE.id, place, message).help("remove it from `aliases`"))
}

fn owner(handbook: &Handbook, with: Published) -> String {
    match with {
        Published::Own => "one of the portal's own pages".to_owned(),
        Published::Document(index) => format!("`{}`", handbook.document(index).path()),
        Published::Asset(asset) => format!("`{}`", handbook.assets[asset.0 as usize].path),
        Published::Redirect(index) => format!("an alias of `{}`", handbook.document(index).path()),
    }
}

fn with_owner(handbook: &Handbook, with: Published, fault: Fault) -> Fault {
    match with {
        Published::Document(index) => {
            fault.related(Place::file(handbook.document(index).path().clone()), "has this URL")
        }
        _ => fault,
    }
}
