//! Contradictions within an entry: they are reported, and the contradictory values are discarded.

use super::decoder::Decoder;
use super::figures::{MeasuredDays, OUTSIDE_HELP};
use super::kinds::Kind;
use super::measured_period::{Frequency, MeasuredPeriod, PERIOD_HELP};
use super::record::Record;
use super::value::Value;
use crate::date::Date;
use crate::place::Located;
use crate::placeholder::names_place;

const OPEN_HELP: &str = "correct one of the two dates; until then this counts as open";
const LATE_NOTICE_HELP: &str = "correct one of the two dates: notice is given before a contract ends";
const UNKNOWN_DUE_HELP: &str = "correct one of the two dates; until then nobody knows by when it is due";
const UNKNOWN_DATE_HELP: &str = "correct one of the two dates; until then neither counts";

/// Two dates of which one cannot be before the other.
struct DateOrder {
    key: &'static str,
    not_before: &'static str,
    /// The keys that do not count if they are in the wrong order.
    discard: &'static [&'static str],
    help: &'static str,
}

const CLOSING: DateOrder = DateOrder { key: "closed", not_before: "found", discard: &["closed"], help: OPEN_HELP };
const VALIDITY: DateOrder =
    DateOrder { key: "until", not_before: "from", discard: &["from", "until"], help: UNKNOWN_DATE_HELP };
const OBJECTIVE_SPAN: DateOrder =
    DateOrder { key: "ends", not_before: "from", discard: &["from"], help: UNKNOWN_DATE_HELP };
const NOTICE: DateOrder = DateOrder { key: "ends", not_before: "notice", discard: &["notice"], help: LATE_NOTICE_HELP };

impl Decoder<'_, '_> {
    /// Reports all contradictions in an entry and discards the contradictory values.
    pub(super) fn refuse_contradictions(&mut self, kind: Kind, record: &mut Record) {
        self.refuse_before(record, &CLOSING);
        self.refuse_before(record, &VALIDITY);
        match kind {
            Kind::Objectives => {
                self.refuse_before(record, &OBJECTIVE_SPAN);
                self.refuse_two_measures(record);
            }
            Kind::Acknowledgements => self.refuse_count(record),
            Kind::Nonconformities => {
                self.refuse_unfound(record);
                self.refuse_early_check(record, "closed");
                self.refuse_days(record, "actions", "done", &[("found", Side::Before)], OPEN_HELP);
                let around = [("found", Side::Before), ("closed", Side::After)];
                let limits = if is_open_again(record) { &around[..1] } else { &around };
                self.refuse_days(record, "moved", "date", limits, UNKNOWN_DUE_HELP);
            }
            Kind::ManagementReviews => {
                self.refuse_days(record, "decisions", "done", &[("held", Side::Before)], OPEN_HELP);
                self.refuse_unheld(record);
            }
            Kind::Improvements => self.refuse_early_end(record),
            Kind::Suppliers => {
                if let Some(Value::Record(contract)) = record.get_mut("contract") {
                    self.refuse_before(contract, &NOTICE);
                }
            }
            _ => {}
        }
        self.refuse_other_periods(kind, record);
        if kind == Kind::Indicators {
            self.refuse_unmeasured(record);
        }
    }

    /// Reports decisions that are done although their review is not known to have been held, and treats them as open.
    fn refuse_unheld(&mut self, record: &mut Record) {
        const HELP: &str = "record under `held` when it was held, or remove `done`; until then this counts as open";
        if record.days("held").is_some() {
            return;
        }
        let message = match record.is_unclear("held") {
            true => "`done` has a date, but the date of the review cannot be read",
            false => "`done` has a date, but the review was not held",
        };
        self.refuse_each(record, "decisions", "done", message, HELP);
    }

    /// Reports outcomes of a nonconformity whose date of discovery is unknown, and discards them.
    fn refuse_unfound(&mut self, record: &mut Record) {
        const HELP: &str = "write under `found` when it was found; until then this counts as open";
        if record.day("found").is_some() {
            return;
        }
        if record.get("closed").is_some() {
            self.refuse(record, "closed", "`closed` has a date, but nobody knows when this was found", HELP);
        }
        let message = "`done` has a date, but nobody knows when this was found";
        self.refuse_each(record, "actions", "done", message, HELP);
    }

