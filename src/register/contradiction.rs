//! What contradicts itself within an entry: it is reported, and nothing is read out of it.

use super::decoder::Decoder;
use super::kinds::Kind;
use super::measure::{MeasuredPeriod, PERIOD_HELP, Rhythm};
use super::value::{Pairs, Record, Value};
use crate::place::Located;

impl Decoder<'_, '_> {
    /// Reports everything in an entry that contradicts itself, and takes it as not written.
    pub(super) fn refuse_contradictions(&mut self, kind: Kind, record: &mut Record) {
        const OPEN: &str = "correct one of the two dates; until then this counts as open";
        const UNKNOWN: &str = "correct one of the two dates; until then neither counts";
        self.refuse_before(record, ("closed", "found"), (&["closed"], OPEN));
        self.refuse_before(record, ("until", "from"), (&["from", "until"], UNKNOWN));
        if kind == Kind::Objectives {
            self.refuse_before(record, ("ends", "from"), (&["from"], UNKNOWN));
        }
        self.refuse_other_periods(kind, record);
    }

    /// Reports a day that lies before one it cannot lie before, and takes what depends on it as not written.
    fn refuse_before(
        &mut self,
        record: &mut Record,
        (name, earlier): (&'static str, &str),
        (refused, help): (&[&'static str], &str),
    ) {
        let (Some(day), Some(first)) = (record.day(name), record.day(earlier)) else { return };
        if day < first {
            let message = format!("`{name}` lies before `{earlier}`");
            self.reader.problem_with_help(record.span_of(name), message, Some(help.to_owned()));
            record.values.retain(|(known, _)| !refused.contains(known));
            record.unclear.extend(refused);
        }
    }

    /// Reports values of periods that are not as long as those in which an entry is measured, and takes them as not
    /// written. An objective is measured in periods as long as the first one.
    fn refuse_other_periods(&mut self, kind: Kind, record: &mut Record) {
        let first = || record.pairs("values").iter().find_map(|(period, _)| rhythm(period));
        let said = record.text("period").and_then(Rhythm::named);
        let Some(rhythm) = said.or_else(|| first().filter(|_| kind == Kind::Objectives)) else { return };
        for period in take_others(record, rhythm) {
            let (wanted, one) = (rhythm.as_str(), kind.row().one);
            let message = format!("`{}` is no {wanted}, but the period of this {one} is `{wanted}`", period.value);
            self.reader.problem_with_help(period.span, message, Some(PERIOD_HELP.to_owned()));
            record.unclear.push("values");
        }
    }
}

/// How long a period is, where it can be read.
fn rhythm(period: &Located<String>) -> Option<Rhythm> {
    Some(period.value.parse::<MeasuredPeriod>().ok()?.rhythm)
}

/// Takes the values of periods of another length out of an entry; these periods.
fn take_others(record: &mut Record, wanted: Rhythm) -> Vec<Located<String>> {
    let is_other = |period: &Located<String>| rhythm(period).is_some_and(|rhythm| rhythm != wanted);
    let mut found = Vec::new();
    let lists = record.values.iter_mut().filter(|(name, _)| *name == "values");
    for pairs in lists.filter_map(|(_, value)| pairs(&mut value.value)) {
        found.extend(pairs.iter().map(|(period, _)| period.clone()).filter(is_other));
        pairs.retain(|(period, _)| !is_other(period));
    }
    found
}

fn pairs(value: &mut Value) -> Option<&mut Pairs> {
    match value {
        Value::Pairs(pairs) => Some(pairs),
        _ => None,
    }
}
