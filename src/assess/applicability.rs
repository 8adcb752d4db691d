//! Which clauses do not apply.

use ahash::AHashMap;

use crate::config::Settings;
use crate::id::ClauseKey;
use crate::placeholder::is_reason;
use crate::standard::Standards;

/// The clauses that the settings exclude with a reason, as far as their catalogues permit it.
#[derive(Debug, Default)]
pub(crate) struct Applicability<'a> {
    reasons: AHashMap<ClauseKey, &'a str>,
}

impl<'a> Applicability<'a> {
    /// Reads the exclusions from the settings. An exclusion also applies to the clauses below the one it names, unless
    /// they have their own reason.
    pub(crate) fn from_settings(settings: &'a Settings, standards: &Standards) -> Applicability<'a> {
        let mut reasons = AHashMap::new();
        let excluded = settings.excluded.iter().filter_map(|excluded| {
            let reason =
                excluded.reason.as_ref().map(|reason| reason.value.trim()).filter(|reason| is_reason(reason))?;
            Some((
                reason,
                standards.find_reference(&excluded.clause.value).filter(|key| standards.is_excludable(*key))?,
            ))
        });
        let mut excluded: Vec<(&str, ClauseKey)> = excluded.collect();
        excluded.sort_by_key(|(_, key)| std::cmp::Reverse(standards.ancestors(*key).count()));
        for (reason, key) in excluded {
            for key in std::iter::once(key).chain(standards.descendants(key)) {
                reasons.entry(key).or_insert(reason);
            }
        }
        Applicability { reasons }
    }

    /// The reason why a clause does not apply, or `None` if it does.
    pub(crate) fn reason(&self, key: ClauseKey) -> Option<&'a str> {
        self.reasons.get(&key).copied()
    }
}
