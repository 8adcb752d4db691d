//! Compares the attachments and other link targets of two texts that have the same links.

use std::collections::BTreeSet;

use crate::handbook::TextTarget;

/// The maximum number of targets to name.
const MAX_LISTED_TARGETS: usize = 3;

/// Attachments and link targets that differ, or could not be read in the older text, each once; empty if the two texts
/// have different numbers of links.
pub(crate) fn changed_targets(then: &[TextTarget], now: &[TextTarget]) -> Vec<String> {
    if then.len() != now.len() {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let changed = then.iter().zip(now).filter(|(then, now)| then.digest.is_none() || then.digest != now.digest);
    let name = |(then, now): (&TextTarget, &TextTarget)| match (&now.attachment, &then.attachment) {
        (Some(file), _) => format!("the file `{file}`"),
        (None, Some(file)) => format!("the file `{file}`, which no longer exists"),
        (None, None) => format!("the target of the link `{}`", now.written),
    };
    changed.map(name).filter(|name| seen.insert(name.clone())).collect()
}

/// Joins the names of changed targets into a phrase; `None` if there are none.
pub(crate) fn join_targets(changed: &[String]) -> Option<String> {
    let remaining = changed.len().saturating_sub(MAX_LISTED_TARGETS);
    let listed = &changed[..changed.len() - remaining];
    match remaining {
        0 => (!listed.is_empty()).then(|| listed.join(" and ")),
        _ => Some(format!("{} and {remaining} more", listed.join(", "))),
    }
}
