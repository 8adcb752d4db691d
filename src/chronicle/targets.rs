//! Which attachments and other targets of links differ between two texts with the same links.

use std::collections::BTreeSet;

use crate::handbook::TextTarget;

/// At most so many are named.
const MAX_NAMED: usize = 3;

/// Attachments that differ or are gone, and links that lead elsewhere, each once; nothing where the texts have other links.
pub(crate) fn changed_targets(then: &[TextTarget], now: &[TextTarget]) -> Vec<String> {
    if then.len() != now.len() {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let changed = then.iter().zip(now).filter(|(then, now)| then.covered.is_none() || then.covered != now.covered);
    let name = |(then, now): (&TextTarget, &TextTarget)| match (&now.attachment, &then.attachment) {
        (Some(file), _) => format!("the file `{file}`"),
        (None, Some(file)) => format!("the file `{file}`, which is not there any more"),
        (None, None) => format!("what the link `{}` leads to", now.written),
    };
    changed.map(name).filter(|name| seen.insert(name.clone())).collect()
}

/// The same as words of a sentence; nothing where nothing is known to differ.
pub(crate) fn named_targets(changed: &[String]) -> Option<String> {
    let more = changed.len().saturating_sub(MAX_NAMED);
    let shown = &changed[..changed.len() - more];
    match more {
        0 => (!shown.is_empty()).then(|| shown.join(" and ")),
        _ => Some(format!("{} and {more} more", shown.join(", "))),
    }
}
