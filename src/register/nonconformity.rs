//! Nonconformities, and the check of whether the actions were effective.
//!
//! `as_of` is the day of the assessment: later events have not happened yet.

use super::entry::Entry;
use super::grade::Grade;
use super::kinds::Kind;
use super::record::Record;
use crate::date::Date;
use crate::place::Located;
use crate::placeholder::{denies_effect, denies_reason, is_cause, is_correction};

/// The result of a check of effectiveness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EffectResult {
    /// The cause has been removed.
    Effective,
    /// The cause persists.
    NotEffective,
}

/// The check of whether the actions were effective.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effect<'a> {
    record: Option<&'a Record>,
    /// Whether it is written but cannot be read at all.
    is_unreadable: bool,
    /// Whether it counts only if the checker is named.
    needs_name: bool,
    /// Whether the checker is named.
    names_checker: bool,
}

impl<'a> Effect<'a> {
    /// The check that an entry requires or records.
    pub(crate) fn from_entry(entry: &'a Entry) -> Effect<'a> {
        let record = entry.record.record("effect");
        let is_lost = record.is_none() && entry.record.is_unclear("effect");
        let needs_name = entry.kind == Kind::Nonconformities;
        Effect { record, is_unreadable: is_lost, needs_name, names_checker: entry.names_checker }
    }

    /// The due date of the check, if one is written.
    pub(crate) fn due(self) -> Option<Date> {
        self.record?.day("due")
    }

    /// Whether it has a due date that cannot be read.
    pub(crate) fn has_unclear_due(self) -> bool {
        self.is_unreadable || self.due().is_none() && self.record.is_some_and(|effect| effect.is_unclear("due"))
    }

    /// Whether the entry requires a check, or may do so: it says when, who checks, or anything of a check.
    pub(crate) fn is_requested(self) -> bool {
        let is_of_check = |record: &Record| {
            ["due", "who", "checked", "result"].iter().any(|key| record.get(key).is_some() || record.is_unclear(key))
        };
        self.is_unreadable || self.record.is_some_and(is_of_check)
    }

    /// The people or roles who check it.
    pub(crate) fn who(self) -> &'a [Located<String>] {
        self.record.map_or(&[], |effect| effect.names("who"))
    }

    /// Whether the checker is named; a placeholder such as `TBD` does not count.
    pub(crate) fn names_checker(self) -> bool {
        self.names_checker
    }

    /// The date and the result of the check, as of the given day. A check without a result does not count, nor does a
    /// nonconformity's positive result without a checker.
    pub(crate) fn checked(self, as_of: Date) -> Option<(Date, EffectResult)> {
        self.recorded_check(as_of).filter(|_| !self.lacks_checker(as_of))
    }

    /// Whether its result is positive on the given day but no checker is named.
    pub(crate) fn lacks_checker(self, as_of: Date) -> bool {
        let is_effective = self.recorded_check(as_of).is_some_and(|(_, result)| result == EffectResult::Effective);
        self.needs_name && is_effective && !self.names_checker()
    }

    /// The date of a check that found the actions not effective, unless the entry has been closed again since.
    pub(crate) fn failed_since(self, closed: Date, as_of: Date) -> Option<Date> {
        let (on, result) = self.checked(as_of)?;
        (result == EffectResult::NotEffective && on >= closed).then_some(on)
    }

    /// The words that deny its positive result: `result: effective, words: Not yet effective`.
    pub(crate) fn denied_in_words(self) -> Option<&'a str> {
        let effect = self.record.filter(|effect| effect.text("result") == Some("effective"))?;
        effect.text("words").filter(|words| denies_effect(words))
    }

    /// The recorded check, whether or not a checker is named.
    fn recorded_check(self, as_of: Date) -> Option<(Date, EffectResult)> {
        let effect = self.record?;
        let on = effect.day("checked").filter(|on| *on <= as_of)?;
        match effect.text("result")? {
            "effective" if self.denied_in_words().is_some() => None,
            "effective" => Some((on, EffectResult::Effective)),
            _ => Some((on, EffectResult::NotEffective)),
        }
    }
}

/// A nonconformity, an observation or a complaint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nonconformity<'a>(&'a Entry);