    /// Reports a check that found the actions effective before the closing, and treats it as missing. A check that
    /// found them not effective may precede the closing, because the entry was then closed again. `end` is the key of
    /// the closing.
    fn refuse_early_check(&mut self, record: &mut Record, end: &str) {
        const HELP: &str = "correct one of the two dates; until then the effect counts as not checked";
        let Some(closed) = record.day(end) else { return };
        let Some(Value::Record(effect)) = record.get_mut("effect") else { return };
        if effect.text("result") == Some("effective") && effect.day("checked").is_some_and(|checked| checked < closed) {
            self.refuse(effect, "checked", &format!("`checked` is earlier than `{end}`"), HELP);
        }
    }

    /// Reports a key in each mapping of a list, and discards it.
    fn refuse_each(&mut self, record: &mut Record, list: &str, name: &'static str, message: &str, help: &str) {
        for inner in record.get_mut(list).into_iter().flat_map(records) {
            if inner.get(name).is_some() {
                self.refuse(inner, name, message, help);
            }
        }
    }

    /// Reports an improvement that has a completion date although its state does not say that it is done, or that was
    /// checked before it was done.
    fn refuse_early_end(&mut self, record: &mut Record) {
        let message = match record.text("state") {
            _ if record.get("done").is_none() => return,
            Some("done") => return self.refuse_early_check(record, "done"),
            Some(state) => format!("`done` has a date, but the state is `{state}`"),
            None => "`done` has a date, but the state cannot be read".to_owned(),
        };
        self.refuse(record, "done", &message, "write `state: done`, or remove the day; until then it is not done");
    }

    /// Reports values of periods that are not measured, and discards them.
    fn refuse_unmeasured(&mut self, record: &mut Record) {
        let measured = MeasuredDays::from_record(record);
        let is_outside = |period: &Located<String>| period.value.parse().is_ok_and(|period| !measured.contains(period));
        for period in take(record, is_outside) {
            let message = format!("`{}` is not measured: {measured}", period.value);
            self.reader.report_with_help(period.span, message, Some(OUTSIDE_HELP.to_owned()));
            record.mark_unclear(["values"]);
        }
    }

    /// Reports a date that is earlier than it can be, and discards what does not count then.
    fn refuse_before(&mut self, record: &mut Record, order: &DateOrder) {
        let DateOrder { key, not_before, discard, help } = *order;
        let (Some(day), Some(first)) = (record.day(key), record.day(not_before)) else { return };
        if day < first {
            let message = format!("`{key}` is earlier than `{not_before}`");
            self.reader.report_with_help(record.span_of(key), message, Some(help.to_owned()));
            discard.iter().for_each(|key| record.remove(key));
            record.mark_unclear(discard.iter().copied());
        }
    }

    /// Reports dates in a list of mappings that are on the wrong side of a date of the entry, and discards them.
    fn refuse_days(
        &mut self,
        record: &mut Record,
        list: &str,
        name: &'static str,
        limits: &[(&str, Side)],
        help: &str,
    ) {
        let days = limits.iter().filter_map(|(key, side)| Some((*key, *side, day_of(record, key)?)));
        let days: Vec<(&str, Side, Date)> = days.collect();
        for inner in record.get_mut(list).into_iter().flat_map(records) {
            let Some(on) = inner.day(name) else { continue };
            let is_wrong = |(_, side, day): &&(&str, Side, Date)| match side {
                Side::Before => on < *day,
                Side::After => on > *day,
            };
            if let Some((key, side, _)) = days.iter().find(is_wrong) {
                self.refuse(inner, name, &format!("`{name}` is {} than `{key}`", side.as_str()), help);
            }
        }
    }

