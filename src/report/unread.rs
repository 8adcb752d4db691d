//! Registers that cannot be read in full, in words.

use super::without_controls;
use crate::handbook::Reading;
use crate::register::Kind;

/// A sentence for each register of which some entries of these kinds cannot be read; of any kind if `kinds` is `None`.
pub(crate) fn unread_sentences(reading: &Reading, kinds: Option<&[Kind]>) -> Vec<String> {
    let unread = reading.handbook.registers.unread().iter();
    let is_asked = |kind: &&Kind| kinds.is_none_or(|kinds| kinds.contains(kind));
    unread
        .filter_map(|register| {
            let lost: Vec<String> =
                register.kinds.iter().filter(is_asked).map(|kind| kind.as_str().replace('_', " ")).collect();
            let names = if register.may_have_any() { "of any register".to_owned() } else { lost.join(", ") };
            let place = without_controls(&register.place.to_string());
            (!lost.is_empty()).then(|| format!("Some entries cannot be read and are missing here: {names} ({place})"))
        })
        .collect()
}