impl<'a> Nonconformity<'a> {
    /// Views an entry as a nonconformity, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Nonconformity<'a>> {
        (entry.kind == Kind::Nonconformities).then_some(Nonconformity(entry))
    }

    /// The entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// The day on which it was found.
    pub(crate) fn found(self) -> Option<Date> {
        self.0.record.day("found")
    }

    /// The name of its grade, if it can be read.
    pub(crate) fn grade_name(self) -> Option<&'a str> {
        self.0.record.text("grade")
    }

    /// Its grade, as defined in the settings.
    pub(crate) fn grade(self, grades: &[Grade]) -> Option<&Grade> {
        grades.iter().find(|grade| Some(grade.name.as_str()) == self.grade_name())
    }

    /// Whether a requirement is not met; also true if the grade cannot be read.
    pub(crate) fn is_severe(self, grades: &[Grade]) -> bool {
        self.grade(grades).is_none_or(|grade| grade.is_nonconformity)
    }

    /// The original due date, or the one that follows from its grade.
    fn first_due(self, grades: &[Grade]) -> Option<Date> {
        let by_grade = || Some(self.found()?.plus(self.grade(grades)?.close?));
        self.0.record.day("due").or_else(by_grade)
    }

    /// The due date in effect on the given day: the latest one that it had been moved to, else the original. `None` if
    /// it is unclear.
    pub(crate) fn due(self, grades: &[Grade], as_of: Date) -> Option<Date> {
        if self.has_unclear_due(grades, as_of) {
            return None;
        }
        self.postponed_to(as_of).or_else(|| self.first_due(grades))
    }

    /// Whether a date would postpone it: it has an explicit due date, or its grade implies an earlier one.
    pub(crate) fn is_postponed_by(self, due: Date, grades: &[Grade]) -> bool {
        let is_set = self.0.record.get("due").is_some() || self.0.record.get("moved").is_some();
        is_set || self.first_due(grades).is_some_and(|first| due > first)
    }

    /// Whether it has a due date, explicit or implied by its grade, which is kept when a new one is agreed.
    pub(crate) fn has_date(self, grades: &[Grade]) -> bool {
        self.is_postponed_by(Date::MAX, grades)
    }

    /// The latest due date that it had been moved to by the given day.
    fn postponed_to(self, as_of: Date) -> Option<Date> {
        let moves = self.0.record.records("moved").iter();
        let effective_moves =
            moves.filter_map(|record| Some((record.day("date").filter(|on| *on <= as_of)?, record.day("to")?)));
        effective_moves.max_by_key(|(on, _)| *on).map(|(_, to)| to)
    }

    /// Whether it has a due date that is unclear: an explicit one, or that of its grade, cannot be read.
    pub(crate) fn has_unclear_due(self, grades: &[Grade], as_of: Date) -> bool {
        let record = &self.0.record;
        // A postponement without approval or without a reason does not count.
        let has_reason = |record: &Record| record.text("reason").is_some_and(|reason| !denies_reason(reason));
        let is_agreed = |record: &Record| !record.names("by").is_empty() && has_reason(record);
        let is_lost =
            |record: &Record| record.day("to").is_none() || record.day("date").is_none() || !is_agreed(record);
        let moves = record.records("moved");
        if moves.iter().any(is_lost) || moves.is_empty() && record.is_unclear("moved") {
            return true;
        }
        let depends_on_grade = self.grade(grades).is_none_or(|grade| grade.close.is_some());
        match (self.postponed_to(as_of), record.day("due")) {
            (Some(_), _) | (None, Some(_)) => false,
            (None, None) => record.is_unclear("due") || depends_on_grade && self.first_due(grades).is_none(),
        }
    }

    /// The day on which it was closed, as of the given day.
    pub(crate) fn closed(self, as_of: Date) -> Option<Date> {
        self.0.record.day("closed").filter(|closed| *closed <= as_of)
    }

    /// The check of effectiveness.
    pub(crate) fn effect(self) -> Effect<'a> {
        Effect::from_entry(self.0)
    }

    /// The cause, unless it is a placeholder or says that the cause is unknown.
    pub(crate) fn cause(self) -> Option<&'a str> {
        self.0.record.text("cause").filter(|text| is_cause(text))
    }

    /// The immediate correction, unless it is a placeholder or still to come.
    pub(crate) fn correction(self) -> Option<&'a str> {
        self.0.record.text("correction").filter(|text| is_correction(text))
    }
}