    /// Reports an objective with several indicators, or with both an indicator and its own values.
    fn refuse_two_measures(&mut self, record: &mut Record) {
        if record.references("indicator").len() > 1 {
            let help = "name one indicator, or write an objective for each";
            self.refuse(record, "indicator", "an objective is measured by one indicator", help);
        }
        if record.get("indicator").is_some() && record.get("values").is_some() {
            let help = "leave the values to the indicator, or remove `indicator`; until then neither counts";
            self.refuse(record, "values", "`values` cannot be combined with `indicator`", help);
            record.remove("indicator");
            record.mark_unclear(["indicator"]);
        }
    }

    /// Reports an impossible count of acknowledgements, or one whose evidence has no location.
    fn refuse_count(&mut self, record: &mut Record) {
        let count = |key: &str| record.text(key)?.parse::<u32>().ok();
        if count("given") > count("asked") && count("asked").is_some() {
            let help = "correct one of the two numbers";
            self.refuse(record, "given", "more have acknowledged it than were asked", help);
        }
        if record.text("location").is_some_and(|place| !names_place(place)) {
            let help = "write where an auditor finds the evidence";
            self.refuse(record, "location", "`location` does not say where the evidence is", help);
        }
    }

    /// Reports the value of a key, and discards it.
    fn refuse(&mut self, record: &mut Record, name: &'static str, message: &str, help: &str) {
        self.reader.report_with_help(record.span_of(name), message, Some(help.to_owned()));
        record.remove(name);
        record.mark_unclear([name]);
    }

    /// Reports values of periods whose length differs from the entry's measuring period, and discards them. For an
    /// objective, the first value determines that length.
    fn refuse_other_periods(&mut self, kind: Kind, record: &mut Record) {
        let first = || record.pairs("values").iter().find_map(|(period, _)| frequency(period));
        let stated = record.text("period").and_then(Frequency::from_name);
        let Some(frequency) = stated.or_else(|| first().filter(|_| kind == Kind::Objectives)) else { return };
        let is_other = |period: &Located<String>| self::frequency(period).is_some_and(|other| other != frequency);
        for period in take(record, is_other) {
            let (wanted, singular) = (frequency.as_str(), kind.row().singular);
            let message = match stated {
                Some(_) => {
                    format!("`{}` is no {wanted}, but the period of this {singular} is `{wanted}`", period.value)
                }
                None => format!(
                    "`{}` is no {wanted}, but the first value of this {singular} is that of a {wanted}",
                    period.value
                ),
            };
            self.reader.report_with_help(period.span, message, Some(PERIOD_HELP.to_owned()));
            record.mark_unclear(["values"]);
        }
    }
}

/// Whether the check found that the actions were not effective, so that a new due date may follow the closing.
fn is_open_again(record: &Record) -> bool {
    let Some(effect) = record.record("effect") else { return false };
    effect.text("result") == Some("not-effective") && effect.day("checked") >= record.day("closed")
}

/// The side of a date on which another date must not be.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

impl Side {
    fn as_str(self) -> &'static str {
        match self {
            Side::Before => "earlier",
            Side::After => "later",
        }
    }
}

/// The date of a key; the first day of a period.
fn day_of(record: &Record, key: &str) -> Option<Date> {
    record.day(key).or_else(|| record.days(key).map(|days| days.from))
}

/// The mappings in a value.
fn records(value: &mut Value) -> &mut [Record] {
    match value {
        Value::Records(records) => records,
        _ => &mut [],
    }
}

/// The length of a period, if it can be parsed.
fn frequency(period: &Located<String>) -> Option<Frequency> {
    Some(period.value.parse::<MeasuredPeriod>().ok()?.frequency)
}

/// Removes the values of certain periods from an entry and returns these periods.
fn take(record: &mut Record, is_refused: impl Fn(&Located<String>) -> bool) -> Vec<Located<String>> {
    let mut refused = Vec::new();
    if let Some(Value::Pairs(pairs)) = record.get_mut("values") {
        pairs.retain(|(period, _)| {
            let is_kept = !is_refused(period);
            if !is_kept {
                refused.push(period.clone());
            }
            is_kept
        });
    }
    refused
}
